"""A ``LinesView`` with a cursor: keys and mouse move it; enter or a click chooses its line."""

from __future__ import annotations

from textual import events

from mum_tui.tui.messages import RowChosen
from mum_tui.tui.widgets.lines import LinesView

CONTEXT = 2
"""Lines kept visible above and below the cursor."""


class RowsView(LinesView):
    """The base of the table and the tree. Moving the cursor repaints two lines."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor = 0
        self.hover = -1

    # -- for subclasses

    def can_hold_cursor(self, y: int) -> bool:
        """Whether the cursor may be on line ``y``; false for headings."""
        return True

    def cursor_moved(self) -> None:
        """Called when the cursor moved to another line."""

    # -- cursor

    def move(self, lines: int) -> None:
        """Move the cursor by ``lines``, skipping lines that cannot hold it."""
        self.move_to(self.cursor + lines, 1 if lines > 0 else -1)

    def move_to(self, y: int, direction: int = 0) -> None:
        """Move the cursor to line ``y`` or, if that cannot hold it, to the nearest line in ``direction``."""
        last = self.line_count - 1
        target = self.nearest(max(0, min(y, last)), direction or (-1 if y >= last else 1))
        if target is None:
            return
        if target != self.cursor:
            self.repaint(self.cursor, target)
            self.cursor = target
            self.cursor_moved()
        self.reveal(target, CONTEXT)

    def nearest(self, y: int, direction: int) -> int | None:
        """Line ``y`` or, if that cannot hold the cursor, the nearest line that can, first in ``direction``."""
        for step in (direction, -direction):
            at = y
            while 0 <= at < self.line_count:
                if self.can_hold_cursor(at):
                    return at
                at += step
        return None

    def choose(self) -> None:
        """Choose the line under the cursor, like enter."""
        if self.line_count:
            self.post_message(RowChosen(self, clicked=False))

    def on_resize(self) -> None:
        super().on_resize()
        self.reveal(self.cursor, CONTEXT)

    # -- mouse

    def line_at(self, event: events.MouseEvent) -> int:
        """The line under the mouse, -1 if there is none."""
        if event.y < self.header_lines or event.x >= self.text_width:
            return -1
        y = self.top + event.y - self.header_lines
        return y if y < self.line_count else -1

    def on_click(self, event: events.Click) -> None:
        y = self.line_at(event)
        if y >= 0 and self.can_hold_cursor(y) and not self.was_dragged:
            came_from = self.cursor
            self.move_to(y)
            self.post_message(RowChosen(self, True, event.chain, event.shift, event.ctrl, came_from))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        super().on_mouse_move(event)
        y = self.line_at(event)
        if y != self.hover:
            self.repaint(self.hover, y)
            self.hover = y

    def on_leave(self) -> None:
        if self.hover >= 0:
            self.repaint(self.hover)
            self.hover = -1
