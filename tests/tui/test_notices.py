"""One event makes one notice, and no notice covers the keys of a dialog."""

from __future__ import annotations

import pytest

from mum_tui.tui.dialogs.frame import Modal
from tests.examples import some
from tests.tui.conftest import Start

DIALOGS = ("O", "C", "n", "question_mark", "e", "number_sign", "ctrl+p", "equals_sign")


@pytest.mark.parametrize("size", some([(40, 12), (60, 20), (80, 24), (120, 36), (200, 60)], 5))
async def test_no_notice_covers_the_keys_of_a_dialog(start: Start, size: tuple[int, int]) -> None:
    async with start(size=size) as browser:
        for key in DIALOGS:
            await browser.press(*(["space", "space"] if key == "equals_sign" else []), key)
            screen = browser.app.screen
            assert isinstance(screen, Modal), key
            y = screen.frame.region.bottom - 1
            before = browser.lines()[y]
            assert "esc" in before, key
            browser.main.say("A long notice that goes on until it needs more than one line of any terminal there is")
            await browser.pilot.pause()
            assert "A long notice" in browser.text(), key
            assert browser.lines()[y] == before, key
            browser.app.clear_notifications()
            await browser.press("escape")
            assert browser.app.screen is browser.main, key


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
async def test_no_notice_covers_the_last_line(start: Start, size: tuple[int, int]) -> None:
    async with start(size=size) as browser:
        before = browser.lines()[-1]
        browser.main.say("A notice")
        await browser.pilot.pause()
        assert "A notice" in browser.text()
        assert browser.lines()[-1] == before
        await browser.press("a")
        assert "esc closes" in browser.lines()[-1]


async def test_all_that_is_wrong_at_the_start_is_one_notice(start: Start) -> None:
    async with start() as browser:
        browser.app.notices += ["one", "two", "three"]
        browser.app._after_first_frame()  # noqa: SLF001 - what a start does
        await browser.pilot.pause()
        assert [notice.message for notice in browser.notifications()] == ["one\ntwo\nthree"]


async def test_opening_several_links_is_one_notice(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    async with start() as browser:
        opened: list[str] = []
        monkeypatch.setattr(browser.app, "open_url", opened.append)
        monkeypatch.setattr(type(browser.app), "is_web", True)
        await browser.press("space", "space", "space", "o")
        await browser.settle()
        assert len(opened) == 3
        assert browser.notices() == "Opening 3 links"


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
async def test_a_dialog_is_not_covered_by_what_was_said_before(start: Start, size: tuple[int, int]) -> None:
    async with start(size=size) as browser:
        await browser.press("b")
        assert "Bookmark of MedGemma 1.5" in browser.text()
        await browser.press("R")
        assert "★★★★★" in browser.text()
        assert not browser.notifications()
        await browser.press("4")
        await browser.settle()
        assert "Rating 4 of MedGemma 1.5" in browser.text()


async def test_a_warning_stays_while_dialogs_are_opened(start: Start) -> None:
    async with start() as browser:
        browser.main.say("Not saved: the disk is full. Kept in memory; retrying.", warning=True)
        await browser.pilot.pause()
        await browser.press("R")
        assert "the disk is full" in browser.text()
