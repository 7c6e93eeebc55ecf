"""The parts of the details pane for one entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui.catalog.model import Entry
from mum_tui.search import hits
from mum_tui.tui.screen.annotation_scopes import NEWS, annotation_parts
from mum_tui.views import details

if TYPE_CHECKING:
    from mum_tui.tui.screen.main import MainScreen

AUTHORS_SHOWN = 12
"""The most authors in the details pane; full screen, all are shown."""

SNIPPET = 100
"""The most characters of the snippet around a match."""


def parts_of(screen: MainScreen, entry: Entry) -> list[details.Part]:
    """Everything known about an entry, with its citation and annotation; the title comes first."""
    relations = screen.services.relations
    news = screen.services.news.reason(entry.id) if screen.annotation_scopes.rows[NEWS] else ""
    return list(
        details.parts(
            entry,
            relations.uses_of(entry),
            relations.users_of(entry),
            screen.section_titles.get(entry.section, ""),
            *screen.acts.citations.of_entry(entry),
            authors_shown=0 if screen.acts.panes.zoomed else AUTHORS_SHOWN,
            related_entries=relations.related_to(entry),
            annotation=annotation_parts(screen.services.annotator.annotation(entry)),
            news=news,
            origin=screen.services.origins.of(entry.id) if screen.services.origins else None,
        )
    )


def match_in(screen: MainScreen, entry: Entry) -> list[details.Part]:
    """Where the query matched, if no column of the table shows it: one part, or none."""
    if screen.hits == hits.NOTHING:
        return []
    match = hits.snippet(entry, screen.hits, screen.services.annotations, SNIPPET)
    return [details.Part(details.MATCH, match.text, f"matched in {match.where}:")] if match else []
