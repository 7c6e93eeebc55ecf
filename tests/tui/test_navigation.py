"""Moving, filtering, sorting and reading, key by key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.widgets._toast import Toast

from mum_tui.text import sort_key
from mum_tui.tui.messages import LinkFollowed
from mum_tui.tui.model.outline import facet_key, more_key
from tests.catalogs import COUNT, entry, write
from tests.examples import some
from tests.tui.conftest import Start


async def test_all_entries_are_there_at_the_start(start: Start) -> None:
    async with start() as browser:
        assert f"1 of {COUNT}" in browser.lines()[0]
        assert len(browser.ids()) == COUNT
        assert browser.app.focused is browser.main.table


@pytest.mark.parametrize(
    ("keys", "cursor"),
    some(
        [
            (["j"], 1),
            (["down", "down"], 2),
            (["j", "k"], 0),
            (["up"], 0),
            (["G"], COUNT - 1),
            (["end"], COUNT - 1),
            (["G", "g"], 0),
            (["end", "home"], 0),
            (["G", "down"], COUNT - 1),
            (["ctrl+d"], 8),
            (["ctrl+d", "ctrl+u"], 0),
            (["pagedown"], 15),
            (["pagedown", "pageup"], 0),
        ]
    ),
)
async def test_keys_move_the_cursor(start: Start, keys: list[str], cursor: int) -> None:
    async with start() as browser:
        await browser.press(*keys)
        assert browser.main.table.cursor == cursor
        assert browser.main.entry is not None
        # The details follow in the same turn, and the current line is on the screen.
        assert browser.main.entry.title.split()[0] in browser.text()
        assert any("▌" in line[30:] for line in browser.lines())


async def test_each_key_narrows(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash")
        counts = []
        for key in "uniseg":
            await browser.press(key)
            counts.append(len(browser.ids()))
        assert counts == sorted(counts, reverse=True)
        assert browser.ids()[0] == "ye2023uniseg"
        assert f"1 of {counts[-1]} of {COUNT}" in browser.lines()[0]
        assert "uniseg" in browser.lines()[0]
        await browser.press("backspace", "backspace")
        assert len(browser.ids()) == counts[3]


@pytest.mark.parametrize(
    ("typed", "found"),
    some(
        [
            ("rodriguez", "silvarodriguez2023transductive"),
            ("RODRÍGUEZ", "silvarodriguez2023transductive"),
            ("zhou liu clip", "liu2023clip"),
            ("clip zhou liu", "liu2023clip"),
            ("media 2025 volumetric", "silvarodriguez2023transductive"),
            ("btcv dataset", "landman2015btcv"),
            ("kind:dataset lits", "bilic2023lits"),
            ("2303.17051", "silvarodriguez2023transductive"),
            ("transductive few-shot adapters", "silvarodriguez2023transductive"),
        ]
    ),
)
async def test_words_are_found_anywhere_and_all_must_match(start: Start, typed: str, found: str) -> None:
    async with start() as browser:
        browser.main.query_input.value = typed
        await browser.pilot.pause()
        assert found in browser.ids()
        assert len(browser.ids()) <= 12


async def test_nothing_matches_says_how_to_clear(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash")
        await browser.type("zzzz")
        assert f"0 of {COUNT}" in browser.text()
        assert "No match: esc clears the filter." in browser.text()
        assert "No entry to show." in browser.text()
        # No key that acts on an entry breaks anything.
        await browser.press("escape", "enter", "o", "O", "c", "y", "b", "1", "j", "G")
        await browser.settle()
        assert "There is no entry here" in browser.notices()
        await browser.press("escape")
        assert len(browser.ids()) == COUNT


async def test_the_same_notice_is_shown_once(start: Start) -> None:
    async with start() as browser:
        browser.main.query_input.value = "zzzzqq"
        await browser.press(*"oooc", "y", "b")
        await browser.press("o")
        toasts = list(browser.app.screen.query(Toast))
        assert len(toasts) == 1
        assert len(browser.notifications()) == 1
        assert "There is no entry here" in browser.text()
        # What says something else stands beside it.
        browser.main.say("There is no entry here", warning=True)
        await browser.press("u")
        assert len(browser.app.screen.query(Toast)) == 3
        # Of those that warn of nothing there are never more than two.
        browser.main.say("Something else")
        await browser.pilot.pause()
        assert len(browser.app.screen.query(Toast)) == 3
        assert "There is no entry here" in browser.text(), "a warning stays"
        assert "Something else" in browser.text()


async def test_escape_steps_back_and_never_quits(start: Start) -> None:
    async with start() as browser:
        main = browser.main
        main.run_view(main.view.__class__(scope="section/abdomen"))
        await browser.press("slash", "l", "i", "v", "e", "r")
        assert main.query_input.has_focus
        await browser.press("escape")
        assert main.query_input.has_focus
        assert not main.table.completions.rows
        await browser.press("escape")
        assert main.table.has_focus
        assert main.view.query == "liver"
        await browser.press("enter")
        assert main.acts.panes.zoomed
        await browser.press("escape")
        assert not main.acts.panes.zoomed
        await browser.press("escape")
        assert main.view.query == ""
        assert main.view.scope == "section/abdomen"
        await browser.press("escape")
        assert main.view.scope == ""
        await browser.press("escape", "escape", "escape")
        assert browser.app.is_running
        assert browser.app.return_code is None


async def test_the_cursor_stays_on_its_entry(start: Start) -> None:
    async with start() as browser:
        browser.main.go_to_entry("bilic2023lits")
        browser.main.query_input.value = "liver"  # not typed: that would follow the best match
        assert browser.current == "bilic2023lits"
        await browser.press("escape", "escape", "s", "S", "s")
        assert browser.current == "bilic2023lits"
        await browser.press("escape")
        assert browser.current == "bilic2023lits"
        await browser.pilot.resize_terminal(60, 20)
        await browser.pilot.pause()
        assert browser.current == "bilic2023lits"
        assert "Liver Tumor" in browser.text()


async def test_sort_goes_through_the_columns_and_turns_round(start: Start) -> None:
    async with start() as browser:
        entries = browser.main.index.entries
        by = {entry.id: entry for entry in entries}
        years = [by[one].year or 0 for one in browser.ids()]
        assert years == sorted(years, reverse=True)
        await browser.press("s")
        titles = [sort_key(by[one].title) for one in browser.ids()]
        assert titles == sorted(titles)
        assert "Title▲" in browser.lines()[1]
        await browser.press("S")
        assert "Title▼" in browser.lines()[1]
        assert [sort_key(by[one].title) for one in browser.ids()] == sorted(titles, reverse=True)
        await browser.press("s", "s", "s", "s", "s")
        assert "Year▼" in browser.lines()[1]


async def test_clicks_on_a_heading_sort(start: Start) -> None:
    async with start() as browser:
        title = next(place.start for place in browser.main.table.placed if place.column.name == "title")
        await browser.pilot.click("#table", offset=(title, 0))
        await browser.pilot.pause()
        assert browser.main.view.sort.column == "title"
        await browser.pilot.click("#table", offset=(title, 0))
        await browser.pilot.pause()
        assert browser.main.view.sort.descending


async def test_the_mouse_chooses_scrolls_and_follows(start: Start) -> None:
    async with start() as browser:
        await browser.pilot.click("#table", offset=(12, 4))
        await browser.pilot.pause()
        assert browser.main.table.cursor == 3
        await browser.pilot.click("#tree", offset=(6, 7))
        await browser.pilot.pause()
        assert browser.main.view.scope == "section/segmentation"
        browser.main.table.show_from(2)
        browser.main.detail.move(4)
        await browser.pilot.pause()
        assert browser.main.detail.top == 4


async def test_reading_fills_the_screen_and_names_all_authors(start: Start) -> None:
    async with start() as browser:
        browser.main.go_to_entry("bilic2023lits")
        await browser.pilot.pause()
        assert "more" in browser.text()
        await browser.press("enter")
        assert browser.main.detail.size.width == 120
        assert "Bjoern Menze" in browser.text()
        await browser.press("G")
        assert "Verification" in browser.text()
        await browser.press("enter")
        assert not browser.main.acts.panes.zoomed


async def test_tab_goes_round_the_panes(start: Start) -> None:
    async with start() as browser:
        main = browser.main
        seen = []
        for _ in range(3):
            await browser.press("tab")
            seen.append(browser.app.focused)
        assert seen == [main.detail, main.sections, main.table]
        await browser.press("shift+tab")
        assert browser.app.focused is main.sections


async def test_the_last_line_names_the_keys_of_where_one_is(start: Start) -> None:
    async with start(size=(120, 36)) as browser:
        table = browser.lines()[-1]
        assert "enter read" in table
        await browser.press("tab")
        assert "enter full screen" in browser.lines()[-1]
        await browser.press("enter")
        assert "esc to the list" in browser.lines()[-1]
        await browser.press("escape")
        assert browser.lines()[-1] == table
        await browser.press("shift+tab")
        assert "→ open  ← fold" in browser.lines()[-1]
        await browser.press("slash")
        assert "f1 help  tab complete" in browser.lines()[-1]
        await browser.press("escape")
        assert browser.lines()[-1] == table


async def test_a_remark_on_the_query_stays_when_the_terminal_changes(start: Start) -> None:
    async with start(size=(120, 36)) as browser:
        await browser.press("slash")
        await browser.type("modlity:ct segmantation")
        both = browser.lines()[-1]
        assert "did you mean segmentation?" in both
        assert "did you mean modality:?" in both
        await browser.pilot.resize_terminal(80, 24)
        await browser.pilot.pause()
        assert browser.lines()[-1].strip() == both.strip().partition(" · ")[0], "what fits whole"


async def test_a_dialog_always_says_how_it_is_closed(start: Start) -> None:
    async with start(size=(60, 20)) as browser:
        browser.main.go_to_entry("liu2023clip")
        for key in ("C", "l", "e", "O", "number_sign"):
            await browser.press(key)
            await browser.settle()
            assert "esc closes ─" in browser.text(), key
            await browser.press("escape")


async def test_the_list_of_completions_says_whole_how_many_more_there_are(start: Start) -> None:
    async with start(size=(80, 24)) as browser:
        await browser.press("slash")
        await browser.type("year:20")
        assert re.search(r"tab: \d+ more", browser.text())


async def test_sections_and_facets_narrow(start: Start) -> None:
    async with start() as browser:
        main = browser.main
        await browser.press("shift+tab", *["down"] * 6, "enter")
        assert main.view.scope == "section/segmentation"
        inside = [entry.id for entry in main.index.entries if "segmentation" in (entry.section, *entry.sections)]
        assert sorted(browser.ids()) == sorted(inside)
        assert main.table.has_focus
        assert "Segmentation" in browser.lines()[0]
        await browser.press("escape", "shift+tab")
        main.acts.tree.set_open(facet_key("modality"), on=True)
        main.acts.tree.set_open(more_key("modality"), on=True)
        keys = [node.key for node in main.sections.nodes]
        main.sections.move_to(keys.index("modality:PET"))
        await browser.press("enter")
        assert main.query_input.value == "modality:PET"
        assert "✓ PET" in browser.text()
        assert main.sections.has_focus
        inside = [entry.id for entry in main.index.entries if "PET" in entry.modalities]
        assert sorted(browser.ids()) == sorted(inside)
        await browser.press("enter")
        assert main.query_input.value == ""


async def test_following_a_dataset_and_back_to_its_users(start: Start) -> None:
    async with start() as browser:
        browser.main.query_input.value = "clip-driven"
        await browser.pilot.pause()
        browser.main.on_link_followed(LinkFollowed("landman2015btcv"))
        await browser.pilot.pause()
        assert browser.current == "landman2015btcv"
        browser.main.detail.show_from(30)
        await browser.pilot.pause()
        assert "Used by" in browser.text() or "CLIP-Driven" in browser.text()


async def test_the_filter_can_be_left_by_moving(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash")
        await browser.type("liver")
        await browser.press("down", "down")
        assert browser.main.table.cursor == 2
        await browser.press("enter")
        assert browser.app.focused is browser.main.table


async def test_walking_to_related_entries_and_back(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash")
        await browser.type("clip driven")
        await browser.press("enter")
        browser.main.go_to_entry("liu2023clip")
        # Six keys: to a dataset it uses, to another user of that, and back.
        await browser.press("l")
        assert "Related entries" in browser.text()
        line = next(line for line in browser.lines() if " uses " in line and "BTCV" in line)
        await browser.press(line.partition(" uses ")[0].split()[-1])
        assert browser.current == "landman2015btcv"
        await browser.press("l")
        line = next(line for line in browser.lines() if " used by " in line and "CLIP-Driven" not in line)
        await browser.press(line.partition(" used by ")[0].split()[-1])
        user = browser.current
        assert "landman2015btcv" in {use.dataset for use in browser.main.services.entry(user).uses}
        await browser.press("backspace")
        assert browser.current == "landman2015btcv"
        await browser.press("h")
        assert browser.current == "liu2023clip"
        assert browser.main.view.query == "clip driven"
        assert browser.main.query_input.value == "clip driven"
        await browser.press("h")
        assert "Nothing to go back to" in browser.notices()
        await browser.press("greater_than_sign", "greater_than_sign")
        assert browser.current == user
        await browser.press("greater_than_sign")
        assert "Nothing to go forward to" in browser.notices()


async def test_an_entry_with_nothing_related_says_so(start: Start) -> None:
    async with start() as browser:
        browser.main.go_to_entry("wojcik2022foundation")
        await browser.press("l")
        assert "No related entries" in browser.notices()


async def test_what_an_entry_follows_is_shown_at_both_ends_and_one_walks_there(start: Start, tmp_path: Path) -> None:
    related = [{"entry": "old", "how": "predecessor", "note": "all of it"}]
    catalog = write(tmp_path / "c.yaml", [entry("old", date="2020"), entry("new", related=related)])
    async with start(catalog=catalog) as browser:
        assert browser.current == "new"
        assert "Follows" in browser.text()
        await browser.press("l")
        assert any("follows" in line and "The paper called old" in line for line in browser.lines())
        await browser.press("1")
        assert browser.current == "old"
        assert "Followed by" in browser.text()


async def test_all_that_belongs_to_an_entry_is_listed_in_the_order_of_the_pane(start: Start, tmp_path: Path) -> None:
    code = [{"rel": "code", "url": "https://github.com/someone/something"}]
    catalog = write(
        tmp_path / "c.yaml",
        [
            entry("old", date="2019"),
            entry("twin", links=code, date="2019"),
            entry("user", uses=[{"dataset": "middle"}], date="2019"),
            entry("base", kind="dataset", date="2019"),
            entry("next", related=[{"entry": "middle", "how": "predecessor"}], date="2019"),
            entry("more", related=[{"entry": "middle", "how": "extends"}], date="2019"),
            entry(
                "middle",
                kind="dataset",
                links=code,
                uses=[{"dataset": "base"}, {"name": "Elsewhere"}],
                related=[{"entry": "old", "how": "predecessor"}, {"entry": "user", "how": "version"}],
            ),
        ],
    )
    async with start(catalog=catalog) as browser:
        assert browser.current == "middle"
        shown = browser.main.detail.lines_for(80)
        targets = [line.target for line in shown if line.target and not line.target.startswith("https:")]
        assert targets == ["old", "next", "more", "user", "twin", "base", "user"]
        for number, target in enumerate(targets, 1):
            await browser.press("l", str(number))
            assert browser.current == target
            await browser.press("backspace")
            assert browser.current == "middle"


async def test_a_click_on_what_belongs_to_an_entry_goes_there(start: Start, tmp_path: Path) -> None:
    related = [{"entry": "old", "how": "extends"}]
    catalog = write(tmp_path / "c.yaml", [entry("old", date="2020"), entry("new", related=related)])
    async with start(size=(160, 40), catalog=catalog) as browser:
        lines = browser.main.detail.lines_for(browser.main.detail.text_width)
        at = next(y for y, line in enumerate(lines) if line.target == "old")
        await browser.pilot.click(browser.main.detail, offset=(4, at))
        assert browser.current == "old"
        await browser.press("backspace")
        assert browser.current == "new"
