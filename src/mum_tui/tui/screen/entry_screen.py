"""The entries on the screen: the question asked, its answer, the current entry and the marked ones."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mum_tui.actions import Keymap
from mum_tui.catalog.model import Entry
from mum_tui.search import hits
from mum_tui.search.query import unfinished
from mum_tui.search.saved_searches import is_open
from mum_tui.search.view import ALL, BOOKMARKS, RELEVANCE, SORTED, Results, Sort, View, scope_section
from mum_tui.services import Services
from mum_tui.text import clean, one_line
from mum_tui.tui.cells import cell_len
from mum_tui.tui.model.layout import sizes_of
from mum_tui.tui.model.outline import SCOPE, Outline, search_key
from mum_tui.tui.screen.desktop import DesktopActs
from mum_tui.tui.screen.pane_screen import PaneScreen
from mum_tui.tui.screen.shelves import NEWS, STATUS_MARKS, Shelves, scope_of, yours
from mum_tui.views import details

if TYPE_CHECKING:
    from mum_tui.catalog.relations import Relations
    from mum_tui.citation.options import Manner
    from mum_tui.state.session import Session


AUTHORS_SHOWN = 12
"""Authors named in the detail pane; reading the entry on the whole screen shows all."""


SNIPPET = 100
"""Characters of a text that show why an entry was found."""

NOTHING = -1
"""In the place of the row of the entry that is shown, when none is."""


def last_view(last: Session, scopes: Container[str]) -> View:
    """The view that was left, as far as there still is such a one."""
    chosen = last.sort in SORTED or last.sort == "mark"
    sort = Sort(last.sort, last.descending) if chosen else Sort()
    return View(last.scope if last.scope in scopes else ALL, one_line(clean(last.query)), sort, chosen)


class EntryScreen(PaneScreen):
    """Asks the index and hands the answer to the panes.

    ``view`` is the question, ``results`` the answer shown, ``marks`` the ids of the marked entries. What a key
    does with them is in the modules named for it (``finding``, ``marking``, ``linking``, …).
    """

    @cached_property
    def manner(self) -> Manner:
        """How citations are written, at first as they were written last."""
        from mum_tui.citation.options import remembered

        return remembered(self.services.session.format, self.services.session.form)

    def __init__(self, services: Services, acts: DesktopActs, keymap: Keymap) -> None:
        index = services.index
        self.shelves = Shelves(services.library.items, index.entries, index.row_by_id)
        self.view = last_view(
            services.session, {*index.scopes, *(node.key for node in self.shelves.nodes() if node.kind == SCOPE)}
        )
        outline = Outline(index.catalog.sections, index.facets, services.config.searches, services.session.folds)
        shelves = tuple(self.shelves.nodes(self.view.scope))
        super().__init__(keymap, outline, shelves, self.view.scope, index.entries, self.view.query)
        self.services = services
        self.acts = acts
        self.index = index
        self.section_titles = index.catalog.section_titles
        self.tree_wanted = services.session.tree
        self.sizes = sizes_of(services.session.panes)
        self.results = self._answer(self.view)
        self.wanted = hits.NOTHING
        self.marks: dict[str, None] = {}
        self.unsaved = 0
        self._shown = NOTHING
        self._painted = False

    @property
    def relations(self) -> Relations:
        """What belongs together in this catalog."""
        return self.services.relations

    def on_mount(self) -> None:
        self.show_results()
        if (row := self.services.row_by_id.get(self.services.session.entry)) is not None:
            self.table.stand_on(row)
            self.table.top = 0  # where the table is as high as it will be, it scrolls as little as it must

    # -- from one start to the next

    def left(self) -> Session:
        """What the next start shall find as it is now."""
        view = self.view
        return replace(
            self.services.session,
            scope=view.scope,
            query=view.query,
            sort=view.sort.column if view.sorted else "",
            descending=view.sort.descending,
            entry=self.entry.id if self.entry else "",
            tree=self.tree_choice,
            panes=tuple(self.sizes) if any(self.sizes) else (),
            folds=dict(self.outline.folds),
        )

    def citation_of(self, entry: Entry) -> tuple[str, str]:
        """The citation of an entry, and its heading."""
        raise NotImplementedError

    def show_kept(self) -> None:
        """Show what was changed of what is kept."""
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
        before, self.view = self.view, view
        found = self._answer(view)
        self.results = found if found.rows or view.scope != before.scope else self._while_typing(view, found)
        self.show_results(best_first and self.results.sort.column == RELEVANCE)

    def _while_typing(self, view: View, found: Results) -> Results:
        """What is shown for a query that finds nothing: the last good answer, if it is not written to its end yet."""
        hints = found.hints or unfinished(view.query)
        if not self.results.rows or found.replaced or not hints:
            return found
        return replace(self.results, query=found.query, hints=hints)

    def _answer(self, view: View) -> Results:
        return self.index.run(view, self.services.personal, own=self.shelves.rows)

    def show_results(self, from_top: bool = False) -> None:
        """Show the answer, and what belongs to it, in every pane; ``from_top`` with the cursor on the first row."""
        results = self.results
        chosen = frozenset({self.view.scope, *self._chosen()})
        self._show_own(chosen)
        changed = self._seek()
        self.table.show(results.rows, self.index.rows_of(self.marks), results.sort, self._empty_text(), from_top)
        self.sections.show(results.counts, chosen)
        self.show_tally()
        self.remarks = tuple(hint.message for hint in results.hints)
        self.show_hints()
        if self.table.current is None and self._shown != NOTHING:
            self.show_entry(None)
        elif changed and self._shown == self.table.current:
            self.show_entry(self._shown)

    def _show_own(self, chosen: frozenset[str]) -> None:
        """Show what the user keeps in the table and in the tree, where it is different from before."""
        rows = self.shelves.rows
        self.table.show_kept(rows[BOOKMARKS], [(mark, rows[scope_of(one)]) for one, mark in STATUS_MARKS.items()])
        self.outline_tree(tuple(self.shelves.nodes(self.view.scope)), chosen)
        self.sections.show_own(self.shelves.counts(self.results.matching))

    def _seek(self) -> bool:
        """Mark in the panes what the answer was found by; whether that is something else than before."""
        wanted = hits.wanted(self.results)
        changed = wanted != self.wanted
        self.wanted = wanted
        self.table.seek(wanted)
        return changed

    def _chosen(self) -> Iterator[str]:
        """The facet values and the saved search that the box holds."""
        yield from self.index.chosen(self.results.query)
        if searches := self.services.config.searches:
            yield search_key(is_open(searches, self.view.query))

    def show_tally(self) -> None:
        """Show where one looks, how many entries are shown, and what is to be known of them."""
        section = self.section_titles.get(scope_section(self.view.scope), "All")
        self.scope.show(f" {self.shelves.title(self.view.scope) or section}")
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
        is_empty_shelf = not self.shelves.rows.get(self.view.scope, True)
        if self.view.query and not is_empty_shelf:
            return f"Nothing matches: {self.key_of('back')} clears the filter."
        if self.view.scope == BOOKMARKS:
            return f"No bookmarks yet: {self.key_of('bookmark')} sets one."
        if self.view.scope in map(scope_of, STATUS_MARKS):
            return f"Nothing here yet: {self.key_of('status')} changes the reading status."
        if self.view.scope in self.shelves.rows:
            return "Nothing here any more."
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

    def show_entry(self, row: int | None, stay: bool = False) -> None:
        """Show a catalog row in the detail pane; called for every move of the cursor.

        ``stay`` leaves the pane scrolled as it is.
        """
        if not self._painted:
            return
        self._shown = NOTHING if row is None else row
        if row is None:
            self.detail.show_nothing("Nothing to show.")
            return
        entry = self.index.entries[row]
        parts = list(
            details.parts(
                entry,
                self.relations.used_by(entry),
                self.relations.users_of(entry),
                self.section_titles.get(entry.section, ""),
                *self.citation_of(entry),
                authors_shown=0 if self.zoomed else AUTHORS_SHOWN,
                ties=self.relations.ties_of(entry),
                yours=yours(self.services.kept(entry), self.why_new(entry)),
            )
        )
        if found := self._found_in(entry):
            parts.insert(1, found)
        self.detail.show(parts, stay, self.wanted)

    def _found_in(self, entry: Entry) -> details.Part | None:
        """Where an entry has what none of the table's columns shows; None where they show all."""
        if self.wanted == hits.NOTHING:
            return None
        found = hits.snippet(entry, self.wanted, self.services.personal, SNIPPET)
        return details.Part(details.FOUND, found.text, f"found in {found.where}:") if found else None

    def why_new(self, entry: Entry) -> str:
        """Why the entry is news, once that is known."""
        return self.services.news.why(entry.id) if self.shelves.rows[NEWS] else ""
