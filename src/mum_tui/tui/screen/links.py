"""Opens and copies links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mum_tui.catalog.model import Entry
from mum_tui.views import wording

if TYPE_CHECKING:
    from mum_tui.tui.dialogs.lists import Choice
    from mum_tui.tui.screen.main import MainScreen

MOST_OPENED = 9
"""The most links that one key opens."""


class Links:
    """Opens and copies links of the selected entries, or of the current one."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def _linked_or_say(self) -> Entry | None:
        """The current entry, if it has links; else say so."""
        entry = self._screen.entry_or_say()
        if entry is not None and not entry.links:
            self._screen.say("This entry has no links")
            return None
        return entry

    def open(self) -> None:
        """Open the main link of each selected entry, or of the current one."""
        self._screen.acts.selection.with_targets(self._open)

    def _open(self, targets: Sequence[Entry]) -> None:
        screen = self._screen
        urls = [entry.links[0].url for entry in targets if entry.links]
        if len(urls) > MOST_OPENED:
            screen.say(f"{len(urls):,} entries are selected; at most {MOST_OPENED} open at once", warning=True)
        elif urls:
            screen.desktop.open_all(urls)
        else:
            screen.say("This entry has no links" if len(targets) == 1 else "These entries have no links")

    def open_number(self, number: int) -> None:
        """Open link ``number`` of the current entry, counted from 1, unless a movement follows."""
        url = notice = ""
        entry = self._screen.entry_or_say()
        if entry is not None and number <= len(entry.links):
            url = entry.links[number - 1].url
        elif entry is not None:
            notice = f"This entry has no link {number}" if entry.links else "This entry has no links"
            self._screen.say(notice)
        self._screen.acts.digits.add(number, url, notice)

    def choose(self) -> None:
        """List the links of the current entry; open or copy one."""
        entry = self._linked_or_say()
        if entry is None:
            return
        from mum_tui.tui.dialogs.lists import ListDialog

        desktop = self._screen.desktop
        rows = [(link.rel, wording.short_url(link.url), link.label) for link in entry.links]

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                url = entry.links[choice.number].url
                desktop.copy(url, "the link") if choice.key == "y" else desktop.open(url)

        self._screen.push(ListDialog("Links", "enter opens · y copies · esc closes", rows, other_keys="y"), answered)

    def copy(self) -> None:
        """Copy the main links of the selected entries, or of the current one."""
        self._screen.acts.selection.with_targets(self._copy)

    def _copy(self, targets: Sequence[Entry]) -> None:
        screen = self._screen
        urls = [entry.links[0].url for entry in targets if entry.links]
        if len(urls) > 1:
            screen.desktop.copy("\n".join(urls) + "\n", f"{len(urls):,} links")
        elif urls:
            screen.desktop.copy(urls[0], "the link")
        elif len(targets) > 1:
            screen.say("These entries have no links")
        else:
            screen.say("This entry has no links")
