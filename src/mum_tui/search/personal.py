"""What the user keeps about entries, as far as a search can ask for it. Whoever keeps it makes a ``Personal``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from msgspec import Struct

from mum_tui.search import rowset
from mum_tui.text import fold

STATUSES = ("to-read", "reading", "read")
"""How far an entry has been read. One without a status is unread."""


class Personal(Struct, frozen=True):
    """What is kept by entry id or alias, also of entries that the catalog does not have.

    Args:
        bookmarked: ids that are bookmarked.
        status: one of ``STATUSES`` by id.
        tags: the user's own tags by id.
        notes: the user's own note by id.
        rated: ids that have a rating.
    """

    bookmarked: Collection[str] = ()
    status: Mapping[str, str] = {}
    tags: Mapping[str, Collection[str]] = {}
    notes: Mapping[str, str] = {}
    rated: Collection[str] = ()


NOTHING_KEPT = Personal()

IS = ("bookmarked", "unread", "to-read", "reading", "read", "noted", "tagged", "rated")
"""What ``is:`` can ask for."""


class Kept:
    """A ``Personal`` in terms of one catalog's rows."""

    def __init__(self, personal: Personal, row_of: Callable[[str], int | None], size: int) -> None:
        self.personal = personal
        self._everything = (1 << size) - 1
        self.conditions: dict[str, int] = {}

        def rows(ids: Collection[str]) -> int:
            known = [row for one in ids if (row := row_of(one)) is not None]
            return rowset.of_rows(known, size)

        found = self.conditions
        found["is:bookmarked"] = rows(personal.bookmarked)
        for status in STATUSES:
            found[f"is:{status}"] = rows([one for one, value in personal.status.items() if value == status])
            found[f"status:{status}"] = found[f"is:{status}"]
        found["is:unread"] = self._everything & ~found["is:read"]
        found["is:noted"] = rows([one for one, note in personal.notes.items() if note.strip()])
        found["is:tagged"] = rows([one for one, tags in personal.tags.items() if tags])
        found["is:rated"] = rows(personal.rated)
        tagged: dict[str, list[str]] = {}
        for one, tags in personal.tags.items():
            for tag in tags:
                tagged.setdefault(" ".join(fold(tag).split()), []).append(one)
        self.tags = {tag: rows(ids) for tag, ids in tagged.items()}
        self.notes = self._folded(personal.notes, row_of)

    def _folded(self, notes: Mapping[str, str], row_of: Callable[[str], int | None]) -> dict[int, str]:
        found: dict[int, str] = {}
        for one, note in notes.items():
            if (row := row_of(one)) is not None:
                found[row] = "\n".join(filter(None, (found.get(row), " ".join(fold(note).split()))))
        return found

    def values(self, field: str) -> list[str]:
        """The values of ``is`` or ``status``."""
        return list(IS if field == "is" else STATUSES)

    def noted(self, text: str, size: int) -> int:
        """The rows whose note contains this."""
        return rowset.of_rows([row for row, note in self.notes.items() if text in note], size)

    def anywhere(self, text: str, size: int) -> int:
        """The rows of which the user's note or one of the user's tags contains this."""
        bits = self.noted(text, size)
        for tag, rows in self.tags.items():
            if text in tag:
                bits |= rows
        return bits
