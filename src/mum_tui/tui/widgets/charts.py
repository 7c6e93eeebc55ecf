"""Charts made of characters: a grid of shaded numbers, columns above it, and bars.

The cursor moves from number to number. Shades and bars are block characters, so that nothing depends on colour.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events

from mum_tui.tui.cells import cell_len, fit, fit_right
from mum_tui.tui.widgets.paint import joined
from mum_tui.tui.widgets.rows import RowsView
from mum_tui.views.overview import SHADE_COUNT, Grid, Tally

SHADES = "·░▒▓█"
"""The characters of 0 and of each shade of a grid."""

RISING = " ▁▂▃▄▅▆▇█"
GROWING = " ▏▎▍▌▋▊▉█"

PART = "  "
"""The indentation of a row that belongs to a summing row above it."""

LABEL = 30
"""The most cells for the labels of rows."""

NARROWEST, WIDEST = 5, 9
"""The least and most cells of a number with its shade."""

MOST_RISING = 8
"""The most lines of the columns of blocks; at least ``LEAST_ROWS`` lines remain for the rows below."""
LEAST_ROWS = 6

Runs = list[tuple[str, Style]]

assert len(SHADES) == SHADE_COUNT + 1


class Chart(RowsView):
    """A title, and lines with numbers, one of which is under the cursor."""

    header_lines = 1

    def __init__(self, title: str, remark: str, on_cursor: Callable[[], None]) -> None:
        super().__init__()
        self.title = title
        self.remark = remark
        self._on_cursor = on_cursor

    # -- for subclasses

    @property
    def tally(self) -> Tally | None:
        """The number under the cursor; None if there is none."""
        raise NotImplementedError

    @property
    def position(self) -> str:
        """The labels of the number under the cursor."""
        raise NotImplementedError

    @property
    def lines_wanted(self) -> int:
        """The lines with which everything is visible."""
        return self.header_lines + self.line_count

    def move_across(self, columns: int) -> None:
        """Move the cursor right by ``columns``; does nothing in a chart without columns."""

    def cursor_moved(self) -> None:
        self._on_cursor()

    def on_focus(self) -> None:
        self._on_cursor()

    # -- painting

    def _draw_title(self, width: int, remark: str) -> list[Segment]:
        """The title in a rule, which is heavy in the focused chart."""
        line, style = ("━", "bar") if self.is_active else ("─", "rule")
        head = f"{line} {self.title} "
        tail = f" {remark} " if remark and cell_len(head + remark) + 4 <= width else ""
        rule = line * (width - cell_len(head) - cell_len(tail) - 1)
        title = self.palette["accent" if self.is_active else "title"]
        runs: Runs = [(line, self.palette[style]), (head[1:], title), (rule, self.palette[style])]
        return joined([*runs, (tail, self.palette["muted"]), (line, self.palette[style])], width, self.palette["rule"])

    def _label(self, text: str, room: int, is_current: bool, is_bold: bool = False) -> Runs:
        here = is_current and self.is_active
        colours = self.palette
        style = colours["title" if here or is_bold else "text"]
        return [(("▌" if here else " "), colours["glyph"]), (fit(text, room - 1), style)]

    @property
    def _cursor_style(self) -> Style:
        return self.palette["cursor" if self.is_active else "cursor-blurred"]


class GridChart(Chart):
    """A grid of counts, with the sums of columns as its first row and those of rows as its last column.

    Args:
        grid: the counts.
        total: the number of all entries.
        newest: whether the cursor is in the last column at first, else it is in the first.
        on_cursor: called when the cursor moved.
    """

    def __init__(self, grid: Grid, total: int, newest: bool, on_cursor: Callable[[], None]) -> None:
        super().__init__(grid.title, grid.hidden, on_cursor)
        self.grid = grid
        self.heads = [*(head.label for head in grid.columns), "all"]
        self.names = ["all", *(row.label for row in grid.rows)]
        self._indented = ["all", *(f"{PART * grid.is_part(row)}{head.label}" for row, head in enumerate(grid.rows))]
        self._sums = {0, *(row + 1 for row in grid.wholes)}
        sums = (*grid.columns, Tally("", total, ""))
        self.tallies = [sums, *((*cells, row) for row, cells in zip(grid.rows, grid.cells, strict=True))]
        self.header_lines = 2
        self.column = max(len(grid.columns) - 1, 0) if newest else 0
        self._left = 0

    @property
    def line_count(self) -> int:
        return len(self.tallies)

    @property
    def tally(self) -> Tally | None:
        return self.tallies[self.cursor][self.column]

    @property
    def position(self) -> str:
        row, column = self.names[self.cursor], self.heads[self.column]
        if self.cursor and column != "all":
            return f"{row} · {column}"
        return row if self.cursor else column

    # -- columns

    def measures(self, width: int) -> tuple[int, int, range]:
        """The cells for labels, the cells for each number, and the columns shown."""
        count = len(self.heads)
        digits = max(len(str(self.grid.most)) + 3, len(str(self.tallies[0][-1].number)) + 2, NARROWEST)
        longest = max(map(cell_len, self._indented)) + 2
        label = min(longest, LABEL, max(width - count * digits, width // 3))
        shown = max(1, min((width - label) // digits, count))
        first = min(max(self._left, self.column - shown + 1), self.column, count - shown)
        return label, min((width - label) // shown, max(WIDEST, digits)), range(first, first + shown)

    def move_across(self, columns: int) -> None:
        self.column = max(0, min(self.column + columns, len(self.heads) - 1))
        self._left = self.measures(self.text_width)[2].start
        self.refresh()
        self._on_cursor()

    def on_click(self, event: events.Click) -> None:
        # ``RowsView`` handles the line; Textual calls its handler after this one.
        label, cell, shown = self.measures(self.text_width)
        if self.line_at(event) >= 0:
            at = (event.x - label) // cell
            self.column = shown[at] if event.x >= label and at < len(shown) else len(self.heads) - 1
            self.refresh()

    # -- painting

    def draw_header(self, y: int, width: int) -> list[Segment]:
        if y == 0:
            return self._draw_title(width, self.remark)
        label, cell, shown = self.measures(self.text_width)
        colours = self.palette
        if y < self.header_lines - 1:
            return joined([(" " * label, colours["text"]), *self._columns(y, cell, shown)], width, colours["text"])
        runs: Runs = [(fit_right("‹ " if shown.start else "", label), colours["muted"])]
        for number in shown:
            style = colours["accent" if number == self.column and self.is_active else "muted"]
            # The gap before the first column is the last cell of the labels.
            room = cell if number == shown.start else cell - 1
            head = fit(self.heads[number], room).rstrip()
            # Aligned with the digits if it is short enough.
            runs.append((fit_right(head + " " * (cell_len(head) < cell - 1), cell), style))
        runs.append(("›" if shown.stop < len(self.heads) else "", colours["muted"]))
        return joined(runs, width, colours["text"])

    def _columns(self, y: int, cell: int, shown: range) -> Runs:
        """A line of the columns above the headings; here there are none."""
        return []

    def draw_line(self, y: int, width: int) -> list[Segment]:
        label, cell, shown = self.measures(width)
        runs = self._label(self._indented[y], label, y == self.cursor, y in self._sums)
        for number in shown:
            is_sum = y in self._sums or number == len(self.heads) - 1
            runs += self._cell(self.tallies[y][number].number, cell, is_sum, (y, number) == (self.cursor, self.column))
        return joined(runs, width, self.palette["text"])

    def _cell(self, number: int, width: int, is_sum: bool, is_current: bool) -> Runs:
        """A number with its shade, in brackets under the cursor."""
        room = width - 2
        digits = str(number) if number else SHADES[0]
        remaining = room - len(str(self.grid.most))
        shade = SHADES[self.grid.level(number)] * (remaining - (remaining > 1)) if number and not is_sum else ""
        colours = self.palette
        before, after = "[]" if is_current and self.is_active else "  "
        digits_style = colours["title" if is_sum else "text"] if number else colours["muted"]
        runs: Runs = [
            (before, colours["glyph"]),
            (shade, colours["bar"]),
            (fit_right(digits, room - len(shade)), digits_style),
            (after, colours["glyph"]),
        ]
        return [(text, style + self._cursor_style) for text, style in runs] if is_current else runs


class YearsChart(GridChart):
    """A grid with a column of blocks above each of its columns, as high as its sum."""

    def share(self, height: int) -> None:
        """Divide ``height`` lines between the columns of blocks and the rows, which are more important."""
        self.header_lines = 2 + max(0, min(MOST_RISING, height - LEAST_ROWS - 2, height // 3))

    def _columns(self, y: int, cell: int, shown: range) -> Runs:
        height = self.header_lines - 2
        sums = self.tallies[0][:-1]
        most = max((tally.number for tally in sums), default=0) or 1
        runs: Runs = []
        for number in shown:
            eighths = 0
            if number < len(sums):
                # A number above 0 gets at least one eighth.
                full = max(-(-sums[number].number * height * 8 // most), sums[number].number > 0)
                eighths = max(0, min(full - 8 * (height - y), 8))
            style = self.palette["glyph" if number == self.column and self.is_active else "bar"]
            runs.append(("  " + RISING[eighths] * (cell - 3) + " ", style))
        return runs


class BarChart(Chart):
    """A bar and a number for each label."""

    def __init__(self, title: str, tallies: Sequence[Tally], nothing: str, on_cursor: Callable[[], None]) -> None:
        super().__init__(title, "", on_cursor)
        self.tallies = tallies
        self.nothing = nothing

    @property
    def line_count(self) -> int:
        return len(self.tallies) or 1

    def can_hold_cursor(self, y: int) -> bool:
        return y < len(self.tallies)

    @property
    def tally(self) -> Tally | None:
        return self.tallies[self.cursor] if self.tallies else None

    @property
    def position(self) -> str:
        return self.tallies[self.cursor].label if self.tallies else ""

    def draw_header(self, y: int, width: int) -> list[Segment]:
        return self._draw_title(width, "")

    def draw_line(self, y: int, width: int) -> list[Segment]:
        colours = self.palette
        if not self.tallies:
            return joined([(f"  {self.nothing}", colours["quiet"])], width, colours["text"])
        most = max(counted.number for counted in self.tallies)
        digits = len(str(most))
        label = min(max(cell_len(counted.label) for counted in self.tallies) + 2, LABEL, width * 3 // 5)
        room = max(width - label - digits - 2, 1)
        tally = self.tallies[y]
        full, part = divmod(max(room * 8 * tally.number // most, 1), 8)
        bar = GROWING[8] * full + (GROWING[part] if part else "")
        runs = self._label(tally.label, label - 1, y == self.cursor)
        if y == self.cursor:
            runs = [(text, style + self._cursor_style) for text, style in runs]
        runs += [(" " + bar, colours["bar"]), (f" {tally.number}", colours["text"])]
        return joined(runs, width, colours["text"])
