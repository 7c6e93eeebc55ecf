"""Random works beside pandoc, style by style (``make test-pandoc``, which installs pandoc)."""

from __future__ import annotations

import json
import random
from collections import Counter

import pytest

from mum_tui.citation import formats
from mum_tui.citation.items import read
from tests import pandoc
from tests.core.test_styles import EXPECTED, ITEMS, STYLED
from tests.pandoc_faults import FAULTS, undone
from tests.random_items import Works

pytestmark = pytest.mark.pandoc

COUNT = 100
SEEDS = (1, 2, 3)
BAR = 0.97


@pytest.mark.parametrize("seed", [*SEEDS, random.SystemRandom().randrange(10**6)])
def test_random_works_are_cited_as_pandoc_cites_them(seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    works = Works(seed).some(COUNT)
    items, problems = read(json.dumps(works).encode(), "random.json")
    assert problems == []
    equal = right = 0
    faults: Counter[str] = Counter()
    differing = []
    for name in STYLED:
        for item, theirs in zip(items, pandoc.written(works, formats.BY_ID[name]), strict=True):
            ours = " ".join(formats.render_items([item], name).split())
            text, found = undone(theirs, item, name)
            # What undoes a fault must not touch a text that has none.
            assert ours != theirs or found == [], (name, found, theirs)
            faults.update(found)
            equal += ours == theirs
            right += ours == text
            if ours != text:
                differing.append(f"{name} {item['id']}\n  ours   {ours}\n  pandoc {text}")
    total = COUNT * len(STYLED)
    with capsys.disabled():
        print(f"\nseed {seed}: {equal / total:.1%} are pandoc's, {right / total:.1%} with its faults undone")
        print("".join(f"  {count:4} x {fault}\n" for fault, count in faults.most_common()), end="")
    assert right / total >= BAR, "\n".join(differing)
    if seed in SEEDS:
        assert right == total, "\n".join(differing)


def test_pandoc_still_has_each_fault() -> None:
    """A rule that is needed no more must go."""
    items = [*Works(1).some(COUNT), *Works(2).some(COUNT), *Works(3).some(COUNT)]
    found: set[str] = set()
    for name in STYLED:
        for item, theirs in zip(items, pandoc.written(items, formats.BY_ID[name]), strict=True):
            found.update(undone(theirs, item, name)[1])
    assert found == {fault.name for fault in FAULTS}


def test_the_goldens_are_what_pandoc_writes() -> None:
    for name in STYLED:
        lines = pandoc.written(ITEMS, formats.BY_ID[name])
        assert {item["id"]: line for item, line in zip(ITEMS, lines, strict=True)} == EXPECTED[name]
