"""The properties that entries can be filtered by: one row each, for the tree, the query input and ``list``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct

from mum_tui.catalog.choices import KINDS, RELS
from mum_tui.catalog.model import Entry

OPEN = "open"
"""The value of ``has:`` for entries with public code and weights."""

AVAILABLE = ("code", "weights", OPEN, "data", "demo", "preprint", "project")
"""The values of ``has:`` that the tree lists."""

DATA = ("dataset", "download")
"""Types of link that lead to data."""

HAS = (*dict.fromkeys((*AVAILABLE, *RELS)), "doubts", "notes", "licence", "doi")
"""All values of ``has:``."""


def by_count(value: str, count: int) -> tuple[float, str]:
    """Most frequent values first."""
    return (-count, value.casefold())


def newest_first(value: str, count: int) -> tuple[float, str]:
    """Later years first."""
    return (-int(value), "")


ALWAYS = {"kind": KINDS, "has": HAS}
"""Values that a query may name even if no entry has them."""


class Facet(Struct, frozen=True):
    """A property that entries can be filtered by.

    Args:
        field: its field in a query.
        title: its heading in a list of values.
        values: returns the values of an entry.
        order: the sort key of a value, from its name and its number of entries.
        shown: how many values a list shows at first; 0 for a property that is never listed.
        only: the values that a list shows, if not all.
        titles: descriptions of the values that do not explain themselves.
    """

    field: str
    title: str
    values: Callable[[Entry], Iterable[str]]
    order: Callable[[str, int], tuple[float, str]] = by_count
    shown: int = 8
    only: Collection[str] = ()
    titles: Mapping[str, str] = MappingProxyType({})


def _has(entry: Entry) -> Iterator[str]:
    rels = {link.rel for link in entry.links}
    yield from rels
    if rels.intersection(DATA):
        yield "data"
    if rels.issuperset(("code", "weights")):
        yield OPEN
    if entry.preprint and "preprint" not in rels:
        yield "preprint"
    if entry.doubts:
        yield "doubts"
    if entry.notes:
        yield "notes"
    if entry.licence:
        yield "licence"
    if (entry.published and entry.published.doi) or (entry.record and entry.record.doi):
        yield "doi"


def _licences(entry: Entry) -> Iterator[str]:
    if entry.licence:
        terms = (entry.licence.code, entry.licence.weights, entry.licence.data)
        yield from dict.fromkeys(filter(None, terms))


FACETS: tuple[Facet, ...] = (
    Facet("kind", "Kind", lambda entry: (entry.kind,)),
    Facet("year", "Year", lambda entry: (str(entry.year),) if entry.year else (), newest_first),
    Facet("modality", "Modality", lambda entry: entry.modalities),
    Facet("has", "Has", _has, only=AVAILABLE, titles={OPEN: "code and weights"}),
    Facet("dims", "Dimensions", lambda entry: entry.dims),
    Facet("task", "Task", lambda entry: entry.tasks),
    Facet("anatomy", "Anatomy", lambda entry: entry.anatomy),
    Facet("licence", "Licence", _licences),
    # The index adds each section to its parents and keeps the order of the tree.
    Facet("section", "Section", lambda entry: {entry.section, *entry.sections}, shown=0),
    Facet("tag", "Tag", lambda entry: entry.tags, shown=0),
)
