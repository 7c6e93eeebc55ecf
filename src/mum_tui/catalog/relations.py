"""Relations between entries: who uses which dataset; who follows, extends or shares code with whom."""

from __future__ import annotations

import re
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from mum_tui.catalog.choices import RELATION_OPPOSITES
from mum_tui.catalog.model import Entry, Use, rows_by_id
from mum_tui.storage.container import Container, Octets

SAME_CODE = "same-code"

_REPOSITORY = re.compile(
    r"^https?://(?:www\.)?((?:github|gitlab|bitbucket)\.[a-z]+/[^/?#]+/[^/?#]+)([^?#]*)", re.IGNORECASE
)


class UseEnd(Struct, frozen=True):
    """One end of a use: the entry at that end (None if it is not in the catalog), and the use."""

    entry: Entry | None
    use: Use

    @property
    def name(self) -> str:
        """The name to show in a list."""
        if self.entry:
            return self.entry.name or self.entry.title
        return self.use.name or self.use.dataset

    @property
    def how(self) -> str:
        """Roles and remark as text: ``train, test; six CT tasks``."""
        roles = ", ".join(role for role in self.use.roles if role != "unspecified")
        return "; ".join(part for part in (roles, self.use.note) if part)


class RelatedEntry(Struct, frozen=True):
    """An entry related to another: ``how`` says what it is to the other, as a key of ``RELATION_OPPOSITES``."""

    entry: Entry
    how: str
    note: str = ""

    @property
    def name(self) -> str:
        """The name to show in a list."""
        return self.entry.name or self.entry.title


def repository(url: str) -> str:
    """The code repository an address leads to, in a normal form; empty for other addresses.

    A folder in a repository counts as a separate repository, because some repositories have many projects.
    """
    match = _REPOSITORY.match(url)
    if not match:
        return ""
    root, below = match[1].lower().removesuffix(".git"), match[2].strip("/")
    folder = re.sub(r"^(-/)?(tree|blob)/[^/]+/?", "", below)
    return f"{root}/{folder}" if folder else root


class Pairs(Struct, frozen=True):
    """Pairs of key and row, sorted, so that the rows of a key are found by bisection."""

    keys: Sequence[int]
    rows: Sequence[int]

    def of(self, key: int) -> Sequence[int]:
        """The rows of a key."""
        return self.rows[bisect_left(self.keys, key) : bisect_right(self.keys, key)]


def _pairs(pairs: Iterable[tuple[int, int]]) -> Pairs:
    ordered = sorted(pairs)
    return Pairs(array("I", (key for key, _ in ordered)), array("I", (row for _, row in ordered)))


def _all_pairs(entries: Sequence[Entry], row_by_id: Mapping[str, int]) -> dict[str, Pairs]:
    """All relations. Rows by row: the ``users`` of a dataset, the datasets that an entry uses (``used``), the entries
    that name an entry in ``related`` (``naming``). Rows by hash: those with code in a repository of a rough name.
    """
    users, naming, code = [], [], []
    for row, entry in enumerate(entries):
        users += [(other, row) for use in entry.uses if (other := _row(row_by_id, use.dataset)) is not None]
        naming += [(other, row) for relation in entry.related if (other := _row(row_by_id, relation.entry)) is not None]
        code += [(_number(_rough(link.url)), row) for link in entry.links if link.rel == "code"]
    used = [(user, dataset) for dataset, user in users]
    return {"users": _pairs(users), "used": _pairs(used), "naming": _pairs(set(naming)), "code": _pairs(set(code))}


def _row(row_by_id: Mapping[str, int], identifier: str) -> int | None:
    return row_by_id.get(identifier) if identifier else None


def _number(name: str) -> int:
    return zlib.crc32(name.encode("utf-8", "surrogatepass"))


def sections(entries: Sequence[Entry]) -> dict[str, Octets]:
    """The relations as sections of a compiled catalog."""
    octets_by_section: dict[str, Octets] = {}
    for name, pairs in _all_pairs(entries, rows_by_id(entries)).items():
        octets_by_section[f"{name}.keys"] = array("I", pairs.keys).tobytes()
        octets_by_section[f"{name}.rows"] = array("I", pairs.rows).tobytes()
    return octets_by_section


def read_pairs(container: Container, name: str) -> Pairs:
    """One of the relations in a compiled catalog: ``users``, ``used``, ``naming`` or ``code``."""
    return Pairs(container.numbers(f"{name}.keys", verify=False), container.numbers(f"{name}.rows", verify=False))


class Relations:
    """Looks up ``uses`` and ``related`` from both ends. Everything is built when it is first needed.

    Args:
        entries: the catalog's entries.
        row_by_id: their rows by id and alias; made from the entries by default.
        container: the catalog's compiled form, if there is one.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        row_by_id: Mapping[str, int] | None = None,
        container: Container | None = None,
    ) -> None:
        self._entries = entries
        self._given = row_by_id
        self._container = container

    @cached_property
    def _row_by_id(self) -> Mapping[str, int]:
        return rows_by_id(self._entries) if self._given is None else self._given

    @cached_property
    def _pairs(self) -> Mapping[str, Pairs]:
        if self._container:
            return {name: read_pairs(self._container, name) for name in ("users", "naming", "code")}
        return _all_pairs(self._entries, self._row_by_id)

    def _entry(self, identifier: str) -> Entry | None:
        row = _row(self._row_by_id, identifier)
        return self._entries[row] if row is not None else None

    def uses_of(self, entry: Entry) -> list[UseEnd]:
        """The datasets that ``entry`` uses, in the entry's own order."""
        return [UseEnd(self._entry(use.dataset), use) for use in entry.uses]

    def users_of(self, entry: Entry, limit: int | None = None) -> list[UseEnd]:
        """The entries that use the dataset ``entry``, in catalog order; at most ``limit``."""
        row = _row(self._row_by_id, entry.id)
        if row is None:
            return []
        users: list[UseEnd] = []
        # An entry that names the dataset several times is listed as often.
        for user in dict.fromkeys(self._pairs["users"].of(row)[:limit]):
            using = self._entries[user]
            users += [UseEnd(using, use) for use in using.uses if _row(self._row_by_id, use.dataset) == row]
        return users[:limit]

    def related_to(self, entry: Entry) -> list[RelatedEntry]:
        """The entries related to ``entry``, each once for each ``how``, in the order of ``RELATION_OPPOSITES``.

        A relation that one entry states holds for the other in the opposite direction. Entries whose code links lead
        to the same repository share code, unless they have another relation.
        """
        stated = [
            RelatedEntry(other, relation.how, relation.note)
            for relation in entry.related
            if (other := self._entry(relation.entry)) is not None
        ]
        by_kind_and_id: dict[tuple[str, str], RelatedEntry] = {}
        for related in (*stated, *self._named_by(entry)):
            if related.entry.id != entry.id:
                by_kind_and_id.setdefault((related.entry.id, related.how), related)
        named = {entry.id, *(identifier for identifier, _ in by_kind_and_id)}
        for key in _repositories(entry):
            for row in self._pairs["code"].of(_number(_rough(f"https://{key}"))):
                other = self._entries[row]
                if other.id not in named and key in _repositories(other):
                    by_kind_and_id.setdefault((other.id, SAME_CODE), RelatedEntry(other, SAME_CODE))
        order = list(RELATION_OPPOSITES)
        return sorted(by_kind_and_id.values(), key=lambda related: order.index(related.how))

    def _named_by(self, entry: Entry) -> Iterator[RelatedEntry]:
        """The entries that name this one in ``related``, and what that makes them."""
        row = _row(self._row_by_id, entry.id)
        for other in self._pairs["naming"].of(row) if row is not None else ():
            naming = self._entries[other]
            for relation in naming.related:
                if _row(self._row_by_id, relation.entry) == row:
                    yield RelatedEntry(naming, RELATION_OPPOSITES[relation.how], relation.note)


def _rough(url: str) -> str:
    """The name of a repository, found fast: ``repository`` would be too slow for 100,000 addresses."""
    parts = url.split("/", 5)
    name = parts[4].lower() if len(parts) > 4 else ""
    return name if name.isalnum() else name.partition("#")[0].partition("?")[0].removesuffix(".git")


def _repositories(entry: Entry) -> set[str]:
    return {key for link in entry.links if link.rel == "code" and (key := repository(link.url))}
