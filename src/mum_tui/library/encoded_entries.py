"""The entries of a library as JSON, in blocks: after a change only its block is encoded again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from mum_tui.json_types import Json

BLOCK = 50_000
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
        self._unused = 0
        self._block_of: dict[str, int] = {}
        self._outdated: set[int] = set()
        self._at_end = dict.fromkeys(entries)
        """The ids that follow those in the blocks."""

    def copy(self, entries: dict[str, Json]) -> EncodedEntries:
        """A copy for ``entries``, which are equal to those of this one."""
        copy = EncodedEntries({})
        copy._entries = entries
        copy._blocks, copy._unused, copy._block_of = dict(self._blocks), self._unused, dict(self._block_of)
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
        if self._at_end and self._blocks and len(self._blocks[last := next(reversed(self._blocks))].data) < BLOCK:
            self._outdated.add(last)
            self._at_end = dict.fromkeys((*self._ids(last), *self._at_end))
            for identifier in self._at_end:
                self._block_of.pop(identifier, None)
        # Encoded before anything is changed, because that may raise.
        instead = {number: self._cut(self._ids(number)) for number in self._outdated}
        added = self._cut(tuple(self._at_end))
        if instead or added:
            before, self._blocks = self._blocks, {}
            for number, block in before.items():
                if number in instead:
                    self._store(instead[number])
                else:
                    self._blocks[number] = block
            self._store(added)
            self._outdated.clear()
            self._at_end.clear()
        return [block.data for block in self._blocks.values()]

    def _ids(self, number: int) -> Sequence[str]:
        """The ids that are still in a block."""
        return [identifier for identifier in self._blocks[number].ids if self._block_of.get(identifier) == number]

    def _cut(self, ids: Sequence[str]) -> Sequence[_Block]:
        """Entries that follow each other as blocks."""
        blocks: list[_Block] = []
        texts: list[bytes] = []
        size = start = 0
        for end, identifier in enumerate(ids, 1):
            texts.append(text := _encoded(identifier, self._entries[identifier]))
            size += len(text)
            if size >= BLOCK or end == len(ids):
                blocks.append(_Block(tuple(ids[start:end]), b"".join(texts)))
                texts.clear()
                size, start = 0, end
        return blocks

    def _store(self, blocks: Sequence[_Block]) -> None:
        for block in blocks:
            self._blocks[self._unused] = block
            self._block_of.update(dict.fromkeys(block.ids, self._unused))
            self._unused += 1


def _encoded(identifier: str, raw: Json) -> bytes:
    """The text of one entry in the file, with the comma before it."""
    lines = msgspec.json.format(msgspec.json.encode({identifier: raw}), indent=2)
    return b",\n  " + lines.removeprefix(b"{\n").removesuffix(b"\n}").replace(b"\n", b"\n  ")
