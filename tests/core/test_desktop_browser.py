"""Opening addresses: only web addresses, only where a window can appear, never on our terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.desktop.browser import (
    TEXT_BROWSERS,
    InTerminal,
    NotOpened,
    Opened,
    Plan,
    Show,
    Window,
    open_window,
    plan,
)
from mum_tui.desktop.environment import Environment
from tests.examples import examples

URL = "https://example.org/a?b=c&d=%20e#f"

DESKTOP = Environment(ssh=False, tmux=False, display=True, wsl=False, system="linux")
CONSOLE = DESKTOP._replace(display=False)
REMOTE = DESKTOP._replace(ssh=True)
REMOTE_CONSOLE = CONSOLE._replace(ssh=True)
WSL = CONSOLE._replace(wsl=True)
WSLG = DESKTOP._replace(wsl=True)
MAC = CONSOLE._replace(system="darwin")
WINDOWS = CONSOLE._replace(system="win32")

NO_DISPLAY = Show("there is no display here: open the address on your own machine")
NOT_FOUND = Show("no browser was found (set browser in config.toml)")
OVER_SSH = Show("this is a remote shell: open the address on your own machine")


class Machine:
    """A folder of programs that is the whole PATH."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "bin"
        self.folder.mkdir()
        self.notes = folder / "notes"
        self.pid = folder / "pid"

    def program(self, name: str, script: str = "exit 0", shebang: str = "#!/bin/sh", mode: int = 0o755) -> str:
        """Install a shell script; its path. ``$NOTES`` and ``$PID`` are files for it to write to."""
        path = self.folder / name
        path.write_text(f"{shebang}\nNOTES='{self.notes}'\nPID='{self.pid}'\n{script}\n")
        path.chmod(mode)
        return str(path)

    def plan(self, where: Environment, configured: str = "", browser: str = "", url: str = URL) -> Plan:
        return plan(url, where, configured, {"PATH": str(self.folder), "BROWSER": browser})


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path)
    yield machine
    with suppress(OSError, ValueError):
        os.kill(int(machine.pid.read_text()), signal.SIGKILL)


# -- where a browser is started


@pytest.mark.parametrize(
    ("where", "installed", "expected"),
    [
        (DESKTOP, "xdg-open gio", ["xdg-open", URL]),
        (DESKTOP, "gio", ["gio", "open", URL]),
        (DESKTOP, "lynx w3m www-browser", NOT_FOUND),
        (DESKTOP, "", NOT_FOUND),
        (CONSOLE, "xdg-open gio lynx", NO_DISPLAY),
        (REMOTE, "xdg-open gio lynx", OVER_SSH),
        (REMOTE_CONSOLE, "xdg-open lynx", OVER_SSH),
        (REMOTE._replace(system="darwin"), "open", OVER_SSH),
        (REMOTE._replace(wsl=True), "wslview", OVER_SSH),
        (WSL, "wslview explorer.exe xdg-open", ["wslview", URL]),
        (WSL, "explorer.exe xdg-open", ["explorer.exe", URL]),
        (WSL, "xdg-open", NO_DISPLAY),
        (WSLG, "xdg-open", ["xdg-open", URL]),
    ],
)
def test_the_systems_way_is_taken_where_a_window_can_appear(
    machine: Machine, where: Environment, installed: str, expected: list[str] | Show
) -> None:
    for name in installed.split():
        machine.program(name)
    if isinstance(expected, list):
        assert machine.plan(where) == Window((str(machine.folder / expected[0]), *expected[1:]))
    else:
        assert machine.plan(where) == expected


def test_mac_and_windows_have_a_program_for_it(machine: Machine) -> None:
    assert machine.plan(MAC) == Window(("open", URL))
    assert machine.plan(WINDOWS) == Window(("explorer.exe", URL))


# -- a browser the user named

NAMED = [
    ("firefox", ["firefox", URL]),
    ("firefox --new-window", ["firefox", "--new-window", URL]),
    ("firefox %s", ["firefox", URL]),
    ("firefox --url=%s --new", ["firefox", f"--url={URL}", "--new"]),
    ("firefox {url} -p", ["firefox", URL, "-p"]),
    ("firefox '--title=a b' \"{url}\"", ["firefox", "--title=a b", URL]),
    ("  firefox  ", ["firefox", URL]),
]


@pytest.mark.parametrize("where", [DESKTOP, CONSOLE, REMOTE, REMOTE_CONSOLE, WSL, MAC])
@pytest.mark.parametrize(("command", "argv"), NAMED)
def test_a_named_browser_is_used_everywhere(
    machine: Machine, where: Environment, command: str, argv: list[str]
) -> None:
    for name in ("firefox", "other", "xdg-open", "wslview"):
        machine.program(name)
    expected = Window((str(machine.folder / argv[0]), *argv[1:]))
    assert machine.plan(where, configured=command) == expected
    assert machine.plan(where, browser=command) == expected
    assert machine.plan(where, configured=command, browser="other") == expected


@pytest.mark.parametrize(
    ("browser", "expected"),
    [
        ("missing:firefox:other", "firefox"),
        ("other:firefox", "other"),
        (":::firefox", "firefox"),
        ("firefox 'unbalanced:other", "other"),
        ("missing --x %s:firefox", "firefox"),
        ("not-executable:firefox", "firefox"),
        ("missing:missing2", "xdg-open"),
        ("", "xdg-open"),
        (" : ", "xdg-open"),
    ],
)
def test_of_several_browsers_the_first_that_is_there_is_used(machine: Machine, browser: str, expected: str) -> None:
    for name in ("firefox", "other", "xdg-open"):
        machine.program(name)
    machine.program("not-executable", mode=0o644)
    assert machine.plan(DESKTOP, browser=browser) == Window((str(machine.folder / expected), URL))


@pytest.mark.parametrize("browser", ["missing", "missing:missing2", "'"])
def test_browsers_that_are_missing_start_nothing_over_ssh(machine: Machine, browser: str) -> None:
    machine.program("xdg-open")
    assert machine.plan(REMOTE, browser=browser) == OVER_SSH


@pytest.mark.parametrize("configured", ["missing", "missing {url}", "'unbalanced", " ", "/no/such/browser"])
def test_a_configured_browser_that_is_missing_is_said_and_no_other_is_used(machine: Machine, configured: str) -> None:
    machine.program("xdg-open")
    machine.program("firefox")
    found = machine.plan(DESKTOP, configured=configured, browser="firefox")
    assert found == Show(f"the configured browser was not found: {configured}")


@pytest.mark.parametrize("name", sorted(TEXT_BROWSERS))
@pytest.mark.parametrize("where", [DESKTOP, CONSOLE, REMOTE])
def test_a_text_browser_gets_the_terminal(machine: Machine, where: Environment, name: str) -> None:
    path = machine.program(name)
    assert machine.plan(where, configured=name) == InTerminal((path, URL))
    assert machine.plan(where, configured=f"{path} -x %s") == InTerminal((path, "-x", URL))
    assert machine.plan(where, browser=f"missing:{name}") == InTerminal((path, URL))


@pytest.mark.parametrize("url", ["https://example.org/%s", "https://example.org/{url}", "https://x.org/{url}%s"])
@pytest.mark.parametrize("command", ["firefox", "firefox %s", "firefox {url}", "firefox -a%s{url}"])
def test_an_address_that_looks_like_a_place_for_one_is_passed_as_it_is(
    machine: Machine, command: str, url: str
) -> None:
    machine.program("firefox")
    found = machine.plan(DESKTOP, configured=command, url=url)
    assert isinstance(found, Window)
    assert found.command[1:] == ((f"-a{url}{url}",) if "-a" in command else (url,))


# -- what is refused


@pytest.mark.parametrize("where", [DESKTOP, MAC, WINDOWS, WSL, REMOTE])
@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("javascript:alert(1)", "is not an http:// or https:// address"),
        ("file:///etc/passwd", "is not an http:// or https:// address"),
        ("ftp://example.org/", "is not an http:// or https:// address"),
        ("data:text/html,x", "is not an http:// or https:// address"),
        ("--version", "is not an http:// or https:// address"),
        ("-h", "is not an http:// or https:// address"),
        ("", "is not an http:// or https:// address"),
        ("example.org", "is not an http:// or https:// address"),
        ("https://", "is not an http:// or https:// address"),
        ("https:///path", "is not an http:// or https:// address"),
        ("https:\\\\example.org", "is not an http:// or https:// address"),
        ("/etc/passwd", "is not an http:// or https:// address"),
        ("https://example.org/a b", "contains white space"),
        (" https://example.org/", "contains white space"),
        ("https://example.org/\n", "contains white space"),
        ("https://example.org/\t", "contains white space"),
        ("https://example.org/\u00a0", "contains white space"),
        ("https://example.org/\u3000x", "contains white space"),
        ("https://example.org/\x1b[2J", "contains control characters"),
        ("https://example.org/\0", "contains control characters"),
        ("https://example.org/\r", "contains control characters"),
        ("https://example.org/\x9b", "contains control characters"),
        ("https://example.org/\u202egpj.exe", "contains control characters"),
        ("https://example.org/\u2028", "contains control characters"),
        ("https://example.org/\udc80", "contains control characters"),
    ],
)
def test_what_is_no_web_address_is_not_opened(machine: Machine, where: Environment, url: str, why: str) -> None:
    for name in ("firefox", "xdg-open", "wslview"):
        machine.program(name)
    expected = Show(f"this address {why}: it is not opened")
    assert machine.plan(where, url=url) == expected
    assert machine.plan(where, configured="firefox %s", url=url) == expected
    assert machine.plan(where, browser="firefox", url=url) == expected


@examples(100)
@given(st.text() | st.text("htps:/-.%a \n\x1b{}url", max_size=20).map(lambda text: f"https://{text}"))
def test_only_a_web_address_of_one_word_ever_becomes_an_argument(url: str) -> None:
    found = plan(url, DESKTOP, f"{sys.executable} {{url}}", {"PATH": ""})
    if not isinstance(found, Show):
        assert found == Window((sys.executable, url))
        assert url.lower().startswith(("http://", "https://"))
        assert url.isprintable()
        assert len(url.split()) == 1


def test_shell_syntax_is_only_text(machine: Machine) -> None:
    machine.program("firefox", 'printf %s "$1" >"$NOTES"; exit 0')
    url = f"https://example.org/$(touch${{IFS}}{machine.pid})`id`;'\"&|>x*"
    found = machine.plan(DESKTOP, configured="firefox", url=url)
    assert isinstance(found, Window)
    assert open_window(url, found) == Opened(url)
    assert machine.notes.read_text() == url
    assert not machine.pid.exists()


# -- starting it


@pytest.mark.parametrize("status", [1, 2, 3, 4, 127])
def test_a_browser_that_fails_opened_nothing(machine: Machine, capfd: pytest.CaptureFixture[str], status: int) -> None:
    command = machine.program("xdg-open", f"echo no browser; echo no browser >&2; exit {status}")
    outcome = open_window(URL, Window((command, URL)))
    assert outcome == NotOpened(URL, f"xdg-open failed with status {status}")
    assert capfd.readouterr() == ("", "")


def test_a_browser_that_is_killed_opened_nothing(machine: Machine) -> None:
    command = machine.program("firefox", "kill -9 $$")
    assert isinstance(open_window(URL, Window((command, URL))), NotOpened)


def test_a_browser_that_ends_well_opened_it(machine: Machine) -> None:
    command = machine.program("xdg-open", 'printf %s "$*" >"$NOTES"')
    start = time.monotonic()
    assert open_window(URL, Window((command, URL))) == Opened(URL)
    assert time.monotonic() - start < 1
    assert machine.notes.read_text() == URL


def test_the_status_of_explorer_says_nothing(machine: Machine) -> None:
    command = machine.program("explorer.exe", "exit 1")
    assert open_window(URL, Window((command, URL))) == Opened(URL)


def test_a_browser_that_stays_is_left_alone(machine: Machine, capfd: pytest.CaptureFixture[str]) -> None:
    command = machine.program("firefox", 'echo $$ >"$PID"; echo noise; echo noise >&2; exec sleep 60')
    start = time.monotonic()
    assert open_window(URL, Window((command, URL))) == Opened(URL)
    assert 1 < time.monotonic() - start < 2.5
    os.kill(int(machine.pid.read_text()), 0)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (("/no/such/firefox", URL), "firefox cannot be started: No such file or directory"),
        (("/", URL), " cannot be started: Permission denied"),
        (("firefox\0", URL), "embedded null byte"),
        (("firefox", "https://a\0"), "embedded null byte"),
    ],
)
def test_a_browser_that_cannot_be_started_opened_nothing(command: tuple[str, ...], reason: str) -> None:
    outcome = open_window(URL, Window(command))
    assert isinstance(outcome, NotOpened)
    assert outcome.url == URL
    assert reason in outcome.reason


def test_a_browser_that_cannot_be_executed_opened_nothing(machine: Machine) -> None:
    closed = machine.program("firefox", mode=0o644)
    assert open_window(URL, Window((closed, URL))) == NotOpened(URL, "firefox cannot be started: Permission denied")
    garbage = machine.program("chrome", shebang="\x7fnot an executable")
    assert open_window(URL, Window((garbage, URL))) == NotOpened(URL, "chrome cannot be started: Exec format error")
    orphan = machine.program("links", shebang="#!/no/such/interpreter")
    assert isinstance(open_window(URL, Window((orphan, URL))), NotOpened)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="what a process has open is asked of /proc")
def test_a_browser_has_nothing_of_our_terminal(machine: Machine) -> None:
    script = """
open=$(for number in /proc/$$/fd/*; do echo "${number##*/} $(readlink "$number")"; done)
echo "$open" >"$NOTES"
echo noise; echo noise >&2
(echo drawn >/dev/tty) 2>/dev/null && echo has a terminal >>"$NOTES"
read -r key && echo "read a key" >>"$NOTES"
exit 0
"""
    command = machine.program("firefox", script)
    code = """
import os, sys
from mum_tui.desktop.browser import Opened, Window, open_window
os.set_inheritable(os.dup(1), True)  # as a careless library might
assert open_window("https://example.org", Window((sys.argv[1], "https://example.org"))) == Opened("https://example.org")
"""
    controller, terminal = pty.openpty()
    name = os.ttyname(terminal)
    try:
        os.write(controller, b"key\n")
        child = subprocess.Popen(
            [sys.executable, "-c", code, command],
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        assert child.wait(20) == 0, os.read(controller, 10_000).decode()
        os.set_blocking(controller, False)
        # All there is on the terminal is the echo of the key, which nobody read.
        assert os.read(controller, 10_000) == b"key\r\n"
    finally:
        os.close(terminal)
        os.close(controller)
    opened = dict(line.split(" ", 1) for line in machine.notes.read_text().splitlines())
    assert [opened.pop(number) for number in "012"] == ["/dev/null"] * 3
    # The rest is the script itself and the pipe of its own command substitution.
    assert not [target for target in opened.values() if target.startswith(("/dev/pt", name))]
    assert "has" not in opened
    assert "read" not in opened
