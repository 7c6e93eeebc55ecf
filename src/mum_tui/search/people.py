"""Matches names of people as users write them: in either order, with first names or initials."""

from __future__ import annotations

from collections.abc import Sequence

MOST = 6
"""The most words of a name in a query; a longer text is a title."""


def fits(asked: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each word that is asked for begins another word of a name; two or three letters may be initials."""
    if not asked:
        return True
    first, rest = asked[0], asked[1:]
    if any(word.startswith(first) and fits(rest, _without(words, at)) for at, word in enumerate(words)):
        return True
    return 1 < len(first) <= 3 and fits((*first, *rest), words)


def is_name(asked: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each word that is asked for is another word of a name, or its initial."""
    if not asked:
        return True
    first, rest = asked[0], asked[1:]
    return any(
        (word == first or (len(first) == 1 and word.startswith(first))) and is_name(rest, _without(words, at))
        for at, word in enumerate(words)
    )


def may_be_name(asked: Sequence[str]) -> bool:
    """Whether free words in quotes may be somebody's name: few, and not initials alone."""
    return len(asked) <= MOST and any(len(word) > 1 for word in asked)


def _without(words: Sequence[str], at: int) -> Sequence[str]:
    return [*words[:at], *words[at + 1 :]]
