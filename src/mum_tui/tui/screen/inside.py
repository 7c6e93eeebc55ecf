"""Searches inside the entry that is read full screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui.tui.model.inside import Match, find

if TYPE_CHECKING:
    from mum_tui.tui.screen.main import MainScreen


class Inside:
    """``words`` are what is searched for, empty without a search; the search continues in the next entry."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.words = ""
        self._hits: list[Match] = []
        self._at: int | None = None
        self._from = 0

    @property
    def is_active(self) -> bool:
        """Whether there is a search, so that ``n`` goes to the next hit instead of writing a note."""
        return bool(self.words)

    @property
    def state(self) -> str:
        """The words, and the number of the current hit, as text."""
        if not self._hits:
            return f"“{self.words}”: no hit"
        at = f"{self._at + 1} of " if self._at is not None else ""
        return f"“{self.words}”: {at}{len(self._hits)} hit{'s' * (len(self._hits) != 1)}"

    def ask(self) -> None:
        """Ask for the words; the hits follow each key."""
        from mum_tui.tui.dialogs.inside import InsideInput

        before, self._from = self.words, self._screen.detail.top

        def answered(words: str | None) -> None:
            self._look_for(before if words is None else words)
            if words is None:
                self._screen.detail.show_from(self._from)

        self._screen.push(InsideInput(self._look_for), answered)

    def _look_for(self, words: str) -> None:
        self.words = words.strip()
        self.look_again()
        self._screen.detail.show_from(self._from)
        self._go_to(self._next_from(self._from))

    def look_again(self) -> None:
        """Search for the same words in the text that is now shown."""
        self._hits = find(self._screen.detail.texts, self.words)
        self._at = None
        self._show()

    def end(self) -> None:
        """End the search."""
        if self.words:
            self.words = ""
            self.look_again()

    def _next_from(self, top: int) -> int:
        """The number of the first hit in line ``top`` or below; else that of the first one."""
        first = top + len(self._screen.detail.pinned) if top else 0
        return next((number for number, hit in enumerate(self._hits) if hit[0][0] >= first), 0)

    def _go_to(self, number: int) -> None:
        self._at = number % len(self._hits) if self._hits else None
        self._show()

    def _show(self) -> None:
        current = None if self._at is None else self._hits[self._at]
        self._screen.detail.show_inside(self._hits, current)
        self._screen.acts.panes.show_hints()

    def go_to_next(self) -> None:
        """Go to the next hit; from the last to the first."""
        if self._is_there():
            self._go_to(self._next_from(self._screen.detail.top) if self._at is None else self._at + 1)

    def go_to_previous(self) -> None:
        """Go to the previous hit; from the first to the last."""
        if self._is_there():
            self._go_to((self._next_from(self._screen.detail.top) if self._at is None else self._at) - 1)

    def _is_there(self) -> bool:
        screen = self._screen
        if not self.is_active:
            screen.say(f"{screen.key_of('filter')} searches inside an entry that you read full screen")
        elif not self._hits:
            screen.say(f"No hit for “{self.words}” in this entry; {screen.key_of('back')} ends the search")
        return self.is_active and bool(self._hits)
