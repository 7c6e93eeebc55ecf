"""Copying citations, and choosing the format they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from mum_tui.citation import formats
from mum_tui.tui.screen_part import ScreenPart

if TYPE_CHECKING:
    from mum_tui.tui.dialogs import Choice


class Citing(ScreenPart):
    """Citations of the marked entries, or of the current one, as ``mum-tui cite`` prints them."""

    def action_copy(self) -> None:
        if targets := self.targets_or_say():
            text = formats.render(targets, self.format)
            of = f" of {len(targets):,} entries" if len(targets) > 1 else ""
            self.acts.copy(text, f"{formats.find(self.format).title}{of} ({len(text):,} characters)")

    def action_choose_format(self) -> None:
        from mum_tui.tui.dialogs import ListDialog

        ids = [one.id for one in formats.FORMATS]

        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                self.format = ids[choice.number]
                self.services.keep_session(replace(self.services.session, format=self.format))
                self.show_entry(self.table.current)
                self.action_copy()

        rows = [(one.title, "", "") for one in formats.FORMATS]
        dialog = ListDialog("Citation format", "enter copies · esc closes", rows, ids.index(self.format))
        self.app.push_screen(dialog, chosen)

    def action_show_copied(self) -> None:
        self.acts.show_copied()
