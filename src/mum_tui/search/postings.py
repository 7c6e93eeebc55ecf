"""Stores many sets of rows in a few sections: small sets as lists of row numbers, large ones as bits."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from mum_tui.search import rowset
from mum_tui.storage.container import Container, Octets

DENSE = 128
"""A set with more than one row in this many is stored as bits: smaller, and united without a loop over its rows."""


class _Packer:
    def __init__(self, size: int) -> None:
        self._size = size
        self._starts, self._counts, self._postings = array("I", [0]), array("I"), array("I")
        self._dense, self._bits = array("I"), bytearray()

    def add(self, count: int, rows: Callable[[], Iterable[int]], bits: Callable[[], int]) -> None:
        if count * DENSE > self._size:
            self._dense.append(len(self._counts))
            self._bits += rowset.octets(bits(), self._size)
        else:
            self._postings.extend(rows())
        self._counts.append(count)
        self._starts.append(len(self._postings))

    def sections(self, name: str) -> Mapping[str, Octets]:
        return {
            f"{name}.starts": self._starts.tobytes(),
            f"{name}.counts": self._counts.tobytes(),
            f"{name}.postings": self._postings.tobytes(),
            f"{name}.dense": self._dense.tobytes(),
            f"{name}.bits": bytes(self._bits),
        }


def pack(name: str, sets: Iterable[Sequence[int]], size: int) -> Mapping[str, Octets]:
    """The sections of sets over ``size`` rows, each given as a sequence of distinct rows."""
    packer = _Packer(size)
    for rows in sets:
        packer.add(len(rows), partial(iter, rows), partial(rowset.of_rows, rows, size))
    return packer.sections(name)


def pack_bits(name: str, sets: Iterable[int], size: int) -> Mapping[str, Octets]:
    """The sections of sets over ``size`` rows, each given as in ``rowset``."""
    packer = _Packer(size)
    for bits in sets:
        packer.add(bits.bit_count(), partial(rowset.walk, bits), partial(int, bits))
    return packer.sections(name)


class Postings:
    """Reads the sections made by ``pack``; a set is identified by its position. Raises ``Damaged``."""

    def __init__(self, container: Container, name: str, size: int) -> None:
        self._size = size
        self._octets = size // 8 + 1
        self._starts = container.numbers(f"{name}.starts")
        self._postings = container.view(f"{name}.postings")
        self._dense = {number: position for position, number in enumerate(container.numbers(f"{name}.dense"))}
        self._bits = container.view(f"{name}.bits")
        self.counts = container.numbers(f"{name}.counts")

    def __len__(self) -> int:
        return len(self.counts)

    def _dense_bits(self, position: int) -> int:
        return int.from_bytes(self._bits[position * self._octets : (position + 1) * self._octets], "little")

    def bits(self, number: int) -> int:
        """The set at a position, as in ``rowset``."""
        return self.union((number,))

    def union(self, numbers: Iterable[int], rows: array[int] | None = None) -> int:
        """The union of the sets at these positions, and of ``rows``."""
        bits = 0
        rows = array("I") if rows is None else rows
        starts, postings, dense = self._starts, self._postings, self._dense
        for number in numbers:
            first, last = starts[number], starts[number + 1]
            if first != last:
                rows.frombytes(postings[first * 4 : last * 4])
            elif number in dense:
                bits |= self._dense_bits(dense[number])
        return bits | rowset.of_rows(rows, self._size) if rows else bits
