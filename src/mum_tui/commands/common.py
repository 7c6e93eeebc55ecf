"""What several verbs do alike: open the catalog, look entries up, say what went wrong."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.catalog.lookup import UnknownId
from mum_tui.catalog.model import Entry
from mum_tui.problems import ERROR
from mum_tui.services import Services
from mum_tui.text import as_json as as_json
from mum_tui.text import clean, one_line

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from mum_tui.search.view import Results

SILENT_SECONDS = 1.0
"""What takes no longer than this is not worth a word."""

PATIENCE_SECONDS = 10.0
"""How long the command line waits for another process that is writing the library."""


class WaitingLine:
    """How far reading and compiling the catalog is, in one line of standard error if that is a terminal; nothing of
    what is over within a second."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._shown = -1

    def tell(self, what: str, part: float, entries: int) -> None:
        """What is being done, how much of it is done, from 0 to 1, and with how many entries."""
        percent = int(part * 100)
        if time.monotonic() - self._since > SILENT_SECONDS and percent != self._shown and percent < 100:
            self._shown = percent
            console.progress(percent, 100, f"{what}: {entries:,} entries")

    def close(self) -> None:
        """Take the line away."""
        if self._shown >= 0:
            console.progress(1, 1)


def open_services(arguments: argparse.Namespace) -> Services:
    """The services for a verb; problems of configuration and catalog are said once, here."""
    line = WaitingLine()
    services = Services(arguments.catalog, progress=line.tell)
    console.say_all(services.config.problems)
    try:
        loaded = services.loaded
    finally:
        line.close()
    if loaded.problems:
        console.say_all(problem for problem in loaded.problems if problem.level == ERROR)
        if loaded.set_aside:
            entries = "entry was" if loaded.set_aside == 1 else "entries were"
            console.say(f"{services.catalog_path}: {loaded.set_aside} {entries} set aside")
    return services


def find_entries(services: Services, identifiers: Sequence[str]) -> list[Entry] | None:
    """The entries with these ids, DOIs, addresses or citations, or None when one is unknown (which was then said)."""
    found: list[Entry] = []
    is_known = True
    for identifier in identifiers:
        try:
            found += services.lookup.entries(identifier)
        except UnknownId as unknown:
            say_unknown(unknown)
            is_known = False
    return found if is_known else None


def find_entry(services: Services, identifier: str) -> Entry | None:
    """The one entry with this id, DOI, address or citation, or None when it is unknown (which was then said)."""
    try:
        return services.entry(identifier)
    except UnknownId as unknown:
        say_unknown(unknown)
        return None


def say_unknown(unknown: UnknownId) -> None:
    """Say that no single entry has an id, and which ones may be meant."""
    near = f" (did you mean {printable(' or '.join(unknown.near))}?)" if unknown.near else ""
    console.say(f'no entry has the id "{printable(unknown.identifier)}"{near}')


def chosen_entries(services: Services, arguments: argparse.Namespace, everything: bool = False) -> list[Entry] | None:
    """The entries that ids and options (``--query`` …) choose, or None when there are none (which was said).

    Ids come first, in the order given; then what the query finds, in the order of the list. Each stands once.
    Without any choice: all entries for ``everything``, else none.
    """
    found = find_entries(services, arguments.ids)
    if found is None:
        return None
    chooses = arguments.query is not None or bool(arguments.status)
    if chooses or arguments.bookmarked or (everything and not found):
        from mum_tui.search.annotations import NO_ANNOTATIONS
        from mum_tui.search.query import narrowed
        from mum_tui.search.view import ALL, BOOKMARKS, View

        query = arguments.query or ""
        if arguments.status:
            query = narrowed(query, f"status:{arguments.status}")
        view = View(BOOKMARKS if arguments.bookmarked else ALL, query)
        by_the_user = arguments.bookmarked or chooses
        results = services.index.run(view, services.annotations if by_the_user else NO_ANNOTATIONS)
        console.say_all(services.library.notices if by_the_user else ())
        console.say_all(hint.message for hint in results.hints)
        found += [services.index.entries[row] for row in rows_to_print(results)]
        if not found:
            console.say(f"nothing matches: {printable(query)}" if query else "nothing is bookmarked")
    unique = {entry.id: entry for entry in found}
    return list(unique.values()) or None


def rows_to_print(results: Results) -> Sequence[int]:
    """The rows of an answer; none where nothing of what was asked can be read, for which all would be found."""
    return () if results.query.is_unread else results.rows


def put_or_write(text: str, output: Path | None) -> int:
    """Data to standard output, or whole into a file; the exit status."""
    if output is None or str(output) == "-":
        console.put(text)
        return console.DONE
    return console.DONE if write_file(output, text) else console.USAGE


def write_file(path: Path, text: str) -> bool:
    """Write a text whole or not at all; False, and a word, where that is not possible."""
    from mum_tui.storage import output

    try:
        output.write(path, text)
    except (OSError, ValueError) as error:
        console.say(f"{printable(str(path))}: cannot be written: {output.reason(error)}")
        return False
    return True


def find_kept(services: Services, identifiers: Sequence[str]) -> list[Entry | str] | None:
    """Like ``find_entries``, but an id that the catalog no longer has stands for itself where it is in the library."""
    found: list[Entry | str] = []
    is_known = True
    for identifier in identifiers:
        if identifier not in services.row_by_id and identifier in services.library.annotations:
            found.append(identifier)
            continue
        entries = find_entries(services, [identifier])
        is_known = is_known and entries is not None
        found += entries or ()
    return found if is_known else None


def save_library(services: Services) -> int:
    """Write what was changed, and say so where that is not possible; the exit status."""
    from mum_tui.library.library import Unsaved

    library = services.library
    library.lock_seconds = PATIENCE_SECONDS
    outcome = library.save()
    console.say_all(library.notices)
    if isinstance(outcome, Unsaved):
        console.say(f"not saved: {outcome.reason}")
        return console.USAGE
    for identifier in outcome.skipped:
        console.say(f"{printable(identifier)} was changed elsewhere at the same time; it stays as it is there")
    return console.DONE


def printable(text: str) -> str:
    """Text from the command line, fit to be repeated in a message."""
    return one_line(clean(text))


def marked_ids(services: Services) -> set[str]:
    """The ids of the bookmarked entries that are in the catalog."""
    rows = (services.row_by_id.get(identifier) for identifier in services.library.bookmarks)
    return {services.loaded.catalog.entries[row].id for row in rows if row is not None}
