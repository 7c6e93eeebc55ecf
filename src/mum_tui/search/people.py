"""Matches names of people as users write them: family name first or last, with first names or initials, and double
first names with a hyphen, a space or nothing between their parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

MAX_WORDS = 6
"""The most words of a name in a query; a longer text is a title."""


def matches_prefixes(query: Sequence[str], name: Sequence[str]) -> bool:
    """Whether each word of a query starts a different word of a name; two or three letters may be initials."""
    return _matches_prefixes(query, name) or any(
        _matches_prefixes(other_query, other_name) for other_query, other_name in _joined(query, name, str.startswith)
    )


def _matches_prefixes(query: Sequence[str], name: Sequence[str]) -> bool:
    if not query:
        return True
    first, rest = query[0], query[1:]
    if any(word.startswith(first) and _matches_prefixes(rest, _without(name, at)) for at, word in enumerate(name)):
        return True
    return 1 < len(first) <= 3 and _matches_prefixes((*first, *rest), name)


def matches_words(query: Sequence[str], name: Sequence[str]) -> bool:
    """Whether each word of a query is a different word of a name, or its initial."""
    return _matches_words(query, name) or any(
        _matches_words(other_query, other_name) for other_query, other_name in _joined(query, name, str.__eq__)
    )


def _matches_words(query: Sequence[str], name: Sequence[str]) -> bool:
    if not query:
        return True
    first, rest = query[0], query[1:]
    return any(
        (word == first or (len(first) == 1 and word.startswith(first))) and _matches_words(rest, _without(name, at))
        for at, word in enumerate(name)
    )


def may_be_name(query: Sequence[str]) -> bool:
    """Whether the words of a quoted phrase may be a name: at most ``MAX_WORDS``, and not only initials."""
    return len(query) <= MAX_WORDS and any(len(word) > 1 for word in query)


def _joined(
    query: Sequence[str], name: Sequence[str], agree: Callable[[str, str], bool]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Query and name with two words of one joined, where the result matches a word of the other: ``jie neng`` and
    ``jieneng``. Two words alone are never joined: they may be a family name and a first name."""
    for at, pair in enumerate(pairwise(name)):
        if len(name) > 2 and any(len(word) > len(pair[0]) and agree("".join(pair), word) for word in query):
            yield query, [*name[:at], "".join(pair), *name[at + 2 :]]
    for at, pair in enumerate(pairwise(query)):
        if len(query) > 2 and any(agree(word, "".join(pair)) for word in name):
            yield [*query[:at], "".join(pair), *query[at + 2 :]], name


def _without(name: Sequence[str], at: int) -> Sequence[str]:
    return [*name[:at], *name[at + 1 :]]
