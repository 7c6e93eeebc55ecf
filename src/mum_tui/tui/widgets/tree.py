"""The tree at the left: everything, bookmarks, sections, then the facets one can narrow by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.segment import Segment
from textual import events
from textual.message import Message

from mum_tui.search.view import scope_section
from mum_tui.tui.cells import fit, fit_right
from mum_tui.tui.model.outline import BLANK, FACET, FOLD, MORE, SCOPE, SEARCH, Node
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
"""Cells a line stands further right than the one it belongs to."""

_SIGNS = {True: "▾", False: "▸", None: " "}
"""What stands before a line that is open, that is folded, and that does not fold."""


class SectionTree(RowsView):
    """Shows nodes with the number of entries that match the filter in each, of ``total`` there are."""

    ground = "surface"

    class FoldAsked(Message):
        """The sign of a line that folds was clicked."""

        def __init__(self, node: Node) -> None:
            super().__init__()
            self.node = node

    def __init__(self, nodes: Iterable[Node], total: int, *, id: str) -> None:
        super().__init__(id=id)
        self.nodes = list(nodes)
        self._count_room = 5 if total < 1000 else 6
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

    def show(self, counts: Mapping[str, int], chosen: frozenset[str]) -> None:
        """Show these counts, and which keys are chosen."""
        before, self.counts = self.counts, counts
        if chosen != self.chosen:
            self.chosen = chosen
            self.refresh()
        elif counts != before:
            visible = [y for y in range(self.top, min(self.top + self.page, len(self.nodes))) if self.can_stand_on(y)]
            self.repaint(*[y for y in visible if self._count(self.nodes[y], before) != self._count(self.nodes[y])])

    def show_own(self, counts: Mapping[str, int]) -> None:
        """Show these counts of what the user keeps."""
        if counts != self.own:
            before, self.own = self.own, counts
            self.repaint(*[y for y, node in enumerate(self.nodes) if counts.get(node.key) != before.get(node.key)])

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
        return self.nodes[y].kind != BLANK

    def _count(self, node: Node, counts: Mapping[str, int] | None = None) -> int:
        """The number behind a node; ``counts`` in the place of those shown."""
        if node.kind == SEARCH:
            return self.searched.get(node.key, 0)
        counts = self.counts if counts is None else counts
        return (self.own if node.key in self.own else counts).get(node.key, 0)

    def draw_line(self, y: int, width: int) -> list[Segment]:
        node, colours = self.nodes[y], self.palette
        if node.kind == BLANK:
            return joined([], width, colours["text"])
        indent = " " * (INDENT * node.depth)
        if node.kind in (FOLD, MORE):
            sign = _SIGNS[node.is_open] if node.kind == FOLD else " "
            style = colours["head" if node.kind == FOLD else "muted"]
            segments = joined([(f" {indent}{sign} {node.title}", style)], width, colours["text"])
        else:
            segments = self._draw_counted(node, indent, width)
        if y == self.cursor and self.has_focus:
            return over(segments, colours["cursor"])
        return over(segments, colours["hover"]) if y == self.hover else segments

    def _draw_counted(self, node: Node, indent: str, width: int) -> list[Segment]:
        """A line with the number of entries there are behind it."""
        count = self._count(node)
        chosen = node.key in self.chosen
        colours = self.palette
        style = colours["accent" if chosen else "text" if count else "muted"]
        if node.kind == FACET:
            lead = f" {indent}{'✓' if chosen else ' '} "
        else:
            lead = f"{'▌' if chosen else ' '}{indent}{_SIGNS[node.is_open]} "
            if node.kind == SCOPE and not scope_section(node.key) and node.title[1:2] == " ":
                lead = lead[:-2]  # what the user keeps has signs of its own, in that place
        room = self._count_room
        number = fit_right(f" {short(count)}" if count else " ·", room)
        runs = [(fit(lead + node.title, width - room), style), (number, colours["muted"])]
        return joined(runs, width, colours["text"])

    # -- mouse

    def on_click(self, event: events.Click) -> None:
        """On the sign of a line that can be chosen too: it folds, and is not chosen."""
        y = self.line_at(event)
        if y < 0 or self.nodes[y].kind != SCOPE or self.nodes[y].is_open is None:
            return
        if event.x <= INDENT * self.nodes[y].depth + 2:
            event.prevent_default()
            self.move_to(y)
            self.post_message(self.FoldAsked(self.nodes[y]))
