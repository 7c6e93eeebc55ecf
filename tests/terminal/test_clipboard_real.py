"""Copying with the real programs: tmux, and xclip and xsel on an X server of our own."""

from __future__ import annotations

import base64
import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mum_tui.desktop import clipboard
from mum_tui.desktop.clipboard import Copied, copy
from mum_tui.desktop.environment import Environment
from tests.examples import some
from tests.terminal.tmux import Tmux, needs_tmux, session

XVFB = shutil.which("Xvfb")

IN_TMUX = Environment(ssh=False, tmux=True, display=False, wsl=False, system="linux")
DESKTOP = Environment(ssh=False, tmux=False, display=True, wsl=False, system="linux")

TEXTS = {
    "unicode": "é 医学 🧠 e\u0301",
    "plain": "plain, without a line feed",
    "bibtex": "@inproceedings{liu2023clip,\n  title = {{CLIP}-Driven},\n}\n",
    "long": "é" * 300_000,
    "line-feeds": "\n\na\n\n",
    "carriage": "a\r\nb\rc",
    "control": "tab\tand \x01 and \x1b[2J",
    "option": "-w",
    "tmux-format": "#{pane_id} #(id) $HOME ~ ; \\; 'x' \"y\"",
}
texts = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())


# -- tmux


@pytest.fixture
def tmux(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tmux]:
    """A server of our own, of which this process thinks it runs inside it."""
    # A socket's path must be short.
    with tempfile.TemporaryDirectory(prefix="mum") as name:
        monkeypatch.setenv("TMUX_TMPDIR", name)
        with session(Path(name), "sleep 600") as server:
            place = server.run("display-message", "-p", "-t", "main", "#{socket_path},#{pid},0").strip()
            assert place.startswith(f"{server.socket},")
            monkeypatch.setenv("TMUX", place)
            yield server


def buffer(server: Tmux) -> bytes:
    """The newest of the server's buffers."""
    command = ["tmux", "-S", str(server.socket), "show-buffer"]
    return subprocess.run(command, check=True, capture_output=True, timeout=20).stdout


@needs_tmux
@texts
def test_tmux_gets_the_text_exactly(tmux: Tmux, text: str) -> None:
    outcome = copy(text, IN_TMUX)
    assert outcome.verified
    assert outcome.via in ("tmux", "tmux buffer")
    path = tmux.socket.with_name("saved")
    tmux.run("save-buffer", str(path))
    assert path.read_bytes() == text.encode()


@needs_tmux
def test_the_newest_copy_is_what_is_pasted(tmux: Tmux) -> None:
    assert copy("first", IN_TMUX).verified
    assert copy("second", IN_TMUX).verified
    assert copy("second", IN_TMUX).verified
    assert buffer(tmux) == b"second"


@needs_tmux
def test_a_program_in_a_pane_copies_to_the_server_it_runs_in(tmux: Tmux, tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from mum_tui.desktop import clipboard, environment\n"
        "outcome = clipboard.copy('from the pane', environment.find(system='linux'))\n"
        "open(sys.argv[1], 'w').write(outcome.words('it'))\n"
    )
    done = tmp_path / "done"
    command = shlex.join([sys.executable, "-c", code, str(done)])
    tmux.run("new-window", "-t", "main", command)
    deadline = time.monotonic() + 15
    while not (done.exists() and done.read_text()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert done.read_text().startswith("Copied it to tmux")
    assert buffer(tmux) == b"from the pane"


@needs_tmux
def test_a_server_that_is_gone_was_not_copied_to(tmux: Tmux, tmp_path: Path) -> None:
    tmux.run("kill-server")
    file = tmp_path / "last-copy.txt"
    assert clipboard.tmux("text") == ""
    assert copy("text", IN_TMUX, "tmux", None, file) == Copied("file", False, str(file))


@needs_tmux
def test_tmux_tells_the_terminal_too_where_we_say_so(tmux: Tmux) -> None:
    if clipboard.tmux("probe") != "tmux":
        pytest.skip("this tmux is older than 3.2 and cannot tell the terminal")
    child, terminal = pty.fork()
    if not child:
        os.environ["TERM"] = "xterm-256color"
        os.environ.pop("TMUX", None)
        os.execvp("tmux", ["tmux", "-S", str(tmux.socket), "attach", "-t", "main"])
    try:
        deadline = time.monotonic() + 10
        while not tmux.run("list-clients"):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        outcome = copy("é 医学", IN_TMUX)
        assert outcome.words("it").endswith("and sent it to your terminal")
        seen = b""
        wanted = base64.b64encode("é 医学".encode())
        while not re.search(rb"\x1b\]52;[a-z]*;" + re.escape(wanted), seen):
            assert time.monotonic() < deadline, seen
            if select.select([terminal], [], [], 0.1)[0]:
                seen += os.read(terminal, 65_536)
    finally:
        tmux.run("kill-server", check=False)
        os.close(terminal)
        os.waitpid(child, 0)


@needs_tmux
def test_nothing_is_printed(tmux: Tmux, capfd: pytest.CaptureFixture[str]) -> None:
    copy("text", IN_TMUX)
    tmux.run("kill-server")
    copy("text", IN_TMUX)
    assert capfd.readouterr() == ("", "")


def test_a_text_too_long_for_a_terminal_goes_to_the_file(tmp_path: Path) -> None:
    file = tmp_path / "state" / "last-copy.txt"
    sent: list[str] = []
    nowhere = DESKTOP._replace(display=False)
    outcome = copy(TEXTS["long"], nowhere, "auto", sent.append, file)
    assert outcome == Copied("file", False, str(file))
    assert sent == []
    assert file.read_bytes() == TEXTS["long"].encode()
    assert "Copied" not in outcome.words("it")


# -- X11


@contextmanager
def x_server(*options: str) -> Iterator[str]:
    """An X server without a screen; its display."""
    if XVFB is None:
        pytest.skip("Xvfb is not installed")
    reading, writing = os.pipe()
    command = [XVFB, "-displayfd", str(writing), "-screen", "0", "320x200x8", "-nolisten", "tcp", *options]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, pass_fds=[writing])
    os.close(writing)
    try:
        with os.fdopen(reading, "rb") as pipe:
            number = pipe.readline().decode().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(params=["xclip", "xsel"])
def tool(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The one clipboard tool that can be found."""
    name = str(request.param)
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed")
    only = tmp_path / "only"
    only.mkdir()
    (only / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(only))
    # xsel's daemon keeps a log in there, and gives up without it.
    Path(os.environ["HOME"]).mkdir()
    return found


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with x_server() as name:
        monkeypatch.setenv("DISPLAY", name)
        yield name


def pasted(tool: str) -> bytes:
    """What another program gets from the clipboard."""
    arguments = ["-b", "-o"] if tool.endswith("xsel") else ["-selection", "clipboard", "-o"]
    return subprocess.run([tool, *arguments], check=True, capture_output=True, timeout=10).stdout


@pytest.mark.parametrize("text", some(list(TEXTS.values())), ids=some(list(TEXTS)))
def test_an_x_clipboard_holds_the_text_exactly(
    display: str, tool: str, text: str, capfd: pytest.CaptureFixture[str]
) -> None:
    if tool.endswith("xsel"):
        text = text[:1500]  # what xsel passes on in several pieces it sometimes passes on only once
    assert copy(text, DESKTOP) == Copied("clipboard", verified=True)
    assert pasted(tool) == text.encode()
    assert capfd.readouterr() == ("", "")


def test_a_later_copy_takes_the_place_of_an_earlier(display: str, tool: str) -> None:
    for text in ("first", "second"):
        assert copy(text, DESKTOP) == Copied("clipboard", verified=True)
    assert pasted(tool) == b"second"


def test_a_forwarded_display_is_the_last_way_over_ssh(display: str, tool: str) -> None:
    remote = DESKTOP._replace(ssh=True)
    sent: list[str] = []
    assert copy("text", remote, send=sent.append) == Copied("terminal", verified=False)
    assert sent == ["text"]
    assert copy("text", remote) == Copied("clipboard", verified=True)
    assert pasted(tool) == b"text"


def test_a_stale_display_is_not_believed(
    tool: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    # A number that no other test takes as soon as it is free.
    with x_server(f":{10_000 + os.getpid() % 40_000}") as name:
        monkeypatch.setenv("DISPLAY", name)
        assert clipboard.native("while it is there")
    start = time.monotonic()
    assert not clipboard.native("while it is gone")
    assert time.monotonic() - start < 3.5
    assert capfd.readouterr() == ("", "")
