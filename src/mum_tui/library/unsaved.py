"""Stores changes that could not be written into the library before the program ended, until the next start.

Each such run has its own file in the state folder, because the disk of the library may not answer.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from mum_tui.json_types import Json
from mum_tui.library.merge import joined_notes
from mum_tui.library.operations import NOTE, Change, comparable, current, date_of
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


def still_applicable(entries: Mapping[str, Json], changes: Sequence[Change]) -> tuple[list[Change], list[str]]:
    """The changes to apply to ``entries``, and the ids of entries that are not changed because they have newer values.

    The newest value of a field wins; two different notes are joined. The changes may be in ``entries`` already: saving
    them may have ended after they were stored.
    """
    last = {(change.id, change.field): change.value for change in changes}
    to_apply, changed_since = [], []
    for change in changes:
        entry = entries.get(change.id)
        if comparable(date_of(entry, change.field)) <= comparable(change.at or ""):
            to_apply.append(change)
            continue
        value = current(entry, change.field)
        if value in (change.value, last[change.id, change.field]):
            continue
        if change.field == NOTE and isinstance(change.value, str) and isinstance(value, str):
            note = joined_notes(value, change.value)
            to_apply.append(Change(change.id, NOTE, note, change.title, change.url))
        else:
            changed_since.append(change.id)
    return to_apply, changed_since
