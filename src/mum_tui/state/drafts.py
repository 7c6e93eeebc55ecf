"""Drafts of notes, stored while the user writes so that a crash loses none.

Each note that is being written has a file of its own, and a lock beside it that its process holds: no other process
offers, replaces or removes that draft while this one lives. What a process left when it ended is offered.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from mum_tui.clock import is_utc, utc_now
from mum_tui.patterns import Pattern
from mum_tui.state import stored
from mum_tui.storage.files import STALE_SECONDS, is_abandoned, machine_name, write_atomically
from mum_tui.storage.lock import HeldLock, Lock, state_of
from mum_tui.text import clean, clean_line

# Earlier versions named no writer.
_NAME = Pattern(r"[0-9a-f]{16}(?:\.(?P<machine>[0-9a-f]{8})\.(?P<pid>\d+)-[0-9a-f]{8})?\.json")


class _Stored(Struct, frozen=True, omit_defaults=True):
    """A draft as its file has it. Earlier versions stored no ``note``."""

    id: str
    text: str
    at: str = ""
    note: str | None = None
    others: tuple[str, ...] = ()


class Draft(NamedTuple):
    """The text of a note for the entries ``ids``, as it was at ``at``.

    ``note`` is the note with which the user began to write; None if that is not known.
    """

    ids: tuple[str, ...]
    text: str
    at: str = ""
    note: str | None = None
    path: Path = Path()

    @property
    def id(self) -> str:
        """The id of the entry, the first one of several."""
        return self.ids[0]

    def is_unfinished(self, note: str) -> bool:
        """Whether there is something in the draft that ``note``, the present note, does not have."""
        text = self.text.strip("\n")
        return text != note if self.note is None or self.note == note else text not in note


class OpenDraft:
    """The draft of a note that is being written. Its methods block while they write, in the order in which they began.

    Args:
        folder: where the drafts are.
        ids: the entries whose note it is.
        note: the note with which the user began; None if that is not known.
        continued: a draft with which the user goes on; it is removed when its text is stored here.
    """

    def __init__(self, folder: Path, ids: Sequence[str], note: str | None, continued: Draft | None = None) -> None:
        name = f"{_entry_name(ids[0])}.{machine_name()}.{os.getpid()}-{os.urandom(4).hex()}.json"
        self._path = folder / name
        self._ids, self._note, self._continued = tuple(map(clean, ids)), note, continued
        self._lock: HeldLock | None = None
        self._writing = threading.Lock()
        self._is_dropped = False

    def save(self, text: str) -> bool:
        """Store the text; returns whether that worked, or is no longer needed."""
        with self._writing:
            if self._is_dropped:
                return True
            draft = _Stored(self._ids[0], clean(text), utc_now(), self._note, self._ids[1:])
            try:
                if self._lock is None:
                    self._lock = HeldLock(_lock_file(self._path))
                write_atomically(self._path, msgspec.json.format(msgspec.json.encode(draft)) + b"\n")
            except OSError:
                return False
            if self._continued:
                _remove(self._continued.path)
                self._continued = None
            return True

    def drop(self) -> None:
        """Delete the draft, and the one that it continues; nothing is stored afterwards."""
        with self._writing:
            self._is_dropped = True
            if self._continued:
                _remove(self._continued.path)
            if self._lock is not None:
                with suppress(OSError):
                    self._path.unlink()
                self._release()

    def leave(self) -> None:
        """Keep the draft for others to continue: the note is no longer written here."""
        with self._writing:
            self._is_dropped = True
            self._release()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()
            with suppress(OSError):
                _lock_file(self._path).unlink()


class Drafts:
    """The drafts in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(self, ids: Sequence[str], note: str | None, continued: Draft | None = None) -> OpenDraft:
        """A new draft; see ``OpenDraft``. Makes no file until it is saved."""
        return OpenDraft(self.folder, ids, note, continued)

    def save(self, identifier: str, text: str, note: str | None = None) -> bool:
        """Store a draft for others to continue; returns whether that worked. Blocks while writing."""
        draft = self.open([identifier], note)
        is_stored = draft.save(text)
        draft.leave()
        return is_stored

    def all(self) -> dict[str, Draft]:
        """The drafts that nobody is writing by entry id, the oldest first; of several the newest.

        Files that cannot be read are ignored.
        """
        drafts = []
        with suppress(OSError):
            for path in sorted(self.folder.glob("*.json"), key=_changed_at):
                if (draft := stored.load(path, _Stored)) and not _is_being_written(path):
                    ids = tuple(map(clean_line, (draft.id, *draft.others)))
                    at = draft.at if is_utc(draft.at) else ""
                    note = None if draft.note is None else clean(draft.note)
                    drafts.append(Draft(ids, clean(draft.text), at, note, path))
        return {draft.id: draft for draft in sorted(drafts, key=lambda draft: draft.at)}

    def drop(self, identifier: str) -> None:
        """Delete the drafts of an entry that nobody is writing."""
        with suppress(OSError):
            for path in self.folder.glob(f"{_entry_name(identifier)}*.json"):
                _remove(path)

    def remove(self, draft: Draft) -> None:
        """Delete this draft unless somebody is writing it."""
        _remove(draft.path)


def _remove(path: Path) -> None:
    with suppress(OSError):
        if not _is_being_written(path) and not _may_be_written_elsewhere(path):
            path.unlink()
            _lock_file(path).unlink(missing_ok=True)


def _is_being_written(path: Path) -> bool:
    match = _NAME.fullmatch(path.name)
    if match is None or match["pid"] is None:
        return False
    state = state_of(_lock_file(path))
    if state is Lock.NOT_SUPPORTED:
        return not is_abandoned(path, match["machine"], int(match["pid"]))
    return state is Lock.LOCKED_ELSEWHERE


def _may_be_written_elsewhere(path: Path) -> bool:
    """Whether another machine stored the draft of late: on some network disks its locks are not seen here."""
    match = _NAME.fullmatch(path.name)
    is_ours = match is None or match["machine"] in (None, machine_name())
    return not is_ours and time.time() - path.stat().st_mtime < STALE_SECONDS


def _changed_at(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0  # removed just now


def _entry_name(identifier: str) -> str:
    return hashlib.sha256(identifier.encode(errors="replace")).hexdigest()[:16]


def _lock_file(path: Path) -> Path:
    return path.with_suffix(".lock")
