"""Copies text, and tells truthfully whether that worked.

It tries in order: the desktop's clipboard (verified by reading it back), tmux's buffer (verified likewise; tmux passes
it on to the terminal), the terminal by OSC 52 (which cannot be verified), a file.
"""

from __future__ import annotations

import base64
import sys
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from mum_tui.desktop import process
from mum_tui.desktop.environment import Environment
from mum_tui.storage import files

OSC52_LIMIT = 74_994
"""The most base64 characters sent to a terminal; the lowest known limit is 100,000 for the whole sequence."""

Send = Callable[[str], None]


class Copied(Struct, frozen=True):
    """The outcome of copying: where the text went (``via``), whether that was verified, and the file that has it."""

    via: str
    verified: bool
    file: str = ""

    def words(self, what: str) -> str:
        """The notice for the user; ``what`` names the text: ``BibTeX (312 characters)``."""
        if self.via == "tmux":
            return f"Copied {what} to tmux (prefix ] pastes it) and sent it to your terminal"
        if self.via == "tmux buffer":
            return f"Copied {what} to tmux (prefix ] pastes it)"
        if self.verified:
            return f"Copied {what}"
        if self.via == "terminal":
            where = f" or see {self.file}" if self.file else ""
            return f"Sent {what} to your terminal. If paste is empty: v shows it{where}"
        if self.via == "page":
            return f"Sent {what} to your browser's clipboard. If paste is empty: v shows it"
        if self.file:
            return f"No clipboard here: {what} saved to {self.file}; v shows it"
        return f"No clipboard here, and no file could be written: v shows {what}"


def copy(
    text: str,
    environment: Environment,
    way: str = "auto",
    send: Send | None = None,
    file: Path | None = None,
) -> Copied:
    """Copy ``text`` by the first way that works. Never raises; takes up to a few seconds.

    Args:
        text: the text to copy; no line feed is added.
        environment: the environment of the process.
        way: ``auto``, or ``native``, ``tmux``, ``osc52`` or ``file`` to try only that one before the file.
        send: writes the OSC 52 sequence for a text to the terminal; None without a terminal.
        file: the file to store the text in if no way could be verified.
    """
    for name in _order(environment) if way == "auto" else (way,):
        if name == "native" and native(text):
            return Copied("clipboard", verified=True)
        if name == "tmux" and (via := tmux(text)):
            return Copied(via, verified=True)
        if name == "osc52" and send and fits_osc52(text):
            send(text)
            return Copied("terminal", verified=False, file=_stored(text, file))
    return Copied("file", verified=False, file=_stored(text, file))


def _order(environment: Environment) -> tuple[str, ...]:
    ways = ["native"] if environment.native else []
    if environment.tmux:
        ways.append("tmux")
    ways.append("osc52")
    # The clipboard of a forwarded display may not be that of the screen in front of the user: try it last.
    if environment.ssh and environment.display:
        ways.append("native")
    return tuple(ways)


def native(text: str) -> bool:
    """Copy with the desktop's tool, in a child process that verifies it; returns whether that worked."""
    return process.feed([sys.executable, "-I", "-m", "mum_tui.desktop.native_copy"], text, seconds=3)


def tmux(text: str) -> str:
    """Load tmux's buffer and read it back; returns where the text went, empty if that fails.

    ``tmux`` means that tmux also passed it on to the terminal (``-w``, since 3.2), ``tmux buffer`` that it did not.
    """
    octets = text.encode(errors="replace")
    for command, via in ((["load-buffer", "-w", "-"], "tmux"), (["load-buffer", "-"], "tmux buffer")):
        if process.feed(["tmux", *command], text) and process.output(["tmux", "save-buffer", "-"]) == octets:
            return via
    return ""


def fits_osc52(text: str) -> bool:
    """Whether every known terminal accepts a text of this length."""
    return len(base64.b64encode(text.encode(errors="replace"))) <= OSC52_LIMIT


def _stored(text: str, file: Path | None) -> str:
    """Store a text in a file; returns its path, empty if that fails."""
    if file is None:
        return ""
    try:
        files.write_atomically(file, text.encode(errors="replace"))
    except OSError:
        return ""
    return str(file)
