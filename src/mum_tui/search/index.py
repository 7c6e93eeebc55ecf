"""An index over a catalog that runs a ``View`` within a frame, whether it has 300 entries or a million.

Every set of entries (a section, a facet value, the matches of a word) is one integer whose bit *n* is set if row *n* is
in the set: intersecting and counting sets takes microseconds. Rows are numbered newest first, which is the default
order. Each section of the index is read from a compiled catalog when it is first needed; for a catalog that is not
compiled, the sections are built in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, cached_property, partial
from itertools import accumulate
from operator import or_
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec.structs import replace

from mum_tui.catalog import compiled_form
from mum_tui.catalog.model import Catalog, Entry, Loaded
from mum_tui.reading_status import STATUSES
from mum_tui.search import rowset, texts
from mum_tui.search.annotations import ANNOTATION_FIELDS, NO_ANNOTATIONS, AnnotatedRows, Annotations
from mum_tui.search.counts import Counts
from mum_tui.search.facet_values import FacetValues
from mum_tui.search.finder import LEVELS, Finder
from mum_tui.search.grammar import BY_NAME, TEXT, VALUE
from mum_tui.search.intent import Intent
from mum_tui.search.nodes import (
    All,
    Any,
    Node,
    Term,
    Years,
    free_texts,
    included_terms,
)
from mum_tui.search.parse import parse
from mum_tui.search.query import REPLACED, WRONG, Hint, Query
from mum_tui.search.rows import Rows, grouped
from mum_tui.search.view import (
    ALL,
    AVAILABLE,
    BOOKMARKS,
    GROUPS,
    RELEVANCE,
    Group,
    Replaced,
    Results,
    Sort,
    View,
    default_sort,
    scope_section,
    section_scope,
)
from mum_tui.storage.container import Container, Damaged, pack
from mum_tui.text import fold

if TYPE_CHECKING:
    from mum_tui.search import build

T = TypeVar("T")

INDEXED = "order.title"
"""A section that every index contains: a container with this section has an index."""


class Index:
    """Runs views over one catalog. Row numbers are positions in ``entries``, which are sorted newest first.

    ``row_by_id`` maps ids and aliases to rows.

    Args:
        catalog: the catalog to search.
        container: its compiled form; if None or without an index, the index is built in memory.
        progress: called with the progress of building.
    """

    def __init__(
        self,
        catalog: Catalog,
        container: Container | None = None,
        progress: build.Progress | None = None,
    ) -> None:
        if container is None or INDEXED not in container:
            from mum_tui.catalog.encoded import newest_first
            from mum_tui.search import build

            catalog = replace(catalog, entries=newest_first(catalog.entries))
            sections = {**compiled_form.sections(Loaded(catalog)), **build.sections(catalog, progress)}
            container = Container(b"".join(pack(sections, "")), "")
        self.catalog = catalog
        self.entries: Sequence[Entry] = catalog.entries
        self.size = len(catalog.entries)
        self.everything = (1 << self.size) - 1
        self._read_from(container)

    def _read_from(self, container: Container) -> None:
        self.container = container
        self.finder = Finder(container, self.size)
        self.row_by_id = self.finder.row_by_id
        self._annotated = AnnotatedRows(NO_ANNOTATIONS, self.row_by_id.get, self.size)
        self._intent = Intent(self.finder)
        self._orders: dict[Sort, Sequence[int] | None] = {}
        self._groups_by_column: dict[str, tuple[Sequence[int], Sequence[str]]] = {}
        self._facets: FacetValues | None = None

    def _rebuild(self) -> None:
        """Build the index again from the entries after a stored section was found damaged."""
        from mum_tui.search import build

        catalog = replace(self.catalog, entries=list(self.entries))
        sections = {**compiled_form.sections(Loaded(catalog)), **build.sections(catalog)}
        self._read_from(Container(b"".join(pack(sections, "")), ""))

    def read_or_rebuild(self, read: Callable[[], T]) -> T:
        """Return the result of ``read``. If the index is damaged, rebuild it and call ``read`` again."""
        try:
            return read()
        except Damaged:
            self._rebuild()
            return read()

    # -- running views

    def run(
        self,
        view: View,
        annotations: Annotations = NO_ANNOTATIONS,
        scopes: Mapping[str, int] | None = None,
    ) -> Results:
        """Run a view and return its results.

        Args:
            view: scope, query, order and groups.
            annotations: the user's bookmarks, statuses, ratings, tags and notes.
            scopes: the rows, by name, of scopes that only the caller knows.
        """
        return self.read_or_rebuild(lambda: self._run(view, annotations, scopes or {}))

    def _run(self, view: View, annotations: Annotations, scopes: Mapping[str, int]) -> Results:
        annotated = self.annotated(annotations)
        query = self._intent.as_title(view.query, parse(view.query))
        tree = query.tree
        matching = self.finder.rows(tree, annotated)
        replacements: tuple[Replaced, ...] = ()
        if not matching and (narrower := self._intent.without_extra_words(query, view.query)):
            tree, query = narrower.tree, narrower
            matching = self.finder.rows(tree, annotated)
        if not matching and self.size and not query.is_empty:
            tree, replacements = self._intent.respelled(query, annotated)
            matching = self.finder.rows(tree, annotated) if replacements else 0
        replaced = replacements if matching else ()
        hints = (
            *(
                Hint(REPLACED, replacement.message) if matching else Hint(WRONG, replacement.question)
                for replacement in replacements
            ),
            *self._intent.unknown_values(
                query, annotated, {(replacement.word, replacement.field) for replacement in replacements}
            ),
            *(self._intent.unknown_identifiers(query) if not matching else ()),
            *query.hints,
        )
        hints = tuple(dict.fromkeys(hints))
        in_scope = scopes[view.scope] if view.scope in scopes else self.scope_rows(view.scope, annotated)
        shown = matching & in_scope
        sort = self._sort(view, tree)
        rows: Sequence[int] = self._ordered(shown, sort, tree, annotated)
        groups: tuple[Group, ...] = ()
        if view.group in GROUPS:
            rows, groups = grouped(rows, shown, self._groups(view.group), is_reversed=_is_reversed(view.group, sort))
        counts = Counts(self, matching, annotated)
        return Results(rows, self.size, counts, query, sort, hints, replaced, matching, shown, groups)

    def annotated(self, annotations: Annotations) -> AnnotatedRows:
        """The annotations as row sets, updated only if they changed."""
        before = self._annotated
        if annotations is before.annotations:
            return before
        changed = annotations.changed_since(before.annotations)
        if changed is not None:
            self._annotated = before.updated(annotations, changed) if changed else before
        elif annotations != before.annotations:
            self._annotated = AnnotatedRows(annotations, self.row_by_id.get, self.size)
        return self._annotated

    def warm_up(self) -> None:
        """Read in advance, in the background, the sections that the first key needs."""
        try:
            self.finder.warm_up()
            _ = self._annotated.conditions, self.synonyms
            if self.size <= _MAX_WARMED_UP:
                self._intent.speller("").nearest("warming up")
        except Damaged:
            self._rebuild()

    # -- rows

    def rows_of(self, ids: Collection[str]) -> int:
        """The rows of these entry ids and aliases; ids that are not in the catalog are skipped."""
        known = (self.row_by_id.get(identifier) for identifier in ids)
        return rowset.of_rows([row for row in known if row is not None], self.size)

    def scope_rows(self, scope: str, annotated: AnnotatedRows) -> int:
        """The rows of a scope; none for an unknown scope."""
        if scope == ALL:
            return self.everything
        if scope in annotated.scopes:
            return annotated.scopes[scope]
        return self.facet_rows("section", scope_section(scope), annotated)

    def facet_rows(self, field: str, value: str, annotated: AnnotatedRows) -> int:
        """The rows with exactly this value; none for an unknown value."""
        if field in ANNOTATION_FIELDS:
            return annotated.conditions.get(f"{field}:{value}", 0)
        listed = self.finder.values(field)
        position = listed.positions.get(value)
        return 0 if position is None else listed.bits(position)

    # -- scopes and facets

    @property
    def scopes(self) -> list[str]:
        """The scopes: everything, the bookmarks, and every section in reading order."""
        sections = (section_scope(section.id) for top in self.catalog.sections for _, section in top.walk())
        return [ALL, BOOKMARKS, *sections]

    @property
    def facets(self) -> FacetValues:
        """For each facet, the used values, as ``field:value`` in reading order."""
        if self._facets is None:
            self._facets = FacetValues(lambda field: self.finder.values(field), self.read_or_rebuild)
        return self._facets

    @cached_property
    def synonyms(self) -> Sequence[texts.FoldedSynonyms]:
        """The synonyms of the terms of all vocabularies."""
        return texts.folded_synonyms(self.catalog)

    def facet_values_in(self, query: Query) -> set[str]:
        """The facet values (``field:value``) that the query requires by their full name."""
        conditions = set()
        nodes = query.tree.operands if isinstance(query.tree, All) else (query.tree,)
        for node in nodes:
            match node:
                case Years(first=first, last=last) if first == last:
                    conditions.add(f"year:{first}")
                case Term(text=text, field=field) if field and BY_NAME[field].type != TEXT:
                    if field in ("is", "status"):
                        conditions.add(f"{field}:{text}")
                    else:
                        conditions |= {f"{field}:{name}" for name in self._values_spelled(field, text)}
                case Any(operands=(Term(field=field), *_) as operands) if field and BY_NAME[field].type == VALUE:
                    # Two spellings of one word name one value.
                    spelled = [self._values_spelled(field, term.text) for term in operands if isinstance(term, Term)]
                    if len(spelled) == len(operands) and all(names == spelled[0] for names in spelled):
                        conditions |= {f"{field}:{name}" for name in spelled[0]}
        return conditions

    def _values_spelled(self, field: str, text: str) -> list[str]:
        """The values of a field with this full name; none of ``usedby``, whose values are entries."""
        return [] if field == "usedby" else self.read_or_rebuild(partial(self._read_values_spelled, field, text))

    def _read_values_spelled(self, field: str, text: str) -> list[str]:
        listed = self.finder.values(field)
        return [listed.all[position].name for position in listed.exactly(text)]

    # -- order

    def _sort(self, view: View, tree: Node) -> Sort:
        if view.sort.column == RELEVANCE or not view.sorted:
            by_words = any(not term.field for term in included_terms(tree))
            return Sort(RELEVANCE) if by_words else Sort() if view.sort.column == RELEVANCE else view.sort
        return view.sort

    def _ordered(self, bits: int, sort: Sort, tree: Node, annotated: AnnotatedRows) -> Rows:
        if sort.column == RELEVANCE:
            by_title = cache(lambda: self.finder.rows_with_title(tree, bits))

            def rows_of_tier(tier: int) -> int:
                if tier == 0:
                    return self._rows_with_exact_name(tree)
                whole, inside = by_title()
                if tier < 3:
                    return self.finder.rows_with_name(tree) | (inside if tier == 2 else whole)
                return self.finder.at_level(tree, tier - 3, annotated) | inside

            return Rows(bits, self.size, None, rows_of_tier, LEVELS + 3, tree)
        if tiers := self._tiers(sort, annotated):
            better = tuple(accumulate(tiers, or_))
            return Rows(bits, self.size, None, better.__getitem__, len(better) + 1, better)
        return Rows(bits, self.size, self._order(sort))

    def _rows_with_exact_name(self, tree: Node) -> int:
        """The rows whose short name equals the free words of a query, with punctuation: ``Ark`` but not ``Ark+``."""
        named = self.finder.rows_with_name(tree)
        if not named or named.bit_count() > _MAX_SAME_NAME:
            return 0
        texts_of_query = {*free_texts(tree)}
        rows = [row for row in rowset.walk(named) if " ".join(fold(self.entries[row].name).split()) in texts_of_query]
        return rowset.of_rows(rows, self.size)

    def _tiers(self, sort: Sort, annotated: AnnotatedRows) -> tuple[int, ...]:
        """The tiers of an order by link or annotation: the rows of each value but the last; empty for other orders."""
        tiers: tuple[int, ...]
        if sort.column in AVAILABLE:
            tiers = (self.facet_rows("has", sort.column, annotated),)
        elif sort.column == "status":
            tiers = tuple(annotated.conditions[f"status:{status}"] for status in STATUSES)
            return tiers if sort.descending else tiers[::-1]
        elif sort.column == "rating":
            tiers = tuple(annotated.ratings.values())
            return tiers if sort.descending else tiers[::-1]
        elif condition := {"bookmark": "is:bookmarked", "note": "is:noted"}.get(sort.column):
            tiers = (annotated.conditions[condition],)
        else:
            return ()
        return tiers if sort.descending else (self.everything & ~tiers[0],)

    def _groups(self, name: str) -> tuple[Sequence[int], Sequence[str]]:
        """The group number of each row, and the titles of the groups by number."""
        if name not in self._groups_by_column:
            try:
                titles = msgspec.msgpack.decode(self.container.view(f"group.{name}.titles"), type=list[str])
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise Damaged from error
            self._groups_by_column[name] = self.container.numbers(f"group.{name}"), titles
        return self._groups_by_column[name]

    def _order(self, sort: Sort) -> Sequence[int] | None:
        """All rows in the order of ``sort``, those without a value last in both directions; None for ascending rows."""
        if sort == Sort():
            return None
        if sort not in self._orders:
            down = ".down" if sort.descending else ""
            self._orders[sort] = self.container.numbers(f"order.{sort.column}{down}")
        return self._orders[sort]


_MAX_SAME_NAME = 50
"""The most entries with one name whose punctuation is compared."""


def _is_reversed(group: str, sort: Sort) -> bool:
    """Whether the rows are sorted by the column they are grouped by, in reverse of its default direction."""
    return sort.column == group and sort != default_sort(group)


_MAX_WARMED_UP = 20_000
"""The most entries of a catalog whose words are collected before the first misspelt one."""
