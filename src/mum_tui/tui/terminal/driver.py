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
from textual.message import Message

READ_BYTES = 4096
"""A terminal gives no more at a time."""

LOOK_SECONDS = 0.1
"""How often the thread looks whether it shall end."""

MOST_AHEAD = 256
"""So many events may wait for the app before the terminal waits."""


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
    """Keys, pastes, mouse, focus and answers that were asked for become events; nothing else does.

    ``typed_before`` is what the terminal sent before it was taken; it is read first.
    """

    typed_before = b""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.app = app
        self.loop = asyncio.get_running_loop()

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
        # Here, while the app makes its first frame, and not before it.
        from mum_tui.tui.terminal.events import SYNCHRONISED_OUTPUT, Events
        from mum_tui.tui.terminal.input import TerminalInput
        from mum_tui.tui.terminal.keys import Paste

        events = Events()
        parser = TerminalInput(constants.ESCAPE_DELAY, {SYNCHRONISED_OUTPUT})
        sent = 0
        while not self.exit_event.is_set():
            now = time.monotonic()
            wait = LOOK_SECONDS if parser.deadline is None else min(max(parser.deadline - now, 0), LOOK_SECONDS)
            if typed := self._typed_before():
                found = parser.feed(typed, now)
            elif select.select([self.fileno], [], [], wait)[0]:
                data = os.read(self.fileno, READ_BYTES)
                if not data:
                    self.process_message(TerminalGone())
                    return
                found = parser.feed(data, time.monotonic())
            else:
                found = parser.expire(time.monotonic())
            for token in found:
                message = events.of(token)
                if message is not None:
                    self.process_message(message)
                if isinstance(token, Paste) and token.is_cut:
                    self.process_message(PasteCut())
                sent += 1
                if sent >= MOST_AHEAD:
                    sent = 0
                    self._wait_for_app()

    def _typed_before(self) -> bytes:
        """What was typed before the browser took the terminal, once."""
        typed, self.typed_before = self.typed_before, b""
        return typed

    def _wait_for_app(self) -> None:
        """Read on only when most of what was sent has been acted on: a flood waits in the terminal, not in memory."""
        while not self.exit_event.is_set():
            counted = asyncio.run_coroutine_threadsafe(_waiting(self.app), self.loop)
            while not counted.done() and not self.exit_event.wait(0.002):
                pass
            if counted.done() and counted.result() < MOST_AHEAD // 2:
                return
            self.exit_event.wait(0.005)


async def _waiting(app: App[Any]) -> int:
    """How many messages wait for the app and for what has the focus."""
    count = app.message_queue_size
    if app.screen_stack:
        count += app.screen.message_queue_size
        count += app.focused.message_queue_size if app.focused else 0
    return count
