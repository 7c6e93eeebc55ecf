"""Rescues the content of a damaged library file; makes and reads backups."""

from __future__ import annotations

import glob
import itertools
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from mum_tui.library.document import DamagedLibrary, Document, combined, decode, rescued
from mum_tui.storage import files

BACKUP_SECONDS = 86_400
BACKUPS = 3
CONFLICT_COPIES = ("{stem}.sync-conflict-*{end}", "{stem}*conflicted copy*{end}", "{stem}*(conflict*{end}")
"""The names that Syncthing, Dropbox, Nextcloud and others give to conflicting copies."""


class Rescued(NamedTuple):
    """The replacement of a damaged file, and a sentence about it for the user."""

    document: Document
    words: str


def rescue(data: bytes, last: Document | None, path: Path) -> Rescued:
    """Everything known of a damaged file.

    Args:
        data: the bytes of the file; what can be read of them comes first.
        last: the content that was last read; it fills in what is missing. None: the newest readable backup does.
        path: the file.
    """
    document = rescued(data)
    read_count = len(document.entries)
    source = "as they were last read"
    if last is None:
        last, source = _read_backup(path), "from the backup"
    if last is not None:
        document = combined(document, last, both_notes=False)
    else:
        source = ""
    count = len(document.entries)
    if not count and not source:
        return Rescued(document, "it is unreadable and has no backup; starting with an empty library")
    parts = [f"{read_count} read from the damaged file"] if read_count else []
    parts += [f"{count - read_count} {source}"] if count > read_count or not read_count else []
    return Rescued(document, f"{_entries(count)} recovered: {', '.join(parts)}")


def _entries(count: int) -> str:
    return "1 entry is" if count == 1 else f"{count} entries are"


def set_aside(path: Path, data: bytes) -> Path:
    """Store the bytes of a damaged file beside it, under a new name; returns the path. Raises ``OSError``.

    The file is copied, not moved, so that there is a file even if the process is killed.
    """
    target = Path(os.path.realpath(path))
    stem = f"{target.name}.corrupt-{time.strftime('%Y%m%d-%H%M%S')}"
    names = itertools.chain([stem], (f"{stem}-{number}" for number in itertools.count(2)))
    aside = next(free_path for free_path in map(target.with_name, names) if not free_path.exists())
    files.write_atomically(aside, data)
    return aside


def backups(path: Path) -> list[Path]:
    """The paths of the backups, the newest first."""
    return [path.with_name(f"{path.name}.bak{number or ''}") for number in (0, *range(2, BACKUPS + 1))]


def _read_backup(path: Path) -> Document | None:
    for backup in backups(path):
        with suppress(OSError, DamagedLibrary):
            return decode(files.read(backup))
    return None


def back_up(path: Path, blocks: Iterable[bytes]) -> None:
    """Make a backup of ``blocks``, at most once a day.

    Never raises: a disk too full for it may still have room for the change.
    """
    paths = backups(path)
    with suppress(OSError):
        # If the clock was set back, backups must not stop until it has caught up.
        if 0 <= time.time() - paths[0].stat().st_mtime < BACKUP_SECONDS:
            return
    with suppress(OSError):
        for older, newer in zip(paths[:0:-1], paths[-2::-1], strict=True):
            if newer.exists():
                files.write_atomically(older, files.read(newer))
        files.write_atomically(paths[0], blocks)


def conflict_copies(path: Path) -> list[Path]:
    """Copies of ``path`` that a synchronising program made because two machines changed the file."""
    target = Path(os.path.realpath(path))
    stem, end = glob.escape(target.stem), glob.escape(target.suffix)
    copies: set[Path] = set()
    with suppress(OSError):
        for pattern in CONFLICT_COPIES:
            copies.update(target.parent.glob(pattern.format(stem=stem, end=end)))
    return sorted(copies)
