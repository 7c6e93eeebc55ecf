"""A dialog to write a note. Drafts survive a crash and a failing editor."""

from __future__ import annotations

from asyncio import TimerHandle
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

from textual.app import SuspendNotSupported
from textual.binding import Binding
from textual.dom import DOMNode
from textual.events import Paste
from textual.widgets import TextArea

from mum_tui.patience import SHORT_SECONDS, finishes
from mum_tui.tui.dialogs.frame import Modal
from mum_tui.tui.later import call_after

if TYPE_CHECKING:
    from textual.types import WatchCallbackType

DRAFT_SECONDS = 0.8
"""A draft is stored after this many seconds without a key,"""

DRAFT_KEYS = 40
"""or after this many keys."""

MOST_CHARACTERS = 100_000
"""The limit of a note's length; a longer paste is cut."""

FOOTER = "ctrl+e $EDITOR · ctrl+g discards changes · esc saves"


class NoteResult(NamedTuple):
    """The text when the dialog was closed, and whether it is to become the note."""

    text: str
    is_changed: bool


class EditedText(Protocol):
    """The result of the user's editor: the text, and a problem in words, empty for none."""

    @property
    def text(self) -> str: ...
    @property
    def problem(self) -> str: ...


class NoteArea(TextArea):
    """The text area of the dialog."""

    def watch(self, obj: DOMNode, attribute_name: str, callback: WatchCallbackType, init: bool = True) -> None:
        """Called by Textual to follow the theme. Textual would keep this widget in memory until the theme changes,
        which cannot happen while a note is written.
        """
        if obj is not self.app:
            super().watch(obj, attribute_name, callback, init)

    def on_paste(self, event: Paste) -> None:
        """Called by Textual: insert as much of the pasted text as the note has room for."""
        room = max(MOST_CHARACTERS - len(self.text) + len(self.selected_text), 0)
        if len(event.text) <= room:
            return
        event.prevent_default()
        event.stop()
        self.move_cursor(self.replace(event.text[:room], *self.selection).end_location)
        self.notify(
            f"A note has at most {MOST_CHARACTERS:,} characters: the end of the pasted text was left out",
            severity="warning",
            markup=False,
        )


class NoteDialog(Modal[NoteResult]):
    """Edits a note; the result is the text.

    Args:
        title: the words in the upper border.
        note: the current note.
        draft: an unfinished text, shown instead of the note; empty for none.
        save, drop: store a draft, returning whether that worked, and delete it; called in threads, several at a time.
        edit: opens a text in the user's editor and waits for it.
    """

    DEFAULT_CSS = """
    NoteDialog {
        & > .frame { max-width: 100; max-height: 26; }
        & TextArea { background: $surface; border: none; padding: 0; height: 1fr; }
    }
    """
    BINDINGS = [
        Binding("escape,ctrl+s", "save", show=False, priority=True),
        Binding("ctrl+e", "edit", show=False, priority=True),
        Binding("ctrl+g", "discard", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        note: str,
        draft: str,
        save: Callable[[str], bool],
        drop: Callable[[], None],
        edit: Callable[[str], EditedText],
    ) -> None:
        self._note = note
        self._resumed = bool(draft) and draft.strip("\n") != note
        self._save, self._drop, self._edit = save, drop, edit
        self._timer: TimerHandle | None = None
        self._waiting = 0
        self._said_not_stored = False
        self.area = NoteArea(draft if self._resumed else note, soft_wrap=True, compact=True)
        super().__init__(title, FOOTER, self.area)

    def on_mount(self) -> None:
        self.on_resize()
        self.area.focus()
        self.area.move_cursor(self.area.document.end)
        if self._resumed:
            self.notify("Unfinished draft from last time; ctrl+g discards it.", markup=False)

    def on_resize(self) -> None:
        """Make the frame as large as the screen allows."""
        width, height = self.app.size
        self.frame.styles.height = max(height - 4, min(height, 8))
        self.fit_frame(width)

    # -- drafts

    def on_text_area_changed(self) -> None:
        """Schedule storing a draft after a pause, or at once after many keys."""
        if self.area.text == self._note and self._timer is None:
            return
        if self._timer is not None and self._waiting < DRAFT_KEYS:
            self._timer.cancel()
            self._timer = None
        if self._timer is None:
            self._timer = call_after(self, DRAFT_SECONDS, self._store)
        self._waiting += 1

    def _store(self) -> None:
        self._timer, self._waiting = None, 0
        self.run_worker(self._store_or_say, thread=True, group="draft", exit_on_error=False)

    def _store_or_say(self) -> None:
        if not self._save(self.area.text) and not self._said_not_stored:
            self._said_not_stored = True
            self.notify("Drafts of this note cannot be stored; esc saves the note", severity="warning", markup=False)

    @property
    def unsaved_text(self) -> str:
        """The text as it is now; empty if it is the note that was there."""
        return "" if self.area.text == self._note else self.area.text

    def store_draft(self) -> bool:
        """Store the current text as a draft, and wait for that; returns whether nothing is lost if the program ends."""
        return not self.unsaved_text or self._save(self.unsaved_text)

    # -- closing

    def action_save(self) -> None:
        """Close; the text becomes the note. The draft stays until the note is saved."""
        if self.area.text == self._note:
            self.action_discard()
        else:
            self.dismiss(NoteResult(self.area.text, is_changed=True))

    def action_discard(self) -> None:
        """Close without changing the note."""
        self.app.run_worker(self._drop, thread=True, group="draft")
        self.dismiss(NoteResult(self._note, is_changed=False))

    def action_edit(self) -> None:
        """Continue in the user's editor."""
        finishes(self.store_draft, SHORT_SECONDS)  # the editor may take an hour, and end with the terminal
        try:
            with self.app.suspend():
                edited = self._edit(self.area.text)
        except SuspendNotSupported:
            self.notify("No editor can be opened here", severity="warning", markup=False)
            return
        changed = edited.text != self.area.text
        if edited.problem:
            more = "its text is shown; ctrl+g discards it" if changed else "nothing was changed"
            self.notify(f"{edited.problem}; {more}", severity="warning", markup=False)
        if changed:
            self.area.load_text(edited.text)
            self.area.move_cursor(self.area.document.end)
            self._store()
