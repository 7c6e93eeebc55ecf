"""Finding entries: sorting, and what choosing and folding in the sections does."""

from __future__ import annotations

from msgspec.structs import replace

from mum_tui.search.query import toggled
from mum_tui.search.view import RELEVANCE, Sort
from mum_tui.tui.model.outline import FACET, FOLD, MORE, SEARCH, parent
from mum_tui.tui.screen.screen_part import ScreenPart
from mum_tui.tui.widgets.table import EntryTable
from mum_tui.tui.widgets.tree import SectionTree

SORTS = (
    Sort("year", descending=True),
    Sort("title", descending=False),
    Sort("authors", descending=False),
    Sort("venue", descending=False),
    Sort("mark", descending=True),
)
"""The orders ``s`` goes through; ``S`` turns the present one round."""


class Finding(ScreenPart):
    """Changes the view."""

    def choose_node(self) -> None:
        """Look at the section under the tree's cursor, or narrow by the facet value."""
        node = self.sections.current
        if node.kind == SEARCH:
            self.filter.value = self.services.config.searches[node.title]
        elif node.kind in (FOLD, MORE):
            self.fold(node.key, not node.is_open)
        elif node.kind == FACET:
            self.filter.value = toggled(self.view.query, *node.key.split(":", 1))
        else:
            self.ask(replace(self.view, scope=node.key))
            self.go_to(self.table)

    # -- folding

    def on_section_tree_fold_asked(self, event: SectionTree.FoldAsked) -> None:
        self.fold(event.node.key, not event.node.is_open)

    def action_fold(self) -> None:
        """Fold what is open; of what is not, go to the line it stands below."""
        if self.focused is not self.sections:
            return
        node = self.sections.current
        above = parent(self.sections.nodes, self.sections.cursor)
        if node.is_open:
            self.fold(node.key, on=False)
        elif above is not None:
            self.sections.move_to(above)

    def action_unfold(self) -> None:
        """Open what is folded; of what is open, go to the first line below it."""
        if self.focused is not self.sections:
            return
        node = self.sections.current
        if node.is_open is False:
            self.fold(node.key, on=True)
        elif node.is_open and node.kind != MORE:
            self.sections.move(1)

    # -- the order

    def on_entry_table_sort_asked(self, event: EntryTable.SortAsked) -> None:
        if event.column == self.results.sort.column:
            self.action_reverse_sort()
        else:
            self._sort_by(next(sort for sort in SORTS if sort.column == event.column))

    def action_sort(self) -> None:
        columns = [RELEVANCE, *(sort.column for sort in SORTS)]
        self._sort_by(SORTS[columns.index(self.results.sort.column) % len(SORTS)])

    def action_reverse_sort(self) -> None:
        sort = self.view.sort
        self._sort_by(replace(sort, descending=not sort.descending))

    def _sort_by(self, sort: Sort) -> None:
        self.ask(replace(self.view, sort=sort, sorted=True))
