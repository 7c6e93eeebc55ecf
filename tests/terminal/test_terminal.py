"""What only a real terminal shows: bytes, signals, job control, clipboard."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mum_tui.state.drafts import Drafts
from support.terminal import FRAME_END, Terminal
from tests.catalogs import COUNT, hostile_entries, write
from tests.terminal.tmux import MUM_TUI, needs_tmux, session

ALTERNATE_SCREEN_OFF = b"\x1b[?1049l"
MOUSE_OFF = b"\x1b[?1000l"


@pytest.fixture
def terminal() -> object:
    """Starts mum-tui in a pseudo-terminal and ends it after the test."""
    opened: list[Terminal] = []

    def start(*arguments: str, environ: dict[str, str] | None = None) -> Terminal:
        found = Terminal([*MUM_TUI, *arguments], environ=environ)
        opened.append(found)
        found.until(b"bookmark")
        found.settle()
        return found

    yield start
    for one in opened:
        one.close()


def test_each_cursor_key_is_one_frame(terminal) -> None:  # type: ignore[no-untyped-def]
    found = terminal()
    frames = [found.press(key).frames for key in (b"j", b"j", b"\x1b[B", b"k", b"G", b"g", b"\x1b[6~")]
    assert frames == [1] * len(frames)


def test_each_filter_key_is_one_frame(terminal) -> None:  # type: ignore[no-untyped-def]
    found = terminal()
    found.press(b"/")
    # As many entries as have one, two and three digits.
    answers = [
        found.press(key) for key in (b"l", b"i", b"v", b"\x7f", b"v", b"\x7f", b"\x7f", b"\x7f", b"c", b"l", b"i", b"p")
    ]
    assert [answer.frames for answer in answers] == [1] * len(answers)
    # Text, count and rows stand in that one frame.
    assert f"of {COUNT}".encode() in answers[1].data


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_signals_give_the_terminal_back_and_all_is_kept(  # type: ignore[no-untyped-def]
    terminal, home: Path, number: int, status: int
) -> None:
    found = terminal()
    found.seen.clear()  # a slow start has had a screen of its own
    found.press(b"+b/unet\rsj", quiet=0.4)
    found.press(b"n", quiet=0.4)
    found.press(b"unfinished", quiet=0.2)
    os.kill(found.pid, number)
    deadline = time.monotonic() + 10
    while found.read(0.2) or time.monotonic() < deadline:
        ended, raw = os.waitpid(found.pid, os.WNOHANG)
        if ended:
            break
    while found.read(0.2):
        pass
    assert ended == found.pid
    assert os.waitstatus_to_exitcode(raw) == status
    assert ALTERNATE_SCREEN_OFF in found.seen
    assert MOUSE_OFF in found.seen
    assert b"Traceback" not in found.seen
    assert_all_is_kept(home)


def test_a_disk_that_never_answers_does_not_keep_it_from_ending(home: Path) -> None:
    script = """
import time
from mum_tui import cli
from mum_tui.state.drafts import OpenDraft
OpenDraft.save = lambda *_: time.sleep(60)
cli.entry_point()
"""
    found = Terminal([sys.executable, "-c", script])
    try:
        found.until(b"bookmark")
        found.settle()
        found.press(b"b", quiet=0.4)
        found.press(b"n", quiet=0.4)
        found.press(b"unfinished", quiet=0.2)
        os.kill(found.pid, signal.SIGTERM)
        deadline = time.monotonic() + 3.3
        while found.alive():
            assert time.monotonic() < deadline
            found.read(0.05)
        assert len(json.loads((home / "library.json").read_bytes())["entries"]) == 1
    finally:
        found.close()


def test_a_terminal_that_is_closed_loses_nothing(terminal, home: Path) -> None:  # type: ignore[no-untyped-def]
    found = terminal()
    found.press(b"+b/unet\rsj", quiet=0.4)
    found.press(b"n", quiet=0.4)
    found.press(b"unfinished", quiet=0.2)
    os.close(found.fd)
    found.fd = os.open(os.devnull, os.O_RDONLY)
    deadline = time.monotonic() + 15
    while found.alive():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert_all_is_kept(home)


def assert_all_is_kept(home: Path) -> None:
    """A bookmark, where one was, and the note that was being written."""
    library = json.loads((home / "library.json").read_bytes())
    assert len(library["entries"]) == 1
    session = json.loads((home / "state" / "session.json").read_bytes())
    assert session["query"] == "unet"
    assert session["panes"]
    assert session["sort"]
    assert json.loads((home / "state" / "queries.json").read_bytes())
    (draft,) = Drafts(home / "state" / "drafts").all().values()
    assert (draft.id, draft.text) == (session["entry"], "unfinished")


def test_keys_typed_ahead_are_not_lost() -> None:
    found = Terminal(MUM_TUI)
    os.write(found.fd, b"/id:liu2023clip\r")
    try:
        found.until(f"1 of 1 of {COUNT}".encode(), timeout=15)
        found.settle()
        found.press(b"q")
        assert found.ends()
    finally:
        found.close()


def test_keys_that_arrive_together_go_where_they_belong(terminal) -> None:  # type: ignore[no-untyped-def]
    found = terminal()
    found.press(b"/bob cq")
    found.until(f"0 of {COUNT}".encode())
    found.settle()
    for _ in range(2):  # out of the box; then it is cleared
        found.seen.clear()
        found.press(b"\x1b")
        found.until(FRAME_END)
        found.settle(0.6)  # or the terminal's escape would belong to the next key
    found.press(b"/sam\rjj/ med\rq")
    assert found.ends()


def test_quitting_gives_the_terminal_back(terminal) -> None:  # type: ignore[no-untyped-def]
    found = terminal()
    found.press(b"q")
    assert found.ends()
    assert ALTERNATE_SCREEN_OFF in found.seen
    assert b"Traceback" not in found.seen


def test_nothing_in_a_catalog_is_obeyed(terminal, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    catalog = write(tmp_path / "hostile.yaml", hostile_entries())
    found = terminal("--catalog", str(catalog))
    found.press(b"\x1b[B" * 30, quiet=0.5)
    found.press(b"\r", quiet=0.5)
    found.press(b"G", quiet=0.5)
    assert b"PWNED" in found.seen
    assert not re.search(rb"\x1b\](2|52);", found.seen)
    assert "\u202e".encode() not in found.seen


def test_copying_sends_osc_52_only_when_asked(terminal, home: Path) -> None:  # type: ignore[no-untyped-def]
    found = terminal()
    assert b"\x1b]52;" not in found.seen
    found.press(b"c")
    found.until(b"\x1b]52;c;")
    found.settle()
    assert b"Copied" not in found.seen


def test_a_stale_display_is_not_believed(terminal, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("xclip", "xsel"):
        script = folder / name
        script.write_text('#!/bin/sh\necho "Error: Can\'t open display: :99" >&2\nexit 0\n')
        script.chmod(0o755)
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    found = terminal(environ={"DISPLAY": ":99", "PATH": path})
    found.press(b"c")
    found.until(b"Sent")
    found.settle()
    assert b"open display" not in found.seen
    assert b"Copied" not in found.seen


@pytest.mark.parametrize("closed", ["stdin", "stdout", "stderr"])
def test_without_a_terminal_there_is_one_line_and_status_2(closed: str) -> None:
    master, slave = os.openpty()
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), slave)
    streams[closed] = subprocess.PIPE
    child = subprocess.Popen(MUM_TUI, **streams)  # type: ignore[call-overload]
    _, errors = child.communicate(timeout=20)
    if errors is None:
        errors = os.read(master, 10_000)
    assert child.returncode == 2
    lines = errors.decode().strip().splitlines()
    assert len(lines) == 1
    assert "not a terminal" in lines[0]
    os.close(master)
    os.close(slave)


@needs_tmux
def test_copy_in_a_default_tmux_pastes_exactly(tmp_path: Path) -> None:
    command = f"{shlex.join(MUM_TUI)}; sleep 60"
    with session(tmp_path, command) as tmux:
        tmux.wait_for(f"1 of {COUNT}")
        tmux.keys("/")
        tmux.run("send-keys", "-t", "main", "-l", "silva transductive")
        tmux.wait_for(f"1 of 1 of {COUNT}")
        tmux.keys("Enter", "c")
        tmux.wait_for("Copied BibTeX")
        pasted = tmux.run("save-buffer", "-")
        cited = subprocess.run(
            [*MUM_TUI, "cite", "silvarodriguez2023transductive"], capture_output=True, check=True
        ).stdout.decode()
        assert pasted == cited
        assert pasted.startswith("@article{silvarodriguez2023transductive,")
        assert "Rodr{\\'i}guez" in pasted


@needs_tmux
def test_suspend_and_return_show_the_screen_again(tmp_path: Path) -> None:
    with session(tmp_path, "env PS1='$ ' bash --norc -i") as tmux:
        tmux.wait_for("$")
        tmux.run("send-keys", "-t", "main", "-l", shlex.join(MUM_TUI))
        tmux.keys("Enter")
        before = tmux.wait_for("First public")  # the details come with the second frame
        tmux.keys("C-z")
        tmux.wait_for("Stopped")
        tmux.run("send-keys", "-t", "main", "-l", "fg")
        tmux.keys("Enter")
        after = tmux.wait_for(f"1 of {COUNT}")
        time.sleep(0.5)
        after = tmux.screen()
        assert after.splitlines()[2:20] == before.splitlines()[2:20]
        tmux.keys("j", "j", "q")
        time.sleep(0.5)
        tmux.wait_for("$")


@needs_tmux
def test_open_over_ssh_shows_the_address(tmp_path: Path) -> None:
    command = f"{shlex.join(MUM_TUI)}; sleep 60"
    with session(tmp_path, command, {"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22", "DISPLAY": ":0"}) as tmux:
        tmux.wait_for(f"1 of {COUNT}")
        tmux.run("send-keys", "-t", "main", "-l", "/clip-driven")
        tmux.keys("Enter", "o")
        screen = tmux.wait_for("remote shell")
        assert "https://doi.org/10.1109/ICCV51070.2023.01934" in screen


def test_the_module_runs_too() -> None:
    done = subprocess.run([sys.executable, "-m", "mum_tui", "--version"], capture_output=True, check=True)
    assert done.stdout.startswith(b"mum-tui ")
