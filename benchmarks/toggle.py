"""``python -m benchmarks.toggle``: how long the event loop is held up by one key that changes the library.

A browser without a terminal on a catalog of so many entries, each of them kept with a status, a tag and a note. Between
two keys a clock on the same loop runs: idle, and while ``b`` and ``r`` are pressed, their file work running beside it;
then the same while a query is asked that all entries answer, and while one of the lists in the tree is looked at.
Work is what a key adds to the loop's own processor time, which a busy machine does not lengthen; lateness is what it
adds to the clock's latest wake-up, which waits for other threads and other programs too.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

TICK = 0.001
BAR = 0.003
"""Seconds for which a key may hold up the loop."""

VIEWS = {"": ("", ""), "a query": ("", "number"), "a list": ("annotation/tag:tag7", "")}
"""What is looked at, by name: a scope and a query."""

TITLES = {"j": "cursor to the next line", "b": "bookmark", "r": "reading status"}
"""What the keys do."""

PAUSE = 0.15
"""Seconds one key is watched for: the key, the repaint, the writing."""


def catalog(path: Path, count: int) -> None:
    """A catalog of ``count`` entries."""
    entries = [
        {
            "id": f"doe{number}paper",
            "kind": "paper",
            "section": "all",
            "title": f"The paper with the number {number} and a title of usual length",
            "authors": ["Doe, Jane", "Roe, Richard"],
            "date": f"{2000 + number % 26}-01-02",
            "links": [{"rel": "paper", "url": f"https://example.org/{number}"}],
        }
        for number in range(count)
    ]
    sections = [{"id": "all", "title": "All of them"}]
    path.write_bytes(msgspec.json.encode({"schema": 1, "title": "Many", "sections": sections, "entries": entries}))


def library(path: Path, count: int) -> None:
    """A library that keeps all entries of ``catalog``."""
    date = "2026-01-02T03:04:05Z"
    entries = {
        f"doe{number}paper": {
            "title": f"The paper with the number {number}",
            "status": ("to-read", "reading", "read")[number % 3],
            "tags": {f"tag{number % 40}": date},
            "note": "A line.\n\nAnother one.",
            "changed": {"status": date, "note": date},
        }
        for number in range(count)
    }
    path.parent.mkdir(parents=True)
    path.write_bytes(msgspec.json.encode({"schema": 1, "entries": entries}))


class Cost(NamedTuple):
    """Seconds of the loop's processor time, and by which a clock that wakes each millisecond was late at most."""

    work: float
    late: float


async def watched(seconds: float) -> Cost:
    """What happens on the loop for so long."""
    end = time.perf_counter() + seconds
    used, worst = time.thread_time(), 0.0
    while (begin := time.perf_counter()) < end:
        await asyncio.sleep(TICK)
        worst = max(worst, time.perf_counter() - begin - TICK)
    return Cost(time.thread_time() - used, worst)


async def measure(count: int, rounds: int) -> dict[str, list[Cost]]:
    """What each round costs: idle, after a key that only moves, and after each key that changes."""
    from mum_tui.keymap import make_keymap
    from mum_tui.search.view import View
    from mum_tui.services import Services
    from mum_tui.tui.app import MumApp

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        catalog(Path(folder) / "many.yaml", count)
        library(home / "library.json", count)
        services = Services(Path(folder) / "many.yaml", {**os.environ, "MUM_TUI_HOME": str(home)})
        app = MumApp(services, make_keymap({}))
        found: dict[str, list[Cost]] = {f"{key}{where}": [] for where in VIEWS for key in ("idle", "j", "b", "r")}
        async with app.run_test(size=(120, 36)) as pilot:
            await app.workers.wait_for_complete()
            await pilot.pause(1.0)
            for where, (scope, query) in VIEWS.items():
                app.main.run_view(View(scope, query))
                await pilot.pause(1.0)
                for turn in range(rounds + 1):
                    for key in ("idle", "j", "b", "r"):
                        if key != "idle":
                            app.simulate_key(key)
                        cost = await watched(PAUSE)
                        if turn:
                            found[key + where].append(cost)
        app.save_all()
    return found


def row(name: str, costs: Sequence[Cost], idle: Sequence[Cost], bar: float | None) -> None:
    """Print what one key costs."""
    (work, late), (idle_work, idle_late) = median(costs), median(idle)
    verdict = "" if bar is None else f"≤ {bar * 1000:g} ms {'ok' if late - idle_late <= bar else 'OVER'}"
    added = f"work + {(work - idle_work) * 1000:5.2f} ms  lateness + {(late - idle_late) * 1000:5.2f} ms {verdict}"
    print(f"  {name:<40} {work / idle_work:5.2f} ×  {added}")


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each."""
    return Cost(statistics.median(one.work for one in costs), statistics.median(one.late for one in costs))


def main() -> None:
    """Measure, and print a line for each key."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.toggle", description=__doc__)
    parser.add_argument("--entries", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=40)
    arguments = parser.parse_args()
    found = asyncio.run(measure(arguments.entries, arguments.rounds))
    idle = median(found["idle"])
    scale = f"work {idle.work * 1000:.1f} ms, lateness {idle.late * 1000:.1f} ms"
    print(f"The event loop in {PAUSE * 1000:g} ms around a key, × idle ({scale}), {arguments.entries:,} entries kept")
    for where in VIEWS:
        for key, title in TITLES.items():
            name = f"{key}: {title}{where and f' ({where})'}"
            row(name, found[key + where], found[f"idle{where}"], None if key == "j" else BAR)


if __name__ == "__main__":
    main()
