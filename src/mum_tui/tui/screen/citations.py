"""Copies citations, chooses their format, and makes the citation in the details."""

from __future__ import annotations

from asyncio import TimerHandle
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.worker import get_current_worker

from mum_tui.bounded_cache import BoundedCache
from mum_tui.catalog.model import Entry
from mum_tui.tui.later import call_after
from mum_tui.tui.widgets.latest_only import LatestOnly

if TYPE_CHECKING:
    from mum_tui.citation.options import Citation, CitationOptions
    from mum_tui.tui.screen.main import MainScreen

REST = 0.08
"""Seconds that the cursor must stay on an entry before a slow citation of it is made."""

MOST_CACHED = 500
"""The most citations in the cache."""

PREVIEWED = 12
"""The most entries in a preview."""

NOT_YET = "…"
"""Shown while a slow citation is being made."""


class Citations:
    """Citations of the selected entries, or of the current one, equal to those of ``mum-tui cite``."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._made: BoundedCache[tuple[str, CitationOptions], Citation] = BoundedCache(MOST_CACHED)
        self._maker: LatestOnly[tuple[str, CitationOptions], Citation] = LatestOnly(screen, self._make, self._show_made)
        self._requested: tuple[str, CitationOptions] | None = None
        self._timer: TimerHandle | None = None

    # -- in the detail pane

    def of_entry(self, entry: Entry) -> tuple[str, str]:
        """The citation of an entry, and its heading. A slow one is made when the cursor rests, and shown then."""
        from mum_tui.citation.options import Citation, both_titles

        options = self._screen.citation_options
        cited = self._made.get((entry.id, options))
        if cited is None and not options.is_slow:
            cited = self._remember((entry.id, options), options.cite([entry]))
        elif cited is None:
            self._make_when_resting((entry.id, options))
            cited = Citation(NOT_YET, options.title)
        return cited.text, " · ".join(filter(None, [cited.title, both_titles([entry], options.prefer)]))

    def _make_when_resting(self, request: tuple[str, CitationOptions]) -> None:
        if request == self._requested:
            return
        self._requested = request
        if self._timer is not None:
            self._timer.cancel()
        self._timer = call_after(self._screen, REST, partial(self._maker.request, request))

    def _make(self, request: tuple[str, CitationOptions]) -> Citation:
        from mum_tui.citation.options import Citation

        identifier, options = request
        services = self._screen.services
        row = services.row_by_id.get(identifier)
        if row is None:  # the catalog has changed meanwhile
            return Citation("", options.title)
        return options.cite([services.loaded.catalog.entries[row]])

    def _show_made(self, request: tuple[str, CitationOptions], cited: Citation) -> None:
        self._remember(request, cited)
        self._requested = None
        if request == (self._screen.current, self._screen.citation_options):
            self._screen.show_entry(stay=True)

    def _remember(self, request: tuple[str, CitationOptions], cited: Citation) -> Citation:
        self._made[request] = cited
        return cited

    def catalog_changed(self) -> None:
        """Discard all citations, because entries may have changed."""
        self._made.clear()
        self._maker.cancel()
        self._requested = None

    # -- acts

    def copy(self) -> None:
        """Copy the citation in the chosen format. A slow one is made in a thread; a later request replaces it."""
        self._screen.acts.selection.with_targets(self._copy)

    def _copy(self, targets: Sequence[Entry]) -> None:
        screen = self._screen
        if screen.citation_options.is_slow:
            work = partial(self._cite_and_copy, targets, screen.citation_options)
            screen.run_worker(work, thread=True, group="cite", exclusive=True)
        else:
            self._copy_cited(screen.citation_options.cite(targets), len(targets))

    def _cite_and_copy(self, targets: Sequence[Entry], options: CitationOptions) -> None:
        worker = get_current_worker()
        cited = options.cite(targets)
        if not worker.is_cancelled:
            self._screen.call_later(self._copy_cited, cited, len(targets))

    def _copy_cited(self, cited: Citation, count: int) -> None:
        if cited.failed:
            self._screen.say(f"Not copied: {cited.text.strip()}", warning=True)
            return
        of = f" of {count:,} entries" if count > 1 else ""
        self._screen.desktop.copy(cited.text, f"{cited.title}{of} ({len(cited.text):,} characters)")

    def choose_format(self) -> None:
        """Choose a format and copy."""
        self._screen.acts.selection.with_targets(self._choose_format)

    def _choose_format(self, targets: Sequence[Entry]) -> None:
        screen = self._screen
        from mum_tui.citation.options import has_both
        from mum_tui.tui.dialogs.format import FormatChooser

        def preview(options: CitationOptions) -> str:
            return with_rest(options.preview(targets[:PREVIEWED]), len(targets))

        def answered(name: str | None) -> None:
            if name is not None:
                self._use(chooser.citation_options._replace(format=name))
                self._copy(targets)

        chooser = FormatChooser(screen.citation_options, any(map(has_both, targets)), preview, len(targets))
        screen.push(chooser, answered)

    def _use(self, options: CitationOptions) -> None:
        """Use these options from now on, and at the next start."""
        screen = self._screen
        screen.citation_options = options
        self._made.clear()  # the file of the style may have changed
        session = screen.services.memory.session
        chosen = replace(session, format=options.format, markup=options.markup, in_text=options.in_text)
        screen.remember(chosen)
        screen.show_entry(stay=True)

    def toggle_preprint(self) -> None:
        """Cite the preprint instead of the published version, or the reverse."""
        screen = self._screen
        screen.citation_options = screen.citation_options._replace(prefer=screen.citation_options.prefer.other)
        screen.say(f"Now citing {screen.citation_options.prefer.label}s where available")
        screen.show_entry(stay=True)

    def show_copied(self) -> None:
        """Show the last copied text."""
        self._screen.desktop.show_copied()


def with_rest(text: str, count: int) -> str:
    """A preview of the first entries, followed by the number of the others; ``count`` is that of all."""
    return f"{text.rstrip()}\n\n… and {count - PREVIEWED:,} more entries\n" if count > PREVIEWED else text
