"""The ways in which the browser ends without being left: signals, a terminal that goes away, faults of its own.

In each of them what is unsaved is saved, the terminal is given back, and the exit status tells which one it was.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from textual.app import App
from textual.worker import WorkerFailed

from mum_tui import console
from mum_tui.patience import finishes
from mum_tui.tui.terminal import state

LEAVE_SECONDS = 0.8
"""How long Textual may take to end when the user leaves; what is saved after that takes up to two seconds more."""

GIVE_UP_SECONDS = 3.0
"""How long the terminal may take to be given back."""

TELL_SECONDS = 1.0
"""How long the terminal and the log may then take to be told of a fault."""

SAVE_SECONDS = 3.0
"""How long saving may take after that."""

SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")

HANG_UP = 129
"""The status of a program whose terminal is gone."""


class Endings:
    """Watches over an app.

    Args:
        app: it is told to exit, with a status.
        keep: stores what is only on the screen, as the note that is being written.
        leave: saves everything else.
    """

    def __init__(self, app: App[Any], keep: Callable[[], object], leave: Callable[[], object]) -> None:
        self._app = app
        self._keep = keep
        self._leave = leave
        self._state = state.remember()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._patience: threading.Timer | None = None
        self.faults: list[BaseException] = []

    def watch(self) -> None:
        """From now on; called in the app's event loop."""
        self._loop = loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._callback_failed)
        threading.excepthook = self._thread_failed
        for name in SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                with suppress(NotImplementedError, RuntimeError):
                    loop.add_signal_handler(number, self.end, 128 + number)

    def give_up_later(self, status: int) -> None:
        """The app is about to end; a thread that waits for a disk may keep it from that."""
        if self._loop is not None:
            self._wait_no_longer(status, seconds=LEAVE_SECONDS)

    def over(self) -> None:
        """The app has ended by itself."""
        if self._patience is not None:
            self._patience.cancel()

    def close(self) -> None:
        """The app is over, and everything was saved."""
        threading.excepthook = threading.__excepthook__
        self.over()

    def end(self, status: int) -> None:
        """We are told to end. Where the terminal went away with that, Textual may wait for it forever; or a disk may be
        what never answers."""
        self._wait_no_longer(status)
        self._app.exit(return_code=status)
        self._keep()

    def crashed(self, error: BaseException) -> None:
        """Nobody caught this."""
        if isinstance(error, WorkerFailed):
            error = error.error
        self.faults.append(error)
        if len(self.faults) > 1:
            return
        self._wait_no_longer(console.Exit.CRASH)
        self._app.exit(return_code=console.Exit.CRASH)
        try:
            self._keep()
        except Exception as another:
            self.faults.append(another)

    def report(self) -> int:
        """Give the terminal back, which a fault may have kept Textual from, and tell of what happened; the status."""
        from mum_tui import crash

        self._state.give_back()
        return crash.report(*self.faults)

    def _callback_failed(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            self.crashed(error)

    def _thread_failed(self, failed: threading.ExceptHookArgs) -> None:
        """In the thread that failed. The event loop may be waiting for this very thread."""
        error = failed.exc_value
        if error is None or self._loop is None or isinstance(error, SystemExit):
            return
        if isinstance(error, OSError) and not state.is_there():
            self._wait_no_longer(HANG_UP)
            self._soon(self.end, HANG_UP)
        else:
            self._wait_no_longer(console.Exit.CRASH, error)
            self._soon(self.crashed, error)

    def _soon(self, call: Callable[..., object], *arguments: object) -> None:
        if self._loop is not None:
            with suppress(RuntimeError):  # it is closed: the app is over
                self._loop.call_soon_threadsafe(call, *arguments)

    def _wait_no_longer(self, status: int, error: BaseException | None = None, seconds: float = 0.0) -> None:
        if self._patience is None:
            self._patience = threading.Timer(seconds or GIVE_UP_SECONDS, self._end_at_once, [status, error])
            self._patience.daemon = True
            self._patience.start()

    def _end_at_once(self, status: int, error: BaseException | None) -> None:
        """In a thread: nothing else helps any more. Telling and saving may have to wait, too: for a terminal that takes
        nothing, as after ctrl+s, or for a disk.
        """
        try:
            self._state.give_back()
            if error is not None and not self.faults:
                self.faults.append(error)
            if self.faults:
                finishes(self.report, TELL_SECONDS)
            finishes(self._leave, SAVE_SECONDS)
        finally:
            os._exit(status)
