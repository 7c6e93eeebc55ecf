"""The parser every verb states its arguments to, and the arguments that several verbs share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from mum_tui import console

Run = Callable[[argparse.Namespace], int]
Subparsers = Any
"""What argparse makes of ``add_subparsers``; the type has no public name."""
AnyParser = Any
"""A parser or a group of its arguments; what they have in common has no public name."""

ID_HELP = "of an entry, as list prints it first; an alias will do"
IDS_HELP = f"{ID_HELP}; - reads ids from standard input, one at the beginning of each line"
OUTPUT_HELP = "write to this file (-: standard output)"


CATALOGS_BEHIND = "catalogs_behind_verb"
"""Where the arguments keep what ``--catalog`` says behind the verb."""


class Parser(argparse.ArgumentParser):
    """Argparse's parser, with one line for a mistake, and all output by way of ``console``."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", formatter)
        super().__init__(allow_abbrev=False, **options)
        self.after_help = ""
        """A text behind the help, as it is."""

    def format_help(self) -> str:
        """The help of the verb."""
        return super().format_help() + (f"\n{self.after_help}" if self.after_help else "")

    def print_help(self, file: object = None) -> None:
        """Called by argparse for ``--help``."""
        console.write(self.format_help())

    def error(self, message: str) -> NoReturn:
        """Called by argparse for wrong usage: one line, status 2."""
        console.warn(f"{message} (see {self.prog} --help)")
        raise SystemExit(console.Exit.USAGE)


class Version(argparse.Action):
    """Prints the version and ends."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Called by argparse."""
        from mum_tui import __version__

        console.write(f"mum-tui {__version__}\n")
        raise SystemExit(console.Exit.DONE)


def formatter(prog: str) -> argparse.HelpFormatter:
    """A help formatter with a width: without one each argument asks the terminal for it."""
    return argparse.HelpFormatter(prog, width=min(console.columns(), 120) - 2)


def add_catalog(parser: argparse.ArgumentParser) -> None:
    """``--catalog`` is understood before and behind the verb; under the same name one would undo the other."""
    parser.add_argument(
        "--catalog",
        dest=CATALOGS_BEHIND,
        metavar="FILE",
        type=Path,
        action="append",
        default=argparse.SUPPRESS,
        help="open this catalog for once; again: upon the one before",
    )


def add_subcommand(subcommands: Subparsers, name: str, run: Run, help: str) -> Parser:
    """A subcommand of a verb, such as ``add`` of ``bookmark``; returns its parser, which awaits its arguments."""
    subcommand: Parser = subcommands.add_parser(name, help=help, description=f"{help[0].upper()}{help[1:]}.")
    add_catalog(subcommand)
    subcommand.set_defaults(run=run)
    return subcommand


def add_choice_of_entries(parser: Parser) -> None:
    """The ways to name entries to cite or export, and where to write."""
    from mum_tui.annotation import STATUSES

    parser.add_argument("ids", nargs="*", metavar="ID", help=IDS_HELP)
    parser.add_argument("--query", metavar="QUERY", default=None, help="also entries that match this query")
    parser.add_argument("--bookmarked", action="store_true", help="only bookmarked entries (of the query's)")
    parser.add_argument("--status", choices=[*map(str, STATUSES)], default="", help="only entries with this status")
    parser.add_argument("--preprint", action="store_true", help="cite the preprint where there is one")
    add_output(parser)


def add_output(parser: AnyParser) -> None:
    """``-o FILE``."""
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help=OUTPUT_HELP)
