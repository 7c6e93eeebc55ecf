"""Makes the section tree of a catalog from records."""

from __future__ import annotations

import re

from mum_tui.bibliography.records import Record
from mum_tui.catalog.model import Section
from mum_tui.text import fold

GROUPS = {
    "article-journal": "Journal articles",
    "article-magazine": "Magazines and newspapers",
    "article-newspaper": "Magazines and newspapers",
    "paper-conference": "Conference papers",
    "article": "Preprints",
    "chapter": "Chapters",
    "entry-encyclopedia": "Chapters",
    "entry-dictionary": "Chapters",
    "entry": "Chapters",
    "book": "Books",
    "periodical": "Books",
    "collection": "Books",
    "thesis": "Theses",
    "report": "Reports",
    "standard": "Reports",
    "manuscript": "Unpublished",
    "speech": "Talks",
    "dataset": "Datasets",
    "software": "Software",
    "webpage": "Web pages",
    "post": "Web pages",
    "post-weblog": "Web pages",
    "patent": "Patents",
}
"""The section an item of each type stands in when its file has no sections; any other is under ``OTHER``."""
OTHER = "Other"


class Sections:
    """The section tree, which grows as records are added: by their own sections, else by type."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, ...], str] = {}
        self._children: dict[tuple[str, ...], list[tuple[str, ...]]] = {(): []}
        self._taken: set[str] = set()

    def of(self, record: Record) -> str:
        path = record.section or (GROUPS.get(record.item["type"], OTHER),)
        return self.at(path)

    def at(self, path: tuple[str, ...]) -> str:
        """The id of the section with these titles, outermost first."""
        return self._id(path[:7])

    def _id(self, path: tuple[str, ...]) -> str:
        if path in self._ids:
            return self._ids[path]
        if len(path) > 1:
            self._id(path[:-1])
        base = re.sub(r"[^a-z0-9]+", "-", fold(path[-1])).strip("-")[:60] or "section"
        identifier, number = base, 2
        while identifier in self._taken:
            identifier, number = f"{base}-{number}", number + 1
        self._taken.add(identifier)
        self._ids[path] = identifier
        self._children.setdefault(path, [])
        self._children[path[:-1]].append(path)
        return identifier

    @property
    def tree(self) -> tuple[Section, ...]:
        def built(path: tuple[str, ...]) -> Section:
            return Section(self._ids[path], path[-1], tuple(built(below) for below in self._children[path]))

        return tuple(built(path) for path in self._children[()])
