"""Completes the word that is being typed. The text changes only when the user presses a key for it."""

from __future__ import annotations

from asyncio import TimerHandle
from typing import TYPE_CHECKING

from mum_tui.tui.later import call_after
from mum_tui.tui.widgets.completion_lines import CompletionList

if TYPE_CHECKING:
    from mum_tui.search.complete import Completion
    from mum_tui.tui.screen.main import MainScreen

SHOWN = 8
"""The most completions listed."""

AT_ONCE = 200_000
"""The largest catalog, in entries, for which completions appear in the same frame as the key."""

PAUSE = 0.15
"""Seconds after the last key until completions appear in larger catalogs."""


class Completions:
    """``listed`` are the completions below the query input, best first; one of them may already be in the text."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.listed: list[Completion] = []
        self._chosen = -1
        self._typed = ("", 0)
        self._is_setting_text = False
        self._pause: TimerHandle | None = None

    def query_edited(self, query: str) -> None:
        """List the completions of a query that was just edited."""
        screen = self._screen
        if self._is_setting_text:
            return
        is_asked = screen.is_typing and bool(query)
        if is_asked and screen.index.size <= AT_ONCE:
            self._list(query, screen.query_input.edited_up_to)
            return
        self.close()
        if is_asked:
            self._pause = call_after(screen, PAUSE, self._list_now)

    def _list_now(self) -> None:
        if self._screen.is_typing:
            self._list(self._screen.query_input.value, self._screen.query_input.cursor_position)

    def _list(self, text: str, cursor: int) -> None:
        from mum_tui.search.complete import complete

        self._typed = (text, cursor)
        self.listed = complete(self._screen.index, text, cursor, self._screen.services.annotations)[:SHOWN]
        self._chosen = -1
        self._show()

    def _show(self) -> None:
        rows = tuple((completion.label, completion.count) for completion in self.listed)
        self._screen.table.show_completions(CompletionList(rows, self._chosen))

    def close(self) -> bool:
        """Close the list; returns whether it was open."""
        if self._pause is not None:
            self._pause.cancel()
            self._pause = None
        was_open = bool(self.listed)
        if was_open:
            self.listed, self._chosen = [], -1
            self._show()
        return was_open

    def cycle(self, step: int) -> bool:
        """Put the next (1) or previous (-1) completion into the text; returns whether there is one."""
        screen = self._screen
        if not screen.is_typing:
            return False
        if not self.listed and screen.query_input.value:
            self._list(screen.query_input.value, screen.query_input.cursor_position)
        if not self.listed:
            return False
        # The typed text comes after the last completion.
        stops = len(self.listed) + 1
        self._chosen = (self._chosen + 1 + step) % stops - 1
        chosen = self.listed[self._chosen] if self._chosen >= 0 else None
        self.set_text(*((chosen.text, chosen.cursor) if chosen else self._typed))
        if len(self.listed) == 1:
            self.close()  # so that the next tab completes the next word
        else:
            self._show()
        return True

    def set_text(self, text: str, cursor: int) -> None:
        """Change the query without listing its completions."""
        self._is_setting_text = True
        try:
            self._screen.query_input.set_text(text, cursor)
        finally:
            self._is_setting_text = False

    @property
    def is_setting_text(self) -> bool:
        """Whether the query is being changed by a completion or a recent query, not by typing."""
        return self._is_setting_text
