"""Finds an entry by any of its names: id, alias, short name, DOI, arXiv number, address or citation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cached_property

from mum_tui import identifiers
from mum_tui.catalog.identified import RowsByIdentifier, identifiers_of, own_identifiers
from mum_tui.catalog.model import Entry
from mum_tui.catalog.names import NameTable, RowById, keys_of
from mum_tui.patterns import Pattern
from mum_tui.problems import nearest, one_off
from mum_tui.storage.container import Container
from mum_tui.text import fold, letters


class UnknownId(LookupError):
    """No entry, or more than one, has this name; ``near`` are ids that may be meant, ``shared`` those that have it."""

    def __init__(self, identifier: str, near: Sequence[str], shared: Sequence[str] = ()) -> None:
        super().__init__(identifier)
        self.identifier = identifier
        self.near = near
        self.shared = shared


class Lookup:
    """Finds entries by ids, aliases, short names and whole titles in any case and spacing, by DOIs, arXiv numbers,
    addresses and citations.

    Args:
        entries: the catalog's entries.
        row_by_id: their rows by id and alias.
        container: the catalog's compiled form, if there is one; without it, entries are scanned when needed.
    """

    def __init__(
        self, entries: Sequence[Entry], row_by_id: Mapping[str, int], container: Container | None = None
    ) -> None:
        self._entries, self._row_by_id, self._container = entries, row_by_id, container

    @cached_property
    def _names(self) -> NameTable | None:
        return NameTable(self._container, "names") if self._container else None

    @cached_property
    def _by_identifier(self) -> RowsByIdentifier | None:
        return RowsByIdentifier(self._container) if self._container else None

    def entry(self, identifier: str) -> Entry:
        """The entry that ``identifier`` names. Raises ``UnknownId`` if it names none or several."""
        rows = self.rows(identifier)
        if len(rows) != 1:
            shared = [self._entries[row].id for row in rows]
            raise UnknownId(identifier, shared[:_NEAR] or self.near(identifier), shared)
        return self._entries[rows[0]]

    def entries(self, identifier: str) -> list[Entry]:
        """The entry that ``identifier`` names, or each that a citation of several names. Raises ``UnknownId``."""
        if (row := self._row_by_id.get(identifier)) is not None:
            return [self._entries[row]]
        named = identifiers.citation_keys(identifier)
        if len(named) > 1:
            return [self.entry(key) for key in named]
        rows = self.rows(identifier)
        words = [word for word in _BETWEEN.split(identifier) if word]
        is_list = len(rows) != 1 and len(words) > 1 and all(word.lower() in self._row_by_id for word in words)
        if is_list or (len(rows) > 1 and len(identifiers.cited_in(identifier)) == len(rows)):
            return [self.entry(word) for word in (words if is_list else identifiers.cited_in(identifier))]
        return [self.entry(identifier)]

    def rows(self, identifier: str) -> list[int]:
        """The rows of the entries that ``identifier`` names; more than one where several share it."""
        row = self._row_by_id.get(identifier, self._row_by_id.get(identifier.strip().lower()))
        if row is not None:
            return [row]
        if not identifier.isascii():
            identifier = unicodedata.normalize("NFKC", identifier)  # wide letters and digits
        if prefix := _PREFIX.match(identifier):
            identifier = identifier[prefix.end() :]
        named = identifiers.read(identifier) or identifiers.repositories(identifier) or identifiers.named_in(identifier)
        rows = list(dict.fromkeys(row for name in named for row in self._with(name)))
        return rows or self._called(identifier) or self._titled(identifier)

    def _with(self, identifier: str) -> list[int]:
        """The rows of the entries that have an identifier; only those whose own versions have it, if any do."""
        if identifier.startswith(identifiers.KEY):
            key = identifiers.named(identifier)
            row = self._row_by_id.get(key, self._row_by_id.get(key.lower()))
            return self._called(key) if row is None else [row]
        if self._by_identifier:
            rows = list(self._by_identifier.rows(identifier))
        else:
            rows = [row for row, entry in enumerate(self._entries) if identifier in identifiers_of(entry)]
        return [row for row in rows if identifier in own_identifiers(self._entries[row])] or rows

    def _called(self, name: str) -> list[int]:
        """The rows of the entries whose id, alias or short name has these letters and digits."""
        wanted = letters(fold(name))
        if not wanted:
            return []
        if self._names:
            return list(dict.fromkeys(self._names.exactly(wanted)))
        return [row for row, entry in enumerate(self._entries) if wanted in keys_of(entry)]

    def _titled(self, title: str) -> list[int]:
        """The rows of the entries whose title, or its part before a colon, has the same letters and digits."""
        wanted = letters(fold(title))
        if title.strip().count(" ") < _TITLE_SPACES or len(self._entries) > _READ:
            return []
        return [row for row, entry in enumerate(self._entries) if wanted in _titles_of(entry)]

    def near(self, identifier: str) -> list[str]:
        """The ids and aliases most similar to ``identifier``, the nearest first; empty if none is close."""
        read = identifiers.read(identifier)
        if read and not read[0].startswith(identifiers.KEY):
            return self._near_number(read[0])
        name = identifiers.named(read[0]) if read else "".join(identifier.split())
        if isinstance(self._row_by_id, RowById):
            return self._row_by_id.near(name)
        return nearest(name, self._row_by_id, _NEAR)

    def _near_number(self, identifier: str) -> list[str]:
        """The arXiv numbers or DOIs of entries that differ in one character, or in the order of two."""
        if identifier.startswith(identifiers.URL) or len(self._entries) > _READ:
            return []
        known = {name for entry in self._entries for name in own_identifiers(entry)}
        alike = [identifiers.named(name) for name in known if name.partition(":")[0] == identifier.partition(":")[0]]
        return one_off(identifiers.named(identifier), sorted(alike))[:_NEAR]


def _titles_of(entry: Entry) -> set[str]:
    """The letters and digits of all titles of an entry, each also without the part after a colon."""
    titles = {entry.title, *entry.version_titles}
    mains = {main for title in titles for main, colon, _ in [title.partition(": ")] if colon}
    return {letters(fold(title)) for title in titles | {main for main in mains if main.count(" ") >= _TITLE_SPACES}}


_TITLE_SPACES = 2
"""A text with fewer spaces is not compared with titles."""
_BETWEEN = Pattern(r"[\s,;]+")
"""Separates several ids."""
_PREFIX = Pattern(r"\s*(?:key|id|cite|citekey|bibkey)\s*[:=]\s*(?=\S)", re.IGNORECASE)
_READ = 5_000
"""The largest catalog, in entries, that is searched for similar numbers."""
_NEAR = 3
"""The most ids suggested for an unknown one."""
