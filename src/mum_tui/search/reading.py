"""A text folded for searching, with single spaces, and the position of each of its characters in the original."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache

from mum_tui.text import fold, letters, words_apart, written_out

Span = tuple[int, int]
"""The start and end of a hit in a text, in characters; the end is exclusive."""

_UNEVEN = re.compile(r"[^\S ]|  ")
"""White space that folding changes."""

_PIECES = re.compile(r"(?P<plain>[!-~]+(?: [!-~]+)*(?![^\x00-\x7f]))|[!-~]?[^!-~]+")
"""The pieces of a text: plain ones of ASCII with single spaces, which only have to be made lower case, and others."""

_POSITIONS = "I"
"""The type of positions in an array: of 4 bytes, where a list takes 36 for each."""


class Reading:
    """A text folded in one way."""

    def __init__(self, folded: str, origin: Sequence[int]) -> None:
        """Take the folded text, and in ``origin`` the position of each of its characters in the original text."""
        self.folded = folded
        self._origin = origin

    def exactly(self, word: str) -> Iterator[Span]:
        """The hits of a folded word exactly as it is."""
        return self._find(word, self.folded, self._origin)

    def as_phrase(self, words: str) -> Iterator[Span]:
        """The hits of a folded phrase, words with single spaces between, whatever the punctuation in the text."""
        return self._find(words, *self._without_punctuation)

    def loosely(self, word: str) -> Iterator[Span]:
        """The hits of a folded word at the start of a word, with or without hyphens or spaces inside."""
        solid, joints = _loose_form(word)
        if not solid or solid not in self._letters_only:
            return
        at = self._letters_only.find(solid)
        while at >= 0:
            places = self._letter_positions[at : at + len(solid)]
            if self._is_word_start(places[0]) and self._is_one_word(places, joints):
                yield self._origin[places[0]], self._origin[places[-1]] + 1
                at = self._letters_only.find(solid, at + len(solid))
            else:
                at = self._letters_only.find(solid, at + 1)

    def _find(self, word: str, folded: str, origin: Sequence[int]) -> Iterator[Span]:
        at = folded.find(word)
        while at >= 0:
            yield origin[at], origin[at + len(word) - 1] + 1
            at = folded.find(word, at + len(word))

    def _is_word_start(self, place: int) -> bool:
        return place == 0 or not self.folded[place - 1].isalnum()

    def _is_one_word(self, places: Sequence[int], joints: frozenset[int] | None) -> bool:
        """Whether each joint has at most one other character, or one and a space, and the rest has none."""
        for number in range(1, len(places)):
            between = self.folded[places[number - 1] + 1 : places[number]]
            if between and not (joints is None or number in joints):
                return False
            if len(between) > 2 or (len(between) == 2 and between[1] != " "):
                return False
        return True

    @cached_property
    def _letters_only(self) -> str:
        """The text with letters and digits only."""
        return letters(self.folded)

    @cached_property
    def _letter_positions(self) -> Sequence[int]:
        """The position in ``folded`` of each letter and digit."""
        return array(_POSITIONS, (place for place, char in enumerate(self.folded) if char.isalnum()))

    @cached_property
    def _without_punctuation(self) -> tuple[str, Sequence[int]]:
        """The text without its punctuation, and the position of each of its characters in the original."""
        chars: list[str] = []
        origins = array(_POSITIONS)
        for char, position in zip(self.folded, self._origin, strict=True):
            if not char.isalnum():
                if chars and chars[-1] == " ":
                    continue
                char = " "
            chars.append(char)
            origins.append(position)
        return "".join(chars), origins


@lru_cache(maxsize=64)
def _loose_form(word: str) -> tuple[str, frozenset[int] | None]:
    """The letters of a word, and the indices of those that punctuation may precede (None: any).

    Returns no letters for a word that is only searched for exactly: one with wildcards, or with punctuation only at its
    ends.
    """
    if word.isalnum():
        return word, None
    parts = words_apart(word).split(" ")
    if len(parts) == 1 or "?" in word or "*" in word:
        return "", None
    ends = [sum(map(len, parts[:number])) for number in range(1, len(parts))]
    return "".join(parts), frozenset(ends)


def readings(text: str) -> Sequence[Reading]:
    """The readings of a text: folded and, if it has letters like ``ü``, also with these written out (``ue``)."""
    if text.isascii() or written_out(text) == fold(text):
        return (_folded(text, fold),)
    return _folded(text, fold), _folded(text, written_out)


def _folded(text: str, fold: Callable[[str], str]) -> Reading:
    if text.isascii() and not _UNEVEN.search(text):
        return Reading(text.lower(), range(len(text)))
    chars: list[str] = []
    origin = array(_POSITIONS)
    is_space = False
    for piece in _PIECES.finditer(text):
        start, end = piece.span()
        if piece.lastgroup == "plain":
            chars.append(piece[0].lower())
            origin.extend(range(start, end))
            is_space = False
            continue
        for position, letter in _letters(piece[0], start):
            for char in fold(letter):
                if not char.isspace():
                    chars.append(char)
                elif is_space:
                    continue
                else:
                    chars.append(" ")
                is_space = chars[-1] == " "
                origin.append(position)
    return Reading("".join(chars), origin)


def _letters(text: str, first: int) -> Iterator[tuple[int, str]]:
    """The letters of a text, each with its combining characters and its position; the first one's is ``first``."""
    start = 0
    for position, char in enumerate(text):
        if position > start and not unicodedata.combining(char):
            yield first + start, text[start:position]
            start = position
    if text:
        yield first + start, text[start:]
