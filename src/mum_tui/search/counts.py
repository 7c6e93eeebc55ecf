"""Counts the matching rows of each scope and facet value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from mum_tui.search.annotations import ANNOTATION_FIELDS, IS, AnnotatedRows
from mum_tui.search.facets import FACETS
from mum_tui.search.view import ALL, BOOKMARKS, scope_section

if TYPE_CHECKING:
    from mum_tui.search.index import Index

_COUNTED = frozenset(facet.field for facet in FACETS) | {"uses"}


class Counts(Mapping[str, int]):
    """The number of rows of a set in each scope and with each facet value; each counted at first use.

    Args:
        index: the index of the rows.
        bits: the set of rows to count.
        annotated: the annotations as row sets.
    """

    def __init__(self, index: Index, bits: int, annotated: AnnotatedRows) -> None:
        self._index, self._bits, self._annotated = index, bits, annotated
        self._counted: dict[str, int] = {}

    def __getitem__(self, key: str) -> int:
        if key not in self._counted:
            self._counted[key] = self._index.read_or_rebuild(lambda: self._count(key))
        return self._counted[key]

    def _count(self, key: str) -> int:
        index = self._index
        field, colon, value = key.partition(":")
        if colon and field in ANNOTATION_FIELDS:
            rows = self._annotated.conditions[key]
        elif colon and field in _COUNTED:
            listed = index.finder.values(field)
            if self._bits == index.everything:
                position = listed.positions.get(value)
                return 0 if position is None else listed.count(position)
            rows = index.facet_rows(field, value, self._annotated)
        elif key in (ALL, BOOKMARKS) or scope_section(key):
            rows = index.scope_rows(key, self._annotated)
        else:
            raise KeyError(key)
        return (rows & self._bits).bit_count()

    def __iter__(self) -> Iterator[str]:
        yield from self._index.scopes
        for conditions in self._index.facets.values():
            yield from conditions
        yield from (f"is:{name}" for name in IS)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Counts):
            return NotImplemented
        return self._index is other._index and self._bits == other._bits and self._annotated is other._annotated

    __hash__ = None  # type: ignore[assignment]  # equal by value: Python's own way to say so
