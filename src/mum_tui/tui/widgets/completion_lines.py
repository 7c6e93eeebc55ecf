"""Draws the list of completions of the query, which covers the right end of the first lines of the table."""

from __future__ import annotations

from msgspec import Struct
from rich.segment import Segment
from textual.strip import Strip

from mum_tui.tui.cells import cell_len, fit
from mum_tui.tui.palette import Palette
from mum_tui.tui.widgets.paint import joined, over

LEAST = 30
"""The list may have this many cells even if it then covers the beginning of titles."""


class CompletionList(Struct, frozen=True):
    """Completions with label and number of entries; ``current`` is the number of the one in the text, or -1."""

    rows: tuple[tuple[str, int], ...] = ()
    current: int = -1

    @property
    def is_taken(self) -> bool:
        """Whether one of them is in the text."""
        return self.current >= 0

    @property
    def width(self) -> int:
        """The cells of the longest line."""
        return max((cell_len(f"{label}  {count:,} ") for label, count in self.rows), default=0)


def draw_completions(
    completions: CompletionList, lines: int, room: int, colours: Palette, below: Palette
) -> list[Strip]:
    """The first ``lines`` lines of the list, all of the same width, at most ``room`` cells.

    If some do not fit, the last line says how many. ``below`` are the colours of the table.
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
