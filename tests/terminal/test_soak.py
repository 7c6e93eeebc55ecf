"""Long use by nobody in particular: random keys, pastes, mouse and sizes; it lives, and takes no more memory."""

from __future__ import annotations

import fcntl
import os
import random
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from support.terminal import Terminal
from tests.terminal.given_back import Modes

MINUTES = float(os.environ.get("MUM_TUI_SOAK_MINUTES", "1"))
LONG_ENOUGH = 20
"""Minutes from which on the memory must have stopped growing."""

SEED = int(os.environ.get("MUM_TUI_SOAK_SEED", "20261129"))

KEYS = [
    *(bytes([octet]) for octet in range(32, 127) if octet != ord("q")),
    *(bytes([octet]) for octet in range(1, 27) if octet not in b"\x03\x11\x1a"),  # what ends or suspends it
    *(f"\x1b[{letter}".encode() for letter in "ABCDHFZ"),
    *(f"\x1b[{number}~".encode() for number in (2, 3, 5, 6, 15, 17, 18, 19, 20, 21, 23, 24)),
    *(f"\x1b[1;{held}{letter}".encode() for held in (2, 3, 5) for letter in "ABCDHF"),
    *(f"\x1b{letter}".encode() for letter in "abcdefghxyz#1"),
    b"\x1bOP", b"\x1bOQ", b"\x1b\x1b[C", b"\x7f", b"\x10\x1b[6~", b"\x10bookm\r", b"\x1b", b"\x1b",
]  # fmt: skip
SIZES = [(1, 1), (2, 5), (20, 3), (40, 12), (60, 20), (80, 24), (120, 36), (200, 60), (500, 100)]


def some(chance: random.Random, largest: int) -> bytes:
    """What somebody does next; ``largest`` are the characters of the largest paste."""
    what = chance.random()
    if what < 0.9:
        return chance.choice(KEYS)
    if what < 0.97:
        button, x, y = chance.choice((0, 2, 32, 35, 64, 65)), chance.randrange(1, 250), chance.randrange(1, 70)
        return f"\x1b[<{button};{x};{y}{chance.choice('Mm')}".encode()
    size = chance.choice((1, 40, 3000, largest)) if what < 0.972 else chance.randrange(60)
    return b"\x1b[200~" + bytes(chance.choices(b"segment liver\n\t\x00\x1b[]qb", k=size)) + b"\x1b[201~"


SHELL = """
import os, signal, sys, termios, time
without_stop = termios.tcgetattr(0)
without_stop[0] &= ~termios.IXON  # ctrl+s behind a key that suspends it would stop all output until ctrl+q
termios.tcsetattr(0, termios.TCSANOW, without_stop)
before = termios.tcgetattr(0)
pid = os.fork()
if pid == 0:
    code = "import faulthandler as f, sys; f.register(10, open(sys.argv.pop(1), 'w')); from mum_tui import cli;"
    os.execv(sys.executable, [sys.executable, "-c", code + "cli.entry_point()", sys.argv[2]])
with open(sys.argv[1], "w") as file:
    file.write(str(pid))
while os.WIFSTOPPED(status := os.waitpid(pid, os.WUNTRACED)[1]):
    time.sleep(0.05)
    os.kill(pid, signal.SIGCONT)
if termios.tcgetattr(0) != before:
    sys.exit("the settings of the terminal are not as before")
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""What a shell does: brings the browser back when it was suspended, as the command palette can, and has the terminal
afterwards.
"""


class Browser(Terminal):
    """A browser in a terminal that is looked at before and after."""

    def __init__(self, folder: Path) -> None:
        pid, self._log, self._stacks = (folder / name for name in ("pid", "log.txt", "stacks.txt"))
        environ = {"EDITOR": "true", "BROWSER": "true", "MUM_TUI_LOG": str(self._log)}
        super().__init__([sys.executable, "-c", SHELL, str(pid), str(self._stacks)], environ=environ)
        self._modes = Modes()
        self._status: int | None = None
        self.until(b" of 360", 30)  # the keys below may give way to a remark on the query of last time
        self._modes.follow(bytes(self.seen))
        self._browser_pid = int(pid.read_text())

    def send(self, data: bytes) -> None:
        """Write all of it, reading what is answered meanwhile."""
        while data and self.lives():
            if select.select([], [self.fd], [], 0.05)[1]:
                data = data[os.write(self.fd, data[:1024]) :]
            else:
                self.frames(0)

    def frames(self, seconds: float) -> bytes:
        """What is written within so many seconds: frames, never a traceback."""
        data = self.read(seconds)
        assert b"Traceback" not in self.seen
        del self.seen[:-20]  # a word that is cut is seen with what follows
        self._modes.follow(data)
        return data

    def settled(self, quiet: float = 0.2) -> None:
        """Read until it has no more to say for so many seconds; a minute at most, as the cursor of a text blinks."""
        deadline = time.monotonic() + 60
        while self.frames(quiet) and time.monotonic() < deadline:
            pass

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def answers(self) -> bool:
        """Whether it still paints, asked by two other sizes one after the other: one of them may be its own."""
        self.settled()
        for columns in (90, 91):
            self.resize(columns, 30)
            deadline = time.monotonic() + 20
            while time.monotonic() < deadline and self.lives():
                if self.frames(0.2):
                    return True
        return False

    def where(self) -> str:
        """What it is doing, where it answers no more."""
        state = Path(f"/proc/{self._browser_pid}/stat").read_text().rpartition(")")[2].split()
        os.kill(self._browser_pid, signal.SIGUSR1)
        time.sleep(1)
        return f"state {state[0]}, {state[11]} ticks of processor time\n{self._stacks.read_text()}"

    def memory(self) -> int:
        """Kilobytes that are resident. Raises ``FileNotFoundError`` or ``ProcessLookupError`` once it has ended."""
        status = Path(f"/proc/{self._browser_pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))

    def lives(self) -> bool:
        """Whether it has not ended."""
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self._status = os.waitstatus_to_exitcode(status) if pid else None
        return self._status is None

    def assert_ended_well(self) -> None:
        """It was left, and the terminal is as if it had never been there."""
        deadline = time.monotonic() + 20
        while self.lives():
            assert time.monotonic() < deadline, "it does not end"
            self.frames(0.1)
        self.settled()
        assert not self._log.exists(), self._log.read_text()
        assert self._status == 0, bytes(self.seen)
        self._modes.assert_given_back()


def use(browser: Browser, chance: random.Random, largest_paste: int) -> None:
    """Two hundred acts."""
    for _ in range(200):
        browser.send(some(chance, largest_paste))
        if chance.random() < 0.01:
            browser.resize(*chance.choice(SIZES))
        time.sleep(0.002)
        if not browser.lives():
            return


ESCAPE = b"\x1b\x1b[0c"
"""The key at once: of two ESC the first one is it."""


def keys_act(browser: Browser) -> bool:
    """Out of whatever is open; then a key does what it always does, and the last one ends it. False where a key sent
    before had ended it already: on a busy machine much of what was sent has not acted yet.
    """
    browser.settled(3.0)
    for _ in range(8):
        browser.send(ESCAPE)
        browser.frames(0.3)
    browser.settled(2.0)
    press_until(browser, b"?", lambda seen: b"Keys: " in seen or not browser.lives())
    if not browser.lives():
        return False
    browser.send(ESCAPE)
    browser.settled(1.0)
    press_until(browser, b"q", lambda _: not browser.lives())
    return True


def press_until(browser: Browser, key: bytes, is_done: Callable[[bytes], bool]) -> None:
    """Press a key until it has acted. Characters are passed over for a moment where the focus moved by itself, as it
    does when a pane has no room any more.
    """
    seen = bytearray()
    for _ in range(5):
        browser.send(key)
        deadline = time.monotonic() + 4
        while time.monotonic() < deadline:
            seen += browser.frames(0.2)
            if is_done(bytes(seen)):
                return
    pytest.fail(f"{key!r} does not act: {bytes(seen)!r}")


@pytest.mark.slow
def test_random_use_neither_ends_nor_stops_nor_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # what is exported goes there
    chance = random.Random(SEED)
    browser = Browser(tmp_path)
    series: list[list[int]] = [[]]
    began = time.monotonic()
    try:
        while time.monotonic() - began < MINUTES * 60:
            # What is pasted may be stored for every entry. Memory is asked about later, when little is added.
            use(browser, chance, 1_000_000 if len(series[-1]) < 5 else 1_000)
            paints = browser.answers()
            if browser.lives():
                assert paints, browser.where()
                with suppress(FileNotFoundError, ProcessLookupError):  # it may end just now
                    series[-1].append(browser.memory())
            else:
                browser.assert_ended_well()
                browser.close()
                series.append([])
                browser = Browser(tmp_path)
        while not keys_act(browser):
            browser.assert_ended_well()
            browser.close()
            browser = Browser(tmp_path)
        browser.assert_ended_well()
    finally:
        browser.close()
        for taken in series:
            print(f"{len(taken) * 200:,} events, kB: {taken[::25]}")
    for taken in series:
        late = taken[len(taken) // 2 :]
        # In the first minutes caches fill.
        if MINUTES >= LONG_ENOUGH and len(late) > 100:
            assert max(late) < 1.1 * late[0], taken
