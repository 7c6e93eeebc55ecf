"""What a key costs, in what is exact: lines drawn and layouts made; and what the terminal's colours make of it."""

from __future__ import annotations

import pytest
from textual.events import Key
from textual.filter import Monochrome
from textual.screen import Screen

from mum_tui.search.index import Index
from mum_tui.search.view import Results, View
from mum_tui.tui.palette import palette
from mum_tui.tui.widgets.table import EntryTable
from mum_tui.tui.widgets.tree import SectionTree

from .conftest import Start


async def test_the_cursor_draws_two_lines_of_the_table_and_none_of_the_tree(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start() as browser:
        drawn: list[tuple[type, int]] = []
        for view in (EntryTable, SectionTree):

            def counted(self: EntryTable, y: int, width: int, draw=view.draw_line):  # type: ignore[no-untyped-def]
                drawn.append((type(self), y))
                return draw(self, y, width)

            monkeypatch.setattr(view, "draw_line", counted)
        await browser.press("down")
        assert sorted(drawn, key=str) == [(EntryTable, 0), (EntryTable, 1)]


async def test_a_line_is_drawn_anew_after_the_size_or_the_theme_changed(start: Start) -> None:
    async with start() as browser:
        await browser.pilot.resize_terminal(80, 24)
        await browser.pilot.pause()
        assert len(browser.lines()) == 24
        assert "SAM" in browser.text()
        before = list(browser.main.table.render_lines(browser.main.table.size.region))
        browser.app.theme = "mum-light"
        await browser.pilot.pause()
        after = browser.main.table.render_lines(browser.main.table.size.region)
        assert [one.text for one in after] == [one.text for one in before]
        assert all(one != other for one, other in zip(before, after, strict=True))


async def test_typing_lays_nothing_out_anew_and_a_long_query_scrolls(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start(size=(60, 20)) as browser:
        await browser.press("slash")
        layouts: list[Screen[object]] = []
        layout = Screen._refresh_layout  # noqa: SLF001 - see docs/textual.md

        def counted(self: Screen[object], *arguments: object) -> None:
            layouts.append(self)
            layout(self, *arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(Screen, "_refresh_layout", counted)
        await browser.type("segmentation of the liver and of the spleen in ct")
        assert not layouts
        assert "spleen in ct" in browser.lines()[0]
        assert "segmentation" not in browser.lines()[0]
        await browser.press("home")
        assert "segmentation" in browser.lines()[0]
        await browser.press("end", *["backspace"] * 40)
        assert "segmentat" in browser.lines()[0]


async def test_of_keys_typed_ahead_only_the_last_asks(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    async with start() as browser:
        await browser.press("slash")
        asked: list[str] = []
        run = Index.run

        def counted(self: Index, view: View, *arguments: object, **named: object) -> Results:
            asked.append(view.query)
            return run(self, view, *arguments, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(Index, "run", counted)
        for char in "totalsegmentator":
            browser.app.post_message(Key(char, char))
        browser.app.post_message(Key("enter", "\r"))
        await browser.pilot.pause()
        await browser.pilot.pause()
        assert asked == ["totalsegmentator"]
        assert browser.app.focused is browser.main.table
        assert "TotalSegmentator" in browser.lines()[2]
        await browser.press("slash", "end")
        for key, char in (("z", "z"), ("backspace", "\x7f"), ("backspace", "\x7f"), ("r", "r")):
            browser.app.post_message(Key(key, char))
        await browser.pilot.pause()
        await browser.pilot.pause()
        assert browser.main.view.query == browser.main.query_input.value == "totalsegmentator"


async def test_without_colour_no_line_has_any(start: Start) -> None:
    async with start() as browser:
        browser.app._filters.append(Monochrome())  # noqa: SLF001 - see docs/textual.md
        style = palette(browser.app, "nowhere yet")["accent"]
        assert style.color
        assert style.color.triplet
        assert len(set(style.color.triplet)) == 1
