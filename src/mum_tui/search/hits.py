"""Where a query matched: the places of its words in an entry's texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from mum_tui.catalog.model import Entry
from mum_tui.search.annotations import NO_ANNOTATIONS, Annotations
from mum_tui.search.query import asked
from mum_tui.search.view import Results
from mum_tui.text import fold

AROUND = 30
"""Characters of a snippet before its first hit."""

Span = tuple[int, int]
"""Where a hit begins and ends in a text, counted in characters."""


class Highlights(Struct, frozen=True):
    """The words to highlight: folded words for every text, and words for single fields."""

    anywhere: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()

    def words(self, field: str) -> tuple[str, ...]:
        """What to highlight in a text of this field (``title``, ``author``, ``venue``, ``id``, ``note``, …)."""
        return (*self.anywhere, *(text for name, text in self.fields if name == field))


NOTHING = Highlights()


def highlights(results: Results) -> Highlights:
    """The words to highlight for an answer, with the corrections of misspelt ones."""
    instead = {(replacement.word, replacement.field): replacement.by for replacement in results.replaced}
    anywhere: dict[str, None] = {}
    fields: dict[tuple[str, str], None] = {}
    for term in asked(results.query.tree):
        for text in instead.get((term.text, term.field), (term.text,)):
            if term.field:
                fields[term.field, text] = None
            else:
                anywhere[text] = None
    return Highlights(tuple(anywhere), tuple(fields))


def spans(text: str, words: Iterable[str]) -> list[Span]:
    """Where folded ``words`` stand in ``text``; in order, none touching the next."""
    words = [word for word in words if word]
    if not words:
        return []
    folded, origin = _folded(text)
    hits = []
    for word in words:
        at = folded.find(word)
        while at >= 0:
            hits.append((origin[at], origin[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
    return _joined(hits, text)


_UNEVEN = re.compile(r"[^\S ]|  ")
"""Spaces that folding changes."""


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """``text`` folded with single spaces, and for each of its characters where it comes from."""
    if text.isascii() and not _UNEVEN.search(text):
        return text.lower(), range(len(text))
    chars: list[str] = []
    origin: list[int] = []
    for place, char in enumerate(text):
        for folded_char in fold(char):
            if folded_char.isspace():
                folded_char = " "
                if chars and chars[-1] == " ":
                    continue
            chars.append(folded_char)
            origin.append(place)
    return "".join(chars), origin


def _joined(spans: list[Span], text: str) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        # A letter's combining marks belong to it.
        while end < len(text) and not fold(text[end]) and not text[end].isspace():
            end += 1
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


class Snippet(Struct, frozen=True):
    """A part of a text that stands for why an entry was found: ``where``, the part, and the hits in it."""

    where: str
    text: str
    spans: tuple[Span, ...]


def snippet(
    entry: Entry, highlights: Highlights, annotations: Annotations = NO_ANNOTATIONS, width: int = 80
) -> Snippet | None:
    """Where an entry contains the words that neither its title, authors nor venue show; None when they show all.

    Looked for in the summary, the notes, the user's note and tags, and what else is searched.
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
    candidates = ((len(spans(text, hidden)), where, text) for where, text in _elsewhere(entry, annotations) if text)
    count, where, text = max(candidates, key=lambda field_text: min(field_text[0], 1), default=(0, "", ""))
    return _cut(where, " ".join(text.split()), hidden, width) if count else None


def _elsewhere(entry: Entry, annotations: Annotations) -> Iterator[tuple[str, str]]:
    for name in (entry.id, *entry.aliases):
        if annotation := annotations.by_id.get(name):
            yield "your note", annotation.note
            yield "your tags", ", ".join(annotation.tags)
    yield "summary", entry.summary
    yield "the catalog's notes", entry.notes
    yield "about", " · ".join((entry.kind, *entry.modalities, *entry.dims, *entry.tasks, *entry.anatomy, *entry.tags))
    for version in (entry.preprint, entry.published, entry.record):
        if version and version.title:
            yield "also called", version.title
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
    start = 0 if len(text) <= width or first <= AROUND else first - AROUND
    if start:
        start = text.rfind(" ", 0, start) + 1 if text.rfind(" ", start - 12, start) >= 0 else start
    part = text[start:]
    if start:
        part = "…" + part
    if len(part) > width:
        part = part[: max(width - 1, 1)] + "…"
    return Snippet(where, part, tuple(spans(part, words)))
