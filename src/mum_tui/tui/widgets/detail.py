"""The pane that shows everything known about one entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, partial

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip

from mum_tui.search import hits
from mum_tui.tui.cells import cell_len, fit, wrap
from mum_tui.tui.messages import RuleDragged
from mum_tui.tui.widgets.paint import TextHits, slices
from mum_tui.tui.widgets.text import MARGIN, TextLine, TextView
from mum_tui.views import details
from mum_tui.views.details import Part

READABLE = 100
"""The most cells of a line of text; longer lines are hard to read."""

PINNED_SHARE = 5
"""A pinned title may fill one line in this many."""

FOCUSED = "▎"
"""Marks the margin of the focused pane."""

LONG = 5_000
"""The layout of texts with more characters is not cached: a note may have a million."""

LABEL = 13
"""The width of the labels of facts and links."""


class DetailPane(TextView):
    """Shows the parts of one entry; links and related entries can be clicked."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._is_dragging_rule = False
        self._pins_title = False

    def set_rule(self, above: bool) -> None:
        """Draw a rule as the first line (``above``), for a pane below the table."""
        if int(above) != self.pinned_from:
            self.pinned_from = int(above)
            self.header_lines = self.pinned_from
            self.lay_out_again()

    def set_pinned(self, title: bool) -> None:
        """Keep the title above the scrolling text, for a pane without a table beside it."""
        if title != self._pins_title:
            self._pins_title = title
            self.lay_out_again()

    def lines_to_pin(self, lines: Sequence[TextLine]) -> int:
        count = 0
        if self._pins_title:
            most = max(self.size.height // PINNED_SHARE, 1)
            count = next((at for at, line in enumerate(lines[:most]) if not _is_title(line)), min(most, len(lines)))
        # A rule below the pinned lines, unless the title continues there.
        rule = bool(count) and not (count < len(lines) and _is_title(lines[count]))
        self.header_lines = self.pinned_from + count + rule
        return count

    def on_resize(self) -> None:
        self.lay_out_again()
        super().on_resize()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Called by Textual; computes first how many lines are pinned."""
        self.lines_for(self.text_width)
        return super().render_lines(crop)

    def show(self, parts: Iterable[Part], stay: bool = False, wanted: hits.Highlights = hits.NOTHING) -> None:
        """Show parts with hits highlighted, from the top; ``stay`` preserves the scroll position."""
        layout = partial(_layout, tuple(parts), wanted)
        if stay:
            self.update_layout(layout)
        else:
            self.set_layout(layout)

    def show_nothing(self, reason: str) -> None:
        """Show a message instead of an entry."""
        self.set_layout(lambda width: [TextLine(((MARGIN + reason, "muted"),))])

    def draw_header(self, y: int, width: int) -> list[Segment]:
        at = y - self.pinned_from
        if 0 <= at < len(self.pinned):
            return self.draw_text(self.pinned[at], at, width)
        line, style = ("━", "bar") if self.has_focus and y < self.pinned_from else ("─", "rule")
        return [Segment(line * width, self.palette[style])]

    def draw_line(self, y: int, width: int) -> list[Segment]:
        """A line; with a bar in its margin if this pane is focused and there are others beside it."""
        segments = super().draw_line(y, width)
        if not self.has_focus or not segments or not segments[0].text.startswith(MARGIN):
            return segments
        if self.size.width == self.app.size.width and not self.header_lines:
            return segments
        first = segments[0]
        return [Segment(FOCUSED, self.palette["bar"]), Segment(first.text[len(MARGIN) :], first.style), *segments[1:]]

    # -- mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if event.y < self.pinned_from:
            event.stop()
            self._is_dragging_rule = True
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._is_dragging_rule:
            self.post_message(RuleDragged(event.screen_y))

    def on_mouse_up(self) -> None:
        if self._is_dragging_rule:
            self._is_dragging_rule = False
            self.release_mouse()


def _is_title(line: TextLine) -> bool:
    return bool(line.runs) and line.runs[0][1] == "title"


_HIGHLIGHTED = {
    details.TITLE: "title",
    details.AUTHORS: "author",
    details.VENUE: "venue",
    details.MATCH: "note",
    details.TEXT: "note",
    details.FACT: "",
}
"""The kinds of parts in which hits are highlighted, with the field of each."""


def _layout(parts: Iterable[Part], wanted: hits.Highlights, width: int) -> Iterable[TextLine]:
    room = min(width - len(MARGIN) - 1, READABLE)
    label = LABEL if room >= 44 else 0
    before = ""
    for part in parts:
        if part.kind == details.HEADING or (part.kind == details.TEXT and before != details.HEADING):
            yield TextLine()
        lines = (_lay_out if len(part.text) <= LONG else _lines_of)(part, room, label)
        words = wanted.words(_HIGHLIGHTED[part.kind]) if part.kind in _HIGHLIGHTED else ()
        if words:
            highlights = TextHits(_text(part), words)
            yield from (TextLine(line.runs, line.target, line.part, highlights) for line in lines)
        else:
            yield from lines
        before = part.kind


def _text(part: Part) -> str:
    """The text of a part, with tabs as spaces."""
    return part.text.expandtabs(4)


@lru_cache(256)
def _lay_out(part: Part, room: int, label: int) -> Sequence[TextLine]:
    return tuple(_lines_of(part, room, label))


def _lines_of(part: Part, room: int, label: int) -> Iterable[TextLine]:
    match part.kind:
        case details.TITLE:
            yield from _paragraph(part, "title", room)
        case details.AUTHORS | details.MATCH:
            yield from _paragraph(part, "muted", room)
        case details.VENUE:
            yield from _labelled(part, room, label or LABEL, "text")
        case details.TEXT:
            yield from _paragraph(part, "text", room)
        case details.HEADING:
            yield TextLine(((MARGIN + fit(part.text, room), "accent"),))
        case details.RELATED:
            yield from _bulleted(part, room, "link" if part.target else "text")
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
    """A text with its label before it and its note after it, as one paragraph."""
    text = _text(part)
    first = f"{part.label} " if part.label else ""
    before, after = len(first), len(first) + len(text)
    whole = first + text + (f", {part.note}" if part.note else "")
    lines = wrap(whole, room)
    for line, (lead, start, end) in zip(lines, slices(whole, lines), strict=True):
        lead_in = max(start, before)
        shown = (len(MARGIN) + lead + lead_in - start, lead_in - before, min(end, after) - before)
        yield TextLine(((MARGIN + line, style),), part=shown)


def _labelled(part: Part, room: int, label: int, style: str) -> Iterable[TextLine]:
    """A text with its label at the left, or above it if there is no room."""
    if not label or len(part.label) >= label:
        yield TextLine(((MARGIN + fit(part.label, room), "muted"),), part.target)
        label = 2
        first = [" " * label]
    else:
        first = [fit(part.label, label)]
    text = _text(part)
    lines = wrap(text, room - label)
    for number, (line, (indent, start, end)) in enumerate(zip(lines, slices(text, lines), strict=True)):
        lead = MARGIN + (first[0] if number == 0 else " " * label)
        text_line = TextLine(((lead, "muted"), (line, style)), part.target, (len(lead) + indent, start, end))
        if part.note and number == len(lines) - 1:
            yield from _note_after(text_line, line, part, room, label)
        else:
            yield text_line


def _note_after(line: TextLine, text: str, part: Part, room: int, indent: int) -> Iterable[TextLine]:
    """The note on the same line after ``text`` if it fits, else below."""
    note = f"  {part.note}"
    if "\n" not in note and cell_len(text) + cell_len(note) <= room - indent:
        yield TextLine((*line.runs, (note, "muted")), line.target, line.part)
        return
    yield line
    for piece in wrap(part.note, room - indent):
        yield TextLine(((MARGIN + " " * indent + piece, "muted"),), part.target)


def _bulleted(part: Part, room: int, style: str) -> Iterable[TextLine]:
    """A text after a bullet, and its note."""
    lead = "• "
    *lines, last = wrap(part.text, room - len(lead))
    for line in lines:
        yield TextLine(((MARGIN + lead + line, style),), part.target)
        lead = "  "
    last_line = TextLine(((MARGIN + lead + last, style),), part.target)
    if part.note:
        yield from _note_after(last_line, last, part, room, len(lead))
    else:
        yield last_line
