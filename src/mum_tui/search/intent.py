"""What a query means that does not find what its words say: a pasted title or reference, misspelt words, and what to
say of words that nothing has."""

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
    """Reads queries as they are meant, over the vocabularies and values that ``finder`` has."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self._spellers: dict[str, spelling.Speller] = {}

    def as_title(self, text: str, query: Query) -> Query:
        """The query for a title where a text is one that holds what would otherwise be an operator, a field or a
        sign; every other query as it is."""
        if text.count(" ") < _TITLE_SPACES or _is_plain(query):
            return query
        phrase = words_apart(" ".join(fold(text).split()))
        term = Term(phrase, texts.TITLE)
        if " " not in phrase or not self.finder.vocabularies[texts.TITLE].phrase(phrase, self.finder.everything).rows:
            return query
        hint = Hint(REPLACED, "read as a title: its capitals and signs are no operators")
        return Query(term, (hint,), is_blank=False)

    def without_extra_words(self, query: Query, text: str) -> Query | None:
        """The query for the works alone whose identifiers or titles are pasted, where nothing has the words around
        them, too."""
        nodes: list[Node] = [
            node for node in included_identifiers(query.tree) if self.finder.with_identifier(node.identifier)
        ]
        nodes = nodes or [Identified(name) for name in self._identifiers_in(text) if self.finder.with_identifier(name)]
        if nodes:
            shown = " or ".join(dict.fromkeys(node.text for node in nodes if isinstance(node, Identified)))
            return Query(any_of(nodes), (Hint(REPLACED, f"no entry has all of it; showing {shown}"),), is_blank=False)
        has_fields = any(
            term.field not in ("", "author") for term in included_terms(query.tree)
        ) and _FIELD_WITH_VALUE.search(text)
        if has_fields or (title := self._title_in(text)) is None:
            return None
        return Query(
            title, (Hint(REPLACED, f"no entry has all of it; showing the title {title.text}"),), is_blank=False
        )

    def _identifiers_in(self, text: str) -> Iterator[str]:
        """The identifiers that stand in a text; of one that holds nothing but ids, these."""
        yield from identifiers.named_in(text[:_MAX_REFERENCE])
        words = _BETWEEN_IDS.sub(" ", text).split()
        if 1 < len(words) <= MAX_TERMS and all(word.lower() in self.finder.row_by_id for word in words):
            yield from (f"{identifiers.KEY}{word.lower()}" for word in words)

    def _title_in(self, text: str) -> Term | None:
        """The longest part of a pasted reference that is a title, or the beginning of one."""
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
        self, query: Query, annotated: AnnotatedRows, done: Collection[tuple[str, str]]
    ) -> Iterator[Hint]:
        """A hint for every value that its field does not have."""
        for term in (*included_terms(query.tree), *excluded_terms(query.tree)):
            if not term.field or (term.text, term.field) in done:
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
        """A hint for every pasted identifier that no entry has."""
        nodes = [node for node in included_identifiers(query.tree) if not self.finder.with_identifier(node.identifier)]
        # ``owner/name`` is looked for on several hosts, but it is one repository that is missing.
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
        """The ids, or the numbers and DOIs, that differ least from one that no entry has; of the latter, that differ
        in one character or in the order of two."""
        if self.finder.size > _MAX_IDS_COMPARED or scheme == "url":
            return []
        if scheme == "key":
            return self.finder.row_by_id.near(name)
        from mum_tui.search import spelling

        words = (word.decode("utf-8", "replace") for word in self.finder.vocabularies[texts.ID].words())
        alike = [
            word for word in words if abs(len(word) - len(name)) < 2 and word.startswith("10.") == (scheme == "doi")
        ]
        return spelling.closest(name, alike, 1)[: spelling.SHOWN]

    def _did_you_mean(self, term: Term, annotated: AnnotatedRows) -> str:
        known = [value.name for value in self.finder.known_values(term.field, annotated)]
        return did_you_mean(term.text, known) if len(known) <= _MAX_VALUES_COMPARED else ""

    def respelled(self, query: Query, annotated: AnnotatedRows) -> tuple[Node, tuple[Replaced, ...]]:
        """The query with the nearest words in the place of those that nothing contains."""
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
        if field not in self._spellers:
            from mum_tui.search import spelling

            vocabularies = self.finder.vocabularies
            chosen = [vocabularies[name] for name in ((field,) if field else _SPELLED)]
            self._spellers[field] = spelling.Speller(chosen)
        return self._spellers[field]

    def _replacements(self, term: Term, annotated: AnnotatedRows) -> tuple[str, ...]:
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
        return tuple(near[: spelling.SHOWN])

    def _similar_ids(self, term: Term) -> tuple[str, ...]:
        """The ids that a mistyped one may be, where a word looks like one."""
        if term.field not in ("", "id") or self.finder.size > _MAX_IDS_COMPARED or not _LIKE_ID.match(term.text):
            return ()
        from mum_tui.search import spelling

        near = self.finder.row_by_id.near(term.text, spelling.SHOWN)
        return tuple(spelling.closest(term.text, near) or near[:1])

    def _parts(self, term: Term, annotated: AnnotatedRows) -> tuple[str, ...]:
        """The parts of a word with a sign inside (``sam/medsam``), where some entry has all of them."""
        parts = words_apart(_YEAR_AFTER_WORD.sub(r" \1", term.text)).split() if ":" not in term.text else []
        every = All(tuple(Term(part, term.field) for part in parts))
        return (" ".join(parts),) if 1 < len(parts) <= _MAX_PARTS and self.finder.rows(every, annotated) else ()


def _is_plain(query: Query) -> bool:
    """Whether a query asks for words alone."""
    nodes = query.tree.operands if isinstance(query.tree, All) else (query.tree,)
    return not query.hints and all(map(_is_word, nodes))


def _is_word(node: Node) -> bool:
    """Whether a node asks for one word, whatever its spelling."""
    match node:
        case Term(field=""):
            return True
        case Any(operands=(Term(text=text, field=""), Term(text=other, field=""))):
            return other == other_spelling(text)
    return False


_LIKE_ID = Pattern(r"(?=[\w-]*[a-z])(?=[\w-]*\d{4})[\w-]+$")
"""Ids are a name, a year and a word."""
_YEAR_AFTER_WORD = Pattern(r"(?<=[a-z])((?:19|20)\d\d)$")
"""A year that is written behind a word: ``miccai2023``."""
_BETWEEN_IDS = Pattern(r"[\s,;]+")
_PARTS_OF_REFERENCE = Pattern(r"[.?!,]?[\"“”]|[.?!,;]\s+|\s\(\d{4}[a-z]?\)[.,:]?\s")
"""What stands between the names, the title and the rest of a reference."""
_MAX_REFERENCE = 5_000
"""The most characters of a text that are read as a reference."""
_FIELD_WITH_VALUE = Pattern(r":[^\s:/]")
"""A value right behind a field's colon; in a title there is a space."""
_MAX_PARTS = 5
_TITLE_SPACES = 3
"""The fewest spaces in a text that is taken for a title although it could be a query."""


_SPELLED = ("title", "author", "venue", "labels", "body")
"""Groups of texts whose words may replace a misspelt one."""

_MAX_IDS_COMPARED = 50_000
"""The most entries for which the nearest id is looked for while an id is typed."""

_MAX_VALUES_COMPARED = 500
"""The most values of a field among which a hint looks for the nearest."""


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
