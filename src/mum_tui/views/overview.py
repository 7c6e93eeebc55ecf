"""The overview: entries over time, tasks by modality, and the datasets most used.

Every number comes with a query, as for the filter box, that selects what was counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from mum_tui.catalog.model import Catalog, Entry, Section, rows_by_id
from mum_tui.text import fold, overlap_words

YEARS = 10
"""The most columns of years; older years share the first one."""

TASKS = 12
MODALITIES = 10
DATASETS = 15
SHADE_COUNT = 4
"""Shades of a cell that is not 0."""

FEWEST_SECTIONS = 4
"""Sections are replaced by their subsections until there are this many rows."""


class Tally(NamedTuple):
    """A label, a number of entries, and the query that selects them."""

    label: str
    number: int
    query: str


class Grid(NamedTuple):
    """Counts by two properties. ``cells[row][column]`` has no label.

    ``hidden`` says in words what had no room and what is counted twice. ``wholes`` has the numbers of rows that sum up
    the rows below them, up to the next such row.
    """

    title: str
    rows: tuple[Tally, ...]
    columns: tuple[Tally, ...]
    cells: tuple[tuple[Tally, ...], ...]
    hidden: str = ""
    wholes: tuple[int, ...] = ()

    @property
    def most(self) -> int:
        """The largest count of a cell, at least 1: the full length of a bar."""
        parts = [cells for row, cells in enumerate(self.cells) if row not in self.wholes]
        return max((cell.number for cells in parts for cell in cells), default=0) or 1

    def is_part(self, row: int) -> bool:
        """Whether a row belongs to a summing row above it."""
        return row not in self.wholes and any(whole < row for whole in self.wholes)

    def level(self, number: int) -> int:
        """The shade of a cell with this number, from 1 to ``SHADE_COUNT``; 0 for zero."""
        return min(-(-SHADE_COUNT * number // self.most), SHADE_COUNT)


class Overview(NamedTuple):
    """All charts of the overview."""

    years: Grid
    tasks: Grid
    datasets: tuple[Tally, ...]


def overview_of(catalog: Catalog, entries: Sequence[Entry] | None = None) -> Overview:
    """Count all entries of a catalog, or only ``entries``."""
    counted = catalog.entries if entries is None else tuple(entries)
    part = replace(catalog, entries=counted)
    return Overview(years(part), tasks(counted), datasets(counted, catalog.entries))


def condition(field: str, value: str) -> str:
    """The condition ``field:value``, quoted as the filter box needs it."""
    return f'{field}:"{value}"' if re.search(r'[\s()"]', value) or not value else f"{field}:{value}"


# -- over time


def years(catalog: Catalog) -> Grid:
    """Entries by section (rows) and year (columns); an entry counts in each of its sections.

    If there are several top sections, one that is split has its own row above those of its subsections.
    """
    known_years = sorted({entry.year for entry in catalog.entries if entry.year})
    columns = _columns(known_years)
    shown = list(_with_wholes(catalog))
    rows = []
    for section, _ in shown:
        members = _members(section, catalog.entries)
        rows.append((Tally(section.title, len(members), condition("section", section.id)), members))
    undated = sum(entry.year is None for entry in catalog.entries)
    remarks = [counted_twice(catalog)] + ([f"{undated} without a year"] if undated else [])
    grid = _grid(
        "Entries over time",
        rows,
        [
            (Tally(label, 0, query), [entry for entry in catalog.entries if entry.year in within])
            for label, query, within in columns
        ],
        ", ".join(filter(None, remarks)),
    )
    return grid._replace(wholes=tuple(number for number, (_, is_whole) in enumerate(shown) if is_whole))


def counted_twice(catalog: Catalog) -> str:
    """How many entries are in more than one top section, in words; empty if none is."""
    tops = [{entry.id for entry in _members(section, catalog.entries)} for section in catalog.sections]
    tops = [ids for ids in tops if ids]
    several = sum(1 for entry in catalog.entries if sum(entry.id in ids for ids in tops) > 1)
    words = overlap_words(several, len(tops))
    return words.replace(" in ", " counted in ") if words else ""


def _with_wholes(catalog: Catalog) -> Iterator[tuple[Section, bool]]:
    """The sections of ``frontier``, with each top section that was split before them; True marks the latter."""
    parts = frontier(catalog)
    ids = {section.id for section in parts}
    for top in catalog.sections:
        below = [section for _, section in top.walk() if section.id in ids]
        if below and below[0] is not top and len(catalog.sections) > 1:
            yield top, True
        yield from ((section, False) for section in below)


def _columns(known_years: Sequence[int]) -> list[tuple[str, str, range]]:
    """Label, query and years of each column, oldest first."""
    if not known_years:
        return []
    first, last = known_years[0], known_years[-1]
    start = first if last - first < YEARS else last - YEARS + 2
    columns = [(str(year), f"year:{year}", range(year, year + 1)) for year in range(start, last + 1)]
    if start > first:
        columns.insert(0, (f"≤{start - 1}", f"year:<={start - 1}", range(first, start)))
    return columns


def frontier(catalog: Catalog) -> list[Section]:
    """Sections with entries: the top ones, split into subsections level by level until there are enough."""
    filled = {home for entry in catalog.entries for home in (entry.section, *entry.sections)}

    def has_entries(section: Section) -> bool:
        return any(below.id in filled for _, below in section.walk())

    level = [section for section in catalog.sections if has_entries(section)]
    while len(level) < FEWEST_SECTIONS:
        below = []
        for section in level:
            # A section with entries of its own is not split: no subsection has these.
            children = [child for child in section.children if has_entries(child)]
            below += children if children and section.id not in filled else [section]
        if below == level:
            break
        level = below
    return level


def _members(section: Section, entries: Iterable[Entry]) -> list[Entry]:
    ids = {below.id for _, below in section.walk()}
    return [entry for entry in entries if entry.section in ids or not ids.isdisjoint(entry.sections)]


# -- tasks by modality


def tasks(entries: Sequence[Entry]) -> Grid:
    """Entries by task (rows) and modality (columns), the most frequent of both."""
    by_task = _by_value(entries, lambda entry: entry.tasks, "task")
    by_modality = _by_value(entries, lambda entry: entry.modalities, "modality")
    rest = [
        f"{len(groups) - shown} more {what}"
        for groups, shown, what in ((by_task, TASKS, "tasks"), (by_modality, MODALITIES, "modalities"))
        if len(groups) > shown
    ]
    return _grid("Tasks by modality", by_task[:TASKS], by_modality[:MODALITIES], ", ".join(rest))


_Group = tuple[Tally, list[Entry]]


def _by_value(entries: Sequence[Entry], values: Callable[[Entry], Iterable[str]], field: str) -> list[_Group]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        for value in dict.fromkeys(values(entry)):
            groups.setdefault(value, []).append(entry)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), fold(group[0])))
    return [(Tally(value, len(members), condition(field, value)), members) for value, members in ordered]


def _grid(title: str, rows: Sequence[_Group], columns: Sequence[_Group], hidden: str) -> Grid:
    inside = [{entry.id for entry in entries} for _, entries in columns]
    cells = tuple(
        tuple(
            Tally("", sum(entry.id in ids for entry in entries), f"{row.query} {column.query}")
            for (column, _), ids in zip(columns, inside, strict=True)
        )
        for row, entries in rows
    )
    heads = tuple(head._replace(number=len(entries)) for head, entries in columns)
    return Grid(title, tuple(head for head, _ in rows), heads, cells, hidden)


# -- datasets


def datasets(entries: Sequence[Entry], catalog: Sequence[Entry] | None = None) -> tuple[Tally, ...]:
    """The datasets that most entries use; one without an entry in ``catalog`` (default: ``entries``) counts by name."""
    all_entries = entries if catalog is None else catalog
    rows = rows_by_id(all_entries)
    names: dict[str, tuple[str, str]] = {}
    used: Counter[str] = Counter()
    for entry in entries:
        of_entry = set()
        for use in entry.uses:
            row = rows.get(use.dataset)
            target = all_entries[row] if row is not None else None
            label = (target.name or target.title) if target else use.name or use.dataset
            key = target.id if target else fold(label)
            names.setdefault(key, (label, target.id if target else label))
            of_entry.add(key)
        used.update(of_entry)
    ordered = sorted(used.items(), key=lambda item: (-item[1], fold(names[item[0]][0])))
    return tuple(Tally(names[key][0], count, condition("uses", names[key][1])) for key, count in ordered[:DATASETS])
