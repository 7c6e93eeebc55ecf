"""The values of a property: how each is called, and the rows that have it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import msgspec
from msgspec import Struct

from mum_tui.container import Container, Damaged, Octets
from mum_tui.search import postings
from mum_tui.search.postings import Postings


class Value(Struct, frozen=True, array_like=True):
    """A value as it is shown, what it is called in a list, and the folded spellings it is found by."""

    name: str
    title: str
    spellings: tuple[str, ...]


def answers(text: str, spelling: str) -> bool:
    """Whether a word of ``spelling`` begins with ``text`` (both folded)."""
    return spelling.startswith(text) or f" {text}" in spelling or f"-{text}" in spelling


def chosen(text: str, values: Sequence[Value]) -> list[int]:
    """The places of the values that ``text`` asks for: those of exactly this spelling, else all that it begins."""
    exact = [place for place, value in enumerate(values) if text in value.spellings]
    if exact:
        return exact
    return [place for place, value in enumerate(values) if any(answers(text, one) for one in value.spellings)]


def pack(field: str, values: Sequence[Value], rows: Iterable[Sequence[int]], size: int) -> Mapping[str, Octets]:
    """The sections of a property's values."""
    return {f"{field}.values": msgspec.msgpack.encode(list(values)), **postings.pack(f"{field}.value", rows, size)}


class Values:
    """Reads what ``pack`` made. Raises ``Damaged``."""

    def __init__(self, container: Container, field: str, size: int) -> None:
        self._container, self.field, self._size = container, field, size
        self._bits: dict[int, int] = {}

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
    def _spelled(self) -> list[str]:
        """For each value its spellings, each behind a line feed."""
        return ["".join(f"\n{one}" for one in value.spellings) for value in self.all]

    @cached_property
    def _spelled_together(self) -> str:
        return "".join(self._spelled)

    def beginning(self, text: str) -> list[Value]:
        """The values of which a word begins with ``text`` (see ``answers``)."""
        starts = [start for start in (f"\n{text}", f" {text}", f"-{text}") if start in self._spelled_together]
        if not starts:
            return []
        return [self.all[at] for at, spelled in enumerate(self._spelled) if any(start in spelled for start in starts)]

    @cached_property
    def _postings(self) -> Postings:
        return Postings(self._container, f"{self.field}.value", self._size)

    def count(self, place: int) -> int:
        """How many rows have a value."""
        return self._postings.counts[place]

    def bits(self, place: int) -> int:
        """The rows that have a value."""
        if place not in self._bits:
            if len(self._bits) >= _KEPT:
                self._bits.clear()
            self._bits[place] = self._postings.bits(place)
        return self._bits[place]

    def rows(self, places: Iterable[int]) -> int:
        """The rows that have one of these values."""
        return self._postings.union(places)


_KEPT = 200
"""Values of one property whose rows are kept once they were read."""
