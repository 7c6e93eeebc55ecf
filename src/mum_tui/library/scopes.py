"""Ways to look at what the user keeps: ids by status, tag and so on, and how many there are of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from typing import Any

from msgspec import Struct

from mum_tui.library.operations import STATUSES, TAG, Item

BOOKMARKED = "bookmarked"
NOTED = "noted"
RATED = "rated"
STATUS_TITLES = {"to-read": "To read", "reading": "Reading", "read": "Read"}
"""The statuses as one reads them."""

TITLES = {**STATUS_TITLES, BOOKMARKED: "Bookmarked", NOTED: "Noted", RATED: "Rated"}
"""The views that are always there, in the order of a tree; each tag is one more, ``tag:NAME``."""


class Shelf(Struct, frozen=True):
    """A view with its title and how many entries are in it."""

    view: str
    title: str
    count: int


class FieldOf(Mapping[str, Any]):
    """What one field of all items is, by id, where it is anything; made in no time, and always as they are now."""

    def __init__(self, items: Mapping[str, Item], field: str) -> None:
        self._items, self._field = items, field

    def __getitem__(self, identifier: str) -> Any:
        if value := getattr(self._items[identifier], self._field):
            return value
        raise KeyError(identifier)

    def get(self, identifier: str, default: Any = None) -> Any:
        """The value, or ``default`` where there is none."""
        item = self._items.get(identifier)
        return (getattr(item, self._field) if item else None) or default

    def __contains__(self, identifier: object) -> bool:
        return isinstance(identifier, str) and bool(self.get(identifier))

    def __iter__(self) -> Iterator[str]:
        # Of a copy: another thread may change them meanwhile.
        return (identifier for identifier in tuple(self._items) if self.get(identifier))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def views_of(item: Item) -> list[str]:
    """The views an entry is in."""
    held = {BOOKMARKED: item.bookmarked, NOTED: item.note, RATED: item.rating}
    views = [item.status] if item.status else []
    return views + [view for view, value in held.items() if value] + [TAG + tag for tag in item.tags]


def ids(items: Mapping[str, Item], view: str) -> list[str]:
    """The ids in one view, in the order of the library."""
    return [identifier for identifier, item in items.items() if view in views_of(item)]


def shelves(items: Mapping[str, Item]) -> list[Shelf]:
    """All views with their counts: the constant ones, then the tags by name."""
    counts = Counter(view for item in items.values() for view in views_of(item))
    tags = sorted((view for view in counts if view.startswith(TAG)), key=lambda view: (view.casefold(), view))
    always = [Shelf(view, title, counts[view]) for view, title in TITLES.items()]
    return always + [Shelf(view, f"#{view.removeprefix(TAG)}", counts[view]) for view in tags]


def tags(items: Mapping[str, Item]) -> dict[str, int]:
    """The tags in use and how many entries have each, the most used first; what completing offers."""
    counts = Counter(tag for item in items.values() for tag in item.tags)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].casefold())))


def gone(items: Mapping[str, Item], known: Container[str]) -> list[str]:
    """The ids that are kept and not in the catalog; ``known`` holds its ids and aliases."""
    return [identifier for identifier in items if identifier not in known]


def select(
    items: Mapping[str, Item], *, bookmarked: bool = False, status: str = "", tag: str = "", rated: int = 0
) -> list[str]:
    """The ids for which all of this holds, in the order of the library: bookmarked, with a status (one of
    ``STATUSES``), with a tag, rated ``rated`` or better. With nothing asked for: all ids."""
    return [
        identifier
        for identifier, item in items.items()
        if (not bookmarked or item.bookmarked)
        and status in ("", item.status)
        and (not tag or tag.removeprefix("#") in item.tags)
        and item.rating >= rated
    ]


def next_status(status: str) -> str | None:
    """What one key turns a status into: none, to read, reading, read, none again."""
    following = (None, *STATUSES)
    return following[(following.index(status or None) + 1) % len(following)]
