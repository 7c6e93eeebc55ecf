"""``list`` and ``show``: entries on standard output."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import islice
from typing import TYPE_CHECKING, Any

from mum_tui import console
from mum_tui.catalog.model import Entry
from mum_tui.citation import formats
from mum_tui.commands.columns import fit
from mum_tui.commands.common import as_json, find_entry, marked_ids, open_services, printable, rows_to_print
from mum_tui.problems import did_you_mean
from mum_tui.search.view import ALL, BOOKMARKS, RELEVANCE, SORTED, Sort, View
from mum_tui.text import clean, one_line
from mum_tui.views import details

if TYPE_CHECKING:
    import argparse


def list_entries(arguments: argparse.Namespace) -> int:
    """Print a table on a terminal, tab-separated lines into a pipe, or JSON."""
    columns = [name.strip() for name in arguments.fields.split(",") if name.strip()]
    try:
        sort = _sort(arguments.sort)
        for name in columns:
            _known(name, (*COLUMNS, *Entry.__struct_fields__, "bookmarked"), "field")
    except _Unknown as unknown:
        console.say(unknown)
        return console.USAGE
    if arguments.limit < 0:
        console.say(f"--limit {arguments.limit}: a number of entries is 0 (all of them) or more")
        return console.USAGE
    services = open_services(arguments)
    console.say_all(services.library.notices)
    query = " ".join(arguments.query)
    scope = BOOKMARKS if arguments.bookmarked else ALL
    results = services.index.run(View(scope, query, sort or Sort(), sort is not None), services.annotations)
    console.say_all(hint.message for hint in results.hints)
    found = rows_to_print(results)
    rows = islice(found, arguments.limit) if arguments.limit > 0 else iter(found)
    entries = (services.index.entries[row] for row in rows)
    marked = marked_ids(services)
    if arguments.json:
        console.put(as_json([_object(entry, columns, entry.id in marked) for entry in entries]))
    elif columns or not sys.stdout.isatty():
        for part in batched(_tab_separated(entries, columns or COLUMNS, marked), 1000):
            console.put("".join(part))
    else:
        console.put("".join(_table(list(entries), marked)))
    if not found:
        console.say(f"nothing matches: {printable(query)}" if query else "there is nothing to list")
    return console.DONE if found else console.NOTHING


COLUMNS = ("id", "year", "title", "byline", "venue")
"""What a line has when no fields are asked for."""


class _Unknown(Exception):
    """A word that names nothing; the message says what would."""


def _known(name: str, names: Sequence[str], what: str) -> None:
    if name not in names:
        hint = did_you_mean(name, names)
        raise _Unknown(f'no {what} is called "{printable(name)}"' + (f" ({hint})" if hint else ""))


def _sort(name: str) -> Sort | None:
    """An order by its name; with a minus in front, the other way round than usual."""
    if not name:
        return None
    bare = name.removeprefix("-")
    column = {"author": "authors", "bookmarked": "mark"}.get(bare, bare)
    _known(column, (RELEVANCE, *SORTED, "mark"), "order")
    downwards = column in ("year", "mark", RELEVANCE)
    return Sort(column, downwards != name.startswith("-"))


def _object(entry: Entry, columns: Sequence[str], is_marked: bool) -> dict[str, Any]:
    """The entry under the catalog's own key names; with ``columns``, only those."""
    written = entry.written() | {"bookmarked": is_marked}
    if not columns:
        return written
    made = {"year": entry.year, "venue": entry.venue, "byline": entry.byline}
    return {name: written.get(name, made.get(name)) for name in columns}


def _tab_separated(entries: Iterable[Entry], columns: Sequence[str], marked: Set[str]) -> Iterator[str]:
    for entry in entries:
        yield "\t".join(one_line(clean(_text(entry, name, marked))) for name in columns) + "\n"


def _text(entry: Entry, column: str, marked: Set[str]) -> str:
    """One value of an entry on one line."""
    match column:
        case "authors":
            return "; ".join(name.display for name in entry.authors)
        case "bookmarked":
            return "yes" if entry.id in marked else ""
        case "links":
            return " ".join(link.url for link in entry.links)
        case "year" | "venue" | "byline":
            return str(getattr(entry, column) or "")
    return _plain(entry.written().get(column, ""))


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_plain(one)}" for key, one in value.items())
    return "; ".join(map(_plain, value)) if isinstance(value, list) else str(value)


def batched(lines: Iterable[str], count: int) -> Iterator[list[str]]:
    """Lists of so many lines, the last one shorter."""
    lines = iter(lines)
    while part := list(islice(lines, count)):
        yield part


def _table(entries: Sequence[Entry], marked: Set[str]) -> Iterable[str]:
    width = shutil.get_terminal_size().columns
    room = min(max((len(entry.id) for entry in entries), default=0), 32)
    venue = 18 if width >= 100 else 0
    title = max(width - 2 - room - 2 - 4 - 2 - (venue + 2 if venue else 0), 20)
    for entry in entries:
        mark = "★" if entry.id in marked else " "
        cells = [f"{mark} {fit(entry.id, room)}", f"{entry.year or '':<4}", fit(entry.title, title)]
        yield "  ".join([*cells, fit(entry.venue, venue)] if venue else cells).rstrip() + "\n"


def show(arguments: argparse.Namespace) -> int:
    """Print everything about an entry, as text."""
    services = open_services(arguments)
    entry = find_entry(services, arguments.id)
    if entry is None:
        return console.NOTHING
    console.say_all(services.library.notices)
    catalog = services.loaded.catalog
    relations = services.relations
    parts = details.parts(
        entry,
        relations.used_by(entry),
        relations.users_of(entry),
        catalog.section_titles.get(entry.section, ""),
        formats.render([entry]),
        formats.find(formats.DEFAULT).title,
        ties=relations.ties_of(entry),
    )
    mark = "★ " if entry.id in marked_ids(services) else ""
    console.put(mark + "".join(_line(part) for part in parts))
    return console.DONE


def _line(part: details.Part) -> str:
    note = f"  ({part.note})" if part.note else ""
    match part.kind:
        case details.AUTHORS:
            return f"{part.text}{f', {part.note}' if part.note else ''}\n"
        case details.HEADING | details.TEXT:
            return f"\n{part.text}\n"
        case details.RELATED:
            return f"  {part.text}{f' [{part.target}]' if part.target else ''}{note}\n"
        case details.LINK:
            return f"  {part.label:<13}{part.target}{note}\n"
        case details.CODE:
            return part.text + "\n"
        case _:
            return f"  {part.label:<13}{part.text}{note}\n" if part.label else f"{part.text}{note}\n"
