"""Ends the browser when the user does not: on signals, when the terminal is gone, after faults.

In each case unsaved changes are saved, the terminal is given back, and the exit status tells the reason.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from textual.app import App
from textual.worker import WorkerFailed

from mum_tui import console
from mum_tui.patience import finishes
from mum_tui.tui.terminal import state

LEAVE_SECONDS = 0.8
"""How long Textual may take to end when the user quits; saving after that takes up to two seconds more."""

GIVE_UP_SECONDS = 3.0
"""How long giving back the terminal may take."""

REPORT_SECONDS = 1.0
"""How long reporting a fault to the terminal and the log may take after that."""

SAVE_SECONDS = 3.0
"""How long saving may take after that."""

SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")

HANG_UP = 129
"""The exit status of a program whose terminal is gone."""


class Endings:
    """Ends an app on signals and faults.

    Args:
        app: the app; its ``exit`` is called with a status.
        store_draft: stores the note that is being written.
        save: saves everything else.
    """

    def __init__(self, app: App[Any], store_draft: Callable[[], object], save: Callable[[], object]) -> None:
        self._app = app
        self._store_draft = store_draft
        self._save = save
        self._state = state.remember()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._timer: threading.Timer | None = None
        self.faults: list[BaseException] = []

    def watch(self) -> None:
        """Start watching; call it in the app's event loop."""
        self._loop = loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._callback_failed)
        self._guard_tasks(loop)
        threading.excepthook = self._thread_failed
        for name in SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                with suppress(NotImplementedError, RuntimeError):
                    loop.add_signal_handler(number, self.end, 128 + number)

    def force_end_later(self, status: int) -> None:
        """Call this when the app begins to end: a thread that waits for a disk must not prevent that."""
        if self._loop is not None:
            self._end_after(status, seconds=LEAVE_SECONDS)

    def app_ended(self) -> None:
        """Call this when the app has ended by itself."""
        if self._timer is not None:
            self._timer.cancel()

    def close(self) -> None:
        """Call this when the app has ended and everything was saved."""
        threading.excepthook = threading.__excepthook__
        self.app_ended()
        if self.faults:
            # Python waits at its end for threads, and one of them may never end after a fault.
            last = threading.Timer(GIVE_UP_SECONDS - REPORT_SECONDS, os._exit, [console.Exit.CRASH])
            last.daemon = True
            last.start()

    def end(self, status: int) -> None:
        """End the app with an exit status, by force if it takes too long: Textual waits for ever for a terminal that is
        gone, and a disk may never answer.
        """
        self._end_after(status)
        self._app.exit(return_code=status)
        self._store_draft()

    def crashed(self, error: BaseException) -> None:
        """Handle an exception that nobody caught: end the app."""
        if isinstance(error, WorkerFailed):
            error = error.error
        self.faults.append(error)
        if len(self.faults) > 1:
            return
        self._end_after(console.Exit.CRASH)
        self._app.exit(return_code=console.Exit.CRASH)
        try:
            self._store_draft()
        except Exception as another:
            self.faults.append(another)

    def report(self) -> int:
        """Give the terminal back if Textual could not, and report all faults; returns the exit status."""
        from mum_tui import crash

        self._state.give_back()
        return crash.report(*self.faults)

    def _callback_failed(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if error is not None:
            self.crashed(error)

    def _guard_tasks(self, loop: asyncio.AbstractEventLoop) -> None:
        """In new tasks, what is no ``Exception`` is a fault, too. asyncio would stop at ``SystemExit``, and say nothing
        of others while anything refers to the task.
        """
        make: Callable[..., Any] = loop.get_task_factory() or _make_task

        async def guarded(work: Coroutine[Any, Any, Any]) -> Any:
            try:
                return await work
            except (Exception, asyncio.CancelledError, KeyboardInterrupt, GeneratorExit):
                raise
            except BaseException as error:
                self.crashed(error)

        def make_guarded(loop: asyncio.AbstractEventLoop, work: Any, **named: Any) -> Any:
            task = make(loop, guarded(work), **named)
            task.add_done_callback(lambda _: work.close())  # where the task was cancelled before it began
            return task

        loop.set_task_factory(make_guarded)

    def _thread_failed(self, failed: threading.ExceptHookArgs) -> None:
        """Called in the thread that failed; the event loop may be waiting for this thread."""
        error = failed.exc_value
        if error is None or self._loop is None or isinstance(error, SystemExit):
            return
        if isinstance(error, OSError) and not state.is_there():
            self._end_after(HANG_UP)
            self._call_in_loop(self.end, HANG_UP)
        else:
            self._end_after(console.Exit.CRASH, error)
            self._call_in_loop(self.crashed, error)

    def _call_in_loop(self, call: Callable[..., object], *arguments: object) -> None:
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop is closed: the app has ended
                self._loop.call_soon_threadsafe(call, *arguments)

    def _end_after(self, status: int, error: BaseException | None = None, seconds: float = 0.0) -> None:
        if self._timer is None:
            self._timer = threading.Timer(seconds or GIVE_UP_SECONDS, self._force_end, [status, error])
            self._timer.daemon = True
            self._timer.start()

    def _force_end(self, status: int, error: BaseException | None) -> None:
        """Called in a thread, as the last resort. Reporting and saving have time limits, too, because the terminal may
        be paused (ctrl+s) and a disk may not answer.
        """
        try:
            self._state.give_back()
            if error is not None and not self.faults:
                self.faults.append(error)
            if self.faults:
                finishes(self.report, REPORT_SECONDS)
            finishes(self._save, SAVE_SECONDS)
        finally:
            os._exit(status)


def _make_task(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, Any], **named: Any) -> asyncio.Task[Any]:
    return asyncio.Task(work, loop=loop, **named)
