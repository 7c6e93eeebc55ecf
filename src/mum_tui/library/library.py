"""The user's library: a small JSON file that several browsers and the command line change at once.

Changes are operations, not dumps: each is applied to the file as it is at that moment, under a lock. What
cannot be written stays in memory and is tried again with the next change. ``document`` says what the file
looks like, ``operations`` what can be changed.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from mum_tui.annotation import Annotation
from mum_tui.json_types import Json
from mum_tui.library import unsaved
from mum_tui.library.document import Damaged, Document
from mum_tui.library.history import History, Step
from mum_tui.library.library_file import LibraryFile
from mum_tui.library.operations import Change, apply, command, inverse, read, stamped
from mum_tui.patience import finishes
from mum_tui.storage import files
from mum_tui.storage.lock import locked
from mum_tui.text import plural

LOCK_SECONDS = 0.7
"""Seconds to wait for the lock: short enough to report a failure within a second."""


def give_way() -> None:
    """Let other threads run between two steps of saving a large library, so that the screen stays responsive."""
    time.sleep(0.0001)


class Saved(Struct, frozen=True):
    """Everything is in the file. The entries in ``skipped`` could not be undone: another program had changed them."""

    skipped: tuple[str, ...] = ()


class Unsaved(Struct, frozen=True):
    """``count`` changes are not in the library's file, because of ``reason``.

    They are in memory, and in the file ``stored_in`` where the program is about to end.
    """

    reason: str
    count: int
    stored_in: str = ""

    @property
    def words(self) -> str:
        """One line: how many changes could not be saved, why, and where they are now."""
        count = plural(self.count, "change")
        where = f"; kept in {self.stored_in} and brought in at the next start" if self.stored_in else ""
        return f"{count} could not be saved: {self.reason}{where}"


Outcome = Saved | Unsaved


class Reverted(Struct, frozen=True):
    """What was undone or redone (``step.words``), and the ids where it was not: they had changed meanwhile."""

    step: Step
    skipped: tuple[str, ...] = ()


class Library(LibraryFile):
    """The library as this process sees it: the file's entries plus the changes not written yet.

    ``save``, ``reload`` and ``refresh`` may run in another thread than the rest.
    """

    def __init__(self, path: Path, lock_seconds: float = LOCK_SECONDS, unsaved_folder: Path | None = None) -> None:
        super().__init__(path, lock_seconds)
        self.unsaved_folder = unsaved_folder
        self._unsaved_files: list[Path] = []
        self.history = History()
        self._pending: list[Change] = []
        self._memory = threading.Lock()
        self._writing = threading.RLock()
        # The file's entries plus pending changes.
        self._entries: dict[str, Json] = {}
        self._annotations: dict[str, Annotation] = {}
        self._bookmarks: dict[str, Annotation] = {}
        self._journal: list[str] = []
        self.reload()
        self._bring_in_unsaved()

    # -- what is in it

    @property
    def annotations(self) -> Mapping[str, Annotation]:
        """The annotations by entry id."""
        return self._annotations

    @property
    def bookmarks(self) -> Mapping[str, Annotation]:
        """What is bookmarked, by id, in the order the bookmarks were set."""
        return self._bookmarks

    @property
    def journal(self) -> Sequence[str]:
        """The id of every change of ``annotations``, in order; it only grows."""
        return self._journal

    @property
    def raw(self) -> Mapping[str, Json]:
        """The raw entries of the file plus pending changes."""
        return self._entries

    @property
    def pending(self) -> int:
        """How many changes are not in the file yet."""
        return len(self._pending)

    def pending_commands(self) -> list[str]:
        """The shell commands that would make the changes which are not in the file."""
        return [command(change) for change in self._pending]

    def encoded(self) -> bytes:
        """The library plus pending changes, as its file would hold it."""
        with self._memory:
            document = Document(dict(self._entries), self._stored.top)
        return document.encode()

    # -- what could not be written before a program ended

    def store_unsaved(self) -> Path | None:
        """Store pending changes in a separate file until the next start; None if there are none.

        Raises:
            OSError: that file cannot be written either.
        """
        changes = list(self._pending)
        if not changes or self.unsaved_folder is None:
            return None
        path = unsaved.store(self.unsaved_folder, changes)
        unsaved.remove(self._unsaved_files)  # their changes are among the pending ones
        self._unsaved_files = [path]
        return path

    def kept(self, outcome: Unsaved, seconds: float = 1.0) -> Unsaved:
        """``outcome``, with what is pending kept in a file if that can be done within ``seconds``; never raises."""
        paths: list[Path | None] = []
        with suppress(OSError):
            finishes(lambda: paths.append(self.store_unsaved()), seconds)
        return replace(outcome, stored_in=str(paths[0])) if paths and paths[0] else outcome

    def _bring_in_unsaved(self) -> None:
        if self.unsaved_folder is None or not self.unsaved_folder.is_dir():
            return
        count, changed_since = 0, []
        for path, changes in unsaved.load(self.unsaved_folder).items():
            with self._memory:
                to_apply, skipped = unsaved.still_wanted(self._entries, changes)
                self._make(to_apply)
            self._unsaved_files.append(path)
            count += len(to_apply)
            changed_since += skipped
        if count:
            self._note(f"{plural(count, 'change')} could not be saved last time; brought in now")
        for identifier in dict.fromkeys(changed_since):
            self._note(f"{identifier} was changed since; what could not be saved last time is not brought in")

    # -- reading

    def reload(self) -> None:
        """Read the file again; pending changes stay on top."""
        with self._writing:
            self.read_only = ""
            try:
                document = self._read()
            except Damaged as damage:
                document = self._recover(damage)
            self._adopt(document)

    def refresh(self) -> bool:
        """Read the file again if another program wrote it; return whether anything changed.

        A damaged file gets a second chance: another program may be in the middle of writing it.
        """
        with self._writing:
            signature = self._stat()
            if signature == self._signature:
                return False
            before = self._annotations
            try:
                self.read_only = ""
                document = self._read()
            except Damaged as damage:
                if signature != self._suspect:
                    self._suspect = signature
                    return False
                document = self._recover(damage)
            self._adopt(document)
            return self._annotations != before

    def _adopt(self, document: Document, written: int = 0) -> None:
        """Show ``document``, in which the first ``written`` pending changes are, with the other ones on top."""
        with self._memory:
            known, shown = dict(self._entries), dict(self._annotations)
        entries = dict(document.entries)
        annotations: dict[str, Annotation] = {}
        for key, raw in entries.items():
            # Comparing costs less than reading again.
            annotation = shown.get(key) if key in known and known[key] == raw else read(key, raw)
            if annotation is not None:
                annotations[key] = annotation
        bookmarks = {key: annotation for key, annotation in annotations.items() if annotation.bookmarked}
        changed = [key for key in {**shown, **annotations} if annotations.get(key) is not shown.get(key)]
        with self._memory:
            del self._pending[:written]
            self._entries, self._annotations, self._bookmarks = entries, annotations, bookmarks
            # After what it tells of: whoever reads between the two looks once too often, not once too seldom.
            self._journal += changed
            for change in self._pending:
                self._apply(change)

    def _apply(self, change: Change) -> bool:
        """Make one change to what is shown, at a cost that does not grow with the library."""
        identifier = change.id
        done = apply(self._entries, change)
        annotation = read(identifier, self._entries[identifier]) if identifier in self._entries else None
        if annotation is None or (annotation.bookmarked and identifier not in self._bookmarks):
            self._annotations.pop(identifier, None)  # a new bookmark goes to the end, as it does in the file
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
        """Make changes in memory at once, as one step that can be undone; ``save`` puts them into the file."""
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

    def _revert(self, step: Step, changes: Sequence[tuple[int, Change]], told: Callable[[Step], None]) -> Reverted:
        done, skipped = [], []
        with self._memory:
            for position, change in changes:
                if self._apply(change):
                    self._pending.append(change)
                    done.append(position)
                else:
                    skipped.append(change.id)
        told(step.only(sorted(done)))
        return Reverted(step, tuple(dict.fromkeys(skipped)))

    def _make(self, changes: Sequence[Change]) -> Step:
        changed, inverses = [], []
        for change in changes:
            dated = stamped(self._entries, change)
            back = inverse(self._entries, dated)
            if self._apply(dated) and back.value != dated.value:
                changed.append(dated)
                inverses.append(back)
            self._pending.append(dated)
        return Step(tuple(changed), tuple(inverses))

    # -- writing

    def save(self) -> Outcome:
        """Put all pending changes into the file, on top of what other processes wrote meanwhile.

        Never raises; blocks for at most the lock's timeout and the writing itself.
        """
        with self._writing:
            with self._memory:
                todo = list(self._pending)
                if not self._entries and self._signature is None and not os.path.lexists(self.path):
                    self._pending.clear()  # there is nothing to store, and nothing is stored
                    todo = []
            if not todo:
                self._forget_unsaved_files()
                return Saved()
            self.read_only = ""  # what was in the way may be gone; if it is not, reading finds it again
            try:
                with locked(self.path, self.lock_seconds) as lock:
                    if not lock:
                        self._note(
                            f"{self.path} is on a disk without locks: do not change it from two programs at once"
                        )
                    outcome = self._write(todo)
                self._forget_unsaved_files()
                return outcome
            except Damaged as damage:
                self._adopt(self._recover(damage))
                reason = self.read_only or f"{self.path} was damaged and is repaired; saving again will do"
            except OSError as error:
                reason = self.read_only or f"{self.path}: {error.strerror or error}"
            except (ValueError, RecursionError) as error:  # JSON from elsewhere that cannot be written again
                reason = f"{self.path}: {error}"
            return Unsaved(reason, len(todo))

    def _forget_unsaved_files(self) -> None:
        unsaved.remove(self._unsaved_files)
        self._unsaved_files.clear()

    def _write(self, todo: Sequence[Change]) -> Saved:
        """Re-read, apply, back up, write: what happens under the lock."""
        shown = self._stored
        stored = self._read()
        if self.read_only:
            raise OSError(0, self.read_only)
        give_way()
        document = stored.copy()
        skipped = [change.id for change in todo if not document.apply(change)]
        give_way()
        data = document.encode()
        give_way()
        if self._data:
            from mum_tui.library import recovery

            recovery.back_up(self.path, self._data)
        files.write_atomically(self.path, data)
        self._remember(document, data, self._stat())
        if stored is shown:
            with self._memory:
                del self._pending[: len(todo)]  # made on the same entries, they are what is shown
        else:
            self._adopt(document, len(todo))
        return Saved(tuple(dict.fromkeys(skipped)))
