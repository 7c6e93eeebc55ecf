"""Tokens as Textual's events."""

from __future__ import annotations

from typing import Any

from textual.events import (
    AppBlur,
    AppFocus,
    Key,
    MouseDown,
    MouseEvent,
    MouseMove,
    MouseScrollDown,
    MouseScrollLeft,
    MouseScrollRight,
    MouseScrollUp,
    MouseUp,
    Paste,
)
from textual.messages import TerminalSupportsSynchronizedOutput

from mum_tui.tui.terminal import keys as tokens

SYNCHRONISED_OUTPUT = 2026
"""The one DEC mode of which the answer is taken. Textual also asks for 2048, reports of the window's size: these would
replace the signal for it, and one that is lost or made up would leave the screen at a wrong size.
"""

_SCROLLS = (MouseScrollUp, MouseScrollDown, MouseScrollLeft, MouseScrollRight)


class Events:
    """Makes events; remembers where the mouse was, because an event says how far it moved."""

    def __init__(self) -> None:
        self._mouse_at = (0, 0)

    def of(self, token: tokens.Token) -> Any:
        """The event for a token; None where Textual need not hear of it."""
        match token:
            case tokens.Key(name, character):
                return Key(name, character)
            case tokens.Paste(text):
                return Paste(text)
            case tokens.Mouse():
                return self._mouse_event(token)
            case tokens.Focus(is_gained):
                return AppFocus() if is_gained else AppBlur()
            case tokens.ModeReport(_, setting):
                return TerminalSupportsSynchronizedOutput() if setting else None

    def _mouse_event(self, token: tokens.Mouse) -> MouseEvent:
        """A mouse report in XTerm's numbers: 3 bits for the button, 4 shift, 8 meta, 16 ctrl, 32 moved, 64 wheel."""
        code, x, y = token.code, token.x, token.y
        before = self._mouse_at
        self._mouse_at = (x, y)
        button = (code + 1) & 3
        kind: type[MouseEvent]
        if code & 64:
            kind, button = _SCROLLS[code & 3], 0
        elif code & 32 or not button:
            kind = MouseMove
        else:
            kind = MouseUp if token.is_release else MouseDown
        held = (bool(code & 4), bool(code & 8), bool(code & 16))
        return kind(None, x, y, x - before[0], y - before[1], button, *held, screen_x=x, screen_y=y)
