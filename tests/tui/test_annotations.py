"""What the user keeps, key by key: what is stored, and what the screen shows of it."""

from __future__ import annotations

import asyncio
import errno
import json
import re
import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest
from textual.events import Key, Paste
from textual.widgets import TextArea

from mum_tui import cli
from mum_tui.keymap import make_keymap
from mum_tui.services import Services
from mum_tui.state.drafts import Drafts
from mum_tui.storage.lock import Lock
from mum_tui.tui.app import MumApp
from mum_tui.tui.dialogs import note
from mum_tui.tui.dialogs.note import MOST_CHARACTERS
from mum_tui.tui.dialogs.tags import TagPicker
from tests.catalogs import entry, write
from tests.disks import failing
from tests.examples import some
from tests.tui.conftest import Browser, Start

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven")


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """Seven papers, the newest first."""
    return write(tmp_path / "c.yaml", [entry(name, date=f"{2024 - at}-01-02") for at, name in enumerate(NUMBERS)])


def stored(home: Path) -> dict[str, dict[str, object]]:
    """The entries in the library's file."""
    entries: dict[str, dict[str, object]] = json.loads((home / "library.json").read_text())["entries"]
    return entries


def line_of(browser: Browser, text: str) -> str:
    """The first line of the screen with this text."""
    return next(line for line in browser.lines() if text in line)


async def go_to_node(browser: Browser, title: str) -> None:
    """Choose a line of the tree."""
    browser.main.acts.panes.go_to(browser.main.sections)
    titles = [node.title for node in browser.main.sections.nodes]
    browser.main.sections.move_to(titles.index(title))
    await browser.press("enter")


async def test_the_status_goes_round(start: Start, home: Path, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        for status, mark, title in (("to-read", "○", "To read"), ("reading", "◐", "Reading"), ("read", "●", "Read")):
            await browser.press("r")
            await browser.settle()
            assert stored(home)["one"]["status"] == status
            assert f" {mark} " in line_of(browser, "called one")
            assert browser.main.sections.annotation_counts[f"annotation/{status}"] == 1
            assert f"Status       {mark} {title}" in browser.text()
        await browser.press("r")
        await browser.settle()
        assert "one" not in stored(home)
        assert "Your library" not in browser.text()


async def test_marked_entries_all_get_the_next_status_of_the_first(start: Start, home: Path, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press("j", "r", "r", "g", "space", "space", "r")
        await browser.settle()
        assert {name: one["status"] for name, one in stored(home).items()} == {"one": "to-read", "two": "to-read"}
        assert "Status to-read on 2 entries · u undoes it" in browser.notices()
        await browser.press("u")
        await browser.settle()
        assert {name: one["status"] for name, one in stored(home).items()} == {"two": "reading"}
        assert "Undone: status to-read on 2 entries" in browser.notices()


async def test_a_change_is_saved_also_when_its_dialog_closes_at_once(start: Start, home: Path, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press("#", *"later")
        dialog = browser.app.screen
        assert isinstance(dialog, TagPicker)
        free = asyncio.Event()
        dialog.call_next(free.wait)  # a dialog that is busy until it is closed
        dialog.action_choose()
        await asyncio.sleep(0.1)
        dialog.dismiss()
        free.set()
        await browser.until((home / "library.json").exists)  # ``settle`` would save what is pending
        assert list(stored(home)["one"]["tags"]) == ["later"]  # type: ignore[call-overload]


async def test_a_rating_is_chosen_by_its_digit(start: Start, home: Path, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press("R", "4")
        await browser.settle()
        assert stored(home)["one"]["rating"] == 4
        assert "★★★★☆" in browser.text()
        await browser.press("R")
        assert "none" in browser.text()
        await browser.press("0")
        await browser.settle()
        assert "one" not in stored(home)
        await browser.press("R", "3", "R", "escape")
        await browser.settle()
        assert stored(home)["one"]["rating"] == 3


async def test_a_note_is_written_kept_and_shown(start: Start, home: Path, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press("n")
        assert "Note · The paper called one" in browser.text()
        await browser.type("Good baseline")
        await browser.press("enter", *"ok", "escape")
        await browser.settle()
        assert stored(home)["one"]["note"] == "Good baseline\nok"
        assert "Note         Good baseline" in browser.text()
        assert browser.main.sections.annotation_counts["annotation/noted"] == 1
        await browser.press("n", "x", "ctrl+g")
        await browser.settle()
        assert stored(home)["one"]["note"] == "Good baseline\nok"
        assert not Drafts(home / "state" / "drafts").all()
        await browser.press("u")
        await browser.settle()
        assert "one" not in stored(home)
        assert "Undone: note of The paper called one" in browser.notices()
        await browser.press("ctrl+r")
        await browser.settle()
        assert stored(home)["one"]["note"] == "Good baseline\nok"
        assert "Redone: note of The paper called one" in browser.notices()
        await browser.press("ctrl+r")
        assert "There is nothing to redo" in browser.notices()


async def test_a_note_that_another_program_wrote_meanwhile_is_kept_too(start: Start, home: Path, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press("n", *"mine")
        assert cli.main(["--catalog", str(catalog), "note", "one", "--text", "theirs"]) == 0
        await browser.press("escape")
        await browser.settle()
        assert stored(home)["one"]["note"] == "theirs\n\n---\n\nmine"
        assert "The note was changed elsewhere meanwhile: both are kept" in browser.notices()
        await browser.press("u")
        await browser.settle()
        assert stored(home)["one"]["note"] == "theirs"


async def test_a_paste_into_a_note_is_cut_where_the_note_is_full(start: Start, home: Path, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press("n", *"ab")
        browser.app.post_message(Paste("x" * (MOST_CHARACTERS - 2)))
        await browser.pilot.pause()
        assert "left out" not in browser.notices()
        await browser.press("shift+left")
        browser.app.post_message(Paste("yz"))
        await browser.pilot.pause()
        assert f"A note has at most {MOST_CHARACTERS:,} characters" in browser.notices()
        await browser.press("escape")
        await browser.settle()
        assert stored(home)["one"]["note"] == "ab" + "x" * (MOST_CHARACTERS - 3) + "y"


async def test_the_key_that_saves_elsewhere_keeps_the_note(start: Start, home: Path, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press("n", *"ok", "ctrl+s")
        await browser.settle()
        assert stored(home)["one"]["note"] == "ok"
        assert browser.app.screen is browser.main


async def test_a_note_to_several_is_added_to_what_is_there(start: Start, home: Path, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press("n", "a", "escape", "space", "space", "n")
        assert "Append to the notes of 2 entries" in browser.text()
        await browser.press("b", "escape")
        await browser.settle()
        assert {name: one["note"] for name, one in stored(home).items()} == {"one": "a\n\nb", "two": "b"}
        await browser.press("u")
        await browser.settle()
        assert {name: one["note"] for name, one in stored(home).items()} == {"one": "a"}


async def test_the_users_editor_goes_on_with_the_text(
    start: Start, home: Path, catalog: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\ntr a-z A-Z < "$1" > "$1.new" && mv "$1.new" "$1"\n')
    editor.chmod(0o755)
    async with start(catalog=catalog, environ={"EDITOR": str(editor)}) as browser:
        await browser.press("n", *"abc", "ctrl+e")
        assert "No editor can be opened here" in browser.notices(), "a test has no terminal"
        monkeypatch.setattr(browser.app, "suspend", nullcontext)
        await browser.press("ctrl+e")
        assert "ABC" in browser.text()
        await browser.press("escape")
        await browser.settle()
        assert stored(home)["one"]["note"] == "ABC"
    async with start(catalog=catalog, environ={"EDITOR": "false"}) as browser:
        monkeypatch.setattr(browser.app, "suspend", nullcontext)
        await browser.press("n", "d", "ctrl+e")
        assert "nothing was changed" in browser.notices()
        assert "ABCd" in browser.text()
        await browser.press("ctrl+g")


async def test_a_note_survives_a_crash_as_a_draft(
    start: Start, home: Path, catalog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(note, "DRAFT_SECONDS", 0.01)
    app = MumApp(Services(catalog), make_keymap({}))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("n", *"half a tho".replace(" ", ""))
        await pilot.pause(0.1)
        await app.workers.wait_for_complete()
    drafts = Drafts(home / "state" / "drafts")
    assert not drafts.all(), "it is being written"
    monkeypatch.setattr("mum_tui.state.drafts.state_of", lambda _: Lock.OURS)  # the program was killed
    assert drafts.all()["one"].text == "halfatho"
    async with start(catalog=catalog) as browser:
        assert "Unfinished note: The paper called one. Press n on the entry to continue." in browser.notices()
        await browser.press("n")
        assert "halfatho" in browser.text()
        assert "ctrl+g discards it" in browser.notices()
        await browser.press(*"ught", "escape")
        await browser.settle()
        assert stored(home)["one"]["note"] == "halfathought"
        assert not [*drafts.folder.iterdir()]


async def test_a_draft_of_which_the_note_has_all_is_neither_offered_nor_kept(
    start: Start, home: Path, catalog: Path
) -> None:
    drafts = Drafts(home / "state" / "drafts")
    assert drafts.save("one", "first half", "")
    (home / "library.json").write_text(json.dumps({"entries": {"one": {"note": "first half, second half"}}}))
    async with start(catalog=catalog) as browser:
        assert "Unfinished" not in browser.notices()
        assert not [*drafts.folder.iterdir()]


async def test_a_draft_for_several_goes_on_for_all_of_them(start: Start, home: Path, catalog: Path) -> None:
    drafts = Drafts(home / "state" / "drafts")
    left = drafts.open(["two", "one", "gone"], "")
    assert left.save("for all")
    left.leave()
    async with start(catalog=catalog) as browser:
        assert "Unfinished note: The paper called two and 2 others. Press n on the entry" in browser.notices()
        await browser.press("j", "n")
        assert "Note · 2 entries" in browser.text()
        assert "for all" in browser.text()
        await browser.press("escape")
        await browser.settle()
        assert {name: one["note"] for name, one in stored(home).items()} == {"one": "for all", "two": "for all"}
        assert not [*drafts.folder.iterdir()]


async def test_a_draft_of_a_note_that_was_changed_since_is_kept_beside_it(
    start: Start, home: Path, catalog: Path
) -> None:
    drafts = Drafts(home / "state" / "drafts")
    assert drafts.save("one", "old and more", "old")
    (home / "library.json").write_text(json.dumps({"entries": {"one": {"note": "theirs"}}}))
    async with start(catalog=catalog) as browser:
        await browser.press("n", "escape")
        await browser.settle()
        assert stored(home)["one"]["note"] == "theirs\n\n---\n\nold and more"
        assert not [*drafts.folder.iterdir()]


async def test_drafts_that_cannot_be_stored_are_said_once_and_the_text_is_printed_at_the_end(
    start: Start, home: Path, catalog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []
    monkeypatch.setattr("mum_tui.console.draw", printed.append)
    monkeypatch.setattr(note, "DRAFT_SECONDS", 0.01)
    monkeypatch.setattr("mum_tui.state.drafts.write_atomically", failing(errno.ENOSPC))
    async with start(catalog=catalog) as browser:
        await browser.press("n", "a")
        await browser.until(lambda: "Drafts of this note cannot be stored; esc saves the note" in browser.notices())
        browser.app.clear_notifications()
        browser.app.post_message(Paste("\nb\x07"))
        await browser.pilot.pause(0.1)
        await browser.app.workers.wait_for_complete()
        await browser.pilot.pause()
        assert "cannot be stored" not in browser.notices()
        browser.app._store_draft()  # noqa: SLF001 - what a signal does
        browser.app._save_and_warn()  # noqa: SLF001
        words = "mum-tui: the note that was being written could not be stored as a draft; this is its text:"
        assert printed == [f"{words}\n", "a\nb\ufffd\n"]
        await browser.press("escape")
        await browser.settle()
        assert stored(home)["one"]["note"] == "a\nb\ufffd"


async def test_shift_and_enter_is_enter_unless_an_action_has_it(start: Start, home: Path, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press("n", "a", "shift+enter", "b", "shift+escape")
        await browser.settle()
        assert stored(home)["one"]["note"] == "a\nb"
    (home / "config.toml").write_text('[keys]\nbookmark = "shift+enter"')
    async with start(catalog=catalog) as browser:
        await browser.press("shift+enter")
        await browser.settle()
        assert stored(home)["one"]["bookmarked"]


async def test_tags_are_found_made_given_and_taken(start: Start, home: Path, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press("number_sign")
        assert "Type a tag and press enter." in browser.text()
        await browser.type("to cite")
        assert "+ #to-cite" in browser.text()
        await browser.press("enter")
        assert "✓ #to-cite" in browser.text()
        await browser.type("liver")
        await browser.press("enter", "escape")
        await browser.settle()
        assert sorted(stored(home)["one"]["tags"]) == ["liver", "to-cite"]  # type: ignore[call-overload]
        detail = browser.main.detail  # whose lines a notice may cover
        shown = ["".join(text for text, _ in line.runs) for line in detail.lines_for(detail.text_width)]
        assert any("#to-cite #liver" in line for line in shown)
        await browser.press("space", "space", "number_sign")
        assert "– #liver" in browser.text(), "one of the two has it"
        await browser.press(*"ci", "tab")
        await browser.pilot.pause()
        assert browser.app.screen.query_one("WordInput").value == "to-cite"  # type: ignore[attr-defined]
        await browser.press("enter", "enter", "escape")
        await browser.settle()
        # Given to both, then taken from both.
        assert [list(one["tags"]) for one in stored(home).values()] == [["liver"]]  # type: ignore[call-overload]
        await go_to_node(browser, "#liver")
        assert browser.ids() == ["one"]
        assert browser.lines()[0].startswith(" #liver")


@pytest.mark.parametrize("size", [(60, 20), (120, 36)])
async def test_a_long_tag_leaves_its_number_in_sight(
    start: Start, home: Path, catalog: Path, size: tuple[int, int]
) -> None:
    home.mkdir()
    tags = json.dumps({name: {"tags": ["long-" * 12, "医学" * 15]} for name in NUMBERS})
    (home / "library.json").write_text(f'{{"entries": {tags}}}')
    async with start(size=size, catalog=catalog) as browser:
        await browser.press("number_sign")
        await browser.settle()
        for start_of in ("✓ #long-", "✓ #医学"):
            shown = line_of(browser, start_of)
            assert re.search(r"…\s+7\b", shown)
        assert "#" + "long-" * 12 in re.sub(r"[^\w#-]", "", browser.text())


async def test_a_tag_from_elsewhere_is_taken_as_it_is(start: Start, home: Path, catalog: Path) -> None:
    home.mkdir()
    (home / "library.json").write_text('{"entries": {"one": {"tags": ["two words"]}, "two": {"tags": ["two words"]}}}')
    async with start(catalog=catalog) as browser:
        await browser.press("number_sign", "enter", "escape")
        await browser.settle()
    assert list(stored(home)) == ["two"]


async def test_a_view_shows_its_entries_and_lets_go_of_them(start: Start, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        await go_to_node(browser, "◐ Reading")
        assert "No entries yet: r changes the reading status." in browser.text()
        await browser.press("slash", *"two")
        assert "No entries yet" in browser.text(), "clearing the filter would show nothing either"
        await browser.press("escape", "escape", "escape")
        await browser.press("escape", "g", "r", "j", "r", "j", "b")
        await go_to_node(browser, "○ To read")
        assert browser.ids() == ["one", "two"]
        assert "2 of 7" in browser.lines()[0]
        assert [node.title for node in browser.main.sections.nodes][1:5] == [
            "★ Bookmarks", "○ To read", "◐ Reading", "● Read",
        ]  # fmt: skip
        await browser.press("g", "r")
        assert browser.ids() == ["two"]
        assert browser.current == "two"
        await browser.press("u")
        assert browser.ids() == ["one", "two"]
        assert browser.current == "two"


async def test_what_is_no_longer_in_the_catalog_is_listed_copied_and_removed(
    start: Start, home: Path, catalog: Path
) -> None:
    old = Services(catalog)
    old.annotator.annotate(["lost"], "status", "read")
    old.annotator.annotate([old.entry("one")], "bookmarked", True)
    old.library.save()
    async with start(catalog=catalog) as browser:
        await go_to_node(browser, "Not in this catalog")
        assert "lost" in browser.text()
        await browser.press("enter")
        await browser.settle()
        assert "not in this catalog" in browser.app.desktop.last_copied
        await go_to_node(browser, "Not in this catalog")
        await browser.press("x")
        await browser.settle()
        assert "lost" not in stored(home)
        assert "Removed · u undoes it" in browser.notices()
        assert "Not in this catalog" not in browser.text()
        await browser.press("u")
        await browser.settle()
        assert stored(home)["lost"]["status"] == "read"


async def test_a_change_in_one_browser_appears_in_the_other(start: Start, catalog: Path) -> None:
    async with start(catalog=catalog) as one, start(catalog=catalog) as other:
        await other.press("j", "j", "j")
        await one.press("r", "j", "b")
        await one.settle()
        await other.pilot.pause(1.0)
        assert " ○ " in line_of(other, "called one")
        assert "★ " in line_of(other, "called two")
        assert other.current == "four"
        await other.press("r")
        await other.settle()
        await one.pilot.pause(1.0)
        assert " ○ " in line_of(one, "called four")
        assert (
            one.main.sections.annotation_counts["annotation/to-read"]
            == other.main.sections.annotation_counts["annotation/to-read"]
            == 2
        )
        assert one.current == "two"


async def test_the_browser_opens_where_it_was_left(start: Start, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press("r", "j", "r", "j", "r", "j", "r")
        await go_to_node(browser, "○ To read")
        await browser.press("slash", *"paper", "enter", "s", "s", "t", "j")
        await browser.settle()
        left = (browser.main.view, browser.ids(), browser.current)
        assert left[1] == ["four", "one", "three", "two"]
    app = MumApp(Services(catalog), make_keymap({}))
    async with app.run_test(size=(120, 36)) as pilot:
        # Before anything but the first frame: the box's text stands there already.
        first = Browser(app, pilot)
        assert (first.main.view, first.ids(), first.current) == left
        assert not first.main.sections.display
        await pilot.pause()
        assert first.main.query_input.value == "paper"
        assert first.lines()[0].startswith(" ○ To read")
        assert "paper" in first.lines()[0]
    fresh = MumApp(Services(catalog, fresh=True), make_keymap({}))
    async with fresh.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        browser = Browser(fresh, pilot)
        assert browser.main.view.query == ""
        assert browser.current == "one"
        assert browser.main.sections.display


@pytest.mark.parametrize(
    "session",
    [
        {"scope": "section/nowhere", "sort": "colour", "entry": "nobody", "query": "a\nb\x1b[31m"},
        {"scope": "annotation/news", "query": '"open -'},
        {"scope": 7, "tree": "yes", "queries": None},
        {"panes": [5, -1, 99999]},
        {"panes": [99999999999999999999, 1, 1]},
        {"panes": [1, 10**400, 10**400]},
        {"panes": [1]},
    ],
)
async def test_a_strange_session_does_no_harm(start: Start, home: Path, catalog: Path, session: object) -> None:
    (home / "state").mkdir(parents=True)
    (home / "state" / "session.json").write_text(json.dumps(session))
    async with start(catalog=catalog) as browser:
        assert browser.main.view.scope == ""
        await browser.press("escape", "escape", "j")
        assert browser.current


@pytest.mark.parametrize(
    ("scope", "now"), [("shelf/to-read", "annotation/to-read"), ("annotation/read", "annotation/read")]
)
async def test_a_session_of_an_earlier_version_opens_as_it_was(
    start: Start, home: Path, catalog: Path, scope: str, now: str
) -> None:
    (home / "state").mkdir(parents=True)
    (home / "state" / "session.json").write_text(json.dumps({"scope": scope, "sort": "mark", "descending": True}))
    async with start(catalog=catalog) as browser:
        assert browser.main.view.scope == now
        assert browser.main.view.sort.column == "bookmark"


async def test_the_sizes_of_the_panes_come_back(start: Start, home: Path, catalog: Path) -> None:
    def width(browser: Browser) -> tuple[int, int]:
        return browser.main.sections.size.width, browser.main.detail.size.height

    async with start(catalog=catalog) as browser:
        suggested = width(browser)
        await browser.press("plus", "plus", "shift+tab", "minus", "minus", "minus")
        chosen = width(browser)
        assert chosen == (suggested[0] - 6, suggested[1] - 2)
    async with start(catalog=catalog) as browser:
        assert width(browser) == chosen
        assert browser.main.detail.region.y > 17
        await browser.pilot.mouse_down(browser.main.detail, offset=(5, 0))
        await browser.pilot.hover(browser.main.table, offset=(5, 8))
        await browser.pilot.mouse_up(browser.main.table, offset=(5, 8))
        assert browser.main.detail.region.y == browser.main.table.region.y + 8
        await browser.press("0")
        assert width(browser) == suggested
    assert "panes" not in json.loads((home / "state" / "session.json").read_text())
    async with start(size=(50, 20), catalog=catalog) as browser:
        await browser.press("minus")
        assert "This pane already fills the screen" in browser.notices()


async def test_a_fresh_start_leaves_other_choices_alone(start: Start, home: Path, catalog: Path) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press("f2", "plus", "slash", *"one", "enter")
    services = Services(catalog, fresh=True)
    app = MumApp(services, make_keymap({}))
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("j")
    app.save_all()
    kept = json.loads((home / "state" / "session.json").read_text())
    assert kept["theme"] == "mum-light"
    assert kept["panes"]
    assert Services(catalog).memory.queries == ("one",)
    assert "query" not in kept


async def test_a_reader_comes_back_tomorrow(
    start: Start, home: Path, catalog: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with start(catalog=catalog) as browser:
        await browser.press(*["space"] * 6, "r", "U", "g", "n")
        await browser.type("Read the part on limits first.")
        await browser.press("escape", "q")
    more = [entry("eight", date="2025-05-05", name="EIGHT"), entry("nine", date="2025-06-06", name="NINE")]
    changed = [entry(name, date=f"{2024 - at}-01-02") for at, name in enumerate(NUMBERS)]
    changed[6]["summary"] = "It now does something else."
    write(catalog, [*changed, *more])
    shutil.rmtree(home / "cache", ignore_errors=True)
    async with start(catalog=catalog) as browser:
        assert "2 new entries since" in browser.notices()
        assert "NINE, EIGHT · 1 entry changed" in browser.notices()
        news = next(node.title for node in browser.main.sections.nodes if node.title.startswith("New since"))
        assert news in browser.text()
        await go_to_node(browser, news)
        assert browser.ids() == ["nine", "eight", "seven"]
        await browser.press("g")
        assert "News         added since" in browser.text()
        await browser.press("G")
        assert "summary" in line_of(browser, "changed since")
        await go_to_node(browser, "○ To read")
        assert browser.ids() == list(NUMBERS[:6])
        await browser.press("q")
    async with start(catalog=catalog) as browser:
        assert "new" not in browser.notices()
    assert cli.main(["--catalog", str(catalog), "reading-list"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("# Reading list\n\n## To read\n\n### [The paper called one](<https://example.org/one>)\n")
    assert "Jane Doe, Richard van der Roe" in text
    assert "> Read the part on limits first." in text
    assert text.count("### ") == 6


@pytest.mark.parametrize("query", some(["is:bookmarked", "", "called"]))
async def test_only_what_changed_is_painted_and_nothing_old_stays(start: Start, catalog: Path, query: str) -> None:
    async with start(size=(100, 24), catalog=catalog) as browser:
        await browser.press("j", "b", "down", "b", "r", "g")
        browser.main.query_input.value = query
        for keys in (["b"], ["r", "r"], ["R", "3"], ["j", "b", "u"], ["u", "u"], ["ctrl+r"], ["G", "r", "b"]):
            await browser.press(*keys)
            shown = browser.lines()
            for widget in browser.main.walk_children():
                widget.refresh()
            await browser.pilot.pause()
            assert browser.lines() == shown


async def test_keys_faster_than_a_dialog_reach_it(start: Start, tmp_path: Path) -> None:
    async def at_once(keys: str) -> None:
        for key in keys:
            browser.app.post_message(Key(key, key))
        await browser.pilot.pause()
        await browser.pilot.pause()

    related = [{"entry": "old", "how": "extends"}]
    catalog = write(tmp_path / "c.yaml", [entry("old", date="2020"), entry("new", related=related)])
    async with start(catalog=catalog) as browser:
        browser.main.go_to_entry("new")
        await at_once("l1l")
        assert browser.current == "old"
        assert "Related entries" in browser.text()
        await at_once("qhnjq")
        assert browser.current == "new"
        assert browser.app.screen.query_one(TextArea).text == "jq"
