"""``python -m benchmarks``: installs mum-tui from this checkout into a fresh environment and measures it.

Every figure is a ratio against a floor taken in the same run, round by round, so that a busy machine slows
both. Milliseconds are printed for scale only.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import tempfile
import time
import venv
from collections.abc import Sequence
from pathlib import Path

import yaml

from support.terminal import Answer, Terminal

ROOT = Path(__file__).resolve().parent.parent
FLOOR = Path(__file__).with_name("floor.py")
FIRST = b"bookmark"
"""The last word of the browser's first frame."""

TYPED = ("segment", "liver", "rodriguez", "sam med", "ct 2023")


class Installed:
    """An environment with mum-tui installed as a user installs it."""

    def __init__(self, folder: Path) -> None:
        venv.create(folder / "venv", with_pip=True)
        self.python = str(folder / "venv/bin/python")
        self.mum_tui = str(folder / "venv/bin/mum-tui")
        self.environ = {"MUM_TUI_HOME": str(folder / "home")}
        command = [self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(ROOT)]
        subprocess.run(command, check=True)

    def whole(self, *command: str) -> float:
        """Seconds of a whole process."""
        variables = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        begin = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**variables, **self.environ})
        return time.perf_counter() - begin

    def first_frame(self, command: Sequence[str], mark: bytes) -> float:
        """Seconds from the start of a program to the end of its first frame."""
        terminal = Terminal(command, environ=self.environ)
        try:
            return terminal.until(mark)
        finally:
            terminal.close()

    def answers(self, command: Sequence[str], mark: bytes, keys: Sequence[bytes], before: bytes = b"") -> list[Answer]:
        """What each key is answered with, after ``before`` was pressed."""
        terminal = Terminal(command, environ=self.environ)
        try:
            terminal.until(mark)
            terminal.settle(1.0)
            if before:
                terminal.press(before)
                terminal.settle()
            return [terminal.press(key) for key in keys]
        finally:
            terminal.close()


def median(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)


def late(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return sorted(values)[int(0.95 * (len(values) - 1))]


def row(name: str, value: float, floor: float, bar: float | None = None) -> None:
    """Print one figure: its ratio, the bar it shall stay under, and milliseconds."""
    ratio = value / floor
    limit = f"≤ {bar:g}" if bar else ""
    verdict = "" if bar is None else "ok" if ratio <= bar else "OVER"
    print(f"  {name:<52} {ratio:6.2f} ×  {limit:<7} {verdict:<5} {value * 1000:8.1f} ms")


def starts(installed: Installed, rounds: int) -> None:
    """Whole commands against ``python -c pass``, the browser's first frame against a label's."""
    python, mum_tui = installed.python, installed.mum_tui
    commands = {
        "pass": [python, "-c", "pass"],
        "mum-tui --version": [mum_tui, "--version"],
        "mum-tui cite liu2023clip": [mum_tui, "cite", "liu2023clip"],
        "mum-tui cite silvarodriguez2023transductive": [mum_tui, "cite", "silvarodriguez2023transductive"],
        "mum-tui cite liu2023clip --format apa": [mum_tui, "cite", "liu2023clip", "--format", "apa"],
        "mum-tui list sam": [mum_tui, "list", "sam"],
    }
    whole: dict[str, list[float]] = {name: [] for name in commands}
    frames: dict[str, list[float]] = {"floor": [], "browser": []}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            seconds = installed.whole(*command)
            if turn:
                whole[name].append(seconds)
        floor = installed.first_frame([python, str(FLOOR)], b"ready 0")
        browser = installed.first_frame([mum_tui], FIRST)
        if turn:
            frames["floor"].append(floor)
            frames["browser"].append(browser)
    print(f"Whole commands, × python -c pass ({median(whole['pass']) * 1000:.1f} ms)")
    bars = {
        "mum-tui cite liu2023clip": 6.0,
        "mum-tui cite silvarodriguez2023transductive": 6.0,
        "mum-tui cite liu2023clip --format apa": 8.0,
    }
    for name in list(commands)[1:]:
        row(name, median(whole[name]), median(whole["pass"]), bars.get(name))
    print(f"First frame, × a Textual app showing one label ({median(frames['floor']) * 1000:.0f} ms)")
    row("three panes, the shipped catalog", median(frames["browser"]), median(frames["floor"]), 1.2)


def keys(installed: Installed) -> None:
    """Key latency against a label that is repainted on a key."""
    floor_answers = installed.answers([installed.python, str(FLOOR)], b"ready 0", [b"x"] * 60)
    floor = median([answer.first_frame for answer in floor_answers[5:]])
    print(f"Keys, × one key → one label repainted ({floor * 1000:.2f} ms)")
    moves = installed.answers([installed.mum_tui], FIRST, [b"\x1b[B"] * 40 + [b"\x1b[A"] * 20)[3:]
    row("cursor → table and details, first frame", median([one.first_frame for one in moves]), floor, 2.5)
    row("cursor → last byte", median([one.last_byte for one in moves]), floor, 2.5)
    row("cursor → last byte, p95", late([one.last_byte for one in moves]), floor, 6)
    print(f"  {'frames per cursor key':<52} {max(one.frames for one in moves):6d}")
    typed = [key for word in TYPED for key in [*[bytes([byte]) for byte in word.encode()], *[b"\x7f"] * len(word)]]
    filters = installed.answers([installed.mum_tui], FIRST, typed, before=b"/")
    row("filter key → text, count and rows, first frame", median([one.first_frame for one in filters]), floor, 3.5)
    row("filter key → last byte", median([one.last_byte for one in filters]), floor, 3.5)
    row("filter key → first frame, p95", late([one.first_frame for one in filters]), floor, 7)
    print(f"  {'frames per filter key':<52} {max(one.frames for one in filters):6d}")
    previews = installed.answers([installed.mum_tui], FIRST, [b"\x1b[B"] * 19 + [b"\x1b[A"] * 19, before=b"C")
    row("format cursor → the list's first frame", median([one.first_frame for one in previews]), floor, 3)
    row("format cursor → preview of a style met before", median([one.last_byte for one in previews[19:]]), floor, 12)
    row("format cursor → preview of a new style, p95", late([one.last_byte for one in previews[:19]]), floor)


def growth(installed: Installed, folder: Path, rounds: int) -> None:
    """What the size of the shipped catalog costs: the browser over all of it against over every fifth entry of it."""
    catalog = yaml.load((ROOT / "catalog.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    whole, part = folder / "whole.yaml", folder / "part.yaml"
    for path, step in ((whole, 1), (part, 5)):
        path.write_text(yaml.dump({**catalog, "entries": catalog["entries"][::step]}, sort_keys=False))
    figures = ("first frame", "cursor key", "filter key, last byte")
    found: dict[Path, dict[str, list[float]]] = {path: {name: [] for name in figures} for path in (whole, part)}
    for turn in range(rounds + 1):
        for path, seconds in found.items():
            command = [installed.mum_tui, "--catalog", str(path)]
            start = installed.first_frame(command, FIRST)
            if not turn:
                time.sleep(1)  # the catalog is compiled in the background
                continue
            seconds["first frame"].append(start)
            moves = installed.answers(command, FIRST, [b"\x1b[B"] * 10)
            seconds["cursor key"] += [one.first_frame for one in moves]
            typed = installed.answers(command, FIRST, [bytes([byte]) for byte in b"segment"], before=b"/")
            seconds["filter key, last byte"] += [one.last_byte for one in typed]
    print(f"The whole catalog ({len(catalog['entries'])} entries), × every fifth entry of it")
    for name in figures:
        row(name, median(found[whole][name]), median(found[part][name]), 1.1)


def main() -> None:
    """Measure, and print one table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="rounds of each start (default: 15)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        installed = Installed(Path(folder))
        starts(installed, arguments.rounds)
        keys(installed)
        growth(installed, Path(folder), 8)


if __name__ == "__main__":
    main()
