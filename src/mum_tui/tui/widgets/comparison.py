"""The table of a comparison: a column for each entry, a row for each property, and first what entries share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual import events

from mum_tui.search.hits import spans
from mum_tui.search.reading import Span
from mum_tui.text import fold
from mum_tui.tui.cells import cell_len, fit, wrap
from mum_tui.tui.messages import ColumnChosen
from mum_tui.tui.widgets.lines import LinesView
from mum_tui.tui.widgets.paint import joined, slices, within_slice
from mum_tui.views.comparison import SHARED, Property

DIFFERS = "≠"
CURRENT = "▌"
NOT_RECORDED = "·"

LABEL = 18
"""The width of the labels; ``NARROW_LABEL`` below ``NARROW`` columns."""
NARROW_LABEL = 13
NARROW = 60

COLUMN = 24
"""The least width of a column; with less room, not all entries are shown at once."""
NARROW_COLUMN = 16
"""The same below ``NARROW`` columns, so that two entries fit."""

GAP = 2

Run = tuple[str, str]
"""A text and the name of its style."""


class Head(NamedTuple):
    """The heading of a column: the name of the entry, and its id."""

    name: str
    id: str


class ColumnLayout(NamedTuple):
    """The division of the width: cells for the labels, cells for each column, and the columns shown."""

    label: int
    width: int
    shown: range


class Comparison(LinesView):
    """The table. One column is current and always shown; the labels do not scroll."""

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

    def columns(self, width: int) -> ColumnLayout:
        """The columns that fit into ``width`` cells, the current one among them."""
        label, least = (LABEL, COLUMN) if width >= NARROW else (NARROW_LABEL, NARROW_COLUMN)
        count = max(1, min((width - label) // (least + GAP), len(self.heads)))
        first = min(max(self._first, self.current - count + 1), self.current, len(self.heads) - count)
        return ColumnLayout(label, max((width - label) // count - GAP, 2), range(first, first + count))

    def show_column(self, column: int) -> None:
        """Make a column current and show it; the row at the top stays."""
        row = self.row_at(self.top)
        self.current = max(0, min(column, len(self.heads) - 1))
        self._first = self.columns(self.text_width).shown.start
        self.lines_for(self.text_width)
        self.top = min(self._starts[row], self.last_top) if self._starts else 0
        self.refresh()

    def row_at(self, y: int) -> int:
        """The number of the row in line ``y``."""
        self.lines_for(self.text_width)
        return max((row for row, start in enumerate(self._starts) if start <= y), default=0)

    def show_differences(self, only: bool) -> None:
        """Show only the rows that differ (``only``), or all."""
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


def _lay_out(row: Property, columns: ColumnLayout) -> list[list[Run]]:
    """A row as lines; cells are wrapped, and items that all entries have are accented."""
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
    """The begin and end of the shared items in a cell, whose items are separated by commas."""
    hits = [span for item in shared for span in spans(cell, [fold(item)])]
    return [
        (start, end)
        for start, end in sorted(hits)
        if (start == 0 or cell.endswith(", ", 0, start)) and (end == len(cell) or cell.startswith(", ", end))
    ]


def _is_text(run: Run) -> bool:
    return bool(run[0])


def _lay_out_shared(rows: Sequence[Property], label: int, width: int) -> list[list[Run]]:
    """What the entries share, over the full width: a line per property, then a blank one."""
    common = [row for row in rows if row.common]
    if not common:
        return [[(fit(f"  {SHARED}", label), "title"), (" Nothing recorded", "muted")], [("", "text")]]
    lines: list[list[Run]] = []
    names = max(cell_len(row.label) for row in common) + 2
    if width - label - names < NARROW_COLUMN:  # put the heading above
        lines, label = [[(f"  {SHARED}", "title")]], 2
    for row in common:
        room = max(width - label - names - 2, 4)
        for number, text in enumerate(wrap(row.common_words(), room)):
            head = fit(f"  {SHARED}" if not lines else "", label)
            name = fit(row.label if number == 0 else "", names)
            lines.append([(head, "title"), (f" {name}", "muted"), (text, "accent" if row.shared else "text")])
    return [*lines, [("", "text")]]
