"""Reading an entry full screen: its title stays, one goes from entry to entry, and searches inside."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalogs import entry, write
from tests.examples import some

from .conftest import Start

SUMMARY = "It does something to livers. " * 60 + "Then it stops, as the fourth organ is a spleen."

ENTRIES = [
    entry("one", title="The first of them", date="2024-03-01", summary=SUMMARY),
    entry("two", title="The second of them", date="2024-02-01", summary="A liver, nothing else."),
    entry("three", title="The third of them", date="2024-01-01", summary="Nothing."),
]


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    return write(tmp_path / "catalog.yaml", ENTRIES)


@pytest.mark.parametrize("size", some([(40, 12), (60, 20), (80, 24), (120, 36)]))
async def test_the_title_stays(start: Start, catalog: Path, size: tuple[int, int]) -> None:
    async with start(size=size, catalog=catalog) as browser:
        await browser.press("enter")
        for key in ("j", "pagedown", "G", "k"):
            await browser.press(key)
            assert browser.lines()[1] == " The first of them"
            assert browser.text().count("The first of them") == 1 or key != "j"
        await browser.press("escape")
        assert not browser.lines()[1].startswith(" The first of them")


async def test_every_line_is_seen_once_when_one_goes_page_by_page(start: Start, catalog: Path) -> None:
    async with start(size=(60, 14), catalog=catalog) as browser:
        await browser.press("enter")
        detail = browser.main.detail
        seen = set()
        while True:
            seen |= {detail.content_line(y) for y in range(detail.size.height)}
            if detail.top == detail.last_top:
                break
            await browser.press("pagedown")
        assert seen - {None} == set(range(len(detail.texts)))


async def test_the_mouse_selects_the_title_too(start: Start, catalog: Path) -> None:
    async with start(size=(80, 24), catalog=catalog) as browser:
        await browser.press("enter", "pagedown")
        assert browser.main.detail.texts[0] == " The first of them"
        assert browser.main.detail.content_line(0) == 0
        assert browser.main.detail.content_line(1) is None


@pytest.mark.parametrize(("down", "up"), [("J", "K"), ("right_square_bracket", "left_square_bracket")])
async def test_the_next_entry_is_a_key_away(start: Start, catalog: Path, down: str, up: str) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press("enter", "pagedown", down)
        assert browser.current == "two"
        assert browser.main.acts.panes.zoomed
        assert browser.main.detail.top == 0
        assert browser.lines()[1] == " The second of them"
        await browser.press(up)
        assert browser.current == "one"
        await browser.press(up)
        assert browser.current == "one"
        assert "This is the first entry" in browser.notices()
        await browser.press(down, down, down)
        assert browser.current == "three"
        assert "This is the last entry" in browser.notices()
        # It is the current entry of the list as well.
        await browser.press("escape")
        assert browser.main.table.position == 2


async def test_a_search_inside_finds_over_the_ends_of_lines_and_goes_round(start: Start, catalog: Path) -> None:
    async with start(size=(60, 20), catalog=catalog) as browser:
        await browser.press("enter", "slash")
        await browser.type("FOURTH  organ")
        await browser.press("enter")
        assert "1 of 1 hit" in browser.lines()[-1]
        assert "spleen" in browser.text()
        assert browser.main.query_input.value == ""
        assert browser.main.acts.panes.zoomed
        await browser.press("slash")
        await browser.type("livers")
        await browser.press("enter")
        assert "“livers”: " in browser.lines()[-1]
        first, tops = browser.lines()[-1], set()
        for _ in range(60):
            await browser.press("n")
            tops.add(browser.main.detail.top)
        assert len(tops) > 3
        assert browser.lines()[-1] == first
        await browser.press("n", "N", "N")
        assert browser.lines()[-1] != first
        await browser.press("n")
        assert browser.lines()[-1] == first


async def test_n_is_the_next_hit_only_while_there_is_a_search(start: Start, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press("enter")
        assert "n note" in browser.lines()[-1]
        await browser.press("N")
        assert "/ searches inside" in browser.notices()
        await browser.press("slash")
        await browser.type("does")
        await browser.press("enter")
        assert "n next" in browser.lines()[-1]
        assert "note" not in browser.lines()[-1]
        await browser.press("n", "n")
        assert "3 of 60" in browser.lines()[-1]
        assert browser.app.screen is browser.main
        # Escape ends the search first, then reading.
        await browser.press("escape")
        assert browser.main.acts.panes.zoomed
        assert "n note" in browser.lines()[-1]
        await browser.press("n")
        assert "Note · The first of them" in browser.text()


async def test_a_search_without_hits_writes_no_note_and_goes_on_in_the_next_entry(start: Start, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press("enter", "slash")
        await browser.type("nothing else")
        await browser.press("enter", "n")
        assert "no hit" in browser.lines()[-1]
        assert browser.app.screen is browser.main
        assert "No hit for “nothing else”" in browser.notices()
        await browser.press("J")
        assert "1 hit" in browser.lines()[-1]
        # Leaving the entry ends it.
        await browser.press("enter", "n")
        assert "Note · The second of them" in browser.text()


async def test_escape_while_typing_leaves_all_as_it_was(start: Start, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press("enter", "j", "slash")
        await browser.type("spleen")
        await browser.press("escape")
        assert browser.main.detail.top == 1
        assert "n note" in browser.lines()[-1]
        assert browser.main.acts.panes.zoomed


async def test_keys_typed_ahead_into_a_search_inside_are_not_lost(start: Start, catalog: Path) -> None:
    from textual.events import Key

    async with start(catalog=catalog) as browser:
        await browser.press("enter")
        for name, character in (("slash", "/"), *((char, char) for char in "bqu"), ("enter", "\r")):
            browser.app.post_message(Key(name, character))
        await browser.pilot.pause()
        await browser.pilot.pause()
        assert browser.main.acts.inside.words == "bqu"
        assert browser.app.is_running
        assert not browser.main.services.annotator.annotation(browser.main.entry).bookmarked  # type: ignore[arg-type]


async def test_lines_are_no_longer_than_one_can_read(start: Start, catalog: Path) -> None:
    async with start(size=(200, 50), catalog=catalog) as browser:
        await browser.press("enter")
        assert max(map(len, browser.main.detail.texts)) <= 101
        assert max(map(len, browser.main.detail.texts)) > 90


async def test_export_while_reading_writes_this_entry(start: Start, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        # Also where others are selected.
        await browser.press("space", "enter", "e")
        assert "Export this entry" in browser.text()
        await browser.press("escape", "escape", "e")
        assert "Export 1 entry selected" in browser.text()


async def test_back_is_named_where_there_is_something_to_go_back_to(start: Start, catalog: Path) -> None:
    async with start(size=(200, 40), catalog=catalog) as browser:
        await browser.press("enter")
        assert "backspace back" not in browser.lines()[-1]
        browser.main.acts.navigation.follow("three")
        await browser.pilot.pause()
        assert "backspace back" in browser.lines()[-1]
        await browser.press("backspace")
        assert browser.current == "one"
        assert "backspace back" not in browser.lines()[-1]


async def test_a_long_note_stands_below_the_links(start: Start, catalog: Path) -> None:
    async with start(size=(80, 40), catalog=catalog) as browser:
        main = browser.main
        await browser.press("J", "b", "n")
        await browser.type("mine alone " * 10)
        await browser.press("ctrl+s")
        await browser.settle()
        await browser.press("enter")
        text = "\n".join(main.detail.texts)
        assert text.index("A liver") < text.index("example.org/two") < text.index("mine alone") < text.index("About")


async def test_q_leaves_the_reading_view_before_the_program(start: Start) -> None:
    async with start() as browser:
        await browser.press("enter")
        assert browser.main.acts.panes.zoomed
        await browser.press("q")
        assert not browser.main.acts.panes.zoomed
        assert not browser.app._exit  # noqa: SLF001 - Textual tells it no other way
        await browser.press("q")
        assert browser.app._exit  # noqa: SLF001 - the same


async def test_a_remark_on_the_query_leaves_the_last_line_to_the_keys_of_reading(start: Start) -> None:
    async with start() as browser:
        browser.main.query_input.value = "liver OR nosuchfield:x"
        await browser.press("slash", "enter")
        remark = browser.lines()[-1]
        assert "nosuchfield" in remark
        await browser.press("enter")
        assert "to the list" in browser.lines()[-1]
        await browser.press("escape")
        assert browser.lines()[-1] == remark
