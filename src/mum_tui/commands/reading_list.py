"""``reading-list``: prints the library as a Markdown page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.commands.files import write_text
from mum_tui.commands.opening import open_services
from mum_tui.commands.parsing import Parser, add_output
from mum_tui.console import Exit
from mum_tui.library import scopes
from mum_tui.library.reading_list import ListedEntry, reading_list
from mum_tui.reading_status import STATUSES

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: Parser) -> None:
    """The arguments of ``reading-list``."""
    parser.add_argument("--status", choices=[*map(str, STATUSES)], default="", help="only entries with this status")
    parser.add_argument("--bookmarked", action="store_true", help="only bookmarked entries")
    parser.add_argument("--tag", metavar="TAG", default="", help="only entries with this tag")
    parser.add_argument("--rated", metavar="N", type=int, choices=range(1, 6), default=0, help="only rated N or better")
    add_output(parser)
    parser.set_defaults(run=print_list)


def print_list(arguments: argparse.Namespace) -> Exit:
    """Print or write the reading list."""
    services = open_services(arguments)
    library = services.library
    console.warn_all(library.notices)
    ids = scopes.select(
        library.annotations,
        bookmarked=arguments.bookmarked,
        status=arguments.status,
        tag=arguments.tag,
        rated=arguments.rated,
    )
    if not ids:
        console.warn("there is nothing to list")
        return Exit.NOT_FOUND
    entries, rows = services.loaded.catalog.entries, services.row_by_id
    text = reading_list(
        ListedEntry(library.annotations[id_], entries[rows[id_]] if id_ in rows else None) for id_ in ids
    )
    return write_text(text, arguments.output)
