"""What the first line of the screen is made of: the filter box, and lines of text beside it."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from rich.segment import Segment
from textual.binding import Binding
from textual.geometry import Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from mum_tui.text import clean
from mum_tui.tui.cells import cell_len, fit, fit_right
from mum_tui.tui.theme import palette

PLACEHOLDER = "filter: title, author, venue, year …"


class Offers(Struct, frozen=True):
    """What the word in the box can become: a label and a number of entries each; ``current`` is the one taken."""

    rows: tuple[tuple[str, int], ...] = ()
    current: int = -1

    @property
    def width(self) -> int:
        """Cells it would like to have."""
        return max((cell_len(f"{label}  {count:,} ") for label, count in self.rows), default=0)


class Line(Widget):
    """One line of text that changes without a new layout."""

    def __init__(self, style: str, *, id: str, right: bool = False) -> None:
        super().__init__(id=id)
        self.text = ""
        self._style = style
        self._right = right

    def show(self, text: str, style: str = "") -> None:
        """Show this text, in another style than before if one is given."""
        style = style or self._style
        if (text, style) != (self.text, self._style):
            self.text, self._style = text, style
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Called by Textual."""
        width = self.size.width
        place = fit_right if self._right else fit
        return Strip([Segment(place(self.text, width), palette(self.app, "panel")[self._style])], width)


class FindInput(Input):
    """A box of one line to type words into."""

    # Textual lays the screen out anew when this changes, with each key; the box has the width it was given.
    virtual_size = Reactive(Size(0, 0))

    BINDINGS = [Binding("ctrl+backspace", "delete_left_word", show=False)]

    def __init__(self, placeholder: str, *, id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, compact=True, select_on_focus=False, id=id)
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """Called by Textual: what is pasted may hold characters that a terminal obeys."""
        return clean(value).replace("\n", " ")


class FilterInput(FindInput):
    """The box above the entries. Its text is what ``on_query`` is told of in the same turn, so that one frame
    shows both; of keys that were typed ahead, only after the last.
    """

    def __init__(self, on_query: Callable[[str], None], query: str = "", *, id: str) -> None:
        super().__init__(PLACEHOLDER, id=id)
        # Nobody asked anything yet, and there is no screen yet to show it on.
        self.set_reactive(Input.value, query)
        self._on_query = on_query
        self._edited_up_to: int | None = None
        self._told = query
        self._ahead = False
        # Nobody listens to them, and each would go through all widgets above this one.
        self.disable_messages(Input.Changed)

    def put(self, text: str, ahead: bool) -> None:
        """Put a text in the place of what is selected, or where the cursor is; ``ahead`` when more keys wait."""
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
            # Should the keys that wait have nothing to do with this box, it is still told.
            self.call_later(self._tell_late)
        else:
            self.tell()

    def _tell_late(self) -> None:
        self._edited_up_to = self.cursor_position
        self.tell()
        self._edited_up_to = None

    def tell(self) -> None:
        """Tell of the text now, if it was not told of yet."""
        if self.value != self._told:
            self._told = self.value
            self._on_query(self.value)

    def replace(self, text: str, start: int, end: int) -> None:
        """Called by Textual for every edit; it moves the cursor only after the new text was told of."""
        self._edited_up_to = min(start, end) + len(text)
        super().replace(text, start, end)
        self._edited_up_to = None

    @property
    def edited_up_to(self) -> int:
        """Where the cursor stands, or will stand after the edit that is being told of."""
        if self._edited_up_to is None:
            return len(self.value)
        return min(self._edited_up_to, len(self.value))

    def become(self, text: str, cursor: int) -> None:
        """Have this text, with the cursor in this place."""
        self.value = text
        self.cursor_position = cursor
