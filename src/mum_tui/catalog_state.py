"""A catalog as it was read at one moment, with everything made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mum_tui.catalog.layers import origins_of
from mum_tui.catalog.lookup import Lookup
from mum_tui.catalog.model import Loaded, rows_by_id
from mum_tui.catalog.names import RowById
from mum_tui.catalog.relations import Relations
from mum_tui.search.index import Index
from mum_tui.state import last_visit

if TYPE_CHECKING:
    from mum_tui.catalog.model import Origins
    from mum_tui.catalog.opening import Opening
    from mum_tui.state.last_visit import News


@dataclass(frozen=True)
class CatalogState:
    """Everything of ``Services`` that changes when the catalog is read again; documented there."""

    opening: Opening
    loaded: Loaded
    index: Index
    row_by_id: Mapping[str, int]
    relations: Relations
    lookup: Lookup
    origins: Origins | None
    news: News


def read(opening: Opening, visit_file: Path) -> CatalogState:
    """Read the catalog as it is on disk now, and make everything from it. May be called in any thread.

    Args:
        opening: an ``Opening`` that was not used before.
        visit_file: the file that records what was in the catalog at the last visit.

    Raises:
        Unreadable: nothing in the catalog can be used.
    """
    loaded = opening.open()
    if loaded.container is None:
        loaded = opening.in_memory(loaded)
    index = Index(loaded.catalog, loaded.container)
    index.warm_up()
    entries = loaded.catalog.entries
    rows = RowById(loaded.container) if loaded.container else rows_by_id(entries)
    relations = Relations(entries, rows, loaded.container)
    lookup = Lookup(entries, rows, loaded.container)
    news = last_visit.news(last_visit.load(visit_file), entries)
    return CatalogState(opening, loaded, index, rows, relations, lookup, origins_of(loaded), news)
