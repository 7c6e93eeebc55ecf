"""Brings back recent queries: the up key goes back through them, the down key forward."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mum_tui.tui.screen.main import MainScreen


class PastQueries:
    """Remembers queries, and the position of the user in them."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._at: int | None = None
        self._draft = ""

    def query_edited(self) -> None:
        """Call this when the query changed; typing ends the walk through recent queries."""
        if not self._screen.acts.completions.is_setting_text:
            self._at = None

    def remember(self) -> None:
        """Remember the query when the user leaves the query input, if it has matches."""
        screen = self._screen
        if not screen.is_typing:
            return
        query = screen.view.query
        self._at = None
        if query.strip() and screen.results.rows:
            screen.run_worker(partial(screen.services.memory.remember_query, query), thread=True, group="queries")

    def earlier(self) -> bool:
        """Go back to the previous query; returns False if the key should move the cursor instead."""
        screen = self._screen
        queries = screen.services.memory.queries if screen.is_typing else ()
        # With an empty query the key means recent queries, wherever the cursor is.
        is_at_start = not screen.table.position or (not screen.query_input.value and not screen.acts.filtering.moved)
        if not queries or (self._at is None and not is_at_start):
            return False
        if self._at is None:
            self._draft, self._at = screen.query_input.value, len(queries)
        others = [at for at in range(self._at) if queries[at] != screen.query_input.value]
        if others:
            self._show(others[-1], queries[others[-1]])
        return True

    def later(self) -> bool:
        """Go forward to the next query, at last to the typed text; returns False if the key should move the cursor."""
        screen = self._screen
        if not screen.is_typing or self._at is None:
            return False
        queries = screen.services.memory.queries
        if self._at + 1 < len(queries):
            self._show(self._at + 1, queries[self._at + 1])
        else:
            self._show(None, self._draft)
        return True

    def _show(self, at: int | None, query: str) -> None:
        self._screen.acts.completions.close()
        self._screen.acts.filtering.follow()
        self._screen.acts.completions.set_text(query, len(query))
        self._at = at
