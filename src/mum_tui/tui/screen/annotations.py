"""What the user keeps of entries: changing it, taking changes back, and saving in the background."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from mum_tui.actions import Keymap
from mum_tui.library.library import Outcome, Reverted, Unsaved
from mum_tui.library.scopes import STATUS_TITLES, next_status
from mum_tui.library.writer import Writer
from mum_tui.services import Services
from mum_tui.text import clean, one_line
from mum_tui.tui.model.outline import LIST
from mum_tui.tui.screen.desktop import DesktopActs
from mum_tui.tui.screen.screen_part import ScreenPart
from mum_tui.tui.screen.shelves import news_words, stars

if TYPE_CHECKING:
    from mum_tui.tui.dialogs.lists import Choice

LOOK_SECONDS = 0.5
"""How often the library's file is looked at for what other processes wrote."""

NAMED = 3
"""New entries that are called by name in the notice at the start."""


class LibraryWritten(Message):
    """The library was saved, or could not be."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


class LibraryRead(Message):
    """Another process changed the library."""


class Keeping(ScreenPart):
    """Changes are shown at once and written by a thread of their own."""

    def __init__(self, services: Services, acts: DesktopActs, keymap: Keymap) -> None:
        super().__init__(services, acts, keymap)
        # Messages, and not calls: the thread must never wait for a screen that waits for it to end.
        self.writer = Writer(
            services.library,
            saved=lambda outcome: self.post_message(LibraryWritten(outcome)),
            changed=lambda: self.post_message(LibraryRead()),
        )
        self._kept_at = len(services.library.journal)
        self._said_unsaved = ""
        self._notices = 0
        self.written_drafts: list[str] = []

    def attend(self) -> None:
        """From now on, see what other processes change and tell what is wrong with the library."""
        self._tell_notices()
        self.set_interval(LOOK_SECONDS, self.writer.poll)

    # -- showing

    @property
    def has_unshown(self) -> bool:
        """Whether something that is kept was changed and not shown yet."""
        return len(self.services.library.journal) > self._kept_at

    def show_kept(self) -> None:
        """Show what was changed of what is kept, and do no more for it than that takes."""
        library = self.services.library
        changed = library.journal[self._kept_at :]
        self._kept_at += len(changed)
        self.shelves.update(library.items, changed)
        before = self._shown
        if self._asks_for_kept:
            self.ask(self.view)
        else:
            self._show_own(self.sections.chosen)
        entry, current = self.entry, self.table.current
        if entry is not None and current == before and not {entry.id, *entry.aliases}.isdisjoint(changed):
            self.show_entry(current, stay=True)

    @property
    def _asks_for_kept(self) -> bool:
        """Whether the answer depends on what is kept."""
        return bool(self.view.query) or self.view.scope in self.shelves.rows or self.view.sort.column == "mark"

    # -- changing

    def kept_changed(self) -> None:
        """What is kept was changed in memory: show it, and then have it saved."""
        self.show_kept()
        self.call_after_refresh(self.writer.save)

    def action_bookmark(self) -> None:
        if targets := self.targets_or_say():
            on = not all(self.services.bookmark_names(entry) for entry in targets)
            self.services.mark(targets, "bookmarked", on)
            self.kept_changed()

    def action_status(self) -> None:
        if targets := self.targets_or_say():
            status = next_status(self.services.kept(targets[0]).status)
            self.services.mark(targets, "status", status)
            self.kept_changed()
            if len(targets) > 1:
                self.acts.say(f"{STATUS_TITLES.get(status or '', 'No status')}: {len(targets):,} entries")

    def action_rate(self) -> None:
        targets = self.targets_or_say()
        if not targets:
            return
        from mum_tui.tui.dialogs.lists import ListDialog

        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                self.services.mark(targets, "rating", choice.number + 1 if choice.number < 5 else None)
                self.kept_changed()

        rows = [*[("", stars(rating), "") for rating in range(1, 6)], ("", "none", "")]
        present = self.services.kept(targets[0]).rating
        title = "Rate" if len(targets) == 1 else f"Rate {len(targets):,} entries"
        dialog = ListDialog(title, "a digit chooses · esc closes", rows, (present or 6) - 1, labels="123450")
        self.app.push_screen(dialog, chosen)

    # -- taking back

    def action_undo(self) -> None:
        self._reverted(self.services.library.undo(), "Undone", "There is nothing to undo")

    def action_redo(self) -> None:
        self._reverted(self.services.library.redo(), "Redone", "There is nothing to redo")

    def _reverted(self, done: Reverted | None, word: str, otherwise: str) -> None:
        if done is None:
            self.acts.say(otherwise)
            return
        self.kept_changed()
        skipped = len(done.skipped)
        but = f", but not for {skipped:,} changed since by another program" if skipped else ""
        self.acts.say(f"{word}: {done.step.words}{but}", warning=bool(skipped))

    # -- what the file says

    def on_library_written(self, event: LibraryWritten) -> None:
        outcome = event.outcome
        reason = outcome.reason if isinstance(outcome, Unsaved) else ""
        self.unsaved = outcome.count if isinstance(outcome, Unsaved) else 0
        if reason and reason != self._said_unsaved:
            self.acts.say(f"Not saved: {reason}. It is kept until you quit, and tried again.", warning=True)
        self._said_unsaved = reason
        if not isinstance(outcome, Unsaved):
            if outcome.skipped:
                count = len(outcome.skipped)
                self.acts.say(f"{count:,} not undone: another program changed it meanwhile", warning=True)
            self.drop_written_drafts()
        self._read_again()
        self.show_tally()

    def on_library_read(self) -> None:
        self._read_again()

    def _read_again(self) -> None:
        """Show what other processes changed."""
        self._tell_notices()
        if self.has_unshown:
            self.show_kept()

    def _tell_notices(self) -> None:
        notices = self.services.library.notices
        for notice in notices[self._notices :]:
            self.app.notify(notice, severity="warning", timeout=15, markup=False)
        self._notices = len(notices)

    def drop_written_drafts(self) -> None:
        """The notes that were just saved need no drafts any more."""
        for name in self.written_drafts:
            self.run_worker(partial(self.services.drafts.drop, name), thread=True, group="drafts")
        self.written_drafts.clear()

    # -- what is new, and what is gone

    def tell_news(self) -> None:
        """Tell once what is new in the catalog since the last visit."""
        news = self.services.news
        if not news.ids:
            return
        self.shelves.tell(news)
        self.show_results()
        self.show_entry(self.table.current, stay=True)
        first = [self.services.entry(identifier) for identifier in news.added[:NAMED]]
        self.acts.say(news_words(news, [entry.name or entry.title for entry in first]))

    def choose_list(self) -> bool:
        """Open the list under the tree's cursor, if it is one."""
        if self.sections.current.kind != LIST:
            return False
        from mum_tui.tui.dialogs.lists import ListDialog

        items = self.services.library.items
        gone = list(self.shelves.gone)

        def chosen(choice: Choice | None) -> None:
            if choice is not None and choice.key == "x":
                self.services.remove([gone[choice.number]])
                self.kept_changed()
                self.acts.say(f"Removed; {self.key_of('undo')} brings it back")
            elif choice is not None:
                self._copy_list(gone)

        rows = [(one_line(clean(one)), one_line(items[one].title), items[one].bookmarked[:10]) for one in gone]
        footer = "enter copies the list · x removes one · esc closes"
        self.app.push_screen(ListDialog("No longer in the catalog", footer, rows, other_keys="x"), chosen)
        return True

    def _copy_list(self, identifiers: Sequence[str]) -> None:
        from mum_tui.library.reading_list import Row, reading_list

        items = self.services.library.items
        text = reading_list((Row(items[one], None) for one in identifiers if one in items), "No longer in the catalog")
        self.acts.copy(text, f"the list of {len(identifiers):,} as Markdown")
