"""Keys and pastes in the order in which they were typed, each only when the one before has acted.

Textual sends a key to what is focused and acts when it comes back up; a key of a dialog that goes first (``priority``)
then overtakes the letters before it, and one that was typed ahead reaches a dialog that has nothing to act on yet.
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

MOST_IN_BOX = 4096
"""Characters of a text that is pasted into a box of one line."""

LOOK_SECONDS = 0.01
"""How often it is looked whether what was sent has acted, should it never come back."""

GIVE_UP_SECONDS = 2.0
"""After so long without an answer the next key is sent."""


class Typed:
    """What was typed and has not acted yet.

    Args:
        app: whose screens it is typed for.
        is_ready: whether the screen on top can act on a key; call ``go_on`` when it becomes so.
        act: sends an event where it belongs; true where it has acted when that returns.
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

    @property
    def is_ahead(self) -> bool:
        """Whether more was typed than acted."""
        return bool(self._waiting)

    async def take(self, event: Key | Paste) -> None:
        """This was typed."""
        self._waiting.append(event)
        await self.go_on()

    async def go_on(self) -> None:
        """Have act what can; also to be called when a screen became ready."""
        if self._is_looking:
            return
        while self._waiting and self._is_ready():
            if self._sent > self._arrived and self._screen is self._app.screen:
                self._since = self._since or monotonic()
                if monotonic() - self._since < GIVE_UP_SECONDS:
                    self._is_looking = True
                    self._app.set_timer(LOOK_SECONDS, self._look)
                    return
            self._since = 0.0
            self._arrived = self._sent
            if not await self._act(self._waiting.popleft()):
                self._follow()

    async def _look(self) -> None:
        self._is_looking = False
        await self.go_on()

    # -- Behind what was sent goes a callback, from what is focused up to the app: where it is back, so is the key.

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
            await self.go_on()


def as_one_line(text: str) -> str:
    """A pasted text for a box of one line: its lines behind each other, with a space between two."""
    lines = text.splitlines()
    if len(lines) > 1:
        lines = list(filter(None, map(str.strip, lines)))
    return " ".join(lines).replace("\t", " ")
