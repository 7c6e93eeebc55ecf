"""``python -m benchmarks.engine``: the search engine against a one-line comprehension, in one run.

    found = [row for row, text in enumerate(texts) if all(word in text for word in words)]

Both answer the same typing sessions, letters, corrections and all; their answers must be equal. For the engine a
key costs everything the screen needs: rows of the first page, the count, and the counts of all facets.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from mum_tui.catalog import compiled_form
from mum_tui.catalog.encoded import newest_first
from mum_tui.catalog.model import Loaded
from mum_tui.search import build, texts
from mum_tui.search.index import Index
from mum_tui.search.view import View
from mum_tui.storage.container import Container, pack
from support import catalogs

TYPED = (
    "segmentation liver",
    "zhou clip 2023",
    "rodriguez",
    "universal model prompt",
    "few-shot ct",
    "sam medical image",
    "miccai 2022 transformer",
    "in the of",
    "pancreas",
    "contrastive",
)
PAGE = 40


class Figures(NamedTuple):
    """Seconds per key."""

    median: float
    late: float
    worst: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Figures:
        """The figures of many keys."""
        ordered = sorted(seconds)
        return cls(statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))], ordered[-1])


def session(text: str, chance: random.Random) -> Iterator[str]:
    """What stands in the box after each key: typed with a slip now and then, which is taken back, then erased."""
    typed = ""
    for letter in text:
        if chance.random() < 0.08:
            wrong = chance.choice("aeioun")
            yield typed + wrong
            yield typed
        typed += letter
        yield typed
    for end in range(len(text) - 1, -1, -3):
        yield text[:end]


def trace(seed: int = 1) -> list[str]:
    """All sessions one after the other."""
    chance = random.Random(seed)
    return [text for words in TYPED for text in session(words, chance)]


def answer(index: Index, text: str) -> int:
    """One key: the answer, its first page, its count and every facet's."""
    results = index.run(View(query=text))
    _ = results.rows[:PAGE]
    for conditions in index.facets.values():
        for condition in conditions[:20]:
            _ = results.counts[condition]
    for scope in index.scopes:
        _ = results.counts[scope]
    return len(results.rows)


def one_line(haystacks: Sequence[str], words: Sequence[str]) -> list[int]:
    """What the engine is measured against."""
    return [row for row, text in enumerate(haystacks) if all(word in text for word in words)]


def measured(count: int) -> None:
    """Measure a catalog of so many entries, and print one block of the table."""
    begin = time.perf_counter()
    entries = newest_first(list(catalogs.entries(count)))
    catalog = replace(catalogs.catalog(0), entries=entries)
    made = time.perf_counter()
    sections = {**compiled_form.sections(Loaded(catalog)), **build.sections(catalog)}
    built = time.perf_counter()
    octets = b"".join(pack(sections, ""))
    print(
        f"{count:,} entries: made in {made - begin:.1f} s, compiled in {built - made:.1f} s, {len(octets) / 1e6:.0f} MB"
    )
    container = Container(octets, "")
    haystacks = ["\n".join(texts.texts(entry, texts.synonyms(catalog))) for entry in entries]
    index = Index(catalog, container)
    index.warm_up()
    gc.collect()
    gc.freeze()
    ours, theirs = [], []
    keys: dict[str, float] = {}
    for text in trace():
        words = text.split()
        begin = time.perf_counter()
        found = answer(index, text)
        ours.append(time.perf_counter() - begin)
        keys[text] = ours[-1]
        begin = time.perf_counter()
        naive = one_line(haystacks, words)
        theirs.append(time.perf_counter() - begin)
        if found < len(naive):  # the engine also finds a word that is hyphened otherwise
            raise SystemExit(f"{text!r}: {found} against {len(naive)}")
    mine, line = Figures.of(ours), Figures.of(theirs)
    for name, figures in (("engine", mine), ("one-line comprehension", line)):
        print(
            f"  {name:<26} p50 {figures.median * 1e3:8.2f} ms   p95 {figures.late * 1e3:8.2f} ms"
            f"   worst {figures.worst * 1e3:8.2f} ms"
        )
    print(f"  {'ratio':<26} p50 {mine.median / line.median:8.2f} ×    p95 {mine.late / line.late:8.2f} ×")
    slowest = sorted(keys, key=keys.__getitem__, reverse=True)[:8]
    print("  slowest:", ", ".join(f"{text!r} {keys[text] * 1e3:.1f}" for text in slowest))
    gc.unfreeze()


def main() -> None:
    """Measure the sizes asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engine", description=__doc__)
    sizes = [300, 10_000, 100_000]
    parser.add_argument("counts", nargs="*", type=int, default=sizes, help="entries (default: 300 10000 100000)")
    for count in parser.parse_args().counts:
        measured(count)


if __name__ == "__main__":
    main()
