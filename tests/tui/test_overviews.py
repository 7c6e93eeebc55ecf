"""Entries side by side, and the field at a glance, by keys and mouse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mum_tui.tui.dialogs.compare import CompareScreen
from mum_tui.tui.dialogs.overview import OverviewScreen, chart_boxes
from mum_tui.tui.screen.main import MainScreen
from mum_tui.tui.widgets.charts import GridChart
from mum_tui.tui.widgets.comparison import Comparison, shared_spans
from mum_tui.tui.widgets.lines import LinesView
from tests.catalogs import COUNT, entry, hostile_entries, write
from tests.examples import some
from tests.tui.conftest import Browser, Start


def overview(browser: Browser) -> OverviewScreen:
    assert isinstance(browser.app.screen, OverviewScreen)
    return browser.app.screen


def comparison(browser: Browser) -> Comparison:
    assert isinstance(browser.app.screen, CompareScreen)
    return browser.app.screen.table


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """Two models that differ in modality and dataset and are alike in year, and the dataset of one."""
    return write(
        tmp_path / "c.yaml",
        [
            entry("one", name="One", modalities=["CT"], tasks=["segmentation"], uses=[{"dataset": "data"}]),
            entry("two", name="Two", modalities=["MRI"], tasks=["segmentation"], uses=[{"name": "Elsewhere"}]),
            entry("three", name="Three", modalities=["CT"], tasks=["retrieval"], date="2021"),
            entry("data", name="Data [set]", kind="dataset", modalities=["CT"], date="2020"),
        ],
    )


# -- comparing


async def test_comparing_wants_two_marks(start: Start) -> None:
    async with start() as browser:
        await browser.press("equals_sign")
        assert "Select two or more entries first; space selects" in browser.notices()
        await browser.press("space", "equals_sign")
        assert isinstance(browser.app.screen, MainScreen)


async def test_marked_entries_stand_side_by_side_in_the_order_of_their_marks(start: Start, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        for name in ("two", "one"):
            browser.main.go_to_entry(name)
            await browser.press("space")
        await browser.press("equals_sign")
        lines = browser.lines()
        assert "Comparing 2 entries" in browser.text()
        assert any(line.index("1 Two") < line.index("2 One") for line in lines if "1 Two" in line)
        assert any(
            "≠ Modality" in line and line.index("MRI") < line.index("CT") for line in lines if "Modality" in line
        )
        assert any("≠ Datasets" in line and "Elsewhere" in line and "Data [set]" in line for line in lines)
        assert any("  Year" in line and "≠" not in line and line.count("2023") == 2 for line in lines)
        await browser.press("d")
        assert "What differs between 2 entries" in browser.text()
        assert not any("Year" in line for line in browser.lines() if "│" in line and "2023 " in line)
        assert all(row.differs for row in comparison(browser).rows)
        await browser.press("d")
        assert any("  Year" in line for line in browser.lines())


@pytest.mark.parametrize(("keys", "there"), [(["enter"], "two"), (["right", "enter"], "one"), (["2"], "one")])
async def test_from_a_column_one_walks_to_its_entry_and_back(
    start: Start, catalog: Path, keys: list[str], there: str
) -> None:
    async with start(catalog=catalog) as browser:
        for name in ("two", "one"):
            browser.main.go_to_entry(name)
            await browser.press("space")
        browser.main.go_to_entry("data")
        await browser.press("equals_sign", *keys)
        assert isinstance(browser.app.screen, MainScreen)
        assert browser.current == there
        await browser.press("backspace")
        assert browser.current == "data"


@pytest.mark.parametrize("key", ["escape", "q", "3"])
async def test_other_keys_leave_the_entry_alone(start: Start, catalog: Path, key: str) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press("space", "space")
        before = browser.current
        await browser.press("equals_sign", key)
        assert isinstance(browser.app.screen, CompareScreen) == (key == "3")
        assert browser.current == before


async def test_the_table_is_copied_as_markdown(start: Start, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        for name in ("one", "two"):
            browser.main.go_to_entry(name)
            await browser.press("space")
        await browser.press("equals_sign", "c")
        await browser.settle()
        copied = browser.main.desktop.last_copied
        assert copied.startswith("|   | One | Two |\n| --- | --- | --- |\n")
        assert "| Shared | Tasks: segmentation |   |\n| **Title** |" in copied
        assert "| Year | 2023 | 2023 |\n" in browser.main.desktop.last_copied
        assert "2 entries as a Markdown table" in browser.notices()
        await browser.press("d", "c")
        await browser.settle()
        assert "| Year |" not in browser.main.desktop.last_copied


async def test_columns_without_room_come_with_the_arrows_and_the_labels_stay(start: Start) -> None:
    async with start(size=(80, 24)) as browser:
        await browser.press("space", "space", "space", "space", "equals_sign")
        table = comparison(browser)
        assert "Comparing 4 entries: 1 to 2 ← →" in browser.text()
        await browser.press("right", "right")
        assert "Comparing 4 entries: 2 to 3 ← →" in browser.text()
        assert f"▌3 {table.heads[2].name[:12]}" in browser.text()
        assert f"1 {table.heads[0].name[:12]}" not in browser.text()
        assert any("Venue" in line for line in browser.lines())
        await browser.press("left", "left", "left")
        assert table.current == 0
        assert f"▌1 {table.heads[0].name[:12]}" in browser.text()


async def test_the_row_at_the_top_stays_when_other_columns_are_shown(start: Start) -> None:
    async with start(size=(60, 20)) as browser:
        for name in ("liu2023clip", "ye2023uniseg"):
            browser.main.go_to_entry(name)
            await browser.press("space")
        await browser.press("equals_sign", *["down"] * 7)
        table = comparison(browser)
        row = table.row_at(table.top)
        assert row > 0
        await browser.press("right")
        assert table.row_at(table.top) == row
        await browser.press("end")
        assert table.top == table.last_top > 0


async def test_a_click_on_a_head_goes_there_and_one_on_a_column_stands_in_it(start: Start, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        for name in ("one", "two"):
            browser.main.go_to_entry(name)
            await browser.press("space")
        browser.main.go_to_entry("data")
        await browser.press("equals_sign")
        await browser.pilot.click(Comparison, offset=(80, 5))
        assert comparison(browser).current == 1
        await browser.pilot.click(Comparison, offset=(30, 0))
        await browser.pilot.pause()
        assert browser.current == "one"


async def test_every_entry_there_is_can_be_compared_at_every_size(start: Start) -> None:
    async with start() as browser:
        await browser.press("asterisk", "equals_sign")
        table = comparison(browser)
        assert len(table.heads) == COUNT
        for size in ((120, 36), (80, 24), (60, 20), (20, 8)):
            await browser.pilot.resize_terminal(*size)
            table.show_column(COUNT - 1)
            await browser.press("end", "left")
            assert table.current in table.columns(table.text_width).shown
            _check_widths(browser)


async def test_what_entries_share_stands_first_and_is_accented_in_their_columns(start: Start, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        for name in ("one", "three"):
            browser.main.go_to_entry(name)
            await browser.press("space")
        await browser.press("equals_sign")
        shared = next(line for line in browser.lines() if "Shared" in line)
        assert shared.strip(" │").split() == ["Shared", "Modality", "CT"]
        accent = comparison(browser).palette["accent"].color
        strip = next(strip for strip in browser.strips() if "  Modality" in strip.text and "Shared" not in strip.text)
        accented = [part.text for part in strip if part.style and part.style.color == accent and part.text.strip()]
        assert accented.count("CT") == 2
        await browser.press("escape", "U")
        for name in ("two", "data"):
            browser.main.go_to_entry(name)
            await browser.press("space")
        await browser.press("equals_sign")
        assert "Shared           Nothing recorded" in browser.text()


def test_shared_items_are_whole_items_of_a_cell() -> None:
    cell = "CT angiography, ct, OCT"
    assert [cell[start:end] for start, end in shared_spans(cell, ["CT"])] == ["ct"]
    assert shared_spans("", ["CT"]) == []


async def test_two_entries_stand_side_by_side_in_60_columns(start: Start) -> None:
    async with start(size=(60, 20)) as browser:
        await browser.press("space", "space", "equals_sign")
        assert "Comparing 2 entries " in browser.text()
        first, second = comparison(browser).heads
        assert any(f"1 {first.name[:10]}" in line and f"2 {second.name[:10]}" in line for line in browser.lines())


# -- the field at a glance


async def test_the_three_charts_count_what_is_there(start: Start) -> None:
    async with start() as browser:
        await browser.press("a")
        text = browser.text()
        assert f"Overview · all {COUNT} entries" in text
        for title in ("Entries over time", "Tasks by modality", "Datasets most used"):
            assert title in text
        assert any("BTCV" in line and "████" in line for line in browser.lines())
        assert any("segmentation" in line and "░" in line for line in browser.lines())


async def test_arrows_move_between_numbers_and_tab_between_charts(start: Start, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press("a")
        screen = overview(browser)
        # The newest year, all sections.
        assert "2023: 2 of 4" in browser.text()
        assert re.search(r"\[ +2\]", browser.text())
        await browser.press("left", "left")
        assert "2021: 1 of 4" in browser.text()
        await browser.press("down")
        assert "Segmentation · 2021: 1 of 4" in browser.text()
        await browser.press("tab")
        assert screen.focused is screen.charts[1]
        assert "Data [set]: 1 of 4" in browser.text()
        await browser.press("tab", "down", "right")
        assert "segmentation · MRI: 1 of 4" in browser.text()
        await browser.press("right", "right", "right")
        assert "segmentation: 2 of 4" in browser.text()
        await browser.press("shift+tab", "down", "down")
        assert "Elsewhere: 1 of 4" in browser.text()
        await browser.press("tab", "tab")
        assert "Segmentation · 2021" in browser.text()


@pytest.mark.parametrize(
    ("keys", "query", "found"),
    some(
        [
            (["enter"], "year:2023", {"one", "two"}),
            (["left", "left", "enter"], "year:2021", {"three"}),
            (["right", "enter"], "", {"one", "two", "three", "data"}),
            (["tab", "tab", "right", "enter"], "modality:MRI", {"two"}),
        ]
    ),
)
async def test_enter_filters(start: Start, catalog: Path, keys: list[str], query: str, found: set[str]) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press("a", *keys)
        assert isinstance(browser.app.screen, MainScreen)
        assert browser.main.query_input.value == browser.main.view.query == query
        assert set(browser.ids()) == found


async def test_every_number_writes_the_conditions_it_counts(start: Start, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        for keys, query in (
            (["down", "enter"], "section:segmentation year:2023"),
            (["tab", "enter"], "uses:data"),
            (["tab", "tab", "down", "enter"], "task:segmentation modality:CT"),
        ):
            await browser.press("a", *keys[:-1])
            tally = overview(browser).chart.tally
            await browser.press(keys[-1])
            assert browser.main.query_input.value == query
            assert tally is not None
            assert len(browser.ids()) == tally.number > 0
            browser.main.query_input.value = ""


async def test_what_is_shown_is_what_is_counted(start: Start, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press("slash")
        await browser.type("modality:ct")
        await browser.press("enter", "a")
        assert "3 of 4 entries · modality:ct" in browser.text()
        assert "2023: 1 of 3" in browser.text()
        # The dataset is called by its name whether or not it is among them.
        await browser.press("tab")
        assert "Data [set]: 1 of 3" in browser.text()
        await browser.press("shift+tab", "enter")
        assert browser.main.view.query == "modality:ct year:2023"
        assert browser.ids() == ["one"]
        assert browser.app.focused is browser.main.table


async def test_a_choice_narrows_all_of_what_was_typed(start: Start, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        browser.main.query_input.value = "one OR three"
        await browser.press("a", "enter")
        assert browser.main.view.query == "(one OR three) year:2023"
        assert browser.ids() == ["one"]


async def test_escape_changes_nothing(start: Start, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        before = browser.main.view
        await browser.press("a", "down", "escape")
        assert isinstance(browser.app.screen, MainScreen)
        assert browser.main.view == before


async def test_nothing_is_not_counted(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash")
        await browser.type("zzz9")
        await browser.press("enter", "a")
        assert isinstance(browser.app.screen, MainScreen)
        assert "There are no entries to count" in browser.notices()


async def test_a_click_chooses_the_number_under_it(start: Start, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press("a")
        tasks = overview(browser).charts[2]
        assert isinstance(tasks, GridChart)
        label, cell, _ = tasks.measures(tasks.text_width)
        await browser.pilot.click(tasks, offset=(label + cell + 2, 2))
        await browser.pilot.pause()
        assert browser.main.view.query == "modality:MRI"


async def test_charts_without_room_come_one_after_the_other(start: Start, catalog: Path) -> None:
    async with start(size=(80, 24), catalog=catalog) as browser:
        await browser.press("a")
        screen = overview(browser)
        for size, shown in (((80, 24), 1), ((60, 20), 1), ((90, 60), 3), ((120, 36), 3), ((12, 5), 1)):
            await browser.pilot.resize_terminal(*size)
            for chart in screen.charts:
                await browser.until(lambda shown=shown: sum(one.display for one in screen.charts) == shown)  # type: ignore[misc]
                assert screen.chart is chart
                assert chart.display
                assert chart.region.height >= 1
                await browser.press("end", "tab")
            assert screen.chart is screen.charts[0]


async def test_a_column_without_room_comes_with_the_arrows(start: Start) -> None:
    async with start(size=(60, 20)) as browser:
        await browser.press("a", "tab", "tab")
        assert "CT" in browser.lines()[2]
        assert browser.lines()[2].endswith("›")
        await browser.press(*["right"] * 10)
        assert "CT" not in browser.lines()[2].split()
        assert "‹" in browser.lines()[2]
        assert browser.lines()[2].endswith("all")


def test_all_charts_together_fill_the_screen() -> None:
    for size in ((110, 32), (300, 90), (100, 54), (110, 31)):
        boxes = [box for box in chart_boxes(*size, 0, (20, 16, 15)) if box]
        assert sum(box.width * box.height for box in boxes) == size[0] * (size[1] - 2)
        assert all(box.height > 4 for box in boxes)


async def test_odd_texts_stay_in_their_cells(start: Start, tmp_path: Path) -> None:
    path = write(tmp_path / "c.yaml", hostile_entries())
    async with start(catalog=path) as browser:
        await browser.press("asterisk", "equals_sign", *["right", "end", "home"] * 4)
        _check_widths(browser)
        await browser.pilot.resize_terminal(60, 20)
        _check_widths(browser)
        await browser.press("escape", "a", "tab", *["down"] * 12)
        _check_widths(browser)


def _check_widths(browser: Browser) -> None:
    for view in browser.app.screen.walk_children(LinesView):
        for y in range(view.size.height):
            strip = view.render_line(y)
            assert strip.cell_length == view.size.width
            assert "\x1b" not in strip.text


async def test_both_screens_follow_the_theme(start: Start) -> None:
    async with start() as browser:
        await browser.press("a")
        chart = overview(browser).chart
        before = chart.palette["text"]
        browser.app.theme = "mum-light"
        await browser.pilot.pause()
        assert chart.palette["text"] != before


@pytest.mark.parametrize("theme", some(["textual-dark", "nord", "ansi-dark", "ansi-light"]))
async def test_other_themes_draw_both_screens(start: Start, theme: str) -> None:
    async with start(theme=theme) as browser:
        await browser.press("space", "space", "equals_sign")
        _check_contrast(browser)
        await browser.press("escape", "a", "tab")
        _check_contrast(browser)


def _check_contrast(browser: Browser) -> None:
    for strip in browser.strips():
        for segment in strip:
            if segment.style and segment.text.strip():
                front, back = segment.style.color, segment.style.bgcolor
                assert front != back or (front and front.is_default), segment


async def test_the_tree_and_the_overview_say_what_is_counted_twice(start: Start) -> None:
    async with start() as browser:
        counts = browser.main.results.counts
        twice = counts["section/papers"] + counts["section/datasets"] - COUNT
        assert twice > 0
        assert any(line.endswith(f"{twice} in both") for line in _tree_lines(browser))
        # Where nothing is counted twice, nothing is said.
        await browser.press("slash")
        await browser.type("zzz9")
        assert not any("in both" in line for line in _tree_lines(browser))
        browser.main.query_input.value = ""
        await browser.press("enter", "a")
        assert f"{twice} counted in both" in browser.text()
        rows = [line.split()[0] for line in browser.lines() if line.startswith(("Papers", " Papers", "▌Papers"))]
        assert rows == ["Papers"]
        await browser.press("down")
        assert f"Papers · 2026: {_number(browser)} of {COUNT}" in browser.lines()[-1]
        await browser.press("enter")
        assert browser.main.view.query == "section:papers year:2026"


def _tree_lines(browser: Browser) -> list[str]:
    width = browser.main.sections.size.width
    return [line[:width].rstrip() for line in browser.lines()]


def _number(browser: Browser) -> int:
    tally = overview(browser).chart.tally
    assert tally
    return tally.number
