"""What the user keeps about entries, as far as a search can ask for it. Whoever keeps it makes a ``Personal``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from mum_tui.search import rowset
from mum_tui.text import fold

STATUSES = ("to-read", "reading", "read")
"""How far an entry has been read. One without a status is unread."""

_REMEMBERED = 24
"""Texts whose rows are kept."""

_FEW = 50
"""Up to so many changes are looked at one by one, and in a large library up to a quarter of it."""


class Personal(Struct, frozen=True):
    """What is kept by entry id or alias, also of entries that the catalog does not have.

    Args:
        bookmarked: ids that are bookmarked.
        status: one of ``STATUSES`` by id.
        tags: the user's own tags by id.
        notes: the user's own note by id.
        rated: ids that have a rating.
        journal: the id of every change, in order; it only grows. None where no journal is kept.
        at: how many of these changes are in here.
    """

    bookmarked: Collection[str] = ()
    status: Mapping[str, str] = {}
    tags: Mapping[str, Collection[str]] = {}
    notes: Mapping[str, str] = {}
    rated: Collection[str] = ()
    journal: Sequence[str] | None = None
    at: int = 0

    def changed_since(self, earlier: Personal) -> Sequence[str] | None:
        """The ids of which something else was kept in ``earlier``, none if that is the later one; None where that
        cannot be told."""
        if self.journal is None or self.journal is not earlier.journal:
            return None
        return self.journal[earlier.at : self.at]


NOTHING_KEPT = Personal()

IS = ("bookmarked", "unread", "to-read", "reading", "read", "noted", "tagged", "rated")
"""What ``is:`` can ask for."""

_TAG = "tag:"
_NOTHING: frozenset[str] = frozenset()


def _is_tag(condition: str) -> bool:
    return condition.startswith(_TAG)


class _Held(Struct, frozen=True):
    """What is kept, as conditions (``is:read``, ``tag:liver``): those of each id, the ids of each row, the rows for
    which each holds, how many ids have each tag; and the folded notes by row."""

    by_id: dict[str, frozenset[str]]
    ids: dict[int, tuple[str, ...]]
    rows: dict[str, int]
    tags: dict[str, int]
    notes: dict[int, str]


class Kept:
    """A ``Personal`` in terms of one catalog's rows, worked out when it is first asked for."""

    def __init__(self, personal: Personal, row_of: Callable[[str], int | None], size: int) -> None:
        self.personal = personal
        self._row_of, self._size = row_of, size
        self._noted: dict[str, int] = {}

    def later(self, personal: Personal, changed: Sequence[str]) -> Kept:
        """The same for a later ``personal``, which is different for these ids, at a cost that grows with them."""
        kept = Kept(personal, self._row_of, self._size)
        held = vars(self).get("_held")
        if held is not None and len(changed) <= max(_FEW, len(held.by_id) // 4):
            # What grows with the library is handed on; a later one is only ever made of the latest.
            vars(kept)["_held"] = after = replace(held, rows=dict(held.rows), tags=dict(held.tags))
            if not kept._look_again(after, dict.fromkeys(changed)):
                kept._noted = self._noted
        return kept

    # -- working it out

    @cached_property
    def _held(self) -> _Held:
        personal = self.personal
        bookmarked, rated = frozenset(personal.bookmarked), frozenset(personal.rated)
        known = dict.fromkeys((*bookmarked, *personal.status, *personal.tags, *personal.notes, *rated))
        by_id: dict[str, frozenset[str]] = {}
        ids: dict[int, tuple[str, ...]] = {}
        rows: dict[str, list[int]] = {}
        tags: dict[str, int] = {}
        for one in known:
            held = by_id[one] = self._conditions_of(one, bookmarked, rated)
            for tag in filter(_is_tag, held):
                tags[tag] = tags.get(tag, 0) + 1
            if (row := self._row_of(one)) is not None:
                ids[row] = (*ids.get(row, ()), one)
                for condition in held:
                    rows.setdefault(condition, []).append(row)
        notes = {row: note for row, names in ids.items() if (note := self._note_of(names))}
        return _Held(by_id, ids, {key: rowset.of_rows(found, self._size) for key, found in rows.items()}, tags, notes)

    def _look_again(self, held: _Held, changed: Iterable[str]) -> bool:
        """Bring ``held`` up to date for these ids; whether a note is another one now."""
        personal, is_noted = self.personal, False
        for one in changed:
            before = held.by_id.pop(one, _NOTHING)
            now = self._conditions_of(one, personal.bookmarked, personal.rated)
            if now:
                held.by_id[one] = now
            for tag in filter(_is_tag, now ^ before):
                held.tags[tag] = held.tags.get(tag, 0) + (1 if tag in now else -1)
                if not held.tags[tag]:
                    del held.tags[tag]
            if (row := self._row_of(one)) is None:
                continue
            names = held.ids[row] = tuple(dict.fromkeys((*held.ids.get(row, ()), one)))
            for condition in now ^ before:
                is_held = any(condition in held.by_id.get(name, _NOTHING) for name in names)
                held.rows[condition] = held.rows.get(condition, 0) & ~(1 << row) | is_held << row
            note = self._note_of(names)
            is_noted |= note != held.notes.pop(row, "")
            if note:
                held.notes[row] = note
        return is_noted

    def _conditions_of(self, one: str, bookmarked: Container[str], rated: Container[str]) -> frozenset[str]:
        personal = self.personal
        status, tags = personal.status.get(one, ""), personal.tags.get(one, ())
        found = [_TAG + " ".join(fold(tag).split()) for tag in tags]
        if status in STATUSES:
            found.append(f"is:{status}")
        holds = {
            "is:bookmarked": one in bookmarked,
            "is:noted": bool(personal.notes.get(one, "").strip()),
            "is:tagged": bool(tags),
            "is:rated": one in rated,
        }
        return frozenset((*found, *(condition for condition, is_held in holds.items() if is_held)))

    def _note_of(self, names: Iterable[str]) -> str:
        notes = self.personal.notes
        return "\n".join(filter(None, (" ".join(fold(notes.get(name, "")).split()) for name in names)))

    # -- what is asked of it

    @cached_property
    def conditions(self) -> dict[str, int]:
        """The rows by ``is:NAME`` and ``status:NAME``."""
        rows = self._held.rows
        found = {f"is:{name}": rows.get(f"is:{name}", 0) for name in IS}
        found["is:unread"] = ((1 << self._size) - 1) & ~found["is:read"]
        return found | {f"status:{status}": found[f"is:{status}"] for status in STATUSES}

    @cached_property
    def tags(self) -> dict[str, int]:
        """The rows by folded tag."""
        held = self._held
        return {tag.removeprefix(_TAG): held.rows.get(tag, 0) for tag in sorted(held.tags)}

    @property
    def notes(self) -> dict[int, str]:
        """The folded notes by row."""
        return self._held.notes

    def values(self, field: str) -> list[str]:
        """The values of ``is`` or ``status``."""
        return list(IS if field == "is" else STATUSES)

    def noted(self, text: str, size: int) -> int:
        """The rows whose note contains this."""
        if text not in self._noted:
            if len(self._noted) >= _REMEMBERED:
                self._noted.clear()
            self._noted[text] = rowset.of_rows([row for row, note in self.notes.items() if text in note], size)
        return self._noted[text]

    def anywhere(self, text: str, size: int) -> int:
        """The rows of which the user's note or one of the user's tags contains this."""
        bits = self.noted(text, size)
        for tag, rows in self.tags.items():
            if text in tag:
                bits |= rows
        return bits
