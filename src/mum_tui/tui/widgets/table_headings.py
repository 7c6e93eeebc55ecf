"""The line of headings above the table of entries. It always shows the order of the entries."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment

from mum_tui.search.view import RELEVANCE, Sort
from mum_tui.tui.cells import cell_len, fit
from mum_tui.tui.model.columns import Placed
from mum_tui.tui.palette import Palette
from mum_tui.tui.widgets.paint import joined

BEST_MATCH = " · best match first"
"""Shown after the heading of the titles while the entries are sorted by best match."""

_ARROWS = {True: "▼", False: "▲"}

_ORDERS = {RELEVANCE: "best match"}
"""The names of orders that are not columns."""


def draw_headings(columns: Sequence[Placed], sort: Sort, width: int, palette: Palette) -> list[Segment]:
    """Draw the headings of ``columns`` in a line of ``width`` cells."""
    plain, active = palette["muted"], palette["accent"]
    runs = []
    at = 0
    arrow = _ARROWS[sort.descending]
    is_named = False
    for slot in columns:
        is_sorted = slot.column.name == sort.column
        heading, room = slot.column.heading, slot.width
        if slot.column.name == "title" and sort.column == RELEVANCE and room >= cell_len(BEST_MATCH) + 5:
            heading, is_sorted, is_named = heading + BEST_MATCH, True, True
        elif not slot.column.is_glyph:
            room += 1
            heading += arrow if is_sorted else ""
            is_named |= is_sorted
        runs += [(" " * (slot.start - at), plain), (fit(heading, room), active if is_sorted else plain)]
        at = slot.start + room
    if is_named:
        return joined(runs, width, plain)
    # If the sorted column is hidden or has no room for an arrow, show the order at the right.
    order = f" {arrow} {_ORDERS.get(sort.column, sort.column)} "
    room = max(width - cell_len(order), 0)
    return [*joined(runs, room, plain), *joined([(order, active)], width - room, plain)]
