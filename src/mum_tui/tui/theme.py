"""The two themes of mum-tui (one accent each, calm contrast), and the styles its lines are drawn in.

Lines are drawn in styles made from the theme's colours directly: as CSS component classes each of them would
cost a pass of the style sheet at every start.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.color import Color, ColorParseError
from textual.theme import Theme

from mum_tui.tui import contrast

if TYPE_CHECKING:
    from textual.app import App
    from textual.filter import LineFilter

DARK = Theme(
    name="mum-dark",
    dark=True,
    primary="#7cc5c1",
    secondary="#8fa8c8",
    accent="#7cc5c1",
    foreground="#d6d9de",
    background="#15181c",
    surface="#1b1f24",
    panel="#22272e",
    success="#8fbf7f",
    warning="#e0b05c",
    error="#e07a6c",
    variables={
        "muted": "#949ca8",
        "rule": "#343b44",
        "cursor": "#27454a",
        "cursor-blurred": "#262c33",
        "hover": "#20252b",
        "glyph": "#e0b05c",
        "thumb": "#454e59",
        "dialog-title": "#7cc5c1",
        "dialog-keys": "#949ca8",
        "box-text": "#d6d9de",
        "box-muted": "#949ca8",
    },
)

LIGHT = Theme(
    name="mum-light",
    dark=False,
    primary="#0b6b70",
    secondary="#3d5a80",
    accent="#0b6b70",
    foreground="#23272e",
    background="#fbfaf7",
    surface="#f4f2ed",
    panel="#eae7e0",
    success="#3c7a3a",
    warning="#8a5a00",
    error="#b3372a",
    variables={
        "muted": "#59606b",
        "rule": "#d3cfc6",
        "cursor": "#cfe6e5",
        "cursor-blurred": "#e9e6df",
        "hover": "#f0eee8",
        "glyph": "#8a5a00",
        "thumb": "#b9b4a8",
        "dialog-title": "#0b6b70",
        "dialog-keys": "#59606b",
        "box-text": "#23272e",
        "box-muted": "#59606b",
    },
)

OURS = frozenset(DARK.variables)
"""Colours that Textual's own themes don't name."""

_ANSI = {
    "muted": "ansi_bright_black",
    "rule": "ansi_bright_black",
    "cursor": "ansi_blue",
    "cursor-blurred": "ansi_bright_black",
    "hover": "ansi_default",
    "glyph": "ansi_yellow",
    "thumb": "ansi_bright_black",
    "dialog-title": "ansi_default",
    "dialog-keys": "ansi_default",
    "box-text": "ansi_default",
    "box-muted": "ansi_default",
}


def fallbacks(theme: Theme) -> dict[str, str]:
    """Our colours for a theme that knows nothing of them, mixed from those it has."""
    if theme.ansi:
        return dict(_ANSI)
    made = theme.to_color_system().generate()
    text, ground, accent = (Color.parse(made[name]) for name in ("foreground", "background", "primary"))
    surface, panel = Color.parse(made["surface"]), Color.parse(made["panel"])
    muted = text.blend(ground, 0.35)

    def on(behind: Color, colour: Color, more: float = 0.1) -> str:
        # A little more than the least: Textual shades some of these grounds once more.
        return contrast.readable(colour, behind, contrast.AA_LARGE + more).hex

    return {
        # What Textual draws itself: the borders of dialogs, boxes to type into, notices.
        "dialog-title": on(surface, accent),
        "dialog-keys": on(surface, muted),
        "box-text": on(panel, text),
        "box-muted": on(panel, muted, 0.5),
        "muted": muted.hex,
        "rule": text.blend(ground, 0.8).hex,
        "cursor": ground.blend(accent, 0.35).hex,
        "cursor-blurred": ground.blend(text, 0.12).hex,
        "hover": ground.blend(text, 0.06).hex,
        "glyph": made["warning"],
        "thumb": text.blend(ground, 0.7).hex,
    }


STYLES: dict[str, tuple[str, str, str]] = {
    # name: (colour, background or the widget's own, attribute)
    "text": ("foreground", "", ""),
    "title": ("foreground", "", "bold"),
    "muted": ("muted", "", ""),
    "quiet": ("muted", "", "italic"),
    "rule": ("rule", "", ""),
    "head": ("muted", "", "bold"),
    "accent": ("primary", "", "bold"),
    "link": ("secondary", "", ""),
    "hit": ("primary", "", "underline"),
    "doubt": ("warning", "", ""),
    "glyph": ("glyph", "", ""),
    "thumb": ("thumb", "", ""),
    "bar": ("primary", "", ""),
    "thumb-focus": ("primary", "", ""),
    "cursor": ("foreground", "cursor", ""),
    "cursor-blurred": ("foreground", "cursor-blurred", ""),
    "hover": ("", "hover", ""),
    "selected": ("foreground", "cursor", "reverse"),
    "inside": ("foreground", "cursor", "underline"),
    "inside-current": ("foreground", "cursor", "reverse"),
}


_Sixteen = tuple[str, str, str]
"""Names of two of the terminal's sixteen colours, and an attribute."""

_SIXTEEN_DARK: dict[str, _Sixteen] = {
    "text": ("bright_white", "", ""),
    "title": ("bright_white", "", "bold"),
    "muted": ("white", "", ""),
    "quiet": ("white", "", "italic"),
    "rule": ("bright_black", "", ""),
    "head": ("white", "", "bold"),
    "accent": ("bright_cyan", "", "bold"),
    "link": ("cyan", "", ""),
    "hit": ("bright_yellow", "", "underline"),
    "doubt": ("bright_yellow", "", ""),
    "glyph": ("bright_yellow", "", ""),
    "thumb": ("white", "", ""),
    "bar": ("cyan", "", ""),
    "thumb-focus": ("bright_cyan", "", ""),
    "cursor": ("black", "cyan", "plain"),
    "cursor-blurred": ("bright_white", "blue", "plain"),
    "hover": ("", "", "underline"),
    "selected": ("bright_white", "", "reverse"),
    "inside": ("bright_yellow", "", "underline"),
    "inside-current": ("bright_yellow", "", "reverse"),
}
_SIXTEEN_LIGHT: dict[str, _Sixteen] = {
    "text": ("black", "", ""),
    "title": ("black", "", "bold"),
    "muted": ("bright_black", "", ""),
    "quiet": ("bright_black", "", "italic"),
    "rule": ("white", "", ""),
    "head": ("bright_black", "", "bold"),
    "accent": ("blue", "", "bold"),
    "link": ("blue", "", ""),
    "hit": ("magenta", "", "underline"),
    "doubt": ("red", "", ""),
    "glyph": ("red", "", ""),
    "thumb": ("bright_black", "", ""),
    "bar": ("blue", "", ""),
    "thumb-focus": ("blue", "", ""),
    "cursor": ("bright_white", "blue", "plain"),
    "cursor-blurred": ("black", "white", "plain"),
    "hover": ("", "", "underline"),
    "selected": ("black", "", "reverse"),
    "inside": ("magenta", "", "underline"),
    "inside-current": ("magenta", "", "reverse"),
}

SIXTEEN = {True: _SIXTEEN_DARK, False: _SIXTEEN_LIGHT}
"""The styles for terminals with sixteen colours, by whether the theme is dark.

A terminal draws each of our colours as the nearest of its sixteen, which makes most of them one; these are chosen.
"""

SIXTEEN_GROUND = {True: "black", False: "bright_white"}
"""What is behind them; a theme of the terminal's own colours leaves what is there."""

_NO_TEXT = frozenset(["rule", "thumb"])
"""Styles without text."""


class Palette:
    """The styles of one theme on one background, by the names in ``STYLES``.

    Text whose contrast is below ``least_contrast`` is made lighter or darker until it is not.

    The ``filters`` (for terminals without colour, for one's own colours) have gone over them: what is drawn in them
    goes to the terminal as it is.
    """

    def __init__(
        self,
        variables: dict[str, str],
        ground: str,
        filters: Sequence[LineFilter] = (),
        least_contrast: float = contrast.AA_LARGE,
    ) -> None:
        self._least_contrast = least_contrast
        self._variables = variables
        self._ground = ground
        self._filters = filters
        self._made: dict[str, Style] = {}

    def __getitem__(self, name: str) -> Style:
        style = self._made.get(name)
        if style is None:
            self._made[name] = style = self._filtered(self._style(name))
        return style

    def _style(self, name: str) -> Style:
        """The style as it is before the filters."""
        colour, ground, attribute = STYLES[name]
        text, behind = self._colour(colour), self._colour(ground or self._ground)
        if name not in _NO_TEXT and text and behind and not (text.ansi or behind.ansi):
            text = contrast.readable(text, behind, self._least_contrast)
        colours = Style(color=text.rich_color if text else None, bgcolor=behind.rich_color if behind else None)
        return colours + _attributes(attribute)

    def _filtered(self, style: Style) -> Style:
        segments = [Segment(" ", style)]
        for line_filter in self._filters:
            segments = line_filter.apply(segments, Color.parse(self._variables.get(self._ground, "black")))
        return segments[0].style or style

    def _colour(self, name: str) -> Color | None:
        try:
            return Color.parse(self._variables[name]) if name else None
        except (ColorParseError, KeyError):
            return None


def _attributes(attribute: str) -> Style:
    """A style of one attribute; ``plain`` takes bold away, which turns black into grey on some terminals."""
    return Style(
        bold=False if attribute == "plain" else attribute == "bold" or None,
        italic=attribute == "italic" or None,
        underline=attribute == "underline" or None,
        reverse=attribute == "reverse" or None,
    )


class SixteenColours(Palette):
    """The styles for a terminal with sixteen colours.

    Args:
        is_dark: whether the theme is dark.
        ground: the colour of the terminal behind them; empty: what the terminal has there.
    """

    def __init__(self, is_dark: bool, ground: str) -> None:
        super().__init__({}, "")
        self._styles, self._behind = SIXTEEN[is_dark], ground

    def _style(self, name: str) -> Style:
        colour, ground, attribute = self._styles[name]
        # Without a ground of ours, that of the terminal may be light or dark: only its own colour is sure on it.
        known = colour if self._behind or ground or colour not in ("white", "bright_white", "black") else "default"
        return Style(color=known or None, bgcolor=ground or self._behind or "default") + _attributes(attribute)


class WithoutColour(Palette):
    """The styles where no colour is wanted: the cursor is told by attributes."""

    def _style(self, name: str) -> Style:
        if name == "cursor":
            return super()._style("text") + Style(reverse=True)
        return super()._style("text" if name == "cursor-blurred" else name)


_palettes: dict[tuple[object, ...], Palette] = {}


def has_sixteen_colours(app: App[int]) -> bool:
    """Whether the terminal, or the theme, has the sixteen colours of old and no others."""
    if app.no_color:
        return False
    return app.current_theme.ansi or (not app.is_headless and app.console.color_system in ("standard", "windows"))


def palette(app: App[int], ground: str) -> Palette:
    """The styles under the app's present theme for a widget whose background is the variable ``ground``."""
    theme = app.current_theme
    if has_sixteen_colours(app):
        behind = "" if theme.ansi else SIXTEEN_GROUND[theme.dark]
        return _palettes.setdefault((theme.dark, behind), SixteenColours(theme.dark, behind))
    key = (app.theme, ground, app.no_color)
    if key not in _palettes:
        least = contrast.AA_TEXT if app.theme in (DARK.name, LIGHT.name) else contrast.AA_LARGE
        kind = WithoutColour if app.no_color else Palette
        _palettes[key] = kind(app.theme_variables, ground, app.get_line_filters(), least)
    return _palettes[key]
