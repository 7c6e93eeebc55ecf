"""The values of a property: how each is called, and the rows that have it."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate

import msgspec
from msgspec import Struct

from mum_tui.bounded_cache import BoundedCache
from mum_tui.search import postings
from mum_tui.search.postings import Postings
from mum_tui.storage.container import Container, Damaged, Octets

_VALUES_CACHED = 200
"""Values of one property whose rows are cached."""


class Value(Struct, frozen=True, array_like=True):
    """A value as it is shown, what it is called in a list, and the folded spellings it is found by."""

    name: str
    title: str
    spellings: tuple[str, ...]


def answers(text: str, spelling: str) -> bool:
    """Whether a word of ``spelling`` begins with ``text`` (both folded)."""
    return spelling.startswith(text) or f" {text}" in spelling or f"-{text}" in spelling


def chosen(text: str, values: Sequence[Value]) -> list[int]:
    """The places of the values spelled exactly like ``text``; else of those with a word beginning so."""
    exact = [place for place, value in enumerate(values) if text in value.spellings]
    if exact:
        return exact
    return [place for place, value in enumerate(values) if any(answers(text, spelling) for spelling in value.spellings)]


def pack(field: str, values: Sequence[Value], rows: Iterable[Sequence[int]], size: int) -> Mapping[str, Octets]:
    """The sections of a property's values."""
    return {f"{field}.values": msgspec.msgpack.encode(list(values)), **postings.pack(f"{field}.value", rows, size)}


class Values:
    """Reads what ``pack`` made. Raises ``Damaged``."""

    def __init__(self, container: Container, field: str, size: int) -> None:
        self._container, self.field, self._size = container, field, size
        self._bits: BoundedCache[int, int] = BoundedCache(_VALUES_CACHED)

    @cached_property
    def all(self) -> list[Value]:
        """The values in reading order."""
        try:
            return msgspec.msgpack.decode(self._container.view(f"{self.field}.values"), type=list[Value])
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Damaged from error

    @cached_property
    def places(self) -> dict[str, int]:
        """Where a value stands in ``all``, by its name."""
        return {value.name: place for place, value in enumerate(self.all)}

    @cached_property
    def _spelled(self) -> tuple[str, Sequence[int]]:
        """All spellings in one text, each behind a line feed, and where those of each value begin in it."""
        spelled = ["".join(f"\n{spelling}" for spelling in value.spellings) for value in self.all]
        return "".join(spelled), list(accumulate(map(len, spelled), initial=0))

    def beginning(self, text: str) -> list[int]:
        """The places of the values of which a word begins with ``text`` (see ``answers``), in reading order."""
        together, begins = self._spelled
        places: set[int] = set()
        for start in (f"\n{text}", f" {text}", f"-{text}"):
            at = together.find(start)
            while at >= 0:
                place = bisect(begins, at) - 1
                places.add(place)
                at = together.find(start, begins[place + 1])
        return sorted(places)

    @cached_property
    def _postings(self) -> Postings:
        return Postings(self._container, f"{self.field}.value", self._size)

    @property
    def is_used(self) -> bool:
        """Whether any row has any of them; found out without reading how they are called."""
        return any(self._container.numbers(f"{self.field}.value.counts"))

    def count(self, place: int) -> int:
        """How many rows have a value."""
        return self._postings.counts[place]

    def bits(self, place: int) -> int:
        """The rows that have a value."""
        return self._bits.get_or_make(place, lambda: self._postings.bits(place))

    @cached_property
    def any(self) -> int:
        """The rows that have any value."""
        return self.rows(range(len(self.all)))

    def warm_up(self) -> None:
        """Read what completions would otherwise wait for."""
        _ = self.places, self._spelled, self.any

    def rows(self, places: Iterable[int]) -> int:
        """The rows that have one of these values."""
        return self._postings.union(places)
