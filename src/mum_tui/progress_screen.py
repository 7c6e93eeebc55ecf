"""A screen with the progress of a slow start, shown before the browser. A start of less than a second shows none.

It is drawn without Textual, which would compete with the work for the processor and could not be quit before the work
is done.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import FrameType
from typing import Any

from mum_tui import console

try:
    import termios
    import tty
except ImportError:  # Windows
    termios = None  # type: ignore[assignment]  # used only where it is a module

PATIENCE_SECONDS = 1.0
"""Work that ends within this time shows no screen."""

MOST_TYPED = 1024
"""The most bytes of typed keys that are kept for the browser."""

TICK_SECONDS = 0.1
"""Seconds between two updates of the screen, at which keys are read, too."""

WIDEST = 64
"""The most cells of the progress bar."""

_ENTER = "\x1b[?1049h\x1b[?25l\x1b[2J"
_LEAVE = "\x1b[?25h\x1b[?1049l"
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def lines(what: str, part: float, entries: int, keys: Sequence[str], width: int, height: int) -> list[str]:
    """The screen as at most ``height`` lines of at most ``width`` cells, without colours.

    It shows what is being done, a bar, the percentage, the number of entries and how to quit. ``part`` is from 0 to 1.
    """
    cells = max(min(width - 4, WIDEST), 1)
    part = max(0.0, min(part, 1.0))
    filled = int(cells * part)
    figures = [f"{int(part * 100)} %"] + ([f"{entries:,} entries"] if entries else [])
    block = [what, "━" * filled + "─" * (cells - filled), " · ".join(figures)]
    if height > len(block) + 3:
        block += ["", "This happens once, and again when the catalog changes.", *([f"{keys[0]} quits"] if keys else [])]
    indent = " " * ((width - cells) // 2)
    blank = max((height - len(block)) // 2, 0)
    return [*[""] * blank, *(f"{indent}{line}"[:width] for line in block)][:height]


class Screen:
    """Shows progress, beginning ``PATIENCE_SECONDS`` after it was created.

    A timer's signal interrupts the work, draws, and reads keys. One of ``keys`` ends the program: ``SystemExit`` is
    raised from wherever the work is. Ctrl+c works as always. Other keys are kept in ``typed``.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = keys
        self.typed = b""
        self._state = ("", 0.0, 0)
        self._mode: list[Any] | None = None
        self._is_shown = False
        self._is_busy = False
        self._size = (0, 0)
        self._handlers: dict[int, Any] = {}
        if _can_draw():
            self._handle("SIGALRM", lambda number, frame: self._tick())
            signal.setitimer(signal.ITIMER_REAL, PATIENCE_SECONDS, TICK_SECONDS)

    def update(self, what: str, part: float, entries: int) -> None:
        """Set what is being done, the part of it that is done, from 0 to 1, and the number of entries."""
        self._state = (what, part, entries)

    def close(self) -> None:
        """Give the terminal back."""
        self._is_busy = True  # a last tick on its way would take over the terminal again
        if self._handlers:
            signal.setitimer(signal.ITIMER_REAL, 0)
        self._leave()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._handlers.clear()

    def _handle(self, name: str, handler: Callable[[int, FrameType | None], object]) -> None:
        number = getattr(signal, name)
        self._handlers.setdefault(number, signal.signal(number, handler))

    # -- the terminal

    def _tick(self) -> None:
        if self._is_busy:
            return  # a paused terminal (ctrl+s) blocks the last tick
        self._is_busy = True
        try:
            if not self._is_shown:
                self._enter()
            self._draw()
            if self._is_left():
                sys.exit(console.Exit.DONE)
        finally:
            self._is_busy = False

    def _is_left(self) -> bool:
        """Whether one of the keys was pressed, once or several times. Other keys are kept for the browser."""
        with suppress(OSError):
            if select.select([sys.stdin], [], [], 0)[0]:
                data = os.read(sys.stdin.fileno(), MOST_TYPED)
                self.typed = (self.typed + data)[:MOST_TYPED]
                typed = data.decode(errors="replace")
                return typed != "" and set(typed) <= set(self._keys)
        return False

    def _enter(self) -> None:
        self._handle("SIGINT", signal.default_int_handler)  # so that the terminal is given back
        for name in ("SIGTERM", "SIGHUP", "SIGQUIT"):
            self._handle(name, lambda number, frame: sys.exit(128 + number))
        self._handle("SIGTSTP", lambda number, frame: self._suspend())
        with suppress(termios.error):
            self._mode = termios.tcgetattr(sys.stdin)
            # Keys typed already are not lost; ctrl+c remains a signal.
            tty.setcbreak(sys.stdin, termios.TCSADRAIN)
        self._is_shown, self._size = True, (0, 0)
        console.draw(_ENTER)

    def _leave(self) -> None:
        if self._is_shown:
            self._is_shown = False
            console.draw(_LEAVE)
        if self._mode is not None:
            with suppress(termios.error):
                termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._mode)
            self._mode = None

    def _suspend(self) -> None:
        """Return to the shell; the first tick after ``fg`` shows the screen again."""
        self._is_busy = True
        self._leave()
        os.kill(os.getpid(), signal.SIGSTOP)
        self._is_busy = False

    def _draw(self) -> None:
        with suppress(OSError):
            width, height = os.get_terminal_size(sys.stderr.fileno())
            width, height = width or 80, height or 24  # some terminals report a size of 0
            clear = "\x1b[2J" if (width, height) != self._size else ""
            self._size = (width, height)
            drawn = lines(*self._state, self._keys, width, height)
            first = next(number for number, line in enumerate(drawn) if line)
            for number, line in enumerate(drawn):
                style = _BOLD if number == first else _PLAIN if number == first + 1 else _DIM
                drawn[number] = f"{style}{line}{_PLAIN}\x1b[K"
            console.draw(clear + "\x1b[H" + "\r\n".join(drawn))


def _can_draw() -> bool:
    """Whether there is a terminal, and this is the main thread of a system with timers."""
    has_means = termios is not None and hasattr(signal, "setitimer")
    on_main = threading.current_thread() is threading.main_thread()
    return has_means and on_main and sys.stdin.isatty() and sys.stderr.isatty()
