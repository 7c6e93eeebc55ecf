"""Evaluates the tree of a query over the sections of an index: which rows match, and how well."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from mum_tui import identifiers
from mum_tui.bounded_cache import BoundedCache
from mum_tui.catalog.identified import RowsByIdentifier
from mum_tui.catalog.names import NameTable, RowById
from mum_tui.search import people, rowset, texts, values
from mum_tui.search.annotations import AnnotatedRows
from mum_tui.search.fragments import Fragments, is_fragment
from mum_tui.search.grammar import ANNOTATION, BY_NAME, FIELDS, VALUE
from mum_tui.search.nodes import All, Any, Identified, Node, Not, Term, Years, free_texts
from mum_tui.search.values import Value, Values
from mum_tui.search.vocabulary import Matches, Vocabulary
from mum_tui.storage.container import Container
from mum_tui.text import fold, letters, words_apart

if TYPE_CHECKING:
    from mum_tui.catalog.relations import Pairs

LEVELS = 6
"""How well a word matches, best first: as a whole word in the title or name, inside a word there, as a whole word of an
author's name, inside one, as a whole word elsewhere, inside a word elsewhere. A query is as good as its worst word."""

_MAX_TITLES_READ = 2_000
"""The most titles that are read to check whether the words of a query are next to each other."""

_WORDS_CACHED = 24
"""How many words keep their rows in the cache."""


Levels = tuple[int, ...]
"""For each level, the rows that a word matches at that level or better; the last set has all rows that it matches."""


class Finder:
    """Evaluates conditions. Raises ``Damaged`` if a section of the index is damaged.

    Args:
        container: the sections of the index.
        size: the number of rows.
    """

    def __init__(self, container: Container, size: int) -> None:
        self._container, self.size = container, size
        self.everything = (1 << size) - 1
        self.vocabularies = {name: Vocabulary(container, name, size) for name in (*texts.GROUPS, texts.RUNS)}
        self._values: dict[str, Values] = {}
        self._levels: BoundedCache[str, Levels] = BoundedCache(_WORDS_CACHED)
        self.row_by_id = RowById(container)

    # -- sections

    def values(self, field: str) -> Values:
        """The values of a field."""
        if field not in self._values:
            self._values[field] = Values(self._container, field, self.size)
        return self._values[field]

    @cached_property
    def fragments(self) -> Fragments:
        """The rows of each short fragment."""
        return Fragments(self._container, self.size)

    def warm_up(self) -> None:
        """Read in advance the sections that the first word needs."""
        _ = self.fragments
        for vocabulary in self.vocabularies.values():
            vocabulary.warm_up()
        for field in FIELDS:
            if field.type == VALUE and field.name != "usedby":
                self.values(field.name).warm_up()

    def known_values(self, field: str, annotated: AnnotatedRows) -> list[Value]:
        """All values of a field, the user's tags included."""
        if BY_NAME[field].type == ANNOTATION:
            return [Value(name, name, (name,)) for name in annotated.values(field)]
        if field == "tag":
            tags = [Value(tag, tag, (tag,)) for tag in annotated.tags]
            return [*self.values(field).all, *tags]
        return self.values(field).all

    def is_known(self, term: Term, annotated: AnnotatedRows) -> bool:
        """Whether the field of a term has its value; True for fields without a list of values."""
        if BY_NAME[term.field].type not in (VALUE, ANNOTATION):
            return True
        if term.field == "usedby":
            return bool(self.named(term.text))
        return any(self._matching_values(term.field, term.text, annotated))

    # -- evaluating

    def rows(self, node: Node, annotated: AnnotatedRows) -> int:
        """The rows that match a condition."""
        return self.at_level(node, LEVELS - 1, annotated)

    def at_level(self, node: Node, level: int, annotated: AnnotatedRows) -> int:
        """The rows that match a condition with all its words at this level or better (see ``LEVELS``)."""
        match node:
            case Term(text=text, field=""):
                bits = self.levels(text)[level]
                return bits | annotated.with_note_or_tag(text, self.size) if level == LEVELS - 1 else bits
            case Term():
                return self._rows_of_term(node, annotated)
            case Years():
                return self._rows_of_years(node)
            case Identified():
                return self._rows_of_identifier(node)
            case Not(operand=operand):
                return self.everything & ~self.rows(operand, annotated)
            case All(operands=operands):
                bits = self.everything
                for operand in operands:
                    if bits:
                        bits &= self.at_level(operand, level, annotated)
                return bits
            case Any(operands=operands):
                bits = 0
                for operand in operands:
                    bits |= self.at_level(operand, level, annotated)
                return bits

    def levels(self, text: str) -> Levels:
        """The rows that contain a free word or phrase, by level."""
        return self._levels.get_or_make(
            text, lambda: self._fragment_levels(text) if is_fragment(text) else self._word_levels(text)
        )

    def _word_levels(self, text: str) -> Levels:
        title, author = self._matches_in(texts.TITLE, text), self._matches_in_authors(text)
        ids = texts.RUNS if texts.is_run(text) else texts.ID
        rest = [self._matches_in(name, text) for name in (texts.VENUE, ids, texts.LABELS, texts.BODY)]
        levels = [title.whole, title.rows, author.whole, author.rows, 0, 0]
        for matches in rest:
            levels[4] |= matches.whole
            levels[5] |= matches.rows
        for level in range(1, LEVELS):
            levels[level] |= levels[level - 1]
        return tuple(levels)

    def _fragment_levels(self, text: str) -> Levels:
        """One or two letters rank only as whole words of the title, an author's name or a label (``CT``)."""
        if fragment := self.fragments.find(text):
            rows, title, author, labels = fragment
            author |= title
        else:
            rows = 0
            for name in texts.GROUPS:
                rows |= self._matches_in(name, text).rows
            title = self.vocabularies[texts.TITLE].whole(text)
            author = title | self.vocabularies[texts.AUTHORS].whole(text)
            labels = self.vocabularies[texts.LABELS].whole(text)
        return (title, title, author, author, author | labels, rows)

    def _matches_in_authors(self, text: str) -> Matches:
        matches, words = self._matches_in(texts.AUTHORS, text), text.split(" ")
        if len(words) == 1 or not people.may_be_name(words):
            return matches
        rows = self.vocabularies[texts.AUTHORS].matching_names(words, people.matches_words, True)
        return Matches(matches.rows | rows, matches.whole | rows)

    def _matches_in(self, group: str, text: str) -> Matches:
        vocabulary = self.vocabularies[group]
        if " " in text:
            return vocabulary.phrase(text, self.everything)
        return vocabulary.find(text) if group == texts.RUNS else vocabulary.find_loosely(text, group in texts.PROSE)

    def _rows_of_term(self, term: Term, annotated: AnnotatedRows) -> int:
        field, text = term.field, term.text
        if field == "author" and 1 < len(words := text.split(" ")) <= people.MAX_WORDS:
            return self.vocabularies[field].matching_names(words, people.matches_prefixes, False)
        if field in self.vocabularies:
            rows = self._matches_in(field, text).rows
            return rows if rows or field != "id" else rowset.of_rows(self._names.exactly(letters(text)), self.size)
        if field == "note":
            return annotated.with_note(text, self.size)
        if field == "usedby":
            return self._used_by(text)
        positions, personal = self._matching_values(field, text, annotated)
        bits = self._rows_of_values(self.values(field), positions) if positions else 0
        for name in personal:
            bits |= annotated.tags[name] if field == "tag" else annotated.conditions[f"{field}:{name}"]
        return bits

    def _matching_values(self, field: str, text: str, annotated: AnnotatedRows) -> tuple[Sequence[int], Sequence[str]]:
        """The values that match ``text``: positions of catalog values, and names of annotation values or user tags."""
        personal: list[Value] = []
        if BY_NAME[field].type == ANNOTATION:
            personal = [Value(name, name, (name,)) for name in annotated.values(field)]
        elif field == "tag":
            personal = [Value(tag, tag, (tag,)) for tag in annotated.tags]
        listed = self.values(field) if BY_NAME[field].type == VALUE else None
        exact = listed.exactly(text) if listed else []
        exact_personal = values.exactly(text, personal)
        if exact or exact_personal:
            return exact, [personal[position].name for position in exact_personal]
        prefixed = values.starting_with(text, personal)
        return listed.starting_with(text) if listed else [], [personal[position].name for position in prefixed]

    def _rows_of_identifier(self, node: Identified) -> int:
        """The rows with an identifier; if there are none, the rows with an id or number that contains it."""
        bits = rowset.of_rows(self.with_identifier(node.identifier), self.size)
        if bits or node.identifier.startswith(identifiers.URL):
            return bits
        return self._matches_in(texts.ID, node.text).rows

    def with_identifier(self, identifier: str) -> Sequence[int]:
        """The rows with exactly this identifier."""
        if not identifier.startswith(identifiers.KEY):
            return self._rows_by_identifier.rows(identifier)
        key = identifiers.named(identifier)
        row = self.row_by_id.get(key, self.row_by_id.get(key.lower()))
        return self._names.exactly(letters(fold(key))) if row is None else [row]

    @cached_property
    def _rows_by_identifier(self) -> RowsByIdentifier:
        return RowsByIdentifier(self._container)

    def _rows_of_values(self, values: Values, positions: Sequence[int]) -> int:
        if len(positions) > 20:
            return values.rows(positions)
        bits = 0
        for position in positions:
            bits |= values.bits(position)
        return bits

    def _rows_of_years(self, years: Years) -> int:
        year_values = self.values("year")
        listed = [
            position for position, value in enumerate(year_values.all) if years.first <= int(value.name) <= years.last
        ]
        return self._rows_of_values(year_values, listed)

    # -- relations

    @cached_property
    def _names(self) -> NameTable:
        return NameTable(self._container, "names")

    def named(self, text: str) -> Sequence[int]:
        """The rows whose id or short name is ``text``; if there are none, those whose id or name starts with it."""
        wanted = letters(text)
        return (self._names.exactly(wanted) or self._names.starting(wanted)) if wanted else ()

    def with_name(self, tree: Node) -> int:
        """The rows whose id or short name equals the free words of a query, apart from spaces and punctuation."""
        keys = {key for name in free_texts(tree) if (key := letters(name))}
        return rowset.of_rows([row for key in keys for row in self._names.exactly(key)], self.size)

    def with_title(self, tree: Node, within: int) -> tuple[int, int]:
        """Two sets of the rows in ``within``: those whose title or name equals the free words of a query, and those
        whose title or name contains them next to each other (only for two words or more)."""
        whole = inside = 0
        titles = self.vocabularies[texts.TITLE]
        for phrase in {words_apart(name) for name in free_texts(tree)}:
            if " " not in phrase:
                rows = titles.whole(phrase) & within if phrase else 0
                whole |= titles.with_line(phrase, rows) if rows.bit_count() <= _MAX_TITLES_READ else 0
            else:
                rows = titles.phrase_at_word_start(phrase, within, _MAX_TITLES_READ).rows
                whole, inside = whole | titles.with_line(phrase, rows), inside | rows
        return whole, inside

    def _used_by(self, text: str) -> int:
        """The datasets used by the entries that ``named`` finds."""
        rows = [row for user in self.named(text) for row in self.used.of(user)]
        return rowset.of_rows(rows, self.size)

    @cached_property
    def used(self) -> Pairs:
        """The datasets that each entry uses."""
        from mum_tui.catalog import relations

        return relations.read_pairs(self._container, "used")
