"""``cite``: prints citations, or writes them into a file, exactly as the browser copies them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.citation import formats
from mum_tui.citation.choices import InText, Markup, Version
from mum_tui.citation.errors import FormatError, NoBibliography
from mum_tui.commands.files import name_of, read_bytes, write_text
from mum_tui.commands.parsing import Parser, add_choice_of_entries, has_conditions
from mum_tui.console import Exit
from mum_tui.text import plural

if TYPE_CHECKING:
    import argparse

    from mum_tui.catalog.model import Entry
    from mum_tui.citation.csl_item import CslItem
    from mum_tui.services import Services


def add_arguments(parser: Parser) -> None:
    """The arguments of ``cite``."""
    add_choice_of_entries(parser)
    parser.add_argument("--format", metavar="NAME", help="bibtex (the default), apa, ris … or csl:NAME; see: formats")
    parser.add_argument(
        "--as", dest="as_", choices=[*map(str, Markup)], default=Markup.TEXT, help="the markup of a style"
    )
    parser.add_argument("--items", metavar="FILE", type=Path, help="cite the items of this CSL-JSON file (-: input)")
    parser.add_argument("--locale", metavar="LANG", help="the language of a style: de-DE, fr …")
    parser.add_argument("--in-text", action="store_true", help="one citation in the text, or a note: (Doe, 2020)")
    for name, help in _ADDITIONS.items():
        parser.add_argument(
            f"--{name}", metavar="TEXT", action="append", default=[], help=f"{help}; repeat it for the next entry"
        )
    parser.add_argument("--narrative", action="store_true", help="with the author in the sentence: Doe (2020)")
    parser.set_defaults(run=cite)


_ADDITIONS = {
    "locator": 'where in the first entry: 12, "chap. 3"',
    "prefix": "words before the first entry: see",
    "suffix": "words after the first entry",
}
"""What a citation in the text may add to an entry."""


def cite(arguments: argparse.Namespace) -> Exit:
    """Print the citations of entries, or of the items of a CSL-JSON file."""
    name = formats.DEFAULT if arguments.format is None else arguments.format
    try:
        format = formats.find(name)
        if problem := _contradiction(arguments, format):
            console.warn(problem)
            return Exit.USAGE
        if arguments.items:
            return _cite_items(arguments, format)
        return _cite_entries(arguments, format)
    except NoBibliography as error:
        console.warn(f"{error}: add --in-text")
        return Exit.USAGE
    except FormatError as error:
        console.warn(error)
        return Exit.USAGE


def _contradiction(arguments: argparse.Namespace, format: formats.Format) -> str:
    """Why the options cannot be combined, in one line; empty if they can."""
    if not format.style:
        if arguments.as_ != Markup.TEXT:
            return f"{format.id} has no markup; --as is for styles such as apa"
        if arguments.locale is not None:
            return f"{format.id} has no languages; --locale is for styles such as apa"
        if arguments.in_text and not format.has_in_text:
            return f"{format.id} has no citations in the text; --in-text is for styles such as apa, for pandoc and cite"
    given = [name for name in (*_ADDITIONS, "narrative") if getattr(arguments, name)]
    return f"--{given[0]} is for citations in the text: add --in-text" if given and not arguments.in_text else ""


def _write(arguments: argparse.Namespace, format: formats.Format, items: Sequence[CslItem]) -> Exit:
    """Write the citations of items according to the options."""
    markup = Markup(arguments.as_)
    locale = ""
    if arguments.locale is not None:
        from mum_tui.citation import styles

        locale = styles.language_tag(arguments.locale)
    if not arguments.in_text:
        return write_text(formats.render_items(items, format, markup, locale), arguments.output)
    for name in _ADDITIONS:
        if len(getattr(arguments, name)) > len(items):
            times = len(getattr(arguments, name))
            console.warn(f"--{name} is given {times} times for {plural(len(items), 'cited item')}")
            return Exit.USAGE
    columns = [getattr(arguments, name) for name in _ADDITIONS]
    narrative = [arguments.narrative] * len(items)
    additions = [InText(*added) for added in zip_longest(*columns, narrative, fillvalue="")]
    return write_text(formats.in_text(items, format, additions, markup, locale), arguments.output)


def _cite_entries(arguments: argparse.Namespace, format: formats.Format) -> Exit:
    if not (arguments.ids or has_conditions(arguments)):
        console.warn("name entries by id, --query, --status or --bookmarked, or items with --items")
        return Exit.USAGE
    from mum_tui.citation.csl_item import item
    from mum_tui.commands.opening import open_services

    services = open_services(arguments)
    entries = _entries(services, arguments)
    if not entries:
        return Exit.NOT_FOUND
    version = Version.PREPRINT if arguments.preprint else Version.PUBLISHED
    return _write(arguments, format, [item(entry, version) for entry in entries])


def _entries(services: Services, arguments: argparse.Namespace) -> Sequence[Entry] | None:
    """The selected entries; a citation in the text may have an entry twice, with two locators."""
    from mum_tui.commands.selecting import find_entries, selected_entries

    if arguments.in_text and not has_conditions(arguments) and "-" not in arguments.ids:
        return find_entries(services, arguments.ids)
    return selected_entries(services, arguments)


def _cite_items(arguments: argparse.Namespace, format: formats.Format) -> Exit:
    if arguments.ids or has_conditions(arguments) or arguments.preprint:
        console.warn("--items cannot be combined with ids, --query, --bookmarked, --status and --preprint")
        return Exit.USAGE
    from mum_tui.citation import items

    file = arguments.items
    cited, problems = items.read(read_bytes(file), name_of(file))
    console.warn_all(problems)
    if not cited:
        console.warn("there is nothing to cite")
        return Exit.NOT_FOUND
    return _write(arguments, format, cited)
