"""Opening and copying links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui.catalog.model import Entry
from mum_tui.views import details

if TYPE_CHECKING:
    from mum_tui.tui.dialogs.lists import Choice
    from mum_tui.tui.screen.main import MainScreen

MOST_OPENED = 9
"""Links that one key opens at most."""


class Links:
    """Acts on the links of the selected entries, or of the current one."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def _linked_or_say(self) -> Entry | None:
        """The current entry, if it has links; else say what is missing."""
        entry = self._screen.entry_or_say()
        if entry is not None and not entry.links:
            self._screen.say("This entry has no links")
            return None
        return entry

    def open(self) -> None:
        """Open the main link of each selected entry, or of the current one."""
        screen = self._screen
        if not screen.selection:
            self.open_number(1)
            return
        urls = [entry.links[0].url for entry in screen.selected if entry.links]
        if len(urls) > MOST_OPENED:
            screen.say(f"{len(urls):,} entries are selected; at most {MOST_OPENED} open at once", warning=True)
        else:
            screen.desktop.open_all(urls)

    def open_number(self, number: int) -> None:
        """Open link ``number`` of the current entry, counted from 1."""
        if entry := self._linked_or_say():
            if number <= len(entry.links):
                self._screen.desktop.open(entry.links[number - 1].url)
            else:
                self._screen.say(f"This entry has no link {number}")

    def choose(self) -> None:
        """List the links of the current entry; open or copy one."""
        entry = self._linked_or_say()
        if entry is None:
            return
        from mum_tui.tui.dialogs.lists import ListDialog

        desktop = self._screen.desktop
        rows = [(link.rel, details.short_url(link.url), link.label) for link in entry.links]

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                url = entry.links[choice.number].url
                desktop.copy(url, "the link") if choice.key == "y" else desktop.open(url)

        self._screen.push(ListDialog("Links", "enter opens · y copies · esc closes", rows, other_keys="y"), answered)

    def copy(self) -> None:
        """Copy the main links of the selected entries, or of the current one."""
        screen = self._screen
        targets = screen.targets_or_say()
        urls = [entry.links[0].url for entry in targets if entry.links]
        if len(urls) > 1:
            screen.desktop.copy("\n".join(urls) + "\n", f"{len(urls):,} links")
        elif urls:
            screen.desktop.copy(urls[0], "the link")
        elif len(targets) > 1:
            screen.say("These entries have no links")
        elif targets:
            screen.say("This entry has no links")
