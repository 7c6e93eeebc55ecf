"""A terminal for programs under measurement: starts one in a pseudo-terminal, presses keys, times what comes back.

It answers the one question Textual asks that matters here: whether it may mark its frames (DEC mode 2026,
synchronised output), so that a frame's end can be seen in the byte stream.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

ASKS_SYNC = b"\x1b[?2026$p"
ANSWERS_SYNC = b"\x1b[?2026;2$y"
FRAME_START = b"\x1b[?2026h"
FRAME_END = b"\x1b[?2026l"
QUIET_SECONDS = 0.12
"""No byte for so long means that the program has said all it had to say."""


class Answer(NamedTuple):
    """What followed a key: seconds to the end of the first frame, to the last byte, and how many frames."""

    first_frame: float
    last_byte: float
    frames: int
    octets: int
    data: bytes


class Terminal:
    """One program in a terminal of its own."""

    def __init__(
        self,
        command: Sequence[str],
        columns: int = 120,
        rows: int = 36,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        variables = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environ or {})}
        for name in ("TMUX", "PYTHONDONTWRITEBYTECODE", "NO_COLOR"):
            variables.pop(name, None)
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            try:
                os.execvpe(command[0], list(command), variables)
            except OSError as error:
                os.write(2, f"does not start: {error.strerror}".encode())
            os._exit(127)  # this copy of the caller must not go on as if it were the caller
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.seen = bytearray()
        self._answered = False

    def read(self, timeout: float) -> bytes:
        """What the program writes next, empty after ``timeout`` seconds or at its end."""
        ready, _, _ = select.select([self.fd], [], [], max(timeout, 0))
        if not ready:
            return b""
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            return b""
        self.seen += data
        if not self._answered and ASKS_SYNC in self.seen:
            self._answered = True
            os.write(self.fd, ANSWERS_SYNC)
        return data

    def until(self, mark: bytes, timeout: float = 10.0) -> float:
        """Read until ``mark`` has been written; the seconds since the start of the program."""
        deadline = time.perf_counter() + timeout
        while mark not in self.seen:
            left = deadline - time.perf_counter()
            if left <= 0 or (not self.read(left) and not self.alive()):
                raise TimeoutError(f"never saw {mark!r}, but at last {bytes(self.seen[-300:])!r}")
        return time.perf_counter() - self.started

    def settle(self, quiet: float = 0.4) -> None:
        """Read until nothing was written for ``quiet`` seconds."""
        while self.read(quiet):
            pass

    def press(self, keys: bytes, quiet: float = QUIET_SECONDS, begins: float = 0) -> Answer:
        """Write ``keys`` as typed and time what the program answers.

        Args:
            quiet: how many seconds without output end the answer.
            begins: how long to wait for its beginning, where that is longer: on a busy machine it takes a while.
        """
        begin = time.perf_counter()
        os.write(self.fd, keys)
        data = bytearray()
        first = last = 0.0
        while chunk := self.read(quiet if data else max(quiet, begins)):
            last = time.perf_counter() - begin
            data += chunk
            if not first and FRAME_END in data:
                first = last
        return Answer(first or last, last, data.count(FRAME_START), len(data), bytes(data))

    def alive(self) -> bool:
        """Whether the program still runs."""
        try:
            return os.waitpid(self.pid, os.WNOHANG) == (0, 0)
        except ChildProcessError:
            return False

    def ends(self, seconds: float = 10.0) -> bool:
        """Whether the program ends by itself within so many seconds."""
        deadline = time.perf_counter() + seconds
        while self.alive():
            if time.perf_counter() > deadline:
                return False
            self.read(0.05)
        return True

    def close(self) -> None:
        """End the program."""
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(self.fd)
