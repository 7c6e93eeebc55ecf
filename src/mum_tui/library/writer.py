"""Saves and reads the library in its own thread, so that the screen never waits for a disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from mum_tui.library.library import Library
from mum_tui.library.outcomes import Outcome, Saved, Unsaved

RETRY_SECONDS = 5.0
SLOW_SECONDS = 0.6
"""Seconds that a read or write may take before the user is told; checked twice a second."""


def _nothing(*_: object) -> None:
    pass


class Writer:
    """Saves and refreshes a library, one after the other; requests that wait become one.

    A failed save is tried again every ``retry_seconds``. ``saved`` is called with the outcome of each save, ``changed``
    when changes of another process were read; both run in the writer's thread. Their exceptions go to
    ``threading.excepthook``, and the next request starts a new thread. Only ``close`` waits for the disk, for a limited
    time.
    """

    def __init__(
        self,
        library: Library,
        saved: Callable[[Outcome], object] = _nothing,
        changed: Callable[[], object] = _nothing,
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        self._library = library
        self._saved = saved
        self._changed = changed
        self._retry_seconds = retry_seconds
        self._wanted = threading.Condition()
        self._save = False
        self._refresh = False
        self._closed = False
        self._thread: threading.Thread | None = None
        self._busy_since: float | None = None
        self._outcome: Outcome = Saved()
        self._retry_at: float | None = None

    @property
    def is_stuck(self) -> bool:
        """Whether the disk has not answered for longer than usual."""
        since = self._busy_since
        return since is not None and time.monotonic() - since > SLOW_SECONDS

    def save(self) -> None:
        """Request a save of pending changes; returns at once."""
        with self._wanted:
            self._save = True
            self._start()

    def poll(self) -> None:
        """Request a refresh; returns at once. Call it every half second."""
        with self._wanted:
            self._refresh = True
            self._start()

    def close(self, patience: float = 3.0) -> Outcome:
        """Finish all requests, save pending changes, and end the thread; returns the last outcome.

        If the disk does not answer within ``patience`` seconds, the thread is abandoned. ``save`` starts a new one.
        """
        self.end()
        self.wait(patience)
        return self.outcome

    def end(self) -> None:
        """Request a save of pending changes and the end of the thread; returns at once."""
        with self._wanted:
            if self._library.pending:
                self._save = True
                self._start()
            self._closed = True
            self._wanted.notify()

    @property
    def is_ending(self) -> bool:
        """Whether the end was requested, and nothing since."""
        return self._closed

    def wait(self, seconds: float) -> bool:
        """Wait for the thread to end, at most ``seconds``; returns whether it has ended."""
        thread = self._thread
        if thread is None:
            return True
        thread.join(seconds)
        return not thread.is_alive()

    @property
    def outcome(self) -> Outcome:
        """The outcome of the last save; while one goes on, that the disk does not answer."""
        pending = self._library.pending
        if not pending:
            return Saved()
        thread = self._thread
        if thread is not None and thread.is_alive():
            return Unsaved(f"{self._library.path}: the disk does not answer", pending)
        return self._outcome

    def _start(self) -> None:
        self._closed = False
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="library", daemon=True)
            self._thread.start()
        self._wanted.notify()

    def _run(self) -> None:
        while True:
            with self._wanted:
                if not (self._save or self._refresh or self._closed):
                    self._wanted.wait(None if self._retry_at is None else max(self._retry_at - time.monotonic(), 0))
                self._save |= self._retry_at is not None and time.monotonic() >= self._retry_at
                save, refresh = self._save, self._refresh
                self._save = self._refresh = False
                if self._closed and not (save or refresh):
                    self._thread = None
                    return
            self._busy_since = time.monotonic()
            try:
                changed = refresh and self._library.changed_on_disk() and self._library.refresh()
                if save:
                    self._outcome = self._library.save()
                    unsaved = isinstance(self._outcome, Unsaved)
                    self._retry_at = time.monotonic() + self._retry_seconds if unsaved else None
            finally:
                self._busy_since = None
            if changed:
                self._changed()
            if save:
                self._saved(self._outcome)
