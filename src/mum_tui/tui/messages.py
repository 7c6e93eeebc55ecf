"""All messages from widgets and threads to the screens: what the user wants, and the outcome of saving.

State goes down to the widgets by their setters; these messages go up. Two tidings are plain callbacks, because a
message would put them into a second frame: the text of the query input (``on_query``) and the table's cursor
(``on_cursor``).
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message
from textual.widget import Widget


@dataclass(eq=False, repr=False)
class RowChosen(Message):
    """Enter was pressed on the current row of ``rows``, or that row was clicked.

    A click came so many ``times`` in a row, with ``shift`` or ``ctrl`` held down; before it the cursor was on line
    ``came_from``.
    """

    rows: Widget
    clicked: bool
    times: int = 1
    shift: bool = False
    ctrl: bool = False
    came_from: int = 0


@dataclass(eq=False, repr=False)
class FoldRequested(Message):
    """The sign before a line of the tree was clicked: open the part with this key (``on``), or fold it."""

    key: str
    on: bool


@dataclass(eq=False, repr=False)
class SortRequested(Message):
    """The heading of this column was clicked."""

    column: str


@dataclass(eq=False, repr=False)
class RuleDragged(Message):
    """The rule between table and details was dragged to line ``y`` of the screen."""

    y: int


@dataclass(eq=False, repr=False)
class EdgeDragged(Message):
    """The edge between sections and entries was dragged to column ``x`` of the screen."""

    x: int


@dataclass(eq=False, repr=False)
class HintClicked(Message):
    """The last line was clicked in cell ``x``."""

    x: int


@dataclass(eq=False, repr=False)
class CopyRequested(Message):
    """The text that is selected with the mouse is to be copied."""

    text: str


@dataclass(eq=False, repr=False)
class LinkFollowed(Message):
    """A line of text was clicked that leads to ``target``, an address or the id of an entry."""

    target: str


@dataclass(eq=False, repr=False)
class ColumnChosen(Message):
    """The head of this column of the comparison, counted from 0, was clicked."""

    column: int


@dataclass(eq=False, repr=False)
class ReadyForKeys(Message):
    """A screen is there and focused: keys that were pressed before have something to act on now."""


@dataclass(eq=False, repr=False)
class FocusMovedUnasked(Message):
    """The focus moved, and no key or click asked for it."""


@dataclass(eq=False, repr=False)
class CatalogRead(Message):
    """A file of the catalog was changed and read again. Posted by the thread that watches them."""


@dataclass(eq=False, repr=False)
class LibraryWritten(Message):
    """The library was saved, or could not be. Posted by the writer's thread.

    ``unsaved`` changes wait in memory because of ``reason``; ``skipped`` were not undone, because another program had
    changed the same thing meanwhile.
    """

    unsaved: int = 0
    reason: str = ""
    skipped: int = 0


@dataclass(eq=False, repr=False)
class LibraryChanged(Message):
    """Another process changed the file of the library. Posted by the writer's thread."""
