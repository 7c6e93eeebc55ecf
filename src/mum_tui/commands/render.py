"""``render``: prints the catalog as a Markdown page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui.commands.files import write_text
from mum_tui.commands.opening import open_services
from mum_tui.commands.parsing import Parser, add_output
from mum_tui.views.page import Template, page

if TYPE_CHECKING:
    import argparse

    from mum_tui.console import Exit


def add_arguments(parser: Parser) -> None:
    """The arguments of ``render``."""
    add_output(parser)
    parser.add_argument("--summaries", action="store_true", help="include summaries")
    parser.add_argument(
        "--template",
        choices=[*map(str, Template)],
        default=Template.PAGE,
        help="a list with several lines per entry (page) or with one (items), or tables (table)",
    )
    parser.set_defaults(run=render)


def render(arguments: argparse.Namespace) -> Exit:
    """Print the page, or write it to a file."""
    services = open_services(arguments)
    text = page(services.loaded.as_written, arguments.summaries, Template(arguments.template))
    return write_text(text, arguments.output)
