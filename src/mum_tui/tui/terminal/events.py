"""Makes Textual's events from tokens."""

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

from mum_tui.tui.terminal import tokens

SYNCHRONISED_OUTPUT = 2026
"""The only DEC mode whose report is accepted. Textual also asks for 2048, reports of the window's size. These would
replace the signal, and a lost or forged one would leave the screen at a wrong size.
"""

_SCROLLS = (MouseScrollUp, MouseScrollDown, MouseScrollLeft, MouseScrollRight)


class Events:
    """Makes events from tokens; remembers the position of the mouse, because events say how far it moved."""

    def __init__(self) -> None:
        self._mouse_at = (0, 0)

    def of(self, token: tokens.Token) -> Any:
        """The event for a token; None if there is none."""
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
        """The event of the mouse. The code is XTerm's: 1 and 2 button, 4 shift, 8 meta, 16 ctrl, 32 moved, 64 wheel."""
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
        modifiers = (bool(code & 4), bool(code & 8), bool(code & 16))
        return kind(None, x, y, x - before[0], y - before[1], button, *modifiers, screen_x=x, screen_y=y)
