"""Annotates entries of the catalog: chooses the id, and makes the changes of the library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from mum_tui.annotation import Annotation
from mum_tui.catalog.model import Entry
from mum_tui.json_types import Json
from mum_tui.library.history import Step
from mum_tui.library.library import Library
from mum_tui.library.operations import BOOKMARKED, NOTE, RATING, STATUS, Change, checked, tag_field


class Annotator:
    """Reads and changes annotations of entries in memory; ``library.save`` writes them into the file.

    An annotation is stored under the entry's id, or under one of its aliases if that has an annotation already. An id
    in place of an entry is for entries that the catalog no longer has.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    def annotation(self, entry: Entry) -> Annotation:
        """The annotation of an entry; an empty one if there is none."""
        return self._library.annotations.get(self._annotated_id(entry)) or Annotation(entry.id)

    def bookmarked_ids(self, entry: Entry) -> list[str]:
        """The ids under which an entry is bookmarked: its own id and aliases."""
        return [name for name in (entry.id, *entry.aliases) if name in self._library.bookmarks]

    def annotate(self, entries: Iterable[Entry | str], field: str, value: Json) -> Step:
        """Set a field of several entries to a value, as one step. Raises ``ValueError``, see ``annotate_each``."""
        return self.annotate_each([(entry, field, value) for entry in entries])

    def annotate_each(self, fields: Iterable[tuple[Entry | str, str, Json]]) -> Step:
        """Set fields of entries, as one step.

        Args:
            fields: entry, field and value of each change; ``operations`` lists the fields.

        Raises:
            ValueError: a field cannot have that value; nothing was changed.
        """
        return self._library.change(
            *[change for entry, field, given in fields for change in self._changes(entry, field, checked(field, given))]
        )

    def write_notes(self, notes: Iterable[tuple[Entry | str, str, str]]) -> Step:
        """Set notes of entries, as one step. A note that another process changed meanwhile is kept beside the new one.

        Args:
            notes: entry, note, and the note with which the user began to write.
        """
        return self._library.change(
            *[
                replace(change, begun=checked(NOTE, begun))
                for entry, note, begun in notes
                for change in self._changes(entry, NOTE, checked(NOTE, note))
            ]
        )

    def _changes(self, entry: Entry | str, field: str, value: Json) -> Iterator[Change]:
        if isinstance(entry, str):
            yield Change(entry, field, value)
            return
        ids = [self._annotated_id(entry)]
        if field == BOOKMARKED and (bookmarked := self.bookmarked_ids(entry)):
            ids = [] if value else bookmarked
        url = entry.links[0].url if entry.links else ""
        for identifier in ids:
            yield Change(identifier, field, value, entry.title, url)

    def remove(self, identifiers: Sequence[str]) -> Step:
        """Remove all annotations of these ids, as one step."""
        fields: list[tuple[Entry | str, str, Json]] = []
        for identifier in identifiers:
            old = self._library.annotations[identifier]
            values = {BOOKMARKED: old.bookmarked, STATUS: old.status, RATING: old.rating, NOTE: old.note}
            fields += [(identifier, field, None) for field, value in values.items() if value]
            fields += [(identifier, tag_field(tag), None) for tag in old.tags]
        return self.annotate_each(fields)

    def _annotated_id(self, entry: Entry) -> str:
        return next((name for name in (entry.id, *entry.aliases) if name in self._library.annotations), entry.id)
