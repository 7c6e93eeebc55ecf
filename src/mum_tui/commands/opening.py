"""What most verbs do first and last: open the catalog, report problems, save the library."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.console import Exit
from mum_tui.patience import interruptible, said_if_slow
from mum_tui.problems import ERROR
from mum_tui.text import clean, one_line

if TYPE_CHECKING:
    import argparse

    from mum_tui.services import Services

SILENT_SECONDS = 1.0
"""Work that ends within this time shows no progress."""

PATIENCE_SECONDS = 10.0
"""How long to wait for another process that is writing the library."""


class ProgressLine:
    """The progress of reading and compiling the catalog, on one line of standard error if that is a terminal.

    Work that ends within a second shows nothing.
    """

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._shown = -1
        self.is_reporting = False

    def update(self, what: str, part: float, entries: int) -> None:
        """Show what is being done, the part of it that is done, from 0 to 1, and the number of entries."""
        self.is_reporting = True
        percent = int(part * 100)
        if time.monotonic() - self._since > SILENT_SECONDS and percent != self._shown and percent < 100:
            self._shown = percent
            console.progress(percent, 100, f"{what}: {entries:,} entries")

    def close(self) -> None:
        """Remove the line."""
        if self._shown >= 0:
            console.progress(1, 1)


def open_services(arguments: argparse.Namespace) -> Services:
    """The services for a verb; problems of configuration and catalog are written to standard error.

    Raises:
        Unreadable: nothing in the catalog can be used.
    """
    from mum_tui.services import Services

    line = ProgressLine()
    services = Services(arguments.catalog, progress=line.update)
    with interruptible():
        where = f"{services.paths.config_file}, {services.paths.cache}"
        with said_if_slow(f"waiting for the disk: {where}", unless=lambda: line.is_reporting):
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
    """Write pending changes of the library; if that fails, warn and return ``USAGE``."""
    from mum_tui.library.outcomes import Unsaved
    from mum_tui.library.writer import Writer

    library = services.library
    library.lock_seconds = PATIENCE_SECONDS
    with said_if_slow(f"waiting for {library.path}: another mum-tui is writing to it, or its disk is slow"):
        outcome = Writer(library).close(2 * PATIENCE_SECONDS)
    reason = outcome.reason if isinstance(outcome, Unsaved) else ""
    console.warn_all(notice for notice in library.notices if notice not in reason)  # each reason only once
    if isinstance(outcome, Unsaved):
        outcome = library.stored_outside(outcome)
    if isinstance(outcome, Unsaved):
        console.warn(outcome.words)
        return Exit.USAGE
    for identifier in outcome.skipped:
        console.warn(f"{printable(identifier)} was changed by another program at the same time; that change was kept")
    return Exit.DONE


def printable(text: str) -> str:
    """A text for a message: on one line, without control characters."""
    return one_line(clean(text))
