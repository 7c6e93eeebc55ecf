"""Changes of the library as values: each can be applied, and has an inverse.

A change sets one field of one entry. ``bookmarked`` and ``tag:NAME`` are true or false, ``status`` is one of
``STATUSES``, ``note`` a text, ``rating`` a number from 1 to 5; None removes one. ``key:NAME`` is any JSON value that
only another version of the program knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from sys import intern

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from mum_tui import clock
from mum_tui.annotation import Annotation
from mum_tui.json_types import Json, JsonObject
from mum_tui.library.notes import BETWEEN_NOTES, joined_notes
from mum_tui.patterns import Pattern
from mum_tui.reading_status import STATUSES
from mum_tui.text import clean, one_line

BOOKMARKED = "bookmarked"
STATUS = "status"
NOTE = "note"
RATING = "rating"
TAG = "tag:"
KEY = "key:"

RATINGS = (1, 2, 3, 4, 5)

_DATE = Pattern(r"[12]\d{3}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?")

_JOINERS = {0x200D: None, 0xFE0F: None}
"""Characters that join others into one picture. Terminals disagree on its width: the rest of the line would shift."""

_ANNOTATION_FIELDS = (BOOKMARKED, STATUS, RATING, "tags", NOTE)
_SNAPSHOT = ("title", "url", "changed")
_ORDER = ("title", "url", *_ANNOTATION_FIELDS, "changed")
"""The order of keys in the file; unknown ones come last."""


class Change(Struct, frozen=True, gc=False):
    """Sets one field of one entry to a value, at a date (None: when it is applied; empty: unknown).

    With ``expected`` it is applied only if the field has that value, so that undoing never reverts what another process
    did meanwhile. With ``begun``, the note that the user saw when beginning to write, a note that another process wrote
    meanwhile is kept beside the new one.
    """

    id: str
    field: str
    value: Json
    title: str = ""
    url: str = ""
    at: str | None = None
    expected: Json | UnsetType = UNSET
    begun: Json | UnsetType = UNSET


def checked(field: str, value: Json) -> Json:
    """``value`` in its normal form for ``field``.

    Raises:
        ValueError: the field cannot have this value; the message says which it can have.
    """
    match field:
        case "status":
            if value is not None and value not in STATUSES:
                raise ValueError(f"a status is one of {', '.join(STATUSES)}")
        case "note":
            value = clean(str(value or "").replace("\r\n", "\n")).strip("\n") or None
            return value if value and value.strip() else None
        case "rating":
            if value is not None and (isinstance(value, bool) or value not in RATINGS):
                raise ValueError("a rating is a number from 1 to 5")
        case _ if field == BOOKMARKED or field.startswith(TAG):
            return bool(value)
    return value


def tag_field(name: str) -> str:
    """The field of the tag ``name``, which may be written with ``#``.

    Raises:
        ValueError: ``name`` is not a word of at most 60 letters.
    """
    word = one_line(clean(name)).translate(_JOINERS).lstrip("#").strip().replace(" ", "-")
    if not word or "\ufffd" in word or len(word) > 60:
        raise ValueError("a tag is a word of at most 60 letters")
    return TAG + word


# -- reading an entry


def current(raw: Json, field: str) -> Json:
    """The value of a field of an entry; None if it is missing or malformed."""
    if not isinstance(raw, dict):
        raw = {}
    value = raw.get(field)
    match field:
        case "bookmarked":
            return isinstance(value, str)
        case "status":
            return value if isinstance(value, str) and value in STATUSES else None
        case "note":
            return clean(value) if isinstance(value, str) and value else None
        case "rating":
            return value if isinstance(value, int) and not isinstance(value, bool) and value in RATINGS else None
    if field.startswith(TAG):
        return field.removeprefix(TAG) in _tags(raw)
    return raw.get(field.removeprefix(KEY))


def date_of(raw: Json, field: str) -> str:
    """The date at which a field was set; empty if unknown."""
    if not isinstance(raw, dict):
        return ""
    if field.startswith(TAG) and (given := _tags(raw).get(field.removeprefix(TAG))):
        return given
    if field == BOOKMARKED and isinstance(raw.get(field), str):
        return clean(raw[field])
    return _dates(raw).get(field, "")


def comparable(date: str) -> str:
    """``date`` if it is in the form that sorts by time; otherwise empty, which sorts first."""
    return date if _DATE.fullmatch(date) else ""


def read(identifier: str, raw: Json) -> Annotation | None:
    """The annotation in an entry of the file; None if it has none that this version knows."""
    if not isinstance(raw, dict):
        return None
    on, status, note, rating = (current(raw, field) for field in (BOOKMARKED, STATUS, NOTE, RATING))
    tags = _tags(raw) if "tags" in raw else {}
    if not (on or status or note or rating or tags):
        return None
    title, url = (clean(text) if isinstance(text := raw.get(key), str) else "" for key in ("title", "url"))
    since = clean(raw[BOOKMARKED]) if on else ""
    return Annotation(
        identifier,
        since,
        title,
        url,
        str(status or ""),
        str(note or ""),
        rating if isinstance(rating, int) else 0,
        tags,
        _dates(raw),
    )


def _tags(raw: Json) -> dict[str, str]:
    tags = raw.get("tags") if isinstance(raw, dict) else None
    if isinstance(tags, list):  # written by a person
        return {clean(tag): "" for tag in tags if isinstance(tag, str)}
    if not isinstance(tags, dict):
        return {}
    return {clean(tag): clean(date) if isinstance(date, str) else "" for tag, date in tags.items()}


def _dates(raw: JsonObject) -> dict[str, str]:
    dates = raw.get("changed")
    if not isinstance(dates, dict):
        return {}
    return {field: clean(date) for field, date in dates.items() if isinstance(date, str)}


# -- changing an entry


def apply(entries: dict[str, Json], change: Change) -> bool:
    """Apply a change; returns False if the field does not have the expected value. Applying twice is the same as once.

    The entry is replaced, not changed in place, so that copies of ``entries`` do not change.
    """
    old = entries.get(change.id)
    before = current(old, change.field)
    if change.expected is not UNSET and before != change.expected and before != change.value:
        others = _others_note(before, change)
        if not others:
            return False
        change = replace(change, value=others)
    change = with_both_notes(old, change)
    raw: JsonObject = dict(old) if isinstance(old, dict) else {"unreadable": old} if change.id in entries else {}
    if before != change.value:
        _write_value(raw, change)
    if change.value:
        # A single surrogate could not be encoded.
        raw |= {key: clean(text) for key, text in (("title", change.title), ("url", change.url)) if text}
    if not any(key in raw for key in _ANNOTATION_FIELDS):
        raw.pop("changed", None)
        if set(raw) <= set(_SNAPSHOT):
            entries.pop(change.id, None)
            return True
    if change.field == BOOKMARKED and change.value and not before:
        entries.pop(change.id, None)  # so that it moves to the end: entries are in the order of bookmarking
    entries[change.id] = {key: raw[key] for key in _ORDER if key in raw} | raw
    return True


def with_both_notes(raw: Json, change: Change) -> Change:
    """``change``, or if another process wrote the note of an entry since the user began: that to both notes, joined."""
    note = None if change.begun is UNSET else current(raw, NOTE)
    if change.begun is UNSET or not isinstance(note, str) or note in (change.begun, change.value):
        return change
    both = joined_notes(note, change.value) if isinstance(change.value, str) else note
    at = None if change.at is None else max(change.at, comparable(date_of(raw, NOTE)))
    return replace(change, value=both, begun=note, at=at)


def _others_note(note: Json, change: Change) -> str:
    """What another process wrote of a note that was joined with the one to undo; empty if it was not joined."""
    if change.field != NOTE or not isinstance(note, str):
        return ""
    others = note.removesuffix(f"{BETWEEN_NOTES}{change.expected}")
    return "" if others == note else others


def _write_value(raw: JsonObject, change: Change) -> None:
    field, value, at = change.field, change.value, clock.utc_now() if change.at is None else change.at
    if field.startswith(KEY):
        _set(raw, field.removeprefix(KEY), value)
        return
    if field.startswith(TAG):
        tags = _tags(raw)
        _save_malformed(raw, "tags", isinstance(raw.get("tags"), dict | list))
        if value:
            tags[intern(field.removeprefix(TAG))] = at  # hundreds of entries may have it
        else:
            tags.pop(field.removeprefix(TAG), None)
        _set(raw, "tags", tags or None)
        at = "" if value else at
    elif field == BOOKMARKED:
        _save_malformed(raw, field, isinstance(raw.get(field), str))
        _set(raw, field, at if value else None)
        at = "" if value else at
    else:
        _save_malformed(raw, field, current(raw, field) is not None)
        _set(raw, field, value)
    old_dates = raw.get("changed")
    dates = dict(old_dates) if isinstance(old_dates, dict) else {}
    _set(dates, field, at or None)
    _save_malformed(raw, "changed", isinstance(raw.get("changed"), dict))
    _set(raw, "changed", dates or None)


def _set(mapping: JsonObject, key: str, value: Json) -> None:
    if value is None:
        mapping.pop(key, None)
    else:
        mapping[key] = value


def _save_malformed(raw: JsonObject, key: str, understood: bool) -> None:
    """Save a malformed value under ``unreadable`` before it is replaced."""
    if key in raw and not understood and raw[key] not in (None, "", [], {}):
        aside = raw.get("unreadable", {})
        raw["unreadable"] = ({"item": aside} if not isinstance(aside, dict) else aside) | {key: raw[key]}


def inverse(entries: Mapping[str, Json], change: Change) -> Change:
    """The change that undoes ``change``; compute it before ``change`` is applied to ``entries``."""
    raw = entries.get(change.id)
    value, date = current(raw, change.field), date_of(raw, change.field)
    texts = raw if isinstance(raw, dict) else {}
    title, url = (text if isinstance(text := texts.get(key), str) else "" for key in ("title", "url"))
    return Change(change.id, change.field, value, title or change.title, url or change.url, date, change.value)


def stamped(entries: Mapping[str, Json], change: Change) -> Change:
    """``change`` with its date: now, or that of the current value if the clock was set back."""
    if change.at is not None:
        return change
    at = max(clock.utc_now(), comparable(date_of(entries.get(change.id), change.field)))
    return replace(change, at=at)


# -- in words


def words(change: Change) -> str:
    """A change in words: ``bookmark``, ``status read``, ``removal of the note``."""
    field, value = change.field, change.value
    if field.startswith(TAG):
        name = f"tag {field.removeprefix(TAG)}"
        return name if value else f"removal of {name}"
    if field in (STATUS, RATING) and value:
        return f"{field} {value}"
    name = {BOOKMARKED: "bookmark"}.get(field, field.removeprefix(KEY))
    return name if value else f"removal of the {name}"


def command(change: Change) -> str:
    """The shell command that makes a change."""
    from shlex import quote

    field, value, identifier = change.field, change.value, quote(change.id)
    if field == BOOKMARKED:
        return f"mum-tui bookmark {'add' if value else 'remove'} {identifier}"
    if field == STATUS:
        return f"mum-tui status {identifier} {value or 'none'}"
    if field == RATING:
        return f"mum-tui rate {identifier} {value or 'none'}"
    if field.startswith(TAG):
        return f"mum-tui tag {'add' if value else 'remove'} {quote(field.removeprefix(TAG))} {identifier}"
    return f"mum-tui note {identifier} --text {quote(str(value or ''))}"
