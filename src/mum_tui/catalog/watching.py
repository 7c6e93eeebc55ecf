"""Watches the files of a catalog in its own thread, so that a disk that hangs blocks nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable

POLL_SECONDS = 0.25
"""Seconds between two checks of the files."""

SETTLE_SECONDS = 0.1
"""Files that still change after this many seconds are being written; they are read once they stop changing."""

MOST_SETTLING = 5
"""How often in a row to wait for files that keep changing, before reading them as they are."""


class Watcher:
    """Calls ``changed`` in its own thread when the files have changed and stopped changing.

    Args:
        stamp: gives a text that differs whenever a file does; it may raise ``OSError`` or ``ValueError``.
        changed: called after a change; the files are checked again when it has returned.
        before: the stamp when the files were last read.
    """

    def __init__(self, stamp: Callable[[], str], changed: Callable[[], object], before: str) -> None:
        self._stamp = stamp
        self._changed = changed
        self._seen = before
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="catalog", daemon=True)

    def start(self) -> None:
        """Start watching."""
        self._thread.start()

    def stop(self) -> None:
        """Make the thread end after its current work; returns at once."""
        self._over.set()

    def _now(self) -> str:
        try:
            return self._stamp()
        except (OSError, ValueError):
            return ""  # not there: a stamp like any other

    def _run(self) -> None:
        while not self._over.wait(POLL_SECONDS):
            now = self._now()
            if now == self._seen:
                continue
            for _ in range(MOST_SETTLING):
                if self._over.wait(SETTLE_SECONDS):
                    return
                before, now = now, self._now()
                if now == before:
                    break
            # Taken before reading, so that what is written during the reading counts as the next change.
            self._seen = now
            self._changed()
