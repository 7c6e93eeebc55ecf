"""A start that takes long: what is on the screen meanwhile, and leaving it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from support import catalogs
from support.terminal import Terminal

ALTERNATE_SCREEN_ON, ALTERNATE_SCREEN_OFF = b"\x1b[?1049h", b"\x1b[?1049l"

LARGE = 1_000

HURRIED = f"""
import sys
from mum_tui import cli, progress_screen
from mum_tui.catalog import opening as catalogs
from mum_tui.commands import opening
progress_screen.PATIENCE_SECONDS = progress_screen.TICK_SECONDS = opening.SILENT_SECONDS = 0.02
catalogs.LARGE = {LARGE}
cli.entry_point()
"""
"""mum-tui with less patience, so that no catalog of a hundred megabytes is needed to see it wait, and that compiles a
smaller one than it would."""


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "c.yaml"
    path.write_text(catalogs.head() + "".join(map(catalogs.block, catalogs.entries(LARGE))))
    return path


@pytest.fixture
def waiting(catalog: Path) -> Iterator[Terminal]:
    """A browser that is reading its catalog, and says so."""
    found = Terminal([sys.executable, "-c", HURRIED, "--catalog", str(catalog)])
    found.until(b"Reading the catalog", timeout=20)
    yield found
    found.close()


def ended(terminal: Terminal) -> int:
    """The wait status of a program that ends by itself."""
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        terminal.read(0.05)
        pid, status = os.waitpid(terminal.pid, os.WNOHANG)
        if pid:
            while terminal.read(0.05):
                pass
            return status
    raise TimeoutError("it did not end")


def kept(home: Path) -> list[str]:
    """The files in the cache."""
    return [path.name for path in (home / "cache").glob("*")] + [path.name for path in (home / "cache").glob(".*")]


def echoes(terminal: Terminal) -> bool:
    return bool(termios.tcgetattr(terminal.fd)[3] & termios.ECHO)


def test_it_shows_how_far_it_is_and_then_the_browser(waiting: Terminal, home: Path, catalog: Path) -> None:
    waiting.until(b"bookmark", timeout=30)
    seen = bytes(waiting.seen)
    assert seen.index(ALTERNATE_SCREEN_ON) < seen.index(b"Reading the catalog") < seen.index(b"Compiling the catalog")
    assert f"{LARGE:,} entries".encode() in seen
    assert "━".encode() in seen
    assert seen.count(ALTERNATE_SCREEN_ON) == 2
    assert seen.count(ALTERNATE_SCREEN_OFF) == 1
    (name,) = kept(home)
    assert name.startswith("catalog-")
    waiting.settle()
    waiting.press(b"q", quiet=1.0)
    # What is compiled needs no such screen.
    again = Terminal([sys.executable, "-c", HURRIED, "--catalog", str(catalog)])
    try:
        again.until(b"bookmark", timeout=20)
        assert b"Reading the catalog" not in again.seen
    finally:
        again.close()


def test_what_is_typed_meanwhile_is_for_the_browser(waiting: Terminal) -> None:
    os.write(waiting.fd, b"/no such words\r")
    waiting.until(b"No match for", timeout=30)
    waiting.settle()
    waiting.press(b"q", quiet=0.3)
    assert waiting.ends()


@pytest.mark.parametrize(
    ("key", "sent", "status"),
    [
        (b"q", 0, 0),
        pytest.param(b"qq", 0, 0, marks=pytest.mark.slow),
        (b"\x03", 0, -signal.SIGINT),
        pytest.param(b"", signal.SIGINT, -signal.SIGINT, marks=pytest.mark.slow),
        (b"", signal.SIGTERM, 143),
        (b"", signal.SIGQUIT, 131),
    ],
)
def test_it_can_be_left_at_once(waiting: Terminal, home: Path, key: bytes, sent: int, status: int) -> None:
    assert not echoes(waiting)
    os.write(waiting.fd, key) if key else os.kill(waiting.pid, sent)
    assert os.waitstatus_to_exitcode(ended(waiting)) == status
    assert echoes(waiting)
    assert waiting.seen.endswith(ALTERNATE_SCREEN_OFF)
    assert b"Traceback" not in waiting.seen
    assert kept(home) == []


def test_a_last_tick_does_not_take_the_terminal_again(catalog: Path, home: Path) -> None:
    late = """
import signal
from mum_tui import console
draw = console.draw

def draw_and_tick(text):
    draw(text)
    if text.endswith("\\x1b[?1049l"):
        signal.raise_signal(signal.SIGALRM)

console.draw = draw_and_tick
"""
    found = Terminal([sys.executable, "-c", late + HURRIED, "--catalog", str(catalog)])
    try:
        found.until(b"Reading the catalog", timeout=20)
        os.write(found.fd, b"\x03")
        assert os.waitstatus_to_exitcode(ended(found)) == -signal.SIGINT
        assert echoes(found)
        assert found.seen.count(ALTERNATE_SCREEN_ON) == found.seen.count(ALTERNATE_SCREEN_OFF) == 1
    finally:
        found.close()


def test_a_terminal_that_does_not_tell_its_size(catalog: Path, home: Path) -> None:
    found = Terminal([sys.executable, "-c", HURRIED, "--catalog", str(catalog)], columns=0, rows=0)
    try:
        found.until(b"Reading the catalog", timeout=20)
        os.write(found.fd, b"q")
        assert os.waitstatus_to_exitcode(ended(found)) == 0
    finally:
        found.close()


def test_a_terminal_that_takes_nothing_for_a_while_is_waited_for() -> None:
    """As after ctrl+s: each tick would otherwise begin within the one before."""
    work = """
import sys, time
from mum_tui import progress_screen
progress_screen.PATIENCE_SECONDS = progress_screen.TICK_SECONDS = 0.002
screen = progress_screen.Screen([])
screen.update("Reading the catalog", 0.5, 1)
sys.setrecursionlimit(120)
end = time.monotonic() + 1.5
while time.monotonic() < end:
    pass
screen.close()
print("OVER")
"""
    found = Terminal([sys.executable, "-c", work])
    try:
        found.until(b"Reading the catalog", timeout=20)
        time.sleep(1.5)
        found.until(b"OVER", timeout=10)
        assert b"Traceback" not in found.seen
    finally:
        found.close()


@pytest.mark.slow
def test_leaving_while_it_is_stored_leaves_nothing_behind(catalog: Path, home: Path) -> None:
    """Told to stop in the midst of writing, when only a part is in the file."""
    slow = HURRIED + "\n"
    slow = slow.replace(
        "cli.entry_point()",
        """
import os, time
write = os.write
def slowly(descriptor, data):
    if len(data) > 100_000:
        done = write(descriptor, data[:1000])
        sys.stderr.write("WRITING")
        time.sleep(20)
        return done
    return write(descriptor, data)
os.write = slowly
cli.entry_point()""",
    )
    found = Terminal([sys.executable, "-c", slow, "--catalog", str(catalog)])
    try:
        found.until(b"WRITING", timeout=30)
        assert kept(home)
        os.write(found.fd, b"q")
        assert os.waitstatus_to_exitcode(ended(found)) == 0
        assert kept(home) == []
    finally:
        found.close()


@pytest.mark.slow
def test_it_can_be_suspended(waiting: Terminal) -> None:
    os.write(waiting.fd, b"\x1a")
    pid, status = os.waitpid(waiting.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    while waiting.read(0.05):
        pass
    assert waiting.seen.endswith(ALTERNATE_SCREEN_OFF)
    assert echoes(waiting)
    os.kill(pid, signal.SIGCONT)
    waiting.until(b"bookmark", timeout=30)


@pytest.mark.parametrize(
    "verb", [["list", "segmentation", "--limit", "3"], pytest.param(["check"], marks=pytest.mark.slow)]
)
def test_a_verb_says_it_in_one_line_if_a_terminal_can_show_it(catalog: Path, home: Path, verb: Sequence[str]) -> None:
    command = [sys.executable, "-c", HURRIED, "--catalog", str(catalog), *verb]
    done = subprocess.run(command, capture_output=True, check=False)
    assert b"Reading the catalog" not in done.stderr
    for path in (home / "cache").glob("*"):
        path.unlink()
    master, slave = os.openpty()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=slave, stdin=subprocess.DEVNULL)
    os.close(slave)
    said = bytearray()
    out, _ = child.communicate(timeout=60)
    os.set_blocking(master, False)
    while True:
        try:
            part = os.read(master, 1 << 16)
        except OSError:
            break
        if not part:
            break
        said += part
    os.close(master)
    assert b"Reading the catalog: " in said
    assert out == done.stdout
    assert (b"Compiling the catalog: " in said) == (verb[0] == "list")
    assert ALTERNATE_SCREEN_ON not in said
    assert b"\n" not in bytes(said).rpartition(b"Reading the catalog")[0]
