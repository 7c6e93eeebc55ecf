"""Copying, opening and bookmarking from the browser."""

from __future__ import annotations

import gc
import json
import os
import shutil
from pathlib import Path

import pytest
from textual.events import Key

from mum_tui.citation import formats
from mum_tui.storage import files
from mum_tui.tui.widgets.text import TextView
from tests.catalogs import entry, write
from tests.examples import some
from tests.tui.conftest import Start


@pytest.fixture
def no_tools(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without clipboard tools, tmux or browsers."""
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.setenv("PATH", str(empty))


def fake(folder: Path, name: str, script: str) -> Path:
    """A program called ``name`` in ``folder``."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


async def test_copy_without_any_clipboard_says_so_and_keeps_a_file(start: Start, home: Path, no_tools: None) -> None:
    async with start() as browser:
        browser.main.go_to_entry("liu2023clip")
        await browser.press("c")
        await browser.settle()
        kept = home / "state" / "last-copy.txt"
        wanted = formats.render([browser.main.services.entry("liu2023clip")])
        # The terminal was sent the text too (OSC 52), but nobody answers: nothing is claimed.
        assert kept.read_text() == wanted
        assert browser.app.clipboard == wanted
        assert "Copied" not in browser.notices()
        assert "Sent BibTeX" in browser.notices()
        assert str(kept) in browser.notices()
        await browser.press("v")
        assert "@inproceedings{liu2023clip," in browser.text()
        assert "CLIP-Driven" in browser.text()
        await browser.press("escape")


async def test_show_copied_before_anything_was_copied(start: Start) -> None:
    async with start() as browser:
        await browser.press("v")
        assert "Nothing has been copied yet" in browser.notices()


async def test_the_format_is_chosen_copied_and_remembered(start: Start, no_tools: None) -> None:
    async with start() as browser:
        await browser.press("C")
        assert "Citation format" in browser.text()
        await browser.type("plain")
        await browser.press("enter")
        await browser.settle()
        assert browser.main.citation_options.format == "text"
        assert browser.app.clipboard == formats.render([browser.main.entry], "text")  # type: ignore[list-item]
        assert "Plain text" in browser.notices()
    async with start() as browser:
        assert browser.main.citation_options.format == "text"
        browser.main.go_to_entry("liu2023clip")
        await browser.press("C")
        await browser.settle()
        assert "et al." in browser.text(), "the preview of the format last used"
        await browser.press("pageup", "pageup", "pageup")
        await browser.settle()
        assert "@inproceedings" in browser.text()
        await browser.type("plain")
        await browser.settle()
        assert "@article" not in browser.text()
        await browser.type("nothing like it")
        assert "No match." in browser.text()
        await browser.press("enter", "ctrl+u")
        await browser.type("bib")
        await browser.press("enter")
        assert browser.main.citation_options.format == "bibtex"


async def test_copy_link(start: Start, no_tools: None) -> None:
    async with start() as browser:
        browser.main.go_to_entry("liu2023clip")
        await browser.press("y")
        await browser.settle()
        assert browser.app.clipboard == "https://doi.org/10.1109/ICCV51070.2023.01934"
        await browser.press("O", "j", "j", "j", "y")
        await browser.settle()
        assert browser.app.clipboard == "https://github.com/ljwztc/CLIP-Driven-Universal-Model"


async def test_open_without_a_display_shows_and_copies_the_address(start: Start, no_tools: None) -> None:
    async with start() as browser:
        browser.main.go_to_entry("liu2023clip")
        await browser.press("o")
        await browser.settle()
        assert "https://doi.org/10.1109/ICCV51070.2023.01934" in browser.text()
        assert "no display" in browser.text()
        assert browser.app.clipboard == "https://doi.org/10.1109/ICCV51070.2023.01934"


async def test_open_over_ssh_launches_nothing(start: Start, tmp_path: Path) -> None:
    log = tmp_path / "log"
    fake(tmp_path / "bin", "xdg-open", f'echo "$@" >> {log}')
    environ = {"PATH": str(tmp_path / "bin"), "DISPLAY": ":0", "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}
    async with start(environ=environ) as browser:
        await browser.press("o")
        await browser.settle()
        assert "remote shell" in browser.text()
        assert not log.exists()


def web_browser(folder: Path, more: str = "true") -> tuple[Path, dict[str, str]]:
    """A web browser that logs the addresses it is given and does ``more``: its log, and the environment to find it."""
    log = folder / "log"
    fake(folder / "bin", "xdg-open", f'echo "$@" >> {log}; {more}')
    return log, {"PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}", "DISPLAY": ":0"}


def opened(log: Path) -> list[str]:
    """The addresses that such a web browser was given."""
    return log.read_text().splitlines() if log.exists() else []


async def test_open_starts_the_browser_and_names_the_address(start: Start, tmp_path: Path) -> None:
    log, environ = web_browser(tmp_path, "echo noise; echo noise >&2")
    async with start(environ=environ) as browser:
        browser.main.go_to_entry("liu2023clip")
        await browser.press("4")
        await browser.until(lambda: opened(log) == ["https://github.com/ljwztc/CLIP-Driven-Universal-Model"])
        assert "Opening https://github.com/ljwztc/CLIP-Driven-Universal-Model" in browser.notices()
        await browser.press("O", "enter")
        await browser.settle()
        assert opened(log)[-1] == "https://doi.org/10.1109/ICCV51070.2023.01934"


@pytest.mark.parametrize(
    ("keys", "line"),
    some(
        [
            (("5", "j"), 5),
            (("5", "down"), 5),
            (("1", "2", "j"), 12),
            (("1", "0", "j"), 10),
            (("2", "0", "G"), 19),
            (("3", "0", "g"), 29),
            (("9", "j", "2", "k"), 7),
            (("2", "J"), 2),
            (("9", "9", "9", "G"), -1),
        ]
    ),
)
async def test_a_digit_right_before_a_movement_is_its_count(
    start: Start, tmp_path: Path, keys: tuple[str, ...], line: int
) -> None:
    log, environ = web_browser(tmp_path)
    async with start(environ=environ) as browser:
        await browser.press(*keys)
        assert browser.main.table.position == line % len(browser.ids())
        await browser.settle()
        assert not log.exists()
        assert not browser.notices()


async def test_a_link_that_is_taken_back_at_once_leaves_nothing(start: Start, recwarn: pytest.WarningsRecorder) -> None:
    async with start() as browser:
        for key in ("1", "j"):
            browser.app.post_message(Key(key, key))
        await browser.settle()
        assert browser.main.table.position == 1
        gc.collect()
        assert not recwarn.list


async def test_digits_before_anything_else_open_links(start: Start, tmp_path: Path) -> None:
    log, environ = web_browser(tmp_path)
    async with start(environ=environ) as browser:
        browser.main.go_to_entry("liu2023clip")
        links = [link.url for link in browser.main.services.entry("liu2023clip").links]
        at = browser.main.table.position
        await browser.press("1", "2")
        await browser.until(lambda: len(opened(log)) == 2)
        await browser.press("j")  # too late for a count
        assert browser.main.table.position == at + 1
        await browser.press("k", "4", "b")
        await browser.settle()
        assert sorted(opened(log)) == sorted([*links[:2], links[3]])
        assert "liu2023clip" in browser.main.services.library.bookmarks


async def test_a_browser_that_fails_is_told(start: Start, tmp_path: Path) -> None:
    fake(tmp_path / "bin", "xdg-open", "exit 2")
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    async with start(environ={"PATH": path, "DISPLAY": ":0"}) as browser:
        await browser.press("o")
        await browser.settle()
        assert "failed with status 2" in browser.text()


async def test_links_that_are_not_there_are_told(start: Start, tmp_path: Path) -> None:
    catalog = write(tmp_path / "c.yaml", [entry("one"), entry("two", links=[], date="2024")])
    async with start(catalog=catalog) as browser:
        assert browser.current == "two"
        for key in ("o", "O", "y", "3"):
            browser.app.clear_notifications()
            await browser.press(key)
            assert "This entry has no links" in browser.notices(), key
        await browser.press("j", "3")
        assert "This entry has no link 3" in browser.notices()


async def test_bookmarks_are_set_shown_kept_and_removed(start: Start, home: Path) -> None:
    async with start() as browser:
        browser.main.go_to_entry("bilic2023lits")
        await browser.press("b")
        await browser.settle()
        stored = json.loads((home / "library.json").read_text())
        assert stored["schema"] == 1
        assert stored["entries"]["bilic2023lits"]["title"] == "Liver Tumor Segmentation Challenge (LiTS)"
        assert any("★" in line and "Liver Tumor" in line for line in browser.lines())
        await browser.press("j", "b")
        await browser.settle()
        await browser.press("shift+tab", "down", "enter")
        assert "★ Bookmarks" in browser.lines()[0]
        assert len(browser.ids()) == 2
    async with start() as browser:
        assert browser.main.services.library.bookmarks.keys() >= {"bilic2023lits"}
        browser.main.go_to_entry("bilic2023lits")
        await browser.press("b")
        await browser.settle()
        assert "bilic2023lits" not in (home / "library.json").read_text()


async def test_no_file_appears_before_something_is_stored(start: Start, home: Path, tmp_path: Path) -> None:
    async with start() as browser:
        await browser.press("j", "slash", "a", "backspace", "escape", "enter", "escape", "question_mark", "escape")
        await browser.press("n", "x", "ctrl+g", "number_sign", "escape", "R", "escape", "u", "ctrl+r")
        await browser.settle()
        # A checkout keeps the compiled form of its own catalog; nothing else is there.
        assert not home.exists() or [path.name for path in home.iterdir()] == ["cache"]
        await browser.press("slash", "a")
    # Where one left is remembered, and what was in the catalog then.
    assert {path.name for path in home.iterdir()} - {"cache"} == {"state"}
    assert sorted(path.name[:5] for path in (home / "state").iterdir()) == ["queri", "sessi", "visit"]


async def test_the_bookmark_view_is_empty_with_a_word(start: Start) -> None:
    async with start() as browser:
        await browser.press("shift+tab", "down", "enter")
        assert "No bookmarks yet: b sets one." in browser.text()


async def test_a_bookmark_that_cannot_be_saved_is_told_and_tried_again(
    start: Start, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async with start() as browser:
        with monkeypatch.context() as patch:
            patch.setattr(files, "write_atomically", full)
            await browser.press("b")
            await browser.settle()
            assert "1 unsaved" in browser.lines()[0]
            assert "No space left on device" in browser.notices()
            assert any("★" in line for line in browser.lines()[2:])
        await browser.press("j", "b")
        await browser.settle()
        assert "unsaved" not in browser.lines()[0]
        assert len(json.loads((home / "library.json").read_text())["entries"]) == 2


async def test_a_damaged_library_is_set_aside_and_told(start: Start, home: Path) -> None:
    home.mkdir()
    (home / "library.json").write_text('{"schema": 1, "entr')
    async with start() as browser:
        assert "damaged" in browser.notices()
        await browser.press("b")
        await browser.settle()
    assert len(list(home.glob("library.json.corrupt-*"))) == 1
    assert json.loads((home / "library.json").read_text())["entries"]


async def test_help_lists_every_action(start: Start) -> None:
    async with start(size=(120, 100)) as browser:
        await browser.press("question_mark")
        text = browser.text()
        for title in ("Copy citation", "Bookmark", "Sort by the next column", "Step back", "Open link 1 to 9"):
            assert title in text
        await browser.press("q")
        assert browser.app.is_running
        await browser.press("f1")
        assert "Copy citation" in browser.text()


async def test_q_quits(start: Start) -> None:
    async with start() as browser:
        await browser.press("q")
        assert browser.app.return_code == 0


async def test_keys_can_be_changed(start: Start, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text('[keys]\nbookmark = "m"\nhelp = "h"\n')
    async with start() as browser:
        await browser.press("b")
        await browser.settle()
        assert not browser.main.services.library.bookmarks
        await browser.press("m")
        await browser.settle()
        assert browser.main.services.library.bookmarks
        assert "h help" in browser.lines()[-1]
        await browser.press("h", "end", "pageup", "pageup", "pageup")
        assert any("m " in line and "Bookmark" in line for line in browser.lines())


async def test_problems_of_the_catalog_are_told(start: Start, tmp_path: Path) -> None:
    catalog = write(tmp_path / "c.yaml", [entry("one"), entry("two", section="nowhere")])
    async with start(catalog=catalog) as browser:
        assert browser.ids() == ["one"]
        assert browser.main.services.loaded.set_aside == 1


async def test_an_empty_catalog_opens(start: Start, tmp_path: Path) -> None:
    async with start(catalog=write(tmp_path / "c.yaml", [])) as browser:
        assert "This catalog has no entries." in browser.text()
        await browser.press(
            "j", "G", "enter", "o", "c", "b", "slash", "a", "escape", "escape", "t", "tab", "tab", "enter"
        )
        assert browser.app.is_running


async def test_the_compiled_catalog_is_kept_and_used(start: Start, home: Path, tmp_path: Path) -> None:
    catalog = write(tmp_path / "c.yaml", [entry("one")])
    async with start(catalog=catalog) as browser:
        assert browser.main.services.loaded.container is None
    kept = list((home / "cache").iterdir())
    assert len(kept) == 1
    async with start(catalog=catalog) as browser:
        assert browser.main.services.loaded.container
        assert browser.ids() == ["one"]
    kept[0].write_bytes(b"garbage")
    async with start(catalog=catalog) as browser:
        assert browser.ids() == ["one"]
    shutil.rmtree(home / "cache")
    write(catalog, [entry("one"), entry("three")])
    async with start(catalog=catalog) as browser:
        assert set(browser.ids()) == {"one", "three"}


async def test_marks_are_set_shown_and_taken_away(start: Start, tmp_path: Path) -> None:
    catalog = write(tmp_path / "c.yaml", [entry("one"), entry("two"), entry("three")])
    async with start(catalog=catalog) as browser:
        shown = browser.ids()
        await browser.press("space", "space")
        assert list(browser.main.selection) == shown[:2]
        assert browser.current == shown[2]
        assert "2 selected · 3 of 3" in browser.lines()[0]
        assert sum("✓" in line for line in browser.lines()) == 2
        await browser.press("k", "space")
        assert list(browser.main.selection) == shown[:1]
        await browser.press("U")
        assert not browser.main.selection
        assert "selected" not in browser.lines()[0]


async def test_mark_all_marks_what_is_shown_and_marks_outlive_the_filter(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash")
        await browser.type("kidney")
        found = browser.ids()
        assert 1 < len(found) < browser.main.results.total
        await browser.press("enter", "asterisk", "escape")
        assert list(browser.main.selection) == found
        assert f"{len(found)} selected" in browser.lines()[0]


async def test_of_a_very_long_copied_text_the_beginning_is_shown(start: Start) -> None:
    async with start(size=(80, 24)) as browser:
        browser.app.desktop.last_copied = "first\n" + "and others\n" * 100_000
        await browser.press("v")
        shown = browser.app.screen.query_one(TextView).texts
        assert len(shown) < 5_000
        assert " ".join(shown[:2]) == "The first 50,000 of 1,100,006 characters. Export many entries to a file instead."
        assert shown[2:4] == ["", "first"]


async def test_keys_act_on_the_marked_entries(start: Start, home: Path, no_tools: None, tmp_path: Path) -> None:
    catalog = write(tmp_path / "c.yaml", [entry("one"), entry("two"), entry("three")])
    async with start(catalog=catalog) as browser:
        shown = browser.ids()
        await browser.press("space", "space", "c")
        await browser.settle()
        assert [f"{{{identifier}," in browser.app.desktop.last_copied for identifier in shown] == [True, True, False]
        assert "BibTeX of 2 entries" in browser.notices()
        await browser.press("b")
        await browser.settle()
        assert list(json.loads((home / "library.json").read_text())["entries"]) == shown[:2]
        # One of them is unmarked, bookmarked: the key sets what is missing before it removes.
        await browser.press("space", "b")
        await browser.settle()
        assert len(json.loads((home / "library.json").read_text())["entries"]) == 3
        await browser.press("b")
        await browser.settle()
        assert json.loads((home / "library.json").read_text())["entries"] == {}
        await browser.press("y")
        await browser.settle()
        assert browser.app.desktop.last_copied.count("\n") == 3
        await browser.press("o")
        await browser.settle()
        assert browser.app.desktop.last_copied.count("https://") == 3
