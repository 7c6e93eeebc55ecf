"""An index over a catalog that answers a ``View`` within a frame.

Every set of entries (a section, a facet value, the matches of a word) is one integer whose bit *n* stands for
row *n*: intersecting and counting sets costs microseconds, and a query is arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from itertools import compress

from mum_tui.catalog.model import Catalog, Entry, rows_by_id
from mum_tui.search import rowset
from mum_tui.search.facets import FACETS
from mum_tui.search.query import Query, Term, parse
from mum_tui.search.view import ALL, BOOKMARKS, Results, Sort, View, section_scope
from mum_tui.text import fold

REMEMBERED = 64
"""Words whose matches are kept: typing one more letter searches only what matched before."""


def haystack(entry: Entry) -> str:
    """The folded text of an entry in which words are looked for."""
    parts = [
        entry.title,
        entry.name,
        *(name.display for name in entry.authors),
        entry.venue,
        str(entry.year or ""),
        entry.summary,
        entry.notes,
        *entry.modalities,
        *entry.dims,
        *entry.tasks,
        *entry.anatomy,
        *entry.tags,
        entry.kind,
        entry.id,
        *entry.aliases,
    ]
    for version in (entry.preprint, entry.published, entry.record):
        if version:
            parts.append(version.title)
    if entry.preprint:
        parts.append(entry.preprint.id)
    if entry.published:
        parts += [entry.published.container, entry.published.doi]
    return fold("\n".join(part for part in parts if part))


class Index:
    """Answers views over one catalog. Row numbers are positions in ``catalog.entries``."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.entries = catalog.entries
        self.size = len(catalog.entries)
        self.everything = (1 << self.size) - 1
        self._matches: dict[str, int] = {}
        self._orders: dict[Sort, list[int]] = {}

    def run(self, view: View, bookmarked: Collection[str] = ()) -> Results:
        """The entries a view asks for; ``bookmarked`` holds ids, also of entries that are not in the catalog."""
        query = parse(view.query)
        matching = self.matching(query)
        marked = self.rows_of(bookmarked)
        scopes = {**self.scopes, BOOKMARKS: marked}
        found = matching & scopes.get(view.scope, 0)
        counts = {scope: (bits & matching).bit_count() for scope, bits in scopes.items()}
        for values in self.facets.values():
            for condition, bits in values.items():
                counts[condition] = (bits & matching).bit_count()
        return Results(self._ordered(found, view.sort, marked), self.size, counts, query)

    def matching(self, query: Query) -> int:
        """The rows for which every condition of the query holds."""
        bits = self.everything
        for term in query.terms:
            found = self._field(term) if term.field else self._word(term.text)
            bits &= ~found if term.negated else found
        return bits

    def chosen(self, query: Query) -> set[str]:
        """The facet values (``field:value``) that the query asks for by their full name."""
        asked = {(term.field, term.text) for term in query.terms if term.field and not term.negated}
        return {
            condition
            for field, text in asked
            for condition in self.facets[field]
            if fold(condition.partition(":")[2]) == text
        }

    def rows_of(self, ids: Collection[str]) -> int:
        """The rows of these entry ids and aliases; ids that are not in the catalog are passed over."""
        known = (self.row_by_id.get(identifier) for identifier in ids)
        return rowset.of_rows((row for row in known if row is not None), self.size)

    @cached_property
    def row_by_id(self) -> dict[str, int]:
        """Row numbers by entry id and alias."""
        return rows_by_id(self.entries)

    @cached_property
    def haystacks(self) -> list[str]:
        """The folded text of every entry."""
        return [haystack(entry) for entry in self.entries]

    @cached_property
    def scopes(self) -> dict[str, int]:
        """The rows of everything and of each section with all that is below it."""
        own: dict[str, list[int]] = {}
        for row, entry in enumerate(self.entries):
            for home in {entry.section, *entry.sections}:
                own.setdefault(home, []).append(row)
        found = {ALL: self.everything}
        for top in self.catalog.sections:
            for _, section in top.walk():
                rows = (row for _, below in section.walk() for row in own.get(below.id, ()))
                found[section_scope(section.id)] = rowset.of_rows(rows, self.size)
        return found

    @cached_property
    def facets(self) -> dict[str, dict[str, int]]:
        """For each facet, its values as ``field:value`` in reading order, with their rows."""
        found: dict[str, dict[str, int]] = {}
        for facet in FACETS:
            rows: dict[str, list[int]] = {}
            for row, entry in enumerate(self.entries):
                for value in facet.values(entry):
                    rows.setdefault(value, []).append(row)
            ordered = sorted(rows, key=lambda value: facet.order(value, len(rows[value])))
            found[facet.field] = {f"{facet.field}:{value}": rowset.of_rows(rows[value], self.size) for value in ordered}
        return found

    def _field(self, term: Term) -> int:
        bits = 0
        for condition, rows in self.facets.get(term.field, {}).items():
            if fold(condition.partition(":")[2]).startswith(term.text):
                bits |= rows
        return bits

    def _word(self, word: str) -> int:
        if (known := self._matches.get(word)) is not None:
            return known
        # What contains the longer word contains the shorter one: look only there.
        within = next((self._matches[seen] for seen in reversed(self._matches) if seen in word), self.everything)
        bits = rowset.of_flags(
            map(lambda keep, text: keep and word in text, rowset.flags(within, self.size), self.haystacks)
        )
        if len(self._matches) >= REMEMBERED:
            del self._matches[next(iter(self._matches))]
        self._matches[word] = bits
        return bits

    def _ordered(self, bits: int, sort: Sort, marked: int) -> Sequence[int]:
        keep = rowset.flags(bits, self.size)
        if sort.column == "mark":
            is_marked = rowset.flags(marked, self.size)
            order = sorted(self._order(Sort()), key=lambda row: is_marked[row] != sort.descending)
        else:
            order = self._order(sort)
        return list(compress(order, map(keep.__getitem__, order)))

    def _order(self, sort: Sort) -> list[int]:
        """All rows in the order of ``sort``; rows without a value come last either way."""
        if sort not in self._orders:
            value = COLUMNS[sort.column]
            keys = [value(entry) for entry in self.entries]
            newest = sorted(range(self.size), key=lambda row: self.entries[row].date, reverse=True)
            full = sorted((row for row in newest if keys[row]), key=keys.__getitem__, reverse=sort.descending)
            self._orders[sort] = full + [row for row in newest if not keys[row]]
        return self._orders[sort]


COLUMNS: dict[str, Callable[[Entry], str]] = {
    "year": lambda entry: str(entry.year or ""),
    "title": lambda entry: fold(entry.title),
    "authors": lambda entry: fold(entry.byline),
    "venue": lambda entry: fold(entry.venue),
}
"""What each sortable column sorts by; ``mark`` sorts by bookmark."""
