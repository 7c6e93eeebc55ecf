"""The values of a field: their names, and the rows that have each."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate

import msgspec
from msgspec import Struct

from mum_tui.bounded_cache import BoundedCache
from mum_tui.search import postings
from mum_tui.search.postings import Postings
from mum_tui.storage.container import Container, Damaged, Octets
from mum_tui.text import letters, words_apart

_VALUES_CACHED = 200
"""How many values of a field keep their rows in the cache."""
_TEXTS_CACHED = 32
"""For how many texts the cache keeps the values that start with them."""
_FEW_VALUES = 8
"""Below one value in this many, searching each is faster than searching all in one text."""


class Value(Struct, frozen=True, array_like=True):
    """A value of a field: its name in a query, its title in a list, and the folded spellings that match it."""

    name: str
    title: str
    spellings: tuple[str, ...]


def word_suffixes(spelling: str) -> Iterator[str]:
    """A folded spelling from each of its words on, only letters and digits: ``x-ray`` gives ``xray`` and ``ray``."""
    words = words_apart(spelling).split()
    for at in range(len(words)):
        yield "".join(words[at:])


def has_word_starting_with(text: str, spelling: str) -> bool:
    """Whether a word of ``spelling`` starts with ``text`` (both folded), whatever their hyphens and spaces."""
    wanted = letters(text)
    return bool(wanted) and any(suffix.startswith(wanted) for suffix in word_suffixes(spelling))


def exactly(text: str, values: Sequence[Value]) -> list[int]:
    """The positions of the values with exactly this spelling, whatever its hyphens and spaces."""
    wanted = letters(text)
    if not wanted:
        return []
    return [
        position
        for position, value in enumerate(values)
        if any(letters(spelling) == wanted for spelling in value.spellings)
    ]


def starting_with(text: str, values: Sequence[Value]) -> list[int]:
    """The positions of the values with a word that starts with ``text`` (see ``has_word_starting_with``)."""
    return [
        position
        for position, value in enumerate(values)
        if any(has_word_starting_with(text, spelling) for spelling in value.spellings)
    ]


def pack(field: str, values: Sequence[Value], rows: Iterable[Sequence[int]], size: int) -> Mapping[str, Octets]:
    """The sections of the values of a field; ``rows`` has the rows of each value, in the same order."""
    return {f"{field}.values": msgspec.msgpack.encode(list(values)), **postings.pack(f"{field}.value", rows, size)}


class Values:
    """Reads the sections made by ``pack``. Raises ``Damaged``."""

    def __init__(self, container: Container, field: str, size: int) -> None:
        self._container, self.field, self._size = container, field, size
        self._bits: BoundedCache[int, int] = BoundedCache(_VALUES_CACHED)
        self._starting: BoundedCache[str, list[int]] = BoundedCache(_TEXTS_CACHED)

    @cached_property
    def all(self) -> list[Value]:
        """The values in reading order."""
        try:
            return msgspec.msgpack.decode(self._container.view(f"{self.field}.values"), type=list[Value])
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Damaged from error

    @cached_property
    def positions(self) -> dict[str, int]:
        """The position of each value in ``all``, by name."""
        return {value.name: position for position, value in enumerate(self.all)}

    @cached_property
    def _spelled(self) -> tuple[str, Sequence[int]]:
        """The suffixes of all spellings in one text, and the position in it of the first of each value."""
        spelled = ["".join(map(_marked_suffixes, value.spellings)) for value in self.all]
        return "".join(spelled), list(accumulate(map(len, spelled), initial=0))

    def starting_with(self, text: str) -> list[int]:
        """The positions of the values with a word that starts with ``text``, in reading order."""
        wanted = letters(text)
        return self._starting.get_or_make(wanted, lambda: self._find_starting(wanted)) if wanted else []

    def _find_starting(self, wanted: str) -> list[int]:
        # What starts with the longer text starts with its beginning, typed before: search only those values.
        typed = next((known for known in reversed(self._starting) if wanted.startswith(known)), "")
        within = self._starting.get(typed)
        joined, starts = self._spelled
        if within is None or len(within) * _FEW_VALUES > len(starts):
            return sorted({*self._positions(_WHOLE + wanted), *self._positions(_PART + wanted)})
        return [
            position
            for position in within
            if any(joined.find(mark + wanted, starts[position], starts[position + 1]) >= 0 for mark in (_WHOLE, _PART))
        ]

    def exactly(self, text: str) -> list[int]:
        """The positions of the values with exactly this spelling (see ``exactly``), in reading order."""
        wanted = letters(text)
        return self._positions(f"{_WHOLE}{wanted}\n") if wanted else []

    def _positions(self, wanted: str) -> list[int]:
        joined, starts = self._spelled
        positions = []
        at = joined.find(wanted)
        while at >= 0:
            position = bisect(starts, at) - 1
            positions.append(position)
            at = joined.find(wanted, starts[position + 1])
        return positions

    @cached_property
    def _postings(self) -> Postings:
        return Postings(self._container, f"{self.field}.value", self._size)

    @property
    def is_used(self) -> bool:
        """Whether any row has a value; does not read the names."""
        return any(self._container.numbers(f"{self.field}.value.counts"))

    def count(self, position: int) -> int:
        """The number of rows with a value."""
        return self._postings.counts[position]

    def bits(self, position: int) -> int:
        """The rows with a value."""
        return self._bits.get_or_make(position, lambda: self._postings.bits(position))

    @cached_property
    def any(self) -> int:
        """The rows with any value."""
        return self.rows(range(len(self.all)))

    def warm_up(self) -> None:
        """Read in advance the data that completions need."""
        _ = self.positions, self._spelled, self.any

    def rows(self, positions: Iterable[int]) -> int:
        """The rows with any of these values."""
        return self._postings.union(positions)


_WHOLE, _PART = "\1", "\2"
"""Mark a whole spelling, and a suffix of one, in the text of all spellings."""


def _marked_suffixes(spelling: str) -> str:
    return "".join(f"{_PART if at else _WHOLE}{part}\n" for at, part in enumerate(word_suffixes(spelling)))
