"""The pane that shows everything known about one entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, partial

from msgspec import Struct
from msgspec.structs import replace
from rich.segment import Segment

from mum_tui import details
from mum_tui.cells import fit, wrap
from mum_tui.details import Part
from mum_tui.search import why
from mum_tui.search.why import Span
from mum_tui.tui.paint import in_lines
from mum_tui.tui.text_view import MARGIN, TextLine, TextView

LABEL = 13
"""Cells for the labels of facts and links."""


class DetailPane(TextView):
    """Shows the parts of one entry; links and related entries can be clicked."""

    def stand_below(self, below: bool) -> None:
        """Draw a rule above, where this pane stands below the table."""
        if int(below) != self.header_lines:
            self.header_lines = int(below)
            self.refresh()

    def show(self, parts: Iterable[Part], stay: bool = False, wanted: why.Wanted = why.NOTHING) -> None:
        """Show these parts, from the top or, with ``stay``, from where one is; mark what the entry was found by."""
        top = self.top if stay else 0
        self.lay_out(partial(_layout, tuple(parts), wanted))
        self.show_from(top)

    def show_nothing(self, reason: str) -> None:
        """Show why there is nothing to show."""
        self.lay_out(lambda width: [TextLine(((MARGIN + reason, "muted"),))])

    def draw_header(self, y: int, width: int) -> list[Segment]:
        return [Segment("─" * width, self.palette["rule"])]


_MARKED = {
    details.TITLE: "title",
    details.AUTHORS: "author",
    details.VENUE: "venue",
    details.FOUND: "note",
    details.TEXT: "note",
    details.FACT: "",
}
"""Parts in which hits are marked, with the field they belong to."""


class _Column(Struct, frozen=True):
    """What a part is laid out in: cells for text and for labels (0: labels stand above), and folded words to mark."""

    room: int
    label: int
    words: tuple[str, ...] = ()


def _layout(parts: Iterable[Part], wanted: why.Wanted, width: int) -> Iterable[TextLine]:
    room = width - len(MARGIN) - 1
    plain = _Column(room, LABEL if room >= 44 else 0)
    before = ""
    for part in parts:
        if part.kind == details.HEADING or (part.kind == details.TEXT and before != details.HEADING):
            yield TextLine()
        words = wanted.words(_MARKED[part.kind]) if part.kind in _MARKED else ()
        yield from _lay_out(part, replace(plain, words=words) if words else plain)
        before = part.kind


@lru_cache(256)
def _lay_out(part: Part, column: _Column) -> Sequence[TextLine]:
    return tuple(_lines_of(part, column))


@lru_cache(256)
def _wrapped(text: str, width: int, indent: str = "") -> Sequence[str]:
    """A text in lines; while one types, what is marked in them changes more often than the text does."""
    return tuple(wrap(text, width, indent))


def _lines_of(part: Part, column: _Column) -> Iterable[TextLine]:
    room = column.room
    match part.kind:
        case details.TITLE:
            yield from _paragraph(part, column, "title")
        case details.AUTHORS | details.FOUND:
            yield from _paragraph(part, column, "muted")
        case details.VENUE:
            yield from _labelled(part, replace(column, label=column.label or LABEL), "text")
        case details.TEXT:
            yield from _paragraph(part, column, "text")
        case details.HEADING:
            yield TextLine(((MARGIN + fit(part.text, room), "accent"),))
        case details.RELATED:
            yield from _related(part, column)
        case details.CODE:
            for line in part.text.split("\n"):
                indent = " " * (len(line) - len(line.lstrip()) + 4)
                yield from (TextLine(((MARGIN + piece, "muted"),)) for piece in wrap(line, room, indent))
        case details.DOUBT:
            yield from _labelled(part, column, "doubt")
        case details.LINK:
            yield from _labelled(part, replace(column, label=column.label or LABEL), "link")
        case _:
            yield from _labelled(part, column, "text")


def _paragraph(part: Part, column: _Column, style: str) -> Iterable[TextLine]:
    """A text with its label before it and its note after it, in one; hits are marked in the text alone."""
    text = part.text.expandtabs(4)
    before = f"{part.label} " if part.label else ""
    whole = before + text + (f", {part.note}" if part.note else "")
    lines = _wrapped(whole, column.room)
    found = _shifted(why.spans(text, column.words), len(before))
    for line, hits in zip(lines, in_lines(whole, lines, found), strict=True):
        yield TextLine(((MARGIN + line, style),), hits=_shifted(hits, len(MARGIN)))


def _shifted(hits: Iterable[Span], by: int) -> tuple[Span, ...]:
    return tuple((start + by, end + by) for start, end in hits)


def _labelled(part: Part, column: _Column, style: str) -> Iterable[TextLine]:
    """A text with its label at the left, or above it where there is no room beside it."""
    label = column.label
    if not label or len(part.label) >= label:
        yield TextLine(((MARGIN + fit(part.label, column.room), "muted"),), part.target)
        label = 2
        first = " " * label
    else:
        first = fit(part.label, label)
    text = part.text.expandtabs(4)
    lines = _wrapped(text, column.room - label)
    found = why.spans(text, column.words)
    for number, (line, hits) in enumerate(zip(lines, in_lines(text, lines, found), strict=True)):
        lead = MARGIN + (first if number == 0 else " " * label)
        one = TextLine(((lead, "muted"), (line, style)), part.target, _shifted(hits, len(lead)))
        if part.note and number == len(lines) - 1:
            yield from _note_after(one, line, part, column, label)
        else:
            yield one


def _related(part: Part, column: _Column) -> Iterable[TextLine]:
    """What belongs to an entry, as one of a list."""
    *lines, last = wrap("• " + part.text, column.room, "  ")
    style = "link" if part.target else "text"
    for line in lines:
        yield TextLine(((MARGIN + line, style),), part.target)
    end = TextLine(((MARGIN + last, style),), part.target)
    yield from _note_after(end, last, part, column, 2) if part.note else (end,)


def _note_after(line: TextLine, text: str, part: Part, column: _Column, indent: int) -> Iterable[TextLine]:
    """The note on the same line if it fits there behind ``text``, else below."""
    room = column.room - indent
    if len(wrap(f"{text}  {part.note}", room)) == 1:
        yield replace(line, runs=(*line.runs, (f"  {part.note}", "muted")))
        return
    yield line
    for piece in wrap(part.note, room):
        yield TextLine(((MARGIN + " " * indent + piece, "muted"),), part.target)
