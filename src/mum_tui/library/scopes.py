"""Selects ids of the library by tag, status and so on, in the order of the library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from mum_tui.annotation import Annotation


def tags(annotations: Mapping[str, Annotation]) -> dict[str, int]:
    """The tags in use and how many entries have each, the most frequent first."""
    counts = Counter(tag for annotation in annotations.values() for tag in annotation.tags)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].casefold())))


def select(
    annotations: Mapping[str, Annotation],
    *,
    bookmarked: bool = False,
    status: str = "",
    tag: str = "",
    rated: int = 0,
) -> list[str]:
    """The ids that meet all conditions: bookmarked, with a status, with a tag, rated ``rated`` or better; by default
    all ids.
    """
    return [
        identifier
        for identifier, annotation in annotations.items()
        if (not bookmarked or annotation.bookmarked)
        and status in ("", annotation.status)
        and (not tag or tag in annotation.tags or tag.removeprefix("#") in annotation.tags)
        and annotation.rating >= rated
    ]
