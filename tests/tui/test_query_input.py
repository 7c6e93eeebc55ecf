"""Asking: completions, earlier queries, searches with names, and why an entry was found."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.events import Paste

from mum_tui import cli, console
from mum_tui.catalog import opening
from mum_tui.search.view import View
from mum_tui.services import Services
from mum_tui.text import MOST_IN_BOX, clean
from mum_tui.tui.model.outline import NodeKind, facet_key, search_key
from mum_tui.tui.screen import completions
from mum_tui.tui.screen.searches import PAUSE
from support import catalogs
from tests.catalogs import COUNT, entry, write
from tests.examples import some
from tests.queries import queries
from tests.reference import Reference
from tests.tui.conftest import Browser, Start

LARGE = 300


def offered(browser: Browser) -> list[str]:
    return [label for label, _ in browser.main.table.completions.rows]


def underlined(browser: Browser) -> set[str]:
    """Every text on the screen that is underlined."""
    strips = browser.strips()
    return {text for strip in strips for text, style, _ in strip if style and style.underline}


async def test_fields_and_values_are_offered_with_counts(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash")
        await browser.type("mod")
        assert offered(browser)[0].startswith("modality:")
        await browser.press("tab")
        assert browser.main.query_input.value.startswith("modality:")
        await browser.type("m")
        rows = browser.main.table.completions.rows
        assert rows
        for number, (_, count) in enumerate(rows):
            await browser.press("tab")
            assert browser.main.table.completions.current in (number, -1)
            assert len(browser.ids()) == count
        assert browser.main.query_input.has_focus


@pytest.mark.parametrize("size", some([(120, 36), (80, 24), (60, 20)]))
async def test_the_offers_leave_the_titles_in_sight_until_one_turns_to_them(
    start: Start, size: tuple[int, int]
) -> None:
    async with start(size=size) as browser:
        await browser.press("slash")
        await browser.type("mod")
        table = browser.main.table
        shown = [strip.text for strip in table.render_lines(table.size.region)]
        for line, row in zip(shown[1:], table.rows, strict=False):
            entry = browser.main.index.entries[row]
            assert (entry.name or entry.title if size[0] >= 80 else entry.name)[:7] in line
        half = [line for line in shown if "▎" in line]
        assert half[0].rstrip(" ┃│").endswith(f"{table.completions.rows[0][1]:,}")
        assert len(half) < len(shown) - 1
        await browser.press("tab")
        all_of_them = [strip.text for strip in table.render_lines(table.size.region) if "▎" in strip.text]
        assert len(all_of_them) >= len(half)
        hidden = len(table.completions.rows) - len(half)
        assert (f"tab: {hidden + 1} more" in half[-1]) == (hidden > 0)


async def test_tab_goes_round_and_back_to_what_was_typed(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash")
        await browser.type("kind:")
        count = len(offered(browser))
        assert count > 1
        seen = []
        for _ in range(count + 1):
            await browser.press("tab")
            seen.append(browser.main.query_input.value)
        assert len(set(seen)) == count + 1
        assert seen[-1] == "kind:"
        await browser.press("shift+tab")
        assert browser.main.query_input.value == seen[-2]
        # Typing goes on from what was taken.
        await browser.type("liver")
        assert browser.main.query_input.value == seen[-2] + "liver"


async def test_a_box_takes_only_so_much_that_is_typed(start: Start) -> None:
    async with start() as browser:
        await browser.press("/")
        browser.main.query_input.add_text("x" * (MOST_IN_BOX + 100), ahead=False)
        await browser.press("a", "left", "backspace", "y")
        assert browser.main.query_input.value == "x" * (MOST_IN_BOX - 2) + "yx"


async def test_escape_closes_the_list_first(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash")
        await browser.type("kind:")
        assert offered(browser)
        await browser.press("escape")
        assert not offered(browser)
        assert browser.main.query_input.has_focus
        assert browser.main.query_input.value == "kind:"
        await browser.press("escape")
        assert browser.main.table.has_focus


async def test_the_word_at_the_cursor_is_completed(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash")
        await browser.type("kin liver")
        await browser.press("home", "right", "right", "right", "d")
        assert any(label.startswith("kind:") for label in offered(browser))
        await browser.press("tab")
        assert browser.main.query_input.value == "kind: liver"
        assert browser.main.query_input.cursor_position == len("kind:")


async def test_hits_are_underlined_in_table_and_details(start: Start) -> None:
    async with start() as browser:
        assert not underlined(browser)
        await browser.press("slash")
        await browser.type("uniseg")
        assert "UniSeg" in underlined(browser)
        await browser.press("ctrl+u")
        assert not underlined(browser)


async def test_a_hit_only_in_the_summary_is_shown_below_the_title(start: Start, tmp_path: Path) -> None:
    summary = "Many words that nobody looks for, and then one about xylophones in the end."
    catalog = write(tmp_path / "one.yaml", [entry("one", title="A title", summary=summary), entry("two")])
    async with start(catalog=catalog) as browser:
        await browser.press("slash")
        await browser.type("xyloph")
        assert browser.ids() == ["one"]
        lines = browser.lines()
        at = next(number for number, line in enumerate(lines) if "matched in summary:" in line)
        assert "A title" in lines[at - 1]
        assert "xyloph" in underlined(browser)


async def test_only_what_is_the_entrys_own_is_marked(start: Start, tmp_path: Path) -> None:
    authors = [f"Person{chr(97 + number)}, Given" for number in range(20)]
    words = "Of every modality more is kind than found in many a summary, a doi, others and the like"
    one = entry("one", authors=authors, modalities=["CT"], summary=words, tags=["more kind"])
    catalog = write(tmp_path / "one.yaml", [one])
    async with start(catalog=catalog) as browser:
        browser.main.query_input.value = "modality more kind found summary others"
        await browser.pilot.pause()
        assert browser.ids() == ["one"]
        assert "and 8 more" in browser.text()
        detail = browser.main.detail
        hits = [
            ("".join(text for text, _ in line.runs), start, end)
            for line in detail.lines_for(detail.text_width)
            for start, end in line.hits
        ]
        assert {text[start:end] for text, start, end in hits} >= {"modality", "more", "kind", "found", "summary"}
        for label in ("Modality", "Kind ", "and 8 more"):
            at = next(y for y, line in enumerate(browser.lines()) if label in line)
            strip = browser.strips()[at]
            assert not [text for text, style, _ in strip if style and style.underline and text in label]
        (line, first) = next((text, start) for text, start, _ in hits if "found in" in text)
        assert first >= line.index(":"), line


async def test_a_phrase_is_marked_where_it_wraps(start: Start, tmp_path: Path) -> None:
    summary = " ".join(["word"] * 13 + ["foundation model"] + ["word"] * 13)
    catalog = write(tmp_path / "one.yaml", [entry("one", title="A title", summary=summary)])
    async with start(size=(80, 24), catalog=catalog) as browser:
        browser.main.query_input.value = '"foundation model"'
        await browser.pilot.pause()
        assert any(line.rstrip().endswith(" foundation") for line in browser.lines())
        assert {"foundation", "model"} <= underlined(browser)


async def test_a_misspelt_word_is_replaced_and_said(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash")
        await browser.type("segmantation")
        assert browser.ids()
        assert 'No match for "segmantation"; showing segmentation' in browser.lines()[-1]
        assert any("segmentation" in text.lower() for text in underlined(browser))


async def test_up_and_down_go_through_earlier_queries(start: Start) -> None:
    async with start() as browser:
        for query in ("liver", "sam"):
            await browser.press("slash", "ctrl+u")
            await browser.type(query)
            await browser.press("enter")
            await browser.settle()
        browser.main.query_input.value = ""
        browser.main.table.move_to(0)
        await browser.press("slash", "c", "t")
        await browser.press("up")
        assert browser.main.query_input.value == "sam"
        await browser.press("up", "up", "up")
        assert browser.main.query_input.value == "liver"
        assert browser.ids() == [browser.main.index.entries[row].id for row in browser.main.results.rows]
        await browser.press("down")
        assert browser.main.query_input.value == "sam"
        await browser.press("down")
        assert browser.main.query_input.value == "ct"
        await browser.press("down")
        assert browser.main.query_input.value == "ct"
        assert browser.main.table.cursor == 1
        await browser.press("up")
        assert browser.main.table.cursor == 0


async def test_saved_searches_in_the_tree_and_on_digits(start: Start, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text('[searches]\nlivers = "liver"\ndata = "kind:dataset"\n')
    async with start() as browser:
        main = browser.main
        named = [node for node in main.sections.nodes if node.kind is NodeKind.SEARCH]
        assert [node.title for node in named] == ["livers", "data"]
        await browser.press("apostrophe", "2")
        assert main.query_input.value == "kind:dataset"
        assert main.sections.search_counts[named[1].key] == len(browser.ids())
        assert named[1].key in main.sections.active
        main.acts.panes.go_to(main.sections)
        main.sections.move_to(main.sections.nodes.index(named[0]))
        await browser.press("enter")
        assert main.query_input.value == "liver"


async def test_the_counts_of_saved_searches_follow_what_is_kept(start: Start, home: Path) -> None:
    home.mkdir()
    searches = ["is:bookmarked", "status:to-read", "tag:mytag", "note:good", "-is:read", "liver"]
    lines = [f'"{number}" = "{query}"' for number, query in enumerate(searches)]
    (home / "config.toml").write_text("\n".join(["[searches]", *lines]))
    async with start() as browser:
        main = browser.main

        async def counts() -> list[int]:
            await asyncio.sleep(PAUSE + 0.05)
            await browser.pilot.pause()
            return [main.sections.search_counts[search_key(str(number))] for number in range(len(searches))]

        before = await counts()
        assert before == [0, 0, 0, 0, COUNT, len(main.index.run(View(query="liver")).rows)]
        await browser.press("b", "r", "j", "b")
        assert (await counts())[:3] == [2, 1, 0]
        await browser.press("u")
        assert (await counts())[:3] == [1, 1, 0]
        for field, value in (("tag:mytag", True), ("note", "a good one"), ("status", "read")):
            main.services.annotator.annotate(main.targets_or_say(), field, value)
            main.acts.annotations.changed()
        assert (await counts())[:5] == [1, 1, 1, 1, COUNT - 1]
        # Another program.
        await browser.settle()
        other = Services()
        other.annotator.annotate([other.entry("btcv")], "bookmarked", True)
        other.library.save()
        main.acts.annotations.writer.poll()
        await browser.settle()
        assert (await counts())[0] == 2


async def test_a_query_is_saved_in_place_under_a_name(start: Start, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text('[searches]\nlivers = "liver"\n')
    config = (home / "config.toml").read_bytes()
    async with start() as browser:
        browser.main.query_input.value = "has:code year:2024"
        await browser.press("apostrophe", "s", "ctrl+u")
        await browser.type("new code")
        await browser.press("enter")
        await browser.settle()
        assert 'Saved as "new code"' in browser.notices()
        named = [node.title for node in browser.main.sections.nodes if node.kind is NodeKind.SEARCH]
        assert named == ["livers", "new code"]
        assert search_key("new code") in browser.main.sections.active
        await asyncio.sleep(PAUSE + 0.05)
        await browser.pilot.pause()
        assert browser.main.sections.search_counts[search_key("new code")] == len(browser.ids())
    assert (home / "config.toml").read_bytes() == config
    async with start() as browser:
        await browser.press("escape", "apostrophe", "2")
        assert browser.main.query_input.value == "has:code year:2024"
        assert browser.main.table.cursor == 0


async def test_a_name_that_is_typed_replaces_the_one_suggested(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash")
        await browser.type("sam")
        await browser.press("enter", "apostrophe", "s")
        await browser.type("mine")
        await browser.press("enter")
        await browser.settle()
        assert browser.main.services.memory.searches == {"mine": "sam"}


async def test_a_saved_search_is_changed_and_removed(start: Start, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text('[searches]\nlivers = "liver"\n')
    async with start() as browser:
        services = browser.main.services
        services.memory.store_search("first", "sam")
        services.memory.store_search("second", "ct")
        await browser.press("apostrophe", "j", "e", "ctrl+u")
        await browser.type("sam 2")
        await browser.press("enter")
        await browser.settle()
        await browser.press("ctrl+u")
        await browser.type("second")
        await browser.press("enter")
        await browser.settle()
        assert "A search has this name" in browser.text()
        await browser.press("ctrl+u")
        await browser.type("renamed")
        await browser.press("enter")
        await browser.settle()
        assert services.memory.searches == {"renamed": "sam 2", "second": "ct"}
        await browser.press("apostrophe", "j", "j", "x")
        await browser.settle()
        assert services.memory.searches == {"renamed": "sam 2"}
        assert "ct" in services.memory.queries
        # What stands in the hand-edited configuration is not touched.
        await browser.press("apostrophe", "x")
        assert "config.toml" in browser.notices()
        await browser.press("apostrophe", "e")
        assert len(browser.app.screen_stack) == 1
    assert (home / "config.toml").read_text() == '[searches]\nlivers = "liver"\n'


async def test_a_search_that_cannot_be_stored_is_said(start: Start, home: Path) -> None:
    async with start() as browser:
        browser.main.query_input.value = "liver"
        state = browser.main.services.paths.searches
        state.mkdir(parents=True)  # a folder in the place of the file
        await browser.press("apostrophe", "s", "enter")
        await browser.settle()
        assert "Not saved" in browser.text()


async def test_the_filter_key_replaces_what_was_typed_and_an_arrow_keeps_it(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash", *"vista3d", "enter", "slash", *"med3d")
        assert browser.main.query_input.value == "med3d"
        assert browser.current == "chen2019med3d"
        # Looking at it again changes nothing.
        await browser.press("enter", "slash", "escape")
        assert browser.main.query_input.value == browser.main.view.query == "med3d"
        for key, query in (("right", "med3d x"), ("end", "med3d x"), ("left", " xmed3d"), ("home", " xmed3d")):
            await browser.press("slash", "ctrl+u", *"med3d", "enter", "slash", key, "space", "x")
            assert browser.main.query_input.value == query, key
            await browser.press("enter")
        # The one before is not lost.
        await browser.press("slash", "ctrl+u", *"med3d", "enter", "slash", *"sam", "ctrl+u", "up")
        assert browser.main.query_input.value == "med3d"


async def test_what_the_sections_wrote_is_narrowed_by_the_filter_key(start: Start) -> None:
    async with start() as browser:
        sections = browser.main.sections
        browser.main.acts.panes.go_to(sections)
        sections.move_to([node.key for node in sections.nodes].index(facet_key("kind")))
        await browser.press("right", "right", "down", "enter", "slash", *"liver")
        assert browser.main.query_input.value == "kind:dataset liver"
        # From now on it is what was typed.
        await browser.press("enter", "slash", *"sam")
        assert browser.main.query_input.value == "sam"


async def test_there_is_nothing_to_save_without_a_query(start: Start) -> None:
    async with start() as browser:
        await browser.press("apostrophe")
        assert "No searches yet" in browser.notices()
        browser.main.services.memory.store_search("mine", "liver")
        await browser.press("apostrophe", "s")
        assert "Type a query first" in browser.notices()


async def test_the_help_has_the_language(start: Start) -> None:
    async with start() as browser:
        await browser.press("question_mark", "G")
        text = browser.text()
        assert "status:reading" in text
        assert "is:bookmarked" in text


async def test_a_pasted_identifier_is_the_current_entry(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash")
        for pasted in (
            "https://arxiv.org/pdf/2301.00785v2",
            "doi:10.1109/ICCV51070.2023.01934",
            "https://github.com/ljwztc/CLIP-Driven-Universal-Model.git",
            "[@liu2023clip]",
            r"\cite{liu2023clip}",
        ):
            await browser.press("ctrl+u")
            assert len(browser.ids()) == COUNT
            browser.main.query_input.insert_text_at_cursor(pasted)
            await browser.pilot.pause()
            assert browser.ids() == ["liu2023clip"], pasted
            assert browser.current == "liu2023clip"


async def test_an_exact_short_name_is_the_current_entry(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash", *"med3d")
        assert browser.current == "chen2019med3d"
        assert browser.ids()[0] == "chen2019med3d"


async def test_a_synonym_is_found_and_its_term_is_shown(start: Start) -> None:
    async with start(size=(120, 50)) as browser:
        await browser.press("slash", *"cxr is:dataset -title:cxr -name:x-ray")
        assert browser.ids()
        assert all("X-ray" in browser.main.index.entries[row].modalities for row in browser.main.table.rows[:3])
        assert "X-ray" in browser.text()


async def test_usedby_is_completed(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash", *"usedby:liu2023c", "tab")
        assert browser.main.query_input.value == "usedby:liu2023clip "
        assert "landman2015btcv" in browser.ids()


@pytest.mark.parametrize(
    ("query", "hint"),
    [("foo:bar", "there is no field foo"), ("@liu2023clpi", "did you mean liu2023clip"), ("liver NOT", "NOT excludes")],
)
async def test_what_cannot_be_meant_is_told(start: Start, query: str, hint: str) -> None:
    async with start() as browser:
        await browser.press("slash")
        browser.main.query_input.insert_text_at_cursor(query)
        await browser.pilot.pause()
        assert hint in browser.text()


def listed(query: str, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], str]:
    """The ids that ``mum-tui list`` prints for a query, and what it says; its status must fit."""
    out: list[str] = []
    said: list[str] = []
    with monkeypatch.context() as patched:
        patched.setattr(console, "write", out.append)
        patched.setattr(console, "warn", lambda *messages: said.extend(map(str, messages)))
        patched.setattr(console, "read", query.encode)  # the query "-" is read from standard input
        status = cli.main(["list", "--fields=id", "--", query])
    found = "".join(out).split()
    assert status == (console.Exit.DONE if found else console.Exit.NOT_FOUND), query
    return found, "\n".join(said)


async def asked_everywhere(browser: Browser, query: str, reference: Reference, monkeypatch: pytest.MonkeyPatch) -> None:
    """A query typed into the box gives what ``list`` and the naive matcher give, or a hint says why not."""
    main = browser.main
    await browser.press("ctrl+u")
    for char in clean(query).replace("\n", " "):
        main.query_input.insert_text_at_cursor(char)
    await browser.pilot.pause()
    query = main.query_input.value
    assert main.view.query == query
    results, shown = main.results, browser.ids()
    ids, said = listed(query, monkeypatch)
    assert ids or said, query
    if shown and not ids:
        assert results.hint, query  # the last good answer, while this one is not written to its end
        return
    assert shown == ids, query
    if not results.replaced:
        # The naive matcher orders by how well words fit, which the table does only for words.
        wanted = reference.found(results.query.tree)
        assert sorted(shown) == sorted(wanted), query
    assert shown or results.hint or "No match" in browser.text()


@pytest.mark.parametrize("count", [2, pytest.param(300, marks=pytest.mark.slow)])
async def test_a_query_gives_the_same_in_the_box_in_list_and_by_the_naive_matcher(
    start: Start, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Services()
    for identifier, field, value in (
        ("btcv", "bookmarked", True),
        ("liu2023clip", "status", "reading"),
        ("ye2023uniseg", "tag:mine", True),
        ("landman2015btcv", "note", "Compare with a second one"),
    ):
        mine.annotator.annotate([mine.entry(identifier)], field, value)
    mine.library.save()
    async with start() as browser:
        reference = Reference(browser.main.index.catalog, browser.main.services.annotations)
        await browser.press("slash")
        for query in ("", "is:bookmarked", "status:reading OR tag:mine", "note:compare", "-is:read liver"):
            await asked_everywhere(browser, query, reference, monkeypatch)
            assert browser.ids()
        for query in queries(seed=5 if count == 300 else 7, count=count):
            await asked_everywhere(browser, query, reference, monkeypatch)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A catalog of so many entries that it is compiled as one of thousands is."""
    path = tmp_path_factory.mktemp("large") / "c.yaml"
    path.write_text(catalogs.head() + "".join(map(catalogs.block, catalogs.entries(LARGE + 100))))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "LARGE", LARGE)
        yield path


async def test_in_the_largest_catalogs_completions_come_when_one_pauses(
    start: Start, large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completions, "AT_ONCE", LARGE)
    async with start(catalog=large) as browser:
        main = browser.main
        assert main.index.size > completions.AT_ONCE
        await browser.press("slash")
        main.query_input.insert_text_at_cursor("kind:")
        assert not offered(browser)
        assert len(browser.ids()) == main.results.total
        await asyncio.sleep(PAUSE + 0.05)
        await browser.pilot.pause()
        assert offered(browser)[0] == "paper"
        for label, count in main.table.completions.rows:
            assert count == len(main.index.run(View(query=f"kind:{label}")).rows)
        # A key takes the list away, and with it what was on its way.
        monkeypatch.setattr(completions, "PAUSE", 1)
        await browser.type("d")
        assert not offered(browser)
        await browser.press("escape")
        await asyncio.sleep(1.05)
        await browser.pilot.pause()
        assert not offered(browser)


async def test_in_a_large_catalog_completions_come_with_the_key(start: Start, large: Path) -> None:
    async with start(catalog=large) as browser:
        main = browser.main
        assert LARGE < main.index.size < completions.AT_ONCE
        await browser.press("slash")
        for typed in ("kind:", "kind:d", "mod", "year:20", "segmentation has:", "uses:a"):
            main.query_input.value = ""
            main.query_input.insert_text_at_cursor(typed)
            assert offered(browser)
            for one in main.acts.completions.listed:
                if not one.text.endswith(":"):
                    assert one.count == len(main.index.run(View(query=one.text)).rows), one


async def test_in_the_largest_catalogs_tab_does_not_wait_for_the_pause(
    start: Start, large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completions, "AT_ONCE", LARGE)
    async with start(catalog=large) as browser:
        main = browser.main
        await browser.press("slash")
        main.query_input.insert_text_at_cursor("kind:data")
        await browser.press("tab")
        assert main.query_input.value == "kind:dataset "
        assert main.query_input.has_focus
        assert len(browser.ids()) == len(main.index.run(View(query="kind:dataset")).rows)
        # What was typed last is what is completed, and once.
        await browser.type("modality:")
        main.query_input.insert_text_at_cursor("c")
        await asyncio.sleep(PAUSE + 0.05)
        await browser.pilot.pause()
        assert "CT" in offered(browser)
        await browser.press("tab")
        assert main.query_input.value == "kind:dataset modality:CT "


async def test_a_query_not_written_to_its_end_keeps_the_last_good_answer(start: Start, tmp_path: Path) -> None:
    titles = {"one": "Kilograms of liver", "two": "The liver", "three": "The spleen"}
    entries = [entry(name, title=title, kind="dataset" if name == "two" else "paper") for name, title in titles.items()]
    async with start(catalog=write(tmp_path / "c.yaml", entries)) as browser:
        await browser.press("slash")
        await browser.type("liver ")
        good = browser.ids()
        assert set(good) == {"one", "two"}
        await browser.type("kind")
        assert browser.ids() == ["one"], "that has liver and ki, as in kilograms"
        assert "kind: paper, dataset" in browser.lines()[-1]
        await browser.type(":data")
        assert browser.ids() == ["two"]
        await browser.type("zzz")
        assert browser.ids()
        assert browser.main.results.hint
        assert "  0 of " in browser.lines()[0]
        await browser.press("ctrl+u")
        await browser.type("zzzqqqxxx")
        assert browser.ids() == []
        assert "No match" in browser.text()


async def test_a_query_that_was_left_counts_as_written_to_its_end(start: Start) -> None:
    async with start() as browser:
        for query in ("kind:datazzz", "foo:bar", "liver year:>20x", "modality:elbow"):
            await browser.press("slash", "ctrl+u", *"liver")
            assert browser.ids()
            await browser.press("home", *query, "space", "enter")
            assert browser.ids() == [], query
            assert browser.main.entry is None
            assert "No match" in browser.text()
        await browser.press("slash", "ctrl+u", *"liver", "enter")
        assert browser.ids()


async def test_what_is_pasted_is_one_line_without_control_characters(start: Start) -> None:
    async with start() as browser:
        for pasted, query in (
            ("liver\nkidney", "liver kidney"),
            ("liver\r\n\n  kidney\t\n", "liver kidney"),
            ("[red]\x1b]52;c;eA==\x07", "[red]�]52;c;eA==�"),
            ("\n", ""),
            ("", ""),
        ):
            await browser.press("slash", "ctrl+u")
            browser.app.post_message(Paste(pasted))
            await browser.pilot.pause()
            await browser.press("enter")
            assert browser.main.query_input.value == browser.main.view.query == query
            browser.app.post_message(Paste("lost"))  # the entries take no text
            await browser.pilot.pause()
            assert browser.main.view.query == query
