"""Selecting several entries, and that no act works on entries out of sight without asking."""

from __future__ import annotations

import pytest
from textual.events import Key

from mum_tui.tui.dialogs.lists import ListDialog
from tests.examples import some
from tests.tui.conftest import Browser, Start


def selected(browser: Browser) -> list[str]:
    return list(browser.main.selection)


def annotated(browser: Browser) -> list[str]:
    return list(browser.main.services.library.annotations)


async def select_three_and_hide_them(browser: Browser) -> list[str]:
    await browser.press("space", "space", "space")
    three = selected(browser)
    browser.main.query_input.value = "title:vista3d"
    await browser.pilot.pause()
    assert not set(three) & set(browser.ids())
    return three


# -- selected but hidden


async def test_selected_entries_that_are_hidden_are_counted_and_stand_out(start: Start) -> None:
    async with start() as browser:
        await browser.press("space", "space", "space")
        assert "3 selected · " in browser.lines()[0]
        browser.main.query_input.value = "title:vista3d"
        await browser.pilot.pause()
        assert "3 selected, 3 hidden · " in browser.lines()[0]
        accents = [text for text, style, _ in browser.main.tally.render_line(0) if "selected" in text]
        assert accents == ["3 selected, 3 hidden"]


@pytest.mark.parametrize("key", some(["b", "r", "R", "n", "number_sign", "c", "C", "y", "o", "e"]))
async def test_every_act_asks_before_it_works_on_what_is_not_shown(start: Start, key: str) -> None:
    async with start() as browser:
        await select_three_and_hide_them(browser)
        await browser.press(key)
        assert isinstance(browser.app.screen, ListDialog)
        assert "3 selected, none shown" in browser.text()
        await browser.press("escape")
        assert len(browser.app.screen_stack) == 1
        assert not annotated(browser)
        assert not browser.notices()


@pytest.mark.parametrize("key", some(["n", "b", "e"]))
async def test_a_selection_that_is_cleared_before_the_answer_acts_harms_nothing(start: Start, key: str) -> None:
    async with start() as browser:
        await select_three_and_hide_them(browser)
        await browser.press(key)
        assert isinstance(browser.app.screen, ListDialog)
        browser.main.selection.clear()
        await browser.press("enter")
        await browser.pilot.pause()
        assert browser.app.is_running


async def test_the_answer_says_which_entries_are_meant(start: Start) -> None:
    async with start() as browser:
        three = await select_three_and_hide_them(browser)
        current = browser.current
        await browser.press("b", "2")
        assert annotated(browser) == [current]
        await browser.press("u", "b", "1")
        assert annotated(browser) == three
        assert "Bookmark on 3 entries · u undoes it" in browser.notices()
        await browser.press("u", "b", "3")
        assert sorted(browser.ids()) == sorted(three)
        assert not annotated(browser)


async def test_an_entry_that_is_read_alone_hides_the_others(start: Start) -> None:
    async with start() as browser:
        await browser.press("space", "space", "enter")
        assert browser.current not in selected(browser)
        await browser.press("b")
        assert "2 selected, none shown" in browser.text()


async def test_nothing_is_asked_where_one_of_them_is_shown(start: Start) -> None:
    async with start() as browser:
        three = await select_three_and_hide_them(browser)
        await browser.press("space", "b")
        assert len(annotated(browser)) == 4
        assert set(three) < set(annotated(browser))
        assert "Bookmark on 4 entries" in browser.notices()


@pytest.mark.parametrize(
    ("key", "words"),
    some(
        [
            ("R", "Rate 3 entries"),
            ("n", "3 entries"),
            ("number_sign", "Tags · 3 entries"),
            ("C", "Citation format of 3 entries"),
            ("e", "Export 3 entries"),
            ("c", "of 3 entries"),
            ("y", "3 links"),
            ("o", "3 links"),
            ("r", "on 3 entries"),
        ]
    ),
)
async def test_every_act_on_several_says_how_many(start: Start, key: str, words: str) -> None:
    async with start(environ={"DISPLAY": ":0", "BROWSER": "true"}) as browser:
        await browser.press("space", "space", "space", key)
        await browser.settle()
        assert words in browser.text() + browser.notices()


async def test_the_selected_only(start: Start) -> None:
    async with start() as browser:
        await browser.press("semicolon")
        assert "Nothing is selected" in browser.notices()
        three = await select_three_and_hide_them(browser)
        came_from = browser.current
        await browser.press("semicolon", "j")
        assert sorted(browser.ids()) == sorted(three)
        assert "✓ Selected" in browser.text()
        assert browser.main.query_input.value == ""
        await browser.press("space")
        assert len(browser.ids()) == 2
        await browser.press("semicolon")
        assert browser.main.query_input.value == "title:vista3d"
        assert browser.main.view.scope == ""
        assert browser.current == came_from
        await browser.press("semicolon", "U")
        assert "Nothing is selected" in browser.text()
        await browser.press("escape")
        assert "✓ Selected" not in browser.text()


@pytest.mark.parametrize("size", [(40, 12), (60, 20)])
async def test_in_a_narrow_window_there_is_room_for_the_query(start: Start, size: tuple[int, int]) -> None:
    async with start(size=size) as browser:
        await browser.press("space", "space", "slash")
        await browser.type("vista3d")
        assert "vista3d" in browser.lines()[0]
        assert "2 selected, 2 hidden" in browser.lines()[0]


# -- ranges


async def test_a_range_follows_the_cursor(start: Start) -> None:
    async with start() as browser:
        ids = browser.ids()
        await browser.press("j", "j", "V", "j", "j")
        assert selected(browser) == ids[2:5]
        assert "range: 3 selected" in browser.lines()[0]
        await browser.press("k", "k", "k")
        assert selected(browser) == ids[1:3]
        await browser.press("V", "j")
        assert selected(browser) == ids[1:3]
        await browser.press("G", "V", "k", "escape", "k")
        assert sorted(selected(browser)) == sorted([*ids[1:3], *ids[-2:]])
        assert "range" not in browser.lines()[0]


async def test_an_act_ends_the_range(start: Start) -> None:
    async with start() as browser:
        ids = browser.ids()
        await browser.press("V", "j", "b", "j")
        assert selected(browser) == ids[:2]
        assert annotated(browser) == ids[:2]


@pytest.mark.parametrize("keys", [("s",), ("slash", "s", "enter"), ("t", "shift+tab", "j", "enter")])
async def test_another_view_ends_the_range(start: Start, keys: tuple[str, ...]) -> None:
    async with start() as browser:
        await browser.press("V", "j")
        two = selected(browser)
        await browser.press(*keys)
        await browser.press("G", "k")
        assert selected(browser) == two
        assert "range" not in browser.lines()[0]


async def test_shift_and_arrows_extend_and_shrink(start: Start) -> None:
    async with start() as browser:
        ids = browser.ids()
        await browser.press("shift+down", "shift+down", "shift+down", "shift+up")
        assert selected(browser) == ids[:3]
        await browser.press("down", "down", "shift+down")
        assert selected(browser) == [*ids[:3], *ids[4:6]]


async def test_shift_click_and_ctrl_click(start: Start) -> None:
    async with start() as browser:
        ids, table = browser.ids(), browser.main.table
        await browser.pilot.click(table, offset=(20, 2))
        await browser.pilot.click(table, offset=(20, 5), shift=True)
        assert selected(browser) == ids[1:5]
        await browser.pilot.click(table, offset=(20, 3), control=True)
        await browser.pilot.click(table, offset=(20, 9), control=True)
        assert selected(browser) == [ids[1], *ids[3:5], ids[8]]
        assert browser.current == ids[8]


# -- nothing is stored without a word


@pytest.mark.parametrize(
    ("keys", "words"),
    some(
        [
            ("b", "Bookmark of"),
            ("bb", "Removal of the bookmark of"),
            ("r", "Status to-read of"),
            ("R4", "Rating 4 of"),
        ]
    ),
)
async def test_what_single_keys_store_is_said_with_the_way_back(start: Start, keys: str, words: str) -> None:
    async with start() as browser:
        for key in keys:
            await browser.press(key)
        assert words in browser.notices()
        assert "u undoes it" in browser.notices()


async def test_undoing_and_redoing_say_the_way_back_too(start: Start) -> None:
    async with start() as browser:
        await browser.press("b", "u")
        assert "Undone: bookmark of" in browser.notices()
        assert "ctrl+r redoes it" in browser.notices()
        await browser.press("ctrl+r")
        assert "Redone: bookmark of" in browser.notices()


async def test_a_tag_and_a_note_are_said_too(start: Start) -> None:
    async with start() as browser:
        await browser.press("number_sign")
        await browser.type("liver")
        await browser.press("enter", "escape")
        assert "Tag liver of" in browser.notices()
        await browser.press("n")
        await browser.type("Good")
        await browser.press("escape")
        assert "Note of" in browser.notices()


async def test_a_colon_takes_the_words_of_a_command(start: Start) -> None:
    """Who comes from vim types ``:bu`` and would bookmark and undo."""
    async with start() as browser:
        for key, character in [("colon", ":"), ("b", "b"), ("u", "u"), ("r", "r")]:
            browser.app.post_message(Key(key, character))
        await browser.pilot.pause()
        assert not annotated(browser)
        assert len(browser.app.screen_stack) == 2
