"""The user's annotations as a part of the index: the rows that match each condition on them.

Search, tree and table all read annotations here; nothing else tracks them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from sys import intern

from msgspec import Struct

from mum_tui.annotation import Annotation
from mum_tui.bounded_cache import BoundedCache
from mum_tui.reading_status import STATUSES
from mum_tui.search import rowset
from mum_tui.search.view import ANNOTATION_SCOPE, BOOKMARKS
from mum_tui.text import fold, letters, spellings, words_apart

_TEXTS_CACHED = 100
"""How many searched texts keep their rows in the cache: more than the words of a query."""

_MAX_SINGLE_CHANGES = 50
"""Up to this many changes, or a quarter of the annotations if that is more, are applied one by one. More changes
rebuild everything."""


class Annotations(Struct, frozen=True):
    """The annotations at one moment, by entry id or alias, including those of entries that are not in the catalog.

    Args:
        by_id: the annotation of each entry id or alias.
        journal: the id of every change, in order; it only grows. None where no journal is kept.
        at: how many changes of the journal ``by_id`` contains.
    """

    by_id: Mapping[str, Annotation] = {}
    journal: Sequence[str] | None = None
    at: int = 0

    def changed_since(self, earlier: Annotations) -> Sequence[str] | None:
        """The ids whose annotation differs from ``earlier``; empty if ``earlier`` is the later one; None if
        unknown."""
        if self.journal is None or self.journal is not earlier.journal:
            return None
        return self.journal[earlier.at : self.at]


NO_ANNOTATIONS = Annotations()

ANNOTATION_FIELDS = ("is", "status")
"""The query fields whose values are conditions on annotations."""

IS = ("bookmarked", "unread", *STATUSES, "noted", "tagged", "rated")
"""The values of ``is:``."""

_TAG = "tag:"
_RATING = "rating:"
MAX_RATING = 5
_NONE: frozenset[str] = frozenset()

_SCOPES = {
    **{f"is:{status}": f"{ANNOTATION_SCOPE}{status}" for status in STATUSES},
    "is:bookmarked": BOOKMARKS,
    "is:noted": f"{ANNOTATION_SCOPE}noted",
    "is:rated": f"{ANNOTATION_SCOPE}rated",
}
"""The scope of each condition that has one; each tag has a scope, too."""


class _Conditions:
    """Conditions (``is:read``, ``tag:Liver``) by id and by row; single ids can be updated.

    ``by_id`` has the conditions of each annotated id, ``ids`` the annotated ids of each row, ``rows`` the rows that
    match each condition, ``tags`` the number of ids with each tag, ``missing`` the annotated ids that are not in the
    catalog.
    """

    def __init__(self) -> None:
        self.by_id: dict[str, frozenset[str]] = {}
        self.ids: dict[int, tuple[str, ...]] = {}
        self.rows: dict[str, int] = {}
        self.tags: dict[str, int] = {}
        self.missing: dict[str, None] = {}

    def copy(self) -> _Conditions:
        """A copy that may be changed. It shares the large maps, because only the latest state is ever copied."""
        copy = _Conditions()
        copy.by_id, copy.ids = self.by_id, self.ids
        copy.rows, copy.tags, copy.missing = dict(self.rows), dict(self.tags), dict(self.missing)
        return copy


class AnnotatedRows:
    """``Annotations`` as row sets of one catalog, computed at first use.

    Args:
        annotations: the annotations by id.
        row_of: returns the row of an id or alias; None if it is not in the catalog.
        size: the number of rows.
    """

    def __init__(self, annotations: Annotations, row_of: Callable[[str], int | None], size: int) -> None:
        self.annotations = annotations
        self._row_of, self._size = row_of, size
        self._known: _Conditions | None = None
        self._notes: dict[int, FoldedText] | None = None
        self._rows_by_text: BoundedCache[str, int] = BoundedCache(_TEXTS_CACHED)

    def updated(self, annotations: Annotations, changed: Sequence[str]) -> AnnotatedRows:
        """The row sets of newer annotations that differ only for the ids in ``changed``; updates only their rows."""
        later = AnnotatedRows(annotations, self._row_of, self._size)
        if self._known is not None and len(changed) <= max(_MAX_SINGLE_CHANGES, len(self._known.by_id) // 4):
            later._known = self._known.copy()
            ids = dict.fromkeys(changed)
            rows = [row for identifier in ids if (row := later._apply(later._known, identifier)) is not None]
            if self._notes is not None:
                later._notes = self._notes
                if not later._note_rows(later._notes, later._known, rows):
                    later._rows_by_text = self._rows_by_text
        return later

    # -- computing

    @property
    def _conditions(self) -> _Conditions:
        if self._known is None:
            self._known = self._read_all()
        return self._known

    def _read_all(self) -> _Conditions:
        known = _Conditions()
        rows: dict[str, list[int]] = {}
        # Iterate over a copy: another thread may change the annotations meanwhile.
        for identifier, annotation in tuple(self.annotations.by_id.items()):
            conditions = known.by_id[identifier] = _conditions_of(annotation)
            if annotation.tags:
                for tag in filter(_is_tag, conditions):
                    known.tags[tag] = known.tags.get(tag, 0) + 1
            if (row := self._row_of(identifier)) is None:
                known.missing[identifier] = None
                continue
            known.ids[row] = (*known.ids[row], identifier) if row in known.ids else (identifier,)
            for condition in conditions:
                if condition in rows:
                    rows[condition].append(row)
                else:
                    rows[condition] = [row]
        known.rows = {condition: rowset.of_rows(listed, self._size) for condition, listed in rows.items()}
        return known

    def _apply(self, known: _Conditions, identifier: str) -> int | None:
        """Update ``known`` for one id; return the id's row."""
        annotation = self.annotations.by_id.get(identifier)
        before = known.by_id.pop(identifier, _NONE)
        after = _conditions_of(annotation) if annotation else _NONE
        if annotation:
            known.by_id[identifier] = after
        for tag in filter(_is_tag, after ^ before):
            known.tags[tag] = known.tags.get(tag, 0) + (1 if tag in after else -1)
            if not known.tags[tag]:
                del known.tags[tag]
        if (row := self._row_of(identifier)) is None:
            known.missing.pop(identifier, None)
            if annotation:
                known.missing[identifier] = None
            return None
        ids = known.ids[row] = tuple(dict.fromkeys((*known.ids.get(row, ()), identifier)))
        for condition in after ^ before:
            is_match = any(condition in known.by_id.get(name, _NONE) for name in ids)
            known.rows[condition] = known.rows.get(condition, 0) & ~(1 << row) | is_match << row
        return row

    def _note_rows(self, notes: dict[int, FoldedText], known: _Conditions, rows: Iterable[int]) -> bool:
        """Update the folded ``notes`` of these rows; return whether any of them changed."""
        is_changed = False
        by_text = {note.text: note for note in notes.values()}  # many entries may have the same note
        for row in rows:
            folded = self._folded_note(known.ids.get(row, ()))
            before = notes.get(row)
            if folded == (before.text if before else ""):
                continue
            is_changed = True
            if folded:
                notes[row] = by_text.setdefault(folded, FoldedText(folded))
            else:
                del notes[row]
        return is_changed

    def _folded_note(self, ids: Iterable[str]) -> str:
        by_id = self.annotations.by_id
        notes = (annotation.note for identifier in ids if (annotation := by_id.get(identifier)))
        return "\n".join(spelling for note in notes for spelling in spellings(note) if spelling)

    # -- reading

    @cached_property
    def conditions(self) -> dict[str, int]:
        """The rows by ``is:NAME`` and ``status:NAME``."""
        rows = self._conditions.rows
        conditions = {f"is:{name}": rows.get(f"is:{name}", 0) for name in IS}
        conditions["is:unread"] = ((1 << self._size) - 1) & ~conditions["is:read"]
        return conditions | {f"status:{status}": conditions[f"is:{status}"] for status in STATUSES}

    @cached_property
    def ratings(self) -> dict[int, int]:
        """The rows by rating, the highest first; of a row with several ratings only the highest counts."""
        known = self._conditions.rows
        ratings: dict[int, int] = {}
        counted = 0
        for rating in range(MAX_RATING, 0, -1):
            ratings[rating] = known.get(f"{_RATING}{rating}", 0) & ~counted
            counted |= ratings[rating]
        return ratings

    @cached_property
    def scopes(self) -> Mapping[str, int]:
        """The rows by scope: bookmarks, each status, noted, rated, and each tag as written.

        A tag that was just removed from its last entry is still listed, with no rows.
        """
        known = self._conditions
        scopes = {scope: known.rows.get(condition, 0) for condition, scope in _SCOPES.items()}
        return scopes | {f"{ANNOTATION_SCOPE}{tag}": rows for tag, rows in known.rows.items() if _is_tag(tag)}

    @cached_property
    def tags(self) -> dict[str, int]:
        """The rows by folded tag."""
        known = self._conditions
        rows: dict[str, int] = {}
        for tag in known.tags:
            folded = " ".join(fold(tag.removeprefix(_TAG)).split())
            rows[folded] = rows.get(folded, 0) | known.rows.get(tag, 0)
        return dict(sorted(rows.items()))

    @property
    def notes(self) -> dict[int, FoldedText]:
        """The folded notes by row."""
        if self._notes is None:
            known = self._conditions
            self._notes = {}
            self._note_rows(self._notes, known, known.ids)
        return self._notes

    @property
    def missing(self) -> Collection[str]:
        """The annotated ids that are not in the catalog."""
        return self._conditions.missing

    def values(self, field: str) -> list[str]:
        """The values of ``is`` or ``status``."""
        return list(IS if field == "is" else STATUSES)

    def rows_with_note(self, text: str, size: int) -> int:
        """The rows whose note contains a folded text."""
        return self._rows_by_text.get_or_make(text, lambda: rowset.of_rows(self._search_notes(text), size))

    def _search_notes(self, text: str) -> list[int]:
        rows_by_note: dict[FoldedText, list[int]] = {}
        for row, note in self.notes.items():
            rows_by_note.setdefault(note, []).append(row)
        return [row for note, rows in rows_by_note.items() if note.contains(text) for row in rows]

    def rows_with_note_or_tag(self, text: str, size: int) -> int:
        """The rows whose note or user tags contain a folded text."""
        bits = self.rows_with_note(text, size)
        for tag, rows in self.tags.items():
            if is_in(text, "\n".join(spellings(tag))):
                bits |= rows
        return bits


def is_in(text: str, folded: str) -> bool:
    """Whether a folded text contains a folded word or phrase (see ``FoldedText.contains``)."""
    return FoldedText(folded).contains(text)


class FoldedText:
    """A folded text to search in. Its search forms are cached, as a note may have a million characters."""

    def __init__(self, text: str) -> None:
        self.text = text

    def contains(self, text: str) -> bool:
        """Whether it contains a folded word, with or without hyphens, or a folded phrase, whatever the punctuation
        between its words."""
        if " " in text:
            return text in self._without_punctuation
        if text in self.text:
            return True
        apart = words_apart(text)
        if " " in apart:
            in_one_line = f" {self._without_punctuation}".replace("\n", " ")
            return f" {apart}" in in_one_line or letters(apart) in self.text
        return f"\n{text}" in self._words_without_hyphens

    @cached_property
    def _without_punctuation(self) -> str:
        return words_apart(self.text)

    @cached_property
    def _words_without_hyphens(self) -> str:
        """Its hyphenated words without their hyphens, one a line."""
        return "\n" + "\n".join(letters(word) for word in self.text.split() if "-" in word)


_STATUS_CONDITIONS = {str(status): f"is:{status}" for status in STATUSES}


def _is_tag(condition: str) -> bool:
    return condition.startswith(_TAG)


def _conditions_of(annotation: Annotation) -> frozenset[str]:
    conditions = [intern(_TAG + tag) for tag in annotation.tags] if annotation.tags else []
    if status := _STATUS_CONDITIONS.get(annotation.status):
        conditions.append(status)
    if annotation.bookmarked:
        conditions.append("is:bookmarked")
    if annotation.note.strip():
        conditions.append("is:noted")
    if annotation.tags:
        conditions.append("is:tagged")
    if annotation.rating:
        conditions += ["is:rated", f"{_RATING}{annotation.rating}"]
    return frozenset(conditions)
