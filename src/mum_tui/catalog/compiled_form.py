"""A catalog in compiled form: opened in the same time whether it holds 300 entries or a million.

The form is a ``container`` of an entry's own bytes each, read when the entry is looked at. It is only ever a copy:
whatever is wrong with it (missing, stale, cut short, of another version, not ours) means reading the YAML again.
"""

# Annotations are values here, not texts: msgspec would evaluate each text at every start.

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
"""A file up to this size is verified when it is opened; of a larger one, each section when it is touched."""

_ENTRIES_CACHED = 500
"""How many entries the cache holds."""


class _Header(Struct, frozen=True, array_like=True):
    """Everything of a catalog but its entries."""

    title: str
    sections: tuple[model.Section, ...]
    vocabularies: dict[str, tuple[model.Term, ...]]
    problems: tuple[Problem, ...]
    set_aside: int
    count: int


def _shape() -> int:
    """A checksum of the model's own form: a compiled catalog of another version does not match."""
    kinds = [kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, Struct)]
    shapes = [(kind.__name__, kind.__annotations__, kind.__struct_defaults__) for kind in kinds]
    return zlib.crc32(repr(shapes).encode())


def _identity(stamp: str) -> str:
    return f"{_LAYOUT} {_shape()} {stamp}"


_LAYOUT = 7
"""Raised when sections are added or mean something else."""


def content_stamp(data: bytes) -> str:
    """A stamp for a catalog file that is shipped with the program: its length and checksum."""
    return f"{len(data)}-{zlib.crc32(data)}"


def file_stamp(path: Path) -> str:
    """A stamp for any other catalog file: where it is and when it was last changed. Raises ``OSError``."""
    status = path.stat()
    return f"{path.absolute()}-{status.st_size}-{status.st_mtime_ns}-{status.st_ino}"


def sections(loaded: Loaded) -> dict[str, Octets]:
    """The sections of a catalog: frame, entries, names and relations. Entries keep their order."""
    from mum_tui.catalog import identified, relations
    from mum_tui.catalog.encoded import octets

    catalog = loaded.catalog
    encoded = octets(catalog.entries)
    ends = array("Q", [0])
    for octets_of_entry in encoded:
        ends.append(ends[-1] + len(octets_of_entry))
    frame = _Header(
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
        "frame": msgspec.msgpack.encode(frame),
        "entries": b"".join(encoded),
        "ends": ends.tobytes(),
        "order": array("I", loaded.order).tobytes(),
        **names.sections(catalog.entries),
        **identified.sections(catalog.entries),
        **relations.sections(catalog.entries),
    }


def pack(loaded: Loaded, stamp: str, more: Mapping[str, Octets] | None = None) -> list[Octets]:
    """The compiled form of a catalog read from a file with this stamp, as parts; ``more`` sections go with it."""
    return pack_container({**sections(loaded), **(more or {})}, _identity(stamp))


def open_compiled(path: Path, stamp: str) -> Loaded | None:
    """The catalog in a file if it is whole, of this version and has this stamp, else None. Raises ``OSError``."""
    try:
        return _loaded(open_file(path, _identity(stamp)))
    except Damaged:
        return None


def unpack(data: bytes, stamp: str) -> Loaded | None:
    """The catalog in ``data`` if it is whole, of this version and has this stamp, else None."""
    try:
        return _loaded(Container(data, _identity(stamp)))
    except Damaged:
        return None


def _loaded(container: Container) -> Loaded:
    if container.size <= VERIFIED_AT_ONCE:
        container.verify()
    try:
        frame = msgspec.msgpack.decode(container.view("frame"), type=_Header)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Damaged from error
    entries = Entries(container, frame.count)
    catalog = model.Catalog(frame.title, frame.sections, frame.vocabularies, entries)
    return Loaded(catalog, frame.problems, frame.set_aside, container=container, order=container.numbers("order"))


class Entries(Sequence[Entry]):
    """The entries of a compiled catalog, each decoded when it is asked for."""

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
            # Of a large file nobody has read every byte yet. What is wrong with it is found in the background.
            return Entry(id=f"damaged-{row}", kind="list", section="", title="(the compiled catalog is damaged here)")
