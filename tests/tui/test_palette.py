"""The palette finds commands, searches and entries by their names, and what was used most comes first."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from textual.events import Key

from mum_tui.state import session
from mum_tui.tui.app import MumApp
from mum_tui.tui.dialogs.frame import Modal
from mum_tui.tui.dialogs.palette import COMMANDS, ENTRIES, MOST_USED, SEARCHES, CommandPalette
from mum_tui.tui.screen.main import MainScreen
from tests.examples import some
from tests.tui.conftest import Browser, Start


def palette(browser: Browser) -> CommandPalette:
    assert isinstance(browser.app.screen, CommandPalette)
    return browser.app.screen


def current(browser: Browser) -> str:
    option = palette(browser).list.current
    assert option
    return option.title


async def test_a_command_is_run_by_its_name_and_its_key_is_shown(start: Start) -> None:
    async with start() as browser:
        await browser.press("ctrl+p")
        await browser.type("half a page")
        assert " Half a page down  ctrl+d " in browser.text()
        await browser.press("escape", "ctrl+p")
        await browser.type("sort by")
        before = browser.main.view.sort
        await browser.press("enter")
        assert isinstance(browser.app.screen, MainScreen)
        assert browser.main.view.sort != before


async def test_an_entry_is_found_and_gone_to_and_one_comes_back(start: Start) -> None:
    async with start() as browser:
        await browser.press("j", "j")
        before = browser.current
        await browser.press("ctrl+p")
        await browser.type("uniseg")
        text = browser.text()
        assert ENTRIES in text
        assert "UniSeg: " in text
        await browser.press("enter")
        assert browser.current == "ye2023uniseg"
        assert browser.main.view.query == ""
        await browser.press("backspace")
        assert browser.current == before


async def test_saved_searches_and_recent_queries_are_found_by_name_and_by_words(start: Start, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text('[searches]\nlivers = "liver"\n')
    async with start() as browser:
        await browser.press("slash")
        await browser.type("kind:dataset")
        await browser.press("enter", "ctrl+p")
        await browser.type("livers")
        assert SEARCHES in browser.text()
        await browser.press("enter")
        assert browser.main.view.query == "liver"
        await browser.press("ctrl+p")
        await browser.type("kind:d")
        assert current(browser) == "kind:dataset"
        await browser.press("enter")
        assert browser.main.view.query == "kind:dataset"


async def test_what_was_used_most_comes_first_also_after_a_new_start(start: Start) -> None:
    async with start() as browser:
        await browser.press("ctrl+p")
        assert current(browser) == "Help"
        assert MOST_USED not in browser.text()
        for times, name in ((1, "sort by"), (2, "clear the sel")):
            for _ in range(times):
                await browser.press("escape", "ctrl+p")
                await browser.type(name)
                await browser.press("enter")
    async with start() as browser:
        await browser.press("ctrl+p")
        assert current(browser) == "Clear the selection"
        lines = [
            line for line in browser.lines() if MOST_USED in line or COMMANDS in line or "Sort by the next" in line
        ]
        assert MOST_USED in lines[0]
        assert "Sort by the next" in lines[1]
        assert COMMANDS in lines[2]
        # Among those that fit equally well, too.
        await browser.type("s")
        assert current(browser) == "Sort by the next column"


async def test_its_own_key_closes_it(start: Start) -> None:
    async with start() as browser:
        await browser.press("ctrl+p")
        palette(browser)
        await browser.press("ctrl+p")
        assert isinstance(browser.app.screen, MainScreen)


async def test_what_the_session_says_of_it_can_be_anything(start: Start, home: Path) -> None:
    state = home / "session.json"
    home.mkdir()
    state.write_text('{"used": {"action/nosuch": 9, "x": 3, "theme": 2}}')
    assert session.load(state).used == {"action/nosuch": 9, "x": 3, "theme": 2}
    state.write_text('{"used": {"theme": "often"}}')
    assert session.load(state).used == {}
    async with start() as browser:
        await browser.press("ctrl+p")
        assert current(browser) == "Help"


@pytest.mark.parametrize("words", some(["q", "q!", "wq", "x", "qa", "quit", "exit"]))
async def test_the_ways_out_of_other_programs_lead_out(start: Start, words: str) -> None:
    async with start() as browser:
        await browser.press("colon")
        await browser.type(words.replace("!", ""))
        if "!" in words:
            await browser.press("exclamation_mark")
        await browser.press("enter")
        assert browser.app._exit  # noqa: SLF001 - Textual tells it no other way


async def test_writing_is_said_to_be_done_and_a_number_is_a_line(start: Start) -> None:
    async with start() as browser:
        await browser.press("colon", "w", "enter")
        assert browser.notices() == "Changes are saved at once; to write a file, export."
        await browser.press("colon", "1", "2", "enter")
        assert browser.main.table.position == 11
        await browser.press("colon", "h", "enter")
        assert "Keys: the entries" in browser.text()


async def test_keys_in_their_queue_count_as_waiting(start: Start) -> None:
    """The driver reads no more of the terminal while many wait."""
    async with start() as browser:
        await browser.press("ctrl+p")
        for _ in range(300):
            browser.app.post_message(Key("a", "a"))
        while len(browser.app.key_queue) < 200:
            await asyncio.sleep(0)
        assert browser.app.message_queue_size >= 200


async def test_no_key_waits_for_a_timer_that_may_be_lost(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual's timer never calls where the process was held up just as it started."""
    monkeypatch.setattr(MumApp, "set_timer", lambda *_: None)
    async with start() as browser:
        await browser.press("ctrl+p")
        for _ in range(60):
            browser.app.post_message(Key("a", "a"))
        deadline = time.monotonic() + 20
        while len(palette(browser).box.value) < 60 and time.monotonic() < deadline:
            await asyncio.sleep(0.01)
        assert palette(browser).box.value == "a" * 60


async def test_keys_for_a_dialog_that_closes_before_it_is_ready_reach_what_is_below(start: Start) -> None:
    async with start() as browser:
        dialog: Modal[None] = Modal("Without anything to focus", "esc closes")
        await browser.app.push_screen(dialog)
        for _ in range(2):
            browser.app.post_message(Key("j", "j"))
        await browser.pilot.pause()
        assert browser.main.table.cursor == 0
        dialog.dismiss(None)
        deadline = time.monotonic() + 10
        while browser.main.table.cursor < 2 and time.monotonic() < deadline:
            await asyncio.sleep(0.01)
        assert browser.main.table.cursor == 2


async def test_keys_that_still_wait_at_the_end_harm_nothing(start: Start) -> None:
    async with start() as browser:
        await browser.press("ctrl+p")
        for _ in range(50):
            browser.app.post_message(Key("a", "a"))
        browser.app.exit()
    await browser.app.key_queue.dispatch()
    assert len(browser.app.key_queue)
