"""Locks that never come and disks that do not answer: said within a second, keys go on, nothing is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.terminal import Terminal
from tests.disks import lock_held
from tests.terminal.tmux import MUM_TUI

HANGING = """
import time
from mum_tui import cli
from mum_tui.storage import files
write = files.write_atomically
def hang(path, *data, **options):
    if path.name == "library.json":
        time.sleep(120)
    write(path, *data, **options)
files.write_atomically = hang
cli.entry_point()
"""


SILENT = """
import os, sys, time
from mum_tui import cli
home, flag = os.environ["MUM_TUI_HOME"], os.environ["MUM_TUI_HOME"] + ".silent"
is_there = os.path.exists

def silent(call):
    def wait(path, *rest, **named):
        while str(path).startswith(home) and is_there(flag):
            time.sleep(0.05)
        return call(path, *rest, **named)
    return wait

for name in ("open", "listdir", "scandir", "unlink", "mkdir"):
    setattr(os, name, silent(getattr(os, name)))
cli.entry_point()
"""
"""A program whose files are on a disk that stops to answer once there is a flag."""

NEVER = """
import ctypes
from mum_tui import cli
from mum_tui.storage import files
read = files.open_regular

def never(path):
    if path.name == "config.toml":
        mutex = ctypes.create_string_buffer(128)
        lock = ctypes.CDLL(None).pthread_mutex_lock
        lock(mutex)
        lock(mutex)  # no signal interrupts this, as none interrupts waiting for a network disk
    return read(path)

files.open_regular = never
cli.entry_point()
"""


def bookmarks(home: Path) -> list[str]:
    entries = json.loads((home / "library.json").read_bytes())["entries"]
    return [identifier for identifier, entry in entries.items() if entry.get("bookmarked")]


def opened(command: list[str]) -> Terminal:
    terminal = Terminal(command)
    terminal.until(b"bookmark", timeout=30)
    terminal.settle()
    return terminal


def seconds_to_end(terminal: Terminal) -> float:
    """Press q; how long the program takes to end."""
    start = time.monotonic()
    os.write(terminal.fd, b"q")
    while terminal.alive():
        terminal.read(0.05)
        assert time.monotonic() - start < 15
    while terminal.read(0.05):
        pass
    return time.monotonic() - start


def starts_again_with_everything(home: Path, count: int) -> None:
    """The next start has the changes, says so, and saves them."""
    terminal = opened(MUM_TUI)
    try:
        terminal.until(b"added now", timeout=10)
        seconds_to_end(terminal)
    finally:
        terminal.close()
    assert len(bookmarks(home)) == count
    assert list((home / "state" / "unsaved").iterdir()) == []


def test_a_disk_that_hangs(home: Path) -> None:
    terminal = opened([sys.executable, "-c", HANGING])
    try:
        terminal.press(b"b", quiet=0.1)
        start = time.monotonic()
        terminal.until(b"Waiting for the disk", timeout=5)
        assert time.monotonic() - start < 2
        terminal.press(b"jb", quiet=0.3)
        assert seconds_to_end(terminal) < 3.3
        assert b"2 changes could not be saved" in terminal.seen
        assert b"Traceback" not in terminal.seen
    finally:
        terminal.close()
    assert not (home / "library.json").exists()
    starts_again_with_everything(home, 2)


def test_a_lock_that_another_process_holds(home: Path) -> None:
    home.mkdir(exist_ok=True)
    (home / "library.json").write_text('{"schema": 1, "entries": {}}')
    with lock_held(home / "library.json", 60):
        terminal = opened(MUM_TUI)
        try:
            terminal.press(b"b", quiet=0.1)
            start = time.monotonic()
            terminal.until(b"Not saved", timeout=5)
            assert time.monotonic() - start < 2
            assert seconds_to_end(terminal) < 3.3
            assert b"1 change could not be saved" in terminal.seen
        finally:
            terminal.close()
    starts_again_with_everything(home, 1)


def test_nothing_that_is_stored_stops_the_screen(home: Path) -> None:
    """Also where all of the home folder is on the disk that does not answer."""
    terminal = opened([sys.executable, "-c", SILENT])
    flag = home.with_name(home.name + ".silent")
    flag.touch()
    try:
        for keys in (b"b", b"T", b"n", b"a note", b"\x1b\x1b[0c", b"/liver\r", b"'", b"\x1b\x1b[0c", b"c", b"j"):
            terminal.press(keys, quiet=0.3)
        assert terminal.press(b"j", quiet=1.2).frames >= 1
        assert seconds_to_end(terminal) < 3.3
        assert b"could not be saved" in terminal.seen
        assert b"mum-tui bookmark add " in terminal.seen  # nowhere to keep it: what makes it again is told
    finally:
        flag.unlink()
        terminal.close()


def test_a_start_that_waits_for_a_disk_says_so_and_is_interrupted_at_once(home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text("theme = 'nord'")
    terminal = Terminal([sys.executable, "-c", NEVER])
    try:
        start = time.monotonic()
        terminal.until(b"waiting for the disk: ", timeout=5)
        assert time.monotonic() - start < 2
        os.write(terminal.fd, b"\x03")
        assert terminal.ends(2)
    finally:
        terminal.close()


@pytest.mark.parametrize("way", ["quit", "signal"])
def test_a_thread_that_waits_for_a_disk_does_not_keep_it_from_ending(way: str, home: Path) -> None:
    hanging = HANGING.replace("if path.name", "if path.parent.name == 'drafts' or path.name")
    terminal = opened([sys.executable, "-c", hanging])
    try:
        terminal.press(b"b", quiet=0.2)
        terminal.press(b"n", quiet=0.3)
        terminal.press(b"a note that is not finished", quiet=0.3)
        if way == "quit":
            terminal.press(b"\x1b", quiet=0.3)
        else:
            time.sleep(1)  # the draft is being stored
            os.kill(terminal.pid, signal.SIGTERM)
        assert seconds_to_end(terminal) < 3.3
        assert b"could not be saved" in terminal.seen
        assert b"added at the next start" in terminal.seen
    finally:
        terminal.close()


def test_the_shell_says_what_it_waits_for(home: Path) -> None:
    home.mkdir(exist_ok=True)
    with lock_held(home / "library.json", 3):
        done = subprocess.run([*MUM_TUI, "bookmark", "add", "btcv"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        f"mum-tui: waiting for {home / 'library.json'}: another mum-tui is writing to it, or its disk is slow"
    ]
    assert bookmarks(home) == ["landman2015btcv"]


def test_what_the_shell_cannot_save_waits_for_the_next_start(home: Path) -> None:
    home.mkdir(exist_ok=True)
    script = "from mum_tui.commands import opening\nopening.PATIENCE_SECONDS = 0.2\n" + HANGING
    done = subprocess.run(
        [sys.executable, "-c", script, "bookmark", "add", "btcv"],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 2
    assert "1 change could not be saved" in done.stderr
    assert "added at the next start" in done.stderr
    starts_again_with_everything(home, 1)
