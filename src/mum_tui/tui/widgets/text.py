"""Text laid out for its width: it scrolls, lines can be clicked, the mouse can select it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import Struct
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.actions import SkipAction
from textual.geometry import Region
from textual.screen import Screen
from textual.selection import Selection
from textual.strip import Strip

from mum_tui.search.reading import Span
from mum_tui.tui.cells import wrap
from mum_tui.tui.messages import CopyRequested, LinkFollowed
from mum_tui.tui.model.inside import Match
from mum_tui.tui.widgets.lines import LinesView
from mum_tui.tui.widgets.paint import Slice, TextHits, highlighted, joined, over

MARGIN = " "

CONTEXT = 3
"""Lines kept visible above and below a hit of a search inside."""


class TextLine(Struct, frozen=True):
    """A line: runs of text with the name of their style (``theme``), and what a click on it leads to.

    ``part`` is what it shows of a longer text, ``highlights`` are the hits in that text.
    """

    runs: tuple[tuple[str, str], ...] = ()
    target: str = ""
    part: Slice = (0, 0, 0)
    highlights: TextHits | None = None

    @property
    def hits(self) -> list[Span]:
        """Where the characters of hits begin and end in this line."""
        return self.highlights.at(self.part) if self.highlights else []


Layout = Callable[[int], Iterable[TextLine]]
"""Lays a text out for a number of cells."""


def paragraphs(text: str, width: int) -> Iterable[TextLine]:
    """A text in lines of ``width`` cells; what is indented, or stands behind a bullet, stays so when it is wrapped."""
    for paragraph in text.rstrip("\n").split("\n"):
        indent = " " * min(len(paragraph) - len(paragraph.lstrip(" •")), width // 3)
        yield from (TextLine(((line, "text"),)) for line in wrap(paragraph, width, indent))


class TextView(LinesView):
    """Shows what a layout makes of a text; the layout is asked again when the width changes.

    ``pinned`` are the first lines where they do not scroll; they stand in the header, from line ``pinned_from`` on.
    """

    def __init__(self, layout: Layout | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._layout = layout
        self._lines: list[TextLine] = []
        self.pinned: list[TextLine] = []
        self.pinned_from = 0
        self._inside: dict[int, list[Span]] = {}
        self._inside_current: dict[int, list[Span]] = {}
        self._laid_out_for = -1
        self._selection: Selection | None = None

    def set_layout(self, layout: Layout) -> None:
        """Show another text from its top."""
        self._layout = layout
        self._laid_out_for = -1
        self.top = 0
        self.refresh()

    def update_layout(self, layout: Layout) -> None:
        """Show a changed text without scrolling; repaint only the lines that differ."""
        width, top = self.text_width, self.top
        is_laid_out = self._laid_out_for == width
        before, thumb = self._lines, self._thumb() if is_laid_out else None
        self._layout, self._laid_out_for = layout, -1
        if not is_laid_out:
            self.refresh()
            return
        after = self.lines_for(width)
        self.top = min(top, self.last_top)
        if (top, thumb) != (self.top, self._thumb()):
            self.refresh()
            return
        visible = range(top, min(top + self.page, max(len(before), len(after))))
        self.repaint(*[y for y in visible if before[y : y + 1] != after[y : y + 1]])

    def lines_for(self, width: int) -> list[TextLine]:
        """The lines in ``width`` cells."""
        if self._laid_out_for != width:
            self._laid_out_for = width
            lines = list(self._layout(width)) if self._layout else []
            pinned = self.lines_to_pin(lines)
            self.pinned, self._lines = lines[:pinned], lines[pinned:]
        return self._lines

    def lines_to_pin(self, lines: Sequence[TextLine]) -> int:
        """For subclasses: how many of the first lines stay when the others scroll."""
        return 0

    def laid_out_again(self) -> None:
        """Lay the text out anew, because other lines are pinned."""
        self._laid_out_for = -1
        self.refresh()

    @property
    def texts(self) -> list[str]:
        """All lines as they are laid out now, the pinned ones first."""
        body = self.lines_for(self.text_width)
        return ["".join(text for text, _ in line.runs) for line in (*self.pinned, *body)]

    def show_inside(self, hits: Iterable[Match], current: Match | None = None) -> None:
        """Highlight what was searched for inside, and scroll to the ``current`` one of the hits."""
        inside: dict[int, list[Span]] = {}
        for line, start, end in (piece for hit in hits for piece in hit):
            inside.setdefault(line, []).append((start, end))
        self._inside = inside
        self._inside_current = {line: [(start, end)] for line, start, end in current or ()}
        if current:
            self.reveal(max(current[0][0] - len(self.pinned), 0), CONTEXT)
        self.refresh()

    def content_line(self, y: int) -> int | None:
        """Which of all lines, as laid out last, stands in line ``y`` of the widget; None for a rule, and below them."""
        if y < self.header_lines:
            at = y - self.pinned_from
            return at if 0 <= at < len(self.pinned) else None
        at = self.top + y - self.header_lines
        return at + len(self.pinned) if at < len(self._lines) else None

    @property
    def line_count(self) -> int:
        return len(self.lines_for(self.text_width))

    def draw_line(self, y: int, width: int) -> list[Segment]:
        body = self.lines_for(width)
        return self.draw_text(body[y], len(self.pinned) + y, width)

    def draw_text(self, line: TextLine, number: int, width: int) -> list[Segment]:
        """A line, which is the one with this number of all lines, exactly ``width`` cells wide."""
        colours = self.palette
        runs: Iterable[tuple[str, Style]] = ((text, colours[name]) for text, name in line.runs)
        if hits := line.hits:
            runs = highlighted(runs, hits, colours["hit"])
        for spans, style in ((self._inside, "inside"), (self._inside_current, "inside-current")):
            if number in spans:
                runs = highlighted(runs, spans[number], colours[style])
        return joined(runs, width, colours["text"])

    def render_lines(self, crop: Region) -> list[Strip]:
        self._selection = self.text_selection
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        if self._is_painting and self._selection is None:
            return strip
        at = self.content_line(y)
        if at is None:
            return strip
        if self._selection is not None and (span := self._selection.get_span(at)) is not None:
            strip = _selected(strip, *span, self.palette["selected"])
        # For the mouse Textual asks for one line, to learn which character is where; painting has no use for that.
        return strip if self._is_painting else strip.apply_offsets(0, at)

    # -- mouse

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text, for Textual's copying by mouse."""
        return selection.extract("\n".join(self.texts)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Called by Textual while the mouse selects."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        y = self.top + event.y - self.header_lines
        lines = self.lines_for(self.text_width)
        if event.y < self.header_lines or y >= len(lines) or self.screen.get_selected_text():
            return
        if target := lines[y].target:
            self.post_message(LinkFollowed(target))


def copy_selected(screen: Screen[Any]) -> None:
    """Have what the mouse selected on a screen copied. Raises ``SkipAction`` where that is nothing."""
    text = screen.get_selected_text()
    if not text:
        raise SkipAction
    screen.post_message(CopyRequested(text))


def _selected(strip: Strip, start: int, end: int, style: Style) -> Strip:
    """``strip`` with the characters from ``start`` to ``end`` (-1: to the end) in ``style``."""
    width = strip.cell_length
    text = strip.text
    first = strip.index_to_cell_position(min(start, len(text)))
    last = width if end == -1 else strip.index_to_cell_position(min(end, len(text)))
    before, middle, after = strip.crop(0, first), strip.crop(first, last), strip.crop(last, width)
    return Strip.join([before, Strip(over(middle, style), middle.cell_length), after])
