"""Walking from an entry to those it belongs with, and coming back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from mum_tui.actions import Keymap
from mum_tui.search.view import View
from mum_tui.services import Services
from mum_tui.tui.screen.desktop import DesktopActs
from mum_tui.tui.screen.screen_part import ScreenPart
from mum_tui.views import details

if TYPE_CHECKING:
    from mum_tui.tui.dialogs.lists import Choice


class Place(Struct, frozen=True):
    """Where one was: the entry stood on, and the view it was seen in."""

    id: str
    view: View


class Walking(ScreenPart):
    """Keeps the places one came from, as a browser of pages does."""

    def __init__(self, services: Services, acts: DesktopActs, keymap: Keymap) -> None:
        super().__init__(services, acts, keymap)
        self._behind: list[Place] = []
        self._ahead: list[Place] = []

    @property
    def place(self) -> Place:
        """Where one is."""
        return Place(self.entry.id if self.entry else "", self.view)

    def follow(self, identifier: str) -> None:
        """Walk to an entry, from which ``action_walk_back`` returns."""
        if identifier in self.services.row_by_id:
            self._behind.append(self.place)
            self._ahead.clear()
            self.walk_to(identifier)

    def action_related(self) -> None:
        entry = self.entry_or_say()
        if entry is None:
            return
        known = self.relations
        groups = details.related(known.used_by(entry), known.users_of(entry), known.ties_of(entry))
        found = [(group.title.lower(), part) for group in groups for part in group.parts if part.target]
        if not found:
            self.acts.say("Nothing in the catalog belongs to this entry")
            return
        from mum_tui.tui.dialogs.lists import ListDialog

        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                self.follow(found[choice.number][1].target)

        rows = [(heading, part.text, part.note) for heading, part in found]
        self.app.push_screen(ListDialog("Related entries", "its key or enter goes there · esc closes", rows), chosen)

    def action_walk_back(self) -> None:
        self._return(self._behind, self._ahead, "This is where you started")

    def action_walk_forward(self) -> None:
        self._return(self._ahead, self._behind, "There is nothing to go forward to")

    def _return(self, source: list[Place], other: list[Place], otherwise: str) -> None:
        if not source:
            self.acts.say(otherwise)
            return
        other.append(self.place)
        place = source.pop()
        if self.view != place.view:
            self.filter.value = place.view.query
            self.ask(place.view)
        self.walk_to(place.id)
