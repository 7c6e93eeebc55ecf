"""Where everything stands on the screen, decided from its size and from what the user asked for.

The panes are placed as rectangles, not by nested containers: one function says it all, and there is nothing
between the screen and its panes that Textual would have to style and paint.
"""

from __future__ import annotations

from typing import NamedTuple

SIDE_BY_SIDE = 150
"""From so many columns on, table and details stand side by side."""

THREE_PANES = 100
"""From so many columns on, the tree is there unless it was put away."""

ONE_PANE = 60
"""Below so many columns there is one pane at a time."""

LOW = 15
"""Below so many lines, table and details are not stacked."""

TREE = "tree"
TABLE = "table"
DETAIL = "detail"


class Box(NamedTuple):
    """A rectangle in cells, from the screen's top left corner."""

    x: int
    y: int
    width: int
    height: int


class Arrangement(NamedTuple):
    """A box for each pane that is shown; ``beside``: table and details stand side by side."""

    tree: Box | None
    table: Box | None
    detail: Box | None
    scope: Box
    input: Box
    tally: Box
    hints: Box
    beside: bool = False


def arrange(
    width: int,
    height: int,
    at: str,
    zoomed: bool,
    tree_wanted: bool | None,
    scope_width: int,
    tally_width: int,
) -> Arrangement:
    """The arrangement for a terminal of ``width`` columns and ``height`` lines.

    Args:
        at: the pane one is in: ``tree``, ``table`` or ``detail``.
        zoomed: whether an entry is read on the whole screen.
        tree_wanted: whether the user asked for the tree (True), put it away (False) or did neither (None).
        scope_width, tally_width: cells wanted at the left and right of the filter box.
    """
    room = max(height - 2, 1)
    whole = Box(0, 1, width, room)
    scope = min(scope_width, width // 3)
    tally = min(tally_width, width - scope - 1)
    bars = (
        Box(0, 0, scope, 1),
        Box(scope, 0, width - scope - tally, 1),
        Box(width - tally, 0, tally, 1),
        Box(0, height - 1, width, 1),
    )
    if zoomed:
        return Arrangement(None, None, whole, *bars)
    if width < ONE_PANE:
        tree, table, detail = (whole if at == pane else None for pane in (TREE, TABLE, DETAIL))
        return Arrangement(tree, table, detail, *bars)
    shows_tree = tree_wanted if tree_wanted is not None else width >= THREE_PANES
    left = (30 if width >= 90 else 26) if shows_tree else 0
    tree = Box(0, 1, left, room) if left else None
    right = width - left
    if width >= SIDE_BY_SIDE:
        table_width = right * 3 // 5
        detail = Box(left + table_width, 1, right - table_width, room)
        return Arrangement(tree, Box(left, 1, table_width, room), detail, *bars, beside=True)
    if height < LOW:
        alone = Box(left, 1, right, room)
        return Arrangement(tree, None if at == DETAIL else alone, alone if at == DETAIL else None, *bars)
    upper = room // 2
    return Arrangement(tree, Box(left, 1, right, upper), Box(left, 1 + upper, right, room - upper), *bars)
