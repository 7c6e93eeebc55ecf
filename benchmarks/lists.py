"""``python -m benchmarks.lists [FILE.bib]``: importing BibTeX against bibtexparser's own time for the same text.

Made-up libraries of 1,500, 3,000 and 6,000 entries (or the first that many of FILE), read, merged, built and written
as YAML in this process. The two take turns, and of each the fastest run counts. Then the peak of memory of a whole
``mum-tui import`` above that of the shortest one, as a ratio to the size of the file.
"""

from __future__ import annotations

import argparse
import logging
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from bibtexparser import entrypoint

from benchmarks.__main__ import row
from mum_tui.bibliography import any_list, build, list_files, merging, writing
from mum_tui.citation import bibtex
from mum_tui.citation.csl_item import item
from support import catalogs

SIZES = (1500, 3000, 6000)
TIMES_BIBTEXPARSER = 3.0
"""An import shall take no longer than so many times bibtexparser's own time."""

LINEAR = 2.4
"""Twice the entries shall take no longer than so many times the time."""

_ENTRY = re.compile(r"^@(?!string|preamble|comment)", re.MULTILINE | re.IGNORECASE)


def library(count: int) -> str:
    """So many made-up entries with what real files have: abstracts, keywords, accents, braces, several spellings."""
    chance = random.Random(count)
    texts = []
    for entry in catalogs.entries(count):
        csl = dict(item(entry))
        csl["abstract"] = " ".join(chance.choice(catalogs.COMMON) for _ in range(chance.randrange(150)))
        csl["keyword"] = ", ".join(sorted({chance.choice(catalogs.TASKS) for _ in range(3)}))
        texts.append(bibtex.render([csl]))
    return "\n".join(texts)


def first(text: str, count: int) -> str:
    """The first entries of a library, with the strings before and between them."""
    starts = [match.start() for match in _ENTRY.finditer(text)]
    return text[: starts[count]] if count < len(starts) else text


def imported(data: bytes) -> int:
    """The characters of the YAML that a library becomes."""
    return any_list.without_collecting(lambda: _imported(data))


def _imported(data: bytes) -> int:
    reading = any_list.read(data, "library.bib", list_files.BIBTEX)
    reading.records, _ = merging.merged(reading.records)
    return sum(map(len, writing.catalog(build.catalog_of(reading).catalog)))


def seconds(act: Callable[[], object]) -> float:
    """The processor time of one run."""
    started = time.process_time()
    act()
    return time.process_time() - started


def memory(path: Path) -> int:
    """The peak of memory of an import in a process of its own, in bytes."""
    code = (
        "import sys; from mum_tui.cli import main; main(['import', sys.argv[1], '-o', sys.argv[2]])\n"
        "for line in open('/proc/self/status'):\n    if 'VmHWM' in line: print(line.split()[1], file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, str(path), str(path.with_suffix(".yaml"))]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    return int(answer.stderr.strip().split("\n")[-1]) * 1024


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    whole = given.file.read_text("utf-8", "replace") if given.file else ""
    texts = [first(whole, count) if whole else library(count) for count in SIZES]
    ours, theirs = [9e9] * len(texts), [9e9] * len(texts)
    for _ in range(given.rounds):
        for number, text in enumerate(texts):
            theirs[number] = min(theirs[number], seconds(partial(entrypoint.parse_string, text)))
            ours[number] = min(ours[number], seconds(partial(imported, text.encode())))
    print("import, against bibtexparser's own time")
    for text, mine, other in zip(texts, ours, theirs, strict=True):
        row(f"{len(_ENTRY.findall(text)):,} entries, {len(text) / 1e6:.1f} MB", mine, other, TIMES_BIBTEXPARSER)
    print("import, against half as many entries")
    for number in range(1, len(texts)):
        row(f"{len(_ENTRY.findall(texts[number])):,} entries", ours[number], ours[number - 1], LINEAR)
    with tempfile.TemporaryDirectory() as folder:
        peaks: list[int] = []
        for number, text in enumerate(["@misc{a, title = {A}}", *texts]):
            path = Path(folder, f"{number}.bib")
            path.write_text(text)
            peaks.append(memory(path) - (peaks[0] if peaks else 0))
    print("memory of an import above the shortest one, against the size of the file")
    for text, peak in zip(texts, peaks[1:], strict=True):
        print(f"  {len(text) / 1e6:6.1f} MB file  {peak / 1e6:8.1f} MB  {peak / len(text):6.1f} ×")


if __name__ == "__main__":
    main()
