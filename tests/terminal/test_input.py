"""Bytes a terminal may send, into the running browser: in a pseudo-terminal and in tmux."""

from __future__ import annotations

import fcntl
import json
import os
import random
import re
import struct
import sys
import termios
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.events import Key
from textual.message import Message

from mum_tui.actions import ACTIONS
from mum_tui.tui.terminal.driver import TerminalDriver, TerminalGone
from support.terminal import Terminal
from tests.catalogs import COUNT
from tests.examples import some
from tests.terminal.tmux import MUM_TUI, needs_tmux, session

KINDS = {
    "colour reply, BEL": b"\x1b]11;rgb:1e1e/1b1b/bcbc\x07",
    "colour reply, ST": b"\x1b]10;rgb:ffff/bbbb/cccc\x1b\\",
    "DA1": b"\x1b[?62;1;2;4;22c",
    "DA2": b"\x1b[>41;380;0c",
    "version": b"\x1bP>|tmux 3.3b\x1b\\",
    "mode": b"\x1b[?2048;1$y\x1b[?2026;2$y",
    "cursor position": b"\x1b[12;40R",
    "window": b"\x1b[8;36;120t\x1b[48;10;20;100;200t",
    "graphics": b"\x1b_Gi=31;OK bbq\x1b\\",
    "APC": b"\x1b_brrbb\x1b\\",
    "PM": b"\x1b^brb\x1b\\",
    "cut OSC": b"\x1b]11;rgb:1e1e/1b1b/bc",
    "CSI-u released": b"\x1b[98;1:3u\x1b[57358;65:3u",
    "CSI-u alternates": b"\x1b[98:66:98;5:3u\x1b[98:;5:3u",
    "huge number": b"\x1b[99999999999999999999u\x1b[1;99999999999999A",
    "empty numbers": b"\x1b[u\x1b[;u\x1b[;;u\x1b[~\x1b[:;:u",
    "Latin-1": b"\xe4\xf6\xfc\xdf\xe9",
    "lone continuation bytes": b"\x80\xbf\xa4\x81",
    "alt and a key": b"\x1bb\x1br\x1bq\x1bB\x1b[98;3u\x1b[98;3;98u",
}


class Browser:
    """One browser for many tests, as long as it lives."""

    def __init__(self, folder: Path) -> None:
        self.home = folder
        self._terminal: Terminal | None = None

    def terminal(self) -> Terminal:
        if self._terminal is None or not self._terminal.alive():
            environ = {"MUM_TUI_HOME": str(self.home)}
            self._terminal = Terminal(MUM_TUI, environ=environ)
            self._terminal.until(b"bookmark", 20)
            self._terminal.settle(1.5)  # what comes behind the first frame takes long on a busy machine
        return self._terminal

    def close(self) -> None:
        if self._terminal is not None:
            self._terminal.close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    found = Browser(tmp_path_factory.mktemp("browser"))
    yield found
    found.close()


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_no_key_and_no_text(browser: Browser, kind: str) -> None:
    terminal = browser.terminal()
    answer = terminal.press(KINDS[kind], quiet=0.15)
    assert answer.data == b""
    assert terminal.alive()
    if kind.startswith("cut"):
        time.sleep(1.1)
    assert terminal.press(b"j", quiet=0.15, begins=5).frames == 1
    assert terminal.press(b"k", quiet=0.15, begins=5).frames == 1
    assert not (browser.home / "library.json").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_it_types_nothing(browser: Browser, kind: str) -> None:
    terminal = browser.terminal()
    terminal.press(b"/", quiet=0.15)
    answer = terminal.press(KINDS[kind], quiet=0.15)
    if kind in ("Latin-1", "lone continuation bytes"):
        assert "�".encode() in answer.data
    else:
        assert answer.data == b""
    time.sleep(1.1 if kind.startswith("cut") else 0)
    terminal.press(b"\x15", quiet=0.1)
    terminal.press(b"\x1b", quiet=0.15)
    assert terminal.alive()
    assert not (browser.home / "library.json").exists()


@needs_tmux
@pytest.mark.parametrize("kind", [kind for kind, sent in KINDS.items() if sent.isascii()])
def test_it_is_nothing_in_tmux(tmux_browser: object, home: Path, kind: str) -> None:
    tmux = tmux_browser
    before = tmux.screen()  # type: ignore[attr-defined]
    codes = [f"{byte:02x}" for byte in KINDS[kind]]
    tmux.run("send-keys", "-t", "main", "-H", *codes)  # type: ignore[attr-defined]
    time.sleep(1.2 if kind.startswith("cut") else 0.25)
    assert tmux.screen() == before  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def tmux_browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    folder = tmp_path_factory.mktemp("tmux")
    with session(folder, " ".join(MUM_TUI), {"MUM_TUI_HOME": str(folder / "home")}) as tmux:
        tmux.wait_for(f"1 of {COUNT}")
        tmux.wait_for("First public")
        time.sleep(0.5)
        yield tmux
        assert not (folder / "home" / "library.json").exists()


def test_escape_alone_acts_promptly(browser: Browser) -> None:
    terminal = browser.terminal()
    terminal.press(b"/", quiet=0.3)
    terminal.press(b"liver", quiet=0.3)
    assert terminal.press(b"\x1b", quiet=0.3).first_frame < 0.25
    assert terminal.press(b"\x1b", quiet=0.3).first_frame < 0.25


class SlowApp(TerminalDriver):
    """The driver, for an app that takes long for what it is sent."""

    def __init__(self, fileno: int) -> None:
        self.fileno = fileno
        self.exit_event = threading.Event()
        self.sent: list[Message] = []

    def process_message(self, message: Message) -> None:
        self.sent.append(message)

    def _wait_for_app(self) -> None:
        time.sleep(0.03)


def test_a_flood_of_one_key_holds_no_other() -> None:
    """Reads end within a sequence, and the driver then waits for the app: the rest is not late."""
    reading, writing = os.pipe()
    os.write(writing, b"\x1b[B" * 4000)
    os.close(writing)
    driver = SlowApp(reading)
    driver.run_input_thread()
    os.close(reading)
    assert isinstance(driver.sent.pop(), TerminalGone)
    assert Counter(event.key for event in driver.sent if isinstance(event, Key)) == {"down": 4000}


# -- pastes

PASTED = b"\x1b[31mred\x1b[0m\x00 word " * 4400


@pytest.mark.parametrize("times", [1, pytest.param(10, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "opening",
    some([b"/", b"n", b"C", b"#", b"\x10", b"\r/"]),
    ids=some(["filter", "note", "format", "tags", "palette", "reading search"]),
)
def test_a_large_paste_is_over_in_a_moment(home: Path, opening: bytes, times: int) -> None:
    terminal = Terminal(MUM_TUI)
    try:
        terminal.until(b"bookmark", 20)
        terminal.settle()
        terminal.press(opening, quiet=0.4)
        send(terminal, b"\x1b[200~" + PASTED * times + b"\x1b[201~")
        terminal.seen.clear()
        begin = time.monotonic()
        send(terminal, b"\x01" if opening != b"n" else b"zyx")
        end = begin + 5
        while time.monotonic() < end and not terminal.read(0.2):
            pass
        assert time.monotonic() - begin < 4
        assert b"\x1b[31m" not in terminal.seen
        high = next(line for line in Path(f"/proc/{terminal.pid}/status").read_text().splitlines() if "VmHWM" in line)
        assert int(high.split()[1]) < 200_000
        os.kill(terminal.pid, 15)
        assert terminal.ends()
        if opening == b"n":
            (draft,) = (home / "state" / "drafts").glob("*.json")
            text = draft.read_text()
            assert text.count("red word") >= 4000
            assert "\\u0000" not in text
            assert "\\u001b" not in text
    finally:
        terminal.close()


def send(terminal: Terminal, data: bytes) -> None:
    """Write while what comes back is read, as a terminal does."""

    def write() -> None:
        at = 0
        while at < len(data):
            at += os.write(terminal.fd, data[at : at + 1024])

    thread = threading.Thread(target=write, daemon=True)
    thread.start()
    while thread.is_alive():
        terminal.read(0.05)


# -- the size


@pytest.mark.parametrize("exported", some([("50", "12"), ("99999", "99999"), ("-1", "x")]))
def test_the_size_is_the_terminals_and_follows_it(home: Path, exported: tuple[str, str]) -> None:
    terminal = Terminal(MUM_TUI, columns=120, rows=36, environ=dict(zip(("COLUMNS", "LINES"), exported, strict=True)))
    try:
        terminal.until(b"bookmark", 20)
        terminal.settle()
        assert b"\x1b[36;" in terminal.seen
        for columns, rows in ((90, 20), (140, 40), (1, 1), (100, 30)):
            terminal.press(b"\x1b[48;10;20;100;200t\x1b[?2048;1$y")  # made-up reports change nothing
            terminal.seen.clear()
            fcntl.ioctl(terminal.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            terminal.settle()
            cursor_rows = [int(row) for row in re.findall(rb"\x1b\[(\d+);1H", bytes(terminal.seen))]
            assert rows == 1 or max(cursor_rows) == rows
        terminal.press(b"q")
        assert terminal.ends()
    finally:
        terminal.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["dumb", "linux", "vt100", "screen", "xterm-256color", "", "nonsense"])
def test_any_name_of_a_terminal_will_do(home: Path, name: str) -> None:
    terminal = Terminal(MUM_TUI, environ={"TERM": name})
    try:
        terminal.until(b"bookmark", 20)
        terminal.settle()
        assert terminal.press(b"j", quiet=0.4).frames >= 1
        terminal.press(b"q")
        assert terminal.ends()
        assert b"Traceback" not in terminal.seen
    finally:
        terminal.close()


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1, 1), (2, 1), (1, 50), (300, 1), (0, 0), (1000, 300)])
def test_any_size_will_do_from_the_start(home: Path, size: tuple[int, int]) -> None:
    terminal = Terminal(MUM_TUI, columns=size[0], rows=size[1])
    try:
        terminal.until(b"\x1b[?2004h", 20)
        terminal.settle(1.0)
        terminal.press(b"j/liver\r", quiet=0.4)
        terminal.seen.clear()
        fcntl.ioctl(terminal.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        terminal.until(b"liver", 20)
        terminal.press(b"q")
        assert terminal.ends()
    finally:
        terminal.close()


# -- keys before things are ready


OPENING = [
    b"\x10\x1b[6~",
    b"\x10\x1b[6~\x1b[5~\x1b[B\x1b[A\x1b[F\x1b[H",
    b"\x10\r",
    b"C\x1b[6~\x1b[B",
    b"#\x1b[6~zz\x1b[B",
    b"?\x1b[6~\x1b[F",
    b"O\x1b[6~\x1b[B",
    b"a\x1b[6~\x1b[B\x1b[C",
    b"e\x1b[6~",
    b"n\x1b[6~",
    b"R\x1b[6~",
    b"'\x1b[6~\x1b[B",
    b"l\x1b[6~\x1b[B",
    b"  =\x1b[6~\x1b[B",
    b"\t\x1b[6~\t\x1b[6~\t",
]
"""Keys that open something, with others behind them that it must be ready for."""


def _lives_on(terminal: Terminal) -> None:
    assert terminal.alive()
    assert b"Traceback" not in terminal.seen
    assert b"a fault of mum-tui" not in terminal.seen


def test_keys_that_come_before_a_dialog_is_ready_harm_nothing(home: Path) -> None:
    terminal = Terminal(MUM_TUI)
    try:
        terminal.until(b"bookmark", 20)
        terminal.settle(0.25)
        for keys in some(OPENING, 5):
            os.write(terminal.fd, keys)
            terminal.settle(0.25)
            for _ in range(4):
                terminal.press(b"\x1b", quiet=0.12)
            _lives_on(terminal)
    finally:
        terminal.close()


@pytest.mark.parametrize("keys", some([b"".join(OPENING[:3]), b"".join(OPENING[3:9]), b"".join(OPENING[9:])]))
def test_keys_that_come_before_there_is_a_screen_harm_nothing(home: Path, keys: bytes) -> None:
    terminal = Terminal(MUM_TUI)
    try:
        os.write(terminal.fd, keys)
        terminal.until(b"bookmark", 20)
        terminal.settle(0.25)
        for _ in range(5):
            terminal.press(b"\x1b", quiet=0.12)
        _lives_on(terminal)
        terminal.press(b"q", quiet=0.1)
        assert terminal.ends()
    finally:
        terminal.close()


def test_a_command_is_found_and_run_by_what_is_typed_at_once(home: Path) -> None:
    terminal = Terminal(MUM_TUI)
    try:
        terminal.until(b"bookmark", 20)
        terminal.settle()
        os.write(terminal.fd, b"\x10bookm\r")
        deadline = time.monotonic() + 10
        while not (home / "library.json").exists():
            assert time.monotonic() < deadline
            terminal.read(0.1)
        assert len(json.loads((home / "library.json").read_bytes())["entries"]) == 1
    finally:
        terminal.close()


def test_a_tag_is_given_by_what_is_typed_at_once(home: Path) -> None:
    terminal = Terminal(MUM_TUI)
    try:
        terminal.until(b"bookmark", 20)
        terminal.settle()
        os.write(terminal.fd, b"#to-cite\r\x1b")
        deadline = time.monotonic() + 10
        while not (home / "library.json").exists():
            assert time.monotonic() < deadline
            terminal.read(0.1)
        (item,) = json.loads((home / "library.json").read_bytes())["entries"].values()
        assert list(item["tags"]) == ["to-cite"]
    finally:
        terminal.close()


# -- anything at all

RECORDING = """
import os, sys
from mum_tui import cli
from textual.events import Paste
from mum_tui.tui.app import MumApp
from mum_tui.tui.screen.acts import Acts
from tests.examples import some
acts = os.open(sys.argv.pop(1), os.O_WRONLY | os.O_CREAT | os.O_APPEND)

# What ends it or opens other programs; and the list of commands, in which words are acts.
HARMFUL = {
    *("quit", "suspend", "open", "open-link", "copy", "copy-link", "choose-link", "choose-format", "export"),
    "commands",
}

def run(self, action, number=0, run=Acts.run):
    os.write(acts, f"{action.id}{f'-{number}' if action.numbered else ''}\\n".encode())
    return None if action.id in HARMFUL else run(self, action, number)

Acts.run = run

async def act(self, event, act=MumApp._act):
    if isinstance(event, Paste) and event.text.startswith("sign "):
        os.write(acts, f"{event.text}\\n".encode())
        return True
    return await act(self, event)

MumApp._act = act
cli.entry_point()
"""

KEY_BYTES = {
    "slash": b"/",
    "question_mark": b"?",
    "apostrophe": b"'",
    "greater_than_sign": b">",
    "plus": b"+",
    "minus": b"-",
    "space": b" ",
    "asterisk": b"*",
    "equals_sign": b"=",
    "number_sign": b"#",
    "enter": b"\r",
    "tab": b"\t",
    "shift+tab": b"\x1b[Z",
    "backspace": b"\x7f",
    "down": b"\x1b[B",
    "up": b"\x1b[A",
    "left": b"\x1b[D",
    "right": b"\x1b[C",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "pagedown": b"\x1b[6~",
    "pageup": b"\x1b[5~",
    "f1": b"\x1bOP",
    "f2": b"\x1bOQ",
    "f3": b"\x1bOR",
    "vertical_line": b"|",
    "left_square_bracket": b"[",
    "right_square_bracket": b"]",
    "ctrl+d": b"\x04",
    "ctrl+u": b"\x15",
    "ctrl+r": b"\x12",
    "ctrl+z": b"\x1a",
    "ctrl+j": b"\n",
    "semicolon": b";",
    "colon": b":",
    "shift+down": b"\x1b[1;2B",
    "shift+up": b"\x1b[1;2A",
}


def acts_of_keys() -> dict[bytes, set[str]]:
    """For the bytes of each key of the action table, the acts it may be."""
    found: dict[bytes, set[str]] = {}
    for action in ACTIONS:
        for number, key in enumerate(action.keys.split(","), 1):
            if key == "escape":
                continue
            name = f"{action.id}-{number}" if action.numbered else action.id
            found.setdefault(key.encode() if len(key) == 1 else KEY_BYTES[key], set()).add(name)
    return found


PATIENT = {"ESCDELAY": "5000"}
"""What is cut behind its ESC must not become the escape key while this machine is busy."""

ENDS = ("", "\x1b\\", "\x9c")
BEL = "\x07"


def nothing(chance: random.Random) -> bytes:
    """A sequence that is no key, whole or cut; what follows it must begin with ESC."""
    letters = "".join(chance.choices("bqrRoOcyn123 /#lastSU?;:=<>!$'\"~", k=chance.randrange(12)))
    numbers = ";".join(
        str(chance.choice(["", 1, 5, 98, 99999, 10**20, "2:3", ":"])) for _ in range(chance.randrange(5))
    )
    body = chance.choice(
        [
            f"\x1b]{chance.randrange(120)};{letters}{chance.choice((*ENDS, BEL))}",
            f"\x1b{chance.choice('P_^X')}{letters}{chance.choice(ENDS)}",
            f"\x1b[{chance.choice('?>=')}{numbers}{chance.choice('cnyRtuSh')}",
            f"\x1b[{numbers}{chance.choice('ntRcyxg')}",
            f"\x1b[98;{chance.randrange(1, 5)}:3u",
            f"\x1b[{10**9};{numbers}u",
            f"\x1b[{numbers}$",
            "\x1b[",
            "\x1bO",
            f"\x1b({letters[:1] if letters[:1].isalnum() else 'B'}",
            f"\x1b{chance.choice('bqrocyn1237')}",
            "\x1b[<0;99999999;1M",
            "\x1b[201~",
        ]
    )
    sent = body.encode()
    if chance.random() < 0.3:
        sent = sent[: max(2, chance.randrange(len(sent)))]
    if chance.random() < 0.1:
        sent = (
            b"\x1b]2;" + bytes(chance.choices(range(128, 256), k=chance.randrange(8))).replace(b"\x9c", b"") + sent[1:]
        )
    return sent


@pytest.mark.parametrize("count", [3_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_no_sequence_that_is_no_key_ever_does_anything(home: Path, tmp_path: Path, count: int) -> None:
    chance = random.Random(20261129)
    acts = tmp_path / "acts"
    terminal = Terminal([sys.executable, "-c", RECORDING, str(acts)], environ=PATIENT)
    try:
        terminal.until(b"bookmark", 20)
        terminal.settle(1.5)  # what comes behind the first frame takes long on a busy machine
        acts.write_bytes(b"")
        terminal.seen.clear()
        for _ in range(count // 50):
            sent = b"".join(nothing(chance) for _ in range(50))
            while sent:
                size = chance.randrange(1, 200)
                os.write(terminal.fd, sent[:size])
                sent = sent[size:]
            if chance.random() < 0.02:
                time.sleep(0.01)
        time.sleep(1.2)
        os.write(terminal.fd, b"\x1b[0c")  # what has only begun waits for its end, and not for the key
        terminal.settle()
        assert terminal.alive()
        assert acts.read_bytes() == b""
        assert bytes(terminal.seen) == b""
        assert terminal.press(b"j", quiet=0.3).frames == 1
        assert not (home / "library.json").exists()
    finally:
        terminal.close()


@pytest.mark.parametrize("count", [200, pytest.param(100_000, marks=pytest.mark.slow)])
def test_every_act_had_its_key_among_what_was_sent(home: Path, tmp_path: Path, count: int) -> None:
    """Keys between sequences, bytes 128 to 255, cuts and delays: what acts was sent as a key, and it lives."""
    chance = random.Random(20261130)
    possible = acts_of_keys()
    keys = sorted(possible)
    acts = tmp_path / "acts"
    terminal = Terminal([sys.executable, "-c", RECORDING, str(acts)], environ={"EDITOR": "true", **PATIENT})
    try:
        terminal.until(b"bookmark", 20)
        terminal.settle()
        happened = 0
        acted(terminal, acts, 0)
        for number in range(1, count // 40 + 1):
            allowed = {"back"}
            for _ in range(40):
                if chance.random() < 0.15:
                    key = chance.choice(keys)
                    sent = key
                    allowed |= possible[key]
                elif chance.random() < 0.1:
                    sent = bytes(chance.choices(range(160, 256), k=chance.randrange(1, 6))) + b"\x1b[0c"
                else:
                    sent = nothing(chance)
                    # A letter would make an arrow of what has only begun.
                    has_begun = re.search(rb"\x1b[\[O][0-9;:]*$", sent)
                    sent += b"" if chance.random() < 0.5 and not has_begun else b"\x1b\\\x1b[0c"
                cut = chance.randrange(len(sent) + 1)
                for piece in (sent[:cut], sent[cut:]):
                    send_some(terminal, piece)
                    if chance.random() < 0.002:
                        # A single character long after the beginning of a string is what somebody typed.
                        longest = 0.3 if len(sent) - cut == 1 else 1.1
                        time.sleep(chance.choice([0.005, 0.05, 0.15, longest]))
            send_some(terminal, b"\x1b\\\x1b[0c")
            done = acted(terminal, acts, number)
            happened += len(done)
            assert set(done) <= allowed, (set(done) - allowed, allowed)
            for _ in range(3):  # out of whatever was opened; the first of two ESC is the key at once
                send_some(terminal, b"\x1b\x1b[0c")
                terminal.read(0.05)
        assert terminal.alive()
        assert happened > count / 100
        assert b"fault of mum-tui" not in terminal.seen
    finally:
        terminal.close()


def acted(terminal: Terminal, acts: Path, number: int) -> list[str]:
    """The acts since the last sign, once all that was sent before this one has acted."""
    send_some(terminal, f"\x1b[200~sign {number}\x1b[201~".encode())
    deadline = time.monotonic() + 20
    while f"sign {number}\n" not in (text := acts.read_text()):
        assert time.monotonic() < deadline, "it is stuck"
        terminal.read(0.01)
    return text.partition(f"sign {number - 1}\n")[2].splitlines()[:-1]


def send_some(terminal: Terminal, data: bytes) -> None:
    if data:
        os.write(terminal.fd, data)
    while terminal.read(0):
        pass
