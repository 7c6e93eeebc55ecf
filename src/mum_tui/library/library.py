"""The user's bookmarks: a small JSON file that several browsers and the command line change at once.

Changes are operations, not dumps: each is applied to the file as it is at that moment, under a lock. What
cannot be written stays in memory and is tried again with the next change.

    {"schema": 1, "entries": {"liu2023clip": {"bookmarked": "2026-11-24T10:00:00Z", "title": …, "url": …}}}

Keys and items that this version does not know are kept as they are.
"""

from __future__ import annotations

import itertools
import os
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from mum_tui.library import store
from mum_tui.text import clean

SCHEMA = 1
LOCK_SECONDS = 1.0
BACKUP_SECONDS = 86_400


class Bookmark(Struct, frozen=True):
    """A bookmarked id with what it was called, so that it can be shown when the catalog no longer has it."""

    id: str
    since: str
    title: str = ""
    url: str = ""


class Change(Struct, frozen=True):
    """One operation: bookmark (``on``) or unbookmark an id."""

    id: str
    on: bool
    title: str = ""
    url: str = ""


class Saved(Struct, frozen=True):
    """Everything is in the file."""


class Unsaved(Struct, frozen=True):
    """``count`` changes are only in memory, because of ``reason``."""

    reason: str
    count: int


Outcome = Saved | Unsaved


class _Damaged(Exception):
    """A library file that cannot be understood; the argument says why."""


class Library:
    """The bookmarks as this process sees them: the file's, with what is not written yet on top.

    ``notices`` says what was wrong with the file when it was read, in whole sentences.
    """

    def __init__(self, path: Path, lock_seconds: float = LOCK_SECONDS) -> None:
        self.path = path
        self.lock_seconds = lock_seconds
        self.notices: list[str] = []
        self.read_only = ""
        self._document: dict[str, Any] = {}
        self._pending: list[Change] = []
        self._memory = threading.Lock()
        self._writing = threading.Lock()
        self._last_good = b""
        self._bookmarks: dict[str, Bookmark] = {}
        self.reload()

    # -- reading

    @property
    def bookmarks(self) -> Mapping[str, Bookmark]:
        """Bookmarks by id, in the order they were set."""
        return self._bookmarks

    @property
    def pending(self) -> int:
        """How many changes are not in the file yet."""
        return len(self._pending)

    def pending_commands(self) -> list[str]:
        """The shell commands that would make the changes which are not in the file."""
        from shlex import quote

        return [f"mum-tui bookmark {'add' if change.on else 'remove'} {quote(change.id)}" for change in self._pending]

    def reload(self) -> None:
        """Read the file again; what is not written yet stays on top."""
        self.read_only = ""
        try:
            document = self._read(self.path)
        except _Damaged as damage:
            document = self._recover(str(damage))
        self._adopt(document)

    def _adopt(self, document: dict[str, Any]) -> None:
        with self._memory:
            self._document = document
            for change in self._pending:
                _apply(self._document, change)
            self._bookmarks = _bookmarks(self._document)

    def _note(self, notice: str) -> None:
        if notice not in self.notices:
            self.notices.append(notice)

    def _read(self, path: Path) -> dict[str, Any]:
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            # Not ours to judge: it may be fine once it can be read again, so it must not be replaced.
            self.read_only = f"{path} cannot be read ({error.strerror or error})"
            self._note(self.read_only)
            return {}
        document = _decode(data)
        schema = document.get("schema", SCHEMA)
        if isinstance(schema, int) and schema > SCHEMA:
            self.read_only = f"{path} was written by a newer mum-tui (schema {schema}); it is only read"
            self._note(self.read_only)
        if path == self.path:
            self._last_good = data
        return document

    def _recover(self, damage: str) -> dict[str, Any]:
        """Keep a copy of a damaged file and put what was last known to be good in its place."""
        document: dict[str, Any] = {}
        source = ""
        if self._last_good:
            document, source = _decode(self._last_good), "are as they were last read"
        elif data := self._read_backup():
            document, source = _decode(data), "come from the backup"
        try:
            with store.locked(self.path, self.lock_seconds):
                try:
                    return self._read(self.path)  # another process may have mended it meanwhile
                except _Damaged:
                    aside = self._aside()
                    # Copied, then replaced: whenever we are killed, a file is there, and nothing is lost.
                    store.write_atomically(aside, self.path.read_bytes())
                    store.write_atomically(self.path, _encode({"schema": SCHEMA, "entries": {}} | document))
        except OSError as error:
            self.read_only = f"{self.path} is damaged ({damage}) and cannot be set aside ({error.strerror or error})"
            self._note(self.read_only)
        else:
            self._note(f"{self.path} was damaged ({damage}); it is kept as {aside.name}")
        self._note(
            f"{len(_bookmarks(document))} bookmarks {source}" if source else "there is no backup: bookmarks start empty"
        )
        return document

    def _aside(self) -> Path:
        """A name for a damaged file that no other has."""
        target = Path(os.path.realpath(self.path))
        stem = f"{target.name}.corrupt-{time.strftime('%Y%m%d-%H%M%S')}"
        names = itertools.chain([stem], (f"{stem}-{number}" for number in itertools.count(2)))
        return next(path for path in map(target.with_name, names) if not path.exists())

    def _read_backup(self) -> bytes:
        """The backup, if it can be read and understood."""
        try:
            data = self.backup.read_bytes()
            _decode(data)
        except (OSError, _Damaged):
            return b""
        return data

    @property
    def backup(self) -> Path:
        """The last good state of an earlier day."""
        return self.path.with_name(f"{self.path.name}.bak")

    # -- changing

    def change(self, change: Change) -> None:
        """Apply a change in memory at once; ``save`` puts it into the file."""
        with self._memory:
            self._pending.append(change)
            _apply(self._document, change)
            self._bookmarks = _bookmarks(self._document)

    def save(self) -> Outcome:
        """Put all pending changes into the file, on top of what other processes wrote meanwhile.

        Never raises; blocks for at most the lock's timeout and the writing itself.
        """
        with self._writing:
            with self._memory:
                todo = list(self._pending)
            if not todo:
                return Saved()
            self.read_only = ""  # what was in the way may be gone; if it is not, reading finds it again
            try:
                with store.locked(self.path, self.lock_seconds):
                    document = self._merged(todo)
            except _Damaged as damage:
                self._adopt(self._recover(str(damage)))
                return Unsaved(
                    self.read_only or f"{self.path} was damaged and is repaired; saving again will do", len(todo)
                )
            except OSError as error:
                return Unsaved(self.read_only or f"{self.path}: {error.strerror or error}", len(todo))
            with self._memory:
                del self._pending[: len(todo)]
            self._adopt(document)
            return Saved()

    def _merged(self, todo: list[Change]) -> dict[str, Any]:
        """Re-read, apply, back up, write: what happens under the lock."""
        store.remove_stale_temporaries(self.path)
        document = self._read(self.path)
        if self.read_only:
            raise OSError(0, self.read_only)
        before = _encode(document) if document else b""
        for change in todo:
            _apply(document, change)
        data = _encode(document)
        if before:
            self._back_up(before)
        store.write_atomically(self.path, data)
        self._last_good = data
        return document

    def _back_up(self, data: bytes) -> None:
        try:
            age = time.time() - self.backup.stat().st_mtime
        except OSError:
            age = BACKUP_SECONDS
        if age >= BACKUP_SECONDS:
            # A disk too full for the backup may still take the change itself.
            with suppress(OSError):
                store.write_atomically(self.backup, data)


def _decode(data: bytes) -> dict[str, Any]:
    if not data.strip():
        raise _Damaged("it is empty")
    try:
        document = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _Damaged("it is not JSON") from error
    if not isinstance(document, dict) or not isinstance(document.get("entries", {}), dict):
        raise _Damaged("it is not a library")
    return document


def _encode(document: dict[str, Any]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _apply(document: dict[str, Any], change: Change) -> None:
    document.setdefault("schema", SCHEMA)
    entries = document.setdefault("entries", {})
    item = entries.get(change.id, {})
    if not isinstance(item, dict):
        item = {"unreadable": item}
    if change.on:
        stamp = item.get("bookmarked")
        if not isinstance(stamp, str):
            stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            entries.pop(change.id, None)  # the order is that of bookmarking
        # A lone surrogate could not be encoded.
        entries[change.id] = item | {"bookmarked": stamp, "title": clean(change.title), "url": clean(change.url)}
    else:
        item.pop("bookmarked", None)
        if set(item) <= {"title", "url"}:
            entries.pop(change.id, None)
        else:
            entries[change.id] = item


def _bookmarks(document: dict[str, Any]) -> dict[str, Bookmark]:
    found = {}
    for identifier, item in document.get("entries", {}).items():
        if isinstance(item, dict) and isinstance(item.get("bookmarked"), str):
            texts = (item["bookmarked"], item.get("title"), item.get("url"))
            found[identifier] = Bookmark(identifier, *(clean(text) if isinstance(text, str) else "" for text in texts))
    return found
