"""The entries of a library as JSON, in blocks: after a change only its block is encoded again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from mum_tui.json_types import Json

BLOCK = 50_000
"""The bytes from which on a block takes no more entries."""

LONG = 5_000
"""The bytes from which on the text of an entry is not kept but made again each time. A long note that was given to
hundreds of entries is in memory once; in their texts it would be there hundreds of times.
"""


class _Block(NamedTuple):
    """Entries that follow each other, and their text, with a comma before each; None for one long entry."""

    ids: tuple[str, ...]
    size: int
    data: bytes | None

    @property
    def takes_more(self) -> bool:
        """Whether entries that are added at the end belong into it."""
        return self.data is not None and self.size < BLOCK


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

    @property
    def size(self) -> int:
        """The bytes of all blocks, as of the last ``encode``."""
        return sum(block.size for block in self._blocks.values())

    def __iter__(self) -> Iterator[bytes]:
        """The text of all entries as of the last ``encode``, in blocks, with a comma before each entry."""
        for block in self._blocks.values():
            yield self._text(block.ids[0]) if block.data is None else block.data

    def encode(self) -> None:
        """Encode what has changed. Raises ``ValueError`` or ``RecursionError`` for values JSON cannot have."""
        if self._at_end and self._blocks and self._blocks[last := next(reversed(self._blocks))].takes_more:
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

    def _ids(self, number: int) -> Sequence[str]:
        """The ids that are still in a block."""
        return [identifier for identifier in self._blocks[number].ids if self._block_of.get(identifier) == number]

    def _cut(self, ids: Sequence[str]) -> Sequence[_Block]:
        """Entries that follow each other as blocks."""
        blocks: list[_Block] = []
        texts: dict[str, bytes] = {}
        size = 0
        for identifier in ids:
            text = self._text(identifier)
            is_long = len(text) >= LONG
            if texts and (is_long or size >= BLOCK):
                blocks.append(_Block(tuple(texts), size, b"".join(texts.values())))
                texts, size = {}, 0
            if is_long:
                blocks.append(_Block((identifier,), len(text), None))
            else:
                texts[identifier] = text
                size += len(text)
        if texts:
            blocks.append(_Block(tuple(texts), size, b"".join(texts.values())))
        return blocks

    def _store(self, blocks: Sequence[_Block]) -> None:
        for block in blocks:
            self._blocks[self._unused] = block
            self._block_of.update(dict.fromkeys(block.ids, self._unused))
            self._unused += 1

    def _text(self, identifier: str) -> bytes:
        """The text of one entry in the file, with the comma before it."""
        lines = msgspec.json.format(msgspec.json.encode({identifier: self._entries[identifier]}), indent=2)
        return b",\n  " + lines.removeprefix(b"{\n").removesuffix(b"\n}").replace(b"\n", b"\n  ")
