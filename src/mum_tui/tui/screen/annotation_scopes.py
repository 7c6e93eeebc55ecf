"""The scopes of the tree for annotations, news and the selection, and annotations in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from mum_tui.annotation import Annotation
from mum_tui.clock import utc_now
from mum_tui.library.operations import NOTE, RATING, STATUS, TAG
from mum_tui.reading_status import STATUSES, Status
from mum_tui.search import rowset
from mum_tui.search.annotations import AnnotatedRows
from mum_tui.search.view import ANNOTATION_SCOPE, BOOKMARKS
from mum_tui.text import one_line
from mum_tui.tui.model.outline import NodeKind, TreeNode
from mum_tui.views.details import FACT, HEADING, Part
from mum_tui.views.wording import day

if TYPE_CHECKING:
    from mum_tui.state.last_visit import News

STATUS_GLYPHS = {status: status.glyph for status in STATUSES}
"""The glyph of each status."""

NEWS = f"{ANNOTATION_SCOPE}news"
GONE = f"{ANNOTATION_SCOPE}gone"
SELECTED = f"{ANNOTATION_SCOPE}selected"


def scope_of(name: str) -> str:
    """The scope of a status (``read``), of ``noted``, ``rated``, or of a tag (``tag:liver``)."""
    return f"{ANNOTATION_SCOPE}{name}"


_TITLES = {
    **{scope_of(status): f"{status.glyph} {status.label}" for status in STATUSES},
    scope_of("noted"): "✎ Noted",
    scope_of("rated"): "✦ Rated",
}
_TAG_SCOPE = scope_of(TAG)


class AnnotationScopes:
    """The scopes of annotations, of new entries and of selected entries, with their rows.

    Args:
        annotated: the rows with annotations; ``update`` sets newer ones.
        row_by_id: the rows of the catalog by entry id and alias.
        size: the number of entries in the catalog.
    """

    def __init__(self, annotated: AnnotatedRows, row_by_id: Mapping[str, int], size: int) -> None:
        self._row_by_id, self._size = row_by_id, size
        self._news = 0
        self._since = ""
        self._selected = 0
        self.update(annotated)

    def update(self, annotated: AnnotatedRows) -> None:
        """Set the rows with annotations."""
        self._annotated = annotated
        self.rows: Mapping[str, int] = {**annotated.scopes, NEWS: self._news, SELECTED: self._selected}

    def select(self, rows: int) -> None:
        """Set the selected rows, as bits."""
        self._selected = rows
        self.rows = {**self.rows, SELECTED: rows}

    @property
    def ratings(self) -> Mapping[int, int]:
        """The rows by rating, the highest first."""
        return self._annotated.ratings

    @property
    def gone(self) -> list[str]:
        """The annotated ids that are not in the catalog, in the order of the library."""
        missing = self._annotated.missing
        return [name for name in self._annotated.annotations.by_id if name in missing] if missing else []

    def set_news(self, news: News) -> None:
        """Set the entries that are new or changed."""
        rows = (self._row_by_id.get(identifier) for identifier in news.ids)
        self._news = rowset.of_rows((row for row in rows if row is not None), self._size)
        self._since = since(news)
        self.update(self._annotated)

    def counts(self, matching: int) -> dict[str, int]:
        """How many of the rows ``matching`` are in each scope and have each status (``status:read``); for ``GONE``, how
        many annotated ids are not in the catalog.
        """
        counts = {scope: (rows & matching).bit_count() for scope, rows in self.rows.items()}
        statuses = {f"{STATUS}:{status}": counts[scope_of(status)] for status in STATUSES}
        return {**counts, **statuses, GONE: len(self._annotated.missing)}

    def nodes(self, chosen: str = "") -> Iterator[TreeNode]:
        """The lines of the tree. Bookmarks and statuses are always there, other scopes if they have entries or are
        ``chosen``.
        """
        if self.rows[SELECTED] or chosen == SELECTED:
            yield TreeNode(NodeKind.SCOPE, SELECTED, "✓ Selected")
        yield TreeNode(NodeKind.SCOPE, BOOKMARKS, "★ Bookmarks")
        tags = sorted(
            (scope for scope in self.rows if scope.startswith(_TAG_SCOPE)), key=lambda scope: (scope.casefold(), scope)
        )
        titles = _TITLES | {scope: f"#{one_line(scope.removeprefix(_TAG_SCOPE))}" for scope in tags}
        titles[NEWS] = f"New since {self._since or 'last visit'}"
        for scope, title in titles.items():
            if self.rows[scope] or scope == chosen or scope in map(scope_of, STATUSES):
                yield TreeNode(NodeKind.SCOPE, scope, title)
        if self._annotated.missing:
            yield TreeNode(NodeKind.LIST, GONE, "Not in this catalog")


def since(news: News) -> str:
    """The date of the last visit: ``21 Nov``, with the year if it is not the current one."""
    return _date(news.since).removesuffix(f" {utc_now()[:4]}")


def news_words(news: News, names: Sequence[str]) -> str:
    """What is new, in one line, with the ``names`` of the first new entries; empty if nothing is new."""
    words = []
    if count := len(news.added):
        more = f" and {count - len(names)} more" if count > len(names) else ""
        words.append(
            f"{count} new {'entry' if count == 1 else 'entries'} since {since(news)}: {', '.join(names)}{more}"
        )
    if count := len(news.changed):
        changed = f"{count} {'entry' if count == 1 else 'entries'} changed"
        words.append(changed if words else f"{changed} since {since(news)}")
    return " · ".join(words)


def stars(rating: int) -> str:
    """A rating as five stars; empty for none."""
    return "★" * rating + "☆" * (5 - rating) if rating else ""


def annotation_parts(annotation: Annotation) -> Iterable[Part]:
    """The parts of the details for the user's annotation of an entry."""
    status = Status(annotation.status) if annotation.status else None
    changed = annotation.changed
    facts = [
        ("Status", f"{status.glyph} {status.label}" if status else "", changed.get(STATUS, "")),
        ("Rating", stars(annotation.rating), changed.get(RATING, "")),
        ("Your tags", " ".join(f"#{tag}" for tag in annotation.tags), max(annotation.tags.values(), default="")),
        ("Note", annotation.note, changed.get(NOTE, "")),
        ("Bookmarked", "★" if annotation.bookmarked else "", annotation.bookmarked),
    ]
    if any(text for _, text, _ in facts):
        yield Part(HEADING, "Your library")
    yield from (Part(FACT, text, label, _date(date)) for label, text, date in facts if text)


def _date(date: str) -> str:
    """A date of the library in words; empty if it is invalid."""
    match = re.match(r"\d{4}-(?:0[1-9]|1[0-2])-\d\d", date)
    return day(match[0]) if match else ""
