"""Waiting for a disk that may never answer: not for longer than told, and not without a word."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from mum_tui import console

WORD_AFTER = 0.7
"""Seconds of waiting after which the user is told what for."""


def finishes(work: Callable[[], object], seconds: float) -> bool:
    """Do ``work`` in a thread; whether it ended within ``seconds``. A thread that hangs is left behind.

    Raises whatever ``work`` raises in time.
    """
    errors: list[BaseException] = []

    def attempt() -> None:
        try:
            work()
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    return not thread.is_alive()


@contextmanager
def said_if_slow(message: str, after: float = WORD_AFTER) -> Iterator[None]:
    """Warn with ``message``, once, where what is done inside takes longer than ``after`` seconds."""
    timer = threading.Timer(after, console.warn, [message])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
