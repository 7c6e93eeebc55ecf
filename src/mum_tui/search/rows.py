"""The rows of results, computed when they are read: showing one page computes only that page."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain, islice
from operator import eq
from typing import overload

from mum_tui.search import rowset
from mum_tui.search.view import Group

_BLOCK = 512
"""The number of bytes of a row set that are counted together: 4,096 rows."""


_COMPARED = 2_000
"""The most rows with different rankings that are compared one by one."""


class _InOrder:
    """The rows of a set in ascending order, with random access."""

    def __init__(self, bits: int, size: int) -> None:
        self.bits = bits
        self._octets = rowset.octets(bits, size)
        self.count = bits.bit_count()
        self._block, self._rows = -1, [0]

    @cached_property
    def _before(self) -> list[int]:
        """For each block, the number of rows in the blocks before it."""
        parts = range(0, len(self._octets), _BLOCK)
        counts = (int.from_bytes(self._octets[at : at + _BLOCK], "little").bit_count() for at in parts)
        return [0, *accumulate(counts)]

    def __getitem__(self, number: int) -> int:
        block = bisect_right(self._before, number) - 1
        if block != self._block:
            at = block * _BLOCK
            self._rows = rowset.in_octets(self._octets[at : at + _BLOCK], at * 8)
            self._block = block
        return self._rows[number - self._before[block]]

    def index(self, row: int) -> int:
        return (self.bits & ((1 << row) - 1)).bit_count()

    def __iter__(self) -> Iterator[int]:
        for at in range(0, len(self._octets), _BLOCK):
            yield from rowset.in_octets(self._octets[at : at + _BLOCK], at * 8)


class _Sorted:
    """The rows of a set in the order of a list of all rows, read one after the other."""

    def __init__(self, bits: int, order: Sequence[int], flags: bytes) -> None:
        self.bits = bits
        self.count = bits.bit_count()
        self._coming = rowset.pick(order, flags)
        self._rows_read = array("I")

    def __getitem__(self, number: int) -> int:
        if number >= len(self._rows_read):
            self._rows_read.extend(islice(self._coming, max(number + 1 - len(self._rows_read), 256)))
        return self._rows_read[number]

    def index(self, row: int) -> int:
        for at in range(0, self.count, 4096):
            last = min(at + 4096, self.count) - 1
            _ = self[last]
            try:
                return self._rows_read.index(row, at, last + 1)
            except ValueError:
                continue
        raise ValueError(row)

    def __iter__(self) -> Iterator[int]:
        return (self[number] for number in range(self.count))


class Rows(Sequence[int]):
    """Rows in tiers: all of the first come before all of the second.

    Args:
        bits: the set of rows.
        size: the number of rows in the index.
        order: all rows in the order within a tier; None for ascending.
        tier: returns the rows of tier *n* and of all better tiers; called when the tier is reached.
        tiers: the number of tiers; the last one has the remaining rows of ``bits``.
        ranking: a value that determines the tiers; ``Rows`` with equal bits, order and ranking are equal.
    """

    def __init__(
        self,
        bits: int,
        size: int,
        order: Sequence[int] | None = None,
        tier: Callable[[int], int] | None = None,
        tiers: int = 1,
        ranking: object = None,
    ) -> None:
        self.bits = bits
        self.ranking = ranking
        self._size, self._order, self._tier, self._tiers = size, order, tier, tiers
        self._count = bits.bit_count()
        self._parts: list[_InOrder | _Sorted] = []
        self._starts = [0]
        self._taken = 0

    def __len__(self) -> int:
        return self._count

    def __contains__(self, row: object) -> bool:
        return isinstance(row, int) and row >= 0 and bool(self.bits >> row & 1)

    def _next_part(self) -> None:
        number = len(self._parts)
        last = self._tier is None or number >= self._tiers - 1
        within = self.bits if last or self._tier is None else self._tier(number) & self.bits
        bits = within & ~self._taken
        self._taken |= within
        part: _InOrder | _Sorted
        if self._order is None:
            part = _InOrder(bits, self._size)
        else:
            part = _Sorted(bits, self._order, rowset.flags(bits, self._size))
        self._parts.append(part)
        self._starts.append(self._starts[-1] + part.count)

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> list[int]: ...
    def __getitem__(self, at: int | slice) -> int | list[int]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(self._count))]
        number = at + self._count if at < 0 else at
        if not 0 <= number < self._count:
            raise IndexError(at)
        while self._starts[-1] <= number:
            self._next_part()
        part = bisect_right(self._starts, number) - 1
        return self._parts[part][number - self._starts[part]]

    def index(self, row: int, start: int = 0, stop: int | None = None) -> int:
        """The position of a row. Raises ``ValueError`` if it is missing, or not between ``start`` and ``stop``."""
        if row not in self:
            raise ValueError(row)
        number = 0
        while True:
            if number == len(self._parts):
                self._next_part()
            part = self._parts[number]
            if part.bits >> row & 1:
                position = self._starts[number] + part.index(row)
                if start <= position and (stop is None or position < stop):
                    return position
                raise ValueError(row)
            number += 1

    def __iter__(self) -> Iterator[int]:
        number = 0
        while number < len(self._parts) or self._starts[-1] < self._count:
            if number == len(self._parts):
                self._next_part()
            yield from self._parts[number]
            number += 1

    def __eq__(self, other: object) -> bool:
        """Whether the rows and their order are equal; too many rows with different rankings count as different."""
        if isinstance(other, Rows):
            if self.bits != other.bits:
                return False
            if self._order is other._order and self.ranking == other.ranking:
                return True
            if self._count > _COMPARED:
                return False
        if not isinstance(other, Sequence) or len(self) != len(other):
            return False
        return all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]  # equal by value: Python's own way to say so


class GroupedRows(list[int]):
    """Rows sorted by their groups."""

    def __init__(self, rows: Iterable[int], bits: int) -> None:
        super().__init__(rows)
        self.bits = bits

    def __contains__(self, row: object) -> bool:
        return isinstance(row, int) and row >= 0 and bool(self.bits >> row & 1)


def grouped(
    rows: Iterable[int], bits: int, groups: tuple[Sequence[int], Sequence[str]], is_reversed: bool
) -> tuple[GroupedRows, tuple[Group, ...]]:
    """Sort rows by group, keeping their order within a group; return them and their groups.

    Args:
        rows: the rows in order.
        bits: the same rows as a set.
        groups: the group number of each row of the catalog, and the titles by number; a row without a group has the
            number after the last.
        is_reversed: whether the last group comes first; rows without a group stay at the end.
    """
    numbers, titles = groups
    members: dict[int, list[int]] = {}
    for row in rows:
        members.setdefault(numbers[row], []).append(row)
    order = sorted(members, reverse=is_reversed)
    if is_reversed and order and order[0] == len(titles):
        order.append(order.pop(0))
    counts = [len(members[number]) for number in order]
    starts = accumulate(counts, initial=0)
    named = [titles[number] if number < len(titles) else NO_GROUP for number in order]
    listed = tuple(Group(title, start, count) for title, start, count in zip(named, starts, counts, strict=False))
    return GroupedRows(chain.from_iterable(members[number] for number in order), bits), listed


NO_GROUP = "none"
"""The heading of rows without a group."""
