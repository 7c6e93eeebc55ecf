"""Segments of a line: joined to a width, and with other colours put over their own."""

from __future__ import annotations

from collections.abc import Iterable

from rich.segment import Segment
from rich.style import Style

from mum_tui.cells import cell_len, fit


def joined(runs: Iterable[tuple[str, Style]], width: int, rest: Style) -> list[Segment]:
    """``runs`` of text as segments of exactly ``width`` cells: cut, or filled up in the style ``rest``.

    Neighbours of one style become one segment, so that fewer escape sequences go to the terminal.
    """
    segments: list[Segment] = []
    text, style = "", rest
    left = width
    for piece, its_style in runs:
        length = cell_len(piece)
        if length > left:
            piece, length = fit(piece, left), left
        left -= length
        if its_style is style:
            text += piece
        else:
            if text:
                segments.append(Segment(text, style))
            text, style = piece, its_style
    if style is not rest and left:
        segments.append(Segment(text, style))
        text, style = "", rest
    if text or left:
        segments.append(Segment(text + " " * left, style))
    return segments


def over(segments: Iterable[Segment], style: Style) -> list[Segment]:
    """The segments with the colours of ``style`` in place of their own."""
    return [Segment(text, (own or style) + style) for text, own, _ in segments]
