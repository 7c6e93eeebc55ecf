"""The table of entries. It draws only visible lines, so its cost does not grow with the catalog."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Mapping, Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip

from mum_tui.bounded_cache import BoundedCache
from mum_tui.catalog.model import Entry
from mum_tui.search import hits
from mum_tui.search.reading import Span
from mum_tui.search.view import Group, Sort
from mum_tui.tui.messages import SortRequested
from mum_tui.tui.model.columns import DEFAULT_COLUMNS, LEAD, Placed, placed
from mum_tui.tui.model.entry_cells import Cell, cells_of
from mum_tui.tui.palette import palette
from mum_tui.tui.widgets.completion_lines import LEAST, CompletionList, draw_completions
from mum_tui.tui.widgets.paint import highlighted, joined, over, shown_hits
from mum_tui.tui.widgets.rows import CONTEXT, RowsView
from mum_tui.tui.widgets.table_headings import draw_headings

CURRENT = "▌"
SELECTED = "✓"

IN_SIGHT = 8
"""Cells of a title that completions do not cover."""

MOST_CACHED = 500
"""The most drawn lines in the cache."""

_FIELDS = {"title": "title", "name": "title", "authors": "author", "venue": "venue", "year": "year"}
"""The field of each column, for highlighting hits."""

_PLAIN = ("name", "title")
"""The columns that are not muted."""

Glyphs = Mapping[str, Sequence[tuple[str, int]]]
"""The glyphs of each column of annotations, each with the set of rows that have it, as bits."""


class EntryTable(RowsView):
    """Shows rows of the catalog. Rows are row numbers of the catalog, not lines of the table."""

    header_lines = 1
    starts_active = True

    def __init__(self, entries: Sequence[Entry], on_cursor: Callable[[int | None], None], *, id: str) -> None:
        super().__init__(id=id)
        self.entries = entries
        self.rows: Sequence[int] = ()
        self.groups: Sequence[Group] = ()
        self.columns: tuple[str, ...] = DEFAULT_COLUMNS
        self.section_titles: Mapping[str, str] = {}
        self.selected = 0
        self.glyphs: Glyphs = {}
        self.sort = Sort()
        self._headings: list[int] = []
        self.empty_text = ""
        self.wanted = hits.NOTHING
        self._words: dict[str, tuple[str, ...]] = {}
        self.completions = CompletionList()
        self._overlay: Sequence[Strip] = ()
        self._on_cursor = on_cursor
        self._plain_lines: BoundedCache[tuple[int, int, tuple[str, ...], bool, str], list[Segment]]
        self._plain_lines = BoundedCache(MOST_CACHED)
        self._cached_cells: BoundedCache[tuple[str, int], list[Cell]] = BoundedCache(MOST_CACHED)

    # -- what is shown

    @property
    def current(self) -> int | None:
        """The catalog row under the cursor."""
        return self._row_at(self.cursor)

    @property
    def position(self) -> int:
        """The position of the current row among those shown, counted from 0."""
        return self.index_at(self.cursor) or 0

    def index_at(self, y: int) -> int | None:
        """The position of the row in line ``y``; None for the heading of a group and below the last row."""
        if not self._headings:
            return y if y < len(self.rows) else None
        above = bisect(self._headings, y)
        if self._headings[above - 1] == y or y - above >= len(self.rows):
            return None
        return y - above

    def _row_at(self, y: int) -> int | None:
        index = self.index_at(y)
        return None if index is None else self.rows[index]

    def _line_of(self, row: int) -> int:
        """The line of a row, which must be shown."""
        index = self.rows.index(row)
        return index + bisect(self.groups, index, key=lambda group: group.start)

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Set the entries of another catalog; call ``show`` next."""
        self.entries = entries
        self.rows = ()
        self.groups = ()
        self._headings = []
        self.selected = 0
        self.glyphs = {}
        self._plain_lines.clear()
        self._cached_cells.clear()
        self.refresh()

    def show(
        self,
        rows: Sequence[int],
        selected: int,
        sort: Sort,
        empty_text: str,
        current: int | None = None,
        groups: Sequence[Group] = (),
    ) -> None:
        """Show rows of the catalog; ``on_cursor`` is not called.

        Args:
            rows: the rows, in order.
            selected: the set of selected rows, see ``search.rowset``.
            sort: the order of the rows, for the headings.
            empty_text: the text to show if there are no rows.
            current: the row to move the cursor to; by default it stays on its entry, or near where that was.
            groups: the groups of the rows; each gets a heading.
        """
        wanted = self.current if current is None else current
        changed = rows != self.rows or groups != self.groups
        if changed or (self.sort, self.empty_text) != (sort, empty_text):
            self.refresh()
        else:
            self._repaint_rows(self.selected ^ selected)
        self.rows, self.groups = rows, groups
        self._headings = [group.start + number for number, group in enumerate(groups)]
        self.selected, self.sort, self.empty_text = selected, sort, empty_text
        if not changed:
            if current is not None and current != self.current and current in rows:
                self._move_cursor(self._line_of(current))
            return
        if wanted is not None and wanted in rows:
            self.cursor = self._line_of(wanted)
        else:
            last = self.line_count - 1
            self.cursor = self.nearest(max(0, min(self.cursor, last)), 1) or 0
        self.top = max(0, min(self.top, self.last_top))
        self.reveal(self.cursor, CONTEXT)

    def _move_cursor(self, y: int) -> None:
        self.repaint(self.cursor, y)
        self.cursor = y
        self.reveal(y, CONTEXT)

    def show_annotations(self, glyphs: Glyphs) -> None:
        """Show glyphs in the columns of annotations."""
        changed = 0
        for column, shown in glyphs.items():
            before = dict(self.glyphs.get(column, ()))
            for glyph, rows in shown:
                changed |= rows ^ before.get(glyph, 0)
        self.glyphs = {column: [(glyph, rows) for glyph, rows in shown if rows] for column, shown in glyphs.items()}
        self._repaint_rows(changed)

    def show_columns(self, columns: tuple[str, ...]) -> None:
        """Show the columns with these names, if there is room."""
        if columns != self.columns:
            self.columns = columns
            self._plain_lines.clear()
            self._cached_cells.clear()
            self.refresh()

    @property
    def placed(self) -> Sequence[Placed]:
        """The columns that have room, with their positions."""
        return placed(self.columns, self.text_width)

    def _repaint_rows(self, changed: int) -> None:
        """Repaint the visible lines of a set of rows."""
        if changed:
            visible = range(self.top, min(self.top + self.page, self.line_count))
            rows = ((y, self._row_at(y)) for y in visible)
            self.repaint(*[y for y, row in rows if row is not None and changed >> row & 1])

    def show_hits(self, wanted: hits.Highlights) -> None:
        """Highlight hits."""
        if wanted != self.wanted:
            self.wanted = wanted
            words = ((column, wanted.words(field)) for column, field in _FIELDS.items())
            self._words = {column: sought for column, sought in words if sought}
            self.refresh()

    def show_completions(self, completions: CompletionList) -> None:
        """Draw completions of the query over the first lines; this needs no new layout."""
        if completions != self.completions:
            self.completions = completions
            self.refresh()

    def move_to_row(self, row: int) -> None:
        """Move the cursor to a row, if it is shown."""
        if row in self.rows:
            self.move_to(self._line_of(row))

    def cursor_moved(self) -> None:
        self._on_cursor(self.current)

    @property
    def line_count(self) -> int:
        # Without rows there is one line, with ``empty_text``.
        return len(self.rows) + len(self._headings) or 1

    def can_hold_cursor(self, y: int) -> bool:
        return self.index_at(y) is not None

    # -- painting

    def _begin(self) -> None:
        super()._begin()
        completions = self.completions
        if not completions.rows:
            self._overlay = ()
            return
        # Until one is chosen, show only some and do not cover the beginning of titles, so that results stay visible.
        lines, room = len(completions.rows), self.text_width
        if not completions.is_taken:
            lines = min(lines, max(self.page // 2, 3))
            title = next((slot.start + IN_SIGHT for slot in self.placed if slot.column.name == "title"), 0)
            room = min(room, max(min(room * 3 // 5, room - title), LEAST))
        self._overlay = draw_completions(completions, lines, room, palette(self.app, "panel"), self.palette)

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        # The overlay begins below the line with ``empty_text``.
        at = y - self.header_lines - (not self.rows)
        if not 0 <= at < len(self._overlay):
            return strip
        over_it = self._overlay[at]
        in_sight = strip.crop(0, self._shared.width - over_it.cell_length)
        return Strip([*in_sight, *over_it, self.bar_at(y - self.header_lines)], strip.cell_length)

    def theme_changed(self) -> None:
        super().theme_changed()
        self._plain_lines.clear()

    def draw_header(self, y: int, width: int) -> list[Segment]:
        return draw_headings(placed(self.columns, width - 1), self.sort, width, self.palette)

    def draw_line(self, y: int, width: int) -> list[Segment]:
        if not self.rows:
            return joined([("  " + self.empty_text, self.palette["quiet"])], width, self.palette["text"])
        row = self._row_at(y)
        if row is None:
            group = self.groups[bisect(self._headings, y) - 1]
            runs = [(" " + group.title, self.palette["accent"]), (f"  {group.count:,}", self.palette["muted"])]
            return joined(runs, width, self.palette["text"])
        if y == self.cursor:
            state = "cursor" if self._shared.is_active else "cursor-blurred"
        else:
            state = "hover" if y == self.hover else ""
        key = (row, width, self._glyphs(row), bool(self.selected >> row & 1), state)
        segments = self._plain_lines.get(key)
        if segments is None:
            segments = self._plain_lines[key] = self._draw_entry(self.entries[row], *key[1:])
        if self._words and (spans := self._hits(self.entries[row], width)):
            plain = ((text, style or Style.null()) for text, style, _ in segments)
            segments = [Segment(text, style) for text, style in highlighted(plain, spans, self.palette["hit"])]
        return over(segments, self.palette[state]) if state else segments

    def _hits(self, entry: Entry, width: int) -> list[Span]:
        """The spans of the words of the query in the line of an entry, in characters."""
        return [
            (start + first, start + last)
            for start, name, text, shown in self._cells(entry, width)
            if name in self._words
            for first, last in shown_hits(shown, self._words[name], text)
        ]

    def _glyphs(self, row: int) -> tuple[str, ...]:
        """The glyphs of a row in the columns of annotations."""
        return tuple(
            next((glyph for glyph, rows in glyphs if rows >> row & 1), "") if glyphs else ""
            for glyphs in self.glyphs.values()
        )

    def _draw_entry(
        self, entry: Entry, width: int, glyphs: tuple[str, ...], is_selected: bool, state: str
    ) -> list[Segment]:
        """The line of an entry, without hits and without the colours of its state."""
        plain, muted, glyph_style = self.palette["text"], self.palette["muted"], self.palette["glyph"]
        if is_selected:
            plain = self.palette["accent"]
        annotations = dict(zip(self.glyphs, glyphs, strict=True))
        runs = [(CURRENT, glyph_style if state == "cursor" else muted) if state.startswith("cursor") else (" ", muted)]
        runs.append((SELECTED, self.palette["accent"]) if is_selected else (" ", muted))
        length = LEAD
        for start, name, _, shown in self._cells(entry, width):
            if start > length:
                runs.append((" " * (start - length), muted))
            if name in annotations:
                runs.append((annotations[name] or " ", glyph_style))
            else:
                runs.append((shown, plain if name in _PLAIN else muted))
            length = start + len(shown)
        return joined(runs, width, muted)

    def _cells(self, entry: Entry, width: int) -> list[Cell]:
        """The cells of an entry, cached, because every key in the query input searches them for hits."""
        cells = self._cached_cells.get((entry.id, width))
        if cells is None:
            cells = cells_of(entry, placed(self.columns, width), self.section_titles)
            self._cached_cells[entry.id, width] = cells
        return cells

    # -- mouse

    def is_edge(self, x: int) -> bool:
        return x == 0

    def on_click(self, event: events.Click) -> None:
        if event.y == 0 and not self.was_dragged:
            event.stop()
            for slot in self.placed:
                if slot.start <= event.x < slot.start + slot.width + (not slot.column.is_glyph):
                    self.post_message(SortRequested(slot.column.name))
