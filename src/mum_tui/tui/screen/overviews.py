"""Compares entries side by side, and charts them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mum_tui.search.editing import narrowed
from mum_tui.search.view import ALL

if TYPE_CHECKING:
    from mum_tui.tui.dialogs.lists import Choice
    from mum_tui.tui.screen.main import MainScreen
    from mum_tui.views.comparison import Property


class Overviews:
    """Opens the comparison and the charts, and carries out what is chosen in them."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def compare(self) -> None:
        """Show the selected entries side by side."""
        from mum_tui.tui.dialogs.compare import CompareScreen
        from mum_tui.tui.widgets.comparison import Head
        from mum_tui.views import comparison

        screen = self._screen
        entries = screen.selected
        if len(entries) < 2:
            screen.say(f"Select two or more entries first; {screen.key_of('select-entry')} selects")
            return
        names = comparison.headings(entries)
        heads = [Head(name, entry.id) for name, entry in zip(names, entries, strict=True)]

        def copy(rows: Sequence[Property]) -> None:
            text = comparison.markdown(entries, rows)
            screen.desktop.copy(text, f"{len(entries):,} entries as a Markdown table")

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                screen.acts.navigation.follow(entries[choice.number].id)

        rows = comparison.rows(entries, screen.services.relations)
        compared = CompareScreen(
            heads,
            rows,
            copy,
            bookmark=lambda: screen.acts.annotations.bookmark_entries(entries),
            export=screen.acts.exports.export_selected,
            undo=screen.acts.annotations.undo,
        )
        screen.push(compared, answered)

    def charts(self) -> None:
        """Chart the entries shown by year, task and dataset."""
        from mum_tui.tui.dialogs.overview import OverviewScreen
        from mum_tui.views.overview import overview_of

        screen = self._screen
        rows = screen.results.rows
        if not rows:
            screen.say("There are no entries to count")
            return
        # In catalog order, so that the charts do not depend on the order of the table.
        entries = [screen.index.entries[row] for row in sorted(rows)]

        def answered(query: str | None) -> None:
            if query is not None:
                screen.acts.panes.zoom(False)
                screen.acts.filtering.narrow(narrowed(screen.view.query, query))

        charts = overview_of(screen.index.catalog, entries)
        screen.push(OverviewScreen(charts, len(rows), self._counted()), answered)

    def _counted(self) -> str:
        """Which entries are counted, in words."""
        screen = self._screen
        total = f"{screen.results.total:,}"
        if screen.view.scope == ALL and not screen.view.query:
            return f"all {total} entries"
        scope = [] if screen.view.scope == ALL else [screen.scope.text.strip()]
        shown = f"{len(screen.results.rows):,} of {total} entries"
        return " · ".join([shown, *scope, *filter(None, [screen.view.query])])
