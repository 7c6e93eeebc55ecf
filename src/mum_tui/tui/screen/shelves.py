"""The views of what the user keeps, as scopes: which rows of the catalog are in each, and their lines in the tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from mum_tui.catalog.model import Entry
from mum_tui.clock import utc_now
from mum_tui.library import scopes
from mum_tui.library.operations import NOTE, RATING, STATUS, TAG, Item
from mum_tui.search import rowset
from mum_tui.search.view import BOOKMARKS
from mum_tui.text import one_line
from mum_tui.tui.model.outline import LIST, SCOPE, Node
from mum_tui.views.details import FACT, HEADING, VENUE, Part, day

if TYPE_CHECKING:
    from mum_tui.state.last_visit import News

STATUS_MARKS = {"to-read": "○", "reading": "◐", "read": "●"}
"""What stands for a status: told apart without colour."""

NEWS = "shelf/news"
GONE = "shelf/gone"

FEW = 200
"""Up to so many changed entries are looked at one by one; above, everything is."""

_MARKS = {scopes.BOOKMARKED: "★", scopes.NOTED: "✎", scopes.RATED: "✦", **STATUS_MARKS}


def scope_of(view: str) -> str:
    """The scope that holds the entries of one of ``library.views``."""
    return BOOKMARKS if view == scopes.BOOKMARKED else f"shelf/{view}"


class Shelves:
    """Keeps the rows of each view up to date, at a cost that grows with what changed and not with the library.

    ``rows`` is keyed by scope, its values are row sets as in ``search.rowset``.
    """

    def __init__(self, items: Mapping[str, Item], entries: Sequence[Entry], row_by_id: Mapping[str, int]) -> None:
        self._entries = entries
        self._row_by_id = row_by_id
        self.rows: dict[str, int] = {}
        self.gone: list[str] = []
        self._news = 0
        self._since = ""
        self.fill(items)

    def fill(self, items: Mapping[str, Item]) -> None:
        """Look at everything that is kept."""
        found: dict[str, list[int]] = {scope_of(view): [] for view in scopes.TITLES}
        for identifier, item in items.items():
            row = self._row_by_id.get(identifier)
            if row is not None:
                for view in scopes.views_of(item):
                    found.setdefault(scope_of(view), []).append(row)
        size = len(self._entries)
        self.rows = {scope: rowset.of_rows(rows, size) for scope, rows in found.items()}
        self.rows[NEWS] = self._news
        self.gone = scopes.gone(items, self._row_by_id)

    def update(self, items: Mapping[str, Item], changed: Sequence[str]) -> None:
        """Look at what is kept of these ids."""
        rows = [self._row_by_id.get(identifier) for identifier in changed]
        if len(changed) > FEW or None in rows:
            self.fill(items)
            return
        for row in rows:
            assert row is not None
            entry = self._entries[row]
            kept = [items[name] for name in (entry.id, *entry.aliases) if name in items]
            item_scopes = {scope_of(view) for item in kept for view in scopes.views_of(item)}
            for scope in {*self.rows, *item_scopes} - {NEWS}:
                rest = self.rows.get(scope, 0) & ~(1 << row)
                self.rows[scope] = rest | (scope in item_scopes) << row

    def tell(self, news: News) -> None:
        """Have a shelf for what is new in the catalog."""
        rows = (self._row_by_id.get(identifier) for identifier in news.ids)
        self._news = self.rows[NEWS] = rowset.of_rows((row for row in rows if row is not None), len(self._entries))
        self._since = since(news)

    def counts(self, matching: int) -> dict[str, int]:
        """How many of these rows are in each scope and have each status (``status:read``), and how many ids the
        catalog no longer has."""
        counts = {scope: (rows & matching).bit_count() for scope, rows in self.rows.items()}
        statuses = {f"{STATUS}:{status}": counts[scope_of(status)] for status in STATUS_MARKS}
        return {**counts, **statuses, GONE: len(self.gone)}

    def title(self, scope: str) -> str:
        """What a scope is called, with its mark; empty for one that is none of these."""
        return next((node.title for node in self.nodes(scope) if node.key == scope), "")

    def nodes(self, chosen: str = "") -> Iterator[Node]:
        """Their lines in the tree. Bookmarks and statuses are always there, the others when they hold something."""
        yield Node(SCOPE, BOOKMARKS, "★ Bookmarks")
        always = scopes.STATUS_TITLES
        tags = sorted(
            (scope for scope in self.rows if scope.startswith(scope_of(TAG))),
            key=lambda scope: (scope.casefold(), scope),
        )
        titles = {scope_of(view): f"{_MARKS[view]} {title}" for view, title in scopes.TITLES.items()}
        titles |= {scope: f"#{one_line(scope.removeprefix(scope_of(TAG)))}" for scope in tags}
        titles[NEWS] = f"New since {self._since or 'last visit'}"
        for scope, title in titles.items():
            if scope == BOOKMARKS:
                continue
            if self.rows[scope] or scope == chosen or scope in map(scope_of, always):
                yield Node(SCOPE, scope, title)
        if self.gone:
            yield Node(LIST, GONE, "No longer in the catalog")


def since(news: News) -> str:
    """When the last visit was: ``21 Nov``, with the year if it was another one."""
    return _date(news.since).removesuffix(f" {utc_now()[:4]}")


def news_words(news: News, names: Sequence[str]) -> str:
    """What is new, in one line; ``names`` are those of the first new entries. Empty when nothing is."""
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
    """A rating as five stars."""
    return "★" * rating + "☆" * (5 - rating) if rating else ""


def yours(item: Item, why_new: str) -> Iterable[Part]:
    """What is to be said to the user alone about an entry: why it is new, and what the user keeps of it."""
    if why_new:
        yield Part(VENUE, why_new, "News")
    status = scopes.STATUS_TITLES.get(item.status, "")
    facts = [
        ("Status", f"{STATUS_MARKS[item.status]} {status}" if status else "", item.changed.get(STATUS, "")),
        ("Rating", stars(item.rating), item.changed.get(RATING, "")),
        ("Your tags", " ".join(f"#{tag}" for tag in item.tags), max(item.tags.values(), default="")),
        ("Note", item.note, item.changed.get(NOTE, "")),
        ("Bookmarked", "★" if item.bookmarked else "", item.bookmarked),
    ]
    if any(text for _, text, _ in facts):
        yield Part(HEADING, "Yours")
    yield from (Part(FACT, text, label, _date(date)) for label, text, date in facts if text)


def _date(date: str) -> str:
    """A date of the library as one reads it; nothing if it is none."""
    found = re.match(r"\d{4}-(?:0[1-9]|1[0-2])-\d\d", date)
    return day(found[0]) if found else ""
