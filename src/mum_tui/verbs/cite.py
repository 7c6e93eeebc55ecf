"""``cite``: citations on standard output, exactly as the browser copies them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mum_tui import speech
from mum_tui.citation import formats
from mum_tui.citation.csl import PREPRINT, PUBLISHED
from mum_tui.problems import did_you_mean
from mum_tui.verbs.common import find_entries, open_services, printable

if TYPE_CHECKING:
    import argparse


def cite(arguments: argparse.Namespace) -> int:
    """Print the citation of entries in the order given."""
    name = arguments.format or formats.DEFAULT
    try:
        formats.find(name)
    except formats.UnknownFormat:
        hint = did_you_mean(name, [one.id for one in formats.FORMATS])
        speech.say(f'no format is called "{printable(name)}" ({hint})')
        return speech.USAGE
    services = open_services(arguments)
    entries = find_entries(services, arguments.ids)
    if entries is None:
        return speech.NOTHING
    speech.put(formats.render(entries, name, PREPRINT if arguments.preprint else PUBLISHED))
    return speech.DONE
