"""``export``: writes entries for other programs, as references or as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui.citation import exports
from mum_tui.citation.choices import Version
from mum_tui.commands.files import write_text
from mum_tui.commands.opening import open_services
from mum_tui.commands.parsing import Parser, add_choice_of_entries
from mum_tui.commands.selecting import selected_entries
from mum_tui.console import Exit

if TYPE_CHECKING:
    import argparse
    from pathlib import Path


def add_arguments(parser: Parser) -> None:
    """The arguments of ``export``."""
    add_choice_of_entries(parser)
    parser.add_argument(
        "--format",
        choices=tuple(exports.FORMATS),
        help="the format; default: by the ending of the file, else bibtex",
    )
    parser.set_defaults(run=export)


def export(arguments: argparse.Namespace) -> Exit:
    """Write the selected entries, by default all, in one format."""
    services = open_services(arguments)
    entries = selected_entries(services, arguments, everything=True)
    if entries is None:
        return Exit.NOT_FOUND
    name = arguments.format or format_of(arguments.output)
    version = Version.PREPRINT if arguments.preprint else Version.PUBLISHED
    return write_text(exports.render(entries, name, version), arguments.output)


def format_of(path: Path | None) -> str:
    """The first format with the file ending of ``path``; BibTeX if there is none."""
    ending = path.suffix.lower().removeprefix(".") if path else ""
    return next((name for name, (_, usual) in exports.FORMATS.items() if usual == ending), "bibtex")
