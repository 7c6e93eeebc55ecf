"""``sync-bib``: keep a block of a BibTeX file equal to the bookmarks."""

from __future__ import annotations

import errno
import itertools
import os
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.citation import formats, managed_block
from mum_tui.commands.common import marked_ids, open_services, printable
from mum_tui.storage import files

if TYPE_CHECKING:
    import argparse
    from pathlib import Path


HINT = "move it out of the block to keep it, or --force replaces it and keeps a copy of the file"


def sync_bib(arguments: argparse.Namespace) -> int:
    """Write the bookmarks between the marker lines of a BibTeX file, and touch nothing else in it."""
    services = open_services(arguments)
    library = services.library
    console.say_all(library.notices)
    if library.read_only and not library.bookmarks:
        console.say("the bookmarks cannot be read: the file stays as it is")
        return console.USAGE
    name = printable(str(arguments.file))
    marked = marked_ids(services)
    entries = [entry for entry in services.loaded.catalog.entries if entry.id in marked]
    path = arguments.file
    try:
        data = _read(path)
        own = managed_block.keys(data)
        doubled = [entry.id for entry in entries if entry.id.lower() in own]
        cited = [entry for entry in entries if entry.id not in doubled]
        changed = managed_block.replaced(data, formats.render(cited) if cited else "")
        if changed != data:
            by_hand = managed_block.changed_by_hand(data, formats.render(entries) if entries else "")
            if by_hand and not arguments.force:
                console.say(f"{name}:{by_hand}: this was changed inside the block by hand; nothing was written", HINT)
                return console.USAGE
            if _read(path) != data:
                console.say(f"{name}: was changed by another program just now; nothing was written")
                return console.USAGE
            if by_hand:
                console.say(f"{name}: as it was, it is kept as {printable(_set_aside(path, data).name)}")
            files.write_atomically(path, changed, mode=files.usual_mode())
    except managed_block.DamagedMarkers as damage:
        console.say(f"{name}:{damage.line}: {damage}; nothing was changed")
        return console.USAGE
    except OSError as error:
        console.say(f"{name}: {error.strerror or error}")
        return console.USAGE
    _tell(name, len(cited), doubled, len(library.bookmarks) - len(entries), changed != data)
    return console.DONE


def _read(path: Path) -> bytes:
    """The file, empty where there is none yet. Raises ``OSError`` where none could be written either."""
    try:
        data = files.read(path)
    except FileNotFoundError:
        if not path.resolve().parent.is_dir():
            raise
        return b""
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return data


def _set_aside(path: Path, data: bytes) -> Path:
    """Keep the octets of the file beside it, under a name that no other has."""
    names = (f"{path.name}.bak{number if number > 1 else ''}" for number in itertools.count(1))
    aside = next(found for found in map(path.with_name, names) if not os.path.lexists(found))
    files.write_atomically(aside, data, mode=path.stat().st_mode & 0o777)
    return aside


def _tell(name: str, count: int, doubled: list[str], gone: int, changed: bool) -> None:
    if doubled:
        console.say(f"left out, because your own lines define them: {', '.join(doubled)}")
    if gone > 0:
        console.say(f"left out, because the catalog no longer has them: {gone}")
    console.say(f"{name}: {count} bookmark{'s' * (count != 1)}{'' if changed else ', as before'}")
