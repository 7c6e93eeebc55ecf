"""``show``: prints everything about entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.citation import formats
from mum_tui.commands.opening import open_services
from mum_tui.commands.parsing import IDS_HELP, Parser
from mum_tui.commands.selecting import annotation_of, bookmarked_ids, find_entries
from mum_tui.console import Exit
from mum_tui.text import clean
from mum_tui.views import details

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from mum_tui.catalog.model import Entry
    from mum_tui.services import Services


def add_arguments(parser: Parser) -> None:
    """The arguments of ``show``."""
    parser.add_argument("ids", nargs="+", metavar="ID", help=IDS_HELP)
    parser.set_defaults(run=show)


def show(arguments: argparse.Namespace) -> Exit:
    """Print everything about entries, as text."""
    services = open_services(arguments)
    entries = find_entries(services, arguments.ids)
    if entries is None:
        return Exit.NOT_FOUND
    console.warn_all(services.library.notices)
    for number, entry in enumerate(entries):
        console.write(("\n" if number else "") + "".join(_text(services, entry)))
    return Exit.DONE


def _text(services: Services, entry: Entry) -> Iterator[str]:
    relations = services.relations
    parts = details.parts(
        entry,
        relations.uses_of(entry),
        relations.users_of(entry),
        services.loaded.catalog.section_titles.get(entry.section, ""),
        formats.render([entry]),
        formats.find(formats.DEFAULT).title,
        related_entries=relations.related_to(entry),
        origin=services.origins.of(entry.id) if services.origins else None,
    )
    if entry.id in bookmarked_ids(services):
        yield "★ "
    yield from map(_line, parts)
    yield from _annotations(services, entry)


def _annotations(services: Services, entry: Entry) -> Iterator[str]:
    stored = annotation_of(services, entry)
    tags = " ".join(f"#{tag}" for tag in stored.tags)
    values = {"status": stored.status, "rating": "★" * stored.rating, "tags": tags, "note": stored.note}
    if any(values.values()):
        yield "\nYour library\n"
        yield from (f"  {name:<13}{_indented(clean(value))}\n" for name, value in values.items() if value)


def _indented(text: str) -> str:
    return text.replace("\n", f"\n{'':15}")


def _line(part: details.Part) -> str:
    note = f"  ({part.note})" if part.note else ""
    match part.kind:
        case details.AUTHORS:
            return f"{part.text}{f', {part.note}' if part.note else ''}\n"
        case details.HEADING | details.TEXT:
            return f"\n{part.text}\n"
        case details.RELATED:
            return f"  {part.text}{f' [{part.target}]' if part.target else ''}{note}\n"
        case details.LINK:
            return f"  {part.label:<12} {part.target}{note}\n"
        case details.CODE:
            return part.text + "\n"
        case _:
            label = f"  {part.label:<12} " if part.label else ""
            return f"{label}{part.text}{note}\n"
