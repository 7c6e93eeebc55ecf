"""The user's library: a small JSON file that several processes may change at the same time.

Saving applies each change to the current content of the file, under a lock. Changes that cannot be written stay in
memory and are tried again with the next one. ``document`` describes the file, ``operations`` the changes.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import suppress
from itertools import chain
from pathlib import Path

from mum_tui.annotation import Annotation
from mum_tui.json_types import Json
from mum_tui.library import unsaved
from mum_tui.library.document import DamagedLibrary, Document
from mum_tui.library.history import History, Step
from mum_tui.library.library_file import LibraryFile
from mum_tui.library.merge import late, only_last_notes
from mum_tui.library.operations import (
    Change,
    apply,
    command,
    current,
    inverse,
    read,
    stamped,
    with_both_notes,
)
from mum_tui.library.outcomes import Outcome, Reverted, Saved, Unsaved
from mum_tui.patience import finishes
from mum_tui.storage import files
from mum_tui.storage.files import is_folder
from mum_tui.storage.lock import locked
from mum_tui.text import clean_line, plural

LOCK_SECONDS = 0.7
"""Seconds to wait for the lock: short, so that a failure is reported within a second."""


def give_way() -> None:
    """Let other threads run, so that the screen stays responsive while a large library is saved."""
    time.sleep(0.0001)


class Library(LibraryFile):
    """The library as this process sees it: the entries of the file plus changes not yet written.

    ``save``, ``reload`` and ``refresh`` may run in another thread than the other methods.
    """

    def __init__(self, path: Path, lock_seconds: float = LOCK_SECONDS, unsaved_folder: Path | None = None) -> None:
        super().__init__(path, lock_seconds)
        self.unsaved_folder = unsaved_folder
        # Files with changes that were pending, and how many changes must have been written to need them no more.
        self._unsaved_files: dict[Path, int] = {}
        self._unsaved_last_time = 0
        self.history = History()
        self._pending: list[Change] = []
        self._written = 0
        self._memory = threading.Lock()
        self._writing = threading.RLock()
        # The file's entries plus pending changes.
        self._entries: dict[str, Json] = {}
        self._annotations: dict[str, Annotation] = {}
        self._bookmarks: dict[str, Annotation] = {}
        self._journal: list[str] = []
        self.reload()
        self._apply_unsaved()

    # -- content

    @property
    def annotations(self) -> Mapping[str, Annotation]:
        """The annotations by entry id."""
        return self._annotations

    @property
    def bookmarks(self) -> Mapping[str, Annotation]:
        """The annotations with a bookmark, by id, in the order of bookmarking."""
        return self._bookmarks

    @property
    def journal(self) -> Sequence[str]:
        """The entry id of every change of ``annotations``, in order; it only grows."""
        return self._journal

    @property
    def raw(self) -> Mapping[str, Json]:
        """The raw entries of the file plus pending changes."""
        return self._entries

    @property
    def pending(self) -> int:
        """The number of changes that are not in the file yet."""
        return len(self._pending)

    def pending_commands(self) -> list[str]:
        """Shell commands that make the pending changes."""
        return [command(change) for change in self._pending]

    def encoded(self) -> bytes:
        """The bytes of the file with all pending changes."""
        with self._memory:
            document = Document(dict(self._entries), self._stored.top)
        return document.encode()

    # -- changes that could not be written before the program ended

    def store_unsaved(self) -> Path | None:
        """Store pending changes in a separate file until the next start; returns its path, None without changes.

        The file is removed when its changes have been saved.

        Raises:
            OSError: that file cannot be written either.
        """
        with self._memory:
            changes, present = list(self._pending), self._stored_in()
            needed_until = self._written + len(changes)
        if not changes or self.unsaved_folder is None:
            return None
        if present is not None:
            return present
        path = unsaved.store(self.unsaved_folder, changes)
        with self._memory:
            older = [file for file, until in self._unsaved_files.items() if until <= needed_until]
            for file in older:  # their changes are pending, too, and stored again
                del self._unsaved_files[file]
            self._unsaved_files[path] = needed_until
        unsaved.remove(older)
        files.sync_folder(self.unsaved_folder)
        self._remove_unsaved_files()  # the changes may have been saved meanwhile
        return path

    def stored_outside(self, outcome: Unsaved, seconds: float = 1.0) -> Outcome:
        """Store pending changes in a separate file, if possible within ``seconds``; returns what is not saved then.

        Never raises.
        """
        with suppress(OSError):
            finishes(self.store_unsaved, seconds)
        return self.left_over(outcome.reason)

    @property
    def is_safe(self) -> bool:
        """Whether each change is in the library's file or stored in a separate one."""
        with self._memory:
            return not self._pending or self._stored_in() is not None

    def _stored_in(self) -> Path | None:
        """The last separate file if they have all pending changes; called under ``_memory``."""
        every_change = self._written + len(self._pending)
        return next((path for path, until in self._unsaved_files.items() if until >= every_change), None)

    def left_over(self, reason: str) -> Outcome:
        """The changes that are pending now because of ``reason``: where they are stored, or how to repeat them."""
        with self._memory:
            count, path = len(self._pending), self._stored_in()
            commands = [] if path else self.pending_commands()
        if not count:
            return Saved()
        return Unsaved(reason, count, str(path or ""), tuple(commands))

    def _apply_unsaved(self) -> None:
        if self.unsaved_folder is None or not is_folder(self.unsaved_folder):
            return
        stored = unsaved.load(self.unsaved_folder)
        changes = list(chain.from_iterable(stored.values()))
        last = {(change.id, change.field): change.value for change in changes}
        changed_since = []
        with self._memory:
            before = dict(self._entries)
            for change in only_last_notes(changes):
                entry = self._entries.get(change.id)
                wanted = late(entry, change)
                if wanted is not None:
                    self._make((wanted,))
                elif current(entry, change.field) != last[change.id, change.field]:
                    changed_since.append(change.id)
            self._unsaved_files = dict.fromkeys(stored, len(self._pending))
        # Others are in the file already: saving them ended after they were stored.
        self._unsaved_last_time = sum(
            current(before.get(identifier), field) != current(self._entries.get(identifier), field)
            for identifier, field in last
        )
        for identifier in dict.fromkeys(changed_since):
            self._note(f"{identifier} has changed since; a change that could not be saved last time was dropped")

    # -- reading

    def reload(self) -> None:
        """Read the file again; pending changes stay on top."""
        with self._writing:
            self.read_only = ""
            try:
                document = self._read()
            except DamagedLibrary as damage:
                document = self._recover(damage)
            self._adopt(document)

    def refresh(self) -> bool:
        """Read the file again if another process wrote it; returns whether annotations changed.

        A file found damaged for the first time is ignored: another program may be in the middle of writing it.
        """
        with self._writing:
            signature = self._stat()
            if signature == self._signature:
                return False
            before = self._annotations
            try:
                self.read_only = ""
                document = self._read()
            except DamagedLibrary as damage:
                if signature != self._suspect:
                    self._suspect = signature
                    return False
                document = self._recover(damage)
            self._adopt(document)
            return self._annotations != before

    def _adopt(self, document: Document, written: int = 0) -> None:
        """Take over ``document``, which contains the first ``written`` pending changes, and apply the others to it."""
        with self._memory:
            known, shown = dict(self._entries), dict(self._annotations)
        entries = dict(document.entries)
        annotations: dict[str, Annotation] = {}
        for key, raw in entries.items():
            # Comparing is faster than reading again.
            annotation = shown.get(key) if key in known and known[key] == raw else read(key, raw)
            if annotation is not None:
                annotations[key] = annotation
        bookmarks = {key: annotation for key, annotation in annotations.items() if annotation.bookmarked}
        changed = [key for key in {**shown, **annotations} if annotations.get(key) is not shown.get(key)]
        with self._memory:
            self._take_off(written)
            self._entries, self._annotations, self._bookmarks = entries, annotations, bookmarks
            # After the annotations: a reader in between then looks once too often rather than once too seldom.
            self._journal += changed
            for change in self._pending:
                self._apply(change)

    def _take_off(self, written: int) -> None:
        """Remove pending changes that are in the file now; called under ``_memory``."""
        del self._pending[:written]
        self._written += written

    def _apply(self, change: Change) -> bool:
        """Apply one change in memory, in a time that does not depend on the size of the library."""
        identifier = change.id
        done = apply(self._entries, change)
        annotation = read(identifier, self._entries[identifier]) if identifier in self._entries else None
        if annotation is None or (annotation.bookmarked and identifier not in self._bookmarks):
            self._annotations.pop(identifier, None)  # a new bookmark moves to the end, as in the file
        if annotation is not None:
            self._annotations[identifier] = annotation
        if annotation is not None and annotation.bookmarked:
            self._bookmarks[identifier] = annotation
        else:
            self._bookmarks.pop(identifier, None)
        self._journal.append(identifier)
        return done

    # -- changing

    def change(self, *changes: Change) -> Step:
        """Apply changes in memory, as one step that can be undone; ``save`` writes them into the file."""
        with self._memory:
            step = self._make(changes)
        self.history.record(step)
        return step

    def undo(self) -> Reverted | None:
        """Undo the last step in memory, as new changes; None if there is no step."""
        step = self.history.take_undo()
        if step is None:
            return None
        order = range(len(step.inverses) - 1, -1, -1)
        return self._revert(step, [(position, step.inverses[position]) for position in order], self.history.undone)

    def redo(self) -> Reverted | None:
        """Redo the step last undone in memory; None if there is no such step."""
        step = self.history.take_redo()
        return None if step is None else self._revert(step, list(enumerate(step.changes)), self.history.redone)

    def _revert(self, step: Step, changes: Sequence[tuple[int, Change]], record: Callable[[Step], None]) -> Reverted:
        done, skipped = [], []
        with self._memory:
            for position, change in changes:
                if self._apply(change):
                    self._pending.append(change)
                    done.append(position)
                else:
                    skipped.append(change.id)
        record(step.only(sorted(done)))
        return Reverted(step, tuple(dict.fromkeys(skipped)))

    def _make(self, changes: Sequence[Change]) -> Step:
        changed, inverses = [], []
        for change in changes:
            given = stamped(self._entries, change)
            dated = with_both_notes(self._entries.get(change.id), given)
            if dated is not given:
                self._say_both_kept(dated)
            back = inverse(self._entries, dated)
            if self._apply(dated) and back.value != dated.value:
                changed.append(dated)
                inverses.append(back)
            self._pending.append(dated)
        return Step(tuple(changed), tuple(inverses))

    def _say_both_kept(self, change: Change) -> None:
        # Not ``_note``: each time is told.
        name = change.title or change.id
        self.notices.append(clean_line(f"The note was changed elsewhere meanwhile: both are kept ({name})"))

    # -- writing

    def save(self) -> Outcome:
        """Apply all pending changes to the current content of the file, and write it.

        Never raises. Blocks for the timeout of the lock at most, and for the writing.
        """
        with self._writing:
            with self._memory:
                todo = list(self._pending)
                if not self._entries and self._signature is None and not os.path.lexists(self.path):
                    self._take_off(len(todo))  # nothing to store, and no file
                    todo = []
            if not todo:
                self._forget_unsaved_files()
                return Saved()
            known, self.read_only = self.read_only, ""  # it may be gone; if not, reading the file finds it again
            try:
                with locked(self.path, self.lock_seconds) as lock:
                    if not lock:
                        self._note(
                            f"{self.path} is on a disk without locks: do not change it from two programs at once"
                        )
                    outcome = self._write(todo)
                self._forget_unsaved_files()
                return outcome
            except DamagedLibrary as damage:
                self._adopt(self._recover(damage))
                reason = self.read_only or f"{self.path} was damaged and has been repaired; save again"
            except OSError as error:
                reason = self.read_only or known or f"{self.path}: {error.strerror or error}"
            except (ValueError, RecursionError) as error:  # JSON of another program that cannot be encoded
                reason = f"{self.path}: {error}"
            return Unsaved(reason, len(todo))

    def _remove_unsaved_files(self) -> None:
        """Remove files whose changes are all saved."""
        with self._memory:
            paths = [path for path, until in self._unsaved_files.items() if until <= self._written]
            for path in paths:
                del self._unsaved_files[path]
        unsaved.remove(paths)

    def _forget_unsaved_files(self) -> None:
        self._remove_unsaved_files()
        if self._unsaved_last_time:
            self._note(f"{plural(self._unsaved_last_time, 'change')} could not be saved last time; added now")
            self._unsaved_last_time = 0

    def _write(self, todo: Sequence[Change]) -> Saved:
        """Read again, apply, back up, write; called under the lock."""
        shown = self._stored
        stored = self._read()
        if self.read_only:
            raise OSError(0, self.read_only)
        give_way()
        document = stored.copy()
        kept, joined = _apply_late(document, todo)
        give_way()
        blocks = document.encode_in_blocks()
        give_way()
        if self._has_content:
            from mum_tui.library import recovery

            recovery.back_up(self.path, self._blocks())
        self._replace(document, blocks)
        for change in joined:
            self._say_both_kept(change)
        if stored is shown and not (kept or joined):
            with self._memory:
                self._take_off(len(todo))  # the file had not changed, so memory already has the result
                self._share(document, {change.id for change in todo})
        else:
            self._adopt(document, len(todo))
        return Saved(kept)

    def _share(self, document: Document, identifiers: Set[str]) -> None:
        """Replace entries in memory by the equal ones of a document, so that they are there once."""
        for identifier in identifiers & self._entries.keys():
            if self._entries[identifier] == document.entries.get(identifier):  # it may have changed since
                self._entries[identifier] = document.entries[identifier]


def _apply_late(document: Document, changes: Sequence[Change]) -> tuple[tuple[str, ...], list[Change]]:
    """Apply changes that waited; returns the ids of entries whose newer values stay, and the changes of notes that were
    joined with those of another process.
    """
    kept: dict[tuple[str, str], None] = {}
    joined: list[Change] = []
    for change in only_last_notes(changes):
        field, entry = (change.id, change.field), document.entries.get(change.id)
        wanted = late(entry, change)
        if wanted is None:
            kept[field] = None
            continue
        document.apply(wanted)
        kept.pop(field, None)
        if wanted is not change or with_both_notes(entry, change) is not change:
            joined.append(change)
    return tuple(dict.fromkeys(identifier for identifier, _ in kept)), joined
