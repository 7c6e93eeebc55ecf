"""A dialog to show, hide and order the columns of the table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from rich.segment import Segment
from textual.binding import Binding

from mum_tui.tui.cells import cell_len, fit
from mum_tui.tui.dialogs.lists import Dialog
from mum_tui.tui.model.columns import COLUMNS, DEFAULT_COLUMNS
from mum_tui.tui.widgets.paint import joined, over
from mum_tui.tui.widgets.rows import RowsView

SHOWN = "✓"

FOOTER = "space shows or hides · J K move · s sorts by it · r defaults · y copies for config.toml · esc closes"

_NAME = max(map(cell_len, COLUMNS)) + 2


class _Columns(RowsView):
    """All columns in order, the shown ones with a check mark."""

    ground = "surface"
    starts_active = True

    def __init__(self, fitting: Callable[[], Collection[str]]) -> None:
        super().__init__()
        self.order: list[str] = []
        self.shown: set[str] = set()
        self._fitting = fitting

    def show(self, columns: Sequence[str]) -> None:
        """List these columns first, as shown, then all others."""
        self.order = list(dict.fromkeys((*columns, *DEFAULT_COLUMNS, *COLUMNS)))
        self.shown = set(columns)
        self.refresh()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns shown, in order."""
        return tuple(name for name in self.order if name in self.shown)

    @property
    def line_count(self) -> int:
        return len(self.order)

    def draw_line(self, y: int, width: int) -> list[Segment]:
        colours = self.palette
        column = COLUMNS[self.order[y]]
        is_shown = column.name in self.shown
        runs = [
            (f" {SHOWN if is_shown else ' '} ", colours["accent"]),
            (fit(column.name, _NAME), colours["text" if is_shown else "muted"]),
            (column.words, colours["muted"]),
        ]
        if is_shown and column.name not in self._fitting():
            runs.append(("  · no room now", colours["doubt"]))
        segments = joined(runs, width, colours["text"])
        return over(segments, colours["cursor"]) if y == self.cursor else segments


class ColumnsDialog(Dialog):
    """Has no result: each change takes effect at once.

    Args:
        columns: the names of the columns shown, in order.
        show: called with the columns to show.
        sort: called with the column to sort by.
        copy: copies a line of the configuration that sets the columns shown.
        fitting: the names of the columns that have room.
    """

    BINDINGS = [
        Binding("space,enter,ctrl+j", "toggle_column", show=False),
        Binding("J,shift+down", "move_column(1)", show=False),
        Binding("K,shift+up", "move_column(-1)", show=False),
        Binding("s", "sort", show=False),
        Binding("r", "reset", show=False),
        Binding("y", "copy", show=False),
    ]

    KEYS = (
        ("space enter", "Show or hide the column"),
        ("J K", "Move the column down or up"),
        ("s", "Sort by the column; once more, the other way round"),
        ("r", "Show the default columns"),
        ("y", "Copy the line for config.toml that sets these columns"),
        ("esc", "Close"),
    )

    def __init__(
        self,
        columns: Sequence[str],
        show: Callable[[tuple[str, ...]], None],
        sort: Callable[[str], None],
        copy: Callable[[], None],
        fitting: Callable[[], Collection[str]],
    ) -> None:
        self.list = _Columns(fitting)
        self.list.show(columns)
        self._show_columns, self._sort_by, self._copy_line = show, sort, copy
        super().__init__("Columns", FOOTER, self.list)

    def wanted_size(self, width: int) -> tuple[int, int]:
        return min(76, width), self.list.line_count

    def _changed(self) -> None:
        self._show_columns(self.list.columns)
        self.list.refresh()

    def action_toggle_column(self) -> None:
        """Show or hide the current column; at least one stays."""
        name = self.list.order[self.list.cursor]
        if self.list.shown != {name}:
            self.list.shown ^= {name}
            self._changed()

    def action_move_column(self, lines: int) -> None:
        """Move the current column up or down."""
        order, at = self.list.order, self.list.cursor
        to = at + lines
        if 0 <= to < len(order):
            order[at], order[to] = order[to], order[at]
            self.list.move_to(to)
            self._changed()

    def action_sort(self) -> None:
        """Sort by the current column; if it is the order already, reverse it."""
        self._sort_by(self.list.order[self.list.cursor])

    def action_reset(self) -> None:
        """Show the default columns."""
        self.list.show(DEFAULT_COLUMNS)
        self._changed()

    def action_copy(self) -> None:
        """Copy a line of the configuration that sets the columns shown."""
        self._copy_line()

    def on_row_chosen(self) -> None:
        self.action_toggle_column()
