"""A dialog that compares entries side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.binding import Binding
from textual.content import Content

from mum_tui.actions import BY_ID
from mum_tui.tui.dialogs.lists import Choice, Dialog
from mum_tui.tui.messages import ColumnChosen
from mum_tui.tui.widgets.comparison import DIFFERS, Comparison, Head
from mum_tui.views.comparison import Property


class CompareScreen(Dialog):
    """Compares entries; the result is the entry to go to.

    Args:
        heads: the heading of each column.
        rows: the rows of ``mum_tui.views.comparison``.
        copy: copies the rows it is called with.
        bookmark: bookmarks all the entries.
        export: writes all the entries to a file.
        undo: undoes the last change to the library.
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
        ("d", f"Show only rows that differ ({DIFFERS}), or all"),
        ("c", "Copy the table as Markdown"),
        ("b", "Bookmark all; if all are bookmarked, remove the bookmarks"),
        ("e", "Export all"),
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
            f"{DIFFERS} differs · d only {DIFFERS} · ? keys · c copies · ←→ entry · enter opens · b bookmarks"
            " · e exports · esc closes",
            self.table,
        )
        self._copy, self._bookmark, self._export, self._undo = copy, bookmark, export, undo
        self._only_differences = False

    def wanted_size(self, width: int) -> tuple[int, int]:
        """The whole screen, so that the keys are in its last line."""
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
        """Make the next or the previous column current."""
        self.table.show_column(self.table.current + step)
        self._show_title()

    def action_open(self, number: int = 0) -> None:
        """Close with the entry of this number, by default that of the current column."""
        if number <= len(self.table.heads):
            self.dismiss(Choice(number - 1 if number else self.table.current))

    def action_copy_table(self) -> None:
        """Copy the rows shown."""
        self._copy(self.table.rows)

    def action_bookmark(self) -> None:
        """Bookmark all entries."""
        self._bookmark()

    def action_undo(self) -> None:
        """Undo the last change to the library."""
        self._undo()

    def action_export(self) -> None:
        """Write all entries to a file."""
        self._export()

    def action_differences(self) -> None:
        """Show only rows that differ, or all."""
        self._only_differences = not self._only_differences
        self.table.show_differences(self._only_differences)
        self._show_title()
