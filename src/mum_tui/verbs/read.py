"""``list`` and ``show``: entries on standard output."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence, Set
from typing import TYPE_CHECKING

from mum_tui import details, speech
from mum_tui.catalog.model import Entry
from mum_tui.catalog.relations import Relations
from mum_tui.citation import formats
from mum_tui.search.view import ALL, BOOKMARKS, View
from mum_tui.verbs.columns import fit
from mum_tui.verbs.common import as_json, find_entries, marked_ids, open_services, printable

if TYPE_CHECKING:
    import argparse


def list_entries(arguments: argparse.Namespace) -> int:
    """Print a table on a terminal, tab-separated lines into a pipe, or JSON."""
    services = open_services(arguments)
    speech.say_all(services.library.notices)
    query = " ".join(arguments.query)
    view = View(BOOKMARKS if arguments.bookmarked else ALL, query)
    results = services.index.run(view, services.library.bookmarks)
    entries = [services.index.entries[row] for row in results.rows]
    marked = marked_ids(services)
    if arguments.json:
        speech.put(as_json([entry.written() | {"bookmarked": entry.id in marked} for entry in entries]))
    elif sys.stdout.isatty():
        speech.put("".join(_table(entries, marked)))
    else:
        speech.put("".join(_tab_separated(entries)))
    if not entries:
        speech.say(f"nothing matches: {printable(query)}" if query else "there is nothing to list")
    return speech.DONE if entries else speech.NOTHING


def _tab_separated(entries: Iterable[Entry]) -> Iterable[str]:
    for entry in entries:
        yield "\t".join((entry.id, str(entry.year or ""), entry.title, entry.byline, entry.venue)) + "\n"


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
    entries = find_entries(services, [arguments.id])
    if entries is None:
        return speech.NOTHING
    entry = entries[0]
    speech.say_all(services.library.notices)
    catalog = services.loaded.catalog
    relations = Relations(catalog.entries)
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
    speech.put(mark + "".join(_line(part) for part in parts))
    return speech.DONE


def _line(part: details.Part) -> str:
    note = f"  ({part.note})" if part.note else ""
    match part.kind:
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
