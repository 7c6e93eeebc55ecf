"""Stores changes that could not be written into the library before the program ended, until the next start.

Each such run has its own file in the state folder, because the disk of the library may not answer.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from mum_tui.json_types import Json
from mum_tui.library.notes import joined_notes
from mum_tui.library.operations import NOTE, Change, comparable, current, date_of
from mum_tui.storage.files import read, write_atomically


def store(folder: Path, changes: Sequence[Change]) -> Path:
    """Write changes into a new file in ``folder``; returns its path. Raises ``OSError``."""
    path = folder / f"{os.getpid()}-{os.urandom(4).hex()}.json"
    write_atomically(path, msgspec.json.format(msgspec.json.encode(list(changes)), indent=1) + b"\n")
    return path


def load(folder: Path) -> dict[Path, list[Change]]:
    """The stored changes by file, the oldest first. Files that cannot be read are ignored."""
    changes_by_path: dict[Path, list[Change]] = {}
    with suppress(OSError):
        for path in sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns):
            with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                changes_by_path[path] = msgspec.json.decode(read(path), type=list[Change])
    return changes_by_path


def remove(paths: Sequence[Path]) -> None:
    """Remove files whose changes are in the library now. Never raises."""
    for path in paths:
        with suppress(OSError):
            path.unlink()


def still_applicable(entries: Mapping[str, Json], changes: Sequence[Change]) -> tuple[list[Change], list[str]]:
    """The changes to apply to ``entries``, and the ids of entries that are not changed because they have newer values.

    The newest value of a field wins; two different notes are joined.
    """
    to_apply, changed_since = [], []
    for change in changes:
        entry = entries.get(change.id)
        if comparable(date_of(entry, change.field)) <= comparable(change.at or ""):
            to_apply.append(change)
            continue
        value = current(entry, change.field)
        if value == change.value:
            continue
        if change.field == NOTE and isinstance(change.value, str) and isinstance(value, str):
            note = joined_notes(value, change.value)
            to_apply.append(Change(change.id, NOTE, note, change.title, change.url))
        else:
            changed_since.append(change.id)
    return to_apply, changed_since
