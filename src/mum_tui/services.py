"""Connects the parts of the program for shell, browser and tests: paths, settings, catalog, index, library."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mum_tui import readers
from mum_tui.catalog.model import Entry, Loaded, rows_by_id
from mum_tui.catalog.names import RowById
from mum_tui.catalog.opening import Opening, Progress
from mum_tui.problems import ERROR, Problem, Unreadable
from mum_tui.settings import config, paths
from mum_tui.settings.options import SHIPPED

if TYPE_CHECKING:
    from mum_tui.catalog.lookup import Lookup
    from mum_tui.catalog.model import Origins
    from mum_tui.catalog.relations import Relations
    from mum_tui.catalog_state import CatalogState
    from mum_tui.desktop.environment import Environment
    from mum_tui.library.annotate import Annotator
    from mum_tui.library.library import Library
    from mum_tui.search.annotations import Annotations
    from mum_tui.search.index import Index
    from mum_tui.search.saved_searches import SavedSearches
    from mum_tui.state.last_visit import News
    from mum_tui.state.memory import Memory


class Services:
    """All parts of the program. Each part is made, and its module imported, at first use.

    Args:
        catalog: a catalog to open instead of the configured or shipped one; several are layers, the lowest first.
        environ: the environment variables.
        fresh: ignore the last session.
        progress: called while a catalog is read or compiled.
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
        self._saved_searches: tuple[Mapping[str, str], SavedSearches] | None = None

    # -- where and how

    @cached_property
    def paths(self) -> paths.Paths:
        return paths.find(self.environ)

    @cached_property
    def config(self) -> config.Config:
        """The user's settings; their problems are in ``config.problems``."""
        return config.load(self.paths.config_file, self.environ)

    @cached_property
    def environment(self) -> Environment:
        from mum_tui.desktop import environment

        return environment.find(self.environ)

    # -- the catalog

    @cached_property
    def catalog_paths(self) -> tuple[Path, ...]:
        """The files and folders of the catalog, the lowest layer first."""
        if self._asked_catalogs:
            return tuple(readers.shipped_catalog() if str(path) == SHIPPED else path for path in self._asked_catalogs)
        return readers.configured(self.config, self.paths)

    @property
    def catalog_name(self) -> str:
        """The catalog in messages: its path, or the number of its layers."""
        return f"{len(self.catalog_paths)} catalogs" if self.catalog_paths[1:] else str(self.catalog_paths[0])

    @cached_property
    def opening(self) -> Opening:
        """How the catalog is opened, and where its compiled form is."""
        return self._new_opening()

    def _new_opening(self) -> Opening:
        return Opening(
            self.catalog_paths,
            readers.shipped_catalog(),
            readers.PACKAGE,
            self.paths.cache,
            readers.compile_index,
            lambda *done: self.progress(*done),
            readers.AnyReader(),
        )

    @cached_property
    def loaded(self) -> Loaded:
        """The catalog, newest entries first, and its problems. Raises ``Unreadable``."""
        return self.opening.open()

    def open_catalog(self) -> Problem | None:
        """Read the catalog for the browser, which always opens.

        Where the settings name a catalog of which nothing can be used, the one that comes with the program takes its
        place; the problem, now one of ``config.problems``, is returned. Verbs fail then: they may write files.

        Raises:
            Unreadable: nothing can be used of a catalog that was asked for on the command line.
        """
        is_from_settings = not self._asked_catalogs and self.catalog_paths != (readers.shipped_catalog(),)
        try:
            loaded = self.loaded
        except Unreadable as error:
            if not is_from_settings:
                raise
            found = error.problem
        else:
            if loaded.catalog.entries or not (loaded.set_aside and is_from_settings):
                return None
            errors = (problem for problem in loaded.problems if problem.level == ERROR)
            found = next(errors, Problem(self.catalog_name, 0, "", "none of its entries can be used"))
        hint = "; ".join(filter(None, (found.hint, "the built-in catalog opens instead")))
        problem = found._replace(hint=hint)
        self.config = replace(self.config, problems=(problem, *self.config.problems))
        self.catalog_paths = (readers.shipped_catalog(),)
        self.opening = self._new_opening()
        self.loaded = self.opening.open()
        return problem

    @cached_property
    def origins(self) -> Origins | None:
        """Where the entries come from; None if the catalog is one file."""
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
        """Finds entries by any of their names."""
        from mum_tui.catalog.lookup import Lookup

        return Lookup(self.loaded.catalog.entries, self.row_by_id, self.loaded.container)

    def read_again(self) -> CatalogState:
        """The catalog as it is on disk now; ``use`` makes it the current one. May be called in any thread.

        Raises:
            Unreadable: nothing in it can be used.
        """
        from mum_tui import catalog_state

        return catalog_state.read(self._new_opening(), self._visit_file)

    def use(self, state: CatalogState) -> None:
        """Use another state of the catalog from now on."""
        self.opening, self.loaded, self.index, self.news = state.opening, state.loaded, state.index, state.news
        self.row_by_id, self.relations, self.origins = state.row_by_id, state.relations, state.origins
        self.lookup = state.lookup

    def entry(self, identifier: str) -> Entry:
        """The entry with this id, alias, name, DOI, arXiv number or address. Raises ``UnknownId``."""
        return self.lookup.entry(identifier)

    # -- the user's annotations

    @cached_property
    def library(self) -> Library:
        from mum_tui.library.library import Library
        from mum_tui.patience import interruptible, said_if_slow

        with interruptible(), said_if_slow(f"waiting for the disk: {self.paths.library}"):
            return Library(self.paths.library, unsaved_folder=self.paths.unsaved)

    @property
    def annotations(self) -> Annotations:
        """The annotations in the form the index needs; the same object until one of them changes."""
        from mum_tui.search.annotations import Annotations

        at = len(self.library.journal)
        if self._annotations is None or self._annotations.at != at:
            self._annotations = Annotations(self.library.annotations, self.library.journal, at)
        return self._annotations

    @cached_property
    def annotator(self) -> Annotator:
        """Reads and changes annotations of entries, in memory."""
        from mum_tui.library.annotate import Annotator

        return Annotator(self.library)

    # -- what the program remembers

    @cached_property
    def memory(self) -> Memory:
        """What the program remembers between two runs."""
        from mum_tui.state.memory import Memory

        return Memory(self.paths, self.fresh)

    @cached_property
    def news(self) -> News:
        """What is new or changed in the catalog since the last visit."""
        from mum_tui.state import last_visit

        return last_visit.news(last_visit.load(self._visit_file), self.loaded.catalog.entries)

    def save_visit(self) -> None:
        """Record what the catalog contains now, so that the next start shows only later additions as new."""
        from mum_tui.state import last_visit

        last_visit.save(self._visit_file, last_visit.taken(self.loaded.catalog.entries))

    @property
    def _visit_file(self) -> Path:
        return self.paths.state / f"visit-{self.opening.name}.json"

    @property
    def saved_searches(self) -> SavedSearches:
        """The searches of the configuration, then those saved in the browser under other names."""
        from mum_tui.search.saved_searches import SavedSearches

        stored = self.memory.searches
        if self._saved_searches is None or self._saved_searches[0] is not stored:
            self._saved_searches = stored, SavedSearches({**self.config.searches, **stored, **self.config.searches})
        return self._saved_searches[1]
