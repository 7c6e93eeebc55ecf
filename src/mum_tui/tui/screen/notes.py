"""Notes and tags: what the user writes about entries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from mum_tui.actions import Keymap
from mum_tui.catalog.model import Entry
from mum_tui.library import scopes
from mum_tui.library.operations import TAG, tag_field
from mum_tui.services import Services
from mum_tui.text import fold, one_line
from mum_tui.tui.screen.annotations import Keeping
from mum_tui.tui.screen.desktop import DesktopActs

if TYPE_CHECKING:
    from mum_tui.tui.dialogs.note import Left, NoteDialog
    from mum_tui.tui.dialogs.picker import Option

DRAFTS_NAMED = 3
"""Unfinished notes that are called by name at the start."""

NEW = "+"
"""Before a tag that is not in use yet, in the keys of options."""


class Noting(Keeping):
    """Dialogs over the marked entries or the current one."""

    def __init__(self, services: Services, acts: DesktopActs, keymap: Keymap) -> None:
        super().__init__(services, acts, keymap)
        self._dialog: NoteDialog | None = None

    # -- notes

    def action_note(self) -> None:
        targets = self.targets_or_say()
        if not targets:
            return
        from mum_tui.desktop.editor import edit
        from mum_tui.tui.dialogs.note import NoteDialog

        drafts, name = self.services.drafts, self.services.kept(targets[0]).id
        notes = {self.services.kept(entry).note for entry in targets}
        # Of notes that differ none is shown and none is replaced.
        added = len(notes) > 1
        note = "" if added else notes.pop()
        draft = drafts.all().get(name)
        title = targets[0].title if len(targets) == 1 else f"{len(targets):,} entries"
        dialog = NoteDialog(
            f"Added to the notes of {title}" if added else f"Note · {title}",
            note,
            draft.text if draft else "",
            save=partial(drafts.save, name),
            drop=partial(drafts.drop, name),
            edit=lambda text: edit(text, self.services.environ),
        )
        self._dialog = dialog
        self.app.push_screen(dialog, partial(self._note_left, targets, name, added))

    def keep_draft(self) -> None:
        """The program is told to end: keep the note that is being written."""
        if self._dialog is not None:
            self._dialog.keep_draft()

    def _note_left(self, targets: Sequence[Entry], draft: str, added: bool, left: Left | None) -> None:
        self._dialog = None
        if left is None or not left.keep:
            return
        self.written_drafts.append(draft)
        values = []
        for entry in targets:
            before = self.services.kept(entry).note
            values.append("\n\n".join(filter(None, (before, left.text.strip("\n")))) if added else left.text)
        pairs = zip(targets, values, strict=True)
        step = self.services.mark_each([(entry, "note", value) for entry, value in pairs])
        self.kept_changed()
        if not step.ids:
            self.drop_written_drafts()

    def tell_drafts(self, names: Sequence[str]) -> None:
        """Tell once which notes were not finished when the program ended last."""
        titles = [self.services.entry(name).title if name in self.services.row_by_id else name for name in names]
        more = f" and {len(titles) - DRAFTS_NAMED} more" if len(titles) > DRAFTS_NAMED else ""
        named = "; ".join(titles[:DRAFTS_NAMED])
        self.acts.say(f"A note was not finished: {named}{more}. {self.key_of('note')} on the entry goes on with it.")

    # -- tags

    def action_tags(self) -> None:
        targets = self.targets_or_say()
        if not targets:
            return
        from mum_tui.tui.dialogs.tags import TagPicker

        title = targets[0].title if len(targets) == 1 else f"{len(targets):,} entries"
        find, preview = partial(self._tag_options, targets), self._tagged
        self.app.push_screen(TagPicker(f"Tags · {title}", find, preview, partial(self._toggle_tag, targets)))

    def _tag_options(self, targets: Sequence[Entry], words: str) -> list[Option]:
        """The tags that fit what was typed, the most used first, and the one that would be new."""
        from mum_tui.tui.dialogs.picker import Option

        known = scopes.tags(self.services.library.items)
        wanted = fold(words).lstrip("#").strip()
        fitting = sorted(
            (tag for tag in known if wanted in fold(tag)), key=lambda tag: not fold(tag).startswith(wanted)
        )
        given = [self.services.kept(entry).tags for entry in targets]
        options = []
        for tag in fitting:
            having = sum(tag in tags for tags in given)
            mark = "✓" if having == len(given) else "–" if having else " "
            options.append(Option(tag, f"{mark} #{one_line(tag)}", f"{known[tag]:,}"))
        try:
            new = tag_field(words).removeprefix("tag:")
        except ValueError:
            return options
        if new not in known and words not in known:
            options.append(Option(NEW + new, f"+ #{new}", "new"))
        return options

    def _toggle_tag(self, targets: Sequence[Entry], key: str) -> str:
        """Give the tag to all, or take it away if all have it; the tag's name."""
        # A tag that is there may have come from elsewhere, and be no word.
        field = tag_field(key.removeprefix(NEW)) if key.startswith(NEW) else TAG + key
        name = field.removeprefix(TAG)
        on = not all(name in self.services.kept(entry).tags for entry in targets)
        self.services.mark(targets, field, on)
        self.kept_changed()
        return name

    def _tagged(self, option: Option) -> str:
        """A tag's whole name, and the titles of the entries that have it."""
        items = self.services.library.items
        found = scopes.ids(items, f"tag:{option.key}")
        titles = [f"• {items[one].title or one}" for one in found] or ["No entry has it yet: enter gives it."]
        return "\n".join([f"#{option.key.removeprefix(NEW)}", "", *titles])
