"""The properties entries can be narrowed by: one row each, for the tree, the filter box and ``list``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from mum_tui.catalog.model import Entry

AVAILABLE = ("code", "weights", "demo", "preprint", "project")
"""Types of link that ``has:`` asks for."""


def by_count(value: str, count: int) -> tuple[float, str]:
    """Most frequent values first."""
    return (-count, value.casefold())


def newest_first(value: str, count: int) -> tuple[float, str]:
    """Later years first."""
    return (-int(value), "")


class Facet(NamedTuple):
    """A property: the field word in a query, the heading in the tree, an entry's values, and their order."""

    field: str
    title: str
    values: Callable[[Entry], Iterable[str]]
    order: Callable[[str, int], tuple[float, str]] = by_count


FACETS: tuple[Facet, ...] = (
    Facet("kind", "Kind", lambda entry: (entry.kind,)),
    Facet("year", "Year", lambda entry: (str(entry.year),) if entry.year else (), newest_first),
    Facet("modality", "Modality", lambda entry: entry.modalities),
    Facet("has", "Has", lambda entry: (rel for rel in AVAILABLE if entry.has(rel))),
)
