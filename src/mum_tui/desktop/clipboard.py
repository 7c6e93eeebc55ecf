"""Copying text so that what we say about it is true.

In order: the desktop's own clipboard (verified by reading it back), tmux's buffer (verified likewise; tmux
passes it on to the terminal), the terminal itself by OSC 52 (nobody answers), a file.
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
"""Most base64 octets sent to a terminal; the tightest limit known is 100,000 for the whole sequence."""

Send = Callable[[str], None]


class Copied(Struct, frozen=True):
    """The outcome of copying: where the text went (``via``), whether that was verified, and the file that holds it."""

    via: str
    verified: bool
    file: str = ""

    def words(self, what: str) -> str:
        """What to tell the user; ``what`` names the text ("BibTeX (312 characters)")."""
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
        text: what to copy, unchanged: no line feed is added.
        environment: where we run.
        way: ``auto``, or one of ``native``, ``tmux``, ``osc52``, ``file`` to try only that before the file.
        send: writes an OSC 52 sequence for a text to the terminal; None where there is no terminal.
        file: where to keep the text when no way could be verified.
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
    # A forwarded display is somebody's clipboard, though not surely the one in front of the user: last.
    if environment.ssh and environment.display:
        ways.append("native")
    return tuple(ways)


def native(text: str) -> bool:
    """Copy with the desktop's tool, in a child that reads the clipboard back and compares."""
    return process.feed([sys.executable, "-I", "-m", "mum_tui.desktop.native_copy"], text)


def tmux(text: str) -> str:
    """Load tmux's buffer and read it back; an empty string if that fails.

    ``tmux`` when tmux told the terminal too (``-w``, since 3.2), else ``tmux buffer``.
    """
    octets = text.encode(errors="replace")
    for command, via in ((["load-buffer", "-w", "-"], "tmux"), (["load-buffer", "-"], "tmux buffer")):
        if process.feed(["tmux", *command], text) and process.output(["tmux", "save-buffer", "-"]) == octets:
            return via
    return ""


def fits_osc52(text: str) -> bool:
    """Whether every terminal we know of takes a text of this length."""
    return len(base64.b64encode(text.encode(errors="replace"))) <= OSC52_LIMIT


def _stored(text: str, file: Path | None) -> str:
    """The file a text was written to; empty where it could not be."""
    if file is None:
        return ""
    try:
        files.write_atomically(file, text.encode(errors="replace"))
    except OSError:
        return ""
    return str(file)
