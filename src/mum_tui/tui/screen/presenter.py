"""Shows the view and its results in every pane, once per key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mum_tui.search import hits
from mum_tui.search.view import BOOKMARKS, scope_section
from mum_tui.tui.cells import cell_len
from mum_tui.tui.model import columns
from mum_tui.tui.model.outline import TreeNode, search_key
from mum_tui.tui.screen.annotation_scopes import SELECTED, STATUS_GLYPHS, scope_of

if TYPE_CHECKING:
    from mum_tui.search.hits import Highlights
    from mum_tui.tui.screen.main import MainScreen
    from mum_tui.views.details import Part

LEAST_BOX = 20
"""The fewest cells of the query input; with less, the counts beside it are hidden."""


class Presenter:
    """Passes the view, results, selection and annotations of the screen to its widgets."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._nodes: tuple[TreeNode, ...] = ()
        self._nodes_scope: tuple[str, bool] | None = None
        self._scope_title = ""
        self._active: frozenset[str] = frozenset()
        self._outlined: tuple[tuple[TreeNode, ...], frozenset[str]] | None = None
        self._detail_shown: tuple[int | None, Highlights] | None = None
        self._parts: list[Part] = []

    def show(self, row: int | None = None, stay: bool = False) -> None:
        """Show the results in every pane. The cursor moves to catalog row ``row``, or stays on its entry.

        ``stay`` preserves the scroll position of the details.
        """
        screen = self._screen
        results = screen.results
        screen.hits = hits.highlights(results, screen.index.synonyms) if screen.view.query else hits.NOTHING
        screen.table.show_hits(screen.hits)
        selected = screen.annotation_scopes.rows[SELECTED]
        empty_text = "" if results.rows else self._empty_text()
        screen.table.show(results.rows, selected, results.sort, empty_text, row, results.groups)
        self.show_annotations()
        screen.sections.show(results.counts, self._active)
        self.show_tally()
        screen.acts.panes.set_remarks(tuple(hint.message for hint in results.hints))
        current = screen.table.current
        screen.current = "" if current is None else screen.index.entries[current].id
        if self._detail_shown != (current, screen.hits):
            is_same = self._detail_shown is not None and self._detail_shown[0] == current
            screen.show_entry(stay, only_hits=is_same)

    # -- annotations, and the tree

    def annotations_changed(self) -> None:
        """Call this when annotations changed, so that they are shown again."""
        self._nodes_scope = None

    def catalog_changed(self) -> None:
        """Call this when the catalog changed, so that everything is shown again."""
        self._nodes_scope = self._outlined = self._detail_shown = None

    def show_annotations(self) -> None:
        """Show annotations in the table and in the tree; computes only what changed since the last call."""
        screen = self._screen
        scope = screen.view.scope
        shown = scope, bool(screen.annotation_scopes.rows[SELECTED])
        if shown != self._nodes_scope:
            self._nodes_scope = shown
            self._nodes = tuple(screen.annotation_scopes.nodes(scope))
            section = screen.section_titles.get(scope_section(scope), "All")
            self._scope_title = next((node.title for node in self._nodes if node.key == scope), section)
            rows = screen.annotation_scopes.rows
            screen.table.show_annotations(
                {
                    "bookmark": [(columns.BOOKMARK, rows[BOOKMARKS])],
                    "status": [(glyph, rows[scope_of(status)]) for status, glyph in STATUS_GLYPHS.items()],
                    "rating": [(str(rating), rated) for rating, rated in screen.annotation_scopes.ratings.items()],
                    "note": [(columns.NOTE, rows[scope_of("noted")])],
                }
            )
        self._active = frozenset({scope, *self._narrowed_by()})
        if (self._nodes, self._active) != self._outlined:
            self.show_tree()
        screen.sections.show_annotation_counts(screen.annotation_scopes.counts(screen.results.matching))

    def show_tree(self) -> None:
        """Show the lines of the tree, after its folds changed."""
        self._outlined = self._nodes, self._active
        self._screen.sections.set_nodes(self._screen.outline.lines(self._nodes, self._active))

    def _narrowed_by(self) -> Iterator[str]:
        """The keys of the facet values in the query, and of the saved search that equals it."""
        query = self._screen.results.query
        yield from self._screen.index.facet_values_in(query)
        if self._screen.services.saved_searches.queries:
            yield search_key(self._screen.services.saved_searches.name_of(query.tree))

    # -- the first line

    def show_tally(self) -> None:
        """Show the scope, the number of entries shown, and how many are selected or not saved."""
        screen = self._screen
        results = screen.results
        screen.scope.show(f" {self._scope_title}")
        total = f"{results.total:,}"
        remarks = [f"{screen.unsaved} unsaved"] if screen.unsaved else []
        selected = self._selected_words() if screen.selection else ""
        remarks += [selected] if selected else []
        count = 0 if screen.shows_before else len(results.rows)
        counts = [f"{count:,}"] if count < results.total else []
        at = [f"{screen.table.position + 1:,}"] if count else []
        shown = " · ".join([*remarks, " of ".join([*at, *counts, total])])
        highest = " · ".join([*remarks, f"{total} of {total} of {total}"])
        if remarks and screen.app.size.width - cell_len(screen.scope.text + highest) < LEAST_BOX:
            shown = highest = " · ".join(remarks)  # otherwise the query input would be too narrow
        screen.tally.show(f"{shown} ", accent=selected)
        # Room for the highest count: if the input changed its width, every key would cost a second frame.
        room = cell_len(highest) + 2
        screen.acts.panes.set_bar(cell_len(screen.scope.text) + 1, room)

    def _selected_words(self) -> str:
        """How many entries are selected, and how many of them are hidden, in words."""
        screen = self._screen
        selection = screen.acts.selection
        hidden = selection.hidden
        words = f"{len(screen.selection):,} selected" + (f", {hidden:,} hidden" if hidden else "")
        return f"range: {words}" if selection.is_range else words

    def _empty_text(self) -> str:
        """Why the table is empty, and what to do next."""
        screen = self._screen
        scope = screen.view.scope
        if not screen.results.total:
            return "This catalog has no entries."
        if screen.view.query and screen.annotation_scopes.rows.get(scope, True):
            return f"No match: {screen.key_of('back')} clears the filter."
        if scope == BOOKMARKS:
            return f"No bookmarks yet: {screen.key_of('bookmark')} sets one."
        if scope == SELECTED:
            return f"Nothing is selected: {screen.key_of('select-entry')} selects an entry."
        if scope in map(scope_of, STATUS_GLYPHS):
            return f"No entries yet: {screen.key_of('status')} changes the reading status."
        return "This list is now empty." if scope in screen.annotation_scopes.rows else "This section is empty."

    # -- details

    def show_details(self, stay: bool, only_hits: bool) -> None:
        """Show the current entry, from the top; ``stay`` preserves the scroll position.

        ``only_hits`` says that only the hits changed since the entry was last shown.
        """
        from mum_tui.tui.screen.entry_details import match_in, parts_of

        screen = self._screen
        row = screen.table.current
        self._detail_shown = row, screen.hits
        entry = screen.entry
        if entry is None:
            screen.detail.show_nothing("No entry to show.")
            return
        if not only_hits:
            self._parts = parts_of(screen, entry)
        title, *others = self._parts
        screen.detail.show([title, *match_in(screen, entry), *others], stay, screen.hits)
        if screen.acts.panes.zoomed and screen.acts.inside.is_active:
            screen.acts.inside.look_again()
