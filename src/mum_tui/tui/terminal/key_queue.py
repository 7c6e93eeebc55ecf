"""Queues keys, pastes and mouse events, so that each is handled before the next is dispatched.

Textual sends a key to the focused widget and runs bindings when it bubbles up. A priority binding then overtakes
letters typed before it, a key typed ahead can reach a dialog before its list is there, and a key right after a click
acts before the click has moved the cursor.
"""

from __future__ import annotations

from asyncio import TimerHandle
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any

from textual.app import App
from textual.dom import DOMNode
from textual.errors import NoWidget
from textual.events import Key, MouseEvent, MouseMove, MouseUp, Paste
from textual.screen import Screen
from textual.widget import Widget

from mum_tui.tui.later import call_after

POLL_SECONDS = 0.01
"""How often to check whether what was sent has been handled."""

GIVE_UP_SECONDS = 2.0
"""After this time the next event is sent, even if the last one has not been handled."""

CLICK_ROUNDS = 3
"""How many times the widget under the mouse, and those around it, handle what is in their queues before the next event:
the click, what it posts (the chosen line), and what follows from that (the result of a dialog).
"""

MOMENT = 0.5
"""Seconds in which characters are dropped after the program moved the focus, or after a key dropped for that reason:
the user was typing and has not yet seen where the keys go."""

LONGEST_MOMENT = 3.0
"""Seconds after which all keys count again, even if the user never paused."""


Queued = Key | Paste | MouseEvent
"""What goes through the queue."""


class KeyQueue:
    """Keys, pastes and mouse events that have not been handled yet.

    Args:
        app: the app.
        is_ready: whether the top screen can handle a key; call ``dispatch`` when it becomes ready.
        act: sends an event where it belongs; returns whether it has been handled already.
    """

    def __init__(self, app: App[Any], is_ready: Callable[[], bool], act: Callable[[Queued], Awaitable[bool]]) -> None:
        self._app = app
        self._is_ready = is_ready
        self._act = act
        self._waiting: deque[Queued] = deque()
        self._unhandled: deque[DOMNode] = deque()
        self._sent = 0
        self._arrived = 0
        self._since = 0.0
        self._is_of_mouse = False
        self._is_painted = False
        self._look: TimerHandle | None = None
        self._screen: Screen[Any] | None = None
        self._unasked_at = self._unasked_until = 0.0

    def focus_moved_by_program(self) -> None:
        """The program moved the focus, not the user: drop what is being typed, as it was meant for another widget."""
        self._unasked_at = monotonic()
        self._unasked_until = self._unasked_at + MOMENT
        self._waiting = deque(event for event in self._waiting if not self._is_for_something_else(event))

    def _is_for_something_else(self, event: Queued) -> bool:
        if isinstance(event, MouseEvent):
            return False  # it says itself where it goes
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
        """How many events wait."""
        return len(self._waiting)

    async def add(self, event: Queued) -> None:
        """Add an event, and dispatch what can be."""
        if self._is_for_something_else(event):
            return
        self._waiting.append(event)
        await self.dispatch()

    async def dispatch(self) -> None:
        """Send the next events, as far as possible. Call it also when a screen becomes ready."""
        if self._look:
            return
        while self._waiting or self._unhandled:
            if not self._can_send():
                self._look = call_after(self._app, POLL_SECONDS, self._look_again)
                return
            self._since = 0.0
            self._arrived = self._sent
            if not self._unhandled:
                event = self._waiting[0]
                self._is_of_mouse = isinstance(event, MouseEvent)
                if not only_passes(event):
                    if self._is_of_mouse and not self._is_painted:
                        self._wait_for_paint()
                        continue
                    self._is_painted = self._is_of_mouse and not isinstance(event, MouseUp)
                focused = self._app.focused
                if not await self._act(self._waiting.popleft()):
                    self._unhandled.extend(self._handling(event, focused))
            if self._unhandled:
                self._follow(self._unhandled.popleft())

    def _can_send(self) -> bool:
        """Whether the top screen is ready and the event before has been handled, or has taken too long."""
        if not self._is_ready():
            return False
        if self._sent == self._arrived or self._screen is not self._app.screen:
            return True
        self._since = self._since or monotonic()
        if monotonic() - self._since < GIVE_UP_SECONDS:
            return False
        self._unhandled.clear()
        return True

    async def _look_again(self) -> None:
        self._look = None
        await self.dispatch()

    def _handling(self, event: Queued, focused: Widget | None) -> list[DOMNode]:
        """The widgets that have yet to handle an event; ``focused`` had the focus before."""
        if not isinstance(event, MouseEvent):
            return [self._app.focused or self._app.screen]
        if only_passes(event):
            return []
        under: DOMNode = self._app.screen
        with suppress(NoWidget):
            under = self._app.mouse_captured or self._app.get_widget_at(event.x, event.y)[0]
        lost_focus = [focused] if focused and focused is not self._app.focused else []
        return [*lost_focus, *[under] * (CLICK_ROUNDS if isinstance(event, MouseUp) else 1)]

    def _wait_for_paint(self) -> None:
        """Before a mouse event: what the keys before it changed has its place only when the screen is painted."""
        self._is_painted = True
        self._sent += 1
        self._screen = self._app.screen
        self._screen.call_after_refresh(self._call, self._app, self._sent)

    # -- A callback follows each event, from its widget up to the app: when it arrives, the event has been handled.

    def _follow(self, node: DOMNode) -> None:
        self._sent += 1
        self._screen = self._app.screen
        self._call(node if node.is_attached else self._screen, self._sent)

    def _call(self, node: DOMNode, number: int) -> None:
        if not node.call_later(partial(self._up, node, number)):
            self._app.call_later(partial(self._up, self._app, number))

    async def _up(self, node: DOMNode, number: int) -> None:
        if node is not self._app:
            self._call(node.parent or self._app, number)
            return
        self._arrived = max(self._arrived, number)
        if self._look and self._is_of_mouse:  # a wheel sends many
            self._look.cancel()
            self._look = None
        await self.dispatch()


def only_passes(event: Queued) -> bool:
    """Whether it is a movement of the mouse without a button. No key needs to wait for it."""
    return isinstance(event, MouseMove) and not event.button


def as_one_line(text: str) -> str:
    """A pasted text for an input of one line: its lines joined by spaces."""
    lines = text.splitlines()
    if len(lines) > 1:
        lines = list(filter(None, map(str.strip, lines)))
    return " ".join(lines).replace("\t", " ")
