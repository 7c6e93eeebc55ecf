"""``library``: exports the whole library, or merges another one into it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.commands.files import STREAM, name_of, read_bytes, write_text
from mum_tui.commands.opening import save_library
from mum_tui.commands.parsing import Parser, add_subcommand
from mum_tui.console import Exit
from mum_tui.library import document, merge
from mum_tui.services import Services

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: Parser) -> None:
    """The arguments of ``library``; without an action, it exports."""
    parser.set_defaults(run=export, file=None)
    subcommands = parser.add_subparsers(metavar="ACTION", title="actions", prog="mum-tui library", parser_class=Parser)
    subcommand = add_subcommand(subcommands, "export", export, "print or write your whole library, as JSON")
    subcommand.add_argument(
        "file", nargs="?", metavar="FILE", type=Path, help="the file to write; default: standard output"
    )
    subcommand = add_subcommand(subcommands, "import", import_, "merge a library from a file or standard input")
    subcommand.add_argument(
        "file", nargs="?", metavar="FILE", type=Path, help="the file to read; default: standard input"
    )


def export(arguments: argparse.Namespace) -> Exit:
    """Print or write the library as JSON, in the format of its file."""
    library = Services(arguments.catalog).library
    console.warn_all(library.notices)
    return write_text(library.encoded().decode(), arguments.file)


def import_(arguments: argparse.Namespace) -> Exit:
    """Merge another library into this one: the newest value of each field wins, different notes are joined."""
    file = arguments.file or STREAM
    name = name_of(file)
    data = read_bytes(file)
    try:
        other = document.decode(data)
    except document.DamagedLibrary as damage:
        console.warn(f"{name}: nothing was imported: {damage}")
        return Exit.USAGE
    if other.newer:
        console.warn(f"{name}: was written by a newer mum-tui (schema {other.newer}); imported what this one knows")
    services = Services(arguments.catalog)
    before = set(services.library.annotations)
    step = services.library.change(*merge.merge(services.library.raw, other.entries))
    new = sum(identifier not in before for identifier in step.ids)
    if not step.changes:
        console.warn(f"{name}: nothing new; the library already has all of it")
        return Exit.DONE
    status = save_library(services)
    if status == Exit.DONE:
        console.warn(f"{name}: added {new}, completed {len(step.ids) - new}")
    return status
