"""``open``: opens a link in the web browser."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.catalog.model import Entry, Link
from mum_tui.commands.opening import open_services
from mum_tui.commands.parsing import ID_HELP, Parser
from mum_tui.commands.selecting import find_entry
from mum_tui.console import Exit
from mum_tui.desktop.browser import InTerminal, NotOpened, Show, open_window, plan

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: Parser) -> None:
    """The arguments of ``open``."""
    parser.add_argument("id", metavar="ID", help=ID_HELP)
    parser.add_argument(
        "--link", metavar="TYPE", default="", help="paper, code, weights … or its number; default: the main link"
    )
    parser.set_defaults(run=open_link)


def open_link(arguments: argparse.Namespace) -> Exit:
    """Print an address and open it if possible."""
    services = open_services(arguments)
    entry = find_entry(services, arguments.id)
    if entry is None:
        return Exit.NOT_FOUND
    link = _link(entry, arguments.link)
    if link is None:
        known = ", ".join(dict.fromkeys(link.rel for link in entry.links)) or "none"
        console.warn(f"{entry.id} has no such link (it has: {known})")
        return Exit.NOT_FOUND
    console.write(link.url + "\n")
    match plan(link.url, services.environment, services.config.browser, services.environ):
        case Show(reason=reason):
            console.warn(reason)
        case InTerminal(command=command):
            subprocess.run(command, check=False)  # noqa: S603 - argv of a named text browser
        case window:
            outcome = open_window(link.url, window)
            if isinstance(outcome, NotOpened):
                console.warn(outcome.reason)
                return Exit.NOT_FOUND
    return Exit.DONE


def _link(entry: Entry, wanted: str) -> Link | None:
    """The link with this number or type; for an empty text, the main one."""
    if wanted.isdecimal():
        number = int(wanted) if len(wanted) < 10 else 0  # Python refuses to read thousands of digits
        return entry.links[number - 1] if 0 < number <= len(entry.links) else None
    return next((link for link in entry.links if wanted in ("", link.rel)), None)
