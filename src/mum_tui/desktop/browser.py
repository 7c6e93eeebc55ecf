"""Opens addresses in a web browser: ``plan`` decides how. No shell is involved."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from mum_tui.desktop import process
from mum_tui.desktop.environment import Environment
from mum_tui.text import why_not_url

TEXT_BROWSERS = frozenset(
    [
        "lynx",
        "w3m",
        "links",
        "links2",
        "elinks",
        "browsh",
        "carbonyl",
        "chawan",
        "cha",
        "www-browser",
        "edbrowse",
        "offpunk",
    ]
)
"""Browsers that run in the terminal."""


class Window(Struct, frozen=True):
    """Start ``command``, which opens its own window."""

    command: tuple[str, ...]


class InTerminal(Struct, frozen=True):
    """Run ``command`` in the terminal until it ends."""

    command: tuple[str, ...]


class Show(Struct, frozen=True):
    """Start nothing, only show the address; ``reason`` says why."""

    reason: str


Plan = Window | InTerminal | Show


class Opened(Struct, frozen=True):
    """A browser was started and did not fail; whether the page appeared is unknown."""

    url: str


class NotOpened(Struct, frozen=True):
    """No browser could be started, or it failed; ``reason`` says why."""

    url: str
    reason: str


def plan(url: str, environment: Environment, configured: str = "", environ: Mapping[str, str] = os.environ) -> Plan:
    """How to open ``url``: with the configured browser, else with ``$BROWSER``, else with the system's.

    Over SSH, or without a display, nothing is started unless a browser is configured or in ``$BROWSER``.
    """
    if reason := why_not_url(url):
        return Show(f"this address {reason if reason.startswith('contains') else 'is ' + reason}: it is not opened")
    path = environ.get("PATH", os.defpath)
    if configured:
        return _named(configured, url, path) or Show(f"the configured browser was not found: {configured}")
    for command in filter(None, environ.get("BROWSER", "").split(os.pathsep)):
        if named := _named(command, url, path):
            return named
    if environment.ssh:
        return Show("this is a remote shell: open the address on your own machine")
    return _system(url, environment, path)


def _named(command: str, url: str, path: str) -> Window | InTerminal | None:
    """A browser that the user named; ``%s`` or ``{url}`` stands for the address, which otherwise comes last."""
    try:
        words = shlex.split(command)
    except ValueError:
        return None
    if words[-1:] == ["&"]:
        words.pop()  # it means "in the background", where every browser runs anyway
    program = shutil.which(words[0], path=path) if words else None
    if program is None:
        return None
    filled = [re.sub(r"%s|\{url\}", lambda _: url, word) for word in words[1:]]
    arguments = filled if filled != words[1:] else [*filled, url]
    name = Path(words[0]).name
    kind = InTerminal if name in TEXT_BROWSERS else Window
    return kind((program, *arguments))


def _system(url: str, environment: Environment, path: str) -> Plan:
    if environment.system == "darwin":
        return Window(("open", url))
    if environment.system == "win32":
        return Window(("explorer.exe", url))
    if environment.wsl:
        for name in ("wslview", "explorer.exe"):
            if program := shutil.which(name, path=path):
                return Window((program, url))
    if not environment.display:
        return Show("there is no display here: open the address on your own machine")
    for name in ("xdg-open", "gio"):
        if program := shutil.which(name, path=path):
            return Window((program, "open", url) if name == "gio" else (program, url))
    return Show("no browser was found (set browser in config.toml)")


def open_window(url: str, window: Window) -> Opened | NotOpened:
    """Start the browser of a plan; waits up to 1.5 seconds to see whether it fails. Never raises."""
    try:
        status = process.launch(window.command)
    except (OSError, ValueError) as error:
        return NotOpened(url, f"{Path(window.command[0]).name} cannot be started: {getattr(error, 'strerror', error)}")
    # explorer.exe returns 1 although it opened the page.
    if status and Path(window.command[0]).name != "explorer.exe":
        return NotOpened(url, f"{Path(window.command[0]).name} failed with status {status}")
    return Opened(url)
