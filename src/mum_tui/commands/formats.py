"""``formats``: lists the citation formats, and searches all styles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.citation import formats
from mum_tui.commands.parsing import Parser
from mum_tui.console import Exit

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: Parser) -> None:
    """The arguments of ``formats``."""
    parser.add_argument("words", nargs="*", metavar="WORD", help="only formats and styles that match all words")
    parser.set_defaults(run=list_formats)


def list_formats(arguments: argparse.Namespace) -> Exit:
    """Print the formats, or the formats and styles whose name or title contains all words."""
    from mum_tui.citation import styles

    words = arguments.words
    rows = [(known.id, known.title) for known in formats.matching(words)]
    if words:
        rows += styles.search(words)
    width = max((len(name) for name, _ in rows[: len(formats.FORMATS)]), default=0)
    is_table = console.output_is_terminal()
    lines = (f"{name:<{width}}  {title}\n" if is_table else f"{name}\t{title}\n" for name, title in rows)
    console.write("".join(lines))
    if not words:
        count = len(styles.names())
        console.warn(f"and {count:,} styles as csl:NAME (mum-tui formats WORD …) or a path to a .csl file")
    elif not rows:
        console.warn("no format matches")
    return Exit.DONE if rows else Exit.NOT_FOUND
