"""Watching the files of a catalog in a thread of its own: a disk that hangs holds up nobody."""

from __future__ import annotations

import threading
from collections.abc import Callable

POLL_SECONDS = 0.25
"""Time between two looks at the files."""

SETTLE_SECONDS = 0.1
"""Files that still change after this time are being written; they are read once they rest."""

MOST_SETTLING = 5
"""So many times in a row is waited for files that never rest; then they are read as they are."""


class Watcher:
    """Calls ``changed`` in its thread whenever the files have changed and rest again.

    Args:
        stamp: what is another whenever a file is; it may raise ``OSError`` or ``ValueError``.
        changed: what to do then; the next look comes after it.
        before: the stamp when the files were last read.
    """

    def __init__(self, stamp: Callable[[], str], changed: Callable[[], object], before: str) -> None:
        self._stamp = stamp
        self._changed = changed
        self._seen = before
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="catalog", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread after its present work; returns at once."""
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
            # Known before it is read: what is written while it is read counts as the next change.
            self._seen = now
            self._changed()
