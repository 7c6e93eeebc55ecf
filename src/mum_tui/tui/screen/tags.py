"""Adds and removes the user's tags."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from mum_tui.catalog.model import Entry
from mum_tui.library import scopes
from mum_tui.library.operations import TAG, tag_field
from mum_tui.text import fold, one_line

if TYPE_CHECKING:
    from mum_tui.tui.dialogs.picker import PickerOption
    from mum_tui.tui.screen.main import MainScreen

NEW = "+"
"""The prefix of the option key of a new tag."""


class Tags:
    """The tags of the selected entries, or of the current one."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def edit(self) -> None:
        """Add or remove tags."""
        self._screen.acts.selection.with_targets(self._edit)

    def _edit(self, targets: Sequence[Entry]) -> None:
        from mum_tui.tui.dialogs.tags import TagPicker

        screen = self._screen
        title = targets[0].title if len(targets) == 1 else f"{len(targets):,} entries"
        find, toggle = partial(self._options, targets), partial(self._toggle, targets)
        screen.push(TagPicker(f"Tags · {title}", find, self._tagged, toggle))

    def _options(self, targets: Sequence[Entry], words: str) -> list[PickerOption]:
        """The tags that match the typed text, the most frequent first, and the text itself as a new tag."""
        from mum_tui.tui.dialogs.picker import PickerOption

        services = self._screen.services
        known = scopes.tags(services.library.annotations)
        wanted = fold(words).lstrip("#").strip()
        matching = sorted(
            (tag for tag in known if wanted in fold(tag)), key=lambda tag: not fold(tag).startswith(wanted)
        )
        given = [services.annotator.annotation(entry).tags for entry in targets]
        options = []
        for tag in matching:
            having = sum(tag in tags for tags in given)
            sign = "✓" if having == len(given) else "–" if having else " "
            options.append(PickerOption(tag, f"{sign} #{one_line(tag)}", f"{known[tag]:,}"))
        try:
            new = tag_field(words).removeprefix(TAG)
        except ValueError:
            return options
        if new not in known and words not in known:
            options.append(PickerOption(NEW + new, f"+ #{new}", "new"))
        return options

    def _toggle(self, targets: Sequence[Entry], key: str) -> str:
        """Add a tag to all targets, or remove it if all have it; returns the name of the tag."""
        services = self._screen.services
        # A tag that another program wrote may have characters that ``tag_field`` does not allow.
        field = tag_field(key.removeprefix(NEW)) if key.startswith(NEW) else TAG + key
        name = field.removeprefix(TAG)
        on = not all(name in services.annotator.annotation(entry).tags for entry in targets)
        self._screen.acts.annotations.changed(services.annotator.annotate(targets, field, on))
        return name

    def _tagged(self, option: PickerOption) -> str:
        """The full name of a tag, and the titles of the entries that have it."""
        annotations = self._screen.services.library.annotations
        ids = scopes.select(annotations, tag=option.key)
        titles = [f"• {annotations[name].title or name}" for name in ids] or ["New tag: enter adds it."]
        return "\n".join([f"#{option.key.removeprefix(NEW)}", "", *titles])
