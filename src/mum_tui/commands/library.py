"""``library export`` and ``library import``: the whole library out of and into a file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.commands.common import printable, save_library, write_file
from mum_tui.library import document, merge
from mum_tui.services import Services
from mum_tui.storage import files

if TYPE_CHECKING:
    import argparse


def export(arguments: argparse.Namespace) -> int:
    """Print or store the library as JSON, as its own file has it."""
    library = Services(arguments.catalog).library
    console.say_all(library.notices)
    text = library.encoded().decode()
    if arguments.file is None or str(arguments.file) == "-":
        console.put(text)
        return console.DONE
    return console.DONE if write_file(arguments.file, text) else console.USAGE


def import_(arguments: argparse.Namespace) -> int:
    """Merge another library into this one: per field the newest wins, notes that differ are both kept."""
    name = printable(str(arguments.file or "-"))
    try:
        data = sys.stdin.buffer.read() if name == "-" else files.read_given(arguments.file)
        other = document.decode(data)
    except OSError as error:
        console.say(f"{name}: {error.strerror or error}")
        return console.USAGE
    except document.Damaged as damage:
        console.say(f"{name}: nothing was imported: {damage}")
        return console.USAGE
    if other.newer:
        console.say(f"{name}: was written by a newer mum-tui (schema {other.newer}); what this one knows is imported")
    services = Services(arguments.catalog)
    before = set(services.library.items)
    step = services.library.change(*merge.merge(services.library.raw, other.entries))
    new = sum(identifier not in before for identifier in step.ids)
    if not step.changes:
        console.say(f"{name}: everything in it is in the library already")
        return console.DONE
    status = save_library(services)
    if status == console.DONE:
        console.say(f"{name}: added {new}, completed {len(step.ids) - new}")
    return status
