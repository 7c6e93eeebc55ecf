"""All messages from widgets and threads to the screens: requests of the user, and changes of files.

State goes down to widgets by their setters, messages go up. Two notifications are plain callbacks, because a message
would need a second frame: the text of the query input (``on_query``) and the cursor of the table (``on_cursor``).
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message
from textual.widget import Widget


@dataclass(eq=False, repr=False)
class RowChosen(Message):
    """Enter was pressed on the current row of ``rows``, or a row was clicked and is now the current one.

    For a click, ``times`` counts clicks in a row, ``shift`` and ``ctrl`` tell which keys were down, and ``came_from``
    is the line of the cursor before.
    """

    rows: Widget
    clicked: bool
    times: int = 1
    shift: bool = False
    ctrl: bool = False
    came_from: int = 0


@dataclass(eq=False, repr=False)
class FoldRequested(Message):
    """The glyph before a line of the tree was clicked: open the node with this key (``on``), or fold it."""

    key: str
    on: bool


@dataclass(eq=False, repr=False)
class SortRequested(Message):
    """The heading of a column was clicked."""

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
    """The line of hints was clicked in cell ``x``."""

    x: int


@dataclass(eq=False, repr=False)
class CopyRequested(Message):
    """Copy the text that is selected with the mouse."""

    text: str


@dataclass(eq=False, repr=False)
class LinkFollowed(Message):
    """A line with a link was clicked; ``target`` is an address or the id of an entry."""

    target: str


@dataclass(eq=False, repr=False)
class ColumnChosen(Message):
    """The heading of a column of the comparison was clicked; columns count from 0."""

    column: int


@dataclass(eq=False, repr=False)
class ReadyForKeys(Message):
    """A screen is complete and focused, so it can handle keys that were pressed before."""


@dataclass(eq=False, repr=False)
class FocusMovedByProgram(Message):
    """The program moved the focus; no key or click did."""


@dataclass(eq=False, repr=False)
class CatalogRead(Message):
    """A file of the catalog changed, and the catalog was read again. Posted by the thread that watches the files."""


@dataclass(eq=False, repr=False)
class LibraryWritten(Message):
    """The library was saved, or saving failed. Posted by the writer's thread.

    ``unsaved`` counts changes that stay in memory because of ``reason``; ``skipped`` counts changes that were not
    undone because another program had changed the same field.
    """

    unsaved: int = 0
    reason: str = ""
    skipped: int = 0


@dataclass(eq=False, repr=False)
class LibraryChanged(Message):
    """Another process changed the file of the library. Posted by the writer's thread."""
