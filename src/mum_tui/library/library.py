"""The user's library: a small JSON file that several browsers and the command line change at once.

Changes are operations, not dumps: each is applied to the file as it is at that moment, under a lock. What
cannot be written stays in memory and is tried again with the next change. ``document`` says what the file
looks like, ``operations`` what can be changed.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from mum_tui.library import recovery, store
from mum_tui.library.document import Damaged, Document, decode
from mum_tui.library.history import History, Step
from mum_tui.library.operations import Change, Item, Json, apply, command, inverse, read, stamped

LOCK_SECONDS = 1.0

Signature = tuple[int, int, int]


class Saved(Struct, frozen=True):
    """Everything is in the file, but for the entries in ``skipped``: what was to be undone had changed there."""

    skipped: tuple[str, ...] = ()


class Unsaved(Struct, frozen=True):
    """``count`` changes are only in memory, because of ``reason``."""

    reason: str
    count: int


Outcome = Saved | Unsaved


class Reverted(Struct, frozen=True):
    """What was undone or redone (``step.words``), and the ids where it was not: they had changed meanwhile."""

    step: Step
    skipped: tuple[str, ...] = ()


class Library:
    """The library as this process sees it: the file's, with what is not written yet on top.

    ``notices`` says what was wrong with the file when it was read, in whole sentences. ``save``, ``reload``
    and ``refresh`` may run in another thread than the rest.
    """

    def __init__(self, path: Path, lock_seconds: float = LOCK_SECONDS) -> None:
        self.path = path
        self.lock_seconds = lock_seconds
        self.notices: list[str] = []
        self.read_only = ""
        self.history = History()
        self._pending: list[Change] = []
        self._memory = threading.Lock()
        self._writing = threading.RLock()
        # The file as it was last read or written.
        self._stored = Document()
        self._data = b""
        self._signature: Signature | None = None
        self._suspect: Signature | None = None
        # The same with what is pending.
        self._entries: dict[str, Json] = {}
        self._items: dict[str, Item] = {}
        self._bookmarks: dict[str, Item] = {}
        self.reload()
        for copy in recovery.conflict_copies(path):
            self._note(f"{copy.name} lies beside the library; mum-tui library import merges it")

    # -- what is in it

    @property
    def items(self) -> Mapping[str, Item]:
        """Everything the user keeps, by id."""
        return self._items

    @property
    def bookmarks(self) -> Mapping[str, Item]:
        """What is bookmarked, by id, in the order the bookmarks were set."""
        return self._bookmarks

    @property
    def raw(self) -> Mapping[str, Json]:
        """The entries as the file has them, with what is pending."""
        return self._entries

    @property
    def pending(self) -> int:
        """How many changes are not in the file yet."""
        return len(self._pending)

    def pending_commands(self) -> list[str]:
        """The shell commands that would make the changes which are not in the file."""
        return [command(change) for change in self._pending]

    def encoded(self) -> bytes:
        """The library with what is pending, as its file would have it."""
        with self._memory:
            document = Document(dict(self._entries), self._stored.top)
        return document.encode()

    # -- reading

    def reload(self) -> None:
        """Read the file again; what is not written yet stays on top."""
        with self._writing:
            self.read_only = ""
            try:
                document = self._read()
            except Damaged as damage:
                document = self._recover(damage)
            self._adopt(document)

    def changed_on_disk(self) -> bool:
        """Whether somebody else wrote the file since it was last read; cheap enough to ask twice a second."""
        return self._stat() != self._signature

    def refresh(self) -> bool:
        """Read the file again if somebody else wrote it; whether anything is different now.

        A damaged file gets a second chance: another program may be in the middle of writing it.
        """
        with self._writing:
            signature = self._stat()
            if signature == self._signature:
                return False
            before = self._items
            try:
                self.read_only = ""
                document = self._read()
            except Damaged as damage:
                if signature != self._suspect:
                    self._suspect = signature
                    return False
                document = self._recover(damage)
            self._adopt(document)
            return self._items != before

    def _stat(self) -> Signature | None:
        try:
            return _signature(self.path.stat())
        except OSError:
            return None

    def _read(self) -> Document:
        """The file as it is now. Raises ``Damaged``."""
        try:
            with self.path.open("rb") as file:
                signature = _signature(os.fstat(file.fileno()))
                data = file.read()
        except FileNotFoundError:
            self._signature = None
            if self._data:
                self._note(f"{self.path} was removed; what was in it is kept and written with the next change")
            return self._stored
        except OSError as error:
            # Not ours to judge: it may be fine once it can be read again, so it must not be replaced.
            self.read_only = f"{self.path} cannot be read ({error.strerror or error})"
            self._note(self.read_only)
            return self._stored
        document = self._stored if data and data == self._data else decode(data)
        if document.newer:
            self.read_only = f"{self.path} was written by a newer mum-tui (schema {document.newer}); it is only read"
            self._note(self.read_only)
        self._remember(document, data, signature)
        return document

    def _remember(self, document: Document, data: bytes, signature: Signature | None) -> None:
        self._stored, self._data, self._signature, self._suspect = document, data, signature, None

    def _adopt(self, document: Document, written: int = 0) -> None:
        """Show ``document``, in which the first ``written`` pending changes are, with the other ones on top."""
        with self._memory:
            known, shown = dict(self._entries), dict(self._items)
        entries, items = dict(document.entries), {}
        for key, raw in entries.items():
            # Comparing costs less than reading again.
            item = shown.get(key) if key in known and known[key] == raw else read(key, raw)
            if item is not None:
                items[key] = item
        bookmarks = {key: item for key, item in items.items() if item.bookmarked}
        with self._memory:
            del self._pending[:written]
            self._entries, self._items, self._bookmarks = entries, items, bookmarks
            for change in self._pending:
                self._apply(change)

    def _apply(self, change: Change) -> bool:
        """Make one change to what is shown, at a cost that does not grow with the library."""
        identifier = change.id
        done = apply(self._entries, change)
        item = read(identifier, self._entries[identifier]) if identifier in self._entries else None
        if item is None or (item.bookmarked and identifier not in self._bookmarks):
            self._items.pop(identifier, None)  # a new bookmark goes to the end, as it does in the file
        if item is not None:
            self._items[identifier] = item
        if item is not None and item.bookmarked:
            self._bookmarks[identifier] = item
        else:
            self._bookmarks.pop(identifier, None)
        return done

    def _note(self, notice: str) -> None:
        if notice not in self.notices:
            self.notices.append(notice)

    def _recover(self, damage: Damaged) -> Document:
        """Keep a copy of a damaged file and put what is known of it in its place."""
        last = self._stored if self._data else None
        rescued = recovery.rescue(damage.data, last, self.path)
        try:
            with store.locked(self.path, self.lock_seconds):
                try:
                    return self._read()  # another process may have mended it meanwhile
                except Damaged as again:
                    rescued = recovery.rescue(again.data, last, self.path)
                    data = rescued.document.encode()
                    aside = recovery.set_aside(self.path, again.data)
                    store.write_atomically(self.path, data)
                    self._remember(rescued.document, data, self._stat())
        except OSError as error:
            self.read_only = f"{self.path} is damaged ({damage}) and cannot be set aside ({error.strerror or error})"
            self._note(self.read_only)
        else:
            self._note(f"{self.path} was damaged ({damage}); it is kept as {aside.name}")
        self._note(rescued.words)
        return rescued.document

    @property
    def backup(self) -> Path:
        """The last good state of an earlier day."""
        return recovery.backups(self.path)[0]

    # -- changing

    def change(self, *changes: Change) -> Step:
        """Make changes in memory at once, as one step that can be undone; ``save`` puts them into the file."""
        with self._memory:
            step = self._make(changes)
        self.history.record(step)
        return step

    def undo(self) -> Reverted | None:
        """Take the last step back in memory, as changes of their own; None if there is none."""
        step = self.history.take_undo()
        if step is None:
            return None
        order = range(len(step.inverses) - 1, -1, -1)
        return self._revert(step, [(place, step.inverses[place]) for place in order], self.history.undone)

    def redo(self) -> Reverted | None:
        """Make the step last undone again in memory; None if there is none."""
        step = self.history.take_redo()
        return None if step is None else self._revert(step, list(enumerate(step.changes)), self.history.redone)

    def _revert(self, step: Step, wanted: Sequence[tuple[int, Change]], told: Callable[[Step], None]) -> Reverted:
        done, skipped = [], []
        with self._memory:
            for place, change in wanted:
                if self._apply(change):
                    self._pending.append(change)
                    done.append(place)
                else:
                    skipped.append(change.id)
        told(step.only(sorted(done)))
        return Reverted(step, tuple(dict.fromkeys(skipped)))

    def _make(self, changes: Sequence[Change]) -> Step:
        made, inverses = [], []
        for change in changes:
            dated = stamped(self._entries, change)
            back = inverse(self._entries, dated)
            if self._apply(dated) and back.value != dated.value:
                made.append(dated)
                inverses.append(back)
            self._pending.append(dated)
        return Step(tuple(made), tuple(inverses))

    # -- writing

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
                    return self._write(todo)
            except Damaged as damage:
                self._adopt(self._recover(damage))
                reason = self.read_only or f"{self.path} was damaged and is repaired; saving again will do"
            except OSError as error:
                reason = self.read_only or f"{self.path}: {error.strerror or error}"
            except (ValueError, RecursionError) as error:  # JSON from elsewhere that cannot be written again
                reason = f"{self.path}: {error}"
            return Unsaved(reason, len(todo))

    def _write(self, todo: Sequence[Change]) -> Saved:
        """Re-read, apply, back up, write: what happens under the lock."""
        store.remove_stale_temporaries(self.path)
        shown = self._stored
        found = self._read()
        if self.read_only:
            raise OSError(0, self.read_only)
        document = found.copy()
        skipped = [change.id for change in todo if not document.apply(change)]
        data = document.encode()
        if self._data:
            recovery.back_up(self.path, self._data)
        store.write_atomically(self.path, data)
        self._remember(document, data, self._stat())
        if found is shown and not skipped:
            with self._memory:
                del self._pending[: len(todo)]  # what is shown is what was written
        else:
            self._adopt(document, len(todo))
        return Saved(tuple(dict.fromkeys(skipped)))


def _signature(stat: os.stat_result) -> Signature:
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
