"""Edits notes of entries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from mum_tui.catalog.model import Entry
from mum_tui.patience import SHORT_SECONDS, result_within
from mum_tui.text import plural

if TYPE_CHECKING:
    from mum_tui.state.drafts import Draft, OpenDraft
    from mum_tui.tui.dialogs.note import EditedText, NoteDialog, NoteResult
    from mum_tui.tui.screen.main import MainScreen

DRAFTS_NAMED = 3
"""The most unfinished notes named in the notice at the start."""


class Notes:
    """The note of the selected entries, or of the current one."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._dialog: NoteDialog | None = None

    def edit(self) -> None:
        """Write a note; with several selected whose notes differ, append it to each."""
        self._screen.acts.selection.with_targets(self._edit)

    def _edit(self, targets: Sequence[Entry]) -> None:
        from mum_tui.tui.dialogs.note import NoteDialog

        screen = self._screen
        services = screen.services
        targets, draft = self._with_draft(targets)
        notes = {services.annotator.annotation(entry).note for entry in targets}
        # If notes differ, none is shown and none is replaced.
        appends = len(notes) > 1
        note = "" if appends else next(iter(notes))
        text = draft.text if draft and any(map(draft.is_unfinished, notes)) else ""
        begun = draft.note if draft and text and draft.note is not None else note
        opened = services.memory.drafts.open(self._names(targets), begun, draft)
        title = targets[0].title if len(targets) == 1 else f"{len(targets):,} entries"
        self._dialog = NoteDialog(
            f"Append to the notes of {title}" if appends else f"Note · {title}",
            note,
            text,
            save=opened.save,
            drop=opened.drop,
            edit=self._edit_outside,
        )
        screen.push(self._dialog, partial(self._answered, targets, opened, begun, appends))

    def _names(self, targets: Sequence[Entry]) -> list[str]:
        return [self._screen.services.annotator.annotation(entry).id for entry in targets]

    def _with_draft(self, targets: Sequence[Entry]) -> tuple[Sequence[Entry], Draft | None]:
        """The entries to write on, and the draft left for them; one that was begun for several goes on for all."""
        services, names = self._screen.services, self._names(targets)
        try:
            left = result_within(SHORT_SECONDS, services.memory.drafts.all)
        except OSError as error:
            self._screen.say(f"An unfinished note may be missing: {error.strerror}", warning=True)
            return targets, None
        for draft in left.values():
            if {*draft.ids} == {*names}:
                return targets, draft
        if len(names) > 1 or names[0] not in left:
            return targets, None
        draft, rows = left[names[0]], services.row_by_id
        entries = services.loaded.catalog.entries
        return [entries[row] for row in dict.fromkeys(rows[name] for name in draft.ids if name in rows)], draft

    def _edit_outside(self, text: str) -> EditedText:
        """Edit a text in the user's editor."""
        from mum_tui.desktop.editor import edit

        return edit(text, self._screen.services.environ)

    def store_draft(self) -> bool:
        """Store the note that is being written as a draft, when the program ends; returns whether nothing is lost."""
        return self._dialog is None or self._dialog.store_draft()

    @property
    def unsaved_text(self) -> str:
        """The text that is being written; empty if there is none that differs from the note."""
        return "" if self._dialog is None else self._dialog.unsaved_text

    def _answered(
        self, targets: Sequence[Entry], draft: OpenDraft, begun: str, appends: bool, written: NoteResult | None
    ) -> None:
        services, annotations = self._screen.services, self._screen.acts.annotations
        self._dialog = None
        if written is None or not written.is_changed:
            return
        annotations.draft_was_used(draft)
        texts, notes = [written.text] * len(targets), [begun] * len(targets)
        if appends:
            notes = [services.annotator.annotation(entry).note for entry in targets]
            more = written.text.strip("\n")
            # Equal notes stay one text in memory: there may be hundreds, and long ones.
            longer = {note: "\n\n".join(filter(None, (note, more))) for note in {*notes}}
            texts = [longer[note] for note in notes]
        step = services.annotator.write_notes(zip(targets, texts, notes, strict=True))
        annotations.changed(step)

    def say_unfinished(self, drafts: Sequence[Draft]) -> None:
        """Show, once, which notes were unfinished when the program ended last."""
        screen = self._screen
        rows = screen.services.row_by_id
        titles = [screen.services.entry(draft.id).title if draft.id in rows else draft.id for draft in drafts]
        others = [f" and {plural(len(draft.ids) - 1, 'other')}" if len(draft.ids) > 1 else "" for draft in drafts]
        titles = [title + more for title, more in zip(titles, others, strict=True)]
        more = f" and {len(titles) - DRAFTS_NAMED} more" if len(titles) > DRAFTS_NAMED else ""
        named = "; ".join(titles[:DRAFTS_NAMED])
        screen.say(f"Unfinished note: {named}{more}. Press {screen.key_of('note')} on the entry to continue.")
