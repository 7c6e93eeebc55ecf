"""Entries kept as bytes, a quarter of the memory, and decoded on access; and their order, newest first."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import cache
from typing import overload

import msgspec
from msgspec.structs import replace

from mum_tui.catalog.model import Entry, Loaded

_encode = msgspec.msgpack.Encoder().encode


@cache
def _decoder() -> msgspec.msgpack.Decoder[Entry]:
    return msgspec.msgpack.Decoder(Entry)


class Encoded(Sequence[Entry]):
    """A list of entries that are kept as bytes and decoded on access."""

    def __init__(self, octets: Iterable[bytes] = ()) -> None:
        self.octets = list(octets)

    def append(self, entry: Entry) -> None:
        """Add an entry at the end."""
        self.octets.append(_encode(entry))

    def __len__(self) -> int:
        return len(self.octets)

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> Encoded: ...
    def __getitem__(self, at: int | slice) -> Entry | Encoded:
        return Encoded(self.octets[at]) if isinstance(at, slice) else _decoder().decode(self.octets[at])


def octets(entries: Sequence[Entry]) -> list[bytes]:
    """Each entry as bytes."""
    return entries.octets if isinstance(entries, Encoded) else [_encode(entry) for entry in entries]


def _order(entries: Sequence[Entry]) -> list[int]:
    keys = [(entry.year or 0, entry.date) for entry in entries]
    return sorted(range(len(keys)), key=keys.__getitem__, reverse=True)


def _in_order(entries: Sequence[Entry], order: Sequence[int]) -> Sequence[Entry]:
    if isinstance(entries, Encoded):
        return Encoded(entries.octets[row] for row in order)
    return [entries[row] for row in order]


def newest_first(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Entries by the year to cite, then by when they were first public; those without a year come last."""
    return _in_order(entries, _order(entries))


def with_newest_first(loaded: Loaded) -> Loaded:
    """A catalog just read, with its entries newest first and ``order`` set."""
    order = _order(loaded.catalog.entries)
    rows = array("I", bytes(4 * len(order)))
    for row, position in enumerate(order):
        rows[position] = row
    catalog = replace(loaded.catalog, entries=_in_order(loaded.catalog.entries, order))
    return loaded._replace(catalog=catalog, order=rows)
