"""Queues keys and pastes, so that each is handled before the next is dispatched.

Textual sends a key to the focused widget and runs bindings when it bubbles up. A priority binding then overtakes
letters typed before it, and a key typed ahead can reach a dialog before its list is there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from time import monotonic
from typing import Any

from textual.app import App
from textual.dom import DOMNode
from textual.events import Key, Paste
from textual.screen import Screen

from mum_tui.tui.later import call_after

POLL_SECONDS = 0.01
"""How often to check whether a key that was sent has been handled."""

GIVE_UP_SECONDS = 2.0
"""After this time the next key is sent, even if the last one has not been handled."""

MOMENT = 0.5
"""Seconds in which characters are dropped after the program moved the focus, or after a key dropped for that reason:
the user was typing and has not yet seen where the keys go."""

LONGEST_MOMENT = 3.0
"""Seconds after which all keys count again, even if the user never paused."""


class KeyQueue:
    """Keys and pastes that have not been handled yet.

    Args:
        app: the app.
        is_ready: whether the top screen can handle a key; call ``dispatch`` when it becomes ready.
        act: sends an event where it belongs; returns whether it has been handled already.
    """

    def __init__(
        self, app: App[Any], is_ready: Callable[[], bool], act: Callable[[Key | Paste], Awaitable[bool]]
    ) -> None:
        self._app = app
        self._is_ready = is_ready
        self._act = act
        self._waiting: deque[Key | Paste] = deque()
        self._sent = 0
        self._arrived = 0
        self._since = 0.0
        self._is_looking = False
        self._screen: Screen[Any] | None = None
        self._unasked_at = self._unasked_until = 0.0

    def focus_moved_by_program(self) -> None:
        """The program moved the focus, not the user: drop what is being typed, as it was meant for another widget."""
        self._unasked_at = monotonic()
        self._unasked_until = self._unasked_at + MOMENT
        self._waiting = deque(event for event in self._waiting if not self._is_for_something_else(event))

    def _is_for_something_else(self, event: Key | Paste) -> bool:
        now = monotonic()
        if now >= min(self._unasked_until, self._unasked_at + LONGEST_MOMENT):
            return False
        if isinstance(event, Key) and not event.character:
            return False  # arrows and the like are not part of a text
        if isinstance(event, Key) and event.key == "escape":
            return False
        self._unasked_until = now + MOMENT
        return True

    def __len__(self) -> int:
        """The keys and pastes that wait."""
        return len(self._waiting)

    async def add(self, event: Key | Paste) -> None:
        """Add a key or paste, and dispatch what can be."""
        if self._is_for_something_else(event):
            return
        self._waiting.append(event)
        await self.dispatch()

    async def dispatch(self) -> None:
        """Send the next keys, as far as possible. Call it also when a screen becomes ready."""
        if self._is_looking:
            return
        while self._waiting:
            if not self._can_send():
                self._is_looking = True
                call_after(self._app, POLL_SECONDS, self._look_again)
                return
            self._since = 0.0
            self._arrived = self._sent
            if not await self._act(self._waiting.popleft()):
                self._follow()

    def _can_send(self) -> bool:
        """Whether the top screen is ready and the key before has been handled, or has taken too long."""
        if not self._is_ready():
            return False
        if self._sent == self._arrived or self._screen is not self._app.screen:
            return True
        self._since = self._since or monotonic()
        return monotonic() - self._since >= GIVE_UP_SECONDS

    async def _look_again(self) -> None:
        self._is_looking = False
        await self.dispatch()

    # -- A callback follows each key, from the focused widget up to the app: when it arrives, the key has been handled.

    def _follow(self) -> None:
        self._sent += 1
        self._screen = self._app.screen
        self._call(self._app.focused or self._app.screen, self._sent)

    def _call(self, node: DOMNode, number: int) -> None:
        if not node.call_later(partial(self._up, node, number)):
            self._app.call_later(partial(self._up, self._app, number))

    async def _up(self, node: DOMNode, number: int) -> None:
        if node is not self._app:
            self._call(node.parent or self._app, number)
            return
        self._arrived = max(self._arrived, number)
        if not self._is_looking:
            await self.dispatch()


def as_one_line(text: str) -> str:
    """A pasted text for an input of one line: its lines joined by spaces."""
    lines = text.splitlines()
    if len(lines) > 1:
        lines = list(filter(None, map(str.strip, lines)))
    return " ".join(lines).replace("\t", " ")
