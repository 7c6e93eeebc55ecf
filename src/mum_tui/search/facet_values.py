"""The facet values that a list shows; those of each facet are read at first use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from mum_tui.reading_status import STATUSES
from mum_tui.search.facets import FACETS
from mum_tui.search.values import Values

T = TypeVar("T")

STATUS = "status"
"""The only facet made of annotations: the reading status."""


class ReadOrRebuild(Protocol):
    """Calls a function that reads the index; if the index is damaged, rebuilds it and calls the function again."""

    def __call__(self, read: Callable[[], T]) -> T: ...


_LISTED = {facet.field: facet for facet in FACETS if facet.shown}


class FacetValues(Mapping[str, Sequence[str]]):
    """For each facet that any entry has a value of, the used values, as ``field:value`` in reading order.

    Args:
        values: returns the values of a field.
        read_or_rebuild: calls a function that reads the index (see ``Index.read_or_rebuild``).
    """

    def __init__(self, values: Callable[[str], Values], read_or_rebuild: ReadOrRebuild) -> None:
        self._values, self._read_or_rebuild = values, read_or_rebuild
        self._listed: dict[str, Sequence[str]] = {STATUS: [f"{STATUS}:{status}" for status in STATUSES]}

    def __getitem__(self, field: str) -> Sequence[str]:
        if field not in self._listed:
            self._listed[field] = self._read_or_rebuild(lambda: self._list(field))
        return self._listed[field]

    def _list(self, field: str) -> Sequence[str]:
        only = _LISTED[field].only
        values = self._values(field)
        return [
            f"{field}:{value.name}"
            for position, value in enumerate(values.all)
            if values.count(position) and (not only or value.name in only)
        ]

    def __contains__(self, field: object) -> bool:
        if field not in _LISTED:
            return field == STATUS
        assert isinstance(field, str)
        return bool(self[field]) if _LISTED[field].only else self._read_or_rebuild(lambda: self._values(field).is_used)

    def __iter__(self) -> Iterator[str]:
        return filter(self.__contains__, (*_LISTED, STATUS))

    def __len__(self) -> int:
        return sum(1 for _ in self)
