"""``bookmark``: add, remove and list bookmarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.commands.opening import open_services, printable, save_library
from mum_tui.commands.parsing import IDS_HELP, Parser, add_subcommand
from mum_tui.commands.selecting import find_entries, with_input
from mum_tui.console import Exit
from mum_tui.problems import did_you_mean
from mum_tui.text import as_json, clean

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: Parser) -> None:
    """The arguments of ``bookmark``; without an action, it lists the bookmarks."""
    parser.set_defaults(run=list_all, json=False)
    subcommands = parser.add_subparsers(metavar="ACTION", title="actions", prog="mum-tui bookmark", parser_class=Parser)
    for name, run, help in (("add", add, "bookmark entries"), ("remove", remove, "remove bookmarks")):
        add_subcommand(subcommands, name, run, help).add_argument("ids", nargs="+", metavar="ID", help=IDS_HELP)
    subcommand = add_subcommand(subcommands, "list", list_all, "list the bookmarks")
    subcommand.add_argument("--json", action="store_true", help="as an array of objects")


def add(arguments: argparse.Namespace) -> Exit:
    """Bookmark entries."""
    services = open_services(arguments)
    entries = find_entries(services, arguments.ids)
    if entries is None:
        return Exit.NOT_FOUND
    for entry in entries:
        services.annotator.annotate([entry], "bookmarked", True)
    return save_library(services)


def remove(arguments: argparse.Namespace) -> Exit:
    """Remove bookmarks, including those of ids that the catalog no longer has."""
    services = open_services(arguments)
    bookmarks = services.library.bookmarks
    names: list[str] = []
    is_complete = True
    for identifier in with_input(arguments.ids):
        rows = services.lookup.rows(identifier)
        under = services.annotator.bookmarked_ids(services.loaded.catalog.entries[rows[0]]) if len(rows) == 1 else []
        under += [identifier] if identifier in bookmarks and identifier not in under else []
        names += under
        if not under:
            is_complete = False
            hint = did_you_mean(identifier, bookmarks)
            console.warn(f'"{printable(identifier)}" is not bookmarked' + (f" ({hint})" if hint else ""))
    if not is_complete:
        return Exit.NOT_FOUND
    services.annotator.annotate(names, "bookmarked", False)
    return save_library(services)


def list_all(arguments: argparse.Namespace) -> Exit:
    """Print the bookmarks, including those of entries that this catalog does not have."""
    services = open_services(arguments)
    console.warn_all(services.library.notices)
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
        console.write(as_json(rows))
    else:
        missing = "\t(not in this catalog)"
        lines = (f"{row['id']}\t{row['title']}{'' if row['in_catalog'] else missing}\n" for row in rows)
        console.write("".join(map(clean, lines)))
    if not rows:
        console.warn("there are no bookmarks")
    return Exit.DONE if rows else Exit.NOT_FOUND
