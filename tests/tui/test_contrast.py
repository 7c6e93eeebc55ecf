"""Text can be read in every theme: the contrast of all styles, measured."""

from __future__ import annotations

import pytest
from rich.color import ColorType
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from mum_tui.tui import palette as palettes
from mum_tui.tui import theme as themes
from mum_tui.tui.contrast import AA_LARGE, AA_TEXT, ratio, readable
from tests.examples import some
from tests.tui.conftest import Browser, Start

OURS = (themes.DARK, themes.LIGHT)
COLOURED = [theme for theme in (*OURS, *BUILTIN_THEMES.values()) if not theme.ansi]
GROUNDS = ("background", "surface", "panel")
STYLES = (
    *("text", "title", "muted", "quiet", "head", "accent", "link", "hit", "doubt", "bar"),
    *("cursor", "cursor-blurred", "selected", "inside", "inside-current"),
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
    palette = palettes.Palette(variables, ground, least_contrast=least)
    poor = {}
    for name in STYLES:
        style = palette[name]
        assert style.color
        assert style.bgcolor
        found = ratio(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))
        if found < least - 0.01:
            poor[name] = round(found, 2)
    assert not poor


# -- sixteen colours

_DIM = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_NAMES = (*_DIM, *(f"bright_{name}" for name in _DIM))

_TERMINALS = {
    "linux": "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa "
    "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
    "xterm": "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
    "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
}
"""The sixteen colours as the Linux console and xterm have them."""


@pytest.mark.parametrize("terminal", _TERMINALS)
@pytest.mark.parametrize("is_dark", [True, False])
def test_all_text_is_readable_in_sixteen_colours(is_dark: bool, terminal: str) -> None:
    colours = dict(zip(_NAMES, (Color.parse(f"#{value}") for value in _TERMINALS[terminal].split()), strict=True))
    palette = palettes.SixteenColours(is_dark, palettes.SIXTEEN_GROUND[is_dark])
    poor = {}
    for name in STYLES:
        style = palette[name]
        assert style.color
        assert style.bgcolor
        found = ratio(colours[style.color.name], colours[style.bgcolor.name])
        if found < AA_LARGE:
            poor[name] = round(found, 2)
    assert not poor


@pytest.mark.parametrize("is_dark", [True, False])
def test_every_style_has_its_sixteen_colours(is_dark: bool) -> None:
    assert palettes.SIXTEEN[is_dark].keys() == palettes.STYLES.keys()


@pytest.mark.parametrize("is_dark", [True, False])
def test_on_a_ground_that_is_not_known_text_has_the_terminals_own_colour(is_dark: bool) -> None:
    palette = palettes.SixteenColours(is_dark, "")
    for name in ("text", "title", "muted", "head"):
        color, ground = palette[name].color, palette[name].bgcolor
        assert color
        assert ground
        assert ground.is_default
        assert color.is_default or color.name == "bright_black"


@pytest.mark.parametrize("theme", [theme.name for theme in OURS])
async def test_a_terminal_with_sixteen_colours_gets_them_as_they_are(
    start: Start, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    monkeypatch.setattr(palettes, "has_sixteen_colours", lambda app: True)
    async with start(theme=theme) as browser:
        used = {
            color.type
            for strip in browser.main.table.render_lines(browser.main.table.size.region)
            for _, style, _ in strip
            if style
            for color in (style.color, style.bgcolor)
            if color
        }
        assert used == {ColorType.STANDARD}
        focused = browser.main.table.palette["cursor"]
        assert focused.bgcolor != browser.main.table.palette["cursor-blurred"].bgcolor


def test_the_terminal_says_how_many_colours_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    from types import SimpleNamespace

    def app(system: str | None, ansi: bool = False, no_color: bool = False) -> object:
        return SimpleNamespace(
            no_color=no_color,
            is_headless=False,
            current_theme=SimpleNamespace(ansi=ansi),
            console=SimpleNamespace(color_system=system),
        )

    def has(*arguments: object) -> bool:
        return palettes.has_sixteen_colours(app(*arguments))  # type: ignore[arg-type]

    assert [has(system) for system in ("standard", "windows", "256", "truecolor", None)] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert has("truecolor", True)
    assert not has("standard", False, True), "without colours there are none"


# -- the focus


@pytest.mark.parametrize("size", [(200, 60), (80, 24)])
@pytest.mark.parametrize("theme", some([theme.name for theme in OURS]))
async def test_the_pane_with_the_focus_looks_different(start: Start, theme: str, size: tuple[int, int]) -> None:
    async with start(theme=theme, size=size) as browser:
        await assert_focus_is_seen(browser)


async def test_the_pane_with_the_focus_looks_different_in_every_theme(start: Start) -> None:
    async with start() as browser:
        for theme in (*some([theme.name for theme in COLOURED]), "ansi-dark", "ansi-light"):
            browser.app.theme = theme
            await browser.pilot.pause()
            await assert_focus_is_seen(browser)


async def assert_focus_is_seen(browser: Browser) -> None:
    main = browser.main
    for pane in (main.sections, main.table, main.detail):
        main.set_focus(pane)
        await browser.pilot.pause()
        with_focus = pane.render_lines(pane.size.region)
        main.set_focus(main.query_input)
        await browser.pilot.pause()
        if not pane.display:
            continue
        without = pane.render_lines(pane.size.region)
        changed = [y for y, (one, other) in enumerate(zip(with_focus, without, strict=True)) if one != other]
        assert changed, pane
        if pane is not main.detail:
            grounds = {part.style.bgcolor for part in with_focus[changed[0]] if part.style}
            assert grounds != {part.style.bgcolor for part in without[changed[0]] if part.style}
        else:
            assert len(changed) > 5


async def test_without_colours_the_focus_is_told_by_attributes(start: Start) -> None:
    async with start(environ={}) as browser:
        plain = palettes.WithoutColour(browser.app.theme_variables, "background")
        assert plain["cursor"].reverse
        assert not plain["cursor-blurred"].reverse
