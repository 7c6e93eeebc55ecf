"""Copying: by the right way, verified, without a word on our terminal, and never later than promised."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.desktop import clipboard, process
from mum_tui.desktop.clipboard import Copied, copy, fits_osc52
from mum_tui.desktop.environment import Environment
from mum_tui.settings.config import CLIPBOARDS
from tests.examples import examples

TOO_LONG = "x" * 56_245
"""One octet more than what is sent to a terminal."""


def place(*words: str, system: str = "linux") -> Environment:
    """An environment with what is named in ``words`` (ssh, tmux, display, wsl)."""
    return Environment("ssh" in words, "tmux" in words, "display" in words, "wsl" in words, system)


class Desk:
    """A machine with programs of the test's making."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = folder / "bin"
        self.programs.mkdir()
        self.stored = folder / "stored"

    def program(self, name: str, script: str) -> None:
        """Install a shell script. ``$STORED`` is a file of its own, ``$PIDS`` where it may leave process ids."""
        path = self.programs / name
        head = f"#!/bin/sh\nSTORED='{self.stored}'\nPIDS='{self.folder / 'pids'}'\n"
        path.write_text(f"{head}{script}\n")
        path.chmod(0o755)

    def pids(self) -> list[int]:
        """The processes that programs said they are."""
        path = self.folder / "pids"
        return [int(line) for line in path.read_text().split()] if path.exists() else []


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A machine with a display and none but standard programs, of which no clipboard tool can be found."""
    desk = Desk(tmp_path)
    plain = tmp_path / "plain"
    plain.mkdir()
    for name in ("cat", "mv", "sleep"):
        found = shutil.which(name)
        assert found
        (plain / name).symlink_to(found)
    monkeypatch.setenv("PATH", f"{desk.programs}{os.pathsep}{plain}")
    monkeypatch.setenv("DISPLAY", ":99")
    yield desk
    for pid in desk.pids():
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)


STORES = 'case "$*" in *-o*) exec cat "$STORED";; *) exec cat >"$STORED";; esac'
HANGS = 'echo $$ >>"$PIDS"; sleep 60 & echo $! >>"$PIDS"; wait'


def running(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


def end_of(pids: list[int]) -> bool:
    """Whether all of these processes end within a second."""
    deadline = time.monotonic() + 1
    while any(map(running, pids)):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


# -- the order of ways


@pytest.mark.parametrize(
    ("where", "way", "tried"),
    [
        (place(), "auto", ["osc52"]),
        (place("display"), "auto", ["native", "osc52"]),
        (place("display", "tmux"), "auto", ["native", "tmux", "osc52"]),
        (place("tmux"), "auto", ["tmux", "osc52"]),
        (place("wsl"), "auto", ["native", "osc52"]),
        (place("wsl", "tmux"), "auto", ["native", "tmux", "osc52"]),
        (place(system="darwin"), "auto", ["native", "osc52"]),
        (place("tmux", system="darwin"), "auto", ["native", "tmux", "osc52"]),
        (place(system="win32"), "auto", ["native", "osc52"]),
        (place("ssh"), "auto", ["osc52"]),
        (place("ssh", "tmux"), "auto", ["tmux", "osc52"]),
        (place("ssh", "display"), "auto", ["osc52", "native"]),
        (place("ssh", "tmux", "display"), "auto", ["tmux", "osc52", "native"]),
        (place("ssh", system="darwin"), "auto", ["osc52"]),
        (place("ssh", "wsl"), "auto", ["osc52"]),
        (place(), "native", ["native"]),
        (place("ssh"), "native", ["native"]),
        (place("display"), "tmux", ["tmux"]),
        (place("display", "tmux"), "osc52", ["osc52"]),
        (place("display", "tmux"), "file", []),
    ],
)
def test_the_ways_are_tried_in_order_until_one_works(
    monkeypatch: pytest.MonkeyPatch, where: Environment, way: str, tried: list[str]
) -> None:
    seen: list[str] = []
    works = ""

    def native(text: str) -> bool:
        seen.append("native")
        return works == "native"

    def tmux(text: str) -> str:
        seen.append("tmux")
        return "tmux" if works == "tmux" else ""

    def fits(text: str) -> bool:
        seen.append("osc52")
        return works == "osc52"

    monkeypatch.setattr(clipboard, "native", native)
    monkeypatch.setattr(clipboard, "tmux", tmux)
    monkeypatch.setattr(clipboard, "fits_osc52", fits)
    sent: list[str] = []
    assert copy("text", where, way, sent.append) == Copied("file", verified=False)
    assert seen == tried
    assert sent == []
    vias = {"native": "clipboard", "tmux": "tmux", "osc52": "terminal"}
    for number, works in enumerate(tried, 1):
        seen.clear()
        sent.clear()
        assert copy("text", where, way, sent.append) == Copied(vias[works], verified=works != "osc52")
        assert seen == tried[:number]
        assert sent == (["text"] if works == "osc52" else [])


def test_without_a_terminal_to_send_to_nothing_is_sent(tmp_path: Path) -> None:
    file = tmp_path / "state" / "last-copy.txt"
    assert copy("text", place(), file=file) == Copied("file", False, str(file))


# -- what is kept, and what is said


@pytest.mark.parametrize(
    "text", ["plain", "no line feed added: é 医学", "line\n", "a\r\nb", "", TOO_LONG, "\0"], ids=range(7)
)
@pytest.mark.parametrize("way", ["auto", "file"])
def test_the_file_holds_the_text_exactly(tmp_path: Path, text: str, way: str) -> None:
    file = tmp_path / "state" / "last-copy.txt"
    sent: list[str] = []
    outcome = copy(text, place(), way, sent.append, file)
    assert file.read_bytes() == text.encode()
    assert outcome.file == str(file)
    assert sent == ([text] if way == "auto" and text != TOO_LONG else [])
    assert outcome.via == ("terminal" if sent else "file")


def test_a_verified_copy_is_kept_in_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "native", lambda text: True)
    file = tmp_path / "last-copy.txt"
    assert copy("text", place("display"), file=file) == Copied("clipboard", verified=True)
    assert not file.exists()


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "state").write_bytes(b"")
    outcome = copy("text", place(), "file", file=tmp_path / "state" / "last-copy.txt")
    assert outcome == Copied("file", verified=False)
    assert outcome.words("BibTeX") == "No clipboard here, and no file could be written: v shows BibTeX"


def test_a_lone_surrogate_does_not_raise(tmp_path: Path, desk: Desk) -> None:
    desk.program("xclip", STORES)
    desk.program("tmux", STORES)
    for way in CLIPBOARDS:
        copy("lone \udc80", place("display", "tmux"), way, lambda text: None, tmp_path / "file")


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Copied("clipboard", True), "Copied BibTeX (312 characters)"),
        (
            Copied("tmux", True),
            "Copied BibTeX (312 characters) to tmux (prefix ] pastes it) and sent it to your terminal",
        ),
        (Copied("tmux buffer", True), "Copied BibTeX (312 characters) to tmux (prefix ] pastes it)"),
        (
            Copied("terminal", False),
            "Sent BibTeX (312 characters) to your terminal. If paste is empty: v shows it",
        ),
        (
            Copied("terminal", False, "/x/last-copy.txt"),
            "Sent BibTeX (312 characters) to your terminal. If paste is empty: v shows it or see /x/last-copy.txt",
        ),
        (
            Copied("page", False),
            "Sent BibTeX (312 characters) to your browser's clipboard. If paste is empty: v shows it",
        ),
        (
            Copied("file", False, "/x/last-copy.txt"),
            "No clipboard here: BibTeX (312 characters) saved to /x/last-copy.txt; v shows it",
        ),
        (
            Copied("file", False),
            "No clipboard here, and no file could be written: v shows BibTeX (312 characters)",
        ),
    ],
)
def test_every_outcome_has_words_of_its_own(outcome: Copied, words: str) -> None:
    assert outcome.words("BibTeX (312 characters)") == words


@pytest.mark.parametrize("verified", [True, False])
@pytest.mark.parametrize("file", ["", "/x/last-copy.txt"])
@pytest.mark.parametrize("via", ["clipboard", "terminal", "page", "file"])
def test_copied_is_said_of_nothing_but_what_was_verified(via: str, file: str, verified: bool) -> None:
    assert ("Copied" in Copied(via, verified, file).words("it")) is verified


@examples(100)
@given(st.text())
def test_a_text_fits_while_its_base64_does(text: str) -> None:
    assert fits_osc52(text)
    filler = "é" * ((74_994 // 4 * 3 - len(text.encode())) // 2)
    assert fits_osc52(text + filler)
    assert not fits_osc52(text + filler + "éé")


# -- the desktop's clipboard, by a real child


@pytest.mark.parametrize(
    "text",
    ["plain", "é 医学 🧠 e\u0301", "two\nlines", "ends in a line feed\n", "\ttabs ", "@article{x,\r\n}", "é" * 200_000],
    ids=range(7),
)
@pytest.mark.parametrize("tool", ["xclip", "xsel"])
def test_a_text_is_stored_exactly_and_verified(desk: Desk, tool: str, text: str) -> None:
    desk.program(tool, STORES)
    assert copy(text, place("display")) == Copied("clipboard", verified=True)
    assert desk.stored.read_bytes() == text.encode()


def test_under_wayland_its_own_tool_is_used(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    desk.program("xclip", "exit 0")
    desk.program("wl-copy", 'exec cat >"$STORED"')
    desk.program("wl-paste", 'exec cat "$STORED"')
    assert clipboard.native("é 医学")
    assert desk.stored.read_text() == "é 医学"


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("cat >/dev/null; exit 0", id="stale-display-status-0"),
        pytest.param('echo "Error: Can\'t open display: :99" >&2; exit 1', id="stale-display-status-1"),
        pytest.param("exit 0", id="does-not-read"),
        pytest.param('case "$*" in *-o*) echo old;; *) cat >/dev/null;; esac', id="holds-something-else"),
        pytest.param('case "$*" in *-o*) cat "$STORED"; echo;; *) cat >"$STORED";; esac', id="adds-a-line-feed"),
        pytest.param("case \"$*\" in *-o*) printf 'te';; *) cat >/dev/null;; esac", id="cuts"),
        pytest.param("case \"$*\" in *-o*) printf '\\377';; *) cat >/dev/null;; esac", id="garbles"),
        pytest.param("kill -9 $$", id="killed"),
    ],
)
def test_what_is_not_in_the_clipboard_was_not_copied(desk: Desk, script: str) -> None:
    desk.program("xclip", script)
    sent: list[str] = []
    outcome = copy("text", place("display"), send=sent.append)
    assert outcome == Copied("terminal", verified=False)
    assert sent == ["text"]
    assert "Copied" not in outcome.words("it")


@pytest.mark.parametrize("status", [0, 1])
def test_a_stale_wayland_display_is_not_believed(desk: Desk, monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    for name in ("wl-copy", "wl-paste"):
        desk.program(name, f"echo Failed to connect to a Wayland server >&2; exit {status}")
    assert copy("text", place("display")) == Copied("file", verified=False)


@pytest.mark.parametrize("before", ["", "printf old", "printf '\\377'"], ids=["nothing", "text", "no-text"])
def test_a_tool_that_needs_a_moment_to_own_the_clipboard_is_waited_for(desk: Desk, before: str) -> None:
    behind = '{ sleep 0.1; mv "$STORED.new" "$STORED"; } >/dev/null 2>&1 & exit 0'
    reads = f'if test -e "$STORED"; then exec cat "$STORED"; else {before or ":"}; fi'
    desk.program("xsel", f'case "$*" in *-o*) {reads};; *) cat >"$STORED.new"; {behind};; esac')
    assert clipboard.native("é 医学")


def test_without_any_program_nothing_raises(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    file = tmp_path / "file"
    for way in CLIPBOARDS:
        where = place("display", "tmux")
        assert copy("text", where, way, None, file) == Copied("file", False, str(file))


def test_without_a_display_the_tools_are_of_no_use(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY")
    desk.program("xclip", STORES)
    assert not clipboard.native("text")
    assert not desk.stored.exists()


@pytest.mark.parametrize("when", ["copying", "reading-back"])
def test_a_hanging_tool_is_ended_in_time_with_all_it_started(desk: Desk, when: str) -> None:
    desk.program("xclip", HANGS if when == "copying" else f'case "$*" in *-o*) {HANGS};; *) cat >/dev/null;; esac')
    start = time.monotonic()
    assert not clipboard.native("text")
    assert time.monotonic() - start < 3.5
    assert len(desk.pids()) == 2
    assert end_of(desk.pids())


def test_a_tool_that_stays_as_a_daemon_does_not_hold_us_up(desk: Desk) -> None:
    daemon = 'cat >"$STORED"; sleep 60 & echo $! >>"$PIDS"'
    desk.program("xclip", f'case "$*" in *-o*) exec cat "$STORED";; *) {daemon};; esac')
    start = time.monotonic()
    assert clipboard.native("text")
    assert time.monotonic() - start < 1.8
    (daemon_pid,) = desk.pids()
    assert running(daemon_pid)


@pytest.mark.parametrize("tool", ["xclip", "tmux"])
def test_a_noisy_tool_is_not_heard_and_reads_no_key(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tool: str
) -> None:
    noise = "echo to stdout; echo to stderr >&2; echo to the terminal 2>/dev/null >/dev/tty"
    desk.program(tool, f'{noise}; case "$*" in *-o*|*save-buffer*) exec cat "$STORED";; *) exec cat >"$STORED";; esac')
    way = "native" if tool == "xclip" else "tmux"
    outcome = copy("text", place("display", "tmux"), way)
    # What a tool prints before the text is not the text.
    assert not outcome.verified
    assert desk.stored.read_text() == "text"
    assert capfd.readouterr() == ("", "")


# -- tmux


@pytest.mark.parametrize(
    ("load", "via"),
    [
        pytest.param(":", "tmux", id="new"),
        pytest.param('case "$*" in *-w*) echo "unknown option -- w" >&2; exit 1;; esac', "tmux buffer", id="old"),
        pytest.param('case "$*" in *-w*) cat >/dev/null; exit 0;; esac', "tmux buffer", id="lies-about-w"),
        pytest.param("cat >/dev/null; exit 0", "", id="lies"),
        pytest.param("echo no server running >&2; exit 1", "", id="no-server"),
    ],
)
def test_tmux_is_believed_when_its_buffer_holds_the_text(desk: Desk, load: str, via: str) -> None:
    desk.stored.write_text("older")
    desk.program("tmux", f'case "$1" in save-buffer) exec cat "$STORED";; esac; {load}; exec cat >"$STORED"')
    assert clipboard.tmux("é 医学") == via
    desk.stored.write_text("older")
    outcome = copy("é 医学", place("tmux"))
    assert outcome == (Copied(via, verified=True) if via else Copied("file", verified=False))


def test_without_tmux_there_is_no_tmux_buffer(desk: Desk) -> None:
    assert clipboard.tmux("text") == ""


# -- child processes in general


@pytest.mark.parametrize(
    "run",
    [
        lambda command: process.feed(command, "text", seconds=0.3),
        lambda command: process.output(command, seconds=0.3),
    ],
    ids=["feed", "output"],
)
def test_no_child_outlives_its_time(desk: Desk, run: Callable[[list[str]], object]) -> None:
    desk.program("slow", HANGS)
    start = time.monotonic()
    assert not run([str(desk.programs / "slow")])
    assert time.monotonic() - start < 1.5
    assert len(desk.pids()) == 2
    assert end_of(desk.pids())


@pytest.mark.parametrize("command", [["no-such-program"], ["/"], ["a\0b"], [sys.executable, "a\0b"]])
def test_what_cannot_be_started_fails_without_raising(command: list[str]) -> None:
    assert not process.feed(command, "text")
    assert process.output(command) is None


@pytest.mark.parametrize(("status", "printed"), [(0, b"out"), (1, None)])
def test_output_counts_only_after_success(desk: Desk, status: int, printed: bytes | None) -> None:
    desk.program("prints", f"printf out; echo err >&2; exit {status}")
    assert process.output(["prints"]) == printed
    assert process.feed(["prints"], "text") is (status == 0)


def test_a_child_that_does_not_read_is_no_error(desk: Desk) -> None:
    desk.program("deaf", "exec <&-; exit 0")
    assert process.feed(["deaf"], "x" * 1_000_000)
