"""``open``: a link in the browser."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.catalog.model import Entry, Link
from mum_tui.commands.common import find_entry, open_services
from mum_tui.desktop.browser import InTerminal, NotOpened, Show, open_window

if TYPE_CHECKING:
    import argparse


def open_link(arguments: argparse.Namespace) -> int:
    """Print an address and open it, if there is a way to."""
    services = open_services(arguments)
    entry = find_entry(services, arguments.id)
    if entry is None:
        return console.NOTHING
    link = _link(entry, arguments.link)
    if link is None:
        known = ", ".join(dict.fromkeys(link.rel for link in entry.links)) or "none"
        console.say(f"{entry.id} has no such link (it has: {known})")
        return console.NOTHING
    console.put(link.url + "\n")
    match services.plan_open(link.url):
        case Show(reason=reason):
            console.say(reason)
        case InTerminal(command=command):
            subprocess.run(command, check=False)  # noqa: S603 - argv of a named text browser
        case window:
            outcome = open_window(link.url, window)
            if isinstance(outcome, NotOpened):
                console.say(outcome.reason)
                return console.NOTHING
    return console.DONE


def _link(entry: Entry, wanted: str) -> Link | None:
    """The link with this number or type; without either, the main one."""
    if wanted.isdecimal():
        number = int(wanted)
        return entry.links[number - 1] if 0 < number <= len(entry.links) else None
    return next((link for link in entry.links if wanted in ("", link.rel)), None)
