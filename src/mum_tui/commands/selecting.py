"""Finds the entries that ids, queries and options on the command line select."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.catalog.lookup import UnknownId
from mum_tui.catalog.model import Entry
from mum_tui.commands.opening import printable
from mum_tui.commands.parsing import has_conditions
from mum_tui.services import Services
from mum_tui.text import one_line

if TYPE_CHECKING:
    import argparse

    from mum_tui.annotation import Annotation
    from mum_tui.search.view import View


def with_input(words: Iterable[str]) -> Iterator[str]:
    """``words`` with each ``-`` replaced by the ids on standard input: in each line the text before the first tab.

    So the output of ``list`` can be piped into any verb that takes ids. Raises ``console.InputError``.
    """
    for word in words:
        if word == "-":
            lines = console.read().decode(errors="replace").splitlines()
            yield from (name for line in lines if (name := line.partition("\t")[0].strip()))
        else:
            yield word


def query_text(query: str) -> str:
    """``query`` itself, or for ``-`` the query on standard input.

    Raises:
        console.InputError: standard input cannot be read, or has no query.
    """
    if query != "-":
        return query
    if not (text := one_line(console.read().decode(errors="replace"))):
        raise console.InputError("standard input: there is no query")
    return text


def find_entries(services: Services, identifiers: Iterable[str]) -> list[Entry] | None:
    """The entries with these ids, titles, DOIs, addresses or citations; None, after a warning, if one is unknown."""
    entries: list[Entry] = []
    is_complete = True
    for identifier in with_input(identifiers):
        try:
            entries += services.lookup.entries(identifier)
        except UnknownId as unknown:
            is_complete = False
            _warn_of_unknown(unknown)
    return entries if is_complete else None


def find_entry(services: Services, identifier: str) -> Entry | None:
    """The one entry that an id, title, DOI, address or citation (``-``: standard input) names.

    None, after a warning, if there is not exactly one.
    """
    entries = find_entries(services, [identifier])
    if entries is not None and len(entries) != 1:
        console.warn(f"{printable(identifier)} names {len(entries)} entries; name one")
        return None
    return entries[0] if entries else None


_LISTED = 20
"""The most ids listed in a warning."""


def _warn_of_unknown(unknown: UnknownId) -> None:
    if unknown.shared:
        count = len(unknown.shared)
        ids = ", ".join([*unknown.shared[:_LISTED], *(["…"] if count > _LISTED else [])])
        console.warn(f"{printable(unknown.identifier)} names {count:,} entries ({printable(ids)}); name one")
        return
    near = f" (did you mean {printable(' or '.join(unknown.near))}?)" if unknown.near else ""
    console.warn(f'no entry has the id "{printable(unknown.identifier)}"{near}')


def find_annotated(services: Services, identifiers: Sequence[str]) -> list[Entry | str] | None:
    """Like ``find_entries``, but ids that only the library has are returned as they are."""
    targets: list[Entry | str] = []
    is_complete = True
    for identifier in with_input(identifiers):
        if identifier not in services.row_by_id and identifier in services.library.annotations:
            targets.append(identifier)
            continue
        try:
            targets += services.lookup.entries(identifier)
        except UnknownId as unknown:
            is_complete = False
            _warn_of_unknown(unknown)
    return targets if is_complete else None


def find_rows(services: Services, view: View) -> Sequence[int]:
    """The rows of the entries in a view, in its order (``services.index.entries`` has the entries).

    Writes hints on the query and problems of the library to standard error. Returns no rows if the query cannot be
    parsed, or if it only excludes values that do not exist, which would match every entry.
    """
    from mum_tui.search.query import WRONG

    results = services.index.run(view, services.annotations)
    console.warn_all(services.library.notices)
    console.warn_all(hint.message for hint in results.hints)
    excludes_nothing = results.query.only_excludes and len(results.rows) == results.total
    is_wrong = excludes_nothing and any(hint.type == WRONG for hint in results.hints)
    return () if results.query.has_no_condition or is_wrong else results.rows


def annotation_of(services: Services, target: Entry | str) -> Annotation:
    """The annotation of an entry, or of an id that only the library has."""
    return services.annotator.annotation(target) if isinstance(target, Entry) else services.library.annotations[target]


def selected_entries(services: Services, arguments: argparse.Namespace, everything: bool = False) -> list[Entry] | None:
    """The entries that ids and options (``--query`` …) select; None, after a warning, if there are none.

    Entries of ids come first, in their order, then those of the query, in the order of the list, each once. Without ids
    and options: all entries if ``everything``, else none.
    """
    entries = find_entries(services, arguments.ids)
    if entries is None:
        return None
    if has_conditions(arguments) or (everything and not arguments.ids):
        entries += _matching(services, arguments)
        if not entries:
            _warn_of_nothing(arguments)
            return None
    unique = {entry.id: entry for entry in entries}
    if not unique:
        console.warn("no ids were given")
    return list(unique.values()) or None


def _warn_of_nothing(arguments: argparse.Namespace) -> None:
    if arguments.query:
        console.warn(f"nothing matches: {printable(arguments.query)}")
    elif arguments.status:
        console.warn(f"no entry has the status {arguments.status}")
    else:
        console.warn("nothing is bookmarked" if arguments.bookmarked else "the catalog has no entries")


def _matching(services: Services, arguments: argparse.Namespace) -> list[Entry]:
    if not has_conditions(arguments):
        return [*services.index.entries]
    from mum_tui.search.editing import narrowed
    from mum_tui.search.view import ALL, BOOKMARKS, View

    query = arguments.query = query_text(arguments.query or "")
    if arguments.status:
        query = narrowed(query, f"status:{arguments.status}")
    view = View(BOOKMARKS if arguments.bookmarked else ALL, query)
    return [services.index.entries[row] for row in find_rows(services, view)]


def bookmarked_ids(services: Services) -> set[str]:
    """The ids of bookmarked entries that are in the catalog."""
    rows = (services.row_by_id.get(identifier) for identifier in services.library.bookmarks)
    return {services.loaded.catalog.entries[row].id for row in rows if row is not None}
