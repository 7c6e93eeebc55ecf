"""The question the browser asks and the answer it shows, both frozen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from mum_tui.catalog.model import Entry
from mum_tui.search.query import Hint, Query
from mum_tui.text import fold

ALL = ""
BOOKMARKS = "bookmarks"
_SECTION = "section/"

ANNOTATION_SCOPE = "shelf/"
"""Begins the scopes of annotations: ``shelf/read``, ``shelf/noted``, ``shelf/tag:liver``. Sessions store them."""

RELEVANCE = "relevance"
"""The order that applies by itself when words are given."""


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
    "title": lambda entry: fold(entry.title),
    "authors": lambda entry: fold(entry.byline),
    "venue": lambda entry: fold(entry.venue),
}
"""What each sortable column sorts by; ``mark`` sorts by bookmark, ``relevance`` by how well the words fit."""


class View(Struct, frozen=True):
    """A question to the index: a scope (all, bookmarks, a section …), the text of the query input, an order.

    ``sorted`` says that the user chose the order; else the best matches come first when there are words.
    """

    scope: str = ALL
    query: str = ""
    sort: Sort = Sort()
    sorted: bool = False


class Replaced(Struct, frozen=True):
    """A word of the query that nothing contains, and what was looked for in its place."""

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


class Results(Struct, frozen=True):
    """The answer to a view.

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
    """

    rows: Sequence[int]
    total: int
    counts: Mapping[str, int]
    query: Query
    sort: Sort = Sort()
    hints: tuple[Hint, ...] = ()
    replaced: tuple[Replaced, ...] = ()
    matching: int = 0

    @property
    def hint(self) -> str:
        """The most useful one of the hints, in one line."""
        return self.hints[0].message if self.hints else ""
