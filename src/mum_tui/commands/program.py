"""Verbs about the program itself: ``paths``, ``keys``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui import actions, console
from mum_tui.services import Services

if TYPE_CHECKING:
    import argparse


def paths(arguments: argparse.Namespace) -> int:
    """Print where everything is kept, whether it exists yet or not."""
    services = Services(arguments.catalog)
    found = services.paths
    rows = {
        "catalog": services.catalog_path,
        "config": found.config_file,
        "library": found.library,
        "session": found.session,
        "cache": found.cache,
    }
    console.put("".join(f"{name:<9}{path}\n" for name, path in rows.items()))
    return console.DONE


def keys(arguments: argparse.Namespace) -> int:
    """Print the keys in force, with the user's overrides, and the ids of the actions."""
    services = Services(arguments.catalog)
    keymap = actions.keymap(services.config.keys, str(services.paths.config_file), services.config.lines)
    console.say_all(keymap.problems)
    groups = actions.table(keymap)
    width = max(len(shown) for _, rows in groups for shown, _ in rows)
    for group, rows in groups:
        if arguments.markdown:
            lines = [f"| {_code(shown)} | {action.title} | {action.help} |\n" for shown, action in rows]
            head = f"**{group}**\n\n| key | act | what it does |\n| --- | --- | --- |\n"
            console.put(head + "".join(lines) + "\n")
        else:
            lines = [f"  {shown:<{width}}  {action.title:<26} {action.id}\n" for shown, action in rows]
            console.put(f"{group}\n{''.join(lines)}\n")
    return console.USAGE if keymap.problems else console.DONE


def _code(shown: str) -> str:
    return " ".join(f"`{key}`" for key in shown.split())
