"""What the mouse is over or pressed on."""

from __future__ import annotations

from typing import Generic, TypeVar

from rich.style import Style
from textual.errors import NoWidget
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget

from mum_tui.tui.terminal.cancelling import CancellingIsAFault

Result = TypeVar("Result")

MouseTarget = tuple[Widget | None, Offset | None]
"""A widget, and the position in its text; both may be missing."""


class MouseScreen(CancellingIsAFault, Screen[Result], Generic[Result]):
    """A screen where the mouse may be over a widget that was removed but is still painted. Textual would ask such a
    widget for its screen, which it no longer has; here it counts as no widget.
    """

    def get_widget_and_offset_at(self, x: int, y: int) -> MouseTarget:
        """Called by Textual when a mouse button is pressed."""
        widget, offset = super().get_widget_and_offset_at(x, y)
        return (widget, offset) if widget is not None and widget.is_attached else (None, None)

    def get_style_at(self, x: int, y: int) -> Style:
        """Called by Textual when the mouse moves."""
        try:
            widget, _ = self.get_widget_at(x, y)
        except NoWidget:
            return Style.null()
        return super().get_style_at(x, y) if widget.is_attached else Style.null()
