"""The order of the entries, and the groups they come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from mum_tui.search.view import GROUPS, RELEVANCE, Sort, usual
from mum_tui.tui.screen.filtering import words_of

if TYPE_CHECKING:
    from mum_tui.tui.screen.main import MainScreen

CYCLE = tuple(map(usual, ("year", "title", "name", "authors", "venue", "bookmark")))
"""The orders that ``s`` goes through, behind the best match where words are given; ``S`` reverses the present one."""

BEST_MATCH = Sort(RELEVANCE)


class Sorting:
    """Changes the order of the view, and its groups."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def next_column(self) -> None:
        """Sort by the next column; where words are given, the best match comes round too."""
        screen = self._screen
        orders = [BEST_MATCH, *CYCLE] if words_of(screen.view.query) else [*CYCLE]
        columns = [sort.column for sort in orders]
        present = screen.results.sort.column
        at = columns.index(present) if present in columns else -1
        self._sort_by(orders[(at + 1) % len(orders)])

    def reverse(self) -> None:
        """Reverse the present order."""
        sort = self._screen.results.sort
        if sort.column == RELEVANCE:
            self._screen.say(f"The best match comes first; {self._screen.key_of('sort')} sorts by a column")
        else:
            self._sort_by(replace(sort, descending=not sort.descending))

    def by_column(self, column: str) -> None:
        """Sort by this column; reverse the order if it is sorted by it already."""
        if column == self._screen.results.sort.column:
            self.reverse()
        else:
            self._sort_by(usual(column))

    def _sort_by(self, sort: Sort) -> None:
        self._screen.ask(replace(self._screen.view, sort=sort, sorted=True))

    def next_group(self) -> None:
        """Group by section, by year, by venue, then not at all."""
        view = self._screen.view
        groups = ("", *GROUPS)
        self._screen.ask(replace(view, group=groups[(groups.index(view.group) + 1) % len(groups)]))
