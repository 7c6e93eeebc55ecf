"""A widget of lines that scrolls by itself.

Textual's scrolling needs a new layout of the screen when the content grows, and paints the scrollbar in a later frame.
Here every change is one repaint of the visible lines, including the scrollbar. Lines are drawn to the full width in the
styles of the palette, and go to the compositor unchanged: without style sheet, borders, padding, tint, opacity and
filters.
"""

from __future__ import annotations

from typing import Self

from msgspec import Struct
from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from mum_tui.tui.messages import EdgeDragged
from mum_tui.tui.palette import Palette, palette

WHEEL_LINES = 3


class _Repaint(Struct, frozen=True):
    """Values that all lines of a repaint share.

    Whether the widget is active, the number of lines, the cells left of the scrollbar, its thumb, and its segments.
    """

    is_active: bool
    line_count: int
    width: int
    thumb_start: int
    thumb_end: int
    bar: Segment
    blank: Segment
    empty: Segment


class LinesView(Widget, can_focus=True):
    """The base of the table, the tree and the details.

    A subclass has the number of lines (``line_count``) and draws a line (``draw_line``).
    """

    ground = "background"
    """The background colour, as a variable of the theme."""

    starts_active = False
    """Whether this pane is active before any has the focus."""

    track = " "
    """The character of the scrollbar's track."""

    header_lines = 0
    """The number of lines at the top that do not scroll."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.top = 0
        self._dragging = False
        self._holds_edge_at: int | None = None
        self._edge_from = 0
        self.was_dragged = False
        self._palette: Palette | None = None
        blank = Segment(" ")
        self._shared = _Repaint(False, 0, 1, 0, 0, blank, blank, blank)
        self._strips: dict[int, Strip] = {}
        self._strips_size = Size()
        self._is_to_be_painted = False
        self._is_painting = False

    # -- for subclasses

    @property
    def line_count(self) -> int:
        """The number of lines that scroll."""
        raise NotImplementedError

    def draw_line(self, y: int, width: int) -> list[Segment]:
        """Line ``y`` of all that scroll, exactly ``width`` cells wide."""
        raise NotImplementedError

    def draw_header(self, y: int, width: int) -> list[Segment]:
        """Line ``y`` of those that do not scroll, exactly ``width`` cells wide."""
        raise NotImplementedError

    @property
    def palette(self) -> Palette:
        """The styles to draw in, by name."""
        if self._palette is None:
            self._palette = palette(self.app, self.ground)
        return self._palette

    @property
    def is_active(self) -> bool:
        """Whether this widget gets the keys: it has the focus, or nothing has it yet and it ``starts_active``."""
        return self.has_focus or (self.starts_active and self.screen.focused is None)

    def theme_changed(self) -> None:
        """Call this when the theme changed."""
        self._palette = None
        self.refresh()

    # -- scrolling

    @property
    def page(self) -> int:
        """The number of lines below the header."""
        return max(self.size.height - self.header_lines, 1)

    @property
    def text_width(self) -> int:
        """The cells left of the scrollbar."""
        return max(self.size.width - 1, 1)

    @property
    def last_top(self) -> int:
        """The largest ``top``."""
        return max(self.line_count - self.page, 0)

    def show_from(self, top: int) -> None:
        """Scroll so that line ``top`` is the first, if possible."""
        top = max(0, min(top, self.last_top))
        if top != self.top:
            self.top = top
            self.refresh()

    def reveal(self, y: int, context: int = 0) -> None:
        """Scroll as little as possible to show line ``y`` with ``context`` lines around it."""
        page = self.page
        context = min(context, (page - 1) // 2)
        if y - context < self.top:
            self.show_from(y - context)
        elif y + context >= self.top + page:
            self.show_from(y + context - page + 1)

    def move(self, lines: int) -> None:
        """Called by arrow keys: scroll."""
        self.show_from(self.top + lines)

    def move_to(self, y: int) -> None:
        """Called by Home and End: scroll."""
        self.show_from(y)

    def on_resize(self) -> None:
        self.show_from(self.top)

    # -- painting

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Repaint regions, or everything."""
        if self._is_to_be_painted and not (layout or recompose):
            return self  # all of it
        for region in regions:
            for y in region.line_range:
                self._strips.pop(y, None)
        if not regions:
            self._is_to_be_painted = True
            self._strips.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def repaint(self, *lines: int) -> None:
        """Repaint lines."""
        width = self.size.width
        regions = [
            Region(0, y - self.top + self.header_lines, width, 1) for y in lines if self.top <= y < self.top + self.page
        ]
        if regions:
            self.refresh(*regions)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Called by Textual for each repaint: draws only the lines that changed."""
        self._is_to_be_painted = False
        size = self.size
        if size != self._strips_size:
            self._strips.clear()
            self._strips_size = size
        lines, strips = crop.line_range, self._strips
        if missing := [y for y in lines if y not in strips]:
            self._begin()
            self._is_painting = True
            try:
                for y in missing:
                    strips[y] = self.render_line(y)
            finally:
                self._is_painting = False
        start, end = crop.column_span
        if (start, end) == (0, size.width):
            return [strips[y] for y in lines]
        return [strips[y].crop(start, end) for y in lines]

    def _begin(self) -> None:
        """Compute what all lines of this repaint share."""
        colours, width, is_active = self.palette, self.text_width, self.is_active
        self._shared = _Repaint(
            is_active,
            self.line_count,
            width,
            *self._thumb(),
            Segment("┃", colours["thumb-focus" if is_active else "thumb"]),
            Segment(self.track, colours["rule"]),
            Segment(" " * width + self.track, colours["rule"]),
        )

    def render_line(self, y: int) -> Strip:
        """One visible line; Textual asks for it by itself to learn what is under the mouse."""
        if not self._is_painting:  # lines may have come or gone since the last repaint
            self._begin()
        shared = self._shared
        width = shared.width + 1
        if y < self.header_lines:
            return Strip(self.draw_header(y, width), width)
        y -= self.header_lines
        line = self.top + y
        if line >= shared.line_count:
            return Strip([shared.empty], width)
        return Strip([*self.draw_line(line, shared.width), self.bar_at(y)], width)

    def bar_at(self, y: int) -> Segment:
        """The cell of the scrollbar in line ``y`` below the header."""
        shared = self._shared
        return shared.bar if shared.thumb_start <= y < shared.thumb_end else shared.blank

    def _thumb(self) -> tuple[int, int]:
        """The first line of the scrollbar's thumb, and the line after it; (0, 0) if everything is visible."""
        page, count = self.page, self.line_count
        if count <= page:
            return 0, 0
        length = max(1, round(page * page / count))
        start = round((page - length) * self.top / (count - page))
        return start, start + length

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    # -- mouse

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.show_from(self.top + WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.show_from(self.top - WHEEL_LINES)

    def is_edge(self, x: int) -> bool:
        """Whether column ``x`` is an edge that can be dragged to resize the tree."""
        return False

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self.was_dragged = False
        if self.is_edge(event.x):
            self._holds_edge_at = event.screen_x
            self._edge_from = int(event.x == 0)  # a pane right of the edge begins one column after it
            self.capture_mouse()
        if event.x >= self.text_width and event.y >= self.header_lines and self.last_top:
            event.stop()
            self._dragging = self.was_dragged = True
            self.capture_mouse()
            self._drag_to(event.y - self.header_lines)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._holds_edge_at not in (None, event.screen_x):
            self._dragging = False
            self.was_dragged = True
            self._holds_edge_at = event.screen_x
            self.post_message(EdgeDragged(event.screen_x - self._edge_from))
        if self._dragging:
            self._drag_to(event.y - self.header_lines)

    def on_mouse_up(self) -> None:
        if self._dragging or self._holds_edge_at is not None:
            self._dragging = False
            self._holds_edge_at = None
            self.release_mouse()

    def _drag_to(self, y: int) -> None:
        self.show_from(round(self.last_top * max(0, min(y / max(self.page - 1, 1), 1))))
