"""``status``, ``rate``, ``tag`` and ``reading-list``: what one has read and what one made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.commands.common import find_kept, open_services, printable, save_library, write_file
from mum_tui.library import scopes
from mum_tui.library.operations import RATING, STATUS, TAG, Json, tag_field
from mum_tui.library.reading_list import Row, reading_list

if TYPE_CHECKING:
    import argparse

    from mum_tui.services import Services


def status(arguments: argparse.Namespace) -> int:
    """Set or remove the status of entries."""
    return _mark(arguments, STATUS, None if arguments.status == "none" else arguments.status)


def rate(arguments: argparse.Namespace) -> int:
    """Set or remove the rating of entries."""
    return _mark(arguments, RATING, None if arguments.rating == "none" else int(arguments.rating))


def add_tag(arguments: argparse.Namespace) -> int:
    """Give entries a tag."""
    return _tag(arguments, True)


def remove_tag(arguments: argparse.Namespace) -> int:
    """Take a tag from entries."""
    return _tag(arguments, False)


def _tag(arguments: argparse.Namespace, on: bool) -> int:
    services = open_services(arguments)
    if any(arguments.tag in item.tags for item in services.library.items.values()):
        return _mark(arguments, TAG + arguments.tag, on, services)  # from elsewhere, it may be no word
    try:
        field = tag_field(arguments.tag)
    except ValueError as error:
        console.say(f'"{printable(arguments.tag)}": {error}')
        return console.USAGE
    return _mark(arguments, field, on, services)


def _mark(arguments: argparse.Namespace, field: str, value: Json, services: Services | None = None) -> int:
    services = services or open_services(arguments)
    entries = find_kept(services, arguments.ids)
    if entries is None:
        return console.NOTHING
    services.mark(entries, field, value)
    return save_library(services)


def list_tags(arguments: argparse.Namespace) -> int:
    """Print the tags in use with how many entries have each; with a tag, the entries that have it."""
    services = open_services(arguments)
    items = services.library.items
    console.say_all(services.library.notices)
    if arguments.tag:
        found = scopes.select(items, tag=arguments.tag)
        console.put("".join(f"{printable(identifier)}\t{printable(items[identifier].title)}\n" for identifier in found))
    else:
        tags = scopes.tags(items)
        found = list(tags)
        console.put("".join(f"{printable(tag)}\t{count}\n" for tag, count in tags.items()))
    if not found:
        console.say(f'nothing has the tag "{printable(arguments.tag)}"' if arguments.tag else "there are no tags")
    return console.DONE if found else console.NOTHING


def print_list(arguments: argparse.Namespace) -> int:
    """Print or store the reading list as Markdown."""
    services = open_services(arguments)
    library = services.library
    console.say_all(library.notices)
    found = scopes.select(
        library.items,
        bookmarked=arguments.bookmarked,
        status=arguments.status,
        tag=arguments.tag,
        rated=arguments.rated,
    )
    if not found:
        console.say("there is nothing to list")
        return console.NOTHING
    entries, rows = services.loaded.catalog.entries, services.row_by_id
    text = reading_list(Row(library.items[one], entries[rows[one]] if one in rows else None) for one in found)
    if arguments.output is None:
        console.put(text)
        return console.DONE
    return console.DONE if write_file(arguments.output, text) else console.USAGE
