"""``keys``: prints the keys of the browser, the user's own included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.console import Exit
from mum_tui.keymap import keys_by_group, make_keymap
from mum_tui.services import Services

if TYPE_CHECKING:
    import argparse

    from mum_tui.commands.parsing import Parser


def add_arguments(parser: Parser) -> None:
    """The arguments of ``keys``."""
    parser.add_argument("--markdown", action="store_true", help="as Markdown tables")
    parser.set_defaults(run=keys)


def keys(arguments: argparse.Namespace) -> Exit:
    """Print the keys in force and the ids of the actions."""
    services = Services(arguments.catalog)
    keymap = make_keymap(services.config.keys, str(services.paths.config_file), services.config.lines)
    console.warn_all([*services.config.problems, *keymap.problems])
    groups = keys_by_group(keymap)
    width = max(len(shown) for _, rows in groups for shown, _ in rows)
    for group, rows in groups:
        if arguments.markdown:
            lines = [f"| {_code(shown)} | {action.title} | {action.help} |\n" for shown, action in rows]
            head = f"**{group}**\n\n| key | action | what it does |\n| --- | --- | --- |\n"
            console.write(head + "".join(lines) + "\n")
        else:
            lines = [f"  {shown:<{width}}  {action.title:<26} {action.id}\n" for shown, action in rows]
            console.write(f"{group}\n{''.join(lines)}\n")
    return Exit.DONE


def _code(shown: str) -> str:
    return " ".join(f"`{key}`" for key in shown.split())
