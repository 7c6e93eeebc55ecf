"""Textual's driver with our own reading of the terminal: bytes → tokens → Textual's events.

The thread that reads ends quietly when the terminal is gone, and tells the app of any fault instead of printing it.
"""

from __future__ import annotations

import asyncio
import errno
import os
import select
import time
from typing import Any

from textual import constants
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.events import (
    AppBlur,
    AppFocus,
    Key,
    MouseDown,
    MouseEvent,
    MouseMove,
    MouseScrollDown,
    MouseScrollLeft,
    MouseScrollRight,
    MouseScrollUp,
    MouseUp,
    Paste,
)
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from mum_tui.tui.terminal import keys as tokens
from mum_tui.tui.terminal.input import TerminalInput

SYNCHRONISED_OUTPUT = 2026
"""The one DEC mode of which the answer is taken. Textual also asks for 2048, reports of the window's size: these would
replace the signal for it, and one that is lost or made up would leave the screen at a wrong size.
"""

READ_BYTES = 4096
"""A terminal gives no more at a time."""

LOOK_SECONDS = 0.1
"""How often the thread looks whether it shall end."""

MOST_AHEAD = 256
"""So many events may wait for the app before the terminal waits."""

_SCROLLS = (MouseScrollUp, MouseScrollDown, MouseScrollLeft, MouseScrollRight)


class TerminalGone(Message):
    """The terminal was closed; nothing can be read from it any more."""


class InputFailed(Message):
    """Reading the terminal raised ``error``."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class PasteCut(Message):
    """A pasted text was longer than what is taken of one."""


class TerminalDriver(LinuxDriver):
    """Keys, pastes, mouse, focus and answers that were asked for become events; nothing else does."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.app = app
        self.loop = asyncio.get_running_loop()
        self._mouse_at = (0, 0)

    def run_input_thread(self) -> None:
        """Called by Textual in a thread, each time the terminal is taken: read it until it is given back."""
        try:
            self._read_on()
        except OSError as error:
            gone = error.errno in (errno.EIO, errno.EBADF, errno.ENXIO)
            self.process_message(TerminalGone() if gone else InputFailed(error))
        except Exception as error:
            self.process_message(InputFailed(error))

    def _read_on(self) -> None:
        parser = TerminalInput(constants.ESCAPE_DELAY, {SYNCHRONISED_OUTPUT})
        sent = 0
        while not self.exit_event.is_set():
            now = time.monotonic()
            wait = LOOK_SECONDS if parser.deadline is None else min(max(parser.deadline - now, 0), LOOK_SECONDS)
            if select.select([self.fileno], [], [], wait)[0]:
                data = os.read(self.fileno, READ_BYTES)
                if not data:
                    self.process_message(TerminalGone())
                    return
                found = parser.feed(data, time.monotonic())
            else:
                found = parser.expire(time.monotonic())
            for token in found:
                for message in self._messages(token):
                    self.process_message(message)
                sent += 1
                if sent >= MOST_AHEAD:
                    sent = 0
                    self._wait_for_app()

    def _wait_for_app(self) -> None:
        """Read on only when most of what was sent has been acted on: a flood waits in the terminal, not in memory."""
        while not self.exit_event.is_set():
            counted = asyncio.run_coroutine_threadsafe(_waiting(self.app), self.loop)
            while not counted.done() and not self.exit_event.wait(0.002):
                pass
            if counted.done() and counted.result() < MOST_AHEAD // 2:
                return
            self.exit_event.wait(0.005)

    def _messages(self, token: tokens.Token) -> list[Any]:
        """A token as Textual's events."""
        match token:
            case tokens.Key(name, character):
                return [Key(name, character)]
            case tokens.Paste(text, is_cut):
                return [Paste(text), *([PasteCut()] if is_cut else [])]
            case tokens.Mouse():
                return [self._mouse_event(token)]
            case tokens.Focus(is_gained):
                return [AppFocus() if is_gained else AppBlur()]
            case tokens.ModeReport(mode, setting):
                return [TerminalSupportsSynchronizedOutput()] if mode == SYNCHRONISED_OUTPUT and setting else []

    def _mouse_event(self, token: tokens.Mouse) -> MouseEvent:
        """A mouse report in XTerm's numbers: 3 bits for the button, 4 shift, 8 meta, 16 ctrl, 32 moved, 64 wheel."""
        code, x, y = token.code, token.x, token.y
        before = self._mouse_at
        self._mouse_at = (x, y)
        button = (code + 1) & 3
        kind: type[MouseEvent]
        if code & 64:
            kind, button = _SCROLLS[code & 3], 0
        elif code & 32 or not button:
            kind = MouseMove
        else:
            kind = MouseUp if token.is_release else MouseDown
        held = (bool(code & 4), bool(code & 8), bool(code & 16))
        return kind(None, x, y, x - before[0], y - before[1], button, *held, screen_x=x, screen_y=y)


async def _waiting(app: App[Any]) -> int:
    """How many messages wait for the app and for what has the focus."""
    count = app.message_queue_size
    if app.screen_stack:
        count += app.screen.message_queue_size
        count += app.focused.message_queue_size if app.focused else 0
    return count
