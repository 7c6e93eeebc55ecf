"""Makes the segments of a line: fits them to a width, highlights hits, and overlays colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from rich.segment import Segment
from rich.style import Style

from mum_tui.search.hits import spans
from mum_tui.search.reading import Span
from mum_tui.tui.cells import cell_len, fit


def joined(runs: Iterable[tuple[str, Style]], width: int, rest: Style) -> list[Segment]:
    """Runs of text as segments of exactly ``width`` cells: cut, or filled with spaces in the style ``rest``.

    Neighbours with the same style become one segment, for fewer escape sequences.
    """
    segments: list[Segment] = []
    text, style = "", rest
    remaining = width
    for piece, its_style in runs:
        length = cell_len(piece)
        if length > remaining:
            piece, length = fit(piece, remaining), remaining
        remaining -= length
        if its_style is style:
            text += piece
        else:
            if text:
                segments.append(Segment(text, style))
            text, style = piece, its_style
    if style is not rest and remaining:
        segments.append(Segment(text, style))
        text, style = "", rest
    if text or remaining:
        segments.append(Segment(text + " " * remaining, style))
    return segments


def over(segments: Iterable[Segment], style: Style) -> list[Segment]:
    """The segments with ``style`` over their own styles."""
    return [Segment(text, (style_below or style) + style) for text, style_below, _ in segments]


def highlighted(runs: Iterable[tuple[str, Style]], hits: Sequence[Span], hit: Style) -> Iterator[tuple[str, Style]]:
    """Runs of text, with the style ``hit`` for the characters of ``hits``, which count from the first run."""
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
"""The part of a text in a line: the number of characters before it in the line, and its begin and end in the text."""


def slices(text: str, lines: Iterable[str]) -> Iterator[Slice]:
    """The part of a text without tabs in each of the lines that it was wrapped to (``cells.wrap``)."""
    end = 0
    for line in lines:
        body = line.strip()
        start = max(text.find(body, end), end)
        end = start + len(body)
        yield line.find(body), start, end


class TextHits:
    """The hits of folded ``words`` in ``text``, found when a line with a part of the text is first drawn."""

    def __init__(self, text: str, words: Sequence[str]) -> None:
        self._text, self._words = text, words

    @cached_property
    def _spans(self) -> list[Span]:
        return spans(self._text, self._words)

    def at(self, part: Slice) -> list[Span]:
        """The spans in a line, which count from its first character; one across a line end is in both lines."""
        return within_slice(self._spans, part)


def within_slice(hits: Iterable[Span], part: Slice) -> list[Span]:
    """The spans of a text in a line that shows this part of it."""
    lead, start, end = part
    return [
        (max(first, start) - start + lead, min(last, end) - start + lead)
        for first, last in hits
        if first < end and last > start
    ]


def shown_hits(text: str, words: Sequence[str], whole: str) -> Iterator[Span]:
    """The hits of folded ``words`` of ``whole`` in ``text``, which is its beginning; a hit may be cut at the end."""
    hits = spans(whole, words)
    if not hits:
        return
    differing = (at for at, (char, other) in enumerate(zip(text, whole, strict=False)) if char != other)
    common = next(differing, min(len(text), len(whole)))
    yield from ((start, min(end, common)) for start, end in hits if start < common)
