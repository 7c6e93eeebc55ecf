"""``python -m benchmarks.second_start [FILE.bib]``: opening a list a second time, against a catalog of 300 entries.

A made-up library of 6,000 entries in BibTeX (or FILE) and a catalog of 300 in YAML are opened once, which compiles
them. Then ``mum-tui FILE list`` and the browser's first frame are timed for the two in turns; the median counts.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.__main__ import FIRST, row
from benchmarks.lists import library
from mum_tui.bibliography import writing
from mum_tui.catalog.model import Catalog, Section
from support import catalogs
from support.terminal import Terminal

ENTRIES, USUAL = 6000, 300
TIMES_USUAL = 1.3
"""A list that was opened before shall be there no later than so many times after a catalog of the usual size."""


def usual() -> str:
    """A catalog of 300 entries as YAML."""
    entries = tuple(catalogs.entries(USUAL))
    sections = tuple(Section(name, name) for name in dict.fromkeys(entry.section for entry in entries))
    return "".join(writing.catalog(Catalog("Usual", sections, {}, entries)))


def frame(path: Path, home: Path, quiet: float = 0) -> float:
    """Seconds to the browser's first frame; it is closed ``quiet`` seconds after it wrote something."""
    terminal = Terminal([sys.executable, "-m", "mum_tui", str(path)], environ={"MUM_TUI_HOME": str(home)})
    try:
        taken = terminal.until(FIRST)
        if quiet:
            terminal.settle(quiet)
        return taken
    finally:
        terminal.close()


def listed(path: Path, home: Path) -> float:
    """Seconds of ``mum-tui FILE list``."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "mum_tui", str(path), "list", "--limit", "1"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "MUM_TUI_HOME": str(home)})
    return time.perf_counter() - begin


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=11)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        home, large, small = Path(folder, "home"), Path(folder, "library.bib"), Path(folder, "catalog.yaml")
        large.write_text(library(ENTRIES) if given.file is None else given.file.read_text("utf-8", "replace"))
        small.write_text(usual())
        ways: dict[str, Callable[[Path, Path], float]] = {"first frame": frame, "list": listed}
        for path in (large, small):
            listed(path, home)
            frame(path, home, quiet=3)  # the compiled form of a small catalog is stored when there is time for it
        for name, measure in ways.items():
            seconds: dict[Path, list[float]] = {large: [], small: []}
            for _ in range(given.rounds):
                for path, taken in seconds.items():
                    taken.append(measure(path, home))
            ours, floor = (statistics.median(seconds[path]) for path in (large, small))
            row(f"{name}, second time", ours, floor, TIMES_USUAL)


if __name__ == "__main__":
    main()
