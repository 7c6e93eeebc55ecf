"""Every size of terminal, also while it changes."""

from __future__ import annotations

import pytest
from textual.geometry import Size

from mum_tui.tui.model.layout import SUGGESTED, Arrangement, Box, Pane, Sizes, arrange, resized, with_rule_at
from mum_tui.tui.widgets.table import EntryTable
from tests.catalogs import COUNT
from tests.examples import some
from tests.tui.conftest import Start


def arranged(width: int, height: int, **changes: object) -> Arrangement:
    asked = {"at": Pane.TABLE, "zoomed": False, "tree_wanted": None, "scope_width": 5, "tally_width": 10, **changes}
    return arrange(width, height, **asked)  # type: ignore[arg-type]


def boxes(width: int, height: int, **changes: object) -> dict[str, Box]:
    found = arranged(width, height, **changes)._asdict()
    return {name: box for name, box in found.items() if isinstance(box, Box)}


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((170, 40), {"tree", "table", "detail"}),
        ((120, 30), {"tree", "table", "detail"}),
        ((100, 15), {"tree", "table", "detail"}),
        ((99, 30), {"table", "detail"}),
        ((80, 24), {"table", "detail"}),
        ((60, 20), {"table", "detail"}),
        ((60, 14), {"table"}),
        ((59, 20), {"table"}),
        ((40, 10), {"table"}),
        ((1, 1), {"table"}),
    ],
)
def test_panes_for_each_size(size: tuple[int, int], shown: set[str]) -> None:
    assert {"tree", "table", "detail"} & boxes(*size).keys() == shown


@pytest.mark.parametrize("sizes", [SUGGESTED, Sizes(1, 1, 1), Sizes(9**9, 9**9, 9**9), Sizes(33, 333, 333)])
@pytest.mark.parametrize(
    "size", some([(200, 60), (150, 40), (120, 36), (100, 15), (99, 14), (60, 20), (59, 9), (20, 5)])
)
def test_boxes_tile_the_screen(size: tuple[int, int], sizes: Sizes) -> None:
    for at in Pane:
        for zoomed in (False, True):
            for tree_wanted in (None, True, False):
                assert_tiled(*size, boxes(*size, at=at, zoomed=zoomed, tree_wanted=tree_wanted, sizes=sizes))


def assert_tiled(width: int, height: int, found: dict[str, Box]) -> None:
    cells: dict[tuple[int, int], str] = {}
    for name, box in found.items():
        for x in range(box.x, box.x + box.width):
            for y in range(box.y, box.y + box.height):
                assert (x, y) not in cells, (name, cells[x, y])
                cells[x, y] = name
    assert cells.keys() == {(x, y) for x in range(width) for y in range(height)}


@pytest.mark.parametrize("size", [(200, 60), (150, 40), (120, 36), (100, 15), (80, 24), (60, 20)])
@pytest.mark.parametrize("tree_wanted", [True, False])
def test_a_pane_grows_and_shrinks_step_by_step_within_limits(size: tuple[int, int], tree_wanted: bool) -> None:
    for pane in Pane:
        if pane is Pane.TREE and not tree_wanted:
            continue
        sizes, seen = SUGGESTED, []
        for steps in [1] * 80 + [-1] * 160 + [1] * 80:
            found = arranged(*size, tree_wanted=tree_wanted, sizes=sizes)
            seen.append(area(found, pane))
            sizes = resized(found, sizes, pane, steps) or SUGGESTED
            for box in filter(None, found[:3]):
                assert box.width >= 14
                assert box.height >= 4
        assert max(seen) > area(arranged(*size, tree_wanted=tree_wanted), pane) > min(seen)
        assert seen[:80] == sorted(seen[:80])
        assert seen[80:240] == sorted(seen[80:240], reverse=True)
        assert seen.index(max(seen)) < 80
        # Whoever turns round at the limit sees it with the first key.
        assert seen[81] < seen[80]


def area(found: Arrangement, pane: str) -> int:
    box = getattr(found, pane)
    return int(box.width * box.height)


def test_a_pane_alone_has_no_size_and_a_rule_goes_where_it_is_dragged() -> None:
    assert resized(arranged(50, 20), SUGGESTED, Pane.TABLE, 1) is None
    assert resized(arranged(120, 36, zoomed=True), SUGGESTED, Pane.DETAIL, 1) is None
    found = arranged(120, 36)
    for y in (8, 20, 30):
        placed = arranged(120, 36, sizes=with_rule_at(found, SUGGESTED, y))
        assert placed.detail
        assert placed.detail.y == y
    assert with_rule_at(arranged(200, 40), SUGGESTED, 9) == SUGGESTED


def test_one_pane_at_a_time_is_the_one_one_is_in() -> None:
    for pane in Pane:
        assert {"tree", "table", "detail"} & boxes(50, 20, at=pane).keys() == {pane}


@pytest.mark.parametrize("size", some([(170, 40), (120, 30), (80, 24), (60, 20), (40, 10), (20, 4)]))
async def test_each_size_starts_moves_and_reads(start: Start, size: tuple[int, int]) -> None:
    async with start(size=size) as browser:
        await browser.press(
            "j", "j", "tab", "j", "tab", "j", "tab", "enter", "escape", "t", "t", "slash", "a", "escape", "escape"
        )
        lines = browser.lines()
        assert len(lines) == size[1]
        assert all(len(line) <= size[0] for line in lines)
        assert f"of {COUNT}" in lines[0]
        if size[0] >= 40:
            assert "? help" in lines[-1]
            assert "q quit" in lines[-1]


async def test_at_the_start_each_pane_has_its_size_at_once(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[Size] = []
    monkeypatch.setattr(EntryTable, "on_resize", lambda self: sizes.append(self.size))
    async with start(size=(120, 36)) as browser:
        assert sizes == [browser.main.table.size]


async def test_live_resize_keeps_entry_focus_and_filter(start: Start) -> None:
    async with start(size=(160, 40)) as browser:
        await browser.press("slash")
        await browser.type("sam")
        await browser.press("escape", "escape", "j", "j", "j")
        current = browser.current
        for size in [(120, 36), (80, 24), (60, 20), (40, 10), (30, 6), (160, 40)]:
            await browser.pilot.resize_terminal(*size)
            await browser.pilot.pause()
            assert browser.current == current
            assert browser.main.view.query == "sam"
            assert browser.main.table.has_focus
            assert len(browser.lines()) == size[1]
            top = browser.main.table.top
            assert top <= browser.main.table.cursor < top + browser.main.table.page


async def test_the_tree_can_be_put_away_and_asked_for(start: Start) -> None:
    async with start(size=(120, 36)) as browser:
        assert browser.main.sections.display
        await browser.press("t")
        assert not browser.main.sections.display
        assert browser.main.table.size.width == 120
        await browser.press("t")
        assert browser.main.sections.display
    async with start(size=(80, 24)) as browser:
        assert not browser.main.sections.display
        await browser.press("shift+tab")
        assert browser.main.sections.display
        assert browser.app.focused is browser.main.sections
        await browser.press("t")
        assert not browser.main.sections.display
        assert browser.app.focused is browser.main.table


async def test_narrow_terminals_show_one_pane_at_a_time(start: Start) -> None:
    async with start(size=(50, 18)) as browser:
        main = browser.main
        assert (main.sections.display, main.table.display, main.detail.display) == (False, True, False)
        await browser.press("t")
        assert (main.sections.display, main.table.display) == (True, False)
        await browser.press(*["down"] * 6, "enter")
        assert main.table.display
        assert main.view.scope == "section/segmentation"
        await browser.press("enter")
        assert main.detail.display
        await browser.press("escape")
        assert main.table.display


@pytest.mark.parametrize(
    "theme", some(["mum-dark", "mum-light", "textual-dark", "textual-light", "nord", "ansi-dark", "ansi-light"])
)
async def test_every_theme_draws(start: Start, theme: str) -> None:
    async with start(theme=theme) as browser:
        assert browser.app.theme == theme
        colours = {
            (segment.style.color, segment.style.bgcolor)
            for strip in browser.strips()
            for segment in strip
            if segment.style and segment.text.strip()
        }
        assert len(colours) > 3
        # The terminal's own two default colours differ although both are called "default".
        assert all(front != back or (front and front.is_default) for front, back in colours)


async def test_the_theme_changes_and_is_remembered(start: Start) -> None:
    async with start() as browser:
        await browser.press("f2")
        assert browser.app.theme == "mum-light"
        style = browser.main.table.palette["text"]
        assert style.bgcolor is not None
        assert style.bgcolor.get_truecolor().red > 200
    async with start() as browser:
        assert browser.app.theme == "mum-light"
