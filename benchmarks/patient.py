"""A terminal for programs of any make and pace: one that still computes has not answered yet."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.programs import SECONDS, FailedError
from support.terminal import QUIET_SECONDS, Terminal

BURST_SECONDS = 0.01
"""Output with shorter gaps is one frame."""
SILENT_SECONDS = 1.0
"""Without a byte for so long after a key, a program that computes nothing has ignored it."""
BLIND_SECONDS = 0.7
"""The quiet that is waited for where a program's use of the processor cannot be seen."""

ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\].*?(?:\x07|\x1b\\)|[()].|[=>78A-Z])", re.DOTALL)


class Patient(Terminal):
    """A program in a terminal, given time to answer."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str]) -> None:
        super().__init__(command, environ=environ)
        self.stat = Path(f"/proc/{self.pid}/stat")
        self.quiet = QUIET_SECONDS if self.stat.exists() else BLIND_SECONDS

    def read(self, timeout: float) -> bytes:
        """What the program writes next, empty after ``timeout`` seconds.

        Raises:
            FailedError: it ended by itself.
        """
        begin = time.perf_counter()
        data = super().read(timeout)
        if not data and time.perf_counter() - begin < timeout / 2:  # nothing, and no wait for it: nobody is there
            said = [line.strip() for line in self.plain().splitlines() if line.strip()]
            raise FailedError(f"ended by itself: {said[-1][:80] if said else 'nothing said'}")
        return data

    def first_frame(self, texts: frozenset[str]) -> float:
        """Seconds from the start to the end of the first frame that shows one of ``texts``, all of one length.

        Raises:
            FailedError: it ended by itself or took too long.
        """
        length = len(next(iter(texts)))
        last, checked = 0.0, 0
        while time.perf_counter() - self.started < SECONDS:
            if self.read(BURST_SECONDS):
                last = time.perf_counter() - self.started
            elif len(self.seen) > checked:
                checked = len(self.seen)
                screen = self.plain()
                if any(screen[at : at + length] in texts for at in range(len(screen))):
                    return last
        raise FailedError(f"no entry shown within {SECONDS:.0f} s")

    def rest(self) -> None:
        """Wait until it says and computes nothing.

        Raises:
            FailedError: it ended by itself or took too long.
        """
        used, deadline = self._used(), time.perf_counter() + SECONDS
        while time.perf_counter() < deadline:
            if not self.read(self.quiet):
                before, used = used, self._used()
                if used == before:
                    return
        raise FailedError(f"no rest within {SECONDS:.0f} s")

    def answer(self, keys: bytes) -> float:
        """Seconds from pressing ``keys`` to the last byte, after which it says and computes nothing.

        Raises:
            FailedError: it ended by itself, took too long or ignored the keys.
        """
        last, used = 0.0, self._used()
        begin = time.perf_counter()
        os.write(self.fd, keys)
        while (now := time.perf_counter() - begin) < SECONDS:
            if self.read(self.quiet):
                last = time.perf_counter() - begin
                continue
            before, used = used, self._used()
            if used == before and last:
                return last
            if used == before and now > SILENT_SECONDS:
                raise FailedError(f"no answer to {keys!r}")
        raise FailedError(f"no end of the answer to {keys!r} within {SECONDS:.0f} s")

    def plain(self) -> str:
        """All that was written so far, without what is for the terminal."""
        return ESCAPES.sub("", self.seen.decode(errors="replace"))

    def _used(self) -> int:
        """Ticks of the processor that it has used, with all its threads."""
        try:
            fields = self.stat.read_text().rpartition(")")[2].split()
        except OSError:
            return 0
        return int(fields[11]) + int(fields[12])
