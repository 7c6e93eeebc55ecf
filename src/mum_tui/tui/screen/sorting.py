"""The order of the entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from mum_tui.search.view import RELEVANCE, Sort

if TYPE_CHECKING:
    from mum_tui.tui.screen.main import MainScreen

SORTS = (
    Sort("year", descending=True),
    Sort("title", descending=False),
    Sort("authors", descending=False),
    Sort("venue", descending=False),
    Sort("mark", descending=True),
)
"""The orders that ``s`` goes through; ``S`` reverses the present one."""


class Sorting:
    """Changes the order of the view."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def next_column(self) -> None:
        """Sort by the next column."""
        columns = [RELEVANCE, *(sort.column for sort in SORTS)]
        self._sort_by(SORTS[columns.index(self._screen.results.sort.column) % len(SORTS)])

    def reverse(self) -> None:
        """Reverse the present order."""
        sort = self._screen.view.sort
        self._sort_by(replace(sort, descending=not sort.descending))

    def by_column(self, column: str) -> None:
        """Sort by this column; reverse the order if it is sorted by it already."""
        if column == self._screen.results.sort.column:
            self.reverse()
        else:
            self._sort_by(next(sort for sort in SORTS if sort.column == column))

    def _sort_by(self, sort: Sort) -> None:
        self._screen.ask(replace(self._screen.view, sort=sort, sorted=True))
