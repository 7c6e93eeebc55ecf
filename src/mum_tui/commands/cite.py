"""``cite`` and ``formats``: citations on standard output or in a file, exactly as the browser copies them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.citation import formats
from mum_tui.citation.csl_item import PREPRINT, PUBLISHED
from mum_tui.commands.common import chosen_entries, open_services, put_or_write
from mum_tui.text import clean

if TYPE_CHECKING:
    import argparse

    from mum_tui.citation.csl_item import Item


def cite(arguments: argparse.Namespace) -> int:
    """Print the citations of entries, or of the items of a CSL-JSON file."""
    name = formats.DEFAULT if arguments.format is None else arguments.format
    try:
        wanted = formats.find(name)
        if arguments.as_ != formats.PLAIN and not wanted.style:
            console.say(f"{name} has one form only; --as is for styles such as apa")
            return console.USAGE
        if arguments.items:
            return _cite_items(arguments, name)
        if not (arguments.ids or arguments.query is not None or arguments.bookmarked or arguments.status):
            console.say("name entries by id, --query, --status or --bookmarked, or items with --items")
            return console.USAGE
        services = open_services(arguments)
        entries = chosen_entries(services, arguments)
        if entries is None:
            return console.NOTHING
        version = PREPRINT if arguments.preprint else PUBLISHED
        return put_or_write(formats.render(entries, name, version, arguments.as_), arguments.output)
    except formats.FormatError as error:
        console.say(error)
        return console.USAGE


def _cite_items(arguments: argparse.Namespace, name: str) -> int:
    if arguments.ids or arguments.query is not None or arguments.bookmarked or arguments.status or arguments.preprint:
        console.say("--items stands instead of ids, --query, --bookmarked, --status and --preprint")
        return console.USAGE
    items = _read_items(arguments.items)
    if not items:
        console.say("there is nothing to cite")
        return console.NOTHING
    return put_or_write(formats.render_items(items, name, arguments.as_), arguments.output)


def _read_items(source: str) -> list[Item]:
    """The items of a file, or of standard input for ``-``. Raises ``Unreadable``."""
    from mum_tui.citation import items
    from mum_tui.problems import Problem, Unreadable
    from mum_tui.storage import files

    file = "standard input" if source == "-" else clean(source)
    try:
        data = sys.stdin.buffer.read() if source == "-" else files.read_given(Path(source))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Unreadable(Problem(file, 0, "", f"cannot be read: {reason}")) from error
    found, problems = items.read(data, file)
    console.say_all(problems)
    return found


def list_formats(arguments: argparse.Namespace) -> int:
    """Print the formats, or the formats and styles in whose name or title all words stand."""
    from mum_tui.citation import styles

    words = arguments.words
    rows = [(one.id, one.title) for one in formats.matching(words)]
    if words:
        rows += styles.search(words)
    width = max((len(name) for name, _ in rows[: len(formats.FORMATS)]), default=0)
    tab = sys.stdout.isatty()
    console.put("".join(f"{name:<{width}}  {title}\n" if tab else f"{name}\t{title}\n" for name, title in rows))
    if not words:
        console.say(f"and {len(styles.names()):,} styles as csl:NAME (mum-tui formats WORD …) or a path to a .csl file")
    elif not rows:
        console.say("no format matches")
    return console.DONE if rows else console.NOTHING
