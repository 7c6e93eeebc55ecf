"""How the terminal was before the browser took it, and giving it back without anybody's help."""

from __future__ import annotations

import os
import select
import sys
from contextlib import suppress
from typing import Any

try:
    import termios
except ImportError:  # Windows
    termios = None  # type: ignore[assignment]  # only looked at where it is a module

GIVES_BACK = (
    "\x1b[?2026l"  # show what was drawn
    "\x1b[?2004l\x1b[?1004l"  # no reports of pastes and of the focus
    "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"  # nor of the mouse
    "\x1b[?7h"  # wrap lines
    "\x1b[<u"  # keys as before
    "\x1b[?1049l\x1b[?25h"  # the screen that was there, and its cursor
)
"""Undoes what Textual asks of a terminal."""


class TerminalState:
    """The settings of the terminal that standard input is, as they were when this was made."""

    def __init__(self) -> None:
        self._settings: list[Any] | None = None
        if termios is not None:
            with suppress(termios.error, OSError, ValueError):
                self._settings = termios.tcgetattr(_input())

    def give_back(self) -> None:
        """Restore settings and modes; nothing is waited for, and a terminal that is gone is no error."""
        with suppress(OSError, ValueError):
            if self._settings is not None:
                with suppress(termios.error):
                    termios.tcsetattr(_input(), termios.TCSANOW, self._settings)
            output = 2 if sys.__stderr__ is None else sys.__stderr__.fileno()
            if select.select([], [output], [], 0.2)[1]:
                os.write(output, GIVES_BACK.encode())


def remember() -> TerminalState:
    """The terminal as it is now."""
    return TerminalState()


def is_there() -> bool:
    """Whether standard input still is a terminal that answers."""
    if termios is None:
        return True
    try:
        termios.tcgetattr(_input())
    except (termios.error, OSError, ValueError):
        return False
    return True


def _input() -> int:
    return 0 if sys.__stdin__ is None else sys.__stdin__.fileno()
