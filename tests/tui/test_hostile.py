"""Whatever stands in a catalog or is typed: it is shown as text, and nothing is obeyed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mum_tui.tui.model.outline import NodeKind
from tests.catalogs import COUNT, HOSTILE, hostile_entries, write
from tests.examples import some
from tests.tui.conftest import Start


def controls(text: str) -> set[str]:
    """Characters of a screen's text that a terminal might obey."""
    return {
        char for char in text if (ord(char) < 32 and char != "\n") or 0x7F <= ord(char) < 0xA0 or char in "\u202e\u2066"
    }


@pytest.mark.parametrize("part", some(range(6), 6))
async def test_hostile_strings_are_shown_and_read(start: Start, tmp_path: Path, part: int) -> None:
    entries = hostile_entries()[part::6]
    catalog = write(tmp_path / "hostile.yaml", entries)
    async with start(size=(110, 40), catalog=catalog) as browser:
        assert len(browser.ids()) == len(entries)
        shown = []
        for _ in entries:
            await browser.pilot.press("enter", "end")
            await browser.pilot.pause()
            shown.append(browser.text())
            await browser.pilot.press("home", "escape")
            await browser.pilot.pause()
            shown.append(browser.text())
            await browser.pilot.press("down")
        await browser.press("O", "escape", "C", "escape", "question_mark", "escape", "tab", "tab")
        await browser.press("s", "s", "s", "s", "S", "G", "b", "b")
        await browser.settle()
        text = "\n".join(shown)
        assert not controls(text)
        for literal in ("a [/b] c", "[bracketed] title", "[@click=app.quit]press me[/]", "{0} {title}"):
            assert (literal in text) == any(literal in entry["title"] for entry in entries)
        assert browser.app.is_running


async def test_hostile_strings_can_be_typed(start: Start) -> None:
    async with start() as browser:
        for typed in some([text for text in HOSTILE if len(text) < 200]):
            browser.main.query_input.focus()
            browser.main.query_input.insert_text_at_cursor(typed)
            await browser.pilot.pause()
            assert f"of {COUNT}" in browser.lines()[0], typed
            assert not controls(browser.text()), typed
            await browser.press("escape", "escape")
            assert len(browser.ids()) == COUNT, typed


async def test_hostile_strings_in_the_library_are_shown(start: Start, home: Path) -> None:
    """What is in no catalog, and tags that are no words."""
    texts = [text for text in HOSTILE if any(char in text for char in "\n\x1b\u202e\u2028\U0001f9e0")]
    each = {text: {"title": text, "bookmarked": "2026-01-01", "tags": {text: ""}} for text in texts}
    known = {"title": "Known", "bookmarked": "2026-01-01", "tags": dict.fromkeys(texts, "")}
    written = json.dumps({"schema": 1, "entries": {**each, "liu2023clip": known}})
    home.mkdir(exist_ok=True)
    (home / "library.json").write_text(written, encoding="utf-8", errors="surrogatepass")
    async with start(size=(110, 40)) as browser:
        shown = [browser.strips()]
        browser.main.sections.focus()
        await browser.press("end")
        shown.append(browser.strips())
        await browser.press("number_sign")
        shown.append(browser.strips())
        await browser.press("escape")
        (gone,) = [node for node in browser.main.sections.nodes if node.kind is NodeKind.LIST]
        browser.main.sections.move_to(browser.main.sections.nodes.index(gone))
        await browser.press("enter")
        assert "Not in this" in browser.text()
        shown.append(browser.strips())
    for strips in shown:
        for strip in strips:
            assert not controls(strip.text), strip.text
            assert "\n" not in strip.text, strip.text


async def test_the_palette_shows_actions_not_markup(start: Start) -> None:
    async with start() as browser:
        await browser.press("ctrl+p")
        await browser.type("bookm")
        await browser.pilot.pause(0.5)
        assert " Bookmark  b " in browser.text()
        await browser.press("escape")
