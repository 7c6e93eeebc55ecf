"""Stores changes that could not be written into the library before the program ended, until the next start.

Each such run has its own file in the state folder, because the disk of the library may not answer.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from mum_tui.library.operations import Change
from mum_tui.patterns import Pattern
from mum_tui.storage.files import read, write_new

_IS_TIME = Pattern(r"\d{19}")
"""Nanoseconds; names of earlier versions begin with a process id."""


def store(folder: Path, changes: Sequence[Change]) -> Path:
    """Write changes into a new file in ``folder``; returns its path. Raises ``OSError``.

    It survives the end of the program; ``sync_folder`` makes it survive a power failure, too.
    """
    path = folder / f"{time.time_ns()}-{os.getpid()}-{os.urandom(4).hex()}.json"
    write_new(path, msgspec.json.format(msgspec.json.encode(list(changes)), indent=1) + b"\n")
    return path


def load(folder: Path) -> dict[Path, list[Change]]:
    """The stored changes by file, the oldest first. Files that cannot be read are ignored."""
    changes_by_path: dict[Path, list[Change]] = {}
    with suppress(OSError):
        for path in sorted(folder.glob("*.json"), key=_time):
            with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                changes_by_path[path] = msgspec.json.decode(read(path), type=list[Change])
    return changes_by_path


def _time(path: Path) -> int:
    """When the changes in a file were pending; it may have been written later than one that was begun after it."""
    time_in_name = path.name.partition("-")[0]
    return int(time_in_name) if _IS_TIME.fullmatch(time_in_name) else path.stat().st_mtime_ns


def remove(paths: Sequence[Path]) -> None:
    """Remove files whose changes are in the library or in another file now. Never raises."""
    for path in paths:
        with suppress(OSError):
            path.unlink()
