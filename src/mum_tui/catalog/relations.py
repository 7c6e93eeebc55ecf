"""Who uses whom: datasets an entry uses, and entries that use a dataset."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from mum_tui.catalog.model import Entry, Use, rows_by_id


class Related(NamedTuple):
    """One end of a use: the other entry (None when it is not in the catalog), and how it is used."""

    entry: Entry | None
    use: Use

    @property
    def name(self) -> str:
        """What to call the other end in a list."""
        if self.entry:
            return self.entry.name or self.entry.title
        return self.use.name or self.use.dataset

    @property
    def how(self) -> str:
        """Roles and remark: ``train, test; six CT tasks``."""
        roles = ", ".join(role for role in self.use.roles if role != "unspecified")
        return "; ".join(part for part in (roles, self.use.note) if part)


class Relations:
    """Looks up both directions of ``uses`` over one catalog."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries

    @cached_property
    def _by_id(self) -> dict[str, Entry]:
        return {identifier: self._entries[row] for identifier, row in rows_by_id(self._entries).items()}

    @cached_property
    def _users(self) -> dict[str, list[Related]]:
        found: dict[str, list[Related]] = {}
        for entry in self._entries:
            for use in entry.uses:
                if target := self._by_id.get(use.dataset):
                    found.setdefault(target.id, []).append(Related(entry, use))
        return found

    def used_by(self, entry: Entry) -> list[Related]:
        """The datasets that ``entry`` uses, in its own order."""
        return [Related(self._by_id.get(use.dataset), use) for use in entry.uses]

    def users_of(self, entry: Entry) -> list[Related]:
        """The entries that use the dataset ``entry``, in catalog order."""
        return self._users.get(entry.id, [])
