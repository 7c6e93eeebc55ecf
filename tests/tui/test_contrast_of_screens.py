"""What Textual draws (inputs, borders, notices) can be read, too: the contrast of every character on the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from mum_tui.tui import palette as palettes
from mum_tui.tui import theme as themes
from mum_tui.tui.contrast import AA_LARGE, AA_TEXT, ratio
from mum_tui.tui.dialogs.frame import Modal
from tests.tui.conftest import Browser, Start

OURS = (themes.DARK.name, themes.LIGHT.name)
BORROWED = sorted(name for name, theme in BUILTIN_THEMES.items() if not theme.ansi)

SCREENS: dict[str, list[str]] = {
    "main": ["slash"],
    "typed": ["slash", "l", "i", "v"],
    "selected again": ["enter", "slash"],
    "searches": ["escape", "escape", "escape", "apostrophe"],
    "format": ["escape", "C"],
    "palette": ["escape", "ctrl+p", "c"],
    "note": ["escape", "escape", "n", "x"],
    "export": ["ctrl+g", "e"],
    "keys": ["escape", "escape", "question_mark", "slash", "n"],
    "compare": ["escape", "escape", "space", "space", "equals_sign"],
    "reading": ["escape", "enter"],
    "searched inside": ["slash", "p", "enter"],
    "overview": ["escape", "escape", "a"],
    "columns": ["escape", "vertical_line"],
    "links": ["escape", "O"],
    "tags": ["escape", "number_sign"],
    "rating": ["escape", "R"],
    "related": ["escape", "l"],
    "copied": ["escape", "c", "v"],
}
"""Keys that open one screen after the other."""


def _poor(browser: Browser, least: float) -> Iterator[tuple[str, float]]:
    """Texts whose contrast is below ``least``; below a dialog the screen is dimmed on purpose."""
    screen = browser.app.screen
    region = screen.frame.region if isinstance(screen, Modal) else screen.region
    notices = [toast.region for toast in screen.query("Toast")]
    for y, strip in enumerate(browser.strips()):
        x = 0
        for text, style, _ in strip:
            start, x = x, x + len(text)
            shown = region.contains(start, y) or any(notice.contains(start, y) for notice in notices)
            if not (shown and style and style.color and style.bgcolor and any(map(str.isalnum, text))):
                continue
            front, back = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
            if style.reverse:
                front, back = back, front
            if (found := ratio(front, back)) < least - 0.01:
                yield text.strip(), round(found, 2)


@pytest.mark.parametrize(
    "theme", [OURS[0], *(pytest.param(name, marks=pytest.mark.slow) for name in (OURS[1], *BORROWED))]
)
async def test_every_character_on_every_screen_can_be_read(start: Start, theme: str) -> None:
    least = AA_TEXT if theme in OURS else AA_LARGE
    async with start(theme=theme) as browser:
        poor = {}
        for name, keys in SCREENS.items():
            await browser.press(*keys)
            browser.app.notify("Something", title="A title")
            browser.app.notify("Beware", severity="warning", title="A title")
            browser.app.notify("Wrong", severity="error", title="A title")
            await browser.pilot.pause()
            if texts := dict(_poor(browser, least)):
                poor[name] = texts
            browser.app.clear_notifications()
        assert not poor


@pytest.mark.parametrize("theme", [OURS[0], pytest.param(OURS[1], marks=pytest.mark.slow)])
async def test_every_screen_opens_in_sixteen_colours(start: Start, theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(palettes, "has_sixteen_colours", lambda app: True)
    async with start(theme=theme) as browser:
        for keys in SCREENS.values():
            await browser.press(*keys)
            assert any("".join(text for text, *_ in strip).strip() for strip in browser.strips())
