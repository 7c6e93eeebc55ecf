"""Merges two libraries without loss: the newest value of each field wins, and differing notes are joined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import UNSET

from mum_tui.json_types import Json
from mum_tui.library.notes import joined_notes
from mum_tui.library.operations import (
    BOOKMARKED,
    KEY,
    NOTE,
    RATING,
    STATUS,
    TAG,
    Change,
    apply,
    comparable,
    current,
    date_of,
    read,
)

_KNOWN = frozenset((BOOKMARKED, STATUS, NOTE, RATING, "tags", "title", "url", "changed"))


def merge(ours: Mapping[str, Json], theirs: Mapping[str, Json], both_notes: bool = True) -> list[Change]:
    """The changes that add to ``ours`` what is newer or only in ``theirs``; of equally old values, ours wins.

    Merging a second time changes nothing.
    """
    return [
        change
        for identifier in theirs
        # Values before removals: an entry that is empty for a moment would lose the dates of its removals.
        for change in sorted(
            _entry(identifier, ours, theirs[identifier], both_notes), key=lambda change: not change.value
        )
    ]


def _entry(identifier: str, ours: Mapping[str, Json], raw: Json, both_notes: bool) -> Iterator[Change]:
    if not isinstance(raw, dict):
        return
    our_raw = ours.get(identifier)
    annotation = read(identifier, raw)
    title, url = (annotation.title, annotation.url) if annotation else ("", "")
    tags = [TAG + tag for tag in annotation.tags] if annotation else []
    for field in (BOOKMARKED, STATUS, NOTE, RATING, *tags):
        old, new = current(our_raw, field), current(raw, field)
        there, here = comparable(date_of(raw, field)), comparable(date_of(our_raw, field))
        if old == new or not (new or there):
            continue
        later = there > here
        value = new if later or not (old or here) else old
        if field == NOTE and isinstance(old, str) and isinstance(new, str) and both_notes:
            value = joined_notes(old, new) if not later else joined_notes(new, old)
        if value != old:
            date = max(there, here) if field == NOTE else date_of(raw, field)
            yield Change(identifier, field, value, title, url, date, old)
    for key in raw.keys() - _KNOWN - (our_raw.keys() if isinstance(our_raw, dict) else set()):
        yield Change(identifier, KEY + key, raw[key], "", "", "", None)


def late(entry: Json, change: Change) -> Change | None:
    """What to make of a change that waited while others may have changed its entry; None if their value stays.

    The newest value of a field wins, and two different notes are joined. The date of a change that expects a value, as
    undoing does, is that of the old value, so only what it expects counts.
    """
    if change.expected is not UNSET:
        return change if apply({} if entry is None else {change.id: entry}, change) else None
    value, since = current(entry, change.field), comparable(date_of(entry, change.field))
    if value == change.value or since <= comparable(change.at or ""):
        return change
    if change.field == NOTE and isinstance(change.value, str) and isinstance(value, str):
        return Change(change.id, NOTE, joined_notes(value, change.value), change.title, change.url, since)
    return None


def only_last_notes(changes: Sequence[Change]) -> list[Change]:
    """The changes, but of several versions of a note only the last: each would be joined with another's note."""
    needed: list[Change] = []
    replaced: set[str] = set()
    for change in reversed(changes):
        if change.field != NOTE or change.id not in replaced:
            needed.append(change)
        if change.field == NOTE and change.expected is UNSET:
            replaced.add(change.id)
        elif change.field == NOTE:
            replaced.discard(change.id)
    return needed[::-1]
