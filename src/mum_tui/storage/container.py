"""A file of named sections, mapped into memory: it opens equally fast whatever its size.

    magic · length and checksum of the directory · directory (MessagePack) · sections, each at a multiple of 8

Such a file is only a cache: any fault (truncated, changed, another version, another format) raises ``Damaged``. The
checksum of a section is verified when the section is first read.
"""

# Without ``from __future__ import annotations``: msgspec would evaluate each annotation at every start.

import mmap
import struct
import sys
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from mum_tui.storage.files import open_regular

MAGIC = b"mum-tui compiled\n"
_HEAD = struct.Struct(f"<{len(MAGIC)}sQI")

Octets = bytes | bytearray | memoryview


class Damaged(Exception):
    """Not an undamaged container, or one with another identity."""


class _Directory(Struct, frozen=True, array_like=True):
    identity: str
    size: int
    sections: dict[str, tuple[int, int, int]]


def pack(sections: Mapping[str, Octets], identity: str) -> list[Octets]:
    """A container, as pieces to be written one after the other. ``Container`` must be given the same ``identity``."""
    bounds: dict[str, tuple[int, int, int]] = {}
    parts: list[Octets] = []
    at = 0
    for name, data in sections.items():
        size = len(data)
        gap = bytes(-size % 8)
        bounds[name] = (at, size, zlib.crc32(gap, zlib.crc32(data)))
        parts += [data, gap]
        at += size + len(gap)
    directory = msgspec.msgpack.encode(_Directory(_with_order(identity), at, bounds))
    start = _HEAD.size + len(directory)
    return [_HEAD.pack(MAGIC, len(directory), zlib.crc32(directory)), directory, bytes(-start % 8), *parts]


def _with_order(identity: str) -> str:
    return f"{identity} {sys.byteorder}"


class Container:
    """Reads a container. Views into it stay valid as long as they are referenced.

    Raises:
        Damaged: it is damaged, or has another identity.
    """

    def __init__(self, data: bytes | mmap.mmap, identity: str) -> None:
        self._whole = data
        view = memoryview(data)
        if len(view) < _HEAD.size:
            raise Damaged
        magic, length, checksum = _HEAD.unpack_from(view)
        directory = view[_HEAD.size : _HEAD.size + length]
        if magic != MAGIC or zlib.crc32(directory) != checksum:
            raise Damaged
        try:
            entries = msgspec.msgpack.decode(directory, type=_Directory)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise Damaged from error
        start = _HEAD.size + length
        start += -start % 8
        whole = start + entries.size == len(view) and not any(view[_HEAD.size + length : start])
        if entries.identity != _with_order(identity) or not whole:
            raise Damaged
        self._sections = entries.sections
        self._data = view[start:]
        self._seen: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    def view(self, name: str, verify: bool = True) -> memoryview:
        """The bytes of a section. Without ``verify`` they are neither read nor checked. Raises ``Damaged``."""
        try:
            at, size, checksum = self._sections[name]
        except KeyError as error:
            raise Damaged from error
        if verify and name not in self._seen:
            if zlib.crc32(self._data[at : at + size + -size % 8]) != checksum:
                raise Damaged
            self._seen.add(name)
        return self._data[at : at + size]

    def numbers(self, name: str, form: str = "I", verify: bool = True) -> Sequence[int]:
        """A section of whole numbers; ``form`` is ``I`` for 4 bytes each, ``Q`` for 8. Raises ``Damaged``."""
        return self.view(name, verify).cast(form)  # type: ignore[call-overload, no-any-return]  # the overloads take literals

    @property
    def size(self) -> int:
        """The bytes of all sections together."""
        return len(self._data)

    def verify(self, names: Iterable[str] | None = None) -> None:
        """Read these sections (default: all) and compare their checksums. Raises ``Damaged``."""
        for name in self._sections if names is None else names:
            self.view(name)
        if isinstance(self._whole, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            self._whole.madvise(mmap.MADV_DONTNEED)  # pages that were only verified need not stay in memory


def open_file(path: Path, identity: str) -> Container:
    """The container in a file, mapped into memory.

    Raises:
        Damaged: it is damaged, or has another identity.
        OSError: it cannot be read.
    """
    with open_regular(path) as file, suppress(ValueError):  # an empty file cannot be mapped
        return Container(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), identity)
    raise Damaged
