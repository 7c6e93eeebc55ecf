"""The searchable texts of entries, folded, in groups that rank differently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from mum_tui.catalog.model import Catalog, Entry
from mum_tui.patterns import Pattern
from mum_tui.text import fold, spellings, words_apart

TITLE = "title"
AUTHORS = "author"
VENUE = "venue"
ID = "id"
LABELS = "labels"
BODY = "body"

GROUPS = (TITLE, AUTHORS, VENUE, ID, LABELS, BODY)
"""The groups of texts. Four are also query fields of the same name; free words are searched in all groups."""

PROSE = (TITLE, LABELS, BODY)
"""The groups in which a word also matches when written as two words."""

RUNS = "id-runs"
"""One more group, only for speed: of each id, the runs of letters or digits that are not in the title, authors or
labels of the entry. All ids differ, but most consist of a name, a year and a word from these texts. So this group has
far fewer words to search."""

_RUN = Pattern("[a-z]+|[0-9]+")
_INSIDE = "ÿ"
"""Replaces a letter or digit next to a run, so that the run does not count as a whole word."""


def is_run(text: str) -> bool:
    """Whether a text is one run of letters or digits, so that ``RUNS`` can be searched instead of the ids."""
    return _RUN.fullmatch(text) is not None


def runs(texts: Sequence[str]) -> str:
    """The text of ``RUNS``, from the folded texts of all groups."""
    text_by_group = dict(zip(GROUPS, texts, strict=True))
    title, authors, labels = text_by_group[TITLE], text_by_group[AUTHORS], set(text_by_group[LABELS].split())
    other_runs = []
    around = f"\n{text_by_group[ID]}\n"
    for match in _RUN.finditer(around):
        run = match[0]
        # A match in title or authors always ranks before one in an id, a match in labels only as a whole word.
        if run not in title and run not in authors and run not in labels:
            before, after = around[match.start() - 1], around[match.end()]
            other_runs.append(f"{_INSIDE * is_letter(before)}{run}{_INSIDE * is_letter(after)}")
    return "\n".join(dict.fromkeys(other_runs))


def is_letter(char: str) -> bool:
    """Whether a folded character is part of a word."""
    return char >= "\x80" or "a" <= char <= "z" or "0" <= char <= "9"


Synonyms = Mapping[str, tuple[str, ...]]
"""The synonyms of the terms of the vocabularies, by term."""

FoldedSynonyms = tuple[str, str, str]
"""A folded term, and all spellings of its synonyms, one a line: as they are, and without punctuation."""


def synonyms(catalog: Catalog) -> Synonyms:
    """The synonyms of all vocabularies: ``wsi`` also finds entries with the term histopathology."""
    by_term: dict[str, tuple[str, ...]] = {}
    for terms in catalog.vocabularies.values():
        for term in terms:
            if term.synonyms:
                by_term[term.term] = (*by_term.get(term.term, ()), *term.synonyms)
    return by_term


def folded_synonyms(catalog: Catalog) -> list[FoldedSynonyms]:
    """The synonyms of all vocabularies, folded, to find the terms that a query word is a synonym of."""
    folded = []
    for term, words in synonyms(catalog).items():
        lines = "\n".join(spelling for word in words for spelling in spellings(word))
        folded.append((" ".join(fold(term).split()), lines, words_apart(lines)))
    return folded


def parts(entry: Entry, synonyms: Synonyms) -> dict[str, Iterator[str]]:
    """The texts of each group, with the synonyms of its terms among the labels; some texts may be empty."""
    terms = (*entry.modalities, *entry.dims, *entry.tasks, *entry.anatomy)
    return {
        TITLE: _titles(entry),
        AUTHORS: (name.display for name in entry.authors),
        VENUE: iter((entry.venue, entry.published.container if entry.published else "")),
        ID: _ids(entry),
        LABELS: iter(
            (
                entry.kind,
                str(entry.year or ""),
                *terms,
                *entry.tags,
                *(word for term in terms for word in synonyms.get(term, ())),
            )
        ),
        BODY: iter((entry.summary, entry.notes)),
    }


def _titles(entry: Entry) -> Iterator[str]:
    yield entry.title
    yield entry.name
    yield from entry.version_titles


def _ids(entry: Entry) -> Iterator[str]:
    yield entry.id
    yield from entry.aliases
    if entry.preprint:
        yield entry.preprint.id
    if entry.published:
        yield entry.published.doi
    if entry.record:
        yield entry.record.doi


def folded_text(parts: Iterable[str]) -> str:
    """The texts folded, one a line, with single spaces between words. A text with letters that others write out (``ü``
    as ``ue``, ``α`` as ``alpha``) is followed by that spelling on the next line."""
    return "\n".join(spelling for part in parts if part for spelling in spellings(part) if spelling)


def texts(entry: Entry, synonyms: Synonyms) -> list[str]:
    """The folded text of each group, in the order of ``GROUPS``."""
    return [folded_text(group) for group in parts(entry, synonyms).values()]
