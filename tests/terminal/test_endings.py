"""Each way to end: the terminal is as it was, what is unsaved is saved, and the status tells which way it was."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from mum_tui.state.drafts import Drafts
from tests.examples import some
from tests.terminal.given_back import Modes
from tests.terminal.tmux import MUM_TUI

CRASHED = 70

PRELUDE = """
import sys, threading
from mum_tui import cli
from mum_tui.tui import app
from mum_tui.tui.terminal import endings
from mum_tui.tui.screen.program import Program
"""

RUN = "\ncli.entry_point()\n"

FAULTS = {
    "handler": "Program.help = lambda self: 1 / 0",
    "worker": "Program.help = lambda self: self._screen.run_worker(lambda: 1 / 0, thread=True)",
    "async worker": """
async def fail():
    1 / 0
Program.help = lambda self: self._screen.run_worker(fail())
""",
    "timer": "Program.help = lambda self: self._screen.set_timer(0.01, lambda: 1 / 0)",
    "thread": "Program.help = lambda self: threading.Thread(target=lambda: 1 / 0).start()",
    "callback of the loop": """
import asyncio
Program.help = lambda self: asyncio.get_running_loop().call_soon(lambda: 1 / 0)
""",
    "painting": """
from mum_tui.tui.widgets.table import EntryTable
def fail(self):
    EntryTable.draw_line = lambda self, y, width: 1 / 0
    self._screen.table.refresh()
Program.help = fail
""",
    "reader": """
from mum_tui.tui.terminal.input import TerminalInput
from tests.examples import some
feed = TerminalInput.feed
TerminalInput.feed = lambda self, data, now: 1 / 0 if b"?" in data else feed(self, data, now)
""",
    "writer": """
Program.help = lambda self: self._screen.app._driver.write(7)
""",
    "giving the terminal back": """
from textual.drivers.linux_driver import LinuxDriver
LinuxDriver._disable_bracketed_paste = lambda self: 1 / 0
Program.help = lambda self: self._screen.app.exit()
""",
}

RAISES = """
import asyncio
class Odd(BaseException):
    pass
def fail(*_):
    raise {error}
"""

ERRORS = ["asyncio.CancelledError", "SystemExit(0)", 'Odd("odd")']
"""What is no ``Exception``; asyncio and Textual treat each of them differently."""

PLACES = {
    "handler": "Program.help = fail",
    "screen": "Program.help = lambda self: self._screen.call_later(fail)",
    "worker": "Program.help = lambda self: self._screen.run_worker(fail, thread=True)",
    "callback of the loop": "Program.help = lambda self: asyncio.get_running_loop().call_soon(fail)",
    "reader": """
from mum_tui.tui.terminal.input import TerminalInput
feed = TerminalInput.feed
TerminalInput.feed = lambda self, data, now: fail() if b"?" in data else feed(self, data, now)
""",
}


class Ended(NamedTuple):
    status: int
    seen: bytes
    before: list[object]
    after: list[object]


class Watched:
    """The browser in a terminal that is looked at before and after."""

    def __init__(self, code: str, *arguments: str) -> None:
        self.master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.before = termios.tcgetattr(self.slave)
        environ = {**os.environ, "TERM": "xterm-256color"}
        command = [sys.executable, "-c", code, *arguments] if code else [*MUM_TUI, *arguments]
        self.child = subprocess.Popen(
            command, stdin=self.slave, stdout=self.slave, stderr=self.slave, env=environ, start_new_session=True
        )
        self.seen = bytearray()

    def read(self, timeout: float) -> bool:
        if not select.select([self.master], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            return False
        self.seen += data
        return bool(data)

    def until(self, mark: bytes, timeout: float = 20) -> None:
        deadline = time.monotonic() + timeout
        while mark not in self.seen:
            assert time.monotonic() < deadline, f"never saw {mark!r} in {bytes(self.seen[-2000:])!r}"
            self.read(0.1)

    def press(self, keys: bytes, quiet: float = 0.3) -> None:
        os.write(self.master, keys)
        while self.read(quiet):
            pass

    def ended(self, timeout: float = 10) -> Ended:
        deadline = time.monotonic() + timeout
        while self.child.poll() is None:
            assert time.monotonic() < deadline, f"it goes on: {bytes(self.seen[-1000:])!r}"
            self.read(0.05)
        while self.read(0.05):
            pass
        return Ended(self.child.returncode, bytes(self.seen), self.before, termios.tcgetattr(self.slave))

    def close(self) -> None:
        self.child.kill()
        self.child.wait()
        for number in {self.master, self.slave}:
            os.close(number)


@contextmanager
def watched(code: str = "", *arguments: str) -> Iterator[Watched]:
    browser = Watched(code, *arguments)
    try:
        browser.until(b"bookmark")
        browser.press(b"")
        yield browser
    finally:
        browser.close()


def assert_given_back(ended: Ended) -> None:
    """Settings as before, and so are the modes and the screen."""
    assert ended.after == ended.before
    modes = Modes()
    modes.follow(ended.seen)
    modes.assert_given_back()
    assert b"\x1b[>25u" in ended.seen  # the keyboard protocol, too, was asked for


ENDS: dict[str, tuple[Callable[[Watched], object], int]] = {
    "q": (lambda browser: os.write(browser.master, b"q"), 0),
    "TERM": (lambda browser: browser.child.send_signal(signal.SIGTERM), 143),
    "HUP": (lambda browser: browser.child.send_signal(signal.SIGHUP), 129),
    "INT": (lambda browser: browser.child.send_signal(signal.SIGINT), -signal.SIGINT),
    "QUIT": (lambda browser: browser.child.send_signal(signal.SIGQUIT), 131),
    "crash": (lambda browser: os.write(browser.master, b"?"), CRASHED),
}


@pytest.mark.parametrize("way", some(list(ENDS)))
def test_the_terminal_is_given_back_and_all_is_kept(way: str, home: Path) -> None:
    with watched(PRELUDE + FAULTS["handler"] + RUN if way == "crash" else "") as browser:
        browser.press(b"b")
        end, status = ENDS[way]
        end(browser)
        ended = browser.ended()
    assert ended.status == status
    assert_given_back(ended)
    assert len(json.loads((home / "library.json").read_bytes())["entries"]) == 1
    assert (home / "state" / "session.json").exists()
    assert (home / "state" / "crash.log").exists() == (way == "crash")


@pytest.mark.parametrize("pause", some([0, 0.05, 0.02, 0.1]))
@pytest.mark.parametrize("way", ["TERM", "INT"])
def test_a_signal_just_after_the_terminal_is_taken_gives_it_back(way: str, pause: float, home: Path) -> None:
    browser = Watched(PRELUDE + "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)" + RUN)
    try:
        browser.until(b"\x1b[?1049h")
        time.sleep(pause)
        end, status = ENDS[way]
        end(browser)
        ended = browser.ended(5)
    finally:
        browser.close()
    assert ended.status == status
    assert ended.after == ended.before
    modes = Modes()
    modes.follow(ended.seen)
    assert modes.left_on() == set()
    assert told(ended) == ""


def told(ended: Ended) -> str:
    """What was said after the terminal was given back."""
    return re.sub(rb"\x1b\[[?<]?[\d;]*[hlum]", b"", ended.seen.rpartition(b"\x1b[?1049l")[2]).decode().strip()


@pytest.mark.parametrize("kind", some(list(FAULTS)))
def test_a_fault_ends_with_one_line_a_log_and_its_own_status(kind: str, home: Path) -> None:
    with watched(PRELUDE + FAULTS[kind] + RUN) as browser:
        browser.press(b"b")
        os.write(browser.master, b"?")
        ended = browser.ended()
    log = home / "state" / "crash.log"
    assert ended.status == CRASHED, told(ended)
    assert_given_back(ended)
    assert told(ended).count("\n") == 0
    assert told(ended).startswith("mum-tui: ended by a fault of mum-tui itself: ")
    assert str(log) in told(ended)
    text = log.read_text()
    assert "Traceback" in text
    assert told(ended).split(": ")[2] in text
    assert log.stat().st_mode & 0o077 == 0
    assert len(json.loads((home / "library.json").read_bytes())["entries"]) == 1


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("place", some(list(PLACES), 4))
def test_what_is_no_exception_is_a_fault_like_any_other(place: str, error: str, home: Path) -> None:
    with watched(PRELUDE + RAISES.replace("{error}", error) + PLACES[place] + RUN) as browser:
        browser.press(b"b")
        os.write(browser.master, b"?")
        ended = browser.ended(5)
    assert ended.status == CRASHED, told(ended)
    assert_given_back(ended)
    assert told(ended).startswith("mum-tui: ended by a fault of mum-tui itself: ")
    assert told(ended).count("\n") == 0
    assert error.rpartition(".")[2].partition("(")[0] in (home / "state" / "crash.log").read_text()
    assert len(json.loads((home / "library.json").read_bytes())["entries"]) == 1


def test_a_driver_that_can_no_longer_write_does_not_keep_it_from_ending(home: Path) -> None:
    fault = """
from mum_tui.tui.terminal.driver import TerminalDriver
def fail(self):
    TerminalDriver.write = lambda self, data: 1 / 0
Program.help = fail
"""
    with watched(PRELUDE + fault + RUN) as browser:
        browser.press(b"b")
        browser.press(b"?")
        os.write(browser.master, b"j")  # draws
        ended = browser.ended(3)
    assert ended.status == CRASHED
    assert_given_back(ended)
    assert (home / "state" / "crash.log").exists()
    assert len(json.loads((home / "library.json").read_bytes())["entries"]) == 1


def test_a_fault_keeps_the_note_that_is_being_written(home: Path) -> None:
    fault = "from textual.widgets import TextArea\nTextArea.action_cursor_page_down = lambda self: 1 / 0"
    with watched(PRELUDE + fault + RUN) as browser:
        browser.press(b"n")
        browser.press(b"unfinished", quiet=0.2)
        os.write(browser.master, b"\x1b[6~")
        ended = browser.ended()
    assert ended.status == CRASHED
    assert_given_back(ended)
    (draft,) = Drafts(home / "state" / "drafts").all().values()
    assert draft.text == "unfinished"


def test_the_log_goes_where_one_wants_it(home: Path, tmp_path: Path) -> None:
    log = tmp_path / "own.log"
    with watched(PRELUDE + FAULTS["handler"] + RUN, "--log", str(log)) as browser:
        os.write(browser.master, b"?")
        ended = browser.ended()
    assert ended.status == CRASHED
    assert "ZeroDivisionError" in log.read_text()
    assert not (home / "state" / "crash.log").exists()


@pytest.mark.parametrize("module", some(["textual", "mum_tui.tui.screen.main", "mum_tui.search", "yaml"]))
def test_what_cannot_be_imported_is_told_in_a_line(module: str, home: Path) -> None:
    code = f"import sys; sys.modules[{module!r}] = None\nfrom mum_tui import cli\ncli.entry_point()"
    browser = Watched(code)
    try:
        ended = browser.ended(20)
    finally:
        os.close(browser.master)
        os.close(browser.slave)
    assert ended.status == CRASHED, told(ended)
    assert len(told(ended).splitlines()) == 1  # the catalog may have taken a screen to be read
    assert module in (home / "state" / "crash.log").read_text()
    assert ended.after == ended.before


def test_a_log_that_cannot_be_written_is_told_and_no_harm(home: Path, tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    for bad in (tmp_path, fifo):
        with watched(PRELUDE + FAULTS["handler"] + RUN, "--log", str(bad)) as browser:
            os.write(browser.master, b"?")
            ended = browser.ended()
        assert ended.status == CRASHED
        assert "cannot be written" in told(ended)
        assert told(ended).count("\n") == 0


def test_a_terminal_that_is_closed_without_a_signal_ends_it(home: Path) -> None:
    code = PRELUDE + "import signal\nendings.SIGNALS = ()\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)" + RUN
    with watched(code) as browser:
        browser.press(b"b")
        os.close(browser.slave)
        os.close(browser.master)
        browser.master = browser.slave = os.open(os.devnull, os.O_RDONLY)
        assert browser.child.wait(10) == 129
    assert len(json.loads((home / "library.json").read_bytes())["entries"]) == 1
    assert not (home / "state" / "crash.log").exists()


COUNTS_READERS = """
import os
from mum_tui.tui.terminal.driver import TerminalDriver
read = TerminalDriver.run_input_thread
def counted(self):
    with open(os.environ["MUM_TUI_HOME"] + "/readers", "a") as file:
        file.write("one ")
    read(self)
TerminalDriver.run_input_thread = counted
"""


@pytest.mark.parametrize("is_reset", [True, False])
def test_after_stop_and_cont_it_is_as_before(is_reset: bool, home: Path) -> None:
    home.mkdir(exist_ok=True)
    with watched(PRELUDE + COUNTS_READERS + RUN) as browser:
        reading = termios.tcgetattr(browser.slave)
        browser.child.send_signal(signal.SIGSTOP)
        if is_reset:  # as a shell does that goes on meanwhile
            termios.tcsetattr(browser.slave, termios.TCSANOW, browser.before)
        seen = len(browser.seen)
        browser.child.send_signal(signal.SIGCONT)
        browser.press(b"")
        again = bytes(browser.seen[seen:])
        assert (home / "readers").read_text() == "one "
        assert termios.tcgetattr(browser.slave) == reading
        modes = set(re.findall(rb"\x1b\[\?\d+[hl]", again))
        assert {b"\x1b[?1049h", b"\x1b[?1003h", b"\x1b[?2004h", b"\x1b[?25l"} <= modes
        assert b"bookmark" in again  # all is painted anew
        browser.press(b"b")
        os.write(browser.master, b"q")
        ended = browser.ended(5)
    assert ended.status == 0
    assert_given_back(ended)
    assert len(json.loads((home / "library.json").read_bytes())["entries"]) == 1


def draft_in(home: Path) -> str:
    """The text of the only draft, whoever writes it."""
    (path,) = (home / "state" / "drafts").glob("*.json")
    text = json.loads(path.read_bytes())["text"]
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize("way", ["TERM", "HUP"])
def test_a_signal_while_the_editor_runs_ends_both_and_keeps_the_text(
    way: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho " of it" >> "$1"\necho "it edits"\nexec sleep 30\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    with watched() as browser:
        browser.press(b"n")
        browser.press(b"the beginning", quiet=0.2)
        os.write(browser.master, b"\x05")
        browser.until(b"it edits")
        assert draft_in(home) == "the beginning"
        end, status = ENDS[way]
        end(browser)
        ended = browser.ended(3)
    assert ended.status == status
    assert_given_back(ended)
    assert draft_in(home) == "the beginning\n of it"


def test_ctrl_q_while_a_note_is_written_leaves_its_draft(home: Path) -> None:
    with watched() as browser:
        browser.press(b"n")
        browser.press(b"the beginning", quiet=0.2)
        os.write(browser.master, b"\x11")
        ended = browser.ended(3)
    assert ended.status == 0
    assert_given_back(ended)
    assert draft_in(home) == "the beginning"
