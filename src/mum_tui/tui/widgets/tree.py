"""The tree: all entries, annotations, sections, searches and facets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.segment import Segment
from textual import events

from mum_tui.search.view import ALL, scope_section
from mum_tui.text import overlap_words
from mum_tui.tui.cells import fit, fit_right
from mum_tui.tui.messages import FoldRequested
from mum_tui.tui.model.outline import OVERLAP, NodeKind, TreeNode
from mum_tui.tui.widgets.paint import joined, over
from mum_tui.tui.widgets.rows import RowsView


def short(count: int) -> str:
    """A number of entries in at most five cells: ``288``, ``2,431``, ``16.4k``, ``100k``, ``1.0M``."""
    for unit, size in (("M", 1_000_000), ("k", 1_000)):
        if count >= max(size, 10_000):
            exact = f"{count / size:.1f}{unit}"
            return exact if len(exact) <= 5 else f"{count // size}{unit}"
    return f"{count:,}"


INDENT = 2
"""The cells by which a node is indented below its parent."""

_SIGNS = {True: "▾", False: "▸", None: " "}
"""The glyphs of an open node, a folded node, and a node without children."""


class SectionTree(RowsView):
    """Shows nodes, each with the number of matching entries; ``total`` is the number of all entries."""

    ground = "surface"

    def __init__(self, nodes: Iterable[TreeNode], total: int, *, id: str) -> None:
        super().__init__(id=id)
        self.nodes = list(nodes)
        self._count_room = 5 if total < 1000 else 6
        self.counts: Mapping[str, int] = {}
        self.annotation_counts: Mapping[str, int] = {}
        self.search_counts: Mapping[str, int] = {}
        self.active: frozenset[str] = frozenset()
        self.cursor = next((y for y in range(len(self.nodes)) if self.can_hold_cursor(y)), 0)

    def set_nodes(self, nodes: Iterable[TreeNode]) -> None:
        """Set the nodes; the cursor stays on its node, else near its line."""
        nodes = list(nodes)
        if nodes == self.nodes:
            return
        key = self.current.key if self.nodes else ""
        self.nodes = nodes
        stops = [y for y in range(len(nodes)) if self.can_hold_cursor(y)]
        same = next((y for y in stops if nodes[y].key == key), None)
        self.cursor = same if same is not None else min(stops, key=lambda y: abs(y - self.cursor))
        self.top = min(self.top, self.last_top)
        self.reveal(self.cursor, 2)
        self.refresh()

    def show(self, counts: Mapping[str, int], active: frozenset[str]) -> None:
        """Show counts, and the ``active`` keys: the scope, facet values and the search in the query."""
        before, self.counts = self.counts, counts
        if active != self.active:
            self.active = active
            self.refresh()
        elif counts != before:
            visible = range(self.top, min(self.top + self.page, len(self.nodes)))
            self.repaint(*[y for y in visible if self._count(self.nodes[y], before) != self._count(self.nodes[y])])

    def show_annotation_counts(self, counts: Mapping[str, int]) -> None:
        """Show the numbers of matching entries with annotations, by the keys of nodes."""
        if counts != self.annotation_counts:
            before, self.annotation_counts = self.annotation_counts, counts
            self.repaint(*[y for y, node in enumerate(self.nodes) if counts.get(node.key) != before.get(node.key)])

    def show_search_counts(self, counts: Mapping[str, int]) -> None:
        """Show the numbers of matches of saved searches, by the keys of nodes."""
        if counts != self.search_counts:
            self.search_counts = counts
            self.repaint(*[y for y, node in enumerate(self.nodes) if node.kind == NodeKind.SEARCH])

    @property
    def current(self) -> TreeNode:
        """The node under the cursor."""
        return self.nodes[self.cursor]

    @property
    def line_count(self) -> int:
        return len(self.nodes)

    def can_hold_cursor(self, y: int) -> bool:
        return self.nodes[y].kind != NodeKind.BLANK

    def _count(self, node: TreeNode, counts: Mapping[str, int] | None = None) -> int:
        """The number of a node, from ``counts`` if given, else from those shown."""
        if node.kind == NodeKind.SEARCH:
            return self.search_counts.get(node.key, 0)
        counts = self.counts if counts is None else counts
        if node.key == OVERLAP:
            return self._overlap(counts)
        return (self.annotation_counts if node.key in self.annotation_counts else counts).get(node.key, 0)

    def _overlap(self, counts: Mapping[str, int]) -> int:
        """How many times entries are counted again because they are in several top sections."""
        return max(sum(counts.get(key, 0) for key in self._tops) - counts.get(ALL, 0), 0)

    @property
    def _tops(self) -> list[str]:
        """The keys of the top sections."""
        scopes = (node.key for node in self.nodes if node.kind == NodeKind.SCOPE and not node.depth)
        return [key for key in scopes if scope_section(key)]

    def draw_line(self, y: int, width: int) -> list[Segment]:
        node, colours = self.nodes[y], self.palette
        if node.kind == NodeKind.BLANK:
            words = overlap_words(self._count(node), len(self._tops)) if node.key == OVERLAP else ""
            return joined([(fit_right(words, width), colours["quiet"])], width, colours["text"])
        indent = " " * (INDENT * node.depth)
        if node.kind in (NodeKind.HEADING, NodeKind.MORE):
            sign = _SIGNS[node.is_open] if node.kind == NodeKind.HEADING else " "
            style = colours["head" if node.kind == NodeKind.HEADING else "muted"]
            segments = joined([(f" {indent}{sign} {node.title}", style)], width, colours["text"])
        else:
            segments = self._draw_counted(node, indent, width)
        if y == self.cursor and self.has_focus:
            return over(segments, colours["cursor"])
        return over(segments, colours["hover"]) if y == self.hover else segments

    def _draw_counted(self, node: TreeNode, indent: str, width: int) -> list[Segment]:
        """A line with the number of entries."""
        count = self._count(node)
        is_active = node.key in self.active
        colours = self.palette
        style = colours["accent" if is_active else "text" if count else "muted"]
        if node.kind == NodeKind.FACET:
            lead = f" {indent}{'✓' if is_active else ' '} "
        else:
            lead = f"{'▌' if is_active else ' '}{indent}{_SIGNS[node.is_open]} "
            if node.kind == NodeKind.SCOPE and not scope_section(node.key) and node.title[1:2] == " ":
                lead = lead[:-2]  # the glyph of the annotation is there
        room = self._count_room
        number = fit_right(f" {short(count)}" if count else " ·", room)
        runs = [(fit(lead + node.title, width - room), style), (number, colours["muted"])]
        return joined(runs, width, colours["text"])

    # -- mouse

    def is_edge(self, x: int) -> bool:
        return x >= self.text_width

    def on_click(self, event: events.Click) -> None:
        """A click on the glyph of a scope folds it and does not choose it."""
        y = self.line_at(event)
        if y < 0 or self.was_dragged or self.nodes[y].kind != NodeKind.SCOPE or self.nodes[y].is_open is None:
            return
        if event.x <= INDENT * self.nodes[y].depth + 2:
            event.prevent_default()
            self.move_to(y)
            node = self.nodes[y]
            self.post_message(FoldRequested(node.key, not node.is_open))
