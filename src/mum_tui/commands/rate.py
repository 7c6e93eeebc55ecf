"""``rate``: prints or sets ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui.commands.annotating import FieldValues, print_or_set
from mum_tui.commands.parsing import IDS_HELP, Parser
from mum_tui.library.operations import RATING, RATINGS

if TYPE_CHECKING:
    import argparse

    from mum_tui.console import Exit

VALUES = FieldValues(RATING, "rating", {**{str(number): number for number in RATINGS}, "none": None})


def add_arguments(parser: Parser) -> None:
    """The arguments of ``rate``."""
    parser.usage = "mum-tui rate ID … [1|2|3|4|5|none]"
    parser.add_argument("words", nargs="+", metavar="ID", help=IDS_HELP)
    parser.epilog = "With a rating at the end, it is set (none: removed); without one, the ratings are printed."
    parser.set_defaults(run=rate)


def rate(arguments: argparse.Namespace) -> Exit:
    """Print, set or remove the rating of entries."""
    return print_or_set(arguments, VALUES)
