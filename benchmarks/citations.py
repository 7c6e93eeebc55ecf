"""``python -m benchmarks.citations [STYLE …]``: a bibliography of 3,000 entries, beside pandoc.

Whole processes, `mum-tui cite --items` and `pandoc --citeproc`, take turns on the same items: made-up ones of every
type, or those of a file. A figure is the least processor time (user and system) of the rounds, and the most memory;
the ratio is what counts.
Needs ``pip install pypandoc_binary==1.17``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from mum_tui.citation import styles
from tests.random_items import Works

STYLES = (
    *("apa", "ieee", "nlm-citation-sequence", "american-medical-association", "nature"),
    *("modern-language-association", "chicago-author-date", "harvard-cite-them-right"),
    *("springer-lecture-notes-in-computer-science", "elsevier-harvard"),
)
MOST = 0.2
"""Time and memory may be so much of pandoc's."""


class Cost(NamedTuple):
    """Seconds of processor time and megabytes at the most."""

    seconds: float
    megabytes: float


def cost(command: Sequence[str]) -> Cost:
    """What a process takes; it must succeed."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def least(costs: Sequence[Cost]) -> Cost:
    """The best time and the most memory of several rounds."""
    return Cost(min(one.seconds for one in costs), max(one.megabytes for one in costs))


def repeated(path: Path, count: int) -> list[dict[str, Any]]:
    """As many items as wanted: those of a CSL-JSON file, then the same again with authors and words in another order.

    What is repeated has titles and names of its own, as the works of a field have.
    """
    chance = random.Random(1)
    items: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    people = [person for item in items for person in item.get("author", [])]
    works: list[dict[str, Any]] = []
    for number in range(count):
        work = dict(items[number % len(items)])
        if number >= len(items):
            words = work["title"].split()
            chance.shuffle(words)
            work |= {"id": f"{work['id']}-{number}", "title": " ".join(words)}
            work |= {"author": chance.choices(people, k=len(work["author"]))} if "author" in work else {}
        works.append(work)
    return works


def main() -> None:
    """Measure the styles asked for; the exit status is 1 where a ratio is too high."""
    import pypandoc

    parser = argparse.ArgumentParser(prog="python -m benchmarks.citations", description=__doc__)
    parser.add_argument("styles", nargs="*", default=STYLES, help="names of CSL styles (default: ten common ones)")
    parser.add_argument("--count", type=int, default=3000, help="entries (default: 3000)")
    parser.add_argument("--items", type=Path, help="take the items from this CSL-JSON file, repeated up to the count")
    parser.add_argument("--rounds", type=int, default=2, help="rounds (default: 2)")
    given = parser.parse_args()
    over = False
    with tempfile.TemporaryDirectory() as folder:
        items = Path(folder) / "items.json"
        works = repeated(given.items, given.count) if given.items else Works(1).some(given.count)
        items.write_text(json.dumps(works), encoding="utf-8")
        for name in given.styles:
            style = str(styles.find(name).path)
            ours = [sys.executable, "-m", "mum_tui", "cite", "--items", str(items), "--format", f"csl:{name}"]
            pandoc = [pypandoc.get_pandoc_path(), "--citeproc", "-f", "csljson", "-t", "plain", "--csl", style]
            rounds = [(cost(ours), cost([*pandoc, str(items)])) for _ in range(given.rounds)]
            mine, theirs = (least([pair[side] for pair in rounds]) for side in (0, 1))
            time, memory = mine.seconds / theirs.seconds, mine.megabytes / theirs.megabytes
            over = over or time > MOST or memory > MOST
            print(
                f"{name:<45} {mine.seconds:6.2f} s / {theirs.seconds:6.2f} s = {time:5.3f}"
                f"   {mine.megabytes:5.0f} MB / {theirs.megabytes:5.0f} MB = {memory:5.3f}",
                flush=True,
            )
    sys.exit(1 if over else 0)


if __name__ == "__main__":
    main()
