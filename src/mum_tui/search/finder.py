"""Which rows a condition holds for, and how well: the query's tree carried out over an index's sections."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from mum_tui.bounded_cache import BoundedCache
from mum_tui.catalog.names import NameTable
from mum_tui.search import rowset, texts, values
from mum_tui.search.annotations import AnnotatedRows
from mum_tui.search.fragments import Fragments, is_fragment
from mum_tui.search.grammar import ANNOTATION, BY_NAME, FIELDS, VALUE
from mum_tui.search.query import All, Any, Node, Not, Term, Years
from mum_tui.search.values import Value, Values
from mum_tui.search.vocabulary import Matches, Vocabulary
from mum_tui.storage.container import Container

LEVELS = 6
"""How well a word fits: whole in the title or name, inside a word there, whole in an author's name, inside one,
whole elsewhere, inside a word elsewhere. Of a query's words the one that fits worst counts."""

_WORDS_CACHED = 24
"""Words whose rows are cached."""


Levels = tuple[int, ...]
"""The rows in which a word fits as well as each level or better; the last are all in which it stands."""


class Finder:
    """Carries out conditions. Raises ``Damaged`` where a section is not what it was."""

    def __init__(self, container: Container, size: int) -> None:
        self._container, self.size = container, size
        self.everything = (1 << size) - 1
        self.vocabularies = {name: Vocabulary(container, name, size) for name in (*texts.GROUPS, texts.RUNS)}
        self._values: dict[str, Values] = {}
        self._levels: BoundedCache[str, Levels] = BoundedCache(_WORDS_CACHED)

    # -- what there is

    def values(self, field: str) -> Values:
        """The values of a field."""
        if field not in self._values:
            self._values[field] = Values(self._container, field, self.size)
        return self._values[field]

    @cached_property
    def fragments(self) -> Fragments:
        """Rows by short fragments."""
        return Fragments(self._container, self.size)

    def warm_up(self) -> None:
        """Read what the first word would otherwise wait for."""
        _ = self.fragments
        for vocabulary in self.vocabularies.values():
            vocabulary.warm_up()
        for field in FIELDS:
            if field.type == VALUE and field.name != "usedby":
                self.values(field.name).warm_up()

    def known_values(self, field: str, annotated: AnnotatedRows) -> list[Value]:
        """Everything a field can be asked for."""
        if BY_NAME[field].type == ANNOTATION:
            return [Value(name, name, (name,)) for name in annotated.values(field)]
        if field == "tag":
            tags = [Value(tag, tag, (tag,)) for tag in annotated.tags]
            return [*self.values(field).all, *tags]
        return self.values(field).all

    def is_known(self, term: Term, annotated: AnnotatedRows) -> bool:
        """Whether a field has such a value."""
        if BY_NAME[term.field].type not in (VALUE, ANNOTATION):
            return True
        if term.field == "usedby":
            return bool(self._named(term.text))
        return bool(values.chosen(term.text, self.known_values(term.field, annotated)))

    # -- carrying out

    def rows(self, node: Node, annotated: AnnotatedRows) -> int:
        """The rows for which a condition holds."""
        return self.at_level(node, LEVELS - 1, annotated)

    def at_level(self, node: Node, level: int, annotated: AnnotatedRows) -> int:
        """The rows for which a condition holds, its words fitting as well as this level or better."""
        match node:
            case Term(text=text, field=""):
                bits = self.levels(text)[level]
                return bits | annotated.anywhere(text, self.size) if level == LEVELS - 1 else bits
            case Term():
                return self._field(node, annotated)
            case Years():
                return self._years(node)
            case Not(of=of):
                return self.everything & ~self.rows(of, annotated)
            case All(of=of):
                bits = self.everything
                for node_of in of:
                    if bits:
                        bits &= self.at_level(node_of, level, annotated)
                return bits
            case Any(of=of):
                bits = 0
                for node_of in of:
                    bits |= self.at_level(node_of, level, annotated)
                return bits

    def levels(self, text: str) -> Levels:
        """The rows in which a free word or phrase stands, by level."""
        return self._levels.get_or_make(text, lambda: self._short(text) if is_fragment(text) else self._long(text))

    def _long(self, text: str) -> Levels:
        title, author = self._in(texts.TITLE, text), self._in(texts.AUTHORS, text)
        ids = texts.RUNS if texts.is_run(text) else texts.ID
        rest = [self._in(name, text) for name in (texts.VENUE, ids, texts.LABELS, texts.BODY)]
        levels = [title.whole, title.rows, author.whole, author.rows, 0, 0]
        for matches in rest:
            levels[4] |= matches.whole
            levels[5] |= matches.rows
        for level in range(1, LEVELS):
            levels[level] |= levels[level - 1]
        return tuple(levels)

    def _short(self, text: str) -> Levels:
        """One or two letters rank by whole words only."""
        if annotated := self.fragments.find(text):
            rows, title, author = annotated
            author |= title
        else:
            rows = 0
            for name in texts.GROUPS:
                rows |= self._in(name, text).rows
            title = self.vocabularies[texts.TITLE].whole(text)
            author = title | self.vocabularies[texts.AUTHORS].whole(text)
        return (title, title, author, author, author, rows)

    def _in(self, group: str, text: str) -> Matches:
        vocabulary = self.vocabularies[group]
        return vocabulary.phrase(text, self.everything) if " " in text else vocabulary.find(text)

    def _field(self, term: Term, annotated: AnnotatedRows) -> int:
        field, text = term.field, term.text
        if field in self.vocabularies:
            return self._in(field, text).rows
        if field == "note":
            return annotated.noted(text, self.size)
        if field == "usedby":
            return self._used_by(text)
        listed = self.known_values(field, annotated)
        places = values.chosen(text, listed)
        if BY_NAME[field].type == ANNOTATION:
            bits = 0
            for place in places:
                bits |= annotated.conditions[f"{field}:{listed[place].name}"]
            return bits
        catalog_values = len(self.values(field).all)
        bits = self._rows_of_values(self.values(field), [place for place in places if place < catalog_values])
        for place in places:
            if place >= catalog_values:
                bits |= annotated.tags[listed[place].name]
        return bits

    def _rows_of_values(self, values: Values, places: Sequence[int]) -> int:
        if len(places) > 20:
            return values.rows(places)
        bits = 0
        for place in places:
            bits |= values.bits(place)
        return bits

    def _years(self, years: Years) -> int:
        year_values = self.values("year")
        listed = [place for place, value in enumerate(year_values.all) if years.first <= int(value.name) <= years.last]
        return self._rows_of_values(year_values, listed)

    # -- relations

    @cached_property
    def _names(self) -> NameTable:
        return NameTable(self._container, "names")

    def _named(self, text: str) -> Sequence[int]:
        return self._names.exactly(text) or self._names.starting(text)

    def _used_by(self, text: str) -> int:
        """The datasets of the entries that are called this, or whose name begins with it."""
        from mum_tui.catalog import relations

        used = relations.read_pairs(self._container, "used")
        rows = [row for user in self._named(text) for row in used.of(user)]
        return rowset.of_rows(rows, self.size)
