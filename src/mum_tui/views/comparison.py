"""Compares entries side by side: a row per property, a cell per entry, which rows differ, and what entries share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from mum_tui.catalog.model import Entry
from mum_tui.catalog.relations import Relations
from mum_tui.markdown import cell
from mum_tui.text import fold
from mum_tui.views import wording

SHARED = "Shared"
"""The label of the row with the items that several entries have."""

_NOTHING_SHARED = "nothing recorded"

_COMPARED_ITEM_BY_ITEM = frozenset({"Modality", "Dimensions", "Tasks", "Anatomy", "Datasets"})


class Common(NamedTuple):
    """An item that several entries have, and how many of them."""

    text: str
    number: int


class Property(NamedTuple):
    """A property: its label, a text for each entry (empty: not recorded), and whether the recorded texts differ.

    ``common`` has the items of at least two entries, the most frequent first. Only lists of vocabulary terms and of
    datasets have common items.
    """

    label: str
    cells: tuple[str, ...]
    differs: bool
    common: tuple[Common, ...] = ()

    @property
    def shared(self) -> tuple[str, ...]:
        """The items that all entries have."""
        return tuple(item.text for item in self.common if item.number == len(self.cells))

    def common_words(self) -> str:
        """The common items, with ``(2 of 3)`` after those that not all entries have."""
        count = len(self.cells)
        return ", ".join(
            item.text if item.number == count else f"{item.text} ({item.number:,} of {count:,})" for item in self.common
        )


Values = Sequence[str]
"""The items of a cell; their order does not matter when cells are compared."""


def headings(entries: Sequence[Entry]) -> list[str]:
    """The heading of each column: the entry's short name, else its title."""
    return [entry.name or entry.title for entry in entries]


def rows(entries: Sequence[Entry], relations: Relations) -> list[Property]:
    """The row ``SHARED``, then the properties recorded for at least one entry, in reading order."""

    def datasets(entry: Entry) -> Values:
        return [other.name for other in relations.uses_of(entry)]

    properties = []
    for label, read in _PROPERTIES.items():
        columns = [[item for item in (read or datasets)(entry) if item] for entry in entries]
        if any(columns):
            # A missing value is not a difference: what is not recorded may be equal.
            known = {tuple(sorted(map(fold, items))) for items in columns if items}
            common = _common(columns) if label in _COMPARED_ITEM_BY_ITEM else ()
            properties.append(Property(label, tuple(", ".join(items) for items in columns), len(known) > 1, common))
    shared = " · ".join(f"{row.label}: {row.common_words()}" for row in properties if row.common)
    return [Property(SHARED, (shared or _NOTHING_SHARED,) * len(entries), differs=False), *properties]


def _common(columns: Sequence[Values]) -> tuple[Common, ...]:
    """The items of several columns, compared folded, written as in the first column that has them."""
    written: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for items in columns:
        counts.update({fold(item) for item in items})
        for item in items:
            written.setdefault(fold(item), item)
    order = {folded: number for number, folded in enumerate(written)}
    several = sorted((key for key in counts if counts[key] > 1), key=lambda key: (-counts[key], order[key]))
    return tuple(Common(written[key], counts[key]) for key in several)


def markdown(entries: Sequence[Entry], table: Sequence[Property]) -> str:
    """The rows as a Markdown table; the labels of rows that differ are bold. What is shared is said once."""

    def line(cells: Sequence[str]) -> str:
        return f"| {' | '.join(cells)} |\n"

    head = [line([" ", *map(cell, headings(entries))]), line(["---"] * (len(entries) + 1))]
    labels = [f"**{row.label}**" if row.differs else row.label for row in table]
    cells = [(row.cells[0], *[""] * (len(entries) - 1)) if row.label == SHARED else row.cells for row in table]
    body = [line([label, *map(cell, texts)]) for label, texts in zip(labels, cells, strict=True)]
    return "".join([*head, *body])


def _links(rel: str) -> Callable[[Entry], Values]:
    return lambda entry: [wording.short_url(link.url) for link in entry.links if link.rel == rel]


_PROPERTIES: dict[str, Callable[[Entry], Values] | None] = {
    "Title": lambda entry: [entry.title],
    "Kind": lambda entry: [entry.kind],
    "Year": lambda entry: [str(entry.year or "")],
    "Venue": lambda entry: [entry.venue],
    "Modality": lambda entry: entry.modalities,
    "Dimensions": lambda entry: entry.dims,
    "Tasks": lambda entry: entry.tasks,
    "Anatomy": lambda entry: entry.anatomy,
    "Classes": lambda entry: (
        [wording.amount(entry.classes.count, entry.classes.unit, entry.classes.text)] if entry.classes else []
    ),
    "Architecture": lambda entry: [entry.architecture],
    "Trained on": lambda entry: [wording.training(entry)],
    "Size": lambda entry: [wording.size(entry)],
    "Datasets": None,  # needs the relations, for the names of the datasets
    "Code": _links("code"),
    "Weights": _links("weights"),
    "Code licence": lambda entry: [entry.licence.code] if entry.licence else [],
    "Weights licence": lambda entry: [entry.licence.weights] if entry.licence else [],
    "Data licence": lambda entry: [entry.licence.data] if entry.licence else [],
    "Access": lambda entry: [wording.access(entry)],
}
