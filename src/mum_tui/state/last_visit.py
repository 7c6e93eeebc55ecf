"""What a catalog contained at the last visit, to show what is new since."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from mum_tui.catalog.model import Entry
from mum_tui.clock import is_utc, utc_now
from mum_tui.state import stored
from mum_tui.storage.files import LARGEST, write_atomically
from mum_tui.text import clean_line

_ENCODER = msgspec.msgpack.Encoder()
_UNTOLD = ("id", "added", "updated")
"""Fields whose change does not count as news."""

_WORDS = {
    "aliases": "earlier ids",
    "authors_complete": "authors",
    "dims": "dimensions",
    "name": "short name",
    "published": "published version",
    "sections": "section",
    "uses": "datasets used",
    "verified": "verification",
}
"""Words for field names that are not plain words."""


class Visit(Struct, frozen=True, omit_defaults=True):
    """A catalog at the time ``at``: the names of an entry's fields, and by id a checksum of each field (0: empty)."""

    at: str = ""
    fields: tuple[str, ...] = ()
    entries: dict[str, tuple[int, ...]] = {}


class News(Struct, frozen=True):
    """What changed since the last visit, at the time ``since``. At the first visit ``since`` is empty, nothing is new.

    ``changed`` has the changed fields in words, by id.
    """

    since: str = ""
    added: tuple[str, ...] = ()
    changed: Mapping[str, tuple[str, ...]] = {}
    removed: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The entries that are new or changed."""
        return (*self.added, *self.changed)

    def reason(self, identifier: str) -> str:
        """Why an entry is new or changed, in a few words; empty if it is neither."""
        if identifier in self.added:
            return f"added since {self.since[:10]}"
        fields = self.changed.get(identifier)
        return f"changed since {self.since[:10]}: {', '.join(fields)}" if fields else ""


def taken(entries: Sequence[Entry]) -> Visit:
    """What is in the catalog now."""
    return Visit(utc_now(), Entry.__struct_fields__, {entry.id: _sums(entry) for entry in entries})


def _sums(entry: Entry) -> tuple[int, ...]:
    values = (getattr(entry, field) for field in Entry.__struct_fields__)
    return tuple(zlib.crc32(_ENCODER.encode(value)) if value else 0 for value in values)


def news(last: Visit, entries: Sequence[Entry]) -> News:
    """What is new or changed in ``entries`` since the last visit. Fields that did not exist then are not compared."""
    if not last.at:
        return News()
    fields = [
        (last.fields.index(field), number, _WORDS.get(field, field))
        for number, field in enumerate(Entry.__struct_fields__)
        if field in last.fields and field not in _UNTOLD
    ]
    added, changed, seen = [], {}, set()
    for entry in entries:
        name = next((name for name in (entry.id, *entry.aliases) if name in last.entries), None)
        if name is None:
            added.append(entry.id)
            continue
        seen.add(name)
        before, after = last.entries[name], _sums(entry)
        if len(before) == len(last.fields):
            words = dict.fromkeys(word for old, new, word in fields if before[old] != after[new])
            if words:
                changed[entry.id] = tuple(words)
    return News(last.at, tuple(added), changed, tuple(name for name in last.entries if name not in seen))


def load(path: Path) -> Visit:
    """The last visit; an empty one if it cannot be read."""
    visit = stored.load(path, Visit, LARGEST)  # it grows with the catalog
    if visit is None or not is_utc(visit.at):
        return Visit()
    if all(map(str.isprintable, visit.entries)):  # the usual case; there may be very many
        return visit
    return Visit(visit.at, visit.fields, {clean_line(name): sums for name, sums in visit.entries.items()})


def save(path: Path, visit: Visit) -> None:
    """Store a visit; errors are ignored."""
    with suppress(OSError):
        write_atomically(path, msgspec.json.encode(visit) + b"\n")
