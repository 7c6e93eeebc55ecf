"""The texts of an entry in the columns of the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mum_tui.catalog.model import Entry
from mum_tui.tui.cells import cell_len, fit
from mum_tui.tui.model.columns import LEAD, Column, Placed

Cell = tuple[int, str, str, str]
"""The character where a cell starts, the name of its column, its text, and the text fitted to its width."""


def cells_of(entry: Entry, columns: Sequence[Placed], section_titles: Mapping[str, str]) -> list[Cell]:
    """The cells of an entry in ``columns``, which have their positions in terminal cells."""
    cells = []
    widths = {slot.column.name: slot.width for slot in columns}
    characters, at, start = LEAD, LEAD, -1
    for number, slot in enumerate(columns):
        name = slot.column.name
        start = slot.start if start < 0 else start
        following = columns[number + 1].column.name if number + 1 < len(columns) else ""
        if name == "name" and not entry.name and following == "title":
            continue  # the title of an entry without a name gets the room of both
        text, end = _text(slot.column, entry, widths, section_titles), slot.start + slot.width
        characters += start - at
        shown = fit(text, end - start)
        cells.append((characters, name, text, shown))
        characters, at, start = characters + len(shown), end, -1
    return cells


def _text(column: Column, entry: Entry, widths: Mapping[str, int], section_titles: Mapping[str, str]) -> str:
    """The text of a column, without what another column already shows."""
    match column.name:
        case "title" if 0 < cell_len(entry.name) <= widths.get("name", 0):
            return entry.title.removeprefix(f"{entry.name}: ")
        case "venue" if "year" in widths:
            return entry.venue_name
        case "section":
            return section_titles.get(entry.section, entry.section)
    return column.text(entry)
