"""All messages from widgets and threads to the screens: what the user wants, and the outcome of saving.

State goes down to the widgets by their setters; these messages go up. Two tidings are plain callbacks, because a
message would put them into a second frame: the text of the query input (``on_query``) and the table's cursor
(``on_cursor``).
"""

from __future__ import annotations

from textual.message import Message
from textual.widget import Widget


class RowChosen(Message):
    """Enter was pressed on the current row of ``rows``, or that row was clicked.

    A click came so many ``times`` in a row, with ``shift`` or ``ctrl`` held down; before it the cursor was on line
    ``came_from``.
    """

    def __init__(
        self, rows: Widget, clicked: bool, times: int = 1, shift: bool = False, ctrl: bool = False, came_from: int = 0
    ) -> None:
        super().__init__()
        self.rows = rows
        self.clicked = clicked
        self.times = times
        self.shift = shift
        self.ctrl = ctrl
        self.came_from = came_from


class FoldRequested(Message):
    """The sign before a line of the tree was clicked: open the part with this key (``on``), or fold it."""

    def __init__(self, key: str, on: bool) -> None:
        super().__init__()
        self.key = key
        self.on = on


class SortRequested(Message):
    """The heading of this column was clicked."""

    def __init__(self, column: str) -> None:
        super().__init__()
        self.column = column


class RuleDragged(Message):
    """The rule between table and details was dragged to line ``y`` of the screen."""

    def __init__(self, y: int) -> None:
        super().__init__()
        self.y = y


class EdgeDragged(Message):
    """The edge between sections and entries was dragged to column ``x`` of the screen."""

    def __init__(self, x: int) -> None:
        super().__init__()
        self.x = x


class HintClicked(Message):
    """The last line was clicked in cell ``x``."""

    def __init__(self, x: int) -> None:
        super().__init__()
        self.x = x


class CopyRequested(Message):
    """The text that is selected with the mouse is to be copied."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class LinkFollowed(Message):
    """A line of text was clicked that leads to ``target``, an address or the id of an entry."""

    def __init__(self, target: str) -> None:
        super().__init__()
        self.target = target


class ColumnChosen(Message):
    """The head of this column of the comparison, counted from 0, was clicked."""

    def __init__(self, column: int) -> None:
        super().__init__()
        self.column = column


class ReadyForKeys(Message):
    """A screen is there and focused: keys that were pressed before have something to act on now."""


class FocusMovedUnasked(Message):
    """The focus moved, and no key or click asked for it."""


class CatalogRead(Message):
    """A file of the catalog was changed and read again. Posted by the thread that watches them."""


class LibraryWritten(Message):
    """The library was saved, or could not be. Posted by the writer's thread.

    ``unsaved`` changes wait in memory because of ``reason``; ``skipped`` were not undone, because another program had
    changed the same thing meanwhile.
    """

    def __init__(self, unsaved: int = 0, reason: str = "", skipped: int = 0) -> None:
        super().__init__()
        self.unsaved = unsaved
        self.reason = reason
        self.skipped = skipped


class LibraryChanged(Message):
    """Another process changed the file of the library. Posted by the writer's thread."""
