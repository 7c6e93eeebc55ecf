"""The view that the browser asks for and its results, both frozen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from mum_tui.catalog.model import Entry
from mum_tui.search.query import Hint, Query
from mum_tui.text import sort_key

ALL = ""
BOOKMARKS = "bookmarks"
_SECTION = "section/"

ANNOTATION_SCOPE = "annotation/"
"""Begins the scopes of annotations: ``annotation/read``, ``annotation/tag:liver``. Sessions store them."""

RELEVANCE = "relevance"
"""The default order of a query with words."""


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


SORTED: dict[str, Callable[[Entry], str]] = {
    "year": lambda entry: str(entry.year or ""),
    "name": lambda entry: sort_key(entry.name),
    "title": lambda entry: sort_key(entry.title),
    "authors": lambda entry: sort_key(entry.byline),
    "venue": lambda entry: sort_key(entry.venue),
    "kind": lambda entry: entry.kind,
    "modality": lambda entry: sort_key(", ".join(entry.modalities)),
    "task": lambda entry: sort_key(", ".join(entry.tasks)),
    "anatomy": lambda entry: sort_key(", ".join(entry.anatomy)),
    "id": lambda entry: sort_key(entry.id),
}
"""The sort key of each column with text; an index stores their orders."""

SECTION = "section"
"""Sorts and groups by the home section, in reading order."""

AVAILABLE = ("code", "weights", "data")
"""Columns that sort by whether there is such a link."""

ANNOTATED = ("bookmark", "status", "rating", "note")
"""Columns that sort by the user's annotations."""

SORTS = (RELEVANCE, *SORTED, SECTION, *AVAILABLE, *ANNOTATED)
"""All sort orders; ``relevance`` is how well the words fit."""

DESCENDING = (RELEVANCE, "year", *AVAILABLE, *ANNOTATED)
"""Orders that start with the highest value."""

GROUPS = ("section", "year", "venue")
"""All ways to group the rows."""


def default_sort(column: str) -> Sort:
    """The order by a column in its default direction."""
    return Sort(column, column in DESCENDING)


class View(Struct, frozen=True):
    """What to ask the index: a scope (all, bookmarks, a section …), the text of the query input, an order.

    ``sorted`` says that the user chose the order; else the best matches come first when there are words. With
    ``group`` (of ``GROUPS``) the order is that within a group.
    """

    scope: str = ALL
    query: str = ""
    sort: Sort = Sort()
    sorted: bool = False
    group: str = ""


class Replaced(Struct, frozen=True):
    """A word of the query that no entry contains, and the words searched for instead."""

    word: str
    by: tuple[str, ...]
    field: str = ""

    @property
    def message(self) -> str:
        """``No match for "segmantation"; showing segmentation``."""
        return f"{self._missing}; showing {' or '.join(self.by)}"

    @property
    def question(self) -> str:
        """``No match for "segmantation" (did you mean segmentation?)``, where nothing can be shown for it either."""
        return f"{self._missing} (did you mean {' or '.join(self.by)}?)"

    @property
    def _missing(self) -> str:
        field = f"{self.field}:" if self.field else ""
        return f'No match for {field}"{self.word}"'


class Group(Struct, frozen=True):
    """Rows that belong together: their heading, the place of the first one in the results, and how many they are."""

    title: str
    start: int
    count: int


class Results(Struct, frozen=True):
    """The results of a view.

    Args:
        rows: row numbers of ``index.entries`` in order; a page of them costs a page.
        total: entries there are.
        counts: how many match per scope, and per facet value as ``field:value``, whatever the scope; each counted
            when it is asked for.
        query: what was understood of the text.
        sort: the order the rows are in.
        hints: what is missing or wrong in the text, and what was replaced.
        replaced: words nothing contains, and what was looked for instead.
        matching: the set of rows that match, whatever the scope.
        shown: the set of ``rows``.
        groups: the groups the rows come in; none where they were not asked for.
    """

    rows: Sequence[int]
    total: int
    counts: Mapping[str, int]
    query: Query
    sort: Sort = Sort()
    hints: tuple[Hint, ...] = ()
    replaced: tuple[Replaced, ...] = ()
    matching: int = 0
    shown: int = 0
    groups: tuple[Group, ...] = ()

    @property
    def hint(self) -> str:
        """The most useful one of the hints, in one line."""
        return self.hints[0].message if self.hints else ""
