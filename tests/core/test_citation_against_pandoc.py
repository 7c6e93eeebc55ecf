"""Random works and the catalog beside pandoc, style by style (``make test-pandoc``, which installs pandoc)."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence

import pytest

from mum_tui.citation import csl_item, formats
from mum_tui.citation.choices import Version
from mum_tui.citation.csl_item import CslItem
from mum_tui.citation.items import read
from tests import pandoc
from tests.core.test_citation_styles import ENTRIES, EXPECTED, ITEMS, STYLED
from tests.pandoc_faults import FAULTS, undone
from tests.random_items import Works

pytestmark = pytest.mark.pandoc

COUNT = 100
SEEDS = (1, 2, 3)
BAR = 0.97


class Compared:
    """Works cited by both: how many are pandoc's, how many are with its faults undone, and which are not even then."""

    def __init__(self, works: Sequence[CslItem]) -> None:
        items, problems = read(json.dumps(works).encode(), "works.json")
        assert problems == []
        self.total = len(works) * len(STYLED)
        self.equal = self.right = 0
        self.faults: Counter[str] = Counter()
        self.differing: list[str] = []
        for name in STYLED:
            for item, theirs in zip(items, pandoc.written(works, formats.BY_ID[name]), strict=True):
                self._compare(name, item, theirs)

    def _compare(self, name: str, item: CslItem, theirs: str) -> None:
        ours = " ".join(formats.render_items([item], name).split())
        text, found = undone(theirs, item, name)
        # What undoes a fault must not touch a text that has none.
        assert ours != theirs or found == [], (name, found, theirs)
        self.faults.update(found)
        self.equal += ours == theirs
        self.right += ours == text
        if ours != text:
            self.differing.append(f"{name} {item['id']}\n  ours   {ours}\n  pandoc {text}")

    def __str__(self) -> str:
        lines = [f"{self.equal / self.total:.1%} are pandoc's, {self.right / self.total:.1%} with its faults undone"]
        lines += [f"  {count:4} x {fault}" for fault, count in self.faults.most_common()]
        return "\n".join(lines)


@pytest.mark.parametrize("seed", [*SEEDS, random.SystemRandom().randrange(10**6)])
def test_random_works_are_cited_as_pandoc_cites_them(seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    compared = Compared(Works(seed).some(COUNT))
    with capsys.disabled():
        print(f"\nseed {seed}: {compared}")
    assert compared.right / compared.total >= BAR, "\n".join(compared.differing)
    if seed in SEEDS:
        assert compared.differing == []


@pytest.mark.parametrize("prefer", list(Version))
def test_the_catalog_is_cited_as_pandoc_cites_it(prefer: Version, capsys: pytest.CaptureFixture[str]) -> None:
    works = [csl_item.item(entry, prefer) for entry in ENTRIES if entry.authors_complete]
    compared = Compared([{key: value for key, value in work.items() if key != "custom"} for work in works])
    with capsys.disabled():
        print(f"\n{len(works)} entries, {prefer}: {compared}")
    assert compared.differing == []


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
