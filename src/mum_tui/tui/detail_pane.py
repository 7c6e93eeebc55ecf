"""The pane that shows everything known about one entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, partial

from msgspec.structs import replace
from rich.segment import Segment
from rich.style import Style

from mum_tui import details
from mum_tui.cells import fit, wrap
from mum_tui.details import Part
from mum_tui.search import why
from mum_tui.tui.paint import joined, with_hits
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

    def draw_line(self, y: int, width: int) -> list[Segment]:
        line = self.lines_for(width)[y]
        if not line.words:
            return super().draw_line(y, width)
        colours = self.palette
        runs: list[tuple[str, Style]] = []
        for text, name in line.runs:
            runs += with_hits(text, line.words, colours[name], colours["hit"])
        return joined(runs, width, colours["text"])

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


def _layout(parts: Iterable[Part], wanted: why.Wanted, width: int) -> Iterable[TextLine]:
    room = width - len(MARGIN) - 1
    label = LABEL if room >= 44 else 0
    before = ""
    for part in parts:
        if part.kind == details.HEADING or (part.kind == details.TEXT and before != details.HEADING):
            yield TextLine()
        words = wanted.words(_MARKED[part.kind]) if part.kind in _MARKED else ()
        lines = _lay_out(part, room, label)
        yield from (replace(line, words=words) for line in lines) if words else lines
        before = part.kind


@lru_cache(256)
def _lay_out(part: Part, room: int, label: int) -> Sequence[TextLine]:
    return tuple(_lines_of(part, room, label))


def _lines_of(part: Part, room: int, label: int) -> Iterable[TextLine]:
    match part.kind:
        case details.TITLE:
            yield from _paragraph(part.text, "title", room)
        case details.AUTHORS | details.FOUND:
            yield from _paragraph(part.text, "muted", room)
        case details.VENUE:
            yield from _labelled(part, room, label or LABEL, "text")
        case details.TEXT:
            yield from _paragraph(part.text, "text", room)
        case details.HEADING:
            yield TextLine(((MARGIN + fit(part.text, room), "accent"),))
        case details.RELATED:
            text = "• " + part.text
            yield from _with_note(wrap(text, room, "  "), part, room, "link" if part.target else "text", "  ")
        case details.CODE:
            for line in part.text.split("\n"):
                indent = " " * (len(line) - len(line.lstrip()) + 4)
                yield from (TextLine(((MARGIN + piece, "muted"),)) for piece in wrap(line, room, indent))
        case details.DOUBT:
            yield from _labelled(part, room, label, "doubt")
        case details.LINK:
            yield from _labelled(part, room, label or LABEL, "link")
        case _:
            yield from _labelled(part, room, label, "text")


def _paragraph(text: str, style: str, room: int) -> Iterable[TextLine]:
    return (TextLine(((MARGIN + line, style),)) for line in wrap(text, room))


def _labelled(part: Part, room: int, label: int, style: str) -> Iterable[TextLine]:
    """A text with its label at the left, or above it where there is no room beside it."""
    if not label or len(part.label) >= label:
        yield TextLine(((MARGIN + fit(part.label, room), "muted"),), part.target)
        label = 2
        first = [" " * label]
    else:
        first = [fit(part.label, label)]
    lines = wrap(part.text, room - label)
    for number, line in enumerate(lines):
        lead = first[0] if number == 0 else " " * label
        runs = ((MARGIN + lead, "muted"), (line, style))
        if part.note and number == len(lines) - 1:
            yield from _note_after(runs, line, part, room, label)
        else:
            yield TextLine(runs, part.target)


def _note_after(runs: tuple[tuple[str, str], ...], line: str, part: Part, room: int, indent: int) -> Iterable[TextLine]:
    """The note on the same line if it fits there, else below."""
    note = f"  {part.note}"
    if len(wrap(line + note, room - indent)) == 1:
        yield TextLine((*runs, (note, "muted")), part.target)
        return
    yield TextLine(runs, part.target)
    for piece in wrap(part.note, room - indent):
        yield TextLine(((MARGIN + " " * indent + piece, "muted"),), part.target)


def _with_note(lines: list[str], part: Part, room: int, style: str, indent: str) -> Iterable[TextLine]:
    for line in lines[:-1]:
        yield TextLine(((MARGIN + line, style),), part.target)
    runs = ((MARGIN + lines[-1], style),)
    if part.note:
        yield from _note_after(runs, lines[-1], part, room, len(indent))
    else:
        yield TextLine(runs, part.target)
