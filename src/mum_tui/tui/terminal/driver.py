"""Textual's driver with our own parser of terminal input: bytes → tokens → Textual's events.

The thread that reads ends quietly when the terminal is gone, and reports faults to the app instead of printing them.
"""

from __future__ import annotations

import asyncio
import errno
import os
import select
import signal
import termios
import time
import tty
from contextlib import suppress
from typing import Any

from textual import constants
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

READ_BYTES = 4096
"""A terminal never gives more bytes at a time."""

POLL_SECONDS = 0.1
"""How often the thread checks whether it should end."""

SET_KEYBOARD = "\x1b[=25;1u"
"""Sets what Textual asks of the keyboard protocol once more, without a further entry on the terminal's stack."""

MOST_AHEAD = 256
"""The most events that wait for the app; then reading from the terminal pauses."""


class TerminalGone(Message):
    """The terminal was closed."""


class InputFailed(Message):
    """Reading the terminal raised ``error``."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error


class PasteCut(Message):
    """A pasted text was too long, and cut."""


class TerminalDriver(LinuxDriver):
    """Makes events from keys, pastes, mouse, focus and requested reports, and from nothing else.

    ``typed_before`` has bytes that the terminal sent before the browser took it over; they are parsed first.
    """

    typed_before = b""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.app = app
        self.loop = asyncio.get_running_loop()
        self._is_changing = False
        self._must_start_again = False

    def start_application_mode(self) -> None:
        """Called by Textual to take the terminal, and by each SIGCONT, even if the terminal was never given back."""
        if self._is_changing:  # a signal in the middle of the work below
            self._must_start_again = True
            return
        self._is_changing = self._must_start_again = True
        try:
            while self._must_start_again:
                self._must_start_again = False
                if self._is_reading():
                    # In the loop: the signal may have interrupted a write, which would wait for ever for itself.
                    with suppress(RuntimeError):  # the loop is closed: the app has ended
                        self.loop.call_soon_threadsafe(self._take_again)
                else:
                    super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual does not say
        finally:
            self._is_changing = False

    def stop_application_mode(self) -> None:
        """Called by Textual to give the terminal back, for a while or for good. A SIGCONT meanwhile takes nothing."""
        if not self.app.is_running:
            # For good: Textual's handlers would take the terminal again while the last changes are saved.
            for number in (signal.SIGTSTP, signal.SIGCONT):
                signal.signal(number, signal.SIG_DFL)
        self._is_changing = True
        try:
            super().stop_application_mode()
        except BaseException:
            self.exit_event.set()  # the process would wait for the thread that reads
            raise
        finally:
            self._is_changing = False

    def _is_reading(self) -> bool:
        return self._key_thread is not None and self._key_thread.is_alive()

    def _take_again(self) -> None:
        """Set the modes once more and paint all: whoever stopped the process may have reset the terminal."""
        if not self._is_reading() or self._is_changing:
            return
        with suppress(termios.error):
            settings = termios.tcgetattr(self.fileno)
            settings[tty.LFLAG] = self._patch_lflag(settings[tty.LFLAG])
            settings[tty.IFLAG] = self._patch_iflag(settings[tty.IFLAG])
            settings[tty.CC][termios.VMIN] = 1
            termios.tcsetattr(self.fileno, termios.TCSANOW, settings)
        self.write("\x1b[?1049h\x1b[?25l\x1b[?1004h" + ("" if constants.DISABLE_KITTY_KEY else SET_KEYBOARD))
        self._enable_mouse_support()
        self._enable_bracketed_paste()
        self._disable_line_wrap()
        self.send_message(self.SignalResume())

    def run_input_thread(self) -> None:
        """Called by Textual in a thread, each time it takes over the terminal: read until that is given back."""
        try:
            self._read_on()
        except OSError as error:
            is_closed = error.errno in (errno.EIO, errno.EBADF, errno.ENXIO)
            self.process_message(TerminalGone() if is_closed else InputFailed(error))
        except BaseException as error:
            self.process_message(InputFailed(error))

    def _read_on(self) -> None:
        # Imported here, in the thread, while the app makes its first frame.
        from mum_tui.tui.terminal.events import SYNCHRONISED_OUTPUT, Events
        from mum_tui.tui.terminal.input import TerminalInput
        from mum_tui.tui.terminal.tokens import Paste

        events = Events()
        parser = TerminalInput(constants.ESCAPE_DELAY, {SYNCHRONISED_OUTPUT})
        sent = 0
        while not self.exit_event.is_set():
            now = time.monotonic()
            wait = POLL_SECONDS if parser.deadline is None else min(max(parser.deadline - now, 0), POLL_SECONDS)
            if typed := self._typed_before():
                tokens = parser.feed(typed, now)
            elif select.select([self.fileno], [], [], wait)[0]:
                data = os.read(self.fileno, READ_BYTES)
                if not data:
                    self.process_message(TerminalGone())
                    return
                tokens = parser.feed(data, time.monotonic())
            else:
                tokens = parser.expire(now)  # not a later time: since then, the rest may have come
            for token in tokens:
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
        """What was typed before the browser took over the terminal; only the first call returns it."""
        typed, self.typed_before = self.typed_before, b""
        return typed

    def _wait_for_app(self) -> None:
        """Wait until the app has handled most events, so that a flood of input waits in the terminal, not in memory."""
        while not self.exit_event.is_set():
            counted = asyncio.run_coroutine_threadsafe(_waiting(self.app), self.loop)
            while not counted.done() and not self.exit_event.wait(0.002):
                pass
            if counted.done() and counted.result() < MOST_AHEAD // 2:
                return
            self.exit_event.wait(0.005)


async def _waiting(app: App[Any]) -> int:
    """How many messages wait for the app, its screen and the focused widget."""
    count = app.message_queue_size
    if app.screen_stack:
        count += app.screen.message_queue_size
        count += app.focused.message_queue_size if app.focused else 0
    return count
