"""Matches names of people as users write them: in either order, with first names or initials, and a double first name
with a hyphen, a space or nothing between its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

MOST = 6
"""The most words of a name in a query; a longer text is a title."""


def fits(asked: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each word that is asked for begins another word of a name; two or three letters may be initials."""
    return _fits(asked, words) or any(
        _fits(other_asked, other_words) for other_asked, other_words in _joined(asked, words, str.startswith)
    )


def _fits(asked: Sequence[str], words: Sequence[str]) -> bool:
    if not asked:
        return True
    first, rest = asked[0], asked[1:]
    if any(word.startswith(first) and _fits(rest, _without(words, at)) for at, word in enumerate(words)):
        return True
    return 1 < len(first) <= 3 and _fits((*first, *rest), words)


def is_name(asked: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each word that is asked for is another word of a name, or its initial."""
    return _is_name(asked, words) or any(
        _is_name(other_asked, other_words) for other_asked, other_words in _joined(asked, words, str.__eq__)
    )


def _is_name(asked: Sequence[str], words: Sequence[str]) -> bool:
    if not asked:
        return True
    first, rest = asked[0], asked[1:]
    return any(
        (word == first or (len(first) == 1 and word.startswith(first))) and _is_name(rest, _without(words, at))
        for at, word in enumerate(words)
    )


def may_be_name(asked: Sequence[str]) -> bool:
    """Whether free words in quotes may be somebody's name: few, and not initials alone."""
    return len(asked) <= MOST and any(len(word) > 1 for word in asked)


def _joined(
    asked: Sequence[str], words: Sequence[str], agree: Callable[[str, str], bool]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """The two names with two words of one written together, where that makes a word of the other: ``jie neng`` and
    ``jieneng``. A name of two words stays as it is: it may be a family name and a first name."""
    for at, pair in enumerate(pairwise(words)):
        if len(words) > 2 and any(len(word) > len(pair[0]) and agree("".join(pair), word) for word in asked):
            yield asked, [*words[:at], "".join(pair), *words[at + 2 :]]
    for at, pair in enumerate(pairwise(asked)):
        if len(asked) > 2 and any(agree(word, "".join(pair)) for word in words):
            yield [*asked[:at], "".join(pair), *asked[at + 2 :]], words


def _without(words: Sequence[str], at: int) -> Sequence[str]:
    return [*words[:at], *words[at + 1 :]]
