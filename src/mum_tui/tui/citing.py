"""Copying citations, and choosing the format they are in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mum_tui.citation import formats
from mum_tui.text import fold
from mum_tui.tui.screen_part import ScreenPart

if TYPE_CHECKING:
    from mum_tui.tui.picker import Option


class Citing(ScreenPart):
    """Citations of the marked entries, or of the current one, as ``mum-tui cite`` prints them."""

    def action_copy(self) -> None:
        if targets := self.targets_or_say():
            text = formats.render(targets, self.format)
            of = f" of {len(targets):,} entries" if len(targets) > 1 else ""
            self.acts.copy(text, f"{formats.find(self.format).title}{of} ({len(text):,} characters)")

    def action_choose_format(self) -> None:
        from mum_tui.tui.picker import Picker

        targets = self.targets_or_say()
        if not targets:
            return

        def preview(name: str) -> str:
            return formats.render(targets, name)

        def chosen(name: str | None) -> None:
            if name is not None:
                self.format = name
                self.services.keep_session(replace(self.services.session, format=name))
                self.show_entry(self.table.current)
                self.action_copy()

        footer = "enter copies · esc closes"
        self.app.push_screen(Picker("Citation format", footer, _options, preview, self.format), chosen)

    def action_show_copied(self) -> None:
        self.acts.show_copied()


def _options(words: str) -> Sequence[Option]:
    """The formats that hold every one of these words."""
    from mum_tui.tui.picker import Option

    wanted = fold(words).split()
    found = (Option(one.id, one.title, one.id) for one in formats.FORMATS)
    return [option for option in found if all(word in fold(f"{option.title} {option.key}") for word in wanted)]
