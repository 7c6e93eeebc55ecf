"""The columns of the table: what each shows, and how wide it is in a table of a given width."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain

from msgspec import Struct

from mum_tui.catalog.model import Entry
from mum_tui.search.facets import DATA

BOOKMARK, STATUS, RATING, NOTE = "★", "◐", "✦", "✎"
"""The headings of the columns of annotations."""


class Column(Struct, frozen=True):
    """A column of the table.

    ``name`` is its name in the configuration and as a sort order, ``words`` explains it in a dialog. Its width is from
    ``least`` to ``most`` cells; with less room the column is hidden; ``usual`` suffices for most values. A column of
    one cell shows a glyph or nothing. ``text`` gives the text for an entry; columns of annotations have none.
    """

    name: str
    heading: str
    words: str
    least: int = 1
    usual: int = 1
    most: int = 1
    text: Callable[[Entry], str] = lambda entry: ""

    @property
    def is_glyph(self) -> bool:
        """Whether it is one cell wide, for a glyph or nothing."""
        return self.most == 1


def _glyph(glyph: str, *rels: str) -> Callable[[Entry], str]:
    wanted = frozenset(rels)
    return lambda entry: glyph if any(link.rel in wanted for link in entry.links) else ""


COLUMNS = {
    column.name: column
    for column in (
        Column("title", "Title", "without the name before it", 16, 30, 1000, lambda entry: entry.title),
        Column("name", "Name", "of a model or dataset", 8, 14, 20, lambda entry: entry.name),
        Column("year", "Year", "of the version to cite", 4, 4, 4, lambda entry: str(entry.year or "")),
        Column("bookmark", BOOKMARK, "★ bookmarked"),
        Column("status", STATUS, "○ to read, ◐ reading, ● read"),
        Column("code", "c", "c: has a link to code", text=_glyph("c", "code")),
        Column("weights", "w", "w: has a link to weights", text=_glyph("w", "weights")),
        Column("data", "d", "d: has a link to data", text=_glyph("d", *DATA, "data")),
        Column("rating", RATING, "✦ your stars, 1 to 5"),
        Column("note", NOTE, "✎ has a note"),
        Column("authors", "Authors", "the first author", 12, 16, 24, lambda entry: entry.byline),
        Column("venue", "Venue", "where it was published", 8, 14, 24, lambda entry: entry.venue),
        Column("kind", "Kind", "paper, dataset, survey …", 7, 9, 9, lambda entry: entry.kind),
        Column("section", "Section", "its section in the tree", 12, 20, 30, lambda entry: entry.section),
        Column("modality", "Modality", "CT, MRI …", 8, 12, 24, lambda entry: ", ".join(entry.modalities)),
        Column("task", "Task", "segmentation, detection …", 12, 18, 30, lambda entry: ", ".join(entry.tasks)),
        Column("anatomy", "Anatomy", "liver, brain …", 8, 14, 24, lambda entry: ", ".join(entry.anatomy)),
        Column("id", "Id", "its id in the catalog", 12, 20, 36, lambda entry: entry.id),
    )
}
"""All columns by name, the most important first; a narrow table hides the last ones."""

DEFAULT_COLUMNS = (
    *("bookmark", "status", "rating", "note", "code", "weights", "data"),
    *("year", "name", "title", "authors", "venue"),
)
"""The columns shown by default."""

_ANNOTATIONS = ("bookmark", "status", "rating", "note")

_NARROW = ("title", "name", "year", "bookmark", "status")
"""Columns that may make the title short."""

_SHORT, _COMFORTABLE = 16, 26
"""The least width of the title, in cells: with the columns above, and with all others."""

_LONG = 50
"""Other columns get more than their usual width only when the title has this many cells."""

LEAD = 2
"""Cells before the first column, for the cursor and the selection."""


class Placed(Struct, frozen=True):
    """A column with its position and width, in cells."""

    column: Column
    start: int
    width: int


def known(names: Iterable[str]) -> tuple[str, ...]:
    """The names of columns among ``names``, each once."""
    return tuple(name for name in dict.fromkeys(names) if name in COLUMNS)


@lru_cache(16)
def placed(names: Sequence[str], width: int) -> tuple[Placed, ...]:
    """The columns that fit into ``width`` cells, in the order of ``names``; at least the most important one."""
    shown = _fitting(names, width)
    widths = _widths(shown, width - LEAD - sum(_gaps(shown)))
    columns = []
    at = LEAD
    for name, gap in zip(shown, _gaps(shown), strict=True):
        at += gap
        columns.append(Placed(COLUMNS[name], at, widths[name]))
        at += widths[name]
    return tuple(columns)


def _fitting(names: Sequence[str], width: int) -> list[str]:
    chosen: list[str] = []
    for name in (name for name in COLUMNS if name in names):
        wanted = [other for other in names if other in chosen or other == name]
        title = 0 if "title" not in wanted else (_SHORT if name in _NARROW else _COMFORTABLE)
        needed = LEAD + sum(_gaps(wanted)) + sum(COLUMNS[other].least for other in wanted if other != "title") + title
        if needed <= width or not chosen:
            chosen.append(name)
    return [name for name in names if name in chosen]


def _gaps(names: Sequence[str]) -> list[int]:
    """The empty cells before each column; none between glyphs of the same kind."""
    gaps = []
    for before, name in zip(("", *names), names, strict=False):
        if not before:
            gaps.append(0)
        elif COLUMNS[before].is_glyph and COLUMNS[name].is_glyph:
            gaps.append(int((before in _ANNOTATIONS) != (name in _ANNOTATIONS)))
        else:
            gaps.append(1 if COLUMNS[before].is_glyph else 2)
    return gaps


def _widths(names: Sequence[str], room: int) -> dict[str, int]:
    """The cells of each column: first the least, then the usual, then the most; the title gets the rest."""
    order = [COLUMNS[name] for name in COLUMNS if name in names]
    order.sort(key=lambda column: column.name != "name")  # the name first: a cut name says little
    others = [column for column in order if column.name != "title"]
    title = [COLUMNS["title"]] if "title" in names else []
    widths = {column.name: column.least for column in order}
    remaining = room - sum(widths.values())
    stages = (
        [(column, column.usual) for column in order],
        [(column, _LONG) for column in title],
        [(column, column.most) for column in (*others, *title)],
    )
    for column, cells in chain.from_iterable(stages):
        more = max(min(cells - widths[column.name], remaining), 0)
        widths[column.name] += more
        remaining -= more
    if remaining < 0:  # not even the most important column fits
        widths[order[0].name] = max(widths[order[0].name] + remaining, 1)
    return widths
