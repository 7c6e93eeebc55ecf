"""Finds where a query matched: the hits of its words in the texts of an entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from mum_tui.catalog.model import Entry
from mum_tui.search.annotations import NO_ANNOTATIONS, Annotations
from mum_tui.search.nodes import included_identifiers, included_terms
from mum_tui.search.reading import Span, readings
from mum_tui.search.texts import FoldedSynonyms
from mum_tui.search.view import Results
from mum_tui.text import fold, words_apart

BEFORE_HIT = 30
"""The number of characters that a snippet shows before its first hit."""


class Highlights(Struct, frozen=True):
    """The folded words to highlight: those for every text, and ``(field, word)`` for single fields."""

    anywhere: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()

    def words(self, field: str) -> tuple[str, ...]:
        """The words to highlight in a text of this field (``title``, ``author``, ``venue``, ``id``, ``note``, …)."""
        return (*self.anywhere, *(text for name, text in self.fields if name == field))


NOTHING = Highlights()


def highlights(results: Results, synonyms: Iterable[FoldedSynonyms] = ()) -> Highlights:
    """The words that the results matched: the replacements of misspelt words, and for a free word that is a synonym
    also its term in the vocabulary."""
    instead = {(replacement.word, replacement.field): replacement.by for replacement in results.replaced}
    anywhere: dict[str, None] = {}
    fields: dict[tuple[str, str], None] = {}
    for term in included_terms(results.query.tree):
        for text in instead.get((term.text, term.field), (term.text,)):
            if term.field:
                fields |= {(term.field, word): None for word in _words_of_condition(term.field, text)}
            else:
                anywhere[text] = None
                fields |= {("labels", label): None for label in _terms_with_synonym(text, synonyms)}
    for node in included_identifiers(results.query.tree):
        fields["id", node.text] = None
    return Highlights(tuple(anywhere), tuple(fields))


def _words_of_condition(field: str, text: str) -> Sequence[str]:
    """The words to highlight for a condition; of a name, whose words may be in any order, the longer ones."""
    words = text.split(" ") if field == "author" else [text]
    return [word for word in words if len(word) > 3] or [word for word in words if len(word) > 1] or words


def _terms_with_synonym(text: str, synonyms: Iterable[FoldedSynonyms]) -> Iterator[str]:
    """The folded terms with a synonym that contains a free word or phrase."""
    for term, folded, apart in synonyms:
        if text in (apart if " " in text else folded):
            yield term


def spans(text: str, words: Iterable[str]) -> list[Span]:
    """Where ``text`` contains the folded ``words``: spans in ascending order, which neither overlap nor touch."""
    hits: list[Span] = []
    size = len(text)
    read = cached_readings if size <= _SHORT else _cached_long_readings if size <= _MAX_CACHED else readings
    for reading in read(text):
        for word in words:
            if not word:
                continue
            if " " in word and words_apart(word) == word:
                hits += reading.as_phrase(word)
            elif word in reading.folded:
                hits += reading.exactly(word)
            elif len(word) > _MAX_EXACT:
                hits += reading.loosely(word)
    return _merged(hits, text) if hits else hits


_SHORT = 500
"""The most characters of a short text; nearly all texts of a catalog are short, but not every note."""

_MAX_CACHED = 2_000
"""The most characters of a text that is cached folded; a note may have a million."""

_MAX_EXACT = 3
"""The most letters of a word that is searched for only as it is, never with hyphens or spaces inside."""

cached_readings = lru_cache(maxsize=1024)(readings)
"""Cached, because each key searches the same texts, those on the screen, for other words."""

_cached_long_readings = lru_cache(maxsize=64)(readings)
"""Fewer of them: one takes up to 30 kB, and a screen has about one in a row."""


def _merged(spans: list[Span], text: str) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        # Combining characters belong to their letter.
        while end < len(text) and not fold(text[end]) and not text[end].isspace():
            end += 1
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


class Snippet(Struct, frozen=True):
    """A part of a text that shows why an entry matched: ``where``, the part, and the hits in it."""

    where: str
    text: str
    spans: tuple[Span, ...]


def snippet(
    entry: Entry, highlights: Highlights, annotations: Annotations = NO_ANNOTATIONS, width: int = 80
) -> Snippet | None:
    """The part of an entry with the matched words that its title, name, year, venue and authors lack; None if none.

    Searches the user's note and tags, the summary, the catalog's notes, and the other searchable texts.
    """
    shown = (
        ("title", entry.title),
        ("title", entry.name),
        ("venue", entry.venue),
        ("labels", str(entry.year or "")),
        *(("author", name.display) for name in entry.authors),
    )
    hidden = tuple(
        text
        for text in (*highlights.anywhere, *(text for field, text in highlights.fields if field in ("note", "id")))
        if not any(spans(field_text, [text]) for field, field_text in shown if text in highlights.words(field))
    )
    if not hidden:
        return None
    if not set(highlights.anywhere).isdisjoint(hidden):
        # A hidden word may have matched as a synonym; then its term is shown.
        hidden += tuple(text for field, text in highlights.fields if field == "labels")
    candidates = ((len(spans(text, hidden)), where, text) for where, text in _other_texts(entry, annotations) if text)
    count, where, text = max(candidates, key=lambda field_text: min(field_text[0], 1), default=(0, "", ""))
    return _cut(where, " ".join(text.split()), hidden, width) if count else None


def _other_texts(entry: Entry, annotations: Annotations) -> Iterator[tuple[str, str]]:
    for name in (entry.id, *entry.aliases):
        if annotation := annotations.by_id.get(name):
            yield "your note", annotation.note
            yield "your tags", ", ".join(annotation.tags)
    yield "summary", entry.summary
    yield "the catalog's notes", entry.notes
    yield "about", " · ".join((entry.kind, *entry.modalities, *entry.dims, *entry.tasks, *entry.anatomy, *entry.tags))
    for title in entry.version_titles:
        yield "also called", title
    if entry.published:
        yield "published in", entry.published.container
        yield "doi", entry.published.doi
    yield "id", ", ".join((entry.id, *entry.aliases))
    if entry.preprint:
        yield "preprint", entry.preprint.id
    if entry.record:
        yield "doi", entry.record.doi


def _cut(where: str, text: str, words: Iterable[str], width: int) -> Snippet:
    """The part of a text around its first hit, at most ``width`` characters, with ``…`` where it was cut."""
    first = spans(text, words)[0][0]
    start = 0 if len(text) <= width or first <= BEFORE_HIT else first - BEFORE_HIT
    if start:
        start = text.rfind(" ", 0, start) + 1 if text.rfind(" ", start - 12, start) >= 0 else start
    part = text[start:]
    if start:
        part = "…" + part
    if len(part) > width:
        part = part[: max(width - 1, 1)] + "…"
    return Snippet(where, part, tuple(spans(part, words)))
