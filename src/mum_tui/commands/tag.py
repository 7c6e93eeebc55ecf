"""``tag``: add, remove and list the user's tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.commands.annotating import set_field
from mum_tui.commands.opening import open_services, printable
from mum_tui.commands.parsing import IDS_HELP, Parser, add_subcommand
from mum_tui.console import Exit
from mum_tui.library import scopes
from mum_tui.library.operations import TAG, tag_field

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: Parser) -> None:
    """The arguments of ``tag``; without an action, it lists the tags."""
    parser.set_defaults(run=list_tags, tag="")
    subcommands = parser.add_subparsers(metavar="ACTION", title="actions", prog="mum-tui tag", parser_class=Parser)
    for name, run, help in (("add", add, "add a tag to entries"), ("remove", remove, "remove a tag from entries")):
        subcommand = add_subcommand(subcommands, name, run, help)
        subcommand.add_argument("tag", metavar="TAG")
        subcommand.add_argument("ids", nargs="+", metavar="ID", help=IDS_HELP)
    subcommand = add_subcommand(subcommands, "list", list_tags, "list the tags, or the entries that have one")
    subcommand.add_argument("tag", nargs="?", metavar="TAG", default="")


def add(arguments: argparse.Namespace) -> Exit:
    """Add a tag to entries."""
    return _set(arguments, True)


def remove(arguments: argparse.Namespace) -> Exit:
    """Remove a tag from entries."""
    return _set(arguments, False)


def _set(arguments: argparse.Namespace, on: bool) -> Exit:
    services = open_services(arguments)
    if any(arguments.tag in annotation.tags for annotation in services.library.annotations.values()):
        # A tag from another program may not be a word; removing it must be possible.
        return set_field(services, arguments.ids, TAG + arguments.tag, on)
    try:
        field = tag_field(arguments.tag)
    except ValueError as error:
        console.warn(f'"{printable(arguments.tag)}": {error}')
        return Exit.USAGE
    return set_field(services, arguments.ids, field, on)


def list_tags(arguments: argparse.Namespace) -> Exit:
    """Print the tags in use and the number of entries of each; with a tag, the entries that have it."""
    services = open_services(arguments)
    annotations = services.library.annotations
    console.warn_all(services.library.notices)
    if arguments.tag:
        rows = [
            (identifier, annotations[identifier].title) for identifier in scopes.select(annotations, tag=arguments.tag)
        ]
        nothing = f'no entry has the tag "{printable(arguments.tag)}"'
    else:
        rows = [(tag, str(count)) for tag, count in scopes.tags(annotations).items()]
        nothing = "there are no tags"
    console.write("".join(f"{printable(name)}\t{printable(value)}\n" for name, value in rows))
    if not rows:
        console.warn(nothing)
    return Exit.DONE if rows else Exit.NOT_FOUND
