"""``render``: the catalog as a page of Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui import speech
from mum_tui.page import page
from mum_tui.verbs.common import open_services, write_file

if TYPE_CHECKING:
    import argparse


def render(arguments: argparse.Namespace) -> int:
    """Print the page, or write it to a file."""
    services = open_services(arguments)
    text = page(services.loaded.catalog, arguments.summaries)
    if arguments.output:
        return speech.DONE if write_file(arguments.output, text) else speech.USAGE
    speech.put(text)
    return speech.DONE
