"""The composition root: puts paths, settings, catalog, index and library together for shell, browser and tests."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from mum_tui.catalog import compiled_form
from mum_tui.catalog.encoded import with_newest_first
from mum_tui.catalog.model import Entry, Loaded, rows_by_id
from mum_tui.catalog.names import RowById
from mum_tui.problems import nearest
from mum_tui.settings import config, paths
from mum_tui.storage.container import Damaged

if TYPE_CHECKING:
    from mum_tui.catalog.relations import Relations
    from mum_tui.desktop.browser import Plan
    from mum_tui.desktop.clipboard import Copied
    from mum_tui.desktop.environment import Environment
    from mum_tui.library.history import Step
    from mum_tui.library.library import Library
    from mum_tui.library.operations import Item, Json
    from mum_tui.search.annotations import Personal
    from mum_tui.search.index import Index
    from mum_tui.search.saved_searches import Saved
    from mum_tui.state.drafts import Drafts
    from mum_tui.state.last_visit import News
    from mum_tui.state.session import Session

_HERE = Path(__file__).resolve().parent

LARGE = 2_000
"""A catalog of so many entries or more is compiled and stored before it is used, not when there is time for it."""

Progress = Callable[[str, float, int], None]
"""Told what is being done, how much is done of all there is to do, from 0 to 1, and with how many entries."""

_READING = 0.6
"""The part of the time that reading a catalog takes of reading and compiling it."""


class UnknownId(LookupError):
    """No entry has this id or alias; ``near`` names the ids that look most like it."""

    def __init__(self, identifier: str, near: Sequence[str]) -> None:
        super().__init__(identifier)
        self.identifier = identifier
        self.near = near


def shipped_catalog() -> Path:
    """The catalog that comes with the program: in the package, or at the top of a checkout."""
    inside = _HERE / "catalog.yaml"
    return inside if inside.exists() else _HERE.parents[1] / "catalog.yaml"


class Services:
    """Everything the program works with, each part made, and its module imported, when it is first asked for.

    Args:
        catalog: a catalog file to open instead of the configured or shipped one.
        environ: the environment variables to go by.
        fresh: start as if nothing were known of the last session.
        progress: told how far reading and compiling a catalog is.
    """

    def __init__(
        self,
        catalog: Path | None = None,
        environ: Mapping[str, str] = os.environ,
        fresh: bool = False,
        progress: Progress | None = None,
    ) -> None:
        self.environ = environ
        self.fresh = fresh
        self.progress: Progress = progress or (lambda what, part, entries: None)
        self._asked_catalog = catalog
        self._personal: Personal | None = None

    # -- where and how

    @cached_property
    def paths(self) -> paths.Paths:
        return paths.find(self.environ)

    @cached_property
    def config(self) -> config.Config:
        """The user's settings. Raises ``Unreadable``."""
        return config.load(self.paths.config_file)

    @cached_property
    def environment(self) -> Environment:
        from mum_tui.desktop import environment

        return environment.find(self.environ)

    # -- the catalog

    @cached_property
    def catalog_path(self) -> Path:
        if self._asked_catalog:
            return self._asked_catalog
        if self.config.catalog:
            return self.paths.config / paths.expanded(self.config.catalog)
        return shipped_catalog()

    @cached_property
    def loaded(self) -> Loaded:
        """The catalog, newest entries first, and its problems; from the compiled form if that is fresh.

        Raises:
            Unreadable: nothing of the file can be used.
        """
        found = self._from_package() if self._is_shipped else self._from_cache()
        return found if found is not None else self._from_yaml()

    @property
    def _is_shipped(self) -> bool:
        return self.catalog_path.parent == _HERE

    def _from_package(self) -> Loaded | None:
        with suppress(OSError):
            stamp = compiled_form.content_stamp(self.catalog_path.read_bytes())
            return compiled_form.open_compiled(_HERE / "catalog.bin", stamp)
        return None

    def _from_cache(self) -> Loaded | None:
        with suppress(OSError, ValueError):
            return compiled_form.open_compiled(self._cache_file, compiled_form.file_stamp(self.catalog_path))
        return None

    def _from_yaml(self) -> Loaded:
        from mum_tui.catalog import load

        self._stamp = ""
        with suppress(OSError, ValueError):
            self._stamp = compiled_form.file_stamp(self.catalog_path)

        self.progress("Reading the catalog", 0.0, 0)
        loaded = load.load(
            self.catalog_path,
            lambda done, of, count: self.progress("Reading the catalog", _READING * done / max(of, 1), count),
        )
        loaded = with_newest_first(loaded)
        return self._store(loaded) if len(loaded.catalog.entries) >= LARGE else loaded

    def _store(self, loaded: Loaded) -> Loaded:
        """The same catalog in compiled form: from the file it was stored in, or from memory."""
        from mum_tui.search import build
        from mum_tui.storage import files

        count = len(loaded.catalog.entries)

        def compiled(done: int, of: int) -> None:
            self.progress("Compiling the catalog", _READING + (1 - _READING) * done / max(of, 1), count)

        sections = build.sections(loaded.catalog, compiled)
        parts = compiled_form.pack(loaded, self._stamp, sections)
        with suppress(OSError, ValueError):
            if not self._is_shipped and self._stamp:
                files.write_atomically(self._cache_file, *parts)
                if found := self._from_cache():
                    return found
        return compiled_form.unpack(b"".join(parts), self._stamp) or loaded

    @property
    def _cache_file(self) -> Path:
        return self.paths.cache / f"catalog-{self._catalog_name}.bin"

    @property
    def _catalog_name(self) -> str:
        """A short name for the catalog's file, to keep things by."""
        return f"{zlib.crc32(os.fsencode(self.catalog_path.absolute())):08x}"

    def remove_leftovers(self) -> None:
        """Remove what interrupted writes left in the program's own folders. Never raises."""
        from mum_tui.storage import files

        for folder in (self.paths.config, self.paths.state, self.paths.drafts, self.paths.unsaved, self.paths.cache):
            files.remove_all_leftovers(folder)

    def keep_compiled(self) -> None:
        """Store the compiled form for the next start, if this one had to read YAML. Never raises."""
        if self.loaded.container is None:
            self._store(self.loaded)

    def verify_compiled(self) -> bool:
        """Read the whole compiled form; one that is damaged is removed, so that the next start makes it anew."""
        try:
            if self.loaded.container:
                self.loaded.container.verify()
        except Damaged:
            with suppress(OSError):
                self._cache_file.unlink()
            return False
        return True

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

    def entry(self, identifier: str) -> Entry:
        """The entry with this id or alias.

        Raises:
            UnknownId: there is none.
        """
        known = self.row_by_id
        row = known.get(identifier, known.get(identifier.lower()))  # however one types it
        if row is None:
            around = known.near(identifier) if isinstance(known, RowById) else known
            raise UnknownId(identifier, nearest(identifier, around, 3))
        return self.loaded.catalog.entries[row]

    # -- what the user keeps

    @cached_property
    def library(self) -> Library:
        from mum_tui.library.library import Library

        return Library(self.paths.library, unsaved_folder=self.paths.unsaved)

    def bookmark_names(self, entry: Entry) -> list[str]:
        """The ids under which an entry is bookmarked: its own, or an earlier one that is now an alias."""
        return [name for name in (entry.id, *entry.aliases) if name in self.library.bookmarks]

    def kept(self, entry: Entry) -> Item:
        """What the user keeps about an entry, under its own id or an earlier one that is now an alias."""
        from mum_tui.library.operations import Item

        return self.library.items.get(self._kept_name(entry)) or Item(entry.id)

    def _kept_name(self, entry: Entry) -> str:
        return next((name for name in (entry.id, *entry.aliases) if name in self.library.items), entry.id)

    def mark(self, entries: Sequence[Entry | str], field: str, value: Json) -> Step:
        """Give a field of these entries a value, as one step; in memory, ``library.save`` puts it into the file.

        ``field`` and ``value`` are those of ``library.operations``. An id stands for an entry that the catalog no
        longer has. Raises ``ValueError`` for a value the field cannot have.
        """
        return self.mark_each([(entry, field, value) for entry in entries])

    def mark_each(self, marks: Sequence[tuple[Entry | str, str, Json]]) -> Step:
        """Give each of these fields of these entries its value, as one step; otherwise like ``mark``."""
        from mum_tui.library.operations import BOOKMARKED, Change, checked

        changes: list[Change] = []
        for entry, field, wanted in marks:
            value = checked(field, wanted)
            if isinstance(entry, str):
                changes.append(Change(entry, field, value))
                continue
            names = [self._kept_name(entry)]
            if field == BOOKMARKED and (marked := self.bookmark_names(entry)):
                names = [] if value else marked
            url = entry.links[0].url if entry.links else ""
            changes += [Change(name, field, value, entry.title, url) for name in names]
        return self.library.change(*changes)

    @property
    def personal(self) -> Personal:
        """What the user keeps, as the index asks for it; the same object until something of it changes."""
        from mum_tui.library.scopes import FieldOf
        from mum_tui.search.annotations import Personal

        library = self.library
        at, items = len(library.journal), library.items
        if self._personal is None or self._personal.at != at:
            status, tags, notes, rated = (FieldOf(items, field) for field in ("status", "tags", "note", "rating"))
            self._personal = Personal(library.bookmarks, status, tags, notes, rated, library.journal, at)
        return self._personal

    def remove(self, identifiers: Sequence[str]) -> Step:
        """Forget everything that is kept under these ids, as one step in memory."""
        from mum_tui.library.operations import BOOKMARKED, NOTE, RATING, STATUS, tag_field

        marks: list[tuple[Entry | str, str, Json]] = []
        for identifier in identifiers:
            item = self.library.items[identifier]
            kept = {BOOKMARKED: item.bookmarked, STATUS: item.status, RATING: item.rating, NOTE: item.note}
            marks += [(identifier, field, None) for field, value in kept.items() if value]
            marks += [(identifier, tag_field(tag), None) for tag in item.tags]
        return self.mark_each(marks)

    def bookmark(self, entry: Entry, on: bool) -> None:
        """Set or remove the bookmark of an entry, in memory; ``library.save`` puts it into the file."""
        self.mark([entry], "bookmarked", on)

    def forget(self, identifiers: Sequence[str]) -> None:
        """Remove bookmarks by id, also of ids that the catalog no longer has; in memory, like ``mark``."""
        self.mark(identifiers, "bookmarked", False)

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
        return self.paths.state / f"visit-{self._catalog_name}.json"

    @cached_property
    def session(self) -> Session:
        """How the browser was last left; the defaults if that is not wanted."""
        from mum_tui.state import session

        return session.Session() if self.fresh else session.load(self.paths.session)

    def keep_session(self, value: Session) -> None:
        """Remember ``value`` for the next start, if it differs from what is remembered.

        A fresh start knew nothing of earlier choices; what it did not choose itself stays as it was.
        """
        from mum_tui.state import session

        if value == self.session:
            return
        self.session = value
        if self.fresh:
            before = session.load(self.paths.session)
            kept = {field: getattr(value, field) or getattr(before, field) for field in ("theme", "format", "panes")}
            value = structs.replace(value, queries=before.queries, **kept)
        session.save(self.paths.session, value)

    @cached_property
    def queries(self) -> tuple[str, ...]:
        """The last queries, oldest first."""
        from mum_tui.state import query_history

        return query_history.load(self.paths.queries)

    def remember_query(self, query: str) -> None:
        """Put a query at the end of the history, here and in its file."""
        from mum_tui.state import query_history

        if query_history.added(self.queries, query) != self.queries:
            # Another browser may have added some meanwhile.
            self.queries = query_history.added(query_history.load(self.paths.queries), query)
            query_history.save(self.paths.queries, self.queries)

    def saved_searches(self) -> list[Saved]:
        """The searches of the configuration, each with what it finds now."""
        from mum_tui.search.saved_searches import saved

        return saved(self.index, self.config.searches, self.personal)

    # -- the desktop

    def copy(self, text: str, send: Callable[[str], None] | None = None) -> Copied:
        """Copy a text by the best way there is here; ``send`` writes OSC 52 to the terminal."""
        from mum_tui.desktop import clipboard
        from mum_tui.storage import files

        return clipboard.copy(
            text, self.environment, self.config.clipboard, send, files.write_atomically, self.paths.last_copy
        )

    def plan_open(self, url: str) -> Plan:
        """How an address would be opened here."""
        from mum_tui.desktop import browser

        return browser.plan(url, self.environment, self.config.browser, self.environ)
