"""``list``: prints the entries that match a query."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from mum_tui import console
from mum_tui.catalog.model import Entry
from mum_tui.commands.opening import open_services, printable
from mum_tui.commands.parsing import Parser
from mum_tui.commands.selecting import annotation_of, bookmarked_ids, find_rows, query_text
from mum_tui.commands.text_columns import fit
from mum_tui.console import Exit
from mum_tui.problems import did_you_mean
from mum_tui.search.view import ALL, BOOKMARKS, SORTS, Sort, View, default_sort
from mum_tui.text import as_json, clean, one_line

if TYPE_CHECKING:
    import argparse

    from mum_tui.services import Services

COLUMNS = ("id", "year", "title", "byline", "venue")
"""The default columns."""

ANNOTATIONS = ("bookmarked", "status", "rating", "note")
"""Fields from the user's library; ``tags`` has those of the catalog and of the user."""

FIELDS = (*COLUMNS, *(name for name in Entry.__struct_fields__ if name not in COLUMNS), *ANNOTATIONS)
"""All names for ``--fields``."""


def add_arguments(parser: Parser) -> None:
    """The arguments of ``list``."""
    from mum_tui.search.grammar import plain

    parser.after_help = f"a query:\n{plain()}"
    parser.add_argument("query", nargs="*", metavar="QUERY", help="as in the filter box")
    parser.add_argument("--bookmarked", action="store_true", help="only bookmarked entries (the same as is:bookmarked)")
    parser.add_argument("--json", action="store_true", help="as an array of objects with the catalog's own key names")
    parser.add_argument(
        "--fields",
        metavar="NAME,…",
        default="",
        help="which columns: any key of the catalog (id, title, venue …), and bookmarked, status, rating, tags, note",
    )
    parser.add_argument(
        "--sort",
        metavar="NAME",
        default="",
        help=f"{', '.join(SORTS)}; -year reverses",
    )
    parser.add_argument("--limit", metavar="N", type=int, default=0, help="only the first N entries")
    parser.set_defaults(run=list_entries)


class _Unknown(Exception):
    """An unknown name; the message may suggest a known one."""


def list_entries(arguments: argparse.Namespace) -> Exit:
    """Print a table on a terminal, tab-separated lines elsewhere, or JSON."""
    columns = [name.strip() for name in arguments.fields.split(",") if name.strip()]
    try:
        sort = _sort(arguments.sort)
        for name in columns:
            _check_name(name, FIELDS, "field")
    except _Unknown as unknown:
        console.warn(unknown)
        return Exit.USAGE
    if arguments.limit < 0:
        console.warn(f"--limit {arguments.limit}: must be 0 (all entries) or more")
        return Exit.USAGE
    services = open_services(arguments)
    query = query_text(" ".join(arguments.query))
    scope = BOOKMARKS if arguments.bookmarked else ALL
    matching = find_rows(services, View(scope, query, sort or Sort(), sort is not None))
    rows = islice(matching, min(arguments.limit, sys.maxsize)) if arguments.limit > 0 else iter(matching)
    _print(services, (services.index.entries[row] for row in rows), columns, arguments.json)
    if not matching:
        console.warn(f"nothing matches: {printable(query)}" if query else "there is nothing to list")
    return Exit.DONE if matching else Exit.NOT_FOUND


def _print(services: Services, entries: Iterable[Entry], columns: Sequence[str], json: bool) -> None:
    reader = _FieldReader(services)
    if json:
        console.write(as_json([reader.object(entry, columns) for entry in entries]))
    elif columns or not console.output_is_terminal():
        for part in batched(reader.lines(entries, columns or COLUMNS), 1000):
            console.write("".join(part))
    else:
        console.write("".join(_table(list(entries), reader.bookmarked)))


def _check_name(name: str, names: Sequence[str], what: str) -> None:
    if name not in names:
        hint = did_you_mean(name, names)
        raise _Unknown(f'there is no {what} "{printable(name)}"' + (f" ({hint})" if hint else ""))


def _sort(name: str) -> Sort | None:
    """A sort order by its name; a minus in front reverses its usual direction."""
    if not name:
        return None
    bare = name.removeprefix("-")
    column = {"author": "authors", "bookmarked": "bookmark", "byline": "authors"}.get(bare, bare)
    _check_name(column, SORTS, "order")
    sort = default_sort(column)
    return Sort(column, sort.descending != name.startswith("-"))


class _FieldReader:
    """Reads values of entries by field name."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.bookmarked = bookmarked_ids(services)

    def object(self, entry: Entry, columns: Sequence[str]) -> dict[str, Any]:
        """An entry as a mapping with the catalog's key names; if ``columns`` are given, only these."""
        if not columns:
            return entry.written() | {"bookmarked": entry.id in self.bookmarked}
        return {name: self._value(entry, name) for name in columns}

    def _value(self, entry: Entry, name: str) -> Any:
        match name:
            case "bookmarked":
                return entry.id in self.bookmarked
            case "year" | "venue" | "byline":
                return getattr(entry, name)
            case "status" | "note" | "rating":
                return getattr(annotation_of(self._services, entry), name) or None
            case "tags":
                return list(dict.fromkeys((*entry.tags, *annotation_of(self._services, entry).tags)))
        return entry.written().get(name)

    def lines(self, entries: Iterable[Entry], columns: Sequence[str]) -> Iterator[str]:
        """A line of tab-separated values for each entry."""
        for entry in entries:
            yield "\t".join(one_line(clean(self._text(entry, name))) for name in columns) + "\n"

    def _text(self, entry: Entry, name: str) -> str:
        """A value of an entry as text."""
        match name:
            case "authors":
                return "; ".join(author.display for author in entry.authors)
            case "bookmarked":
                return "yes" if entry.id in self.bookmarked else ""
            case "links":
                return " ".join(link.url for link in entry.links)
        return _plain(self._value(entry, name))


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_plain(part)}" for key, part in value.items())
    if isinstance(value, list):
        return "; ".join(map(_plain, value))
    return "" if value is None else str(value)


def batched(lines: Iterable[str], count: int) -> Iterator[list[str]]:
    """Lists of ``count`` lines, the last one shorter."""
    lines = iter(lines)
    while part := list(islice(lines, count)):
        yield part


def _table(entries: Sequence[Entry], bookmarked: set[str]) -> Iterable[str]:
    width = console.columns()
    room = min(max((len(entry.id) for entry in entries), default=0), 32)
    venue = 18 if width >= 100 else 0
    title = max(width - 2 - room - 2 - 4 - 2 - (venue + 2 if venue else 0), 20)
    for entry in entries:
        glyph = "★" if entry.id in bookmarked else " "
        cells = [f"{glyph} {fit(entry.id, room)}", f"{entry.year or '':<4}", fit(entry.title, title)]
        yield "  ".join([*cells, fit(entry.venue, venue)] if venue else cells).rstrip() + "\n"
