"""The table: its columns, their order and the user's choice, orders, groups, and where one is."""

from __future__ import annotations

from pathlib import Path

import pytest

from mum_tui.services import Services
from mum_tui.tui.model.columns import DEFAULT_COLUMNS
from tests.catalogs import COUNT, entry, write
from tests.examples import some

from .conftest import Browser, Start

CODE = [{"rel": "code", "url": "https://example.org/code"}, {"rel": "weights", "url": "https://example.org/w"}]

ENTRIES = [
    entry("one", title="SAM 10: A late one", name="SAM 10", date="2024-01-01", links=CODE),
    entry("two", title="The SAM 2", name="SAM 2", date="2024-02-02"),
    entry("three", title="An atlas of nothing", date="2022-03-03", kind="dataset"),
]


def header(browser: Browser) -> str:
    return next(line for line in browser.lines() if "Title" in line)


def line_of(browser: Browser, text: str) -> str:
    return next(line[30:] for line in browser.lines()[2:] if text in line[30:])


def shown(browser: Browser) -> list[str]:
    return [place.column.name for place in browser.main.table.placed]


async def test_names_and_links_have_columns_and_the_year_stands_once(start: Start, tmp_path: Path) -> None:
    published = {"type": "paper-conference", "venue": "ICCV 2023", "container": "ICCV", "year": 2023}
    catalog = write(
        tmp_path / "catalog.yaml", [*ENTRIES, entry("four", name="Uni", title="Uni: A net", published=published)]
    )
    async with start(catalog=catalog) as browser:
        assert "Name" in header(browser)
        line = line_of(browser, "SAM 10")
        assert " cw " in line
        # The title is not begun with the name that stands beside it.
        assert "A late one" in line
        assert line.count("SAM 10") == 1
        line = line_of(browser, "A net")
        assert line.count("2023") == 1
        assert "ICCV" in line


@pytest.mark.parametrize(
    ("size", "expected"),
    some(
        [
            ((40, 12), {"year", "name", "title"}),
            ((60, 20), {"year", "name", "title", "code", "weights", "data", "note", "rating"}),
            ((80, 24), {"year", "name", "title", "authors", "code"}),
            ((120, 36), set(DEFAULT_COLUMNS)),
            ((200, 60), set(DEFAULT_COLUMNS)),
        ]
    ),
)
async def test_what_matters_has_room_at_every_size(start: Start, size: tuple[int, int], expected: set[str]) -> None:
    async with start(size=size) as browser:
        assert expected <= set(shown(browser))


async def test_annotations_have_glyphs_of_their_own(start: Start, tmp_path: Path) -> None:
    async with start(catalog=write(tmp_path / "catalog.yaml", ENTRIES)) as browser:
        await browser.press("b", "r", "R", "4")
        await browser.settle()
        assert "★○4" in line_of(browser, browser.main.entry.title[-9:])  # type: ignore[union-attr]
        await browser.press("n")
        await browser.type("mine")
        await browser.press("ctrl+s")
        await browser.settle()
        assert "★○4✎" in line_of(browser, browser.main.entry.title[-9:])  # type: ignore[union-attr]
        await browser.press("u", "u")
        await browser.settle()
        assert "★○ " in line_of(browser, browser.main.entry.title[-9:])  # type: ignore[union-attr]


async def test_where_one_is_and_how_it_is_sorted_is_always_told(start: Start) -> None:
    async with start() as browser:
        assert browser.lines()[0].endswith(f" 1 of {COUNT}")
        assert "Year▼" in header(browser)
        await browser.press("j", "j")
        assert browser.lines()[0].endswith(f" 3 of {COUNT}")
        await browser.press("G")
        assert browser.lines()[0].endswith(f" {COUNT} of {COUNT}")
        await browser.press("g", "slash")
        await browser.type("liver")
        count = len(browser.ids())
        assert browser.lines()[0].endswith(f" 1 of {count} of {COUNT}")
        assert "best match" in header(browser)
        await browser.press("escape", "escape", "j")
        assert browser.lines()[0].endswith(f" 2 of {count} of {COUNT}")
        await browser.press("enter", "J")
        assert browser.lines()[0].endswith(f" 3 of {count} of {COUNT}")


async def test_the_order_is_told_where_its_column_is_not(start: Start) -> None:
    async with start(size=(60, 20)) as browser:
        await browser.press("s", "s", "s", "s")
        assert browser.main.results.sort.column == "venue"
        assert "▲ venue" in header(browser)


async def test_any_column_sorts_by_its_heading(start: Start) -> None:
    async with start(size=(200, 40)) as browser:
        for place in browser.main.table.placed:
            if place.column.name == browser.main.results.sort.column:
                continue
            await browser.pilot.click("#table", offset=(place.start, 0))
            await browser.pilot.pause()
            assert browser.main.results.sort.column == place.column.name
            told = f"{place.column.heading}▼", f"{place.column.heading}▲", f" {place.column.name} "
            assert any(one in header(browser) for one in told)


async def test_columns_are_chosen_ordered_and_sorted_by_in_the_dialog(start: Start) -> None:
    async with start() as browser:
        await browser.press("vertical_line")
        assert "bookmarked" in browser.text()
        await browser.press("space")
        assert "bookmark" not in shown(browser)
        await browser.press("space")
        assert shown(browser)[0] == "bookmark"
        await browser.press("G", "space")
        assert browser.main.table.columns[-1] == "id"
        await browser.press(*["K"] * 17)
        assert browser.main.table.columns[0] == "id"
        await browser.press("s")
        assert browser.main.results.sort.column == "id"
        await browser.press("escape")
        assert shown(browser)[0] == "id" or "id" not in shown(browser)
        await browser.press("vertical_line", "r", "escape")
        assert browser.main.table.columns == DEFAULT_COLUMNS


async def test_the_last_column_cannot_be_hidden(start: Start) -> None:
    async with start() as browser:
        await browser.press("vertical_line")
        for _ in DEFAULT_COLUMNS:
            await browser.press("space", "j")
        assert len(browser.main.table.columns) == 1
        assert shown(browser)


async def test_the_dialog_tells_what_has_no_room(start: Start) -> None:
    async with start(size=(60, 20)) as browser:
        await browser.press("vertical_line")
        lines = [line for line in browser.lines() if "no room now" in line]
        assert any("venue" in line for line in lines)


async def test_chosen_columns_and_groups_are_there_at_the_next_start(start: Start) -> None:
    async with start() as browser:
        await browser.press("vertical_line", "space", "escape", "z", "z")
    async with start() as browser:
        assert browser.main.table.columns == DEFAULT_COLUMNS[1:]
        assert browser.main.view.group == "year"


async def test_columns_of_the_configuration_come_first(start: Start) -> None:
    file = Services().paths.config_file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('columns = ["name", "year", "code"]\n', encoding="utf-8")
    async with start() as browser:
        assert shown(browser) == ["name", "year", "code"]
        await browser.press("vertical_line", "space", "escape")
        assert shown(browser) == ["year", "code"]
        assert "config.toml resets the columns at the next start" in browser.notices()
    async with start() as browser:
        assert shown(browser) == ["name", "year", "code"]


async def test_the_line_for_the_configuration_is_copied(start: Start, tmp_path: Path) -> None:
    copied = tmp_path / "copied"
    async with start(environ={"MUM_TUI_CLIPBOARD": "file"}) as browser:
        texts: list[str] = []
        browser.main.desktop.copy = lambda text, what: texts.append(text)  # type: ignore[assignment, misc]
        await browser.press("vertical_line", "space", "y")
        assert texts == [f"columns = [{', '.join(chr(34) + name + chr(34) for name in DEFAULT_COLUMNS[1:])}]\n"]
        assert not copied.exists()


async def test_groups_have_headings_that_the_cursor_skips(start: Start, tmp_path: Path) -> None:
    async with start(catalog=write(tmp_path / "catalog.yaml", ENTRIES)) as browser:
        await browser.press("z")
        assert "Papers › Segmentation  3" in browser.text()
        await browser.press("z")
        assert browser.main.view.group == "year"
        text = browser.text()
        assert text.index(" 2024  2") < text.index("The SAM 2") < text.index(" 2022  1") < text.index("An atlas")
        table = browser.main.table
        await browser.press("g")
        assert (table.cursor, browser.current) == (1, "two")
        await browser.press("j", "j")
        assert (table.cursor, browser.current) == (4, "three")
        assert browser.lines()[0].endswith("3 of 3")
        await browser.press("j")
        assert table.cursor == 4
        await browser.press("k")
        assert browser.current == "one"
        await browser.press("space")
        assert list(browser.main.selection) == ["one"]
        # A click on a heading goes nowhere.
        await browser.pilot.click("#table", offset=(3, 1))
        assert browser.current in ("one", "three")
        await browser.press("z", "z")
        assert browser.main.view.group == ""


async def test_filtering_keeps_the_cursor_off_the_headings(start: Start) -> None:
    async with start() as browser:
        await browser.press("z", "slash")
        for key in "seg":
            await browser.press(key)
            table = browser.main.table
            assert table.current is not None
            assert table.current in browser.main.results.rows
            assert browser.current == browser.main.index.entries[table.current].id
        await browser.press("escape", "escape", "G")
        assert browser.main.table.position == len(browser.ids()) - 1
