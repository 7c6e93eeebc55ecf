"""``python -m benchmarks.scale``: the browser over 300, 10,000, 100,000 and (with ``--million``) 1,000,000 entries.

First frame with a warm cache as a ratio to the 300-entry start, memory above the 300-entry browser as a ratio to the
size of the same catalog as YAML, and one key in the filter box as a ratio to the floor; sizes take turns. The compiled
catalogs are made from the entries themselves: reading a million of them from YAML takes a quarter of an hour, once.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from benchmarks.__main__ import FIRST, FLOOR, Installed, late, median, row
from benchmarks.engine import session
from mum_tui.catalog import compiled_form
from mum_tui.catalog.encoded import newest_first
from mum_tui.catalog.model import Loaded
from mum_tui.search import build
from mum_tui.services import Services
from support import catalogs
from support.terminal import Answer, Terminal

TYPED = ("segmentation liver", "zhou clip", "rodriguez", "few-shot ct", "in the of")
BURST = b"segmentation of"
"""Typed at once, as fast as a paste."""


class Catalog:
    """A made-up catalog with its compiled form in the cache of a home; ``yaml`` is its size as YAML, in bytes."""

    def __init__(self, count: int, folder: Path) -> None:
        self.count = count
        self.path = folder / f"{count}.yaml"
        self.path.write_text(catalogs.head())  # its stamp is what counts
        entries = newest_first(list(catalogs.entries(count)))
        sample = entries[:: max(count // 1000, 1)]
        self.yaml = sum(len(catalogs.block(one).encode()) for one in sample) / len(sample) * count
        made = replace(catalogs.catalog(0), entries=entries)
        home = Services(self.path, {"MUM_TUI_HOME": str(folder / "home")})
        target = home.opening.compiled_file
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            for part in compiled_form.pack(Loaded(made), compiled_form.file_stamp(self.path), build.sections(made)):
                file.write(part)
        self.compiled = target.stat().st_size


def resident(pid: int) -> int:
    """Bytes of memory a process holds, with the parts of mapped files it has touched."""
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return int(fields["VmRSS"].split()[0]) * 1024


def typed(terminal: Terminal, quiet: float) -> list[Answer]:
    """What each key of the sessions is answered with."""
    chance = random.Random(1)
    answers: list[Answer] = []
    terminal.press(b"/")
    terminal.settle()
    for words in TYPED:
        before = ""
        for text in session(words, chance):
            keys = (
                text.removeprefix(before).encode() if text.startswith(before) else b"\x7f" * (len(before) - len(text))
            )
            for key in [bytes([byte]) for byte in keys]:
                answers.append(terminal.press(key))
            before = text
        for _ in before:
            terminal.press(b"\x7f")
    return answers


def measured(installed: Installed, found: Sequence[Catalog], rounds: int) -> None:
    """Print one block per figure."""
    starts: dict[int, list[float]] = {one.count: [] for one in found}
    for turn in range(rounds + 1):
        for one in found:
            seconds = installed.first_frame(command(installed, one), FIRST)
            if turn:
                starts[one.count].append(seconds)
    least = median(starts[found[0].count])
    bars = {100_000: 1.5, 1_000_000: 4.0}
    print(f"First frame with a warm cache, × {found[0].count} entries")
    for one in found[1:]:
        row(f"{one.count:,} entries", median(starts[one.count]), least, bars.get(one.count))
    floor_answers = installed.answers([installed.python, str(FLOOR)], b"ready 0", [b"x"] * 60)
    floor = median([answer.first_frame for answer in floor_answers[5:]])
    bars_of_keys = {300: 3.5, 100_000: 5.5}
    base = 0
    for one in found:
        terminal = Terminal(command(installed, one), environ=installed.environ)
        try:
            terminal.until(FIRST)
            terminal.settle(2.0)
            quiet = 0.15 if one.count <= 100_000 else 0.8
            answers = typed(terminal, quiet)
            memory = resident(terminal.pid)
            burst = terminal.press(BURST, quiet)
        finally:
            terminal.close()
        print(f"{one.count:,} entries ({one.yaml / 1e6:.0f} MB of YAML, {one.compiled / 1e6:.0f} MB compiled)")
        bar = bars_of_keys.get(one.count)
        row("  filter key → first frame", median([key.first_frame for key in answers]), floor, bar)
        row("  filter key → first frame, p95", late([key.first_frame for key in answers]), floor)
        row("  filter key → last byte", median([key.last_byte for key in answers]), floor, bar)
        row("  filter key → last byte, p95", late([key.last_byte for key in answers]), floor)
        print(
            f"    {len(BURST)} keys at once → last byte {burst.last_byte * 1000:.0f} ms, shown: {BURST in burst.data}"
        )
        if base:
            ratio = (memory - base) / one.yaml
            print(f"    memory above {found[0].count} entries {(memory - base) / 1e6:.0f} MB, {ratio:.2f} × its YAML")
        else:
            base = memory


def command(installed: Installed, one: Catalog) -> list[str]:
    """How the browser is started over a catalog."""
    return [installed.mum_tui, "--catalog", str(one.path)]


def main() -> None:
    """Make the catalogs, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--million", action="store_true", help="also a million entries (some minutes, 2 GB)")
    parser.add_argument("--rounds", type=int, default=10, help="rounds of each start (default: 10)")
    parser.add_argument("--folder", type=Path, help="keep the catalogs here, and use them again")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        folder.mkdir(exist_ok=True)
        found = []
        for count in (300, 10_000, 100_000, *((1_000_000,) if arguments.million else ())):
            found.append(Catalog(count, folder))
            gc.collect()
        installed = Installed(Path(temporary))
        installed.environ = {"MUM_TUI_HOME": str(folder / "home")}
        os.sync()
        measured(installed, found, arguments.rounds)


if __name__ == "__main__":
    main()
