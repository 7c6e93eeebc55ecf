"""The layout of the screen, computed from its size and the user's choices.

Panes are placed as rectangles, without nested containers: one function decides, and Textual has nothing more to style
and paint between the screen and its panes.
"""

# Without ``from __future__ import annotations``: ``NamedTuple`` would compile each annotation at every start.

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

SIDE_BY_SIDE = 150
"""The fewest columns for table and details side by side."""

THREE_PANES = 100
"""The fewest columns in which the tree is shown by default."""

ONE_PANE = 60
"""In fewer columns, only one pane is shown."""

LOW = 15
"""In fewer lines, table and details are not shown below each other."""

LEAST_TREE = 14
LEAST_TABLE = 30
LEAST_DETAIL = 30
"""The fewest columns of each pane."""

LEAST_LINES = 4
"""The fewest lines of table and details below each other."""

STEP = 2
"""By how many columns a key changes the width of a pane; heights change by one line."""

WHOLE = 1000
"""Shares are in thousandths, precise enough to restore every number of columns and lines."""


class Pane(StrEnum):
    """The panes."""

    TREE = "tree"
    TABLE = "table"
    DETAIL = "detail"


class Box(NamedTuple):
    """A rectangle in cells; ``x`` and ``y`` count from the top left corner of the screen."""

    x: int
    y: int
    width: int
    height: int


class Sizes(NamedTuple):
    """The sizes that the user gave the panes; 0 means that the size of the terminal decides.

    ``tree`` is the width of the tree in columns. ``beside`` and ``below`` are the details' share, in thousandths, of
    the room for table and details, when the details are beside or below the table.
    """

    tree: int = 0
    beside: int = 0
    below: int = 0


SUGGESTED = Sizes()


def sizes_of(numbers: Sequence[int]) -> Sizes:
    """The sizes stored as these numbers; the default for invalid ones."""
    fits = len(numbers) == len(SUGGESTED) and all(0 <= number <= WHOLE for number in numbers)
    return Sizes(*numbers) if fits else SUGGESTED


class Arrangement(NamedTuple):
    """The boxes of the panes, None for those not shown; ``beside`` if table and details are side by side."""

    tree: Box | None
    table: Box | None
    detail: Box | None
    scope: Box
    input: Box
    tally: Box
    hints: Box
    beside: bool = False


def _usual_tree(width: int) -> int:
    """The default width of the tree in a terminal of this width."""
    return 38 if width >= 180 else 30 if width >= 90 else 26


def arrange(
    width: int,
    height: int,
    at: Pane,
    zoomed: bool,
    tree_wanted: bool | None,
    scope_width: int,
    tally_width: int,
    sizes: Sizes = SUGGESTED,
) -> Arrangement:
    """The arrangement for a terminal of ``width`` columns and ``height`` lines.

    Args:
        at: the current pane: ``tree``, ``table`` or ``detail``.
        zoomed: whether an entry is read full screen.
        tree_wanted: whether the user showed the tree (True), hid it (False) or did neither (None).
        scope_width, tally_width: the cells needed at the left and right of the query input.
        sizes: the sizes that the user gave the panes.
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
        tree, table, detail = (whole if at == pane else None for pane in (Pane.TREE, Pane.TABLE, Pane.DETAIL))
        return Arrangement(tree, table, detail, *bars)
    shows_tree = tree_wanted if tree_wanted is not None else width >= THREE_PANES
    beside = width >= SIDE_BY_SIDE
    tree_width = (sizes.tree or _usual_tree(width)) if shows_tree else 0
    if tree_width:
        tree_width = clamp(tree_width, LEAST_TREE, width - LEAST_TABLE - beside * LEAST_DETAIL)
    tree = Box(0, 1, tree_width, room) if tree_width else None
    rest = width - tree_width
    if beside:
        table_width = rest - round(rest * sizes.beside / WHOLE) if sizes.beside else rest * 3 // 5
        table_width = clamp(table_width, LEAST_TABLE, rest - LEAST_DETAIL)
        detail = Box(tree_width + table_width, 1, rest - table_width, room)
        return Arrangement(tree, Box(tree_width, 1, table_width, room), detail, *bars, beside=True)
    if height < LOW:
        alone = Box(tree_width, 1, rest, room)
        return Arrangement(tree, None if at == Pane.DETAIL else alone, alone if at == Pane.DETAIL else None, *bars)
    upper = clamp(room - round(room * sizes.below / WHOLE), LEAST_LINES, room - LEAST_LINES)
    upper = upper if sizes.below else room // 2
    return Arrangement(tree, Box(tree_width, 1, rest, upper), Box(tree_width, 1 + upper, rest, room - upper), *bars)


def clamp(number: int, least: int, most: int) -> int:
    """The number nearest to ``number`` from ``least`` to ``most``."""
    return max(least, min(number, most))


def resized(arrangement: Arrangement, sizes: Sizes, pane: Pane, steps: int) -> Sizes | None:
    """The sizes after making a pane larger by ``steps`` (negative: smaller); None if it is the only pane."""
    tree, table, detail = arrangement.tree, arrangement.table, arrangement.detail
    if table and detail and pane != Pane.TREE:
        steps = steps if pane == Pane.DETAIL else -steps
        if arrangement.beside:
            return sizes._replace(beside=_share(detail.width + STEP * steps, table.width + detail.width))
        return sizes._replace(below=_share(detail.height + steps, table.height + detail.height))
    if tree and (table or detail):
        return sizes._replace(tree=max(tree.width + STEP * (steps if pane == Pane.TREE else -steps), 1))
    return None


def with_rule_at(arrangement: Arrangement, sizes: Sizes, y: int) -> Sizes:
    """The sizes after moving the rule above the details to line ``y``."""
    if arrangement.beside or not (arrangement.table and arrangement.detail):
        return sizes
    end = arrangement.detail.y + arrangement.detail.height
    return sizes._replace(below=_share(end - y, arrangement.table.height + arrangement.detail.height))


def with_tree_edge_at(arrangement: Arrangement, sizes: Sizes, x: int) -> Sizes:
    """The sizes after moving the right edge of the tree to column ``x``."""
    beside = arrangement.table or arrangement.detail
    return sizes._replace(tree=min(max(x + 1, 1), WHOLE)) if arrangement.tree and beside else sizes


def _share(cells: int, of: int) -> int:
    return max(round(cells * WHOLE / of), 1)
