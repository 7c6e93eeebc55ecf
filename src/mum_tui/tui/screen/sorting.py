"""Sorts and groups the entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from mum_tui.search.view import GROUPS, RELEVANCE, Sort, default_sort
from mum_tui.tui.screen.filtering import words_of

if TYPE_CHECKING:
    from mum_tui.tui.screen.main import MainScreen

CYCLE = tuple(map(default_sort, ("year", "title", "name", "authors", "venue", "bookmark")))
"""The orders that ``next_column`` goes through, after the best match if the query has words."""

BEST_MATCH = Sort(RELEVANCE)


class Sorting:
    """Changes the order of the view, and its groups."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def next_column(self) -> None:
        """Sort by the next column, or by best match if the query has words and its turn comes."""
        screen = self._screen
        orders = [BEST_MATCH, *CYCLE] if words_of(screen.view.query) else [*CYCLE]
        columns = [sort.column for sort in orders]
        current = screen.results.sort.column
        at = columns.index(current) if current in columns else -1
        self._sort_by(orders[(at + 1) % len(orders)])

    def reverse(self) -> None:
        """Reverse the order."""
        sort = self._screen.results.sort
        if sort.column == RELEVANCE:
            self._screen.say(f"The best match comes first; {self._screen.key_of('sort')} sorts by a column")
        else:
            self._sort_by(replace(sort, descending=not sort.descending))

    def by_column(self, column: str) -> None:
        """Sort by a column; if the entries are sorted by it already, reverse the order."""
        if column == self._screen.results.sort.column:
            self.reverse()
        else:
            self._sort_by(default_sort(column))

    def _sort_by(self, sort: Sort) -> None:
        self._screen.run_view(replace(self._screen.view, sort=sort, sorted=True))

    def next_group(self) -> None:
        """Group by section, by year, by venue, not at all, and so on."""
        view = self._screen.view
        groups = ("", *GROUPS)
        self._screen.run_view(replace(view, group=groups[(groups.index(view.group) + 1) % len(groups)]))
