"""The view that the index runs, and its results; both are immutable."""

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
"""The prefix of the scopes of annotations: ``annotation/read``, ``annotation/tag:liver``. Sessions store them."""

RELEVANCE = "relevance"
"""The default order of a query with words."""


def section_scope(section: str) -> str:
    """The scope of a section: its entries and those of all its subsections."""
    return _SECTION + section


def scope_section(scope: str) -> str:
    """The section id of a scope; empty if it is not the scope of a section."""
    return scope.removeprefix(_SECTION) if scope.startswith(_SECTION) else ""


class Sort(Struct, frozen=True):
    """A column and a direction; entries with equal values stay newest first."""

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
"""The sort key of each column with text; the index stores their orders."""

SECTION = "section"
"""Sorts and groups by the home section, in reading order."""

AVAILABLE = ("code", "weights", "data")
"""Columns that sort by whether an entry has such a link."""

ANNOTATED = ("bookmark", "status", "rating", "note")
"""Columns that sort by the user's annotations."""

SORTS = (RELEVANCE, *SORTED, SECTION, *AVAILABLE, *ANNOTATED)
"""All sort orders; ``relevance`` is how well the words of the query match."""

DESCENDING = (RELEVANCE, "year", *AVAILABLE, *ANNOTATED)
"""Orders that start with the highest value."""

GROUPS = ("section", "year", "venue")
"""All ways to group the rows."""


def default_sort(column: str) -> Sort:
    """The order by a column in its default direction."""
    return Sort(column, column in DESCENDING)


class View(Struct, frozen=True):
    """What to show.

    Args:
        scope: all entries, bookmarks, a section …
        query: the text of the query input.
        sort: the order; within a group, if grouped.
        sorted: whether the user chose the order; if not, the best matches come first when the query has words.
        group: one of ``GROUPS``, or empty.
    """

    scope: str = ALL
    query: str = ""
    sort: Sort = Sort()
    sorted: bool = False
    group: str = ""


class Replaced(Struct, frozen=True):
    """A word of the query that no entry contains, and the words searched for instead, in a field or anywhere."""

    word: str
    by: tuple[str, ...]
    field: str = ""

    @property
    def message(self) -> str:
        """``No match for "segmantation"; showing segmentation``."""
        return f"{self._missing}; showing {' or '.join(self.by)}"

    @property
    def question(self) -> str:
        """``No match for "segmantation" (did you mean segmentation?)``, for a query without matches."""
        return f"{self._missing} (did you mean {' or '.join(self.by)}?)"

    @property
    def _missing(self) -> str:
        field = f"{self.field}:" if self.field else ""
        return f'No match for {field}"{self.word}"'


class Group(Struct, frozen=True):
    """Rows with the same group: their heading, the position of the first in the results, and their number."""

    title: str
    start: int
    count: int


class Results(Struct, frozen=True):
    """The results of a view.

    Args:
        rows: positions in ``index.entries``, in order; unless grouped, computed when they are read.
        total: the number of entries in the catalog.
        counts: the number of matches by scope, and by facet value as ``field:value``, in all scopes; each counted at
            first use.
        query: the parsed text.
        sort: the order of the rows.
        hints: what is incomplete, wrong or replaced in the text.
        replaced: the words that no entry contains, and what was searched for instead.
        matching: the set of rows that match, in all scopes.
        shown: the set of ``rows``.
        groups: the groups of the rows; empty if the view is not grouped.
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
