"""Entries side by side: a column each, a row for each recorded fact, and first what they share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual import events
from textual.binding import Binding
from textual.content import Content

from mum_tui.actions import BY_ID
from mum_tui.search.hits import spans
from mum_tui.search.reading import Span
from mum_tui.text import fold
from mum_tui.tui.cells import cell_len, fit, wrap
from mum_tui.tui.dialogs.lists import Choice, Dialog
from mum_tui.tui.messages import ColumnChosen
from mum_tui.tui.widgets.lines import LinesView
from mum_tui.tui.widgets.paint import joined, slices, within_slice
from mum_tui.views.comparison import SHARED, Property

DIFFERS = "≠"
CURRENT = "▌"
NOT_RECORDED = "·"

LABEL = 18
"""Cells for the labels; ``NARROW_LABEL`` where there are few."""
NARROW_LABEL = 13
NARROW = 60

COLUMN = 24
"""The least cells for an entry: where they are fewer, not all entries are shown at once."""
NARROW_COLUMN = 16
"""The same in a narrow terminal, so that two entries stand beside each other in 60 columns."""

GAP = 2

Run = tuple[str, str]
"""A text and the name of its style."""


class Head(NamedTuple):
    """The head of a column: the name of the entry, and its id."""

    name: str
    id: str


class Columns(NamedTuple):
    """How the width is divided: cells for the labels, cells for each column, and the columns shown."""

    label: int
    width: int
    shown: range


class Comparison(LinesView):
    """The table. One column is current; the columns shown follow it, the labels stay."""

    header_lines = 3

    def __init__(self, heads: Sequence[Head], rows: Sequence[Property]) -> None:
        super().__init__()
        self.heads = heads
        self.all_rows = rows
        self.rows = rows
        self.current = 0
        self._first = 0
        self._laid_out_for: tuple[object, ...] = ()
        self._lines: list[list[Run]] = []
        self._starts: list[int] = []

    # -- what is shown

    def columns(self, width: int) -> Columns:
        """The columns that ``width`` cells have room for, the current one among them."""
        label, least = (LABEL, COLUMN) if width >= NARROW else (NARROW_LABEL, NARROW_COLUMN)
        count = max(1, min((width - label) // (least + GAP), len(self.heads)))
        first = min(max(self._first, self.current - count + 1), self.current, len(self.heads) - count)
        return Columns(label, max((width - label) // count - GAP, 2), range(first, first + count))

    def show_column(self, column: int) -> None:
        """Make a column the current one and show it; the row at the top stays there."""
        row = self.row_at(self.top)
        self.current = max(0, min(column, len(self.heads) - 1))
        self._first = self.columns(self.text_width).shown.start
        self.lines_for(self.text_width)
        self.top = min(self._starts[row], self.last_top) if self._starts else 0
        self.refresh()

    def row_at(self, y: int) -> int:
        """The number of the row that line ``y`` belongs to."""
        self.lines_for(self.text_width)
        return max((row for row, start in enumerate(self._starts) if start <= y), default=0)

    def show_differences(self, only: bool) -> None:
        """Show only the rows that differ, or all."""
        self.rows = [row for row in self.all_rows if row.differs] if only else self.all_rows
        self.top = 0
        self.refresh()

    def lines_for(self, width: int) -> list[list[Run]]:
        """The lines below the header in ``width`` cells."""
        columns = self.columns(width)
        state = (columns, width, len(self.rows))
        if self._laid_out_for != state:
            self._laid_out_for = state
            self._lines, self._starts = [], []
            for row in self.rows:
                self._starts.append(len(self._lines))
                is_shared = row.label == SHARED
                self._lines += (
                    _lay_out_shared(self.all_rows, columns.label, width) if is_shared else _lay_out(row, columns)
                )
            if not self.rows:
                self._lines = [[("No recorded differences.", "quiet")]]
        return self._lines

    @property
    def line_count(self) -> int:
        return len(self.lines_for(self.text_width))

    # -- painting

    def draw_header(self, y: int, width: int) -> list[Segment]:
        columns = self.columns(self.text_width)
        if y == 2:
            return joined([("─" * width, self.palette["rule"])], width, self.palette["rule"])
        runs: list[Run] = [(" " * columns.label, "muted")]
        for number in columns.shown:
            head, is_current = self.heads[number], number == self.current
            text = f"{number + 1} {head.name}" if y == 0 else head.id
            style = "muted" if y else "accent" if is_current else "title"
            runs += [(CURRENT if is_current else " ", "glyph"), (fit(text, columns.width), style), (" ", "muted")]
        return self._painted(runs, width)

    def draw_line(self, y: int, width: int) -> list[Segment]:
        return self._painted(self.lines_for(width)[y], width)

    def _painted(self, runs: Sequence[Run], width: int) -> list[Segment]:
        colours = self.palette
        return joined([(text, colours[style]) for text, style in runs], width, colours["text"])

    # -- mouse

    def on_click(self, event: events.Click) -> None:
        columns = self.columns(self.text_width)
        at = (event.x - columns.label) // (columns.width + GAP)
        if event.x >= columns.label and at < len(columns.shown):
            if event.y < self.header_lines:
                self.post_message(ColumnChosen(columns.shown[at]))
            else:
                self.show_column(columns.shown[at])


def _lay_out(row: Property, columns: Columns) -> list[list[Run]]:
    """A row as lines, its cells wrapped, with the items that all entries have accented."""
    label = wrap(f"{DIFFERS if row.differs else ' '} {row.label}", columns.label - 1, "  ")
    style = "text" if row.differs else "muted"
    cells = [_cell(row.cells[number] or NOT_RECORDED, row.shared, style, columns.width) for number in columns.shown]
    lines = []
    for y in range(max(len(label), *map(len, cells))):
        runs: list[Run] = [(fit(label[y] if y < len(label) else "", columns.label), "title" if row.differs else style)]
        for cell in cells:
            runs += [(" ", style), *(cell[y] if y < len(cell) else [(" " * columns.width, style)]), (" ", style)]
        lines.append(runs)
    return lines


def _cell(text: str, shared: Sequence[str], style: str, width: int) -> list[list[Run]]:
    """A cell as lines of exactly ``width`` cells."""
    lines = wrap(text, width)
    hits = shared_spans(text, shared)
    laid_out = []
    for line, part in zip(lines, slices(text, lines), strict=True):
        runs: list[Run] = []
        at = 0
        for start, end in within_slice(hits, part):
            runs += [(line[at:start], style), (line[start:end], "accent")]
            at = end
        rest = fit(line[at:], width - sum(cell_len(piece) for piece, _ in runs))
        laid_out.append([*filter(_is_text, runs), (rest, style)])
    return laid_out


def shared_spans(cell: str, shared: Sequence[str]) -> list[Span]:
    """Where items that all entries have begin and end in a cell, whose items are separated by commas."""
    hits = [span for item in shared for span in spans(cell, [fold(item)])]
    return [
        (start, end)
        for start, end in sorted(hits)
        if (start == 0 or cell.endswith(", ", 0, start)) and (end == len(cell) or cell.startswith(", ", end))
    ]


def _is_text(run: Run) -> bool:
    return bool(run[0])


def _lay_out_shared(rows: Sequence[Property], label: int, width: int) -> list[list[Run]]:
    """What the entries share, over the whole width: a line for each property, and a blank one below."""
    common = [row for row in rows if row.common]
    if not common:
        return [[(fit(f"  {SHARED}", label), "title"), (" Nothing that is recorded", "muted")], [("", "text")]]
    lines: list[list[Run]] = []
    names = max(cell_len(row.label) for row in common) + 2
    if width - label - names < NARROW_COLUMN:  # the heading stands above
        lines, label = [[(f"  {SHARED}", "title")]], 2
    for row in common:
        room = max(width - label - names - 2, 4)
        for number, text in enumerate(wrap(row.common_words(), room)):
            head = fit(f"  {SHARED}" if not lines else "", label)
            name = fit(row.label if number == 0 else "", names)
            lines.append([(head, "title"), (f" {name}", "muted"), (text, "accent" if row.shared else "text")])
    return [*lines, [("", "text")]]


class CompareScreen(Dialog):
    """Gives the entry to go to.

    Args:
        heads: the head of each column.
        rows: of ``mum_tui.views.comparison``.
        copy: called with the rows shown, to copy them.
        bookmark: called to bookmark all the entries.
        export: called to write all the entries to a file.
        undo: called to undo the last change to the library.
    """

    BINDINGS = [
        Binding("left,h", "change_column(-1)", show=False),
        Binding("right,l", "change_column(1)", show=False),
        Binding("enter,ctrl+j", "open", show=False),
        *[Binding(str(digit), f"open({digit})", show=False) for digit in range(1, 10)],
        Binding("c", "copy_table", show=False),
        Binding("d", "differences", show=False),
        Binding("b", "bookmark", show=False, id=BY_ID["bookmark"].id),
        Binding("u", "undo", show=False, id=BY_ID["undo"].id),
        Binding("e", "export", show=False, id=BY_ID["export"].id),
        Binding("equals_sign", "close", show=False, id=BY_ID["compare"].id),
    ]
    KEYS = (
        ("← → h l", "Go to the next or previous entry"),
        ("enter", "Close, and go to the current entry"),
        ("1…9", "Close, and go to the entry with this number"),
        ("d", f"Show only what differs ({DIFFERS}), or all again"),
        ("c", "Copy the table shown, as Markdown"),
        ("b", "Bookmark all of them; remove the bookmarks where all have one"),
        ("e", "Export all of them"),
        ("u", "Undo the last change to your library"),
        ("esc q =", "Close"),
    )

    def __init__(
        self,
        heads: Sequence[Head],
        rows: Sequence[Property],
        copy: Callable[[Sequence[Property]], None],
        bookmark: Callable[[], None],
        export: Callable[[], None],
        undo: Callable[[], None],
    ) -> None:
        self.table = Comparison(heads, rows)
        super().__init__(
            "",
            f"{DIFFERS} differs · d only {DIFFERS} · b bookmarks · e exports · enter opens · c copies · ←→ entry"
            " · ? keys · esc closes",
            self.table,
        )
        self._copy, self._bookmark, self._export, self._undo = copy, bookmark, export, undo
        self._only_differences = False

    def wanted(self, width: int) -> tuple[int, int]:
        """The whole screen: so the keys stand in its last line, and nothing else behind them."""
        return width, self.app.size.height

    def on_resize(self) -> None:
        super().on_resize()
        self.call_after_refresh(self._show_title)

    def _show_title(self) -> None:
        shown = self.table.columns(self.table.text_width).shown
        count = len(self.table.heads)
        which = f"{shown.start + 1} to {shown.stop}" if len(shown) > 1 else f"{shown.stop}"
        part = f": {which} ← →" if len(shown) < count else ""
        what = "What differs between" if self._only_differences else "Comparing"
        self.frame.border_title = Content(f"{what} {count:,} entries{part}")

    def on_column_chosen(self, event: ColumnChosen) -> None:
        self.dismiss(Choice(event.column))

    def action_change_column(self, step: int) -> None:
        """Make the next or the previous column the current one."""
        self.table.show_column(self.table.current + step)
        self._show_title()

    def action_open(self, number: int = 0) -> None:
        """Give the entry with this number, or that of the current column."""
        if number <= len(self.table.heads):
            self.dismiss(Choice(number - 1 if number else self.table.current))

    def action_copy_table(self) -> None:
        """Copy the rows shown."""
        self._copy(self.table.rows)

    def action_bookmark(self) -> None:
        """Bookmark all the entries compared."""
        self._bookmark()

    def action_undo(self) -> None:
        """Undo the last change to the library."""
        self._undo()

    def action_export(self) -> None:
        """Write all the entries compared to a file."""
        self._export()

    def action_differences(self) -> None:
        """Show only what differs, or all again."""
        self._only_differences = not self._only_differences
        self.table.show_differences(self._only_differences)
        self._show_title()
