"""The parser of the verbs, and the arguments that several verbs share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from mum_tui import console

Run = Callable[[argparse.Namespace], int]
Subparsers = Any
"""The result of argparse's ``add_subparsers``; the type has no public name."""
AnyParser = Any
"""A parser or a group of its arguments; their common type has no public name."""

ID_HELP = "id of an entry, the first column of list; or an alias"
IDS_HELP = f"{ID_HELP}; - reads ids from standard input, from the beginning of each line"
OUTPUT_HELP = "write to this file (-: standard output)"


CATALOGS_AFTER_VERB = "catalogs_after_verb"
"""The attribute of the arguments that has the values of ``--catalog`` after the verb."""


class Parser(argparse.ArgumentParser):
    """Argparse's parser, with one-line error messages, and all output through ``console``."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", formatter)
        super().__init__(allow_abbrev=False, **options)
        self.after_help = ""
        """A text printed unchanged after the help."""

    def format_help(self) -> str:
        """The help of the verb, with ``after_help``."""
        return super().format_help() + (f"\n{self.after_help}" if self.after_help else "")

    def print_help(self, file: object = None) -> None:
        """Called by argparse for ``--help``."""
        console.write(self.format_help())

    def error(self, message: str) -> NoReturn:
        """Called by argparse for wrong usage: writes one line and exits with status 2."""
        console.warn(f"{message} (see {self.prog} --help)")
        raise SystemExit(console.Exit.USAGE)


class VersionAction(argparse.Action):
    """Prints the version and exits."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Called by argparse."""
        from mum_tui import __version__

        console.write(f"mum-tui {__version__}\n")
        raise SystemExit(console.Exit.DONE)


def formatter(prog: str) -> argparse.HelpFormatter:
    """A help formatter with a fixed width, so that not every argument asks the terminal for it."""
    return argparse.HelpFormatter(prog, width=min(console.columns(), 120) - 2)


def add_catalog(parser: argparse.ArgumentParser) -> None:
    """Add ``--catalog`` after the verb; with the same name as the one before the verb, one would override the other."""
    parser.add_argument(
        "--catalog",
        dest=CATALOGS_AFTER_VERB,
        metavar="FILE",
        type=Path,
        action="append",
        default=argparse.SUPPRESS,
        help="open this catalog instead; repeat it to put several on top of each other",
    )


def add_subcommand(subcommands: Subparsers, name: str, run: Run, help: str) -> Parser:
    """Add a subcommand of a verb, such as ``add`` of ``bookmark``; returns its parser."""
    subcommand: Parser = subcommands.add_parser(name, help=help, description=f"{help[0].upper()}{help[1:]}.")
    add_catalog(subcommand)
    subcommand.set_defaults(run=run)
    return subcommand


def add_choice_of_entries(parser: Parser) -> None:
    """Add the arguments that select entries to cite or export, and the output."""
    from mum_tui.reading_status import STATUSES

    parser.add_argument("ids", nargs="*", metavar="ID", help=IDS_HELP)
    parser.add_argument("--query", metavar="QUERY", default=None, help="also entries that match this query")
    parser.add_argument("--bookmarked", action="store_true", help="only bookmarked entries")
    parser.add_argument("--status", choices=[*map(str, STATUSES)], default="", help="only entries with this status")
    parser.add_argument("--preprint", action="store_true", help="cite preprints where available")
    add_output(parser)


def has_conditions(arguments: argparse.Namespace) -> bool:
    """Whether an option selects entries."""
    return arguments.query is not None or bool(arguments.status) or bool(arguments.bookmarked)


def add_output(parser: AnyParser) -> None:
    """Add ``-o FILE``."""
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help=OUTPUT_HELP)
