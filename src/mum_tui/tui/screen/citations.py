"""Copying citations, choosing how they are written, and the citation in the detail pane."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.timer import Timer
from textual.worker import get_current_worker

from mum_tui.actions import Keymap
from mum_tui.catalog.model import Entry
from mum_tui.services import Services
from mum_tui.tui.screen.desktop import DesktopActs
from mum_tui.tui.screen.screen_part import ScreenPart
from mum_tui.tui.widgets.latest_only import Latest

if TYPE_CHECKING:
    from mum_tui.citation.options import Cited, Manner

REST = 0.08
"""Seconds the cursor stays on an entry before a slow citation of it is made."""

KEPT = 500
"""Citations kept for when the cursor comes back."""

PREVIEWED = 12
"""Entries a preview is made of when more are marked."""

NOT_YET = "…"


class Citing(ScreenPart):
    """Citations of the marked entries, or of the current one, as ``mum-tui cite`` prints them."""

    def __init__(self, services: Services, acts: DesktopActs, keymap: Keymap) -> None:
        super().__init__(services, acts, keymap)
        self._made: dict[tuple[str, Manner], Cited] = {}
        self._making: Latest[tuple[str, Manner], Cited] = Latest(self, self._make, self._show_made)
        self._wish: tuple[str, Manner] | None = None
        self._resting: Timer | None = None

    # -- in the detail pane

    def citation_of(self, entry: Entry) -> tuple[str, str]:
        """The citation of an entry and its heading; one that takes longer is made once the cursor rests."""
        from mum_tui.citation.options import Cited, both_titles

        manner = self.manner
        cited = self._made.get((entry.id, manner))
        if cited is None and not manner.is_slow:
            cited = self._keep((entry.id, manner), manner.cite([entry]))
        elif cited is None:
            self._make_when_resting(entry)
            cited = Cited(NOT_YET, manner.title)
        return cited.text, " · ".join(filter(None, [cited.title, both_titles([entry], manner.prefer)]))

    def _make_when_resting(self, entry: Entry) -> None:
        wish = (entry.id, self.manner)
        if not self._painted or wish == self._wish:
            return  # before the first frame no library is loaded
        self._wish = wish
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, partial(self._making.ask, wish))

    def _make(self, wanted: tuple[str, Manner]) -> Cited:
        identifier, manner = wanted
        return manner.cite([self.services.entry(identifier)])

    def _show_made(self, wanted: tuple[str, Manner], cited: Cited) -> None:
        self._keep(wanted, cited)
        self._wish = None
        if self.entry and wanted == (self.entry.id, self.manner):
            self._show_entry_again()

    def _keep(self, wanted: tuple[str, Manner], cited: Cited) -> Cited:
        if len(self._made) >= KEPT:
            self._made.clear()
        self._made[wanted] = cited
        return cited

    def _show_entry_again(self) -> None:
        """The current entry with another citation, scrolled to where it was."""
        self.show_entry(self.table.current, stay=True)

    # -- acts

    def action_copy(self) -> None:
        if targets := self.targets_or_say():
            if self.manner.is_slow:
                work = partial(self._cite_and_copy, targets, self.manner)
                self.run_worker(work, thread=True, group="cite", exclusive=True)
            else:
                self._copy_cited(self.manner.cite(targets), len(targets))

    def _cite_and_copy(self, targets: Sequence[Entry], manner: Manner) -> None:
        worker = get_current_worker()
        cited = manner.cite(targets)
        if not worker.is_cancelled:  # by a later copy
            self.call_later(self._copy_cited, cited, len(targets))

    def _copy_cited(self, cited: Cited, count: int) -> None:
        if cited.failed:
            self.acts.say(f"Not copied: {cited.text.strip()}", warning=True)
            return
        of = f" of {count:,} entries" if count > 1 else ""
        self.acts.copy(cited.text, f"{cited.title}{of} ({len(cited.text):,} characters)")

    def action_choose_format(self) -> None:
        targets = self.targets_or_say()
        if not targets:
            return
        from mum_tui.citation.options import has_both
        from mum_tui.tui.dialogs.format import FormatChooser

        def preview(manner: Manner) -> str:
            text = manner.cite(targets[:PREVIEWED]).text
            return with_rest(text, len(targets))

        def chosen(name: str | None) -> None:
            if name is not None:
                self._write_in(chooser.manner._replace(name=name))
                self.action_copy()

        chooser = FormatChooser(self.manner, any(map(has_both, targets)), preview)
        self.app.push_screen(chooser, chosen)

    def _write_in(self, manner: Manner) -> None:
        self.manner = manner
        self._made.clear()  # the file of a style may have changed
        self.services.keep_session(replace(self.services.session, format=manner.name, form=manner.form))
        self._show_entry_again()

    def action_prefer_preprint(self) -> None:
        from mum_tui.citation.csl_item import PREPRINT
        from mum_tui.citation.options import other

        self.manner = self.manner._replace(prefer=other(self.manner.prefer))
        version = "preprint" if self.manner.prefer == PREPRINT else "published version"
        self.acts.say(f"Citations are of the {version}, where there is one")
        self._show_entry_again()

    def action_show_copied(self) -> None:
        self.acts.show_copied()


def with_rest(text: str, count: int) -> str:
    """A preview with a word about the entries that it leaves out."""
    return f"{text.rstrip()}\n\n… and {count - PREVIEWED:,} more entries\n" if count > PREVIEWED else text
