"""Seeing several entries at once: some side by side, or all of them counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mum_tui.search.query import narrowed
from mum_tui.search.view import ALL
from mum_tui.tui.screen.navigation import Walking

if TYPE_CHECKING:
    from mum_tui.tui.dialogs.lists import Choice
    from mum_tui.views.comparison import Row


class Surveying(Walking):
    """Opens the screens for it, and does what is chosen there."""

    def action_compare(self) -> None:
        from mum_tui.tui.dialogs.compare import CompareScreen, Head
        from mum_tui.views import comparison

        entries = self.marked
        if len(entries) < 2:
            self.acts.say(f"Mark two or more entries first: {self.key_of('mark')} marks")
            return
        names = comparison.headings(entries)
        heads = [Head(name, entry.id) for name, entry in zip(names, entries, strict=True)]

        def copy(rows: Sequence[Row]) -> None:
            self.acts.copy(comparison.markdown(entries, rows), f"{len(entries):,} entries as a Markdown table")

        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                self.follow(entries[choice.number].id)

        self.app.push_screen(CompareScreen(heads, comparison.rows(entries, self.relations), copy), chosen)

    def action_glance(self) -> None:
        from mum_tui.tui.dialogs.overview import GlanceScreen
        from mum_tui.views.overview import glance

        rows = self.results.rows
        if not rows:
            self.acts.say("There is nothing to count here")
            return
        # In catalog order, so that nothing changes with the order of the table.
        entries = [self.index.entries[row] for row in sorted(rows)]

        def chosen(query: str | None) -> None:
            if query is not None:
                self.zoom(False)
                self.filter.value = narrowed(self.view.query, query)

        self.app.push_screen(GlanceScreen(glance(self.index.catalog, entries), len(rows), self._counted()), chosen)

    def _counted(self) -> str:
        """Which entries are counted, in words."""
        total = f"{self.results.total:,}"
        if self.view.scope == ALL and not self.view.query:
            return f"all {total} entries"
        where = [] if self.view.scope == ALL else [self.scope.text.strip()]
        return " · ".join([f"{len(self.results.rows):,} of {total} entries", *where, *filter(None, [self.view.query])])
