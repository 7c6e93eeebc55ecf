"""What most verbs do first and last: open the catalog and the library, say what is wrong with them, save."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.console import Exit
from mum_tui.patience import interruptible, said_if_slow
from mum_tui.problems import ERROR
from mum_tui.services import Services
from mum_tui.text import clean, one_line

if TYPE_CHECKING:
    import argparse

SILENT_SECONDS = 1.0
"""Work that is over within this time shows no progress."""

PATIENCE_SECONDS = 10.0
"""How long the command line waits for another process that is writing the library."""


class ProgressLine:
    """The progress of reading and compiling the catalog in one line of standard error, if that is a terminal.

    Work that is over within a second shows nothing.
    """

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._shown = -1
        self.is_told = False

    def tell(self, what: str, part: float, entries: int) -> None:
        """Show what is being done, how much of it is done, from 0 to 1, and with how many entries."""
        self.is_told = True
        percent = int(part * 100)
        if time.monotonic() - self._since > SILENT_SECONDS and percent != self._shown and percent < 100:
            self._shown = percent
            console.progress(percent, 100, f"{what}: {entries:,} entries")

    def close(self) -> None:
        """Remove the line."""
        if self._shown >= 0:
            console.progress(1, 1)


def open_services(arguments: argparse.Namespace) -> Services:
    """The services for a verb, after a warning of each problem of configuration and catalog.

    Raises:
        Unreadable: nothing of the catalog can be used.
    """
    line = ProgressLine()
    services = Services(arguments.catalog, progress=line.tell)
    with interruptible():
        where = f"{services.paths.config_file}, {services.paths.cache}"
        with said_if_slow(f"waiting for the disk: {where}", unless=lambda: line.is_told):
            console.warn_all(services.config.problems)
            try:
                loaded = services.loaded
            finally:
                line.close()
    if loaded.problems:
        console.warn_all(problem for problem in loaded.problems if problem.level == ERROR)
        if loaded.set_aside:
            entries = "entry was" if loaded.set_aside == 1 else "entries were"
            console.warn(f"{services.catalog_name}: {loaded.set_aside} {entries} skipped (mum-tui check says why)")
    return services


def save_library(services: Services) -> Exit:
    """Write what was changed in the library, and warn where that is not possible."""
    from mum_tui.library.outcomes import Unsaved
    from mum_tui.library.writer import Writer

    library = services.library
    library.lock_seconds = PATIENCE_SECONDS
    with said_if_slow(f"waiting for {library.path}: another mum-tui writes it, or its disk is slow"):
        outcome = Writer(library).close(2 * PATIENCE_SECONDS)
    reason = outcome.reason if isinstance(outcome, Unsaved) else ""
    console.warn_all(notice for notice in library.notices if notice not in reason)  # said once
    if isinstance(outcome, Unsaved):
        console.warn(library.stored_outside(outcome).words)
        return Exit.USAGE
    for identifier in outcome.skipped:
        console.warn(f"{printable(identifier)} was changed elsewhere at the same time; it stays as it is there")
    return Exit.DONE


def printable(text: str) -> str:
    """Text from the command line or a file, fit to be repeated in a message: one line without control characters."""
    return one_line(clean(text))
