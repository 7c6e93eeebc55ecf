"""The question the browser asks and the answer it shows, both frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from mum_tui.search.query import Query

ALL = ""
BOOKMARKS = "bookmarks"
_SECTION = "section/"


def section_scope(section: str) -> str:
    """The scope that holds the entries of a section and of all sections below it."""
    return _SECTION + section


def scope_section(scope: str) -> str:
    """The section id of a scope, or an empty string."""
    return scope.removeprefix(_SECTION) if scope.startswith(_SECTION) else ""


class Sort(Struct, frozen=True):
    """A column and a direction; equal values stay newest first."""

    column: str = "year"
    descending: bool = True


class View(Struct, frozen=True):
    """What is asked for: a scope (all, bookmarks, a section), the text of the filter box, an order."""

    scope: str = ALL
    query: str = ""
    sort: Sort = Sort()


class Results(Struct, frozen=True):
    """What was found: row numbers of the catalog in order, and how many match per scope and facet value.

    ``counts`` is keyed by scope, and by ``field:value`` for facets; it counts what the query matches,
    whatever the scope.
    """

    rows: Sequence[int]
    total: int
    counts: Mapping[str, int]
    query: Query
