"""The searchable text of entries, folded, in groups that rank differently."""

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
"""The groups of text. Four are fields of a query under the same name; free words look in all of them."""

PROSE = (TITLE, LABELS, BODY)
"""Those in which a word may also be written as two."""


RUNS = "id-runs"
"""A further group, for speed alone: of each id only the runs of letters and of digits that the entry's title, authors
and labels do not hold as well. Every id is different, but most are made of a name, a year and a word that stand
elsewhere, so that a word of a query is looked for in far fewer texts."""

_RUN = Pattern("[a-z]+|[0-9]+")
_INSIDE = "ÿ"
"""Stands for the letter or digit beside a run, so that it does not count as a whole word."""


def is_run(text: str) -> bool:
    """Whether this, where it stands in an id, stands inside one run."""
    return _RUN.fullmatch(text) is not None


def runs(texts: Sequence[str]) -> str:
    """The text of ``RUNS``, from the folded texts of all groups."""
    text_by_group = dict(zip(GROUPS, texts, strict=True))
    title, authors, labels = text_by_group[TITLE], text_by_group[AUTHORS], set(text_by_group[LABELS].split())
    other_runs = []
    around = f"\n{text_by_group[ID]}\n"
    for match in _RUN.finditer(around):
        run = match[0]
        # Title and authors rank before ids wherever they contain it, labels only as a whole word.
        if run not in title and run not in authors and run not in labels:
            before, after = around[match.start() - 1], around[match.end()]
            other_runs.append(f"{_INSIDE * is_letter(before)}{run}{_INSIDE * is_letter(after)}")
    return "\n".join(dict.fromkeys(other_runs))


def is_letter(char: str) -> bool:
    """Whether a folded character makes the word beside it longer."""
    return char >= "\x80" or "a" <= char <= "z" or "0" <= char <= "9"


Synonyms = Mapping[str, tuple[str, ...]]
"""Other words for the terms of the vocabularies, by term."""

FoldedSynonyms = tuple[str, str, str]
"""A term folded, with all spellings of its synonyms, a line each: as they are, and without their punctuation."""


def synonyms(catalog: Catalog) -> Synonyms:
    """The synonyms of all vocabularies: whoever looks for ``wsi`` finds what is filed under histopathology."""
    by_term: dict[str, tuple[str, ...]] = {}
    for terms in catalog.vocabularies.values():
        for term in terms:
            if term.synonyms:
                by_term[term.term] = (*by_term.get(term.term, ()), *term.synonyms)
    return by_term


def folded_synonyms(catalog: Catalog) -> list[FoldedSynonyms]:
    """The synonyms of all vocabularies as they are looked through for a word of a query."""
    folded = []
    for term, words in synonyms(catalog).items():
        lines = "\n".join(spelling for word in words for spelling in spellings(word))
        folded.append((" ".join(fold(term).split()), lines, words_apart(lines)))
    return folded


def parts(entry: Entry, synonyms: Synonyms) -> dict[str, Iterator[str]]:
    """The texts of each group: those of the entry, and among its labels the synonyms too; some may be empty."""
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
    for version in (entry.preprint, entry.published, entry.record):
        if version and version.title:
            yield version.title


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
    """Texts folded, each on a line of its own, with single spaces between its words; behind each its other spelling,
    where it has letters that others write out (``ü`` as ``ue``, ``α`` as ``alpha``)."""
    return "\n".join(spelling for part in parts if part for spelling in spellings(part) if spelling)


def texts(entry: Entry, synonyms: Synonyms) -> list[str]:
    """The folded text of each group, in the order of ``GROUPS``."""
    return [folded_text(group) for group in parts(entry, synonyms).values()]
