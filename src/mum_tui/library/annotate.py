"""Annotating entries of the catalog: under which id, and with which changes of the library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mum_tui.annotation import Annotation
from mum_tui.catalog.model import Entry
from mum_tui.json_types import Json
from mum_tui.library.history import Step
from mum_tui.library.library import Library
from mum_tui.library.operations import BOOKMARKED, NOTE, RATING, STATUS, Change, checked, tag_field


def annotated_id(library: Library, entry: Entry) -> str:
    """The id under which an entry is annotated: its own, or an earlier one that is now an alias."""
    return next((name for name in (entry.id, *entry.aliases) if name in library.annotations), entry.id)


def annotation(library: Library, entry: Entry) -> Annotation:
    """The annotation of an entry; one without anything in it where there is none."""
    return library.annotations.get(annotated_id(library, entry)) or Annotation(entry.id)


def bookmarked_ids(library: Library, entry: Entry) -> list[str]:
    """The ids under which an entry is bookmarked: its own, and earlier ones that are now aliases."""
    return [name for name in (entry.id, *entry.aliases) if name in library.bookmarks]


def annotate(library: Library, fields: Iterable[tuple[Entry | str, str, Json]]) -> Step:
    """Give fields of entries their values, as one step; in memory, ``library.save`` puts it into the file.

    Args:
        library: where the annotations are.
        fields: entry, field and value as in ``operations``. An id stands for an entry that the catalog no longer has.

    Raises:
        ValueError: a field cannot have its value; nothing was changed.
    """
    changes: list[Change] = []
    for entry, field, given in fields:
        value = checked(field, given)
        if isinstance(entry, str):
            changes.append(Change(entry, field, value))
            continue
        ids = [annotated_id(library, entry)]
        if field == BOOKMARKED and (bookmarked := bookmarked_ids(library, entry)):
            ids = [] if value else bookmarked
        url = entry.links[0].url if entry.links else ""
        changes += [Change(identifier, field, value, entry.title, url) for identifier in ids]
    return library.change(*changes)


def remove(library: Library, identifiers: Sequence[str]) -> Step:
    """Remove all annotations of these ids, as one step in memory."""
    fields: list[tuple[Entry | str, str, Json]] = []
    for identifier in identifiers:
        there = library.annotations[identifier]
        values = {BOOKMARKED: there.bookmarked, STATUS: there.status, RATING: there.rating, NOTE: there.note}
        fields += [(identifier, field, None) for field, value in values.items() if value]
        fields += [(identifier, tag_field(tag), None) for tag in there.tags]
    return annotate(library, fields)
