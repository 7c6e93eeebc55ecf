"""``note``: print, set or edit the note on an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.commands.files import STREAM, read_text
from mum_tui.commands.opening import open_services, printable, save_library
from mum_tui.commands.parsing import ID_HELP, Parser
from mum_tui.commands.selecting import annotation_of, find_annotated
from mum_tui.console import Exit
from mum_tui.library.operations import NOTE

if TYPE_CHECKING:
    import argparse

    from mum_tui.annotation import Annotation
    from mum_tui.catalog.model import Entry
    from mum_tui.services import Services


def add_arguments(parser: Parser) -> None:
    """The arguments of ``note``; with only an id, it prints the note."""
    parser.add_argument("id", metavar="ID", help=ID_HELP)
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("source", nargs="?", metavar="-", choices=("-",), help="read the note from standard input")
    ways.add_argument("--text", metavar="TEXT", help="the new note (-: standard input); an empty one removes it")
    ways.add_argument("--edit", action="store_true", help="write it in $EDITOR")
    parser.set_defaults(run=note)


def note(arguments: argparse.Namespace) -> Exit:
    """Print, set or edit the note of an entry; an empty note removes it."""
    services = open_services(arguments)
    targets = find_annotated(services, [arguments.id])
    if targets is None:
        return Exit.NOT_FOUND
    if len(targets) > 1:
        console.warn(f"{printable(arguments.id)} names {len(targets)} entries; name one")
        return Exit.USAGE
    target = targets[0]
    stored = annotation_of(services, target)
    if arguments.source or arguments.text == "-":
        return _store(services, target, stored, read_text(STREAM))
    if arguments.text is not None:
        return _store(services, target, stored, arguments.text)
    if arguments.edit:
        return _edit(services, target, stored)
    console.warn_all(services.library.notices)
    if not stored.note:
        console.warn(f"{printable(arguments.id)} has no note")
        return Exit.NOT_FOUND
    console.write(stored.note + "\n")
    return Exit.DONE


def _store(services: Services, target: Entry | str, stored: Annotation, text: str) -> Exit:
    services.annotator.annotate([target], NOTE, text)
    return _save(services, stored, text)


def _save(services: Services, stored: Annotation, text: str) -> Exit:
    status = save_library(services)
    if status == Exit.DONE:
        services.memory.drafts.drop(stored.id)
    else:
        _store_draft(services, stored, text)
    return status


def _store_draft(services: Services, stored: Annotation, text: str) -> None:
    """Store a text that could not be saved as a draft; if that fails, too, print it."""
    if services.memory.drafts.save(stored.id, text, stored.note):
        console.warn("the text is stored as a draft; mum-tui note --edit continues it")
    else:
        console.warn("the draft could not be stored, either; this is the text:")
        console.write(f"{text}\n")


def _edit(services: Services, target: Entry | str, stored: Annotation) -> Exit:
    """Edit the note in the user's editor, or its draft if there is one."""
    from mum_tui.desktop import editor

    if not console.input_is_terminal() or not console.output_is_terminal():
        console.warn("an editor needs a terminal; in scripts use: --text TEXT, or - for standard input")
        return Exit.USAGE
    draft = services.memory.drafts.all().get(stored.id)
    if draft is not None:
        console.warn(f"continuing the draft of {draft.at}")
    begun = draft.text if draft else stored.note
    edited = editor.edit(begun, services.environ)
    if edited.problem:
        console.warn(f"{edited.problem}; nothing was changed")
        if edited.text != begun:
            _store_draft(services, stored, edited.text)
        return Exit.USAGE
    if draft is None and edited.text == stored.note:
        console.warn("nothing was changed")
        return Exit.DONE
    seen = stored.note if draft is None or draft.note is None else draft.note
    services.annotator.write_notes([(target, edited.text, seen)])
    return _save(services, stored, edited.text)
