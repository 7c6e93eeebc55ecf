"""Segments of a line: joined to a width, and with other colours put over their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from rich.segment import Segment
from rich.style import Style

from mum_tui.search.hits import spans
from mum_tui.search.reading import Span
from mum_tui.tui.cells import cell_len, fit


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
    return [Segment(text, (style_below or style) + style) for text, style_below, _ in segments]


def highlighted(runs: Iterable[tuple[str, Style]], hits: Sequence[Span], hit: Style) -> Iterator[tuple[str, Style]]:
    """Runs of text in which the characters of ``hits``, counted from the first run on, are in ``hit``."""
    start = 0
    for text, style in runs:
        at = 0
        for first, end in hits:
            first, end = max(first - start, at), min(end - start, len(text))
            if first < end:
                if first > at:
                    yield text[at:first], style
                yield text[first:end], style + hit
                at = end
        if at < len(text):
            yield text[at:], style
        start += len(text)


Slice = tuple[int, int, int]
"""What a line shows of a text: the characters of the line before it, and where it begins and ends in the text."""


def slices(text: str, lines: Iterable[str]) -> Iterator[Slice]:
    """For each of the lines that a text without tabs was wrapped to (``cells.wrap``), the part of it that is there."""
    end = 0
    for line in lines:
        body = line.strip()
        start = max(text.find(body, end), end)
        end = start + len(body)
        yield line.find(body), start, end


class TextHits:
    """Where folded ``words`` stand in ``text``; looked for when a line with a part of the text is drawn."""

    def __init__(self, text: str, words: Sequence[str]) -> None:
        self._text, self._words = text, words

    @cached_property
    def _spans(self) -> list[Span]:
        return spans(self._text, self._words)

    def at(self, part: Slice) -> list[Span]:
        """The spans in a line, counted from its first character; one that goes on in the next line is in both."""
        return within_slice(self._spans, part)


def within_slice(hits: Iterable[Span], part: Slice) -> list[Span]:
    """Spans of a text as they stand in a line that shows this part of it."""
    lead, start, end = part
    return [
        (max(first, start) - start + lead, min(last, end) - start + lead)
        for first, last in hits
        if first < end and last > start
    ]


def shown_hits(text: str, words: Sequence[str], whole: str) -> Iterator[Span]:
    """Where folded ``words`` stand in ``text``, the beginning of ``whole``; one that is cut, as far as it is shown."""
    hits = spans(whole, words)
    if not hits:
        return
    differing = (at for at, (char, other) in enumerate(zip(text, whole, strict=False)) if char != other)
    common = next(differing, min(len(text), len(whole)))
    yield from ((start, min(end, common)) for start, end in hits if start < common)
