"""The arrangement of the screen, computed from its size and the user's choices.

The panes are placed as rectangles, not by nested containers: one function says it all, and there is nothing
between the screen and its panes that Textual would have to style and paint.
"""

# Annotations are values here, not texts: ``NamedTuple`` compiles each text at every start.

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

SIDE_BY_SIDE = 150
"""The fewest columns for table and details side by side."""

THREE_PANES = 100
"""The fewest columns for the tree, unless the user hid it."""

ONE_PANE = 60
"""In fewer columns, one pane is shown at a time."""

LOW = 15
"""In fewer lines, table and details are not stacked."""

LEAST_TREE = 14
LEAST_TABLE = 30
LEAST_DETAIL = 30
"""The fewest columns of each pane, however large the others are made."""

LEAST_LINES = 4
"""The fewest lines of table and details where they are stacked."""

STEP = 2
"""The columns by which a key makes a pane wider or narrower; lines change one by one."""

WHOLE = 1000
"""Shares are counted in thousandths, so that every number of columns and lines comes out as it was."""


class Pane(StrEnum):
    """The panes between which keys move."""

    TREE = "tree"
    TABLE = "table"
    DETAIL = "detail"


class Box(NamedTuple):
    """A rectangle in cells, from the screen's top left corner."""

    x: int
    y: int
    width: int
    height: int


class Sizes(NamedTuple):
    """What the user made of the panes; 0 is as the terminal's size suggests.

    ``tree`` is its width in columns; ``beside`` and ``below`` are the details' share of what they have in common with
    the table where they stand beside it or below it.
    """

    tree: int = 0
    beside: int = 0
    below: int = 0


SUGGESTED = Sizes()


def sizes_of(numbers: Sequence[int]) -> Sizes:
    """The sizes that were written down as these numbers, if they are any."""
    fits = len(numbers) == len(SUGGESTED) and all(0 <= number <= WHOLE for number in numbers)
    return Sizes(*numbers) if fits else SUGGESTED


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


def _usual_tree(width: int) -> int:
    """The cells of the sections in a terminal of this width, until the user changes them."""
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
        zoomed: whether an entry is read on the whole screen.
        tree_wanted: whether the user showed the tree (True), hid it (False) or did neither (None).
        scope_width, tally_width: cells wanted at the left and right of the filter box.
        sizes: what the user made of the panes.
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
    left = (sizes.tree or _usual_tree(width)) if shows_tree else 0
    if left:
        left = within(left, LEAST_TREE, width - LEAST_TABLE - beside * LEAST_DETAIL)
    tree = Box(0, 1, left, room) if left else None
    right = width - left
    if beside:
        table_width = right - round(right * sizes.beside / WHOLE) if sizes.beside else right * 3 // 5
        table_width = within(table_width, LEAST_TABLE, right - LEAST_DETAIL)
        detail = Box(left + table_width, 1, right - table_width, room)
        return Arrangement(tree, Box(left, 1, table_width, room), detail, *bars, beside=True)
    if height < LOW:
        alone = Box(left, 1, right, room)
        return Arrangement(tree, None if at == Pane.DETAIL else alone, alone if at == Pane.DETAIL else None, *bars)
    upper = within(room - round(room * sizes.below / WHOLE), LEAST_LINES, room - LEAST_LINES)
    upper = upper if sizes.below else room // 2
    return Arrangement(tree, Box(left, 1, right, upper), Box(left, 1 + upper, right, room - upper), *bars)


def within(number: int, least: int, most: int) -> int:
    """``number``, or the nearest one that is neither less than ``least`` nor more than ``most``."""
    return max(least, min(number, most))


def resized(arrangement: Arrangement, sizes: Sizes, pane: Pane, steps: int) -> Sizes | None:
    """The sizes with which a pane is so many steps larger (or smaller) than it is; None where it stands alone."""
    tree, table, detail = arrangement.tree, arrangement.table, arrangement.detail
    if table and detail and pane != Pane.TREE:
        steps = steps if pane == Pane.DETAIL else -steps
        if arrangement.beside:
            return sizes._replace(beside=_share(detail.width + STEP * steps, table.width + detail.width))
        return sizes._replace(below=_share(detail.height + steps, table.height + detail.height))
    if tree and (table or detail):
        return sizes._replace(tree=max(tree.width + STEP * (steps if pane == Pane.TREE else -steps), 1))
    return None


def ruled(arrangement: Arrangement, sizes: Sizes, y: int) -> Sizes:
    """The sizes with which the details below the table begin in line ``y``."""
    if arrangement.beside or not (arrangement.table and arrangement.detail):
        return sizes
    end = arrangement.detail.y + arrangement.detail.height
    return sizes._replace(below=_share(end - y, arrangement.table.height + arrangement.detail.height))


def edged(arrangement: Arrangement, sizes: Sizes, x: int) -> Sizes:
    """The sizes with which the tree's last column is column ``x``."""
    beside = arrangement.table or arrangement.detail
    return sizes._replace(tree=min(max(x + 1, 1), WHOLE)) if arrangement.tree and beside else sizes


def _share(cells: int, of: int) -> int:
    return max(round(cells * WHOLE / of), 1)
