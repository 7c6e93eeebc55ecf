"""The lines of the tree, and which of its nodes are folded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from mum_tui.catalog.model import Section
from mum_tui.search.facets import FACETS
from mum_tui.search.view import ALL, section_scope


class NodeKind(StrEnum):
    """The kind of a line of the tree."""

    BLANK = "blank"
    HEADING = "heading"
    SCOPE = "scope"
    FACET = "facet"
    MORE = "more"
    LIST = "list"
    SEARCH = "search"


SEARCHES = "searches"
"""The key of the heading above the saved searches."""

OVERLAP = "overlap"
"""The key of the line below the sections, which says how many entries are in several of them."""

_MORE = "more/"

TITLES = {facet.field: facet.title for facet in FACETS if facet.shown} | {"status": "Status"}
"""The headings of facets by field, in the order of the tree."""

SHOWN = {facet.field: facet.shown for facet in FACETS}

_VALUE_TITLES = {f"{facet.field}:{value}": title for facet in FACETS for value, title in facet.titles.items()}
"""Titles of values that are not self-explanatory."""

MOST_FOLDS = 500
"""The most nodes whose fold is remembered, over all catalogs."""


class TreeNode(Struct, frozen=True):
    """A line of the tree: a blank line, a heading that folds, a scope, a facet value, the rest of a long facet, a list
    to open, or a saved search.

    ``key`` is the scope, ``field:value`` or another unique name; empty for most blank lines. ``is_open`` is None if the
    node has no children.
    """

    kind: NodeKind
    key: str
    title: str
    depth: int = 0
    is_open: bool | None = None


def facet_key(field: str) -> str:
    """The key of a facet's heading."""
    return f"facet/{field}"


def more_key(field: str) -> str:
    """The key of the line for the rest of a facet's values."""
    return f"{_MORE}{field}"


def search_key(name: str) -> str:
    """The key of the node of a saved search."""
    return f"search/{name}"


def parent(lines: Sequence[TreeNode], at: int) -> int | None:
    """The line of the parent of the node in line ``at``; None if it has none."""
    above = (y for y in range(at - 1, -1, -1) if lines[y].is_open is not None and lines[y].kind is not NodeKind.MORE)
    return next((y for y in above if lines[y].depth < lines[at].depth), None)


class Outline:
    """Makes the lines of the tree. ``folds`` says by key which nodes are open (True) or folded, unlike by default.

    By default the first section and the searches are open, so that the headings of all facets are visible.

    Args:
        sections: the sections of the catalog.
        facets: the conditions (``field:value``) of each field, in order; read only for open headings.
        searches: the names of saved searches.
        folds: the folds of the last session.
    """

    def __init__(
        self,
        sections: Sequence[Section],
        facets: Mapping[str, Sequence[str]],
        searches: Collection[str] = (),
        folds: Mapping[str, bool] | None = None,
    ) -> None:
        self._sections = sections
        self._facets = facets
        self._searches = searches
        self.folds = dict(folds or {})
        first = section_scope(sections[0].id) if sections else ""
        self._open_at_first = frozenset({SEARCHES, first})
        self._fields = [field for field in TITLES if field in facets]

    def set_searches(self, names: Collection[str]) -> None:
        """Set the names of the saved searches."""
        self._searches = names

    def is_open(self, key: str) -> bool:
        """Whether the node with a key is open."""
        return self.folds.get(key, key in self._open_at_first)

    def set_open(self, key: str, on: bool) -> None:
        """Open a node (``on``), or fold it."""
        self.folds.pop(key, None)
        if on != (key in self._open_at_first):
            self.folds[key] = on
        while len(self.folds) > MOST_FOLDS:
            del self.folds[next(iter(self.folds))]

    def lines(self, scopes: Iterable[TreeNode] = (), active: Collection[str] = ()) -> list[TreeNode]:
        """All lines; ``scopes`` are the lines of annotations. Lines with ``active`` keys are shown even inside a folded
        node.
        """
        return list(self._lines(scopes, active))

    def _lines(self, scopes: Iterable[TreeNode], active: Collection[str]) -> Iterator[TreeNode]:
        yield TreeNode(NodeKind.SCOPE, ALL, "All")
        yield from scopes
        if self._sections:
            yield TreeNode(NodeKind.BLANK, "", "")
            for top in self._sections:
                yield from self._below(top, 0, active)
            if self._searches or self._fields:
                yield TreeNode(NodeKind.BLANK, OVERLAP, "")
        if self._searches:
            if not self._sections:
                yield TreeNode(NodeKind.BLANK, "", "")
            is_open = self.is_open(SEARCHES)
            yield TreeNode(NodeKind.HEADING, SEARCHES, "Searches", 0, is_open)
            for name in self._searches:
                if is_open or search_key(name) in active:
                    yield TreeNode(NodeKind.SEARCH, search_key(name), name, 1)
        if self._fields:
            if self._searches or not self._sections:
                yield TreeNode(NodeKind.BLANK, "", "")
            for field in self._fields:
                yield from self._values(field, active)

    def _below(self, section: Section, depth: int, active: Collection[str]) -> Iterator[TreeNode]:
        key = section_scope(section.id)
        is_open = self.is_open(key) if section.children else None
        yield TreeNode(NodeKind.SCOPE, key, section.title, depth, is_open)
        for child in section.children:
            if is_open or any(section_scope(below.id) in active for _, below in child.walk()):
                yield from self._below(child, depth + 1, active)

    def _values(self, field: str, active: Collection[str]) -> Iterator[TreeNode]:
        key = facet_key(field)
        is_open = self.is_open(key)
        yield TreeNode(NodeKind.HEADING, key, TITLES[field], 0, is_open)
        if not is_open and not any(key.startswith(f"{field}:") for key in active):
            return
        conditions = self._facets[field]
        shown = SHOWN.get(field, len(conditions)) if is_open else 0
        # A line for the rest makes no sense if the rest is a single value.
        is_long = is_open and len(conditions) > shown + 1
        all_shown = is_open and (not is_long or self.is_open(more_key(field)))
        hidden = 0
        for number, condition in enumerate(conditions):
            if all_shown or number < shown or condition in active:
                value = condition.partition(":")[2]
                yield TreeNode(NodeKind.FACET, condition, _VALUE_TITLES.get(condition, value), 1)
            else:
                hidden += 1
        if is_long:
            title = "… fewer" if all_shown else f"… {hidden:,} more"
            yield TreeNode(NodeKind.MORE, more_key(field), title, 1, all_shown)
