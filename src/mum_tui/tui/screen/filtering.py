"""Filters by the text of the query input, and decides where the cursor of the table is meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from mum_tui.search.nodes import included_terms
from mum_tui.search.parse import parse

if TYPE_CHECKING:
    from mum_tui.tui.screen.main import MainScreen


class Filtering:
    """While the user types, the cursor is on the best match, unless the user moved it after entering the input."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._is_inside = False
        self._moved = False
        self._came_from: int | None = None
        self._narrowed = ""

    def enter(self) -> None:
        """Call this when the query input gets the focus; a second call changes nothing."""
        if not self._is_inside:
            self._is_inside, self._moved = True, False
            self._came_from = self._screen.table.current

    def narrow(self, query: str) -> None:
        """Run a query that was made from the current one by adding or removing a condition."""
        self._screen.query_input.value = self._narrowed = query

    def begin(self) -> None:
        """Focus the query input. A typed query is selected, so that typing replaces it and an arrow key does not. A
        query that another pane made stays, and typing narrows it further.
        """
        query_input = self._screen.query_input
        self._screen.set_focus(query_input)
        self.enter()
        text = query_input.value
        if text.strip() and text.strip() == self._narrowed.strip():
            query_input.set_text(f"{text.rstrip()} ", reported=True)
        else:
            query_input.action_select_all()

    def leave(self) -> None:
        """Call this when the query input loses the focus: the cursor stays, and the query counts as complete."""
        if self._is_inside:
            self._is_inside = False
            self._screen.end_typing()

    def follow(self) -> None:
        """Let the cursor follow the best match again."""
        self._moved = False

    @property
    def moved(self) -> bool:
        """Whether the user moved the cursor after entering the query input."""
        return self._moved

    def cursor_moved(self) -> None:
        """Call this when the user moved the cursor while typing: from now on it stays on its entry."""
        self._moved = True

    def query_edited(self, query: str) -> None:
        """Run the text of the query input.

        Other words are sorted by best match, whatever order was chosen before. When the text becomes empty, the cursor
        returns to where it was on entering the input.
        """
        screen = self._screen
        keeps_order = screen.view.sorted and words_of(query) == words_of(screen.view.query)
        view = replace(screen.view, query=query, sorted=keeps_order)
        follows = screen.is_typing and not self._moved
        back = self._came_from if follows and not query.strip() else None
        # A cursor on the best match moves to the best match of the new words.
        first = follows or (screen.table.position == 0 and bool(words_of(query)))
        screen.run_view(view, back, first)


def words_of(query: str) -> list[str]:
    """The words and phrases of a query that have no field."""
    return [term.text for term in included_terms(parse(query).tree) if not term.field]
