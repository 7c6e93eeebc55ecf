"""Ends the browser when the user does not: on signals, when the terminal is gone, after faults.

In each case unsaved changes are saved, the terminal is given back, and the exit status tells the reason.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from textual.app import App
from textual.worker import WorkerFailed

from mum_tui import console
from mum_tui.patience import Started, finishes
from mum_tui.tui.terminal import state

# From the moment that the app begins to end:

LEAVE_SECONDS = 0.8
"""How long Textual may take to give back the terminal."""

SAVE_SECONDS = 2.6
"""How long saving may take."""

END_SECONDS = 2.9
"""When the process ends, whatever hangs."""

REPORT_SECONDS = 1.0
"""How long reporting a fault to the terminal and the log may take where Textual did not give back the terminal."""

SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")

HANG_UP = 129
"""The exit status of a program whose terminal is gone."""


class Endings:
    """Ends an app on signals and faults.

    Args:
        app: the app; its ``exit`` is called with a status.
        store_draft: stores the note that is being written.
        begin_to_save: called when the app begins to end; must not wait.
        save: saves everything else, and waits until that is done or its time is over; calls ``wait_for_draft``.
    """

    def __init__(
        self,
        app: App[Any],
        store_draft: Callable[[], object],
        begin_to_save: Callable[[], object],
        save: Callable[[], object],
    ) -> None:
        self._app = app
        self._store_draft = store_draft
        self._begin_to_save = begin_to_save
        self._save = save
        self._state = state.remember()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._since: float | None = None
        self._timers: list[threading.Timer] = []
        self._deciding = threading.Lock()
        self._has_ended = False
        self._is_forced = False
        self._is_asked = False
        self._draft: Started | None = None
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
            self._begin(status)

    def app_ended(self) -> None:
        """Call this when the app has ended by itself. Never returns if it is ended by force at the same moment."""
        with self._deciding:
            self._has_ended = True
        if self._is_forced:
            threading.Event().wait()
        if self._is_asked:
            self._state.restore_settings()  # the user's editor may have been ended before it could

    def close(self) -> None:
        """Call this when the app has ended and everything was saved."""
        threading.excepthook = threading.__excepthook__
        self.wait_for_draft()
        for timer in self._timers:
            # Python waits at its end for threads, and one of them may never end after a fault.
            if not self.faults:
                timer.cancel()

    def end(self, status: int) -> None:
        """End the app with an exit status, by force if it takes too long: Textual waits for ever for a terminal that is
        gone, and a disk may never answer.
        """
        self._is_asked = True
        self._begin(status)
        self._app.exit(return_code=status)

    def crashed(self, error: BaseException) -> None:
        """Handle an exception that nobody caught: end the app."""
        if isinstance(error, WorkerFailed):
            error = error.error
        self.faults.append(error)
        if len(self.faults) > 1:
            return
        self._begin(console.Exit.CRASH)
        self._app.exit(return_code=console.Exit.CRASH)

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
            self._begin(HANG_UP)
            self._call_in_loop(self.end, HANG_UP)
        else:
            self._begin(console.Exit.CRASH, error)
            self._call_in_loop(self.crashed, error)

    def _call_in_loop(self, call: Callable[..., object], *arguments: object) -> None:
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop is closed: the app has ended
                self._loop.call_soon_threadsafe(call, *arguments)

    def _begin(self, status: int, error: BaseException | None = None) -> None:
        """Begin to save, and see to it that the process ends in time; only the first call does."""
        with self._deciding:
            if self._since is not None:
                return
            self._since = time.monotonic()
        for seconds, act in ((LEAVE_SECONDS, self._force_end), (END_SECONDS, self._end_at_once)):
            timer = threading.Timer(seconds, act, [status, error])
            timer.daemon = True
            timer.start()
            self._timers.append(timer)
        try:
            self._begin_to_save()
        except Exception as another:
            self.faults.append(another)
        else:
            self._draft = Started(self._store_draft)

    def wait_for_draft(self) -> None:
        """Wait until the note that is being written is stored as a draft, or the time is over."""
        if self._draft is None or self._since is None:
            return
        try:
            self._draft.ends(max(self._since + SAVE_SECONDS - time.monotonic(), 0.0))
        except Exception as error:
            self.faults.append(error)

    def _force_end(self, status: int, error: BaseException | None) -> None:
        """Called in a thread, as the last resort. Reporting and saving have time limits, too, because the terminal may
        be paused (ctrl+s) and a disk may not answer.
        """
        with self._deciding:
            if self._has_ended:
                return
            self._is_forced = True
        try:
            self._state.give_back()
            if error is not None and not self.faults:
                self.faults.append(error)
            if self.faults:
                finishes(self.report, REPORT_SECONDS)
            self._save()
        finally:
            os._exit(status)

    def _end_at_once(self, status: int, _: BaseException | None) -> None:
        os._exit(console.Exit.CRASH if self.faults else status)


def _make_task(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, Any], **named: Any) -> asyncio.Task[Any]:
    return asyncio.Task(work, loop=loop, **named)
