"""The query input, an input for words, and single lines of text."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from mum_tui.text import MOST_IN_BOX, clean
from mum_tui.tui.cells import fit, fit_right
from mum_tui.tui.messages import HintClicked
from mum_tui.tui.palette import palette

PLACEHOLDER = "filter: words, author, 2024+, has:open …"


class Line(Widget):
    """A line of text that changes without a new layout."""

    def __init__(self, style: str, *, id: str, right: bool = False) -> None:
        super().__init__(id=id)
        self.text = ""
        self._style = style
        self._right = right
        self._accent = ""

    def show(self, text: str, style: str = "", accent: str = "") -> None:
        """Show a text, in ``style`` if given; the part ``accent`` of it is accented."""
        style = style or self._style
        if (text, style, accent) != (self.text, self._style, self._accent):
            self.text, self._style, self._accent = text, style, accent
            self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Called by Textual for each repaint: as in ``LinesView``, no style sheet is asked."""
        return [self.render_line(y).crop(*crop.column_span) for y in crop.line_range]

    def render_line(self, y: int) -> Strip:
        """The line, and the same again should the widget be higher."""
        width = self.size.width
        align = fit_right if self._right else fit
        colours = palette(self.app, "panel")
        before, accent, after = align(self.text, width).partition(self._accent) if self._accent else ("", "", "")
        if not accent:
            return Strip([Segment(align(self.text, width), colours[self._style])], width)
        parts = ((before, self._style), (accent, "accent"), (after, self._style))
        return Strip([Segment(text, colours[style]) for text, style in parts if text], width)


class HintLine(Line):
    """The line of hints, which can be clicked."""

    def on_click(self, event: events.Click) -> None:
        self.post_message(HintClicked(event.x))


class WordInput(Input, inherit_css=False):
    """An input of one line without a border. Its styles are those of ``mum.tcss`` alone."""

    COMPONENT_CLASSES = Input.COMPONENT_CLASSES

    # Textual would lay out the screen again when this changes, with each key; the width of the input is fixed.
    virtual_size = Reactive(Size(0, 0))

    BINDINGS = [Binding("ctrl+backspace", "delete_left_word", show=False)]

    def __init__(self, placeholder: str, *, id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, select_on_focus=False, id=id)
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """Called by Textual: removes control characters, which a terminal would execute, and what is too much."""
        return clean(value).replace("\n", " ")[:MOST_IN_BOX]


class QueryInput(WordInput):
    """The input of the query. ``on_query`` is called with its text while a key is handled, so that one frame shows the
    text and its results; of several waiting keys, only for the last.
    """

    def __init__(self, on_query: Callable[[str], None], query: str = "", *, id: str) -> None:
        super().__init__(PLACEHOLDER, id=id)
        # Set without watchers, because there is no screen yet to show results.
        self.set_reactive(Input.value, query)
        self.disable_messages(Input.Changed)  # ``on_query`` does this, and sooner
        self._on_query = on_query
        self._edited_up_to: int | None = None
        self._reported = query
        self._ahead = False

    def add_text(self, text: str, ahead: bool) -> None:
        """Replace the selection by the first line of a text; ``ahead`` says that more keys are waiting."""
        line = next(iter(text.splitlines()), "")
        if line:
            self._ahead = ahead
            self.replace(line, *self.selection)
            self._ahead = False

    def watch_value(self, value: str) -> None:
        """Called by Textual for every change of the text."""
        if not self.is_mounted:
            return
        if self._ahead:
            # Later, but even if the waiting keys are not for this input.
            self.call_later(self.report_typed)
        else:
            self.report()

    def report_typed(self) -> None:
        """Call ``on_query`` now for text typed ahead, unless it was called for this text already."""
        self._edited_up_to = self.cursor_position
        self.report()
        self._edited_up_to = None

    def report(self) -> None:
        """Call ``on_query`` now, unless it was called for this text already."""
        if self.value != self._reported:
            self._reported = self.value
            self._on_query(self.value)

    def replace(self, text: str, start: int, end: int) -> None:
        """Called by Textual for every edit; Textual moves the cursor only after ``watch_value``."""
        self._edited_up_to = min(start, end) + len(text)
        super().replace(text, start, end)
        self._edited_up_to = None

    @property
    def edited_up_to(self) -> int:
        """The number of characters before the cursor after the edit that is being reported."""
        if self._edited_up_to is None:
            return len(self.value)
        return min(self._edited_up_to, len(self.value))

    def set_text(self, text: str, cursor: int | None = None, reported: bool = False) -> None:
        """Set the text, and the cursor after ``cursor`` characters, by default at the end.

        With ``reported``, ``on_query`` is not called, because the results of the text are already shown.
        """
        if reported:
            self._reported = text
        self.value = text
        self.cursor_position = len(text) if cursor is None else cursor
