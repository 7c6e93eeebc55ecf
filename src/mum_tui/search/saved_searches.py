"""Saved searches: queries that the user has named, in the configuration or in the browser."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from mum_tui.search.annotations import NO_ANNOTATIONS, Annotations
from mum_tui.search.index import Index
from mum_tui.search.nodes import Node
from mum_tui.search.parse import parse
from mum_tui.search.query import REPLACED
from mum_tui.search.view import View


class SavedSearch(Struct, frozen=True):
    """A named query, the number of entries that it matches, and a hint if something is wrong with it."""

    name: str
    query: str
    count: int = 0
    hint: str = ""


class SavedSearches:
    """The saved queries by name, in their order. Each query is parsed only once."""

    def __init__(self, queries: Mapping[str, str]) -> None:
        self.queries = queries
        self._names: dict[Node, str] | None = None

    def name_of(self, tree: Node) -> str:
        """The name of the first search whose parsed query equals ``tree``, or an empty string."""
        if self._names is None:
            self._names = {}
            for name, query in self.queries.items():
                self._names.setdefault(parse(query).tree, name)
        return self._names.get(tree, "")

    def run(self, index: Index, annotations: Annotations = NO_ANNOTATIONS) -> list[SavedSearch]:
        """Every search with the number of entries that it matches now."""
        return [run(index, name, query, annotations) for name, query in self.queries.items()]


def run(index: Index, name: str, query: str, annotations: Annotations = NO_ANNOTATIONS) -> SavedSearch:
    """The search ``name`` with the number of entries that its query matches now."""
    results = index.run(View(query=query), annotations)
    hint = next((hint.message for hint in results.hints if hint.type != REPLACED), "")
    return SavedSearch(name, query, len(results.rows), hint or results.hint)
