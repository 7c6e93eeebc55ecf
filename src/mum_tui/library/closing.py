"""Saves the library when the program ends, stores outside what cannot be saved in time, and tells what is left."""

from __future__ import annotations

import os
import shlex
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress

from mum_tui import console
from mum_tui.library.library import Library
from mum_tui.library.outcomes import Outcome, Unsaved
from mum_tui.library.writer import Writer
from mum_tui.patience import Started, finishes

QUICK_SECONDS = 0.15
"""A save that takes longer may never end: then the changes are stored outside, too."""

SAFE_SECONDS = 1.2
"""How long to wait for a save of changes that are stored outside already."""

STEP_SECONDS = 0.05

SHOWN = 5
"""The most commands printed; more are in a file."""

SHOWN_CHARACTERS = 1000
"""The most characters of commands printed; a note may be long."""

FILE_SECONDS = 0.2
"""How long writing that file may take."""


class Closing:
    """The last save of a library; it has ``seconds`` from ``begin`` on."""

    def __init__(self, library: Library, writer: Writer, seconds: float) -> None:
        self._library = library
        self._writer = writer
        self._seconds = seconds
        self._since: float | None = None
        self._outside: Started | None = None

    @property
    def left(self) -> float:
        """How many of the seconds are left."""
        passed = 0.0 if self._since is None else time.monotonic() - self._since
        return max(self._seconds - passed, 0.0)

    def begin(self) -> None:
        """Start to save; returns at once. Further calls do nothing."""
        if self._since is None:
            self._since = time.monotonic()
            self._start()

    def _start(self) -> None:
        was_stuck = self._writer.is_stuck
        self._writer.end()
        self._outside = Started(lambda: self._store_outside(at_once=was_stuck))

    def _store_outside(self, at_once: bool) -> None:
        if not at_once:
            self._writer.wait(QUICK_SECONDS)
        with suppress(OSError):  # what is left is told
            self._library.store_unsaved()

    def finish(self) -> Outcome:
        """Wait until all is saved or stored outside, or until the time is over; returns what is left."""
        self.begin()
        if not self._writer.is_ending:  # something was requested since
            self._start()
        while self.left and not self._is_over():
            pass
        outcome = self._writer.outcome
        return self._library.left_over(outcome.reason if isinstance(outcome, Unsaved) else "there was no time")

    def _is_over(self) -> bool:
        """Wait for a moment; returns whether waiting longer is of no use."""
        if self._seconds - self.left > SAFE_SECONDS and self._library.is_safe:
            return True
        moment = min(STEP_SECONDS, self.left)
        is_saved = self._writer.wait(moment)
        return is_saved and (not self._library.pending or self._outside is None or self._outside.ends(moment))


def tell(left: Unsaved) -> None:
    """Tell on standard error what could not be saved, and how to repeat it."""
    console.warn(left.words)
    if not left.commands:
        return
    is_short = len(left.commands) <= SHOWN and sum(map(len, left.commands)) <= SHOWN_CHARACTERS
    path = "" if is_short else _file_of(left.commands)
    if not path:
        console.warn("these commands repeat the changes:", *left.commands)
        return
    shown = [command for command in left.commands[:SHOWN] if len(command) <= SHOWN_CHARACTERS // SHOWN]
    console.warn("these commands repeat the changes:", *shown)
    console.warn(f"… and {len(left.commands) - len(shown):,} more; to run all of them: sh {shlex.quote(path)}")


def _file_of(commands: Sequence[str]) -> str:
    """The path of a new temporary file with these commands; empty if it cannot be written soon."""
    paths: list[str] = []

    def write() -> None:
        number, path = tempfile.mkstemp(prefix="mum-tui-unsaved-", suffix=".sh")
        with os.fdopen(number, "w", encoding="utf-8", errors="replace") as file:
            file.writelines(f"{command}\n" for command in commands)
        paths.append(path)

    with suppress(OSError):
        finishes(write, FILE_SECONDS)
    return paths[0] if paths else ""
