"""Calls a function once, after a while."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from textual.message_pump import MessagePump


def call_after(pump: MessagePump, seconds: float, callback: Callable[[], Any]) -> asyncio.TimerHandle:
    """Call ``callback`` among the messages of ``pump`` after ``seconds``, unless the result is cancelled before.

    Textual's ``set_timer`` never calls if the process is held up for ``seconds`` just when the timer starts.
    """
    return asyncio.get_running_loop().call_later(seconds, pump.call_next, callback)
