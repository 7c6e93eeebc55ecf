"""``render``: the catalog as a page of Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui.commands.common import open_services, put_or_write
from mum_tui.views.page import page

if TYPE_CHECKING:
    import argparse


def render(arguments: argparse.Namespace) -> int:
    """Print the page, or write it to a file."""
    services = open_services(arguments)
    return put_or_write(page(services.loaded.as_written, arguments.summaries), arguments.output)
