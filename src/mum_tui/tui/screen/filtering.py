"""Filters by the text of the query input, and places the table's cursor meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from mum_tui.search.nodes import asked
from mum_tui.search.query import parse

if TYPE_CHECKING:
    from mum_tui.tui.screen.main import MainScreen


class Filtering:
    """While the text changes the cursor is on the best match, unless the user moved it since the box was entered."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._is_inside = False
        self._moved = False
        self._came_from: int | None = None
        self._narrowed = ""

    def enter(self) -> None:
        """The query input was entered; entering it again changes nothing."""
        if not self._is_inside:
            self._is_inside, self._moved = True, False
            self._came_from = self._screen.table.current

    def narrow(self, query: str) -> None:
        """Show what a query finds that was made of the present one by a condition more or less."""
        self._screen.query_input.value = self._narrowed = query

    def begin(self) -> None:
        """A key goes to the query input: what was typed before is selected, so that other words replace it and an arrow
        keeps it. What another pane put there stays, and words typed now narrow it further."""
        query_input = self._screen.query_input
        self._screen.set_focus(query_input)
        self.enter()
        text = query_input.value
        if text.strip() and text.strip() == self._narrowed.strip():
            query_input.set_text(f"{text.rstrip()} ", reported=True)
        else:
            query_input.action_select_all()

    def leave(self) -> None:
        """The query input was left: the cursor stays where it is, and the query counts as typed to its end."""
        if self._is_inside:
            self._is_inside = False
            self._screen.end_typing()

    def follow(self) -> None:
        """From now on the cursor is on the best match again."""
        self._moved = False

    @property
    def moved(self) -> bool:
        """Whether the user moved the cursor since the query input was entered."""
        return self._moved

    def cursor_moved(self) -> None:
        """The user moved the cursor while typing: from now on it stays on its entry."""
        self._moved = True

    def ask(self, query: str) -> None:
        """Ask for the text of the query input.

        Another text to look for comes best match first, whatever order was chosen for the one before. A text that
        was emptied brings the cursor back to where it was when the box was entered.
        """
        screen = self._screen
        keeps_order = screen.view.sorted and words_of(query) == words_of(screen.view.query)
        view = replace(screen.view, query=query, sorted=keeps_order)
        follows = screen.is_typing and not self._moved
        back = self._came_from if follows and not query.strip() else None
        # If the cursor is on the best match, it moves to the best match of the new words.
        first = follows or (screen.table.position == 0 and bool(words_of(query)))
        screen.ask(view, back, first)


def words_of(query: str) -> list[str]:
    """The words and phrases of a query without a field."""
    return [term.text for term in asked(parse(query).tree) if not term.field]
