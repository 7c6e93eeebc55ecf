"""The entries on the screen: the question asked, its answer, the current entry and the marked ones."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from mum_tui import details
from mum_tui.actions import Keymap
from mum_tui.catalog.model import Entry
from mum_tui.cells import cell_len
from mum_tui.citation.manner import Manner
from mum_tui.search.view import ALL, BOOKMARKS, RELEVANCE, View, scope_section
from mum_tui.services import Services
from mum_tui.tui.acts import DesktopActs
from mum_tui.tui.pane_screen import PaneScreen
from mum_tui.tui.section_tree import nodes

AUTHORS_SHOWN = 12
"""Authors named in the detail pane; reading the entry on the whole screen shows all."""


NOTHING = -1
"""In the place of the row of the entry that is shown, when none is."""


class EntryScreen(PaneScreen):
    """Asks the index and hands the answer to the panes.

    ``view`` is the question, ``results`` the answer shown, ``marks`` the ids of the marked entries. What a key
    does with them is in the modules named for it (``finding``, ``marking``, ``linking``, …).
    """

    manner: Manner
    """How citations are written."""

    def __init__(self, services: Services, acts: DesktopActs, keymap: Keymap) -> None:
        index = services.index
        super().__init__(keymap, nodes(index.catalog.sections, index.facets), index.entries)
        self.services = services
        self.acts = acts
        self.index = index
        self.relations = services.relations
        self.section_titles = index.catalog.section_titles
        self.view = View()
        self.results = index.run(self.view, services.personal)
        self.marks: dict[str, None] = {}
        self.unsaved = 0
        self._shown = NOTHING
        self._painted = False

    def on_mount(self) -> None:
        self.show_results()

    def citation_of(self, entry: Entry) -> tuple[str, str]:
        """The citation of an entry, and its heading."""
        raise NotImplementedError

    async def complete(self) -> None:
        """After the first frame: the details, which nobody has read by then, and what all panes wait for."""
        if not self._painted:
            self._painted = True
            self.show_entry(self.table.current)
        await super().complete()

    # -- the question and its answer

    def ask(self, view: View) -> None:
        """Make ``view`` the question and show its answer everywhere, in one turn."""
        # Who stands on the first row while typing wants the best match, who chose another entry keeps it.
        best_first = view.query != self.view.query and self.table.cursor == 0
        self.view = view
        self.results = self.index.run(view, self.services.personal)
        self.show_results(best_first and self.results.sort.column == RELEVANCE)

    def show_results(self, from_top: bool = False) -> None:
        """Show the answer, and what belongs to it, in every pane; ``from_top`` with the cursor on the first row."""
        view, results = self.view, self.results
        bookmarked = self.index.rows_of(self.services.library.bookmarks)
        marked = self.index.rows_of(self.marks)
        self.table.show(results.rows, bookmarked, marked, results.sort, self._empty_text(), from_top)
        self.sections.show(results.counts, frozenset({view.scope, *self.index.chosen(results.query)}))
        self._show_count()
        self.hints.show(f" {results.hint}" if results.hint else self._hints(self.app.size.width))
        if self.table.current is None and self._shown != NOTHING:
            self.show_entry(None)

    def _show_count(self) -> None:
        if self.view.scope == BOOKMARKS:
            scope = "★ Bookmarks"
        else:
            scope = self.section_titles.get(scope_section(self.view.scope), "All")
        self.scope.show(f" {scope}")
        total = f"{self.results.total:,}"
        remarks = [f"{self.unsaved} unsaved"] if self.unsaved else []
        remarks += [f"{len(self.marks):,} marked"] if self.marks else []
        self.tally.show(" · ".join([*remarks, f"{len(self.results.rows):,} of {total}"]) + " ")
        # Room for the highest count: a box that changed its width with every key would cost a second frame.
        self.tally_room = cell_len(" · ".join([*remarks, f"{total} of {total}"])) + 2
        self.place_panes()

    def _empty_text(self) -> str:
        if not self.results.total:
            return "This catalog has no entries."
        if self.view.query:
            return f"Nothing matches: {self.key_of('back')} clears the filter."
        if self.view.scope == BOOKMARKS:
            return f"No bookmarks yet: {self.key_of('bookmark')} sets one."
        return "Nothing in this section."

    def query_edited(self, query: str) -> None:
        self.ask(replace(self.view, query=query))

    # -- the current entry and the marked ones

    @property
    def entry(self) -> Entry | None:
        """The current entry."""
        row = self.table.current
        return self.index.entries[row] if row is not None else None

    def entry_or_say(self) -> Entry | None:
        """The current entry; where there is none, that is said."""
        if self.entry is None:
            self.acts.say("There is no entry here")
        return self.entry

    def targets_or_say(self) -> list[Entry]:
        """What a key acts on: the marked entries in the order they were marked, else the current one."""
        if self.marks:
            return self.marked
        entry = self.entry_or_say()
        return [entry] if entry is not None else []

    @property
    def marked(self) -> list[Entry]:
        """The marked entries, in the order they were marked."""
        return [self.services.entry(identifier) for identifier in self.marks]

    def mark(self, entries: Iterable[Entry], on: bool) -> None:
        """Mark entries, or take their marks away."""
        for entry in entries:
            if on:
                self.marks.setdefault(entry.id)
            else:
                self.marks.pop(entry.id, None)
        self.show_results()

    def walk_to(self, identifier: str) -> None:
        """Make an entry the current one; where the view hides it, the view is widened."""
        row = self.services.row_by_id.get(identifier)
        if row is None:
            return
        if row not in self.results.rows:
            self.filter.value = ""
            self.ask(replace(self.view, scope=ALL, query=""))
        self.table.stand_on(row)

    def show_entry(self, row: int | None) -> None:
        """Show a catalog row in the detail pane; called for every move of the cursor."""
        if not self._painted:
            return
        self._shown = NOTHING if row is None else row
        if row is None:
            self.detail.show_nothing("Nothing to show.")
            return
        entry = self.index.entries[row]
        self.detail.show(
            details.parts(
                entry,
                self.relations.used_by(entry),
                self.relations.users_of(entry),
                self.section_titles.get(entry.section, ""),
                *self.citation_of(entry),
                authors_shown=0 if self.zoomed else AUTHORS_SHOWN,
                ties=self.relations.ties_of(entry),
            )
        )
