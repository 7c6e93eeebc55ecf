"""``note``: print, set or edit the note on an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.commands.files import STREAM, read_text
from mum_tui.commands.opening import open_services, printable, save_library
from mum_tui.commands.parsing import ID_HELP, Parser
from mum_tui.commands.selecting import annotation, find_annotated
from mum_tui.console import Exit
from mum_tui.library.operations import NOTE

if TYPE_CHECKING:
    import argparse

    from mum_tui.annotation import Annotation
    from mum_tui.catalog.model import Entry
    from mum_tui.services import Services


def add_arguments(parser: Parser) -> None:
    """The arguments of ``note``; with an id alone it prints the note."""
    parser.add_argument("id", metavar="ID", help=ID_HELP)
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("source", nargs="?", metavar="-", choices=("-",), help="the note comes from standard input")
    ways.add_argument("--text", metavar="TEXT", help="this is the note (-: standard input); an empty one removes it")
    ways.add_argument("--edit", action="store_true", help="write it in $EDITOR")
    parser.set_defaults(run=note)


def note(arguments: argparse.Namespace) -> Exit:
    """Print the note of an entry, or make a text its note; an empty text removes it."""
    services = open_services(arguments)
    targets = find_annotated(services, [arguments.id])
    if targets is None:
        return Exit.NOT_FOUND
    if len(targets) > 1:
        console.warn(f"{printable(arguments.id)} names {len(targets)} entries; a note belongs to one")
        return Exit.USAGE
    target = targets[0]
    item = annotation(services, target)
    if arguments.source or arguments.text == "-":
        return _store(services, target, item, read_text(STREAM))
    if arguments.text is not None:
        return _store(services, target, item, arguments.text)
    if arguments.edit:
        return _edit(services, target, item)
    console.warn_all(services.library.notices)
    if not item.note:
        console.warn(f"{printable(arguments.id)} has no note")
        return Exit.NOT_FOUND
    console.write(item.note + "\n")
    return Exit.DONE


def _store(services: Services, target: Entry | str, item: Annotation, text: str) -> Exit:
    services.annotator.annotate([target], NOTE, text)
    status = save_library(services)
    if status == Exit.DONE:
        services.memory.drafts.drop(item.id)
    else:
        _store_draft(services, item, text)
    return status


def _store_draft(services: Services, item: Annotation, text: str) -> None:
    """Store a text that could not become the note as a draft; where that is impossible too, print it."""
    if services.memory.drafts.save(item.id, text):
        console.warn("the text is stored as a draft: mum-tui note --edit begins with it")
    else:
        console.warn("no draft could be stored either; this is the text:")
        console.write(f"{text}\n")


def _edit(services: Services, target: Entry | str, item: Annotation) -> Exit:
    """Let the user's editor change the note; begins with the draft where one was left."""
    from mum_tui.desktop import editor

    if not console.input_is_terminal() or not console.output_is_terminal():
        console.warn("an editor needs a terminal; in scripts use: --text TEXT, or - for standard input")
        return Exit.USAGE
    draft = services.memory.drafts.all().get(item.id)
    if draft is not None:
        console.warn(f"begins with the draft of {draft.at}")
    begun = draft.text if draft else item.note
    edited = editor.edit(begun, services.environ)
    if edited.problem:
        console.warn(f"{edited.problem}; nothing was changed")
        if edited.text != begun:
            _store_draft(services, item, edited.text)
        return Exit.USAGE
    if draft is None and edited.text == item.note:
        console.warn("nothing was changed")
        return Exit.DONE
    return _store(services, target, item, edited.text)
