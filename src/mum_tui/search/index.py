"""An index over a catalog that answers a ``View`` within a frame, whether it holds 300 entries or a million.

Every set of entries (a section, a facet value, the matches of a word) is one integer whose bit *n* stands for
row *n*: intersecting and counting sets costs microseconds, and a query is arithmetic. Rows are numbered newest
first, which is the order without any other. The index is read from the sections of a compiled catalog, each when it
is needed; for a catalog that has none they are made in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from itertools import accumulate
from operator import or_
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec.structs import replace

from mum_tui import identifiers
from mum_tui.annotation import STATUSES
from mum_tui.catalog import compiled_form
from mum_tui.catalog.model import Catalog, Entry, Loaded
from mum_tui.patterns import Pattern
from mum_tui.problems import did_you_mean
from mum_tui.search import rowset, texts
from mum_tui.search.annotations import ANNOTATION_FIELDS, NO_ANNOTATIONS, AnnotatedRows, Annotations
from mum_tui.search.counts import Counts
from mum_tui.search.finder import LEVELS, Finder
from mum_tui.search.grammar import BY_NAME, TEXT, VALUE
from mum_tui.search.listed import Listed
from mum_tui.search.nodes import (
    All,
    Any,
    Identified,
    Node,
    Term,
    Years,
    all_of,
    any_of,
    asked,
    excluded,
    identified,
    names,
)
from mum_tui.search.query import MAX_TERMS, REPLACED, WRONG, Hint, Query, parse
from mum_tui.search.rows import Rows, grouped
from mum_tui.search.variants import other_spelling
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
    scope_section,
    section_scope,
    usual,
)
from mum_tui.storage.container import Container, Damaged, pack
from mum_tui.text import fold, words_apart

if TYPE_CHECKING:
    from mum_tui.search import build, spelling

T = TypeVar("T")

INDEXED = "order.title"
"""A section that every index contains; tells whether a container has an index."""


class Index:
    """Answers views over one catalog. Row numbers are positions in ``entries``, which stand newest first.

    ``row_by_id`` maps ids and aliases to rows.

    Args:
        catalog: what to search.
        container: its compiled form; without one, or with one that has no index, the index is made in memory.
        progress: told how far making it is.
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
        self._spellers: dict[str, spelling.Speller] = {}
        self._orders: dict[Sort, Sequence[int] | None] = {}
        self._grouped: dict[str, tuple[Sequence[int], Sequence[str]]] = {}
        self._facets: Listed | None = None

    def _mend(self) -> None:
        """Build the index again from the entries, because a stored section is damaged."""
        from mum_tui.search import build

        catalog = replace(self.catalog, entries=list(self.entries))
        sections = {**compiled_form.sections(Loaded(catalog)), **build.sections(catalog)}
        self._read_from(Container(b"".join(pack(sections, "")), ""))

    def sound(self, read: Callable[[], T]) -> T:
        """The result of ``read``. On damaged data the index is built again and ``read`` repeated."""
        try:
            return read()
        except Damaged:
            self._mend()
            return read()

    # -- asking

    def run(
        self,
        view: View,
        annotations: Annotations = NO_ANNOTATIONS,
        scopes: Mapping[str, int] | None = None,
    ) -> Results:
        """Run a view and return its results.

        Args:
            view: what to search for, and the order.
            annotations: the user's, for bookmarks, statuses, tags and notes.
            scopes: the rows of scopes that only the caller knows, by name.
        """
        return self.sound(lambda: self._run(view, annotations, scopes or {}))

    def _run(self, view: View, annotations: Annotations, scopes: Mapping[str, int]) -> Results:
        annotated = self.annotated(annotations)
        query = self._as_title(view.query, parse(view.query))
        tree = query.tree
        matching = self.finder.rows(tree, annotated)
        meant: tuple[Replaced, ...] = ()
        if not matching and (named := self._named(query, view.query)):
            tree, query = named.tree, named
            matching = self.finder.rows(tree, annotated)
        if not matching and self.size and not query.is_empty:
            tree, meant = self._respelled(query, annotated)
            matching = self.finder.rows(tree, annotated) if meant else 0
        replaced = meant if matching else ()
        hints = (
            *(
                Hint(REPLACED, meant_word.message) if matching else Hint(WRONG, meant_word.question)
                for meant_word in meant
            ),
            *self._unknown(query, annotated, {(meant_word.word, meant_word.field) for meant_word in meant}),
            *(self._unidentified(query) if not matching else ()),
            *query.hints,
        )
        hints = tuple(dict.fromkeys(hints))
        inside = scopes[view.scope] if view.scope in scopes else self.scope_rows(view.scope, annotated)
        shown = matching & inside
        sort = self._sort(view, tree)
        rows: Sequence[int] = self._ordered(shown, sort, tree, annotated)
        groups: tuple[Group, ...] = ()
        if view.group in GROUPS:
            rows, groups = grouped(rows, shown, self._groups(view.group), turned=_is_turned(view.group, sort))
        counts = Counts(self, matching, annotated)
        return Results(rows, self.size, counts, query, sort, hints, replaced, matching, shown, groups)

    def annotated(self, annotations: Annotations) -> AnnotatedRows:
        """The annotations as row sets; updated only when they changed."""
        before = self._annotated
        if annotations is before.annotations:
            return before
        changed = annotations.changed_since(before.annotations)
        if changed is not None:
            self._annotated = before.later(annotations, changed) if changed else before
        elif annotations != before.annotations:
            self._annotated = AnnotatedRows(annotations, self.row_by_id.get, self.size)
        return self._annotated

    def warm_up(self) -> None:
        """In the background: read what the first key needs."""
        try:
            self.finder.warm_up()
            _ = self._annotated.conditions, self.synonyms
            if self.size <= _SPELLED_AHEAD:
                self._speller("").nearest("warming up")
        except Damaged:
            self._mend()

    # -- rows

    def rows_of(self, ids: Collection[str]) -> int:
        """The rows of these entry ids and aliases; ids that are not in the catalog are passed over."""
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
        """The rows that have exactly this value; none for an unknown value."""
        if field in ANNOTATION_FIELDS:
            return annotated.conditions.get(f"{field}:{value}", 0)
        listed = self.finder.values(field)
        position = listed.positions.get(value)
        return 0 if position is None else listed.bits(position)

    # -- what one can narrow by

    @property
    def scopes(self) -> list[str]:
        """Everything, the bookmarks, and every section in reading order."""
        sections = (section_scope(section.id) for top in self.catalog.sections for _, section in top.walk())
        return [ALL, BOOKMARKS, *sections]

    @property
    def facets(self) -> Listed:
        """For each facet, the values that an entry has, as ``field:value`` in reading order."""
        if self._facets is None:
            self._facets = Listed(lambda field: self.finder.values(field), self.sound)
        return self._facets

    @cached_property
    def synonyms(self) -> Sequence[texts.FoldedSynonyms]:
        """Other words for the terms of the vocabularies."""
        return texts.folded_synonyms(self.catalog)

    def chosen(self, query: Query) -> set[str]:
        """The facet values (``field:value``) that the query names in full."""
        conditions = set()
        nodes = query.tree.of if isinstance(query.tree, All) else (query.tree,)
        for node in nodes:
            match node:
                case Years(first=first, last=last) if first == last:
                    conditions.add(f"year:{first}")
                case Term(text=text, field=field) if field and BY_NAME[field].type != TEXT:
                    if field in ("is", "status"):
                        conditions.add(f"{field}:{text}")
                    elif field != "usedby":
                        conditions |= {f"{field}:{name}" for name in self.sound(partial(self._spelled, field, text))}
                case Any(of=(Term(field=field), *_) as of) if field and BY_NAME[field].type == VALUE:
                    # One word in two spellings asks for one value.
                    spelled = [self._spelled(field, term.text) for term in of if isinstance(term, Term)]
                    if len(spelled) == len(of) and all(names == spelled[0] for names in spelled):
                        conditions |= {f"{field}:{name}" for name in spelled[0]}
        return conditions

    def _spelled(self, field: str, text: str) -> list[str]:
        listed = self.finder.values(field)
        return [listed.all[position].name for position in listed.exactly(text)]

    # -- order

    def _sort(self, view: View, tree: Node) -> Sort:
        if view.sort.column == RELEVANCE or not view.sorted:
            by_words = any(not term.field for term in asked(tree))
            return Sort(RELEVANCE) if by_words else Sort() if view.sort.column == RELEVANCE else view.sort
        return view.sort

    def _ordered(self, bits: int, sort: Sort, tree: Node, annotated: AnnotatedRows) -> Rows:
        if sort.column == RELEVANCE:
            titled = cache(lambda: self.finder.titled(tree, bits))

            def fitting(tier: int) -> int:
                if tier == 0:
                    return self._named_so(tree)
                whole, inside = titled()
                if tier < 3:
                    return self.finder.called(tree) | (inside if tier == 2 else whole)
                return self.finder.at_level(tree, tier - 3, annotated) | inside

            return Rows(bits, self.size, None, fitting, LEVELS + 3, tree)
        if tiers := self._tiers(sort, annotated):
            better = tuple(accumulate(tiers, or_))
            return Rows(bits, self.size, None, better.__getitem__, len(better) + 1, better)
        return Rows(bits, self.size, self._order(sort))

    def _named_so(self, tree: Node) -> int:
        """The rows whose short name is what a query's words say to the sign: ``Ark``, and not ``Ark+``."""
        called = self.finder.called(tree)
        if not called or called.bit_count() > _CALLED:
            return 0
        said = {*names(tree)}
        rows = [row for row in rowset.walk(called) if " ".join(fold(self.entries[row].name).split()) in said]
        return rowset.of_rows(rows, self.size)

    def _tiers(self, sort: Sort, annotated: AnnotatedRows) -> tuple[int, ...]:
        """For an order by whether rows have something, or how much of it: the rows of each value, but the last."""
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
        """The number of each row's group, and the titles of the groups by number."""
        if name not in self._grouped:
            try:
                titles = msgspec.msgpack.decode(self.container.view(f"group.{name}.titles"), type=list[str])
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise Damaged from error
            self._grouped[name] = self.container.numbers(f"group.{name}"), titles
        return self._grouped[name]

    def _order(self, sort: Sort) -> Sequence[int] | None:
        """All rows in the order of ``sort``; rows without a value come last either way."""
        if sort == Sort():
            return None
        if sort not in self._orders:
            down = ".down" if sort.descending else ""
            self._orders[sort] = self.container.numbers(f"order.{sort.column}{down}")
        return self._orders[sort]

    # -- what was meant

    def _as_title(self, text: str, query: Query) -> Query:
        """The query for a title where a text is one that holds what would otherwise be an operator, a field or a
        sign; every other query as it is."""
        if text.count(" ") < _TITLE_SPACES or _is_plain(query):
            return query
        phrase = words_apart(" ".join(fold(text).split()))
        term = Term(phrase, texts.TITLE)
        if " " not in phrase or not self.finder.vocabularies[texts.TITLE].phrase(phrase, self.everything).rows:
            return query
        hint = Hint(REPLACED, "read as a title: its capitals and signs are no operators")
        return Query(term, (hint,), is_blank=False)

    def _named(self, query: Query, text: str) -> Query | None:
        """The query for the works alone whose identifiers or titles are pasted, where nothing has the words around
        them, too."""
        nodes: list[Node] = [node for node in identified(query.tree) if self.finder.identified(node.identifier)]
        nodes = nodes or [Identified(name) for name in self._names_in(text) if self.finder.identified(name)]
        if nodes:
            shown = " or ".join(dict.fromkeys(node.text for node in nodes if isinstance(node, Identified)))
            return Query(any_of(nodes), (Hint(REPLACED, f"no entry has all of it; showing {shown}"),), is_blank=False)
        has_fields = any(term.field not in ("", "author") for term in asked(query.tree)) and _TIGHT.search(text)
        if has_fields or (title := self._title_in(text)) is None:
            return None
        return Query(
            title, (Hint(REPLACED, f"no entry has all of it; showing the title {title.text}"),), is_blank=False
        )

    def _names_in(self, text: str) -> Iterator[str]:
        """The identifiers that stand in a text; of one that holds nothing but ids, these."""
        yield from identifiers.named_in(text[:_REFERENCE])
        words = _BETWEEN_IDS.sub(" ", text).split()
        if 1 < len(words) <= MAX_TERMS and all(word.lower() in self.row_by_id for word in words):
            yield from (f"{identifiers.KEY}{word.lower()}" for word in words)

    def _title_in(self, text: str) -> Term | None:
        """The longest part of a pasted reference that is a title, or the beginning of one."""
        titles = self.finder.vocabularies[texts.TITLE]
        if text.count(" ") < _TITLE_SPACES:
            return None
        parts = [words_apart(" ".join(fold(part).split())) for part in _PARTS_OF_REFERENCE.split(text[:_REFERENCE])]
        for part in sorted(filter(None, parts), key=len, reverse=True)[:_PARTS]:
            rows = titles.phrase(part, self.everything).rows if " " in part else titles.whole(part)
            if part.count(" ") >= _TITLE_SPACES and rows:
                return Term(part, texts.TITLE)
            if titles.lines(part, rows):
                return Term(part)
        return None

    def _unknown(self, query: Query, annotated: AnnotatedRows, done: Collection[tuple[str, str]]) -> Iterator[Hint]:
        """A hint for every value that its field does not have."""
        for term in (*asked(query.tree), *excluded(query.tree)):
            if not term.field or (term.text, term.field) in done:
                continue
            if not self.finder.is_known(term, annotated):
                near = "" if term.field == "usedby" else self._meant(term, annotated)
                hint = f" ({near})" if near else ""
                yield Hint(WRONG, f'{term.field} has no value "{term.text}"{hint}')
            elif term.field == "kind" and not self.finder.rows(term, annotated):
                listed = self.finder.values("kind")
                kinds = [value.name for position, value in enumerate(listed.all) if listed.count(position)]
                yield Hint(WRONG, f"no entry is a {term.text}; kinds: {', '.join(kinds)}")

    def _unidentified(self, query: Query) -> Iterator[Hint]:
        """A hint for every pasted identifier that no entry has."""
        nodes = [node for node in identified(query.tree) if not self.finder.identified(node.identifier)]
        # ``owner/name`` is looked for on several hosts, but it is one repository that is missing.
        paths = [node.identifier.partition("/")[2] for node in nodes if node.identifier.startswith("url:")]
        for node in nodes:
            scheme, name = node.identifier.partition(":")[::2]
            if scheme == "url" and paths.count(path := name.partition("/")[2]) > 1:
                yield Hint(WRONG, f"no entry links to a repository {path}")
                continue
            near = self._near_identifiers(scheme, name)
            hint = f" (did you mean {' or '.join(near)}?)" if near else ""
            if scheme == "key":
                yield Hint(WRONG, f'no entry has the id "{name}"{hint}')
            elif scheme == "url":
                yield Hint(WRONG, f"no entry links to {name}{hint}")
            else:
                yield Hint(WRONG, f"no entry has the {'DOI' if scheme == 'doi' else 'arXiv number'} {name}{hint}")

    def _near_identifiers(self, scheme: str, name: str) -> list[str]:
        """The ids, or the numbers and DOIs, that differ least from one that no entry has; of the latter, that differ
        in one character or in the order of two."""
        if self.size > _NAMED or scheme == "url":
            return []
        if scheme == "key":
            return self.row_by_id.near(name)
        from mum_tui.search import spelling

        words = (word.decode("utf-8", "replace") for word in self.finder.vocabularies[texts.ID].words())
        alike = [
            word for word in words if abs(len(word) - len(name)) < 2 and word.startswith("10.") == (scheme == "doi")
        ]
        return spelling.closest(name, alike, 1)[: spelling.SHOWN]

    def _meant(self, term: Term, annotated: AnnotatedRows) -> str:
        known = [value.name for value in self.finder.known_values(term.field, annotated)]
        return did_you_mean(term.text, known) if len(known) <= _COMPARED else ""

    def _respelled(self, query: Query, annotated: AnnotatedRows) -> tuple[Node, tuple[Replaced, ...]]:
        """The query with the nearest words in the place of those that nothing contains."""
        replaced: dict[Term, Replaced] = {}
        seen: set[tuple[str, str]] = set()
        for term in dict.fromkeys(asked(query.tree)):
            if (other_spelling(term.text), term.field) in seen:
                continue
            seen.add((term.text, term.field))
            if not self.finder.rows(term, annotated) and (near := self._near(term, annotated)):
                replaced[term] = Replaced(term.text, near, term.field)
        return _with(query.tree, replaced), tuple(replaced.values())

    def _speller(self, field: str) -> spelling.Speller:
        if field not in self._spellers:
            from mum_tui.search import spelling

            vocabularies = self.finder.vocabularies
            of = [vocabularies[name] for name in ((field,) if field else _SPELLED)]
            self._spellers[field] = spelling.Speller(of)
        return self._spellers[field]

    def _near(self, term: Term, annotated: AnnotatedRows) -> tuple[str, ...]:
        if term.is_phrase:
            from mum_tui.search import fallbacks

            return fallbacks.phrases(term, self.finder, self._speller(texts.AUTHORS).nearest) if term.field else ()
        if term.field == texts.AUTHORS and term.text.isalpha():
            from mum_tui.search import fallbacks

            if spaced := fallbacks.spaced_names(term.text, self.finder):
                return spaced
        if not term.field or term.field in self.finder.vocabularies:
            return self._near_id(term) or self._speller(term.field).nearest(term.text) or self._parts(term, annotated)
        if BY_NAME[term.field].type == TEXT or self.finder.is_known(term, annotated) or term.field == "usedby":
            return ()
        from mum_tui.search import spelling

        spelled = [
            spelling_of_value
            for value in self.finder.known_values(term.field, annotated)
            for spelling_of_value in value.spellings
        ]
        if parts := self._parts(term, annotated):
            return parts
        near = spelling.closest(term.text, spelled)
        return tuple(near[: spelling.SHOWN])

    def _near_id(self, term: Term) -> tuple[str, ...]:
        """The ids that a mistyped one may be, where a word looks like one."""
        if term.field not in ("", "id") or self.size > _NAMED or not _LIKE_ID.match(term.text):
            return ()
        from mum_tui.search import spelling

        near = self.row_by_id.near(term.text, spelling.SHOWN)
        return tuple(spelling.closest(term.text, near) or near[:1])

    def _parts(self, term: Term, annotated: AnnotatedRows) -> tuple[str, ...]:
        """The parts of a word with a sign inside (``sam/medsam``), where some entry has all of them."""
        parts = words_apart(_YEAR_BEHIND.sub(r" \1", term.text)).split() if ":" not in term.text else []
        every = All(tuple(Term(part, term.field) for part in parts))
        return (" ".join(parts),) if 1 < len(parts) <= _PARTS and self.finder.rows(every, annotated) else ()


def _is_plain(query: Query) -> bool:
    """Whether a query asks for words alone."""
    nodes = query.tree.of if isinstance(query.tree, All) else (query.tree,)
    return not query.hints and all(map(_is_word, nodes))


def _is_word(node: Node) -> bool:
    """Whether a node asks for one word, whatever its spelling."""
    match node:
        case Term(field=""):
            return True
        case Any(of=(Term(text=text, field=""), Term(text=other, field=""))):
            return other == other_spelling(text)
    return False


_LIKE_ID = Pattern(r"(?=[\w-]*[a-z])(?=[\w-]*\d{4})[\w-]+$")
"""Ids are a name, a year and a word."""
_YEAR_BEHIND = Pattern(r"(?<=[a-z])((?:19|20)\d\d)$")
"""A year that is written behind a word: ``miccai2023``."""
_BETWEEN_IDS = Pattern(r"[\s,;]+")
_PARTS_OF_REFERENCE = Pattern(r"[.?!,]?[\"“”]|[.?!,;]\s+|\s\(\d{4}[a-z]?\)[.,:]?\s")
"""What stands between the names, the title and the rest of a reference."""
_REFERENCE = 5_000
"""The most characters of a text that are read as a reference."""
_TIGHT = Pattern(r":[^\s:/]")
"""A value right behind a field's colon; in a title there is a space."""
_CALLED = 50
"""The most entries of one name among which signs are compared."""
_PARTS = 5
_TITLE_SPACES = 3
"""The fewest spaces in a text that is taken for a title although it could be a query."""


def _is_turned(group: str, sort: Sort) -> bool:
    """Whether the rows are sorted by what they are grouped by, the other way round."""
    return sort.column == group and sort != usual(group)


_SPELLED = ("title", "author", "venue", "labels", "body")
"""Groups of texts whose words may replace a misspelt one."""

_SPELLED_AHEAD = 20_000
"""The most entries for which words are gathered before one is misspelt."""

_NAMED = 50_000
"""The most entries for which the nearest id is looked for while an id is typed."""

_COMPARED = 500
"""The most values of a field among which a hint looks for the nearest."""


def _with(node: Node, replaced: Mapping[Term, Replaced]) -> Node:
    match node:
        case Term() if node in replaced and node.is_phrase:
            return any_of([Term(by, node.field) for by in replaced[node].by])
        case Term() if node in replaced:
            terms = tuple(all_of([Term(word, node.field) for word in by.split()]) for by in replaced[node].by)
            return terms[0] if len(terms) == 1 else Any(terms)
        case All(of=of):
            return All(tuple(_with(child, replaced) for child in of))
        case Any(of=of):
            return Any(tuple(_with(child, replaced) for child in of))
        case _:
            return node
