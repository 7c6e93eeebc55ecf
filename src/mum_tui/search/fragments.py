"""The rows of fragments of one or two letters, which occur in almost every word: looked up rather than collected."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

import msgspec
from msgspec import Struct

from mum_tui.search import postings
from mum_tui.search.postings import Postings
from mum_tui.storage.container import Container, Octets

LETTERS = 2
"""The most letters of an indexed fragment."""

_ALPHABET = frozenset("0123456789abcdefghijklmnopqrstuvwxyz-")

WHOLE = ("title", "author", "labels")
"""The groups of texts in which a fragment that is a whole word ranks higher."""

SMALL = 2_000
"""With fewer rows, collecting them from the words is as fast."""


def is_fragment(text: str) -> bool:
    """Whether a text is short enough to be looked up as a fragment."""
    return len(text) <= LETTERS and " " not in text


def _in_word(word: str) -> set[str]:
    """The indexed fragments of a word."""
    fragments = set(word)
    fragments.update(map("".join, pairwise(word)))
    return {fragment for fragment in fragments if _ALPHABET.issuperset(fragment)}


def _whole_in_word(word: str) -> set[str]:
    """The indexed fragments that are whole words within a word, with no letter or digit beside them."""
    return {part for part in _parts().split(word) if 0 < len(part) <= LETTERS}


@cache
def _parts() -> re.Pattern[str]:
    # Compiled only when an index is built: a class of all of Unicode takes longer to compile than an index to read.
    return re.compile("[^0-9a-z\x80-\U0010ffff]+")


class Group(Struct, frozen=True):
    """The words of a group of texts, and the rows of each word, by its position."""

    words: Sequence[str]
    rows: Postings

    def numbers(self, fragments: Callable[[str], set[str]]) -> dict[str, array[int]]:
        """For each fragment, the positions of the words that contain it."""
        by_fragment: dict[str, array[int]] = {}
        for number, word in enumerate(self.words):
            for fragment in fragments(word):
                by_fragment.setdefault(fragment, array("I")).append(number)
        return by_fragment


def pack(groups: Mapping[str, Group], size: int) -> Mapping[str, Octets]:
    """The sections of all fragments: the rows that contain each, and those with it as a whole word in ``WHOLE``."""
    numbers_by_group = {name: group.numbers(_in_word) for name, group in groups.items()}
    names = sorted(set().union(*numbers_by_group.values()))

    def anywhere() -> Iterator[int]:
        for fragment in names:
            bits = 0
            for name, group in groups.items():
                bits |= group.rows.union(numbers_by_group[name].get(fragment, ()))
            yield bits

    octets_by_section = {
        "fragments": msgspec.msgpack.encode(names),
        **postings.pack_bits("fragments.rows", anywhere(), size),
    }
    for name in WHOLE:
        whole = groups[name].numbers(_whole_in_word)
        rows = (groups[name].rows.union(whole.get(fragment, ())) for fragment in names)
        octets_by_section |= postings.pack_bits(f"fragments.{name}", rows, size)
    return octets_by_section


class Fragments:
    """Reads what ``pack`` made. Raises ``Damaged``."""

    def __init__(self, container: Container, size: int) -> None:
        self._numbers: dict[str, int] | None = None
        if "fragments" in container:
            names = msgspec.msgpack.decode(container.view("fragments"), type=list[str])
            self._numbers = {name: number for number, name in enumerate(names)}
            self._rows = [Postings(container, f"fragments.{name}", size) for name in ("rows", *WHOLE)]

    def find(self, text: str) -> tuple[int, ...] | None:
        """The rows with a fragment, and those with it as a whole word in each of ``WHOLE``; None if not indexed."""
        if self._numbers is None or not _ALPHABET.issuperset(text):
            return None
        number = self._numbers.get(text)
        return tuple(0 if number is None else rows.bits(number) for rows in self._rows)
