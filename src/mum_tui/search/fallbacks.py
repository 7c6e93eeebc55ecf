"""Replaces a phrase in a field that no entry contains: a name, a venue or a dataset."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from mum_tui.search import people, rowset, texts
from mum_tui.search.finder import Finder
from mum_tui.search.nodes import Term

MAX_PHRASES = 3
"""The most phrases that replace one phrase."""


def phrases(term: Term, finder: Finder, nearest: Callable[[str], Sequence[str]]) -> tuple[str, ...]:
    """The phrases to search for instead; none if nothing is similar.

    Args:
        term: a phrase in a field that no entry contains.
        finder: finds rows.
        nearest: returns the known words most similar to a misspelt word of an author's name.
    """
    words = term.text.split(" ")
    if term.field == "author" and len(words) <= people.MAX_WORDS:
        return _name(words, finder, nearest)
    if term.field == "venue":
        return _venues(words, finder)
    if term.field in ("uses", "usedby"):
        return _datasets(term.text, finder)
    return ()


def _name(words: Sequence[str], finder: Finder, nearest: Callable[[str], Sequence[str]]) -> tuple[str, ...]:
    """The first other form of a name that matches an author."""
    if joined := spaced_names("".join(words), finder):
        return joined
    for other in (*_shorter(words), *_respelled(words, finder, nearest)):
        if finder.vocabularies[texts.AUTHORS].matching_names(other, people.matches_prefixes, False):
            return (" ".join(other),)
    return ()


def spaced_names(wanted: str, finder: Finder) -> tuple[str, ...]:
    """The names that start with ``wanted`` when written without spaces and hyphens, whichever word comes first:
    ``zongweizhou``, ``delacruz``, ``田中太郎``. None in a catalog with too many names to read."""
    if len(wanted) < (_SHORTEST_NAME if wanted.isascii() else 2) or finder.size > _MAX_READ:
        return ()
    vocabulary = finder.vocabularies[texts.AUTHORS]
    matches: dict[str, None] = {}
    for row in range(finder.size):
        lines = vocabulary.text(row)
        if wanted[0] not in lines:
            continue
        for line in lines.split("\n"):
            words = line.split(" ")
            solid = ("".join((*words[at:], *words[:at])) for at in range(len(words)))
            if len(words) > 1 and any(name.startswith(wanted) for name in solid):
                matches[line] = None
    return tuple(matches)[:MAX_PHRASES]


_SHORTEST_NAME = 6
"""The fewest letters of a Latin name written without spaces."""
_MAX_READ = 5_000
"""The most entries in a catalog whose authors or venues are all read."""


def _shorter(words: Sequence[str]) -> Iterator[list[str]]:
    """A name with one first name or initial left out, shortened or joined, as catalogs differ in these."""
    for at, word in enumerate(words):
        if 1 < len(word) <= 3:
            yield [*words[:at], word[0], *words[at + 1 :]]
    if len(words) > 2:
        for at, word in enumerate(words):
            if len(word) > 1:
                yield [*words[:at], word[0], *words[at + 1 :]]
        for at, word in enumerate(words):
            if len(word) == 1:
                yield [*words[:at], *words[at + 1 :]]
        for at in range(len(words) - 1):
            yield [*words[:at], words[at] + words[at + 1], *words[at + 2 :]]
        for at in range(len(words) - 1, 0, -1):
            yield [*words[:at], *words[at + 1 :]]


def _respelled(words: Sequence[str], finder: Finder, nearest: Callable[[str], Sequence[str]]) -> Iterator[list[str]]:
    """A name with its unknown words replaced by similar known ones."""
    known = finder.vocabularies[texts.AUTHORS]
    near = [(word,) if len(word) <= 3 or known.find(word).rows else tuple(nearest(word)) or (word,) for word in words]
    if any(len(word) > 3 for word in words):
        for at, choices in enumerate(near):
            for choice in choices:
                if choice != words[at]:
                    yield [*(first[0] for first in near[:at]), choice, *(first[0] for first in near[at + 1 :])]


def _venues(words: Sequence[str], finder: Finder) -> tuple[str, ...]:
    """The venues whose words start with these: ``Med Image Anal`` is Medical Image Analysis."""
    vocabulary = finder.vocabularies[texts.VENUE]
    matches: dict[str, None] = {}
    for row in rowset.walk(vocabulary.matching_names(words, _starts_with_words, False)):
        for line in vocabulary.text(row).split("\n"):
            if _starts_with_words(words, parts := line.split(" ")):
                matches[" ".join(_matched_part(words, parts))] = None
    return tuple(matches)[:MAX_PHRASES]


def venues_by_initials(word: str, finder: Finder) -> tuple[str, ...]:
    """The parts of venue names whose initials are ``word``: ``nips`` is Neural Information Processing Systems. None in
    a catalog with too many venues to read."""
    if not _FEWEST_INITIALS <= len(word) <= _MOST_INITIALS or not word.isalpha() or finder.size > _MAX_READ:
        return ()
    vocabulary = finder.vocabularies[texts.VENUE]
    matches: dict[str, None] = {}
    for row in range(finder.size):
        for line in vocabulary.text(row).split("\n"):
            words = line.split(" ")
            big = [at for at, part in enumerate(words) if part not in _SMALL_WORDS]
            start = "".join(words[at][:1] for at in big).find(word)
            if start >= 0:
                matches[" ".join(words[big[start] : big[start + len(word) - 1] + 1])] = None
    return tuple(matches)[:MAX_PHRASES]


_FEWEST_INITIALS, _MOST_INITIALS = 3, 8

_SMALL_WORDS = ("of", "the", "on", "in", "for", "and", "de", "der", "und")


def _matched_part(words: Sequence[str], line: Sequence[str]) -> list[str]:
    """The words of a line from the first to the last that match ``words``."""
    at = [next(at for at, word in enumerate(line) if word.startswith(words[0]))]
    for word in words[1:]:
        at.append(next(next_at for next_at in range(at[-1] + 1, len(line)) if line[next_at].startswith(word)))
    return list(line[at[0] : at[-1] + 1])


def _starts_with_words(words: Sequence[str], line: Sequence[str]) -> bool:
    """Whether words of a line start with these, in this order, with only small words between them."""
    rest = list(line)
    for number, word in enumerate(words):
        while rest and not rest[0].startswith(word):
            if number and rest[0] not in _SMALL_WORDS:
                return False
            rest.pop(0)
        if not rest:
            return False
        rest.pop(0)
    return True


def _datasets(text: str, finder: Finder) -> tuple[str, ...]:
    """The used datasets whose title contains a phrase."""
    rows = finder.vocabularies[texts.TITLE].phrase(text, finder.everything).rows
    used = finder.values("uses")
    ids = (value.name for position, value in enumerate(used.all) if used.count(position))
    return tuple(name for name in ids if rows >> finder.row_by_id.get(name, finder.size) & 1)[:MAX_PHRASES]
