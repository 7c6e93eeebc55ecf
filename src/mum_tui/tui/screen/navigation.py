"""Goes from an entry to a related one, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from mum_tui.search.view import View
from mum_tui.views import details

if TYPE_CHECKING:
    from mum_tui.tui.dialogs.lists import Choice
    from mum_tui.tui.screen.main import MainScreen


class VisitedEntry(Struct, frozen=True):
    """An entry, and the view it was seen in."""

    id: str
    view: View


class Navigation:
    """Remembers visited entries, like a web browser."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._behind: list[VisitedEntry] = []
        self._ahead: list[VisitedEntry] = []

    @property
    def _here(self) -> VisitedEntry:
        return VisitedEntry(self._screen.current, self._screen.view)

    @property
    def can_go_back(self) -> bool:
        """Whether there is an entry to go back to."""
        return bool(self._behind)

    def follow(self, identifier: str) -> None:
        """Go to an entry; ``back`` returns from it."""
        if identifier in self._screen.services.row_by_id:
            self._behind.append(self._here)
            self._ahead.clear()
            self._screen.go_to_entry(identifier)
            self._screen.acts.panes.show_hints()

    def related(self) -> None:
        """List related entries; go to one."""
        screen = self._screen
        entry = screen.entry_or_say()
        if entry is None:
            return
        relations = screen.services.relations
        groups = details.related(relations.uses_of(entry), relations.users_of(entry), relations.related_to(entry))
        parts = [(group.title.lower(), part) for group in groups for part in group.parts if part.target]
        if not parts:
            screen.say("No related entries")
            return
        from mum_tui.tui.dialogs.lists import ListDialog

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                self.follow(parts[choice.number][1].target)

        rows = [(heading, part.text, part.note) for heading, part in parts]
        footer = "press its key, or enter, to go there · esc closes"
        screen.push(ListDialog("Related entries", footer, rows), answered)

    def back(self) -> None:
        """Return to the previous entry."""
        self._return(self._behind, self._ahead, "Nothing to go back to")

    def forward(self) -> None:
        """Go forward again."""
        self._return(self._ahead, self._behind, "Nothing to go forward to")

    def _return(self, source: list[VisitedEntry], other: list[VisitedEntry], otherwise: str) -> None:
        if not source:
            self._screen.say(otherwise)
            return
        other.append(self._here)
        visit = source.pop()
        self._screen.go_to_entry(visit.id, visit.view)
        self._screen.acts.panes.show_hints()
