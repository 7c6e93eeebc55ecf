"""Opening and copying links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui.catalog.model import Entry
from mum_tui.tui.screen.screen_part import ScreenPart
from mum_tui.views import details

if TYPE_CHECKING:
    from mum_tui.tui.dialogs.lists import Choice

MOST_OPENED = 9
"""Links opened by one key at the most."""


class Linking(ScreenPart):
    """What leads out of the catalog."""

    def _linked_or_say(self) -> Entry | None:
        entry = self.entry_or_say()
        if entry is not None and not entry.links:
            self.acts.say("This entry has no links")
            return None
        return entry

    def action_open(self) -> None:
        if not self.marks:
            self.action_open_link(1)
            return
        urls = [entry.links[0].url for entry in self.targets_or_say() if entry.links]
        if len(urls) > MOST_OPENED:
            self.acts.say(f"{len(urls):,} entries are marked: at most {MOST_OPENED} are opened at once", warning=True)
        else:
            self.acts.open_all(urls)

    def action_open_link(self, number: int) -> None:
        if entry := self._linked_or_say():
            if number <= len(entry.links):
                self.acts.open(entry.links[number - 1].url)
            else:
                self.acts.say(f"This entry has no link {number}")

    def action_choose_link(self) -> None:
        entry = self._linked_or_say()
        if entry is None:
            return
        from mum_tui.tui.dialogs.lists import ListDialog

        rows = [(link.rel, details.short_url(link.url), link.label) for link in entry.links]

        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                url = entry.links[choice.number].url
                self.acts.copy(url, "the link") if choice.key == "y" else self.acts.open(url)

        self.app.push_screen(ListDialog("Links", "enter opens · y copies · esc closes", rows, other_keys="y"), chosen)

    def action_copy_link(self) -> None:
        urls = [entry.links[0].url for entry in self.targets_or_say() if entry.links]
        if len(urls) > 1:
            self.acts.copy("\n".join(urls) + "\n", f"{len(urls):,} links")
        elif urls:
            self.acts.copy(urls[0], "the link")
        elif self.marks or self.entry:
            self.acts.say("This entry has no links")
