"""Annotations for tests, written down field by field."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from mum_tui.annotation import Annotation
from mum_tui.search.annotations import Annotations

DATE = "2026-01-01T00:00:00Z"


def annotated(
    bookmarked: Collection[str] = (),
    status: Mapping[str, str] | None = None,
    tags: Mapping[str, Collection[str]] | None = None,
    notes: Mapping[str, str] | None = None,
    rated: Collection[str] = (),
) -> Annotations:
    """The annotations of these ids, without a journal."""
    status, tags, notes = status or {}, tags or {}, notes or {}
    return Annotations(
        {
            name: Annotation(
                name,
                bookmarked=DATE if name in bookmarked else "",
                status=status.get(name, ""),
                note=notes.get(name, ""),
                rating=3 if name in rated else 0,
                tags=dict.fromkeys(tags.get(name, ()), DATE),
            )
            for name in dict.fromkeys((*bookmarked, *status, *tags, *notes, *rated))
        }
    )
