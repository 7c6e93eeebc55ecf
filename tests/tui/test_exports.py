"""Exporting from the browser: what, in which format, into which file."""

from __future__ import annotations

from pathlib import Path

import pytest

from mum_tui.citation import exports
from mum_tui.cli import main
from mum_tui.tui.dialogs.save_as import SaveAs
from tests.catalogs import COUNT, entry, write
from tests.examples import some
from tests.tui.conftest import Browser, Start


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder one is in."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


def dialog(browser: Browser) -> SaveAs:
    screen = browser.app.screen
    assert isinstance(screen, SaveAs)
    return screen


async def enter(browser: Browser) -> None:
    await browser.press("enter")
    await browser.settle()
    await browser.settle()


@pytest.mark.parametrize("name", some(list(exports.FORMATS)))
async def test_marked_entries_are_exported_as_the_command_line_does(start: Start, folder: Path, name: str) -> None:
    title, extension = exports.FORMATS[name]
    async with start() as browser:
        await browser.press("space", "down", "space", "space", "e")
        assert "Export 3 entries selected" in browser.text()
        ids = list(browser.main.selection)
        await browser.type(name if name != "csl-json" else "zotero pandoc")
        await browser.settle()
        assert title in browser.text()
        await enter(browser)
        assert dialog(browser).box.value == f"./mum-tui.{extension}"
        await enter(browser)
        path = folder / f"mum-tui.{extension}"
        assert f"Wrote 3 entries to {path}" in browser.notices()
        assert [one.name for one in folder.iterdir()] == [path.name]
    assert main(["export", *ids, "--format", name, "-o", "other"]) == 0
    assert path.read_bytes() == Path("other").read_bytes()
    assert path.stat().st_mode == Path("other").stat().st_mode


async def test_without_marks_all_that_are_shown_are_exported(start: Start, folder: Path) -> None:
    async with start() as browser:
        await browser.press("e")
        assert f"Export {COUNT:,} entries shown" in browser.text()
        await browser.settle()
        await browser.press("escape", "slash", *"btcv", "enter", "p", "e")
        shown = browser.ids()
        assert 0 < len(shown) < COUNT
        await enter(browser)
        await enter(browser)
    assert main(["export", *shown, "--format", "bibtex", "--preprint", "-o", "other"]) == 0
    assert Path("mum-tui.bib").read_bytes() == Path("other").read_bytes()


async def test_a_file_is_only_overwritten_by_a_second_enter(start: Start, folder: Path) -> None:
    there = folder / "mum-tui.bib"
    there.write_text("mine")
    async with start() as browser:
        await browser.press("e", "enter")
        await enter(browser)
        assert "File exists; press enter again to overwrite." in browser.text()
        assert there.read_text() == "mine"
        await browser.type("2")
        assert "File exists" not in browser.text()
        (folder / "mum-tui.bib2").write_text("mine too")
        await enter(browser)
        assert "File exists" in browser.text(), "another file is asked about anew"
        await browser.press("backspace")
        await enter(browser)
        assert there.read_text() == "mine"
        await enter(browser)
        assert there.read_text().startswith("@")
        assert (folder / "mum-tui.bib2").read_text() == "mine too"
        await browser.press("e", "enter", "escape")
        assert browser.app.screen is browser.main


@pytest.mark.parametrize(
    ("path", "reason"),
    some(
        [
            ("", "Type the path of a file."),
            ("nowhere/x.bib", "Cannot write the file: No such file or directory."),
            (".", "This is a folder;"),
            ("~nobody-here/x.bib", "There is no such home folder."),
            pytest.param("x" * 300, "File name too long", id="long"),
        ]
    ),
)
async def test_a_path_that_cannot_be_written_is_told_and_can_be_mended(
    start: Start, folder: Path, path: str, reason: str
) -> None:
    async with start() as browser:
        await browser.press("e", "enter")
        dialog(browser).box.value = path
        await browser.pilot.pause()
        await enter(browser)
        assert reason in " ".join(browser.text().replace("│", " ").split())
        assert list(folder.iterdir()) == []
        dialog(browser).box.value = "fine.bib"
        await browser.pilot.pause()
        await enter(browser)
        assert list(folder.iterdir()) == [folder / "fine.bib"]


async def test_nothing_to_export_is_said(start: Start, tmp_path: Path) -> None:
    async with start(catalog=write(tmp_path / "none.yaml", [])) as browser:
        await browser.press("e")
        assert "There is nothing to export" in browser.notices()
    async with start(catalog=write(tmp_path / "one.yaml", [entry("one")])) as browser:
        await browser.press("e")
        assert "Export 1 entry shown" in browser.text()


async def test_the_reading_list_is_exported_as_the_command_line_prints_it(start: Start, folder: Path) -> None:
    async with start() as browser:
        await browser.press("b", "j", "r", "j", "R", "4", "e")
        await browser.type("reading list")
        await browser.settle()
        assert "# Reading list" in browser.text()
        await enter(browser)
        assert "Reading list: 3 entries to a file" in browser.text()
        await enter(browser)
        assert "Wrote 3 entries" in browser.notices()
    assert main(["reading-list", "-o", "other"]) == 0
    assert (folder / "reading-list.md").read_bytes() == Path("other").read_bytes()


async def test_a_reading_list_has_only_what_is_selected_or_shown(start: Start, folder: Path) -> None:
    async with start() as browser:
        await browser.press("b", "j", "b", "space", "space", "e")
        await browser.type("reading list")
        await enter(browser)
        assert "Reading list: 1 entry to a file" in browser.text()
        await browser.press("escape", "U", "G", "space", "e")
        await browser.type("reading list")
        await enter(browser)
        assert "None of these is in your library" in browser.notices()
