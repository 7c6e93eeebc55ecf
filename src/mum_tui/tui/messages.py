"""All messages from widgets and threads to the screens: requests of the user, and changes of files.

State goes down to widgets by their setters, messages go up. Two notifications are plain callbacks, because a message
would need a second frame: the text of the query input (``on_query``) and the cursor of the table (``on_cursor``).
"""

from __future__ import annotations

from textual.message import Message
from textual.widget import Widget


class RowChosen(Message):
    """Enter was pressed on the current row of ``rows``, or a row was clicked and is now the current one.

    For a click, ``times`` counts clicks in a row, ``shift`` and ``ctrl`` tell which keys were down, and ``came_from``
    is the line of the cursor before.
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
    """The glyph before a line of the tree was clicked: open the node with this key (``on``), or fold it."""

    def __init__(self, key: str, on: bool) -> None:
        super().__init__()
        self.key = key
        self.on = on


class SortRequested(Message):
    """The heading of a column was clicked."""

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
    """The line of hints was clicked in cell ``x``."""

    def __init__(self, x: int) -> None:
        super().__init__()
        self.x = x


class CopyRequested(Message):
    """Copy the text that is selected with the mouse."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class LinkFollowed(Message):
    """A line with a link was clicked; ``target`` is an address or the id of an entry."""

    def __init__(self, target: str) -> None:
        super().__init__()
        self.target = target


class ColumnChosen(Message):
    """The heading of a column of the comparison was clicked; columns count from 0."""

    def __init__(self, column: int) -> None:
        super().__init__()
        self.column = column


class ReadyForKeys(Message):
    """A screen is complete and focused, so it can handle keys that were pressed before."""


class FocusMovedByProgram(Message):
    """The program moved the focus; no key or click did."""


class CatalogRead(Message):
    """A file of the catalog changed, and the catalog was read again. Posted by the thread that watches the files."""


class LibraryWritten(Message):
    """The library was saved, or saving failed. Posted by the writer's thread.

    ``unsaved`` counts changes that stay in memory because of ``reason``; ``skipped`` counts entries that
    keep what another program made of them since.
    """

    def __init__(self, unsaved: int = 0, reason: str = "", skipped: int = 0) -> None:
        super().__init__()
        self.unsaved = unsaved
        self.reason = reason
        self.skipped = skipped


class LibraryChanged(Message):
    """Another process changed the file of the library. Posted by the writer's thread."""
