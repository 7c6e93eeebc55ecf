"""What the mouse is pressed on."""

from __future__ import annotations

from textual.geometry import Offset
from textual.widget import Widget

MouseTarget = tuple[Widget | None, Offset | None]
"""A widget, and the position in its text; both may be missing."""


def existing_target(target: MouseTarget) -> MouseTarget:
    """``target``; nothing if its widget was removed but is still painted, because Textual would need its parent."""
    widget, _ = target
    return target if widget is not None and widget.parent is not None else (None, None)
