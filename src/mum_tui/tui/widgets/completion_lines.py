"""The list of completions of the query, as it is drawn over the right end of the table's first lines."""

from __future__ import annotations

from msgspec import Struct
from rich.segment import Segment
from textual.strip import Strip

from mum_tui.tui.cells import cell_len, fit
from mum_tui.tui.palette import Palette
from mum_tui.tui.widgets.paint import joined, over

LEAST = 30
"""Cells that the list may always have, even where it then covers the beginning of a title."""


class CompletionList(Struct, frozen=True):
    """Completions of the last word: a label and a number of entries each; ``current`` is the one in the text, or -1."""

    rows: tuple[tuple[str, int], ...] = ()
    current: int = -1

    @property
    def is_taken(self) -> bool:
        """Whether one of them stands in the text."""
        return self.current >= 0

    @property
    def width(self) -> int:
        """Cells of the longest line."""
        return max((cell_len(f"{label}  {count:,} ") for label, count in self.rows), default=0)


def draw_completions(
    completions: CompletionList, lines: int, room: int, colours: Palette, below: Palette
) -> list[Strip]:
    """The first ``lines`` of the list, at most ``room`` cells wide and each as wide as the others.

    Where some are left out, the last line says how many. ``below`` are the colours of what the list is drawn over.
    """
    hidden = len(completions.rows) - lines
    more = f"tab: {hidden + 1} more" if hidden > 0 else ""
    width = min(max(completions.width, cell_len(more)) + 3, room)
    edge = [Segment(" ", below["text"]), Segment("▎", colours["bar"])]
    strips = []
    for number, (label, count) in enumerate(completions.rows[:lines]):
        name_style, shown = "text", f" {count:,} "
        if more and number == lines - 1:
            label, shown, name_style = more, "", "muted"
        name, space, remark = fit(label, width - 2 - cell_len(shown)).partition("  ")
        runs = [(name, colours[name_style]), (space + remark + shown, colours["muted"])]
        segments = joined(runs, width - 2, colours["text"])
        if number == completions.current:
            segments = over(segments, colours["cursor"])
        strips.append(Strip([*edge, *segments], width))
    return strips
