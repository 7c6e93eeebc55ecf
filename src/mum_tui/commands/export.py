"""``export``: entries for other programs, as references or as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.citation import exports
from mum_tui.citation.csl_item import PREPRINT, PUBLISHED
from mum_tui.commands.common import chosen_entries, open_services, put_or_write

if TYPE_CHECKING:
    import argparse


def export(arguments: argparse.Namespace) -> int:
    """Write entries in one of ``arguments.format``'s forms; without a choice of entries, all of them."""
    services = open_services(arguments)
    entries = chosen_entries(services, arguments, everything=True)
    if entries is None:
        return console.NOTHING
    version = PREPRINT if arguments.preprint else PUBLISHED
    return put_or_write(exports.render(entries, arguments.format, version), arguments.output)
