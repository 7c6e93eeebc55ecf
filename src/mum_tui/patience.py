"""Waits for a disk that may never answer: with a time limit, or with a message."""

from __future__ import annotations

import errno
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from mum_tui import console

T = TypeVar("T")

SHORT_SECONDS = 1.0
"""The longest time that the screen freezes for a disk."""

WORD_AFTER = 0.7
"""Seconds of waiting after which the user is told what the program waits for."""


class Started:
    """Work that is done in a thread from now on. A thread that hangs is abandoned."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._errors: list[BaseException] = []

        def attempt() -> None:
            try:
                work()
            except BaseException as error:
                self._errors.append(error)

        self._thread = threading.Thread(target=attempt, daemon=True)
        self._thread.start()

    def ends(self, seconds: float) -> bool:
        """Wait for at most ``seconds``; returns whether the work has ended. Raises whatever it raised."""
        self._thread.join(seconds)
        if self._errors:
            raise self._errors[0]
        return not self._thread.is_alive()


def finishes(work: Callable[[], object], seconds: float) -> bool:
    """Do ``work`` in a thread; returns whether it ended within ``seconds``. A thread that hangs is abandoned.

    Raises whatever ``work`` raises in time.
    """
    return Started(work).ends(seconds)


def result_within(seconds: float, work: Callable[[], T]) -> T:
    """Do ``work`` in a thread and return its result. A thread that hangs is abandoned.

    Raises:
        OSError: it did not end within ``seconds``; also whatever ``work`` raises.
    """
    results: list[T] = []
    if not finishes(lambda: results.append(work()), seconds):
        raise OSError(errno.ETIMEDOUT, "the disk does not answer")
    return results[0]


@contextmanager
def said_if_slow(message: str, after: float = WORD_AFTER, unless: Callable[[], bool] = bool) -> Iterator[None]:
    """Write ``message`` to standard error once if the block takes longer than ``after`` seconds.

    ``unless`` returns whether the user can already see what the program waits for.
    """

    def warn() -> None:
        if not unless():
            console.warn(message)

    timer = threading.Timer(after, warn)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def interruptible() -> Iterator[None]:
    """In the block, ctrl+c ends the process at once, even while it waits for a disk and no Python code runs."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGINT) in (
        signal.SIG_IGN,
        None,
    ):
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
