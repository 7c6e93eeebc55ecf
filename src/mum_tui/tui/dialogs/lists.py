"""Dialogs to choose from a list, and to read a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from rich.segment import Segment
from textual.binding import Binding
from textual.widget import Widget

from mum_tui.tui.cells import cell_len, fit, wrap
from mum_tui.tui.dialogs.frame import Modal
from mum_tui.tui.messages import RowChosen
from mum_tui.tui.widgets.lines import LinesView
from mum_tui.tui.widgets.paint import joined, over
from mum_tui.tui.widgets.rows import RowsView
from mum_tui.tui.widgets.text import TextLine, TextView, paragraphs


class Choice(NamedTuple):
    """The number of the chosen line, and the key: ``enter`` or one of the dialog's other keys."""

    number: int
    key: str = "enter"


class Dialog(Modal[Choice | None]):
    """A dialog around one view that scrolls; escape and ``q`` close it."""

    BINDINGS = [
        Binding("escape,q", "close", show=False),
        Binding("j,down", "move(1)", show=False),
        Binding("k,up", "move(-1)", show=False),
        Binding("g,home", "move_to(0)", show=False),
        Binding("G,end", "move_to(1000000)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("ctrl+d", "half_page(1)", show=False),
        Binding("ctrl+u", "half_page(-1)", show=False),
    ]
    MOVES = (
        ("↓ j  ↑ k", "A line down or up"),
        ("pgdn pgup", "A page"),
        ("ctrl+d ctrl+u", "Half a page"),
        ("g G", "To the first or last line"),
    )

    def __init__(self, title: str, footer: str, view: LinesView, *above: Widget) -> None:
        super().__init__(title, footer, *above, view)
        view.ground = "surface"
        self.view = view

    def wanted_size(self, width: int) -> tuple[int, int]:
        """The columns, at most ``width``, and lines that show the whole view."""
        raise NotImplementedError

    def on_mount(self) -> None:
        self.on_resize()
        self.view.focus()

    def on_resize(self) -> None:
        """Make the frame as large as its view, if the screen has room."""
        width, height = self.app.size
        around, scrollbar = 4, 1
        cells, lines = self.wanted_size(max(width - around - scrollbar - 2, 10))
        self.fit_frame(min(max(cells + scrollbar + around, self.footer_width), width))
        self.frame.styles.height = min(lines + 2, height)
        self.view.styles.height = "1fr"

    def action_close(self) -> None:
        """Close without a choice."""
        self.dismiss(None)

    def action_move(self, lines: int) -> None:
        """Move the cursor, or scroll."""
        self.view.move(lines)

    def action_page(self, direction: int) -> None:
        """Move the cursor, or scroll, by a page less a line."""
        self.view.move(direction * max(self.view.page - 1, 1))

    def action_half_page(self, direction: int) -> None:
        """Move the cursor, or scroll, by half a page."""
        self.view.move(direction * max(self.view.page // 2, 1))

    def action_move_to(self, y: int) -> None:
        """Move the cursor, or scroll, to a line."""
        self.view.move_to(y)


LABELS = "1234567890abcdefhilmnoprstuvwxyz"
"""The keys that choose a line at once; the missing letters move in the list or close it."""


class Choices(RowsView):
    """Lines with a key, a name, a text and a remark each."""

    starts_active = True

    def __init__(self, rows: Sequence[tuple[str, str, str]], current: int, keys: str) -> None:
        super().__init__()
        self.rows = rows
        self.cursor = current
        self.keys = keys[: len(rows)]
        self.label = max((cell_len(name) for name, _, _ in rows), default=0)

    @property
    def line_count(self) -> int:
        return len(self.rows)

    def draw_line(self, y: int, width: int) -> list[Segment]:
        name, text, remark = self.rows[y]
        colours = self.palette
        runs = [
            (f" {self.keys[y : y + 1] or ' '}  ", colours["muted"]),
            (fit(name, self.label) + "  ", colours["text"]),
            (text + "  ", colours["link"]),
            (remark, colours["muted"]),
        ]
        segments = joined(runs, width, colours["text"])
        return over(segments, colours["cursor"]) if y == self.cursor else segments


class ListDialog(Dialog):
    """Chooses a line of a list. Each line has a key (of ``labels``) that chooses it at once; ``other_keys`` choose the
    current line with another meaning.
    """

    BINDINGS = [
        Binding("enter,ctrl+j", "choose", show=False),
        *[Binding(key, f"press('{key}')", show=False) for key in LABELS],
    ]

    def __init__(
        self,
        title: str,
        footer: str,
        rows: Sequence[tuple[str, str, str]],
        current: int = 0,
        other_keys: str = "",
        labels: str = LABELS,
    ) -> None:
        self.choices = Choices(rows, current, "".join(label for label in labels if label not in other_keys))
        super().__init__(title, footer, self.choices)
        self._other_keys = other_keys

    def wanted_size(self, width: int) -> tuple[int, int]:
        texts = (cell_len(text) + cell_len(remark) + 4 for _, text, remark in self.choices.rows)
        return min(max(self.choices.label + 6 + max(texts, default=0), 36), width), len(self.choices.rows)

    def on_row_chosen(self, event: RowChosen) -> None:
        self.dismiss(Choice(self.choices.cursor))

    def action_press(self, key: str) -> None:
        """Choose the line with this key; for one of the other keys, the current line."""
        if key in self._other_keys:
            self.dismiss(Choice(self.choices.cursor, key))
        elif key in self.choices.keys:
            self.dismiss(Choice(self.choices.keys.index(key)))

    def action_choose(self) -> None:
        """Choose the current line."""
        self.dismiss(Choice(self.choices.cursor))


class ReadingDialog(Dialog):
    """Shows a text."""

    BINDINGS = [Binding("space", "page(1)", show=False)]

    def __init__(self, title: str, footer: str, layout: Callable[[int], Iterable[TextLine]], columns: int) -> None:
        super().__init__(title, footer, TextView(layout))
        self.layout_text = layout
        self.columns = columns

    def wanted_size(self, width: int) -> tuple[int, int]:
        width = min(width, self.columns)
        # Of a text of many thousand lines only those that the screen has room for.
        return width, sum(1 for _ in islice(self.layout_text(width), self.app.size.height))


def text_dialog(title: str, text: str, remark: str = "") -> Dialog:
    """A dialog with a text to read and to select with the mouse, and a remark above it."""

    def layout(width: int) -> Iterable[TextLine]:
        if remark:
            yield from (TextLine(((line, "muted"),)) for line in wrap(remark, width))
            yield TextLine()
        yield from paragraphs(text, width)

    return ReadingDialog(title, "select with the mouse · ctrl+c copies · esc closes", layout, columns=90)
