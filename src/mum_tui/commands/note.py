"""``note``: print, set or edit what one wrote about an entry."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.annotation import Annotation
from mum_tui.catalog.model import Entry
from mum_tui.commands.common import find_kept, open_services, printable, save_library
from mum_tui.library.operations import NOTE

if TYPE_CHECKING:
    import argparse

    from mum_tui.services import Services


def note(arguments: argparse.Namespace) -> int:
    """Print the note of an entry, or make a text its note; an empty text removes it."""
    services = open_services(arguments)
    found = find_kept(services, [arguments.id])
    if found is None:
        return console.NOTHING
    if len(found) > 1:
        console.say(f"{printable(arguments.id)} names {len(found)} entries; a note belongs to one")
        return console.USAGE
    target = found[0]
    item = services.annotation(target) if isinstance(target, Entry) else services.library.annotations[target]
    if arguments.text is not None:
        return _store(services, target, item, arguments.text)
    if arguments.source:
        # As octets: what the terminal's encoding cannot read is replaced, not refused.
        return _store(services, target, item, sys.stdin.buffer.read().decode(errors="replace"))
    if arguments.edit:
        return _edit(services, target, item)
    console.say_all(services.library.notices)
    if not item.note:
        console.say(f"{printable(arguments.id)} has no note")
        return console.NOTHING
    console.put(item.note + "\n")
    return console.DONE


def _store(services: Services, target: Entry | str, item: Annotation, text: str) -> int:
    services.annotate([target], NOTE, text)
    status = save_library(services)
    if status == console.DONE:
        services.drafts.drop(item.id)
    else:
        _keep(services, item, text)
    return status


def _keep(services: Services, item: Annotation, text: str) -> None:
    """Keep a text that did not become the note as a draft; where that cannot be, print it."""
    if services.drafts.save(item.id, text):
        console.say("the text is kept as a draft: mum-tui note --edit begins with it")
    else:
        console.say("no draft could be kept either; this is the text:")
        console.put(f"{text}\n")


def _edit(services: Services, target: Entry | str, item: Annotation) -> int:
    """Let the user's editor change the note; begins with the draft where one was left."""
    from mum_tui.desktop import editor

    if not sys.stdin.isatty() or not sys.stdout.isatty():
        console.say("an editor needs a terminal; in scripts use: --text TEXT, or - for standard input")
        return console.USAGE
    draft = services.drafts.all().get(item.id)
    if draft is not None:
        console.say(f"begins with the draft of {draft.at}")
    begun = draft.text if draft else item.note
    edited = editor.edit(begun, services.environ)
    if edited.problem:
        console.say(f"{edited.problem}; nothing was changed")
        if edited.text != begun:
            _keep(services, item, edited.text)
        return console.USAGE
    if draft is None and edited.text == item.note:
        console.say("nothing was changed")
        return console.DONE
    return _store(services, target, item, edited.text)
