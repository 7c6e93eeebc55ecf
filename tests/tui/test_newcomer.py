"""A newcomer's task, from the start to the file, with its keys counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.examples import some
from tests.tui.conftest import Browser, Start

MOST = 25
"""Keys the whole task may take."""


class Counting:
    """Presses keys and counts them."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.count = 0

    async def press(self, *keys: str) -> None:
        await self.browser.press(*keys)
        self.count += len(keys)

    async def type(self, text: str) -> None:
        await self.browser.type(text)
        self.count += len(text)


def is_wanted(browser: Browser, identifier: str) -> bool:
    """Whether an entry is about CT and segmentation, of 2024 or later, with a link to code and one to weights."""
    entry = browser.main.services.entry(identifier)
    rels = {link.rel for link in entry.links}
    tasks = " ".join(entry.tasks)
    return (
        "CT" in entry.modalities
        and "segmentation" in tasks
        and (entry.year or 0) >= 2024
        and {"code", "weights"} <= rels
    )


@pytest.mark.parametrize("size", some([(60, 20), (80, 24), (120, 36)]))
async def test_from_the_start_to_three_models_compared_bookmarked_and_exported(
    start: Start, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with start(size=size) as browser:
        keys = Counting(browser)
        await keys.press("slash")
        await keys.type("ct")
        await keys.press("tab")
        await keys.type("seg op")
        await keys.press("tab")
        await keys.type("2024+")
        await keys.press("enter")
        ids = browser.ids()
        assert len(ids) > 10
        assert all(is_wanted(browser, identifier) for identifier in ids[:3])
        await keys.press("space", "space", "space", "equals_sign")
        assert "Comparing 3 entries" in browser.text()
        assert "Shared" in browser.text()
        await keys.press("b")
        await browser.settle()
        assert sorted(browser.main.services.library.annotations) == sorted(ids[:3])
        assert "Bookmark on 3 entries" in browser.notices()
        await browser.press("u")
        await browser.settle()
        assert not any(each.bookmarked for each in browser.main.services.library.annotations.values())
        await browser.press("b")
        await keys.press("e", "enter", "enter")
        await browser.settle()
        assert (tmp_path / "mum-tui.bib").read_text().count("\n@") + 1 == 3
        assert "Wrote 3 entries" in browser.notices()
        assert keys.count <= MOST


async def test_the_same_with_fields_chosen_in_the_sections(start: Start) -> None:
    """Nothing but the lines of the sections need be known: each facet is chosen where it stands."""
    async with start(size=(120, 50)) as browser:
        for heading, value in (("Has", "code and weights"), ("Modality", "CT"), ("Task", "segmentation")):
            await choose(browser, heading)
            await choose(browser, value)
        query = browser.main.view.query
        assert query == "has:open modality:CT task:segmentation"
        assert all(
            {"code", "weights"} <= {link.rel for link in browser.main.services.entry(identifier).links}
            for identifier in browser.ids()
        )


async def choose(browser: Browser, title: str) -> None:
    """Go to the line with this title in the sections, and press enter."""
    sections = browser.main.sections
    sections.focus()
    await browser.press("g")
    for _ in range(200):
        if sections.current.title == title:
            break
        await browser.press("j")
    assert sections.current.title == title
    await browser.press("enter")
