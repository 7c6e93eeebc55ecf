"""Names in a compiled catalog, sorted and found by bisection."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from mum_tui.bounded_cache import BoundedCache
from mum_tui.catalog.model import Entry
from mum_tui.problems import closest
from mum_tui.storage.container import Container, Octets
from mum_tui.text import letters, spellings

_TOGETHER = 50_000
"""How many names ``parts`` reads at a time."""

_IDS_CACHED = 20_000
"""How many looked-up ids are cached: more entries than anyone annotates."""


def _octets(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass")


def pack(name: str, named: Iterable[tuple[str, int]]) -> Mapping[str, Octets]:
    """The sections that hold these pairs of name and row; a name may have several rows."""
    ordered = sorted((_octets(key), row) for key, row in named)
    starts = array("Q", [0])
    at = 0
    for key, _ in ordered:
        at += len(key)
        starts.append(at)
    return {
        f"{name}.text": b"".join(key for key, _ in ordered),
        f"{name}.starts": starts.tobytes(),
        f"{name}.rows": array("I", (row for _, row in ordered)).tobytes(),
    }


class NameTable(Sequence[bytes]):
    """Reads the sections that ``pack`` made: the names in order, as bytes. Raises ``Damaged``."""

    def __init__(self, container: Container, name: str) -> None:
        self._text = container.view(f"{name}.text", verify=False)
        self._starts = container.numbers(f"{name}.starts", "Q", verify=False)
        self._rows = container.numbers(f"{name}.rows", verify=False)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, number):  # type: ignore[no-untyped-def]  # typed by the overloads of its base
        return bytes(self._text[self._starts[number] : self._starts[number + 1]])

    def exactly(self, name: str) -> list[int]:
        """The rows of a name."""
        octets = _octets(name)
        first = bisect_left(self, octets)
        rows = []
        while first < len(self) and self[first] == octets:
            rows.append(self._rows[first])
            first += 1
        return rows

    def starting(self, start: str) -> Sequence[int]:
        """The rows of all names that begin with ``start``."""
        octets = _octets(start)
        first = bisect_left(self, octets)
        last = bisect_left(self, octets + b"\xff", first)
        return self._rows[first:last]

    def parts(self) -> Iterator[list[str]]:
        """All names in order, ``_TOGETHER`` at a time."""
        for first in range(0, len(self), _TOGETHER):
            starts = self._starts[first : min(first + _TOGETHER, len(self)) + 1]
            octets = bytes(self._text[starts[0] : starts[-1]])
            ends = pairwise([at - starts[0] for at in starts])
            if octets.isascii():
                text = octets.decode("ascii")
                yield [text[at:end] for at, end in ends]
            else:
                yield [octets[at:end].decode("utf-8", "replace") for at, end in ends]


class RowById(Mapping[str, int]):
    """Row numbers by entry id and alias; an id goes before another entry's alias of the same name."""

    def __init__(self, container: Container) -> None:
        self._ids = NameTable(container, "ids")
        self._aliases = NameTable(container, "aliases")
        self._rows: BoundedCache[str, int] = BoundedCache(_IDS_CACHED)

    def __getitem__(self, identifier: str) -> int:
        if (row := self._rows.get(identifier)) is not None:
            return row
        for names in (self._ids, self._aliases):
            if rows := names.exactly(identifier):
                self._rows[identifier] = rows[-1]
                return rows[-1]
        raise KeyError(identifier)

    def __iter__(self) -> Iterator[str]:
        aliases = (name for name in self._aliases if not self._ids.exactly(name.decode()))
        return (name.decode() for names in (iter(self._ids), aliases) for name in names)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def near(self, identifier: str, count: int = 3) -> list[str]:
        """The ids and aliases most similar to ``identifier``, the nearest first; empty if none is close."""
        parts = (part for names in (self._ids, self._aliases) for part in names.parts())
        return closest(identifier, parts, count)


def sections(entries: Sequence[Entry]) -> dict[str, Octets]:
    """The sections for ``RowById``, and ``names``: the letters and digits of ids, aliases and short names."""
    return {
        **pack("ids", ((entry.id, row) for row, entry in enumerate(entries))),
        **pack("aliases", ((alias, row) for row, entry in enumerate(entries) for alias in entry.aliases)),
        **pack("names", ((key, row) for row, entry in enumerate(entries) for key in keys_of(entry))),
    }


def called(entry: Entry) -> tuple[str, ...]:
    """The names of an entry: id, aliases, short name."""
    return (entry.id, *entry.aliases, *((entry.name,) if entry.name else ()))


def keys_of(entry: Entry) -> set[str]:
    """The names of an entry reduced to letters and digits, so that spaces, hyphens and accents do not matter."""
    return {key for name in called(entry) for spelling in spellings(name) if (key := letters(spelling))}
