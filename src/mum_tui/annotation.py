"""The annotation of an entry: bookmark, reading status, rating, tags and note, as one value."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Annotation(Struct, frozen=True):
    """The user's annotation of one entry, with the title and main link that the entry had in the catalog.

    Times are in UTC, ``2026-11-24T10:00:00Z``, and empty if unknown. ``bookmarked`` is the time of the bookmark, empty
    without one; ``tags`` has the time each tag was added, ``changed`` the time of the last change of each other field.
    ``status`` is one of ``Status`` or empty, ``rating`` 1 to 5, or 0 for none.
    """

    id: str
    bookmarked: str = ""
    title: str = ""
    url: str = ""
    status: str = ""
    note: str = ""
    rating: int = 0
    tags: Mapping[str, str] = {}
    changed: Mapping[str, str] = {}
