"""Finds entries by identifier: arXiv numbers, DOIs and the addresses they link to."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from mum_tui import identifiers
from mum_tui.catalog.model import Entry
from mum_tui.storage.container import Container, Octets


def own_identifiers(entry: Entry) -> Iterator[str]:
    """The identifiers of an entry's own versions."""
    if entry.preprint:
        yield from identifiers.read(entry.preprint.id)
    for version in (entry.published, entry.record):
        if version and version.doi:
            yield from identifiers.read(version.doi)


def identifiers_of(entry: Entry) -> set[str]:
    """The identifiers of an entry's versions and of the addresses it links to."""
    links = (identifiers.address(url) for link in entry.links for url in (link.url, link.formerly) if url)
    return {*own_identifiers(entry), *filter(None, links)}


def _number(identifier: str) -> int:
    from hashlib import blake2b

    return int.from_bytes(blake2b(identifier.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def sections(entries: Sequence[Entry]) -> dict[str, Octets]:
    """The sections for ``RowsByIdentifier``: a hash of 64 bits for each identifier; collisions are negligible."""
    ordered = sorted(
        (_number(identifier), row) for row, entry in enumerate(entries) for identifier in identifiers_of(entry)
    )
    return {
        "identifiers.keys": array("Q", (key for key, _ in ordered)).tobytes(),
        "identifiers.rows": array("I", (row for _, row in ordered)).tobytes(),
    }


class RowsByIdentifier:
    """Reads the sections that ``sections`` made. Raises ``Damaged``."""

    def __init__(self, container: Container) -> None:
        self._keys = container.numbers("identifiers.keys", "Q", verify=False)
        self._rows = container.numbers("identifiers.rows", verify=False)

    def rows(self, identifier: str) -> Sequence[int]:
        """The rows of the entries that have an identifier, in ascending order."""
        key = _number(identifier)
        return self._rows[bisect_left(self._keys, key) : bisect_right(self._keys, key)]
