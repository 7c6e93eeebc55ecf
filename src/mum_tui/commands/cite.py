"""``cite``: citations on standard output or in a file, exactly as the browser copies them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.citation import formats
from mum_tui.citation.choices import Markup, Version
from mum_tui.citation.csl_item import item
from mum_tui.citation.errors import FormatError
from mum_tui.commands.files import name_of, read_bytes, write_text
from mum_tui.commands.opening import open_services
from mum_tui.commands.parsing import Parser, add_choice_of_entries
from mum_tui.commands.selecting import has_conditions, selected_entries
from mum_tui.console import Exit

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: Parser) -> None:
    """The arguments of ``cite``."""
    add_choice_of_entries(parser)
    parser.add_argument("--format", metavar="NAME", help="bibtex (the default), apa, ris … or csl:NAME; see: formats")
    parser.add_argument(
        "--as", dest="as_", choices=[*map(str, Markup)], default=Markup.TEXT, help="how a style is written"
    )
    parser.add_argument("--items", metavar="FILE", type=Path, help="cite the items of this CSL-JSON file (-: input)")
    parser.set_defaults(run=cite)


def cite(arguments: argparse.Namespace) -> Exit:
    """Print the citations of entries, or of the items of a CSL-JSON file."""
    name = formats.DEFAULT if arguments.format is None else arguments.format
    try:
        format = formats.find(name)
        markup = Markup(arguments.as_)
        if markup != Markup.TEXT and not format.style:
            console.warn(f"{name} has one form only; --as is for styles such as apa")
            return Exit.USAGE
        if arguments.items:
            return _cite_items(arguments, format, markup)
        return _cite_entries(arguments, format, markup)
    except FormatError as error:
        console.warn(error)
        return Exit.USAGE


def _cite_entries(arguments: argparse.Namespace, format: formats.Format, markup: Markup) -> Exit:
    if not (arguments.ids or has_conditions(arguments)):
        console.warn("name entries by id, --query, --status or --bookmarked, or items with --items")
        return Exit.USAGE
    services = open_services(arguments)
    entries = selected_entries(services, arguments)
    if entries is None:
        return Exit.NOT_FOUND
    version = Version.PREPRINT if arguments.preprint else Version.PUBLISHED
    items = [item(entry, version) for entry in entries]
    return write_text(formats.render_items(items, format, markup), arguments.output)


def _cite_items(arguments: argparse.Namespace, format: formats.Format, markup: Markup) -> Exit:
    if arguments.ids or has_conditions(arguments) or arguments.preprint:
        console.warn("--items stands instead of ids, --query, --bookmarked, --status and --preprint")
        return Exit.USAGE
    from mum_tui.citation import items

    file = arguments.items
    cited, problems = items.read(read_bytes(file), name_of(file))
    console.warn_all(problems)
    if not cited:
        console.warn("there is nothing to cite")
        return Exit.NOT_FOUND
    return write_text(formats.render_items(cited, format, markup), arguments.output)
