"""Which rows a condition holds for, and how well: the query's tree carried out over an index's sections."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from mum_tui.catalog.names import Names
from mum_tui.search import rowset, texts, values
from mum_tui.search.annotations import Kept
from mum_tui.search.fragments import Fragments, is_fragment
from mum_tui.search.grammar import BY_NAME, FIELDS, PERSONAL, VALUE
from mum_tui.search.query import All, Any, Node, Not, Term, Years
from mum_tui.search.values import Value, Values
from mum_tui.search.vocabulary import Found, Vocabulary
from mum_tui.storage.container import Container

LEVELS = 6
"""How well a word fits: whole in the title or name, inside a word there, whole in an author's name, inside one,
whole elsewhere, inside a word elsewhere. Of a query's words the one that fits worst counts."""

REMEMBERED = 24
"""Words whose rows are kept."""


Levels = tuple[int, ...]
"""The rows in which a word fits as well as each level or better; the last are all in which it stands."""


class Finder:
    """Carries out conditions. Raises ``Damaged`` where a section is not what it was."""

    def __init__(self, container: Container, size: int) -> None:
        self._container, self.size = container, size
        self.everything = (1 << size) - 1
        self.vocabularies = {name: Vocabulary(container, name, size) for name in (*texts.GROUPS, texts.RUNS)}
        self._values: dict[str, Values] = {}
        self._levels: dict[str, Levels] = {}

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

    def known_values(self, field: str, kept: Kept) -> list[Value]:
        """Everything a field can be asked for."""
        if BY_NAME[field].type == PERSONAL:
            return [Value(name, name, (name,)) for name in kept.values(field)]
        if field == "tag":
            own = [Value(tag, tag, (tag,)) for tag in kept.tags]
            return [*self.values(field).all, *own]
        return self.values(field).all

    def is_known(self, term: Term, kept: Kept) -> bool:
        """Whether a field has such a value."""
        if BY_NAME[term.field].type not in (VALUE, PERSONAL):
            return True
        if term.field == "usedby":
            return bool(self._named(term.text))
        return bool(values.chosen(term.text, self.known_values(term.field, kept)))

    # -- carrying out

    def rows(self, node: Node, kept: Kept) -> int:
        """The rows for which a condition holds."""
        return self.at_level(node, LEVELS - 1, kept)

    def at_level(self, node: Node, level: int, kept: Kept) -> int:
        """The rows for which a condition holds, its words fitting as well as this level or better."""
        match node:
            case Term(text=text, field=""):
                bits = self.levels(text)[level]
                return bits | kept.anywhere(text, self.size) if level == LEVELS - 1 else bits
            case Term():
                return self._field(node, kept)
            case Years():
                return self._years(node)
            case Not(of=of):
                return self.everything & ~self.rows(of, kept)
            case All(of=of):
                bits = self.everything
                for one in of:
                    if bits:
                        bits &= self.at_level(one, level, kept)
                return bits
            case Any(of=of):
                bits = 0
                for one in of:
                    bits |= self.at_level(one, level, kept)
                return bits

    def levels(self, text: str) -> Levels:
        """The rows in which a free word or phrase stands, by level."""
        if (known := self._levels.get(text)) is not None:
            return known
        found = self._short(text) if is_fragment(text) else self._long(text)
        while len(self._levels) >= REMEMBERED:
            del self._levels[next(iter(self._levels))]
        self._levels[text] = found
        return found

    def _long(self, text: str) -> Levels:
        title, author = self._in(texts.TITLE, text), self._in(texts.AUTHORS, text)
        ids = texts.RUNS if texts.is_run(text) else texts.ID
        rest = [self._in(name, text) for name in (texts.VENUE, ids, texts.LABELS, texts.BODY)]
        levels = [title.whole, title.rows, author.whole, author.rows, 0, 0]
        for found in rest:
            levels[4] |= found.whole
            levels[5] |= found.rows
        for level in range(1, LEVELS):
            levels[level] |= levels[level - 1]
        return tuple(levels)

    def _short(self, text: str) -> Levels:
        """One or two letters rank by whole words only."""
        if kept := self.fragments.find(text):
            rows, title, author = kept
            author |= title
        else:
            rows = 0
            for name in texts.GROUPS:
                rows |= self._in(name, text).rows
            title = self.vocabularies[texts.TITLE].whole(text)
            author = title | self.vocabularies[texts.AUTHORS].whole(text)
        return (title, title, author, author, author, rows)

    def _in(self, group: str, text: str) -> Found:
        vocabulary = self.vocabularies[group]
        return vocabulary.phrase(text, self.everything) if " " in text else vocabulary.find(text)

    def _field(self, term: Term, kept: Kept) -> int:
        field, text = term.field, term.text
        if field in self.vocabularies:
            return self._in(field, text).rows
        if field == "note":
            return kept.noted(text, self.size)
        if field == "usedby":
            return self._used_by(text)
        listed = self.known_values(field, kept)
        places = values.chosen(text, listed)
        if BY_NAME[field].type == PERSONAL:
            bits = 0
            for place in places:
                bits |= kept.conditions[f"{field}:{listed[place].name}"]
            return bits
        own = len(self.values(field).all)
        bits = self._rows_of_values(self.values(field), [place for place in places if place < own])
        for place in places:
            if place >= own:
                bits |= kept.tags[listed[place].name]
        return bits

    def _rows_of_values(self, found: Values, places: Sequence[int]) -> int:
        if len(places) > 20:
            return found.rows(places)
        bits = 0
        for place in places:
            bits |= found.bits(place)
        return bits

    def _years(self, years: Years) -> int:
        found = self.values("year")
        listed = [place for place, value in enumerate(found.all) if years.first <= int(value.name) <= years.last]
        return self._rows_of_values(found, listed)

    # -- relations

    @cached_property
    def _names(self) -> Names:
        return Names(self._container, "names")

    def _named(self, text: str) -> Sequence[int]:
        return self._names.exactly(text) or self._names.starting(text)

    def _used_by(self, text: str) -> int:
        """The datasets of the entries that are called this, or whose name begins with it."""
        from mum_tui.catalog import relations

        used = relations.read_pairs(self._container, "used")
        rows = [row for user in self._named(text) for row in used.of(user)]
        return rowset.of_rows(rows, self.size)
