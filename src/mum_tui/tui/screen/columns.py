"""Chooses the columns of the table and their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui.tui.model.columns import DEFAULT_COLUMNS, known

if TYPE_CHECKING:
    from mum_tui.tui.screen.main import MainScreen


class Columns:
    """Chooses the columns; ``chosen`` are those that the user chose in the browser, perhaps in an earlier session."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.chosen = known(screen.services.memory.session.columns)

    @property
    def _configured(self) -> tuple[str, ...]:
        return known(self._screen.services.config.columns)

    @property
    def at_start(self) -> tuple[str, ...]:
        """The columns at the start: those of the configuration, else those chosen last, else the default ones."""
        return self._configured or self.chosen or DEFAULT_COLUMNS

    def choose(self) -> None:
        """Show, hide and order columns in a dialog; the table follows each key."""
        from mum_tui.tui.dialogs.columns import ColumnsDialog

        table = self._screen.table
        dialog = ColumnsDialog(
            table.columns,
            show=self._show,
            sort=self._screen.acts.sorting.by_column,
            copy=self._copy,
            fitting=lambda: {slot.column.name for slot in table.placed},
        )
        self._screen.push(dialog, lambda _: self._closed())

    def _show(self, columns: tuple[str, ...]) -> None:
        self.chosen = columns
        self._screen.table.show_columns(columns)

    def _closed(self) -> None:
        if self._configured and self.chosen and self.chosen != self._configured:
            self._screen.say("config.toml resets the columns at the next start; y in the dialog copies a line for it")

    def _copy(self) -> None:
        names = ", ".join(f'"{name}"' for name in self._screen.table.columns)
        self._screen.desktop.copy(f"columns = [{names}]\n", "the line for config.toml")
