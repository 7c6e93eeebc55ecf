"""That keys act on the entry, and as the command, that was meant."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from textual.events import Key, Paste

from mum_tui.storage import output
from mum_tui.tui.dialogs.save_as import QUICK_SECONDS
from mum_tui.tui.terminal.key_queue import MOMENT
from mum_tui.tui.widgets.table_headings import BEST_MATCH
from tests.examples import some
from tests.tui.conftest import Browser, Start


def header(browser: Browser) -> str:
    """The headings of the table."""
    table = browser.main.table
    return table.render_lines(table.size.region)[0].text


# -- the cursor while one types


async def test_the_cursor_is_on_the_best_match_wherever_it_was(start: Start) -> None:
    async with start() as browser:
        await browser.press(*["j"] * 6, "slash")
        await browser.type("vista3d")
        assert browser.current == browser.ids()[0]
        await browser.press("enter")
        assert browser.main.table.has_focus
        assert browser.current == browser.ids()[0]
        assert "vista3d" in browser.current
        await browser.press("escape")
        assert not browser.main.view.query
        assert "vista3d" in browser.current


async def test_the_cursor_stays_where_the_user_moved_it_while_typing(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash")
        await browser.type("segmentation mode")
        await browser.press("escape", "down", "down", "down")
        moved_to = browser.current
        await browser.type("l")
        assert browser.current == moved_to
        await browser.press("enter")
        assert browser.current == moved_to
        # Entering the box again, it follows the best match again.
        await browser.press("slash")
        await browser.type("s")
        assert browser.current == browser.ids()[0]


async def test_where_the_entry_one_moved_to_is_gone_the_cursor_is_on_the_best_match(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash", *"sam", "down", "down")
        moved_to = browser.current
        await browser.press(*"-med3d")
        assert moved_to not in browser.ids()
        assert browser.current == browser.ids()[0]
        await browser.press("backspace", "enter")
        assert browser.current == browser.ids()[0]


async def test_an_emptied_box_brings_back_the_entry_one_came_from(start: Start) -> None:
    async with start() as browser:
        await browser.press(*["j"] * 6)
        came_from = browser.current
        await browser.press("slash")
        await browser.type("vista3d")
        assert browser.current != came_from
        await browser.press("ctrl+u")
        assert browser.current == came_from


async def test_a_command_right_behind_a_typed_query_acts_on_its_best_match(start: Start) -> None:
    async with start() as browser:
        await browser.press(*["j"] * 6)
        for key, character in [("slash", "/"), *[(char, char) for char in "vista3d"], ("enter", "\r"), ("b", "b")]:
            browser.app.post_message(Key(key, character))
        await browser.pilot.pause()
        assert [id_ for id_ in browser.main.services.library.annotations if "vista3d" in id_]
        assert len(browser.main.services.library.annotations) == 1


# -- the order


async def test_the_best_match_is_in_the_cycle_of_orders_and_named(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash")
        await browser.type("vista")
        await browser.press("enter")
        best = browser.ids()
        assert BEST_MATCH in header(browser)
        seen = []
        for _ in range(7):
            await browser.press("s")
            seen.append(browser.main.results.sort.column)
        assert seen == ["year", "title", "name", "authors", "venue", "bookmark", "relevance"]
        assert browser.ids() == best
        assert BEST_MATCH in header(browser)


async def test_the_best_match_comes_back_with_other_words(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash")
        await browser.type("vista")
        await browser.press("enter", "s", "s", "slash")
        assert browser.main.results.sort.column == "title"
        assert BEST_MATCH not in header(browser)
        await browser.press("escape")
        browser.main.query_input.value = "vista year:>2000"  # as choosing a year in the sections does
        assert browser.main.results.sort.column == "title", "a condition leaves the order"
        await browser.press("slash")
        await browser.press("ctrl+u")
        await browser.type("sam")
        assert browser.main.results.sort.column == "relevance"
        await browser.press("ctrl+u")
        assert browser.main.results.sort.column == "title", "without words it is the order chosen before"


async def test_the_best_match_is_not_reversed(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash")
        await browser.type("vista")
        await browser.press("enter", "S")
        assert browser.main.results.sort.column == "relevance"
        assert "best match" in browser.notices()


# -- typed words are no commands


@pytest.mark.parametrize("typed", some(["", "zzzzqq", '"zz']))
@pytest.mark.parametrize("tab", ["tab", "shift+tab"])
async def test_tab_with_nothing_to_complete_stays_and_says_so(start: Start, typed: str, tab: str) -> None:
    async with start() as browser:
        await browser.press("b", "slash")
        await browser.type(typed)
        await browser.press(tab)
        assert "Nothing to complete here; enter goes to the entries" in browser.lines()[-1]
        await browser.type("ub")
        assert "Nothing to complete" not in browser.lines()[-1]
        assert browser.main.query_input.has_focus
        assert browser.main.query_input.value == typed + "ub"
        assert len(browser.main.services.library.annotations) == 1


async def test_keys_with_alt_neither_type_nor_act(start: Start) -> None:
    async with start() as browser:
        await browser.press("b", "alt+u", "alt+b", "alt+r", "slash", "alt+a", "alt+x")
        assert browser.main.query_input.value == ""
        assert len(browser.main.services.library.annotations) == 1


async def test_words_are_no_commands_when_a_dialog_comes_unasked(start: Start) -> None:
    """A browser that fails after a while shows the address in a dialog; meanwhile one types."""
    async with start() as browser:
        await browser.press("slash")
        await browser.type("vis")
        browser.app.call_later(browser.main.desktop.show_late, "https://example.org", "it failed")
        for key in "qbu":  # on their way when the dialog comes
            browser.app.post_message(Key(key, key))
        await browser.pilot.pause()
        assert len(browser.app.screen_stack) == 2
        await browser.type("q2bu")
        assert len(browser.app.screen_stack) == 2
        await browser.press("escape")
        await browser.type("t")  # typed on in one go
        assert browser.main.query_input.value == "vis"
        assert not browser.main.services.library.annotations
        await asyncio.sleep(MOMENT)
        await browser.type("ta")
        assert browser.main.query_input.value == "vista"


async def test_words_are_no_commands_when_a_slow_file_closes_its_dialog(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "write", lambda path, text: time.sleep(QUICK_SECONDS + 0.2))
    async with start() as browser:
        await browser.press("e", "enter", "enter")
        await browser.type("x")
        while len(browser.app.screen_stack) > 1:
            await browser.pilot.pause(0.02)
        await browser.type("bur")
        assert not browser.main.services.library.annotations
        await asyncio.sleep(MOMENT)
        await browser.press("b")
        assert browser.main.services.library.annotations


async def test_a_pane_that_a_smaller_window_hides_gives_the_focus_to_the_entries(start: Start) -> None:
    async with start(size=(120, 36)) as browser:
        browser.main.set_focus(browser.main.sections)  # as a click does
        await browser.pilot.pause()
        await browser.pilot.resize_terminal(80, 24)
        await browser.pilot.pause()
        await browser.type("ub")
        assert browser.main.table.has_focus
        assert browser.main.query_input.value == ""
        assert not browser.main.services.library.annotations
        await asyncio.sleep(MOMENT)
        await browser.press("b")
        assert browser.main.services.library.annotations


async def test_a_pasted_text_is_no_command(start: Start) -> None:
    async with start() as browser:
        browser.app.post_message(Paste("b\nu\nr"))
        await browser.pilot.pause()
        assert not browser.main.services.library.annotations
        await browser.press("slash")
        browser.app.post_message(Paste("vista\n  3d\n"))
        await browser.pilot.pause()
        assert browser.main.query_input.value == "vista 3d"
