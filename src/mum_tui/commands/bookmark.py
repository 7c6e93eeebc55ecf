"""``bookmark``: set, remove and list bookmarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.commands.common import as_json, find_entries, open_services, printable, save_library
from mum_tui.problems import did_you_mean
from mum_tui.text import clean

if TYPE_CHECKING:
    import argparse


def add(arguments: argparse.Namespace) -> int:
    """Bookmark entries."""
    services = open_services(arguments)
    entries = find_entries(services, arguments.ids)
    if entries is None:
        return console.NOTHING
    for entry in entries:
        services.annotate([entry], "bookmarked", True)
    return save_library(services)


def remove(arguments: argparse.Namespace) -> int:
    """Remove bookmarks, also of ids that the catalog no longer has."""
    services = open_services(arguments)
    bookmarks = services.library.bookmarks
    found: list[str] = []
    known = True
    for identifier in arguments.ids:
        rows = services.lookup.rows(identifier)
        entries = [services.loaded.catalog.entries[row] for row in rows] if len(rows) == 1 else []
        names = [name for entry in entries for name in services.bookmarked_ids(entry)]
        names += [identifier] if identifier in bookmarks and identifier not in names else []
        found += names
        if not names:
            known = False
            hint = did_you_mean(identifier, bookmarks)
            console.say(f'"{printable(identifier)}" is not bookmarked' + (f" ({hint})" if hint else ""))
    if not known:
        return console.NOTHING
    services.annotate(found, "bookmarked", False)
    return save_library(services)


def list_all(arguments: argparse.Namespace) -> int:
    """Print the bookmarks, also those whose entry is no longer in the catalog."""
    services = open_services(arguments)
    console.say_all(services.library.notices)
    rows = []
    for bookmark in services.library.bookmarks.values():
        row = services.row_by_id.get(bookmark.id)
        title = services.loaded.catalog.entries[row].title if row is not None else bookmark.title
        rows.append(
            {
                "id": bookmark.id,
                "title": title,
                "url": bookmark.url,
                "bookmarked": bookmark.bookmarked,
                "in_catalog": row is not None,
            }
        )
    if arguments.json:
        console.put(as_json(rows))
    else:
        gone = "\t(no longer in the catalog)"
        lines = (f"{row['id']}\t{row['title']}{'' if row['in_catalog'] else gone}\n" for row in rows)
        console.put("".join(map(clean, lines)))
    if not rows:
        console.say("there are no bookmarks")
    return console.DONE if rows else console.NOTHING
