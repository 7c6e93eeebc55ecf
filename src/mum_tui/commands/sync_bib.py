"""``sync-bib``: keeps a block of a BibTeX file equal to the bookmarks."""

from __future__ import annotations

import errno
import itertools
import os
from pathlib import Path
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.citation import formats, managed_block
from mum_tui.commands.files import STREAM, name_of, read_bytes
from mum_tui.commands.opening import open_services, printable
from mum_tui.commands.parsing import Parser
from mum_tui.commands.selecting import bookmarked_ids
from mum_tui.console import Exit
from mum_tui.storage import files

if TYPE_CHECKING:
    import argparse

    from mum_tui.catalog.model import Entry


HINT = "move it out to keep it, or use --force to replace it and keep a copy of the file"


def add_arguments(parser: Parser) -> None:
    """The arguments of ``sync-bib``."""
    parser.add_argument("file", metavar="FILE", type=Path, help="a BibTeX file; -: from standard input to output")
    parser.add_argument("--force", action="store_true", help="overwrite changes made by hand inside the block")
    parser.set_defaults(run=sync_bib)


def sync_bib(arguments: argparse.Namespace) -> Exit:
    """Write the bookmarks between the marker lines of a BibTeX file; nothing else in it changes."""
    services = open_services(arguments)
    library = services.library
    console.warn_all(library.notices)
    if library.read_only and not library.bookmarks:
        console.warn("the bookmarks cannot be read; nothing was written")
        return Exit.USAGE
    bookmarked = bookmarked_ids(services)
    entries = [entry for entry in services.loaded.catalog.entries if entry.id in bookmarked]
    path, name = arguments.file, name_of(arguments.file)
    try:
        data = read_bytes(STREAM) if path == STREAM else _read(path)
        own_keys = managed_block.keys(data)
        doubled = [entry.id for entry in entries if entry.id.lower() in own_keys]
        cited = [entry for entry in entries if entry.id not in doubled]
        changed = managed_block.replaced(data, formats.render(cited) if cited else "")
        if changed != data and not _store(path, name, data, changed, _edited_line(data, entries), arguments.force):
            return Exit.USAGE
        if path == STREAM:
            console.write(changed.decode(errors="replace"))
    except managed_block.DamagedMarkers as damage:
        console.warn(f"{name}:{damage.line}: {damage}; nothing was changed")
        return Exit.USAGE
    except OSError as error:
        console.warn(f"{name}: {error.strerror or error}")
        return Exit.USAGE
    _report(name, len(cited), doubled, len(library.bookmarks) - len(entries), changed != data)
    return Exit.DONE


def _edited_line(data: bytes, entries: list[Entry]) -> int:
    """The first line of the block that was changed by hand; 0 if none was."""
    return managed_block.changed_by_hand(data, formats.render(entries) if entries else "")


def _store(path: Path, name: str, data: bytes, changed: bytes, edited: int, force: bool) -> bool:
    """Write the file unless that would lose changes; returns whether it was written. Raises ``OSError``."""
    if edited and not force:
        console.warn(f"{name}:{edited}: the block was changed by hand here; nothing was written", HINT)
        return False
    if path == STREAM:
        return True
    if _read(path) != data:
        console.warn(f"{name}: another program has just changed it; nothing was written")
        return False
    if edited:
        console.warn(f"{name}: a copy of its old content is in {printable(_set_aside(path, data).name)}")
    files.write_atomically(path, changed, mode=files.usual_mode())
    return True


def _read(path: Path) -> bytes:
    """The content of the file, empty if it does not exist. Raises ``OSError`` if it cannot be read or written."""
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
    """Store a copy of the file beside it, under a new name; returns the path. Raises ``OSError``."""
    names = (f"{path.name}.bak{number if number > 1 else ''}" for number in itertools.count(1))
    aside = next(name for name in map(path.with_name, names) if not os.path.lexists(name))
    files.write_atomically(aside, data, mode=path.stat().st_mode & 0o777)
    return aside


def _report(name: str, count: int, doubled: list[str], gone: int, changed: bool) -> None:
    if doubled:
        console.warn(f"skipped, because the file defines them outside the block: {', '.join(doubled)}")
    if gone > 0:
        console.warn(f"skipped, because the catalog no longer has them: {gone}")
    console.warn(f"{name}: {count} bookmark{'s' * (count != 1)}{'' if changed else ', unchanged'}")
