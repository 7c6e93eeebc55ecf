"""The table of entries: draws only what is visible, so that its cost does not grow with the catalog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from msgspec import Struct
from rich.segment import Segment
from textual import events
from textual.strip import Strip

from mum_tui.bounded_cache import BoundedCache
from mum_tui.catalog.model import Entry
from mum_tui.search import hits
from mum_tui.search.view import Sort
from mum_tui.tui.cells import cell_len, fit
from mum_tui.tui.messages import SortRequested
from mum_tui.tui.theme import palette
from mum_tui.tui.widgets.paint import joined, over, with_hits
from mum_tui.tui.widgets.query_input import CompletionList
from mum_tui.tui.widgets.rows import CONTEXT, RowsView

BOOKMARKED = "★"
CURRENT = "▌"
SELECTED = "✓"
TITLE_START = 11
"""Cells before the title: cursor, selection, bookmark, status and year."""

REMEMBERED = 1000
"""Drawn lines that are kept."""

_FIELDS = {"title": "title", "authors": "author", "venue": "venue", "year": "labels"}
"""The field of each column, for highlighting."""

_ARROWS = {True: "▼", False: "▲"}


class Column(Struct, frozen=True):
    """A column: what it sorts by, its heading, and where it starts and ends in cells."""

    sort: str
    title: str
    start: int
    width: int


@lru_cache(8)
def columns(width: int) -> list[Column]:
    """The columns that fit a table ``width`` cells wide; the title takes what the others leave."""
    authors = 0 if width < 54 else 15 if width < 105 else 20
    venue = 0 if width < 72 else 14 if width < 105 else 18
    right = sum(part + 2 for part in (authors, venue) if part)
    title = max(width - TITLE_START - right - 1, 4)
    found = [
        Column("mark", BOOKMARKED, 2, 2),
        Column("year", "Year", 5, 4),
        Column("title", "Title", TITLE_START, title),
    ]
    start = TITLE_START + title + 2
    for sort, heading, size in (("authors", "Authors", authors), ("venue", "Venue", venue)):
        if size:
            found.append(Column(sort, heading, start, size))
            start += size + 2
    return found


class EntryTable(RowsView):
    """Shows rows of the catalog; the current one is known by its row number in the catalog."""

    header_lines = 1
    starts_active = True

    def __init__(self, entries: Sequence[Entry], on_cursor: Callable[[int | None], None], *, id: str) -> None:
        super().__init__(id=id)
        self.entries = entries
        self.rows: Sequence[int] = ()
        self.bookmarked = 0
        self.selected = 0
        self.statuses: Sequence[tuple[str, int]] = ()
        self.sort = Sort()
        self.empty_text = ""
        self.wanted = hits.NOTHING
        self._words: dict[str, tuple[str, ...]] = {}
        self.completions = CompletionList()
        self._on_cursor = on_cursor
        self._cache: BoundedCache[tuple[int, int, str, bool, str], list[Segment]] = BoundedCache(REMEMBERED)

    # -- what is shown

    @property
    def current(self) -> int | None:
        """The catalog row under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Take the rows of another catalog; what is shown of it ``show`` tells next."""
        self.entries = entries
        self.rows = ()
        self.bookmarked = self.selected = 0
        self.statuses = ()
        self._cache.clear()
        self.refresh()

    def show(self, rows: Sequence[int], selected: int, sort: Sort, empty_text: str, current: int | None = None) -> None:
        """Show these catalog rows; ``on_cursor`` is not called.

        Args:
            rows: row numbers of the catalog, in the order shown.
            selected: a row set as in ``search.rowset``.
            sort: the order, for the headings.
            empty_text: shown where there are no rows.
            current: the catalog row the cursor comes to; else it stays on its entry, or near where that was.
        """
        wanted = self.current if current is None else current
        changed = rows != self.rows
        if changed or (self.sort, self.empty_text) != (sort, empty_text):
            self.refresh()
        else:
            self._repaint_rows(self.selected ^ selected)
        self.rows = rows
        self.selected, self.sort, self.empty_text = selected, sort, empty_text
        if not changed:
            if current is not None and current != self.current and current in rows:
                self._move_cursor(rows.index(current))
            return
        if wanted is not None and wanted in rows:
            self.cursor = rows.index(wanted)
        else:
            self.cursor = max(0, min(self.cursor, len(rows) - 1))
        self.top = max(0, min(self.top, self.last_top))
        self.reveal(self.cursor, CONTEXT)

    def _move_cursor(self, y: int) -> None:
        self.repaint(self.cursor, y)
        self.cursor = y
        self.reveal(y, CONTEXT)

    def show_annotations(self, bookmarked: int, statuses: Sequence[tuple[str, int]]) -> None:
        """Show the bookmark glyph in one row set, and each of these status glyphs in its own."""
        before = dict(self.statuses)
        changed = self.bookmarked ^ bookmarked
        self.bookmarked, self.statuses = bookmarked, statuses
        for glyph, rows in statuses:
            changed |= rows ^ before.get(glyph, 0)
        self._repaint_rows(changed)

    def _repaint_rows(self, changed: int) -> None:
        """Paint the visible lines of a row set again."""
        if changed:
            visible = range(self.top, min(self.top + self.page, len(self.rows)))
            self.repaint(*[y for y in visible if changed >> self.rows[y] & 1])

    def show_hits(self, wanted: hits.Highlights) -> None:
        """Highlight these hits in the texts."""
        if wanted != self.wanted:
            self.wanted = wanted
            self._words = {column: wanted.words(field) for column, field in _FIELDS.items()}
            self._cache.clear()
            self.refresh()

    def show_completions(self, completions: CompletionList) -> None:
        """Draw the completions of the query over the first lines; this needs no new layout."""
        if completions != self.completions:
            self.completions = completions
            self.refresh()

    def move_to_row(self, row: int) -> None:
        """Move the cursor to a catalog row, if that is shown."""
        if row in self.rows:
            self.move_to(self.rows.index(row))

    def cursor_moved(self) -> None:
        self._on_cursor(self.current)

    @property
    def line_count(self) -> int:
        # Without entries there is one line that says so.
        return len(self.rows) or 1

    def can_hold_cursor(self, y: int) -> bool:
        return y < len(self.rows)

    # -- painting

    def render_line(self, y: int) -> Strip:
        # Below the line that says why there are no rows.
        at = y - self.header_lines - (not self.rows)
        if 0 <= at < self._completions_shown:
            return self._over(super().render_line(y), at)
        return super().render_line(y)

    @property
    def _completions_shown(self) -> int:
        """Lines of the list of completions: few until one of them is taken, so that the results stay in sight."""
        wanted = len(self.completions.rows)
        return wanted if self.completions.current >= 0 else min(wanted, max(self.page // 2, 3))

    def _over(self, strip: Strip, at: int) -> Strip:
        """A row with a line of the completions over its right end, so that the title stays in sight."""
        full = self.text_width
        most = full if self.completions.current >= 0 else max(full * 3 // 5, 30)
        hidden = len(self.completions.rows) - self._completions_shown
        more = f"tab: {hidden + 1} more"
        width = min(max(self.completions.width, cell_len(more) * bool(hidden)) + 3, most, full)
        colours = palette(self.app, "panel")
        label, count = self.completions.rows[at]
        number = f" {count:,} "
        if hidden and at == self._completions_shown - 1:
            label, number = more, ""
        name, space, remark = fit(label, width - 2 - cell_len(number)).partition("  ")
        runs = [(name, colours["text" if number else "muted"]), (space + remark + number, colours["muted"])]
        segments = joined(runs, width - 2, colours["text"])
        if at == self.completions.current:
            segments = over(segments, colours["cursor"])
        edge = [Segment(" ", self.palette["text"]), Segment("▎", colours["bar"])]
        parts = [strip.crop(0, full - width), Strip([*edge, *segments], width), strip.crop(full, strip.cell_length)]
        return Strip.join(parts)

    def theme_changed(self) -> None:
        super().theme_changed()
        self._cache.clear()

    def draw_header(self, y: int, width: int) -> list[Segment]:
        plain, active = self.palette["muted"], self.palette["accent"]
        runs = []
        at = 0
        for column in columns(width - 1):
            is_sorted = column.sort == self.sort.column
            title = column.title + (_ARROWS[self.sort.descending] if is_sorted and column.width > 1 else "")
            room = column.width + (column.width > 1)
            runs += [(" " * (column.start - at), plain), (fit(title, room), active if is_sorted else plain)]
            at = column.start + room
        return joined(runs, width, plain)

    def draw_line(self, y: int, width: int) -> list[Segment]:
        if not self.rows:
            return joined([("  " + self.empty_text, self.palette["quiet"])], width, self.palette["text"])
        row = self.rows[y]
        if y == self.cursor:
            state = "cursor" if self.is_active else "cursor-blurred"
        else:
            state = "hover" if y == self.hover else ""
        key = (row, width, self._glyphs(row), bool(self.selected >> row & 1), state)
        segments = self._cache.get(key)
        if segments is None:
            segments = self._cache[key] = self._draw_entry(self.entries[row], *key[1:])
        return segments

    def _glyphs(self, row: int) -> str:
        """Bookmark and status, a cell each."""
        status = next((glyph for glyph, rows in self.statuses if rows >> row & 1), " ")
        return (BOOKMARKED if self.bookmarked >> row & 1 else " ") + status

    def _draw_entry(self, entry: Entry, width: int, glyphs: str, is_selected: bool, state: str) -> list[Segment]:
        plain, muted, glyph_style = self.palette["text"], self.palette["muted"], self.palette["glyph"]
        if is_selected:
            plain = self.palette["accent"]
        cells = {
            "mark": (glyphs, glyph_style),
            "year": (str(entry.year or ""), muted),
            "title": (entry.title, plain),
            "authors": (entry.byline, muted),
            "venue": (entry.venue, muted),
        }
        runs = [(CURRENT, glyph_style) if state.startswith("cursor") else (" ", muted)]
        runs.append((SELECTED, self.palette["accent"]) if is_selected else (" ", muted))
        at = 2
        for column in columns(width):
            text, style = cells[column.sort]
            runs.append((" " * (column.start - at), muted))
            words = self._words.get(column.sort)
            shown = fit(text, column.width)
            runs += with_hits(shown, words, style, self.palette["hit"], text) if words else [(shown, style)]
            at = column.start + column.width
        segments = joined(runs, width, muted)
        return over(segments, self.palette[state]) if state else segments

    # -- mouse

    def on_click(self, event: events.Click) -> None:
        if event.y == 0:
            event.stop()
            for column in columns(self.text_width):
                if column.start <= event.x <= column.start + column.width:
                    self.post_message(SortRequested(column.sort))
