"""Saves and reads the library in its own thread, so that the screen never waits for a disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from mum_tui.library.library import Library, Outcome, Saved, Unsaved

RETRY_SECONDS = 5.0
SLOW_SECONDS = 0.6
"""Seconds a read or write may take before the user is told; checked twice a second."""


def _nothing(*_: object) -> None:
    pass


class Writer:
    """Saves and refreshes a library, one at a time and in order; requests that pile up become one.

    What could not be saved is tried again every ``retry_seconds``. ``saved`` gets the outcome of each saving,
    ``changed`` is called when another process's changes were read; both run in the writer's thread. An exception in
    them ends up with ``threading.excepthook``; the next request starts a new thread. No method waits for the disk but
    ``close``, and that not for longer than it is told.
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

    @property
    def is_stuck(self) -> bool:
        """Whether the disk has not answered for longer than usual."""
        since = self._busy_since
        return since is not None and time.monotonic() - since > SLOW_SECONDS

    def save(self) -> None:
        """Request a save of pending changes; return at once."""
        with self._wanted:
            self._save = True
            self._start()

    def poll(self) -> None:
        """Request a read if another program wrote the file; return at once. Call it every half second."""
        with self._wanted:
            self._refresh = True
            self._start()

    def close(self, patience: float = 3.0) -> Outcome:
        """Finish what was asked for, save what is still pending, and end the thread. ``save`` starts it again.

        Where the disk does not answer within ``patience`` seconds, the thread is left alone.
        """
        with self._wanted:
            if self._library.pending:
                self._save = True
                self._start()
            self._closed = True
            thread = self._thread
            self._wanted.notify()
        if thread is not None:
            thread.join(patience)
            if thread.is_alive():
                return Unsaved(f"{self._library.path}: the disk does not answer", self._library.pending)
        return self._outcome if self._library.pending else Saved()

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
                    unsaved = isinstance(self._outcome, Unsaved)
                    waited = self._wanted.wait(self._retry_seconds if unsaved else None)
                    self._save |= unsaved and not waited
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
            finally:
                self._busy_since = None
            if changed:
                self._changed()
            if save:
                self._saved(self._outcome)
