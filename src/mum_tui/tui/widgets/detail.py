"""The pane that shows everything known about one entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, partial

from msgspec.structs import replace
from rich.segment import Segment
from textual import events
from textual.message import Message

from mum_tui.search import hits
from mum_tui.tui.cells import fit, wrap
from mum_tui.tui.widgets.paint import Marks, places
from mum_tui.tui.widgets.text import MARGIN, TextLine, TextView
from mum_tui.views import details
from mum_tui.views.details import Part

LABEL = 13
"""Cells for the labels of facts and links."""


class DetailPane(TextView):
    """Shows the parts of one entry; links and related entries can be clicked."""

    class RuleDragged(Message):
        """The rule above was dragged to a line of the screen."""

        def __init__(self, y: int) -> None:
            super().__init__()
            self.y = y

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._holds_rule = False

    def stand_below(self, below: bool) -> None:
        """Draw a rule above, where this pane stands below the table."""
        if int(below) != self.header_lines:
            self.header_lines = int(below)
            self.refresh()

    def show(self, parts: Iterable[Part], stay: bool = False, wanted: hits.Wanted = hits.NOTHING) -> None:
        """Show these parts, from the top or, with ``stay``, from where one is; mark what the entry was found by."""
        layout = partial(_layout, tuple(parts), wanted)
        if stay:
            self.change(layout)
        else:
            self.lay_out(layout)

    def show_nothing(self, reason: str) -> None:
        """Show why there is nothing to show."""
        self.lay_out(lambda width: [TextLine(((MARGIN + reason, "muted"),))])

    def draw_header(self, y: int, width: int) -> list[Segment]:
        return [Segment("─" * width, self.palette["rule"])]

    # -- mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if event.y < self.header_lines:
            event.stop()
            self._holds_rule = True
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._holds_rule:
            self.post_message(self.RuleDragged(event.screen_y))

    def on_mouse_up(self) -> None:
        if self._holds_rule:
            self._holds_rule = False
            self.release_mouse()


_MARKED = {
    details.TITLE: "title",
    details.AUTHORS: "author",
    details.VENUE: "venue",
    details.FOUND: "note",
    details.TEXT: "note",
    details.FACT: "",
}
"""Parts in which hits are marked, with the field they belong to."""


def _layout(parts: Iterable[Part], wanted: hits.Wanted, width: int) -> Iterable[TextLine]:
    room = width - len(MARGIN) - 1
    label = LABEL if room >= 44 else 0
    before = ""
    for part in parts:
        if part.kind == details.HEADING or (part.kind == details.TEXT and before != details.HEADING):
            yield TextLine()
        lines = _lay_out(part, room, label)
        words = wanted.words(_MARKED[part.kind]) if part.kind in _MARKED else ()
        if words:
            marks = Marks(_text(part), words)
            yield from (replace(line, marks=marks) for line in lines)
        else:
            yield from lines
        before = part.kind


def _text(part: Part) -> str:
    """What of a part is the entry's own, as it is wrapped."""
    return part.text.expandtabs(4)


@lru_cache(256)
def _lay_out(part: Part, room: int, label: int) -> Sequence[TextLine]:
    return tuple(_lines_of(part, room, label))


def _lines_of(part: Part, room: int, label: int) -> Iterable[TextLine]:
    match part.kind:
        case details.TITLE:
            yield from _paragraph(part, "title", room)
        case details.AUTHORS | details.FOUND:
            yield from _paragraph(part, "muted", room)
        case details.VENUE:
            yield from _labelled(part, room, label or LABEL, "text")
        case details.TEXT:
            yield from _paragraph(part, "text", room)
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


def _paragraph(part: Part, style: str, room: int) -> Iterable[TextLine]:
    """A text with its label before it and its note after it, in one."""
    text = _text(part)
    first = f"{part.label} " if part.label else ""
    before, after = len(first), len(first) + len(text)
    whole = first + text + (f", {part.note}" if part.note else "")
    lines = wrap(whole, room)
    for line, (lead, start, end) in zip(lines, places(whole, lines), strict=True):
        own = max(start, before)
        place = (len(MARGIN) + lead + own - start, own - before, min(end, after) - before)
        yield TextLine(((MARGIN + line, style),), place=place)


def _labelled(part: Part, room: int, label: int, style: str) -> Iterable[TextLine]:
    """A text with its label at the left, or above it where there is no room beside it."""
    if not label or len(part.label) >= label:
        yield TextLine(((MARGIN + fit(part.label, room), "muted"),), part.target)
        label = 2
        first = [" " * label]
    else:
        first = [fit(part.label, label)]
    text = _text(part)
    lines = wrap(text, room - label)
    for number, (line, (indent, start, end)) in enumerate(zip(lines, places(text, lines), strict=True)):
        lead = MARGIN + (first[0] if number == 0 else " " * label)
        one = TextLine(((lead, "muted"), (line, style)), part.target, (len(lead) + indent, start, end))
        if part.note and number == len(lines) - 1:
            yield from _note_after(one, line, part, room, label)
        else:
            yield one


def _note_after(line: TextLine, text: str, part: Part, room: int, indent: int) -> Iterable[TextLine]:
    """The note on the same line if it fits there behind ``text``, else below."""
    note = f"  {part.note}"
    if len(wrap(text + note, room - indent)) == 1:
        yield replace(line, runs=(*line.runs, (note, "muted")))
        return
    yield line
    for piece in wrap(part.note, room - indent):
        yield TextLine(((MARGIN + " " * indent + piece, "muted"),), part.target)


def _with_note(lines: list[str], part: Part, room: int, style: str, indent: str) -> Iterable[TextLine]:
    for line in lines[:-1]:
        yield TextLine(((MARGIN + line, style),), part.target)
    last = TextLine(((MARGIN + lines[-1], style),), part.target)
    if part.note:
        yield from _note_after(last, lines[-1], part, room, len(indent))
    else:
        yield last
