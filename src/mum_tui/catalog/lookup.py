"""Finding an entry by what the user calls it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mum_tui.catalog.model import Entry
from mum_tui.catalog.names import RowById
from mum_tui.problems import nearest


class UnknownId(LookupError):
    """No entry has this id or alias; ``near`` names the ids that look most like it."""

    def __init__(self, identifier: str, near: Sequence[str]) -> None:
        super().__init__(identifier)
        self.identifier = identifier
        self.near = near


def entry_by_id(entries: Sequence[Entry], row_by_id: Mapping[str, int], identifier: str) -> Entry:
    """The entry with this id or alias, in whatever case it is typed. Raises ``UnknownId``."""
    row = row_by_id.get(identifier, row_by_id.get(identifier.lower()))
    if row is None:
        ids = row_by_id.near(identifier) if isinstance(row_by_id, RowById) else row_by_id
        raise UnknownId(identifier, nearest(identifier, ids, 3))
    return entries[row]
