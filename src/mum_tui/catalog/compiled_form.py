"""A catalog in compiled form: it opens equally fast with 300 entries and with a million.

It is a ``container`` in which each entry is encoded on its own and decoded when it is first used. It is only a copy:
when it is missing, stale, damaged or of another version, the YAML is read again.
"""

# Without ``from __future__ import annotations``: msgspec would evaluate each annotation at every start.

import zlib
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import overload

import msgspec
from msgspec import Struct

from mum_tui.bounded_cache import BoundedCache
from mum_tui.catalog import model, names
from mum_tui.catalog.model import Entry, Loaded
from mum_tui.problems import Problem
from mum_tui.storage.container import Container, Damaged, Octets, open_file
from mum_tui.storage.container import pack as pack_container

VERIFIED_AT_ONCE = 8_000_000
"""A file of up to this many bytes is verified at once; of a larger one, each section when it is first read."""

_ENTRIES_CACHED = 500
"""How many decoded entries are cached."""


class _Header(Struct, frozen=True, array_like=True):
    """Everything in a catalog but its entries."""

    title: str
    sections: tuple[model.Section, ...]
    vocabularies: dict[str, tuple[model.Term, ...]]
    problems: tuple[Problem, ...]
    set_aside: int
    count: int


def _model_checksum() -> int:
    """A checksum of the fields of the model's classes: a catalog compiled with other fields does not match."""
    kinds = [kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, Struct)]
    shapes = [(kind.__name__, kind.__annotations__, kind.__struct_defaults__) for kind in kinds]
    return zlib.crc32(repr(shapes).encode())


def _identity(stamp: str) -> str:
    return f"{LAYOUT} {_model_checksum()} {stamp}"


LAYOUT = 9
"""The version of all sections, those of the index included. Raise it when their names or contents change."""


def content_stamp(data: bytes) -> str:
    """The stamp of a catalog file that is shipped with the program: its length and checksum."""
    return f"{len(data)}-{zlib.crc32(data)}"


def file_stamp(path: Path) -> str:
    """The stamp of any other catalog file: its path, size, time of the last change and inode. Raises ``OSError``."""
    status = path.stat()
    return f"{path.absolute()}-{status.st_size}-{status.st_mtime_ns}-{status.st_ino}"


def sections(loaded: Loaded) -> dict[str, Octets]:
    """The sections of a catalog: header, entries, names and relations. Entries keep their order."""
    from mum_tui.catalog import identified, relations
    from mum_tui.catalog.encoded import octets

    catalog = loaded.catalog
    encoded = octets(catalog.entries)
    ends = array("Q", [0])
    for octets_of_entry in encoded:
        ends.append(ends[-1] + len(octets_of_entry))
    header = _Header(
        catalog.title,
        catalog.sections,
        catalog.vocabularies,
        loaded.problems,
        loaded.set_aside,
        len(catalog.entries),
    )
    origins = {"origins": msgspec.msgpack.encode(loaded.origins)} if loaded.origins else {}
    return {
        **origins,
        "header": msgspec.msgpack.encode(header),
        "entries": b"".join(encoded),
        "ends": ends.tobytes(),
        "order": array("I", loaded.order).tobytes(),
        **names.sections(catalog.entries),
        **identified.sections(catalog.entries),
        **relations.sections(catalog.entries),
    }


def pack(loaded: Loaded, stamp: str, more: Mapping[str, Octets] | None = None) -> list[Octets]:
    """The compiled form of a catalog read from a file with this stamp, in pieces; ``more`` sections are added."""
    return pack_container({**sections(loaded), **(more or {})}, _identity(stamp))


def open_compiled(path: Path, stamp: str) -> Loaded | None:
    """The catalog in a file; None if it is damaged or has another version or stamp. Raises ``OSError``."""
    try:
        return _loaded(open_file(path, _identity(stamp)))
    except Damaged:
        return None


def unpack(data: bytes, stamp: str) -> Loaded | None:
    """The catalog in ``data``; None if it is damaged or has another version or stamp."""
    try:
        return _loaded(Container(data, _identity(stamp)))
    except Damaged:
        return None


def _loaded(container: Container) -> Loaded:
    if container.size <= VERIFIED_AT_ONCE:
        container.verify()
    try:
        header = msgspec.msgpack.decode(container.view("header"), type=_Header)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Damaged from error
    entries = Entries(container, header.count)
    catalog = model.Catalog(header.title, header.sections, header.vocabularies, entries)
    return Loaded(catalog, header.problems, header.set_aside, container=container, order=container.numbers("order"))


class Entries(Sequence[Entry]):
    """The entries of a compiled catalog, each decoded when it is first used."""

    def __init__(self, container: Container, count: int) -> None:
        self._container = container
        self._ends = container.numbers("ends", "Q", verify=False)
        if len(self._ends) != count + 1:
            raise Damaged
        self._octets = container.view("entries", verify=False)
        self._decode = msgspec.msgpack.Decoder(Entry).decode
        self._cache: BoundedCache[int, Entry] = BoundedCache(_ENTRIES_CACHED)

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> list[Entry]: ...
    def __getitem__(self, at: int | slice) -> Entry | list[Entry]:
        if isinstance(at, slice):
            return [self[row] for row in range(*at.indices(len(self)))]
        if (cached := self._cache.get(at)) is not None:
            return cached
        row = at + len(self) if at < 0 else at
        if not 0 <= row < len(self):
            raise IndexError(at)
        entry = self._cache[row] = self._read(row)
        return entry

    def _read(self, row: int) -> Entry:
        try:
            return self._decode(self._octets[self._ends[row] : self._ends[row + 1]])
        except (msgspec.DecodeError, UnicodeDecodeError):
            # A large file is verified in the background, later; until then show which entry is damaged.
            return Entry(id=f"damaged-{row}", kind="list", section="", title="(the compiled catalog is damaged here)")
