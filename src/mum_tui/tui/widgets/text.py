"""A widget for text that is laid out for its width, scrolls, and can be clicked and selected with the mouse."""

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
"""Lines kept visible above and below a hit of a search inside an entry."""


class TextLine(Struct, frozen=True):
    """A line: runs of text with the names of their styles (``palette``), and the target of a click.

    ``part`` says which part of a longer text it shows, ``highlights`` has the hits in that text.
    """

    runs: tuple[tuple[str, str], ...] = ()
    target: str = ""
    part: Slice = (0, 0, 0)
    highlights: TextHits | None = None

    @property
    def hits(self) -> list[Span]:
        """The begin and end of the hits in this line, in characters."""
        return self.highlights.at(self.part) if self.highlights else []


LEAST = 14
"""The fewest cells for which a text is laid out; a narrower pane cuts the lines. A long text would take hundreds of
megabytes in lines of one letter.
"""

Layout = Callable[[int], Iterable[TextLine]]
"""Makes the lines of a text for a number of cells."""


def paragraphs(text: str, width: int) -> Iterable[TextLine]:
    """A text in lines of ``width`` cells; wrapped lines keep the indentation of their paragraph or bullet."""
    for paragraph in text.rstrip("\n").split("\n"):
        indent = " " * min(len(paragraph) - len(paragraph.lstrip(" •")), width // 3)
        yield from (TextLine(((line, "text"),)) for line in wrap(paragraph, width, indent))


class TextView(LinesView):
    """Shows the lines of a layout, which is called again when the width changes.

    ``pinned`` are the first lines if they do not scroll; they are in the header, from line ``pinned_from`` on.
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
        """Show another text, from its top."""
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
        """The lines in ``width`` cells; in less than ``LEAST`` they are cut when they are drawn."""
        if self._laid_out_for != width:
            self._laid_out_for = width
            self._lines = []  # a long note takes tens of megabytes, and not twice
            lines = list(self._layout(max(width, LEAST))) if self._layout else []
            pinned = self.lines_to_pin(lines)
            self.pinned, self._lines = lines[:pinned], lines[pinned:]
        return self._lines

    def lines_to_pin(self, lines: Sequence[TextLine]) -> int:
        """For subclasses: how many of the first lines do not scroll."""
        return 0

    def lay_out_again(self) -> None:
        """Lay out the text again, because the pinned lines may change."""
        self._laid_out_for = -1
        self.refresh()

    @property
    def texts(self) -> list[str]:
        """All lines in the current layout, the pinned ones first."""
        body = self.lines_for(self.text_width)
        return ["".join(text for text, _ in line.runs) for line in (*self.pinned, *body)]

    def show_inside(self, hits: Iterable[Match], current: Match | None = None) -> None:
        """Highlight the hits of a search inside, and scroll to the ``current`` one."""
        inside: dict[int, list[Span]] = {}
        for line, start, end in (piece for hit in hits for piece in hit):
            inside.setdefault(line, []).append((start, end))
        self._inside = inside
        self._inside_current = {line: [(start, end)] for line, start, end in current or ()}
        if current:
            self.reveal(max(current[0][0] - len(self.pinned), 0), CONTEXT)
        self.refresh()

    def content_line(self, y: int) -> int | None:
        """The number, among all lines, of the one in line ``y`` of the widget; None for a rule and below the text."""
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
        """A line, exactly ``width`` cells wide; ``number`` is its number among all lines."""
        colours = self.palette
        runs: Iterable[tuple[str, Style]] = ((text, colours[name]) for text, name in line.runs)
        if hits := line.hits:
            runs = highlighted(runs, hits, colours["hit"])
        for spans, style in ((self._inside, "inside"), (self._inside_current, "inside-current")):
            if number in spans:
                runs = highlighted(runs, spans[number], colours[style])
        return joined(runs, width, colours["text"])

    def render_lines(self, crop: Region) -> list[Strip]:
        # What was removed may be painted once more, without a screen to have a selection.
        self._selection = self.text_selection if self.is_attached else None
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
        # Textual needs the offsets of characters only when it asks for a single line, for the mouse.
        return strip if self._is_painting else strip.apply_offsets(0, at)

    # -- mouse

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Called by Textual: the text that is selected with the mouse."""
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
    """Copy the text that is selected with the mouse. Raises ``SkipAction`` if there is none."""
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
