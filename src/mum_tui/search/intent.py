"""Reinterprets a query that matches nothing as written: a pasted title or reference, or misspelt words. Makes the hints
on values and identifiers that no entry has."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from mum_tui import identifiers
from mum_tui.patterns import Pattern
from mum_tui.problems import did_you_mean
from mum_tui.search import texts
from mum_tui.search.annotations import AnnotatedRows
from mum_tui.search.finder import Finder
from mum_tui.search.grammar import BY_NAME, TEXT
from mum_tui.search.nodes import (
    All,
    Any,
    Identified,
    Node,
    Term,
    all_of,
    any_of,
    excluded_terms,
    included_identifiers,
    included_terms,
)
from mum_tui.search.query import MAX_TERMS, REPLACED, WRONG, Hint, Query
from mum_tui.search.variants import other_spelling
from mum_tui.search.view import Replaced
from mum_tui.text import fold, words_apart

if TYPE_CHECKING:
    from mum_tui.search import spelling


class Intent:
    """Finds what a query probably means, using the vocabularies and values of ``finder``."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self._spellers: dict[str, spelling.Speller] = {}

    def as_title(self, text: str, query: Query) -> Query:
        """A query for a title, if ``text`` is a known title with words or signs that would be read as operators or
        fields; otherwise the query as it is."""
        if text.count(" ") < _TITLE_SPACES or _is_plain(query):
            return query
        phrase = words_apart(" ".join(fold(text).split()))
        term = Term(phrase, texts.TITLE)
        if " " not in phrase or not self.finder.vocabularies[texts.TITLE].phrase(phrase, self.finder.everything).rows:
            return query
        hint = Hint(REPLACED, "read as a title: capitals and signs in it are not operators")
        return Query(term, (hint,), is_blank=False)

    def without_extra_words(self, query: Query, text: str) -> Query | None:
        """A query for only the pasted identifiers or title, when no entry also matches the words around them; None if
        the text contains none that an entry has."""
        nodes: list[Node] = [
            node for node in included_identifiers(query.tree) if self.finder.with_identifier(node.identifier)
        ]
        nodes = nodes or [Identified(name) for name in self._identifiers_in(text) if self.finder.with_identifier(name)]
        if nodes:
            shown = " or ".join(dict.fromkeys(node.text for node in nodes if isinstance(node, Identified)))
            return Query(
                any_of(nodes), (Hint(REPLACED, f"no entry matches everything; showing {shown}"),), is_blank=False
            )
        has_fields = any(
            term.field not in ("", "author") for term in included_terms(query.tree)
        ) and _FIELD_WITH_VALUE.search(text)
        if has_fields or (title := self._title_in(text)) is None:
            return None
        return Query(
            title, (Hint(REPLACED, f"no entry matches everything; showing the title {title.text}"),), is_blank=False
        )

    def _identifiers_in(self, text: str) -> Iterator[str]:
        """The identifiers in a text, and, in a text of nothing but ids, the ids."""
        yield from identifiers.named_in(text[:_MAX_REFERENCE])
        words = _BETWEEN_IDS.sub(" ", text).split()
        if 1 < len(words) <= MAX_TERMS and all(word.lower() in self.finder.row_by_id for word in words):
            yield from (f"{identifiers.KEY}{word.lower()}" for word in words)

    def _title_in(self, text: str) -> Term | None:
        """The longest part of a pasted reference that is a title or a part of one; None if there is none."""
        titles = self.finder.vocabularies[texts.TITLE]
        if text.count(" ") < _TITLE_SPACES:
            return None
        parts = [words_apart(" ".join(fold(part).split())) for part in _PARTS_OF_REFERENCE.split(text[:_MAX_REFERENCE])]
        for part in sorted(filter(None, parts), key=len, reverse=True)[:_MAX_PARTS]:
            rows = titles.phrase(part, self.finder.everything).rows if " " in part else titles.whole(part)
            if part.count(" ") >= _TITLE_SPACES and rows:
                return Term(part, texts.TITLE)
            if titles.with_line(part, rows):
                return Term(part)
        return None

    def unknown_values(
        self, query: Query, annotated: AnnotatedRows, replaced: Collection[tuple[str, str]]
    ) -> Iterator[Hint]:
        """A hint for each value that does not exist in its field, except for the ``(text, field)`` in ``replaced``."""
        for term in (*included_terms(query.tree), *excluded_terms(query.tree)):
            if not term.field or (term.text, term.field) in replaced:
                continue
            if not self.finder.is_known(term, annotated):
                near = "" if term.field == "usedby" else self._did_you_mean(term, annotated)
                hint = f" ({near})" if near else ""
                yield Hint(WRONG, f'{term.field} has no value "{term.text}"{hint}')
            elif term.field == "kind" and not self.finder.rows(term, annotated):
                listed = self.finder.values("kind")
                kinds = [value.name for position, value in enumerate(listed.all) if listed.count(position)]
                yield Hint(WRONG, f"no entry is a {term.text}; kinds: {', '.join(kinds)}")

    def unknown_identifiers(self, query: Query) -> Iterator[Hint]:
        """A hint for each pasted identifier that no entry has."""
        nodes = [node for node in included_identifiers(query.tree) if not self.finder.with_identifier(node.identifier)]
        # ``owner/name`` is searched for on several hosts, but only one repository is missing.
        paths = [node.identifier.partition("/")[2] for node in nodes if node.identifier.startswith("url:")]
        for node in nodes:
            scheme, name = node.identifier.partition(":")[::2]
            if scheme == "url" and paths.count(path := name.partition("/")[2]) > 1:
                yield Hint(WRONG, f"no entry links to a repository {path}")
                continue
            near = self._similar_identifiers(scheme, name)
            hint = f" (did you mean {' or '.join(near)}?)" if near else ""
            if scheme == "key":
                yield Hint(WRONG, f'no entry has the id "{name}"{hint}')
            elif scheme == "url":
                yield Hint(WRONG, f"no entry links to {name}{hint}")
            else:
                yield Hint(WRONG, f"no entry has the {'DOI' if scheme == 'doi' else 'arXiv number'} {name}{hint}")

    def _similar_identifiers(self, scheme: str, name: str) -> list[str]:
        """The known ids most similar to an unknown id; or the numbers or DOIs that differ from an unknown one in one
        character or in the order of two."""
        if self.finder.size > _MAX_IDS_COMPARED or scheme == "url":
            return []
        if scheme == "key":
            return self.finder.row_by_id.near(name)
        from mum_tui.search import spelling

        words = (word.decode("utf-8", "replace") for word in self.finder.vocabularies[texts.ID].words())
        similar = [
            word for word in words if abs(len(word) - len(name)) < 2 and word.startswith("10.") == (scheme == "doi")
        ]
        return spelling.closest(name, similar, 1)[: spelling.MAX_REPLACEMENTS]

    def _did_you_mean(self, term: Term, annotated: AnnotatedRows) -> str:
        """A question with the most similar values of the field of a term, or an empty string."""
        known = [value.name for value in self.finder.known_values(term.field, annotated)]
        return did_you_mean(term.text, known) if len(known) <= _MAX_VALUES_COMPARED else ""

    def respelled(self, query: Query, annotated: AnnotatedRows) -> tuple[Node, tuple[Replaced, ...]]:
        """The tree of a query with similar words in place of those that no entry contains, and the replacements."""
        replaced: dict[Term, Replaced] = {}
        seen: set[tuple[str, str]] = set()
        for term in dict.fromkeys(included_terms(query.tree)):
            if (other_spelling(term.text), term.field) in seen:
                continue
            seen.add((term.text, term.field))
            if not self.finder.rows(term, annotated) and (near := self._replacements(term, annotated)):
                replaced[term] = Replaced(term.text, near, term.field)
        return _with_replacements(query.tree, replaced), tuple(replaced.values())

    def speller(self, field: str) -> spelling.Speller:
        """The speller for the words of a field, or of the ``_SPELLED`` groups if ``field`` is empty."""
        if field not in self._spellers:
            from mum_tui.search import spelling

            vocabularies = self.finder.vocabularies
            chosen = [vocabularies[name] for name in ((field,) if field else _SPELLED)]
            self._spellers[field] = spelling.Speller(chosen)
        return self._spellers[field]

    def _replacements(self, term: Term, annotated: AnnotatedRows) -> tuple[str, ...]:
        """The words or phrases to search for instead of a term without matches; none if nothing is similar."""
        if term.is_phrase:
            from mum_tui.search import fallbacks

            return fallbacks.phrases(term, self.finder, self.speller(texts.AUTHORS).nearest) if term.field else ()
        if term.field == texts.AUTHORS and term.text.isalpha():
            from mum_tui.search import fallbacks

            if spaced := fallbacks.spaced_names(term.text, self.finder):
                return spaced
        if term.field in ("", texts.VENUE):
            from mum_tui.search import fallbacks

            if venues := fallbacks.venues_by_initials(term.text, self.finder):
                return venues
        if not term.field or term.field in self.finder.vocabularies:
            return (
                self._similar_ids(term) or self.speller(term.field).nearest(term.text) or self._parts(term, annotated)
            )
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
        return tuple(near[: spelling.MAX_REPLACEMENTS])

    def _similar_ids(self, term: Term) -> tuple[str, ...]:
        """The known ids most similar to a word, if it looks like an id."""
        if term.field not in ("", "id") or self.finder.size > _MAX_IDS_COMPARED or not _LIKE_ID.match(term.text):
            return ()
        from mum_tui.search import spelling

        near = self.finder.row_by_id.near(term.text, spelling.MAX_REPLACEMENTS)
        return tuple(spelling.closest(term.text, near) or near[:1])

    def _parts(self, term: Term, annotated: AnnotatedRows) -> tuple[str, ...]:
        """The parts of a word with punctuation inside (``sam/medsam``), if an entry contains all of them."""
        parts = words_apart(_YEAR_AFTER_WORD.sub(r" \1", term.text)).split() if ":" not in term.text else []
        every = All(tuple(Term(part, term.field) for part in parts))
        return (" ".join(parts),) if 1 < len(parts) <= _MAX_PARTS and self.finder.rows(every, annotated) else ()


def _is_plain(query: Query) -> bool:
    """Whether a query consists of free words only."""
    nodes = query.tree.operands if isinstance(query.tree, All) else (query.tree,)
    return not query.hints and all(map(_is_word, nodes))


def _is_word(node: Node) -> bool:
    """Whether a node is one free word, perhaps with its other spelling (British or American)."""
    match node:
        case Term(field=""):
            return True
        case Any(operands=(Term(text=text, field=""), Term(text=other, field=""))):
            return other == other_spelling(text)
    return False


_LIKE_ID = Pattern(r"(?=[\w-]*[a-z])(?=[\w-]*\d{4})[\w-]+$")
"""Ids are a name, a year and a word."""
_YEAR_AFTER_WORD = Pattern(r"(?<=[a-z])((?:19|20)\d\d)$")
"""A year directly after a word: ``miccai2023``."""
_BETWEEN_IDS = Pattern(r"[\s,;]+")
_PARTS_OF_REFERENCE = Pattern(r"[.?!,]?[\"“”]|[.?!,;]\s+|\s\(\d{4}[a-z]?\)[.,:]?\s")
"""The separators between the names, the title and the rest of a reference."""
_MAX_REFERENCE = 5_000
"""The most characters of a text that are searched for identifiers and titles."""
_FIELD_WITH_VALUE = Pattern(r":[^\s:/]")
"""A value directly after the colon of a field; in a title there is a space."""
_MAX_PARTS = 5
_TITLE_SPACES = 3
"""The fewest spaces in a text that is read as a title although it could be a query."""


_SPELLED = ("title", "author", "venue", "labels", "body")
"""The groups of texts whose words may replace a misspelt word."""

_MAX_IDS_COMPARED = 50_000
"""The most entries of a catalog whose ids are compared with a mistyped id."""

_MAX_VALUES_COMPARED = 500
"""The most values of a field that are compared with an unknown value."""


def _with_replacements(node: Node, replaced: Mapping[Term, Replaced]) -> Node:
    match node:
        case Term() if node in replaced and node.is_phrase:
            return any_of([Term(by, node.field) for by in replaced[node].by])
        case Term() if node in replaced:
            terms = tuple(all_of([Term(word, node.field) for word in by.split()]) for by in replaced[node].by)
            return terms[0] if len(terms) == 1 else Any(terms)
        case All(operands=operands):
            return All(tuple(_with_replacements(child, replaced) for child in operands))
        case Any(operands=operands):
            return Any(tuple(_with_replacements(child, replaced) for child in operands))
        case _:
            return node
