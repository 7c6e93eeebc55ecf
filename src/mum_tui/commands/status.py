"""``status``: prints or sets the reading status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui.commands.annotating import FieldValues, print_or_set
from mum_tui.commands.parsing import IDS_HELP, Parser
from mum_tui.library.operations import STATUS
from mum_tui.reading_status import STATUSES

if TYPE_CHECKING:
    import argparse

    from mum_tui.console import Exit

VALUES = FieldValues(STATUS, "status", {**{status: status for status in STATUSES}, "none": None})


def add_arguments(parser: Parser) -> None:
    """The arguments of ``status``."""
    parser.usage = "mum-tui status ID … [to-read|reading|read|none]"
    parser.add_argument("words", nargs="+", metavar="ID", help=IDS_HELP)
    parser.epilog = "With a status at the end, it is set (none: removed); without one, the statuses are printed."
    parser.set_defaults(run=status)


def status(arguments: argparse.Namespace) -> Exit:
    """Print, set or remove the reading status of entries."""
    return print_or_set(arguments, VALUES)
