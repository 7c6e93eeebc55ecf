"""The entries of a library as JSON, in blocks: after a change only its block is encoded again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from mum_tui.json_types import Json

BLOCK = 100_000
"""The least bytes of a block, but for the last one and those from which entries were removed."""


class _Block(NamedTuple):
    """Entries that follow each other, and their text, with a comma before each."""

    ids: tuple[str, ...]
    data: bytes


class EncodedEntries:
    """Encodes a mapping of entries that changes; ``changed`` must be called after each change of one entry."""

    def __init__(self, entries: dict[str, Json]) -> None:
        self._entries = entries
        self._blocks: dict[int, _Block] = {}
        self._block_of: dict[str, int] = {}
        self._outdated: set[int] = set()
        self._at_end = dict.fromkeys(entries)
        """The ids that follow those in the blocks."""

    def copy(self, entries: dict[str, Json]) -> EncodedEntries:
        """A copy for ``entries``, which are equal to those of this one."""
        copy = EncodedEntries({})
        copy._entries = entries
        copy._blocks, copy._block_of = dict(self._blocks), dict(self._block_of)
        copy._outdated, copy._at_end = set(self._outdated), dict(self._at_end)
        return copy

    def changed(self, identifier: str) -> None:
        """Tell that an entry has another value, or that it was added at the end, moved there, or removed."""
        is_there = identifier in self._entries
        if is_there and identifier != next(reversed(self._entries)):
            block = self._block_of.get(identifier)
        else:
            block = self._block_of.pop(identifier, None)
            self._at_end.pop(identifier, None)
            if is_there:
                self._at_end[identifier] = None
        if block is not None:
            self._outdated.add(block)

    def blocks(self) -> Sequence[bytes]:
        """The text of all entries, with a comma before each. Raises ``ValueError`` or ``RecursionError``."""
        for number in tuple(self._outdated):
            ids = [identifier for identifier in self._blocks[number].ids if self._block_of.get(identifier) == number]
            if ids:
                self._store(number, ids, self._encode(ids))
            else:
                del self._blocks[number]
            self._outdated.discard(number)
        if self._at_end:
            self._add_at_end()
        return [block.data for block in self._blocks.values()]

    def _add_at_end(self) -> None:
        number = next(reversed(self._blocks), 0)
        ids, data = self._blocks.get(number, _Block((), b""))
        added, texts, size = list(ids), [data], len(data)
        for identifier in tuple(self._at_end):
            if size >= BLOCK:
                self._store(number, added, b"".join(texts))
                number, added, texts, size = number + 1, [], [], 0
            text = self._encode((identifier,))
            added.append(identifier)
            texts.append(text)
            size += len(text)
        self._store(number, added, b"".join(texts))

    def _store(self, number: int, ids: Sequence[str], data: bytes) -> None:
        self._blocks[number] = _Block(tuple(ids), data)
        for identifier in ids:
            self._block_of[identifier] = number
            self._at_end.pop(identifier, None)

    def _encode(self, ids: Sequence[str]) -> bytes:
        entries = {identifier: self._entries[identifier] for identifier in ids}
        lines = msgspec.json.format(msgspec.json.encode(entries), indent=2)
        return b",\n  " + lines.removeprefix(b"{\n").removesuffix(b"\n}").replace(b"\n", b"\n  ")
