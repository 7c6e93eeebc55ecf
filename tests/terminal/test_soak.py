"""Long use by nobody in particular: random keys, pastes, mouse and sizes; it lives, and takes no more memory."""

from __future__ import annotations

import fcntl
import os
import random
import struct
import sys
import termios
import time
from pathlib import Path

import pytest

from support.terminal import Terminal

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


def send(terminal: Terminal, data: bytes) -> None:
    """Write all of it, reading what is answered meanwhile."""
    while data:
        data = data[os.write(terminal.fd, data[:1024]) :]
        read(terminal, 0)


def read(terminal: Terminal, seconds: float) -> bytes:
    """What is written within so many seconds: frames, never a traceback."""
    data = terminal.read(seconds)
    assert b"Traceback" not in terminal.seen
    del terminal.seen[:-20]  # a word that is cut is seen with what follows
    return data


def answers(terminal: Terminal) -> bool:
    """Whether it still paints, asked by another size."""
    while read(terminal, 0.2):
        pass
    resize(terminal, 90, 30)
    resize(terminal, 91, 30)  # the same size again would be no change
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if read(terminal, 0.2):
            return True
    return False


def resize(terminal: Terminal, columns: int, rows: int) -> None:
    fcntl.ioctl(terminal.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def memory(terminal: Terminal) -> int:
    """Kilobytes that are resident."""
    status = Path(f"/proc/{terminal.pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


def ended(terminal: Terminal) -> int | None:
    """The exit status (or minus the signal) of a program that has ended."""
    pid, status = os.waitpid(terminal.pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if pid else None


@pytest.mark.slow
def test_random_use_neither_ends_nor_stops_nor_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # what is exported goes there
    chance = random.Random(SEED)
    log = tmp_path / "log.txt"
    environ = {"EDITOR": "true", "BROWSER": "true", "MUM_TUI_LOG": str(log)}
    terminal = Terminal([sys.executable, "-m", "mum_tui"], environ=environ)
    series: list[list[int]] = [[]]
    began = time.monotonic()
    try:
        terminal.until(b"bookmark", 20)
        while time.monotonic() - began < MINUTES * 60:
            for _ in range(200):
                # What was pasted in large may be stored, and memory is asked about later.
                send(terminal, some(chance, 1_000_000 if len(series[-1]) < 5 else 10_000))
                if chance.random() < 0.01:
                    resize(terminal, *chance.choice(SIZES))
                time.sleep(0.002)
                if (status := ended(terminal)) is not None:
                    break
            if status is not None:
                assert (status, log.exists()) == (0, False), "nobody but the quit command ends it"
                os.close(terminal.fd)
                series.append([])
                terminal = Terminal([sys.executable, "-m", "mum_tui"], environ=environ)
                terminal.until(b"bookmark", 20)
                continue
            assert answers(terminal), "it paints no more"
            series[-1].append(memory(terminal))
        assert not log.exists(), log.read_text()
        for taken in series:
            late = taken[len(taken) // 2 :]
            print(f"{len(taken) * 200:,} events, memory {late[0]:,} to {max(late):,} kB" if late else "ended at once")
            # In the first minutes caches fill.
            if MINUTES >= LONG_ENOUGH and len(late) > 100:
                assert max(late) < 1.1 * late[0], taken
    finally:
        terminal.close()
