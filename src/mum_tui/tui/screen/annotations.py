"""Changes annotations, undoes changes, and saves them in the background."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from mum_tui.catalog.model import Entry
from mum_tui.library.history import Step
from mum_tui.library.outcomes import Outcome, Reverted, Unsaved
from mum_tui.library.writer import Writer
from mum_tui.patience import Started
from mum_tui.reading_status import Status
from mum_tui.text import plural
from mum_tui.tui.later import call_after
from mum_tui.tui.messages import LibraryChanged, LibraryWritten
from mum_tui.tui.screen.annotation_scopes import news_words, stars

if TYPE_CHECKING:
    from mum_tui.state.drafts import OpenDraft
    from mum_tui.tui.dialogs.lists import Choice
    from mum_tui.tui.screen.main import MainScreen

POLL_SECONDS = 0.5
"""Seconds between two checks of the library's file for changes of other processes."""

SAVE_AFTER_SECONDS = 0.02
"""Seconds after a change until it is saved: first the frame that shows it is painted."""

NAMED = 3
"""The most new entries named in the notice at the start."""


class Annotations:
    """Shows each change at once; a thread (``writer``) writes it into the file."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        library = screen.services.library
        # Messages, not calls: the thread must never wait for the screen while the screen waits for the thread to end.
        self.writer = Writer(
            library,
            saved=self._saved,
            changed=lambda: screen.post_message(LibraryChanged()),
        )
        self._shown = len(library.journal)
        self._last_reason = ""
        self._notices = 0
        self._is_stuck = False
        self._used_drafts: list[OpenDraft] = []

    def _saved(self, outcome: Outcome) -> None:
        """Called in the thread, which needs several times the size of the file while it saves."""
        from mum_tui.tui import freed_memory

        self._screen.post_message(_written(outcome))
        freed_memory.give_back()

    def start_polling(self) -> None:
        """Start watching for changes of other processes, show problems of the library, and save what could not be."""
        self._say_notices()
        if self._screen.services.library.pending:
            self.writer.save()
        self._screen.set_interval(POLL_SECONDS, self._poll)

    def _poll(self) -> None:
        stuck = self.writer.is_stuck
        if stuck and not self._is_stuck:
            path = self._screen.services.paths.library
            self._screen.say(f"Waiting for the disk: {path}. You can go on; changes stay in memory.", warning=True)
            Started(self._store_outside)
        self._is_stuck = stuck
        self.writer.poll()

    def _store_outside(self) -> None:
        """Called in a thread: nothing is lost if the program is killed, and there is less to do when it ends."""
        with suppress(OSError):  # the end of the program tries again, and tells
            self._screen.services.library.store_unsaved()

    # -- showing

    def _show_changes(self) -> None:
        """Show annotations that changed since the last call."""
        screen = self._screen
        library = screen.services.library
        ids = library.journal[self._shown :]
        self._shown += len(ids)
        screen.annotation_scopes.update(screen.index.annotated(screen.services.annotations))
        screen.show_annotations(ids)
        if screen.is_ready:
            screen.acts.searches.count_soon()

    def changed(self, step: Step | None = None) -> None:
        """Show and save what was just changed in memory; say what ``step`` changed, and how to undo it.

        Says nothing if the step changed nothing.
        """
        self._show_changes()
        # Not ``call_after_refresh``: a dialog that closes drops what it should call.
        call_after(self._screen, SAVE_AFTER_SECONDS, self.writer.save)
        if step is not None and step.changes:
            words = step.words[:1].upper() + step.words[1:]
            self._screen.say(f"{words} · {self._screen.key_of('undo')} undoes it")

    # -- acts

    def bookmark(self) -> None:
        """Bookmark the targets; if all are bookmarked, remove the bookmarks."""
        self._screen.acts.selection.with_targets(self.bookmark_entries)

    def bookmark_entries(self, targets: Sequence[Entry]) -> None:
        """Bookmark entries; if all are bookmarked, remove the bookmarks."""
        services = self._screen.services
        on = not all(services.annotator.bookmarked_ids(entry) for entry in targets)
        self.changed(services.annotator.annotate(targets, "bookmarked", on))

    def next_status(self) -> None:
        """Set the status of all targets to the one after the status of the first target."""
        self._screen.acts.selection.with_targets(self._next_status)

    def _next_status(self, targets: Sequence[Entry]) -> None:
        services = self._screen.services
        status = Status.after(services.annotator.annotation(targets[0]).status)
        self.changed(services.annotator.annotate(targets, "status", status))

    def rate(self) -> None:
        """Choose a rating for the targets."""
        self._screen.acts.selection.with_targets(self._rate)

    def _rate(self, targets: Sequence[Entry]) -> None:
        from mum_tui.tui.dialogs.lists import ListDialog

        screen = self._screen

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                rating = choice.number + 1 if choice.number < 5 else None
                self.changed(screen.services.annotator.annotate(targets, "rating", rating))

        rows = [*[("", stars(rating), "") for rating in range(1, 6)], ("", "none", "")]
        current = screen.services.annotator.annotation(targets[0]).rating
        title = "Rate" if len(targets) == 1 else f"Rate {len(targets):,} entries"
        dialog = ListDialog(title, "press a digit · esc closes", rows, (current or 6) - 1, labels="123450")
        screen.push(dialog, answered)

    def undo(self) -> None:
        """Undo the last change to the library."""
        self._reverted(self._screen.services.library.undo(), "Undone", "redo", "There is nothing to undo")

    def redo(self) -> None:
        """Redo the last change that was undone."""
        self._reverted(self._screen.services.library.redo(), "Redone", "undo", "There is nothing to redo")

    def _reverted(self, done: Reverted | None, word: str, opposite: str, otherwise: str) -> None:
        if done is None:
            self._screen.say(otherwise)
            return
        self.changed()
        skipped = len(done.skipped)
        but = f", but not for {skipped:,} that another program changed since" if skipped else ""
        back = f"{self._screen.key_of(opposite)} {opposite}es it"
        self._screen.say(f"{word}: {done.step.words}{but} · {back}", warning=bool(skipped))

    # -- the file

    def written(self, event: LibraryWritten) -> None:
        """Report the outcome of saving, and show changes that were read from the file."""
        screen = self._screen
        screen.unsaved = event.unsaved
        if event.reason and event.reason != self._last_reason:
            screen.say(f"Not saved: {event.reason}. Kept in memory; retrying.", warning=True)
        self._last_reason = event.reason
        if not event.reason:
            if event.skipped:
                kept = plural(event.skipped, "change")
                screen.say(f"{kept} not made: another program has newer ones of the same entry", warning=True)
            if self._used_drafts:
                screen.run_worker(self.drop_used_drafts, thread=True, group="drafts")
        self.read_again()
        screen.show_tally()

    def read_again(self) -> None:
        """Show changes of other processes."""
        self._say_notices()
        if len(self._screen.services.library.journal) > self._shown:
            self._show_changes()

    def _say_notices(self) -> None:
        """Show new notices of the library."""
        notices = self._screen.services.library.notices
        if new := notices[self._notices :]:
            self._screen.app.notify("\n".join(new), severity="warning", timeout=15, markup=False)
        self._notices = len(notices)

    def draft_was_used(self, draft: OpenDraft) -> None:
        """Delete this draft when its note has been saved."""
        self._used_drafts.append(draft)

    def drop_used_drafts(self) -> None:
        """Delete the drafts whose notes have been saved; blocks for the disk."""
        if self._screen.services.library.pending:
            return  # one of the notes may be among these changes
        for draft in tuple(self._used_drafts):
            draft.drop()
            with suppress(ValueError):  # another thread was faster
                self._used_drafts.remove(draft)  # not before: at the end of the program the rest is dropped

    # -- what is new

    def say_news(self) -> None:
        """Show, once, what is new in the catalog since the last visit."""
        screen = self._screen
        news = screen.services.news
        if not news.ids:
            return
        screen.annotation_scopes.set_news(news)
        screen.show_annotations()
        first = [screen.services.entry(identifier) for identifier in news.added[:NAMED]]
        screen.say(news_words(news, [entry.name or entry.title for entry in first]))


def _written(outcome: Outcome) -> LibraryWritten:
    if isinstance(outcome, Unsaved):
        return LibraryWritten(unsaved=outcome.count, reason=outcome.reason)
    return LibraryWritten(skipped=len(outcome.skipped))
