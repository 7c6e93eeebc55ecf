"""Tells a ``CancelledError`` that somebody asked for from one that is a fault."""

from __future__ import annotations

import asyncio

from textual.message import Message
from textual.message_pump import MessagePump
from textual.worker import Worker, WorkerState


class CancellingIsAFault(MessagePump):
    """An app or screen in which ``CancelledError`` is a fault, unless the task or worker that raises it was cancelled.

    Textual takes each for an orderly end: of the program, of the screen, of the worker.
    """

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            raise RuntimeError("CancelledError in a handler that nobody cancelled") from error

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Called by Textual."""
        if event.state is WorkerState.CANCELLED and not event.worker.is_cancelled:
            raise RuntimeError("CancelledError in a worker that nobody cancelled") from event.worker.error
