"""``sync-bib``: keep a block of a BibTeX file equal to the bookmarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui import speech
from mum_tui.citation import formats, marked_block
from mum_tui.library import store
from mum_tui.verbs.common import marked_ids, open_services, printable

if TYPE_CHECKING:
    import argparse
    from pathlib import Path


def sync_bib(arguments: argparse.Namespace) -> int:
    """Write the bookmarks between the marker lines of a BibTeX file, and touch nothing else in it."""
    services = open_services(arguments)
    library = services.library
    speech.say_all(library.notices)
    if library.read_only and not library.bookmarks:
        speech.say("the bookmarks cannot be read: the file stays as it is")
        return speech.USAGE
    name = printable(str(arguments.file))
    marked = marked_ids(services)
    entries = [entry for entry in services.loaded.catalog.entries if entry.id in marked]
    try:
        data = _read(arguments.file)
        own = marked_block.keys(data)
        doubled = [entry.id for entry in entries if entry.id.lower() in own]
        cited = [entry for entry in entries if entry.id not in doubled]
        changed = marked_block.replaced(data, formats.render(cited) if cited else "")
        if changed != data:
            if _read(arguments.file) != data:
                speech.say(f"{name}: was changed by another program just now; nothing was written")
                return speech.USAGE
            store.write_atomically(arguments.file, changed, mode=store.usual_mode())
    except marked_block.DamagedMarkers as damage:
        speech.say(f"{name}:{damage.line}: {damage}; nothing was changed")
        return speech.USAGE
    except OSError as error:
        speech.say(f"{name}: {error.strerror or error}")
        return speech.USAGE
    _tell(name, len(cited), doubled, len(library.bookmarks) - len(entries), changed != data)
    return speech.DONE


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _tell(name: str, count: int, doubled: list[str], gone: int, changed: bool) -> None:
    if doubled:
        speech.say(f"left out, because your own lines define them: {', '.join(doubled)}")
    if gone > 0:
        speech.say(f"left out, because the catalog no longer has them: {gone}")
    speech.say(f"{name}: {count} bookmark{'s' * (count != 1)}{'' if changed else ', as before'}")
