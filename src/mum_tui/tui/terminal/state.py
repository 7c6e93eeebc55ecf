"""Remembers the state of the terminal before the browser takes it over, and restores it without Textual."""

from __future__ import annotations

import os
import select
import sys
from contextlib import suppress
from typing import Any

try:
    import termios
except ImportError:  # Windows
    termios = None  # type: ignore[assignment]  # used only where it is a module

GIVES_BACK = (
    "\x1b[?2026l"  # show what was drawn
    "\x1b[?2004l\x1b[?1004l"  # no reports of pastes and focus
    "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"  # no reports of the mouse
    "\x1b[?7h"  # wrap lines
    "\x1b[<u"  # keys as before
    "\x1b[?1049l\x1b[?25h"  # the former screen, and the cursor
)
"""Undoes the modes that Textual sets."""


class TerminalState:
    """The settings of the terminal on standard input, as they were when this was created."""

    def __init__(self) -> None:
        self._settings: list[Any] | None = None
        if termios is not None:
            with suppress(termios.error, OSError, ValueError):
                self._settings = termios.tcgetattr(_input())

    def restore_settings(self) -> None:
        """Restore the settings only; a terminal that is gone is not an error."""
        if self._settings is not None:
            with suppress(termios.error, OSError, ValueError):
                termios.tcsetattr(_input(), termios.TCSANOW, self._settings)

    def give_back(self) -> None:
        """Restore settings and modes. Waits for at most 0.2 seconds; a terminal that is gone is not an error."""
        self.restore_settings()
        with suppress(OSError, ValueError):
            output = 2 if sys.__stderr__ is None else sys.__stderr__.fileno()
            if select.select([], [output], [], 0.2)[1]:
                os.write(output, GIVES_BACK.encode())


def remember() -> TerminalState:
    """The current state of the terminal."""
    return TerminalState()


def is_there() -> bool:
    """Whether standard input is still a terminal that works."""
    if termios is None:
        return True
    try:
        termios.tcgetattr(_input())
    except (termios.error, OSError, ValueError):
        return False
    return True


def _input() -> int:
    return 0 if sys.__stdin__ is None else sys.__stdin__.fileno()
