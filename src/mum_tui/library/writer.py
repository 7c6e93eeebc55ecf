"""File work in a thread of its own, so that the screen never waits for a disk."""

from __future__ import annotations

import threading
from collections.abc import Callable

from mum_tui.library.library import Library, Outcome, Unsaved

RETRY_SECONDS = 5.0


def _nothing(*_: object) -> None:
    pass


class Writer:
    """Saves and refreshes a library, one at a time and in order; requests that pile up become one.

    What could not be saved is tried again every ``retry_seconds``. ``saved`` gets the outcome of each saving,
    ``changed`` is called when another process's changes were read; both run in the writer's thread. An exception in
    them ends up with ``threading.excepthook``; the next request starts a new thread.
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

    def save(self) -> None:
        """Have what is pending saved; returns at once."""
        with self._wanted:
            self._save = True
            self._start()

    def poll(self) -> None:
        """Have the file read again if somebody else wrote it; returns at once. To be called every half second."""
        if self._library.changed_on_disk():
            with self._wanted:
                self._refresh = True
                self._start()

    def close(self) -> Outcome:
        """Finish what was asked for, save what is still pending, and end the thread. ``save`` starts it again."""
        with self._wanted:
            self._closed = True
            thread = self._thread
            self._wanted.notify()
        if thread is not None:
            thread.join()
        return self._library.save()

    def _start(self) -> None:
        self._closed = False
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="library", daemon=True)
            self._thread.start()
        self._wanted.notify()

    def _run(self) -> None:
        unsaved = False
        while True:
            with self._wanted:
                if not (self._save or self._refresh or self._closed):
                    waited = self._wanted.wait(self._retry_seconds if unsaved else None)
                    self._save |= unsaved and not waited
                save, refresh = self._save, self._refresh
                self._save = self._refresh = False
                if self._closed and not (save or refresh):
                    self._thread = None
                    return
            if refresh and self._library.refresh():
                self._changed()
            if save:
                outcome = self._library.save()
                unsaved = isinstance(outcome, Unsaved)
                self._saved(outcome)
