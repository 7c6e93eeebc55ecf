"""What the user keeps of entries, and saving it in the background."""

from __future__ import annotations

from mum_tui.actions import Keymap
from mum_tui.library.library import Saved, Unsaved
from mum_tui.services import Services
from mum_tui.tui.acts import DesktopActs
from mum_tui.tui.screen_part import ScreenPart


class Keeping(ScreenPart):
    """Changes are shown at once and written by a worker."""

    def __init__(self, services: Services, acts: DesktopActs, keymap: Keymap) -> None:
        super().__init__(services, acts, keymap)
        self._said_unsaved = ""

    def action_bookmark(self) -> None:
        if targets := self.targets_or_say():
            on = not all(self.services.bookmark_names(entry) for entry in targets)
            for entry in targets:
                self.services.bookmark(entry, on=on)
            self.ask(self.view)
            self.run_worker(self._save, thread=True, group="library")

    def _save(self) -> None:
        outcome = self.services.library.save()
        self.app.call_from_thread(self._saved, outcome)

    def _saved(self, outcome: Saved | Unsaved) -> None:
        reason = outcome.reason if isinstance(outcome, Unsaved) else ""
        self.unsaved = outcome.count if isinstance(outcome, Unsaved) else 0
        if reason and reason != self._said_unsaved:
            self.acts.say(f"Not saved: {reason}. It is kept until you quit, and tried again.", warning=True)
        self._said_unsaved = reason
        self.ask(self.view)
