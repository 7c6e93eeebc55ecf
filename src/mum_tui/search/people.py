"""Matches names of people as users write them: in either order, with first names or initials, and a double first name
with a hyphen, a space or nothing between its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

MAX_WORDS = 6
"""The most words of a name in a query; a longer text is a title."""


def matches_prefixes(query: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each word that is query for begins another word of a name; two or three letters may be initials."""
    return _matches_prefixes(query, words) or any(
        _matches_prefixes(other_query, other_name) for other_query, other_name in _joined(query, words, str.startswith)
    )


def _matches_prefixes(query: Sequence[str], words: Sequence[str]) -> bool:
    if not query:
        return True
    first, rest = query[0], query[1:]
    if any(word.startswith(first) and _matches_prefixes(rest, _without(words, at)) for at, word in enumerate(words)):
        return True
    return 1 < len(first) <= 3 and _matches_prefixes((*first, *rest), words)


def matches_words(query: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each word that is query for is another word of a name, or its initial."""
    return _matches_words(query, words) or any(
        _matches_words(other_query, other_name) for other_query, other_name in _joined(query, words, str.__eq__)
    )


def _matches_words(query: Sequence[str], words: Sequence[str]) -> bool:
    if not query:
        return True
    first, rest = query[0], query[1:]
    return any(
        (word == first or (len(first) == 1 and word.startswith(first))) and _matches_words(rest, _without(words, at))
        for at, word in enumerate(words)
    )


def may_be_name(query: Sequence[str]) -> bool:
    """Whether free words in quotes may be somebody's name: few, and not initials alone."""
    return len(query) <= MAX_WORDS and any(len(word) > 1 for word in query)


def _joined(
    query: Sequence[str], words: Sequence[str], agree: Callable[[str, str], bool]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """The two names with two words of one written together, where that makes a word of the other: ``jie neng`` and
    ``jieneng``. A name of two words stays as it is: it may be a family name and a first name."""
    for at, pair in enumerate(pairwise(words)):
        if len(words) > 2 and any(len(word) > len(pair[0]) and agree("".join(pair), word) for word in query):
            yield query, [*words[:at], "".join(pair), *words[at + 2 :]]
    for at, pair in enumerate(pairwise(query)):
        if len(query) > 2 and any(agree(word, "".join(pair)) for word in words):
            yield [*query[:at], "".join(pair), *query[at + 2 :]], words


def _without(words: Sequence[str], at: int) -> Sequence[str]:
    return [*words[:at], *words[at + 1 :]]
