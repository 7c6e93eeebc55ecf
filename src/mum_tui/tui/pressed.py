"""What the mouse is pressed on, on every screen."""

from __future__ import annotations

from textual.geometry import Offset
from textual.widget import Widget

Place = tuple[Widget | None, Offset | None]
"""A widget, and where in its text; both may be missing."""


def still_there(place: Place) -> Place:
    """``place``, or nothing where its widget was removed and is only painted yet: Textual would look for its parent."""
    widget, _ = place
    return place if widget is not None and widget.parent is not None else (None, None)
