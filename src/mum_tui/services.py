"""The composition root: puts paths, settings, catalog, index and library together for shell, browser and tests."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from mum_tui.catalog.model import Entry, Loaded, rows_by_id
from mum_tui.catalog.names import RowById
from mum_tui.catalog.opening import Opening, Progress, Reader
from mum_tui.settings import config, paths
from mum_tui.settings.options import SHIPPED
from mum_tui.storage.container import Octets

if TYPE_CHECKING:
    from mum_tui.annotation import Annotation
    from mum_tui.catalog.layers import Below, Layer
    from mum_tui.catalog.lookup import Lookup
    from mum_tui.catalog.model import Catalog, Origins
    from mum_tui.catalog.relations import Relations
    from mum_tui.desktop.browser import Plan
    from mum_tui.desktop.clipboard import Copied
    from mum_tui.desktop.environment import Environment
    from mum_tui.json_types import Json
    from mum_tui.library.history import Step
    from mum_tui.library.library import Library
    from mum_tui.problems import Problem
    from mum_tui.search.annotations import Annotations
    from mum_tui.search.index import Index
    from mum_tui.search.saved_searches import SavedSearches
    from mum_tui.state.drafts import Drafts
    from mum_tui.state.last_visit import News
    from mum_tui.state.session import Session

_HERE = Path(__file__).resolve().parent


def shipped_catalog() -> Path:
    """The catalog that comes with the program: in the package, or at the top of a checkout."""
    inside = _HERE / "catalog.yaml"
    return inside if inside.exists() else _HERE.parents[1] / "catalog.yaml"


def read_layers(paths: Sequence[Path], progress: Callable[[int, int, int], None]) -> tuple[list[Layer], list[Problem]]:
    """Each of several catalogs as it is in its file, and why others cannot be read. Raises ``Unreadable``."""
    from mum_tui.catalog import stacking

    return stacking.layers(paths, shipped_catalog(), _AnyReader().load, progress)


def _compile(catalog: Catalog, report: Callable[[int, int], None]) -> Mapping[str, Octets]:
    from mum_tui.search import build

    return build.sections(catalog, report)


class _AnyReader(Reader):
    """Reads lists of any kind, and directories of them; the readers are imported when one is not YAML."""

    def stamp(self, path: Path) -> str:
        if path.suffix in (".yaml", ".yml"):
            return super().stamp(path)
        from mum_tui.bibliography import any_list

        return any_list.stamp(path)

    def load(self, path: Path, progress: Callable[[int, int, int], None], below: Below | None = None) -> Loaded:
        if path.suffix in (".yaml", ".yml"):
            return super().load(path, progress, below)
        from mum_tui.bibliography import any_list

        return any_list.load_any(path, progress, below)


@dataclass(frozen=True)
class State:
    """A catalog as it was read at one moment, with all that is made of it."""

    opening: Opening
    loaded: Loaded
    index: Index
    row_by_id: Mapping[str, int]
    relations: Relations
    origins: Origins | None
    news: News


class Services:
    """Everything the program works with, each part made, and its module imported, when it is first asked for.

    Args:
        catalog: a catalog to open instead of the configured or shipped one; several are layers, the first the lowest.
        environ: the environment variables to go by.
        fresh: start as if nothing were known of the last session.
        progress: told how far reading and compiling a catalog is.
    """

    def __init__(
        self,
        catalog: Path | Sequence[Path] | None = None,
        environ: Mapping[str, str] = os.environ,
        fresh: bool = False,
        progress: Progress | None = None,
    ) -> None:
        self.environ = environ
        self.fresh = fresh
        self.progress: Progress = progress or (lambda what, part, entries: None)
        self._asked_catalogs = (catalog,) if isinstance(catalog, Path) else tuple(catalog or ())
        self._annotations: Annotations | None = None

    # -- where and how

    @cached_property
    def paths(self) -> paths.Paths:
        return paths.find(self.environ)

    @cached_property
    def config(self) -> config.Config:
        """The user's settings; what is wrong with them is in ``config.problems``."""
        return config.load(self.paths.config_file, self.environ)

    @cached_property
    def environment(self) -> Environment:
        from mum_tui.desktop import environment

        return environment.find(self.environ)

    # -- the catalog

    @cached_property
    def catalog_paths(self) -> tuple[Path, ...]:
        """The files and directories that make the catalog, the lowest layer first."""
        if self._asked_catalogs:
            return tuple(shipped_catalog() if str(path) == SHIPPED else path for path in self._asked_catalogs)
        named = self.config.catalogs or (self.config.catalog or SHIPPED,)
        return tuple(
            shipped_catalog() if name == SHIPPED else self.paths.config / paths.expanded(name) for name in named
        )

    @property
    def catalog_name(self) -> str:
        """The catalog in messages: its path, or how many files make it."""
        several = len(self.catalog_paths)
        return f"{several} catalogs" if several > 1 else str(self.catalog_paths[0])

    @cached_property
    def opening(self) -> Opening:
        """How the catalog is opened, and where its compiled form is."""
        return self._new_opening()

    def _new_opening(self) -> Opening:
        return Opening(
            self.catalog_paths,
            shipped_catalog(),
            _HERE,
            self.paths.cache,
            _compile,
            lambda *done: self.progress(*done),
            _AnyReader(),
        )

    @cached_property
    def loaded(self) -> Loaded:
        """The catalog, newest entries first, and its problems. Raises ``Unreadable``."""
        return self.opening.open()

    @cached_property
    def origins(self) -> Origins | None:
        """Where the entries come from; None where one file makes the catalog."""
        from mum_tui.catalog.layers import origins_of

        return origins_of(self.loaded)

    @cached_property
    def index(self) -> Index:
        from mum_tui.search.index import Index

        return Index(self.loaded.catalog, self.loaded.container)

    @cached_property
    def row_by_id(self) -> Mapping[str, int]:
        """Rows of ``loaded.catalog.entries``, the same as the index's, by entry id and alias."""
        container = self.loaded.container
        return RowById(container) if container else rows_by_id(self.loaded.catalog.entries)

    @cached_property
    def relations(self) -> Relations:
        from mum_tui.catalog.relations import Relations

        return Relations(self.loaded.catalog.entries, self.row_by_id, self.loaded.container)

    @cached_property
    def lookup(self) -> Lookup:
        """Finds entries by whatever names them."""
        from mum_tui.catalog.lookup import Lookup

        return Lookup(self.loaded.catalog.entries, self.row_by_id, self.loaded.container)

    def read_again(self) -> State:
        """The catalog as it is on disk now; nothing here changes. May be called in any thread.

        Raises:
            Unreadable: nothing of it can be used.
        """
        from mum_tui.catalog.layers import origins_of
        from mum_tui.catalog.relations import Relations
        from mum_tui.search.index import Index
        from mum_tui.state import last_visit

        opening = self._new_opening()
        loaded = opening.open()
        if loaded.container is None:
            loaded = opening.in_memory(loaded)
        index = Index(loaded.catalog, loaded.container)
        index.warm_up()
        entries = loaded.catalog.entries
        rows = RowById(loaded.container) if loaded.container else rows_by_id(entries)
        relations = Relations(entries, rows, loaded.container)
        news = last_visit.news(last_visit.load(self._visit_file), entries)
        return State(opening, loaded, index, rows, relations, origins_of(loaded), news)

    def use(self, state: State) -> None:
        """Go by another state of the catalog from now on."""
        from mum_tui.catalog.lookup import Lookup

        self.opening, self.loaded, self.index = state.opening, state.loaded, state.index
        self.row_by_id, self.relations, self.origins = state.row_by_id, state.relations, state.origins
        self.lookup = Lookup(state.loaded.catalog.entries, state.row_by_id, state.loaded.container)
        self.news = state.news

    def entry(self, identifier: str) -> Entry:
        """The entry with this id, alias, name, DOI, arXiv number or address. Raises ``UnknownId``."""
        return self.lookup.entry(identifier)

    # -- the user's annotations

    @cached_property
    def library(self) -> Library:
        from mum_tui.library.library import Library

        return Library(self.paths.library, unsaved_folder=self.paths.unsaved)

    @property
    def annotations(self) -> Annotations:
        """The annotations as the index takes them; the same object until one of them changes."""
        from mum_tui.search.annotations import Annotations

        at = len(self.library.journal)
        if self._annotations is None or self._annotations.at != at:
            self._annotations = Annotations(self.library.annotations, self.library.journal, at)
        return self._annotations

    def annotation(self, entry: Entry) -> Annotation:
        """The annotation of an entry; one without anything in it where there is none."""
        from mum_tui.library import annotate

        return annotate.annotation(self.library, entry)

    def bookmarked_ids(self, entry: Entry) -> list[str]:
        """The ids under which an entry is bookmarked."""
        from mum_tui.library import annotate

        return annotate.bookmarked_ids(self.library, entry)

    def annotate(self, entries: Sequence[Entry | str], field: str, value: Json) -> Step:
        """Give a field of these entries or ids a value, as one step in memory. Raises ``ValueError``."""
        return self.annotate_each([(entry, field, value) for entry in entries])

    def annotate_each(self, fields: Sequence[tuple[Entry | str, str, Json]]) -> Step:
        """Give fields of entries their values, as one step in memory. Raises ``ValueError``."""
        from mum_tui.library import annotate

        return annotate.annotate(self.library, fields)

    def remove_leftovers(self) -> None:
        """Remove what interrupted writes left in the program's own folders. Never raises."""
        from mum_tui.storage import files

        for folder in (self.paths.config, self.paths.state, self.paths.drafts, self.paths.unsaved, self.paths.cache):
            files.remove_all_leftovers(folder)

    # -- what the program remembers

    @cached_property
    def drafts(self) -> Drafts:
        """Notes that were begun and not stored."""
        from mum_tui.state.drafts import Drafts

        return Drafts(self.paths.drafts)

    @cached_property
    def news(self) -> News:
        """What is new or different in the catalog since it was last left."""
        from mum_tui.state import last_visit

        return last_visit.news(last_visit.load(self._visit_file), self.loaded.catalog.entries)

    def keep_visit(self) -> None:
        """What is in the catalog now has been seen: from the next start on, only what comes later is new."""
        from mum_tui.state import last_visit

        last_visit.save(self._visit_file, last_visit.taken(self.loaded.catalog.entries))

    @property
    def _visit_file(self) -> Path:
        return self.paths.state / f"visit-{self.opening.name}.json"

    @cached_property
    def session(self) -> Session:
        """The last session; the defaults for a fresh start."""
        from mum_tui.state import session

        return session.Session() if self.fresh else session.load(self.paths.session)

    def keep_session(self, value: Session) -> None:
        """Remember ``value`` for the next start, if it differs from what is remembered."""
        from mum_tui.state import session

        if value != self.session:
            self.session = value
            session.keep(self.paths.session, value, self.fresh)

    @cached_property
    def queries(self) -> tuple[str, ...]:
        """The last queries, oldest first."""
        from mum_tui.state import query_history

        return query_history.load(self.paths.queries)

    def remember_query(self, query: str) -> None:
        """Put a query at the end of the history, here and in its file."""
        from mum_tui.state import query_history

        self.queries = query_history.remember(self.paths.queries, self.queries, query)

    @cached_property
    def stored_searches(self) -> dict[str, str]:
        """The searches that were saved in the browser: queries by name."""
        from mum_tui.state import stored_searches

        return stored_searches.load(self.paths.searches)

    @cached_property
    def saved_searches(self) -> SavedSearches:
        """The searches of the configuration, and behind them those saved in the browser under other names."""
        from mum_tui.search.saved_searches import SavedSearches

        return SavedSearches({**self.config.searches, **self.stored_searches, **self.config.searches})

    def store_search(self, name: str, query: str, instead_of: str = "") -> None:
        """Save a query under a name, in the place of another search. Raises ``OSError``."""
        from mum_tui.state import stored_searches

        self._use_searches(stored_searches.store(self.paths.searches, name, query, instead_of))

    def remove_search(self, name: str) -> None:
        """Remove a search that was saved in the browser. Raises ``OSError``."""
        from mum_tui.state import stored_searches

        self._use_searches(stored_searches.remove(self.paths.searches, name))

    def _use_searches(self, searches: dict[str, str]) -> None:
        self.stored_searches = searches
        self.__dict__.pop("saved_searches", None)

    # -- the desktop

    def copy(self, text: str, send: Callable[[str], None] | None = None) -> Copied:
        """Copy a text by the best way there is here; ``send`` writes OSC 52 to the terminal."""
        from mum_tui.desktop import clipboard

        return clipboard.copy(text, self.environment, self.config.clipboard, send, self.paths.last_copy)

    def plan_open(self, url: str) -> Plan:
        """How an address would be opened here."""
        from mum_tui.desktop import browser

        return browser.plan(url, self.environment, self.config.browser, self.environ)
