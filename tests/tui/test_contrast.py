"""Text can be read in every theme: the contrast of all styles, measured."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from mum_tui.tui import theme as themes
from mum_tui.tui.contrast import AA_LARGE, AA_TEXT, ratio, readable

OURS = (themes.DARK, themes.LIGHT)
COLOURED = [theme for theme in (*OURS, *BUILTIN_THEMES.values()) if not theme.ansi]
GROUNDS = ("background", "surface", "panel")
STYLES = (
    *("text", "title", "muted", "quiet", "head", "accent", "link", "hit", "doubt", "bar"),
    *("cursor", "cursor-blurred", "selected"),
)


@pytest.mark.parametrize(
    ("text", "ground", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#0000ff", 2.15),
    ],
)
def test_the_ratio_is_that_of_wcag(text: str, ground: str, expected: float) -> None:
    assert ratio(Color.parse(text), Color.parse(ground)) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("ground", ["#000000", "#ffffff", "#808080", "#15181c", "#b58900"])
@pytest.mark.parametrize("text", ["#000000", "#ffffff", "#808080", "#7f8080"])
def test_any_colour_becomes_readable(text: str, ground: str) -> None:
    behind = Color.parse(ground)
    assert ratio(readable(Color.parse(text), behind, AA_TEXT), behind) >= AA_TEXT


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_all_text_is_readable(theme: Theme, ground: str) -> None:
    least = AA_TEXT if theme in OURS else AA_LARGE
    variables = theme.to_color_system().generate() | (themes.fallbacks(theme) if theme not in OURS else theme.variables)
    palette = themes.Palette(variables, ground, least_contrast=least)
    poor = {}
    for name in STYLES:
        style = palette[name]
        assert style.color
        assert style.bgcolor
        found = ratio(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))
        if found < least - 0.01:
            poor[name] = round(found, 2)
    assert not poor
