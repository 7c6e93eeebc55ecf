"""The tree at the left: everything, bookmarks, sections, then the facets one can narrow by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from rich.segment import Segment

from mum_tui.catalog.model import Section
from mum_tui.cells import fit, fit_right
from mum_tui.search.facets import FACETS
from mum_tui.search.view import ALL, section_scope
from mum_tui.tui.paint import joined, over
from mum_tui.tui.rows_view import RowsView

HEADING = "heading"
SCOPE = "scope"
FACET = "facet"
LIST = "list"
SEARCH = "search"

COUNT = 5
"""Cells for the number of entries."""


class Node(Struct, frozen=True):
    """A line of the tree: a heading, a scope to look at, a facet value to narrow by, or a list to open.

    ``key`` is the scope or what the list is called by, or ``field:value``; empty for headings.
    """

    kind: str
    key: str
    title: str
    depth: int = 0


def nodes(
    sections: Iterable[Section],
    facets: Mapping[str, Iterable[str]],
    shelves: Iterable[Node] = (),
    searches: Iterable[str] = (),
) -> Iterator[Node]:
    """The tree over a catalog; ``facets`` has each facet's conditions (``field:value``) in order, ``shelves`` are
    the lines of what the user keeps, ``searches`` the names of queries."""
    yield Node(SCOPE, ALL, "All")
    yield from shelves
    for top in sections:
        yield Node(HEADING, "", "")
        for depth, section in top.walk():
            yield Node(SCOPE, section_scope(section.id), section.title, depth)
    if searches:
        yield Node(HEADING, "", "")
        yield Node(HEADING, "", "Searches")
        yield from (Node(SEARCH, search_key(name), name) for name in searches)
    for facet in FACETS:
        if conditions := list(facets.get(facet.field, ()))[: facet.shown]:
            yield Node(HEADING, "", "")
            yield Node(HEADING, "", facet.title)
            yield from (Node(FACET, condition, condition.partition(":")[2]) for condition in conditions)


def search_key(name: str) -> str:
    """The key of the node of a saved search."""
    return f"search/{name}"


class SectionTree(RowsView):
    """Shows nodes with the number of entries that match the filter in each."""

    ground = "surface"

    def __init__(self, nodes: Iterable[Node], *, id: str) -> None:
        super().__init__(id=id)
        self.nodes = list(nodes)
        self.counts: Mapping[str, int] = {}
        self.own: Mapping[str, int] = {}
        self.searched: Mapping[str, int] = {}
        self.chosen: frozenset[str] = frozenset()
        self.cursor = next((y for y in range(len(self.nodes)) if self.can_stand_on(y)), 0)

    def plant(self, nodes: Iterable[Node]) -> None:
        """Have these lines; the cursor stays on its node, if that is still there."""
        nodes = list(nodes)
        if nodes == self.nodes:
            return
        key = self.current.key
        self.nodes = nodes
        places = [y for y in range(len(nodes)) if self.can_stand_on(y)]
        same = next((y for y in places if nodes[y].key == key), None)
        self.cursor = same if same is not None else min(places, key=lambda y: abs(y - self.cursor))
        self.top = min(self.top, self.last_top)
        self.reveal(self.cursor, 2)
        self.refresh()

    def show(self, counts: Mapping[str, int], own: Mapping[str, int], chosen: frozenset[str]) -> None:
        """Show these counts, those of what the user keeps (``own``), and which keys are chosen."""
        if chosen != self.chosen or counts != self.counts:
            self.refresh()
        elif own != self.own:
            self.repaint(*[y for y, node in enumerate(self.nodes) if own.get(node.key) != self.own.get(node.key)])
        self.counts, self.own, self.chosen = counts, own, chosen

    def show_searched(self, counts: Mapping[str, int]) -> None:
        """Show how many entries the saved searches find, by their keys."""
        if counts != self.searched:
            self.searched = counts
            self.repaint(*[y for y, node in enumerate(self.nodes) if node.kind == SEARCH])

    @property
    def current(self) -> Node:
        """The node under the cursor."""
        return self.nodes[self.cursor]

    @property
    def line_count(self) -> int:
        return len(self.nodes)

    def can_stand_on(self, y: int) -> bool:
        return self.nodes[y].kind != HEADING

    def draw_line(self, y: int, width: int) -> list[Segment]:
        node, colours = self.nodes[y], self.palette
        plain = colours["text"]
        if node.kind == HEADING:
            return joined([(" " + node.title, colours["head"])], width, plain)
        counts = self.searched if node.kind == SEARCH else self.own if node.key in self.own else self.counts
        count = counts.get(node.key, 0)
        chosen = node.key in self.chosen
        mark = ("✓" if node.kind == FACET else "▸") if chosen else " "
        style = colours["accent" if chosen else "text" if count else "muted"]
        name = fit(f"{mark} {'  ' * node.depth}{node.title}", width - COUNT)
        number = fit_right(f" {count:,}" if count else " ·", COUNT)
        segments = joined([(name, style), (number, colours["muted"])], width, plain)
        if y == self.cursor and self.has_focus:
            return over(segments, colours["cursor"])
        return over(segments, colours["hover"]) if y == self.hover else segments
