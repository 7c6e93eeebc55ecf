"""The last line and the panel of keys follow what one is doing."""

from __future__ import annotations

from pathlib import Path

import pytest

from mum_tui.actions import BY_ID
from mum_tui.keymap import make_keymap
from mum_tui.tui.cells import cell_len
from mum_tui.tui.dialogs.compare import CompareScreen
from mum_tui.tui.dialogs.keys import KeysDialog
from mum_tui.tui.dialogs.overview import OverviewScreen
from mum_tui.tui.model.hints import CONTEXT_NAMES, HINTS, Context, keys_by_heading, line
from mum_tui.tui.screen.main import MainScreen
from tests.examples import some
from tests.tui.conftest import Browser, Start


def panel(browser: Browser) -> KeysDialog:
    assert isinstance(browser.app.screen, KeysDialog)
    return browser.app.screen


# -- the last line


async def test_with_a_selection_the_last_line_has_the_keys_for_it(start: Start) -> None:
    async with start(size=(80, 24)) as browser:
        assert "= compare" not in browser.lines()[-1]
        await browser.press("space")
        assert browser.lines()[-1].split("  ")[:4] == [" ? help", "= compare", "e export", "U clear"]
        await browser.press("tab")
        assert "= compare" not in browser.lines()[-1]
        await browser.press("shift+tab", "U")
        assert "= compare" not in browser.lines()[-1]
        assert "enter read" in browser.lines()[-1]


async def test_the_keys_for_a_selection_fit_the_smallest_terminal(start: Start) -> None:
    async with start(size=(40, 12)) as browser:
        await browser.press("space")
        assert browser.lines()[-1] == " ? help  = compare  e export  U clear"


@pytest.mark.parametrize("size", some([(40, 12), (60, 20), (80, 24), (200, 60)]))
async def test_in_the_comparison_the_last_line_has_its_keys_and_no_others(start: Start, size: tuple[int, int]) -> None:
    async with start(size=size) as browser:
        await browser.press("space", "space", "equals_sign")
        last = browser.lines()[-1]
        assert "≠ differs" in last
        assert "esc closes" in last
        assert "quit" not in browser.text()
        assert all(hint in last for hint in ("d only ≠", "? keys", "c copies")) or size[0] < 60


async def test_the_panel_of_keys_says_what_the_glyphs_in_the_table_mean(start: Start) -> None:
    async with start(size=(80, 40)) as browser:
        await browser.press("question_mark", "slash", *"glyph")
        await browser.press(*["backspace"] * 5, *"stars")
        assert any("✦" in line and "Your stars, 1 to 5" in line for line in browser.lines())


async def test_the_keys_of_the_columns_stand_apart_from_their_words(start: Start) -> None:
    async with start(size=(80, 24)) as browser:
        await browser.press("vertical_line", "f1")
        assert any("J K " in line and "Move the column down or up" in line for line in browser.lines())


async def test_below_a_dialog_no_keys_are_named_that_do_not_act(start: Start) -> None:
    async with start(size=(80, 24)) as browser:
        await browser.press("O")
        assert "esc closes" in browser.text()
        assert "filter" not in browser.lines()[-1]
        await browser.press("escape")
        assert "/ filter" in browser.lines()[-1]


@pytest.mark.parametrize("context", list(Context))
def test_a_wide_terminal_is_filled(context: Context) -> None:
    keys = make_keymap({})
    widest = line(keys, context, 1000)
    assert cell_len(widest) > (150 if context in (Context.TABLE, Context.SELECTED) else 40)
    for width in (40, 60, 120, 200):
        shown = line(keys, context, width)
        assert cell_len(shown) <= width
        assert len(shown) > len(widest) * 2 // 3 or cell_len(shown) > width - 22


# -- the panel


@pytest.mark.parametrize(
    ("before", "place"),
    some(
        [
            ([], Context.TABLE),
            (["space"], Context.SELECTED),
            (["shift+tab"], Context.TREE),
            (["tab"], Context.DETAIL),
            (["enter"], Context.READING),
        ]
    ),
)
async def test_the_keys_of_the_place_come_first_and_their_key_closes_them(
    start: Start, before: list[str], place: Context
) -> None:
    async with start() as browser:
        await browser.press(*before, "question_mark")
        assert f"Keys: {CONTEXT_NAMES[place]}" in browser.text()
        lines = [text for text in browser.lines() if "Here: " in text]
        assert len(lines) == 1
        assert f"Here: {CONTEXT_NAMES[place]}" in lines[0]
        await browser.press("question_mark")
        assert isinstance(browser.app.screen, MainScreen)


async def test_while_typing_f1_shows_the_query_language_and_only_keys_that_do_not_type(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash", "f1")
        assert "Keys: the query input" in browser.text()
        assert "In the query input" in browser.lines()[1]
        await browser.press("f1")
        assert browser.app.focused is browser.main.query_input
        rows = [
            action.id for _, actions in keys_by_heading(browser.main.keymap, Context.TYPING) for _, action in actions
        ]
        assert "quit" not in rows
        assert "next-pane" in rows


def test_every_action_is_in_the_panel_of_the_entries_except_what_acts_elsewhere_only() -> None:
    rows = [action.id for _, actions in keys_by_heading(make_keymap({}), Context.TABLE) for _, action in actions]
    assert sorted(rows) == sorted(BY_ID.keys() - {"fold", "unfold", "next-hit", "previous-hit"})
    assert rows[: len(HINTS[Context.TABLE])] == [identifier for identifier, _ in HINTS[Context.TABLE]]


async def test_the_keys_are_searched(start: Start) -> None:
    async with start() as browser:
        await browser.press("question_mark", "slash")
        await browser.type("export")
        text = browser.text()
        assert "Export" in text
        assert "Suspend" not in text
        # What one types into the box runs nothing and closes nothing.
        await browser.type(" q?")
        assert "No match." in browser.text()
        await browser.press("escape")
        assert "Bookmark" in browser.text()
        await browser.press("escape")
        assert isinstance(browser.app.screen, MainScreen)


async def test_enter_keeps_what_was_searched_and_moves_on(start: Start) -> None:
    async with start(size=(80, 24)) as browser:
        await browser.press("question_mark", "slash")
        await browser.type("s")
        await browser.press("enter", "G")
        assert panel(browser).text.top == panel(browser).text.last_top > 0
        await browser.press("question_mark")
        assert isinstance(browser.app.screen, MainScreen)


async def test_a_page_key_shows_the_next_page(start: Start) -> None:
    async with start(size=(80, 24)) as browser:
        await browser.press("question_mark")
        text = panel(browser).text
        last = browser.lines()[-2].strip(" │┃")
        await browser.press("pagedown")
        assert text.top == text.page - 1
        assert browser.lines()[1].strip(" │┃") == last
        await browser.press("space", "pageup", "pageup")
        assert text.top == 0


async def test_dialogs_show_their_keys(start: Start) -> None:
    async with start() as browser:
        await browser.press("space", "space", "equals_sign", "question_mark")
        assert "Copy the table" in browser.text()
        await browser.press("question_mark")
        assert isinstance(browser.app.screen, CompareScreen)
        await browser.press("equals_sign")
        assert isinstance(browser.app.screen, MainScreen)
        await browser.press("a", "question_mark")
        assert "Go to the next chart" in browser.text()
        await browser.press("f1")
        assert isinstance(browser.app.screen, OverviewScreen)
        await browser.press("a")
        await browser.press("ctrl+p", "f1")
        assert "Runs" in browser.text()


async def test_the_users_own_key_of_the_help_closes_it_too(start: Start, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text('[keys]\nhelp = "H"\n')
    async with start() as browser:
        await browser.press("H")
        assert "H or esc closes" in browser.text()
        await browser.press("H")
        assert isinstance(browser.app.screen, MainScreen)
