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
        "muted": "#5d646f",
        "rule": "#d3cfc6",
        "cursor": "#cfe6e5",
        "cursor-blurred": "#e9e6df",
        "hover": "#f0eee8",
        "glyph": "#8a5a00",
        "thumb": "#b9b4a8",
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
}


def fallbacks(theme: Theme) -> dict[str, str]:
    """Our colours for a theme that knows nothing of them, mixed from those it has."""
    if theme.ansi:
        return dict(_ANSI)
    made = theme.to_color_system().generate()
    text, ground, accent = (Color.parse(made[name]) for name in ("foreground", "background", "primary"))
    return {
        "muted": text.blend(ground, 0.35).hex,
        "rule": text.blend(ground, 0.8).hex,
        "cursor": ground.blend(accent, 0.35).hex,
        "cursor-blurred": ground.blend(text, 0.12).hex,
        "hover": ground.blend(text, 0.06).hex,
        "glyph": made["warning"],
        "thumb": text.blend(ground, 0.7).hex,
    }


_STYLES: dict[str, tuple[str, str, str]] = {
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
}


_NO_TEXT = frozenset(["rule", "thumb"])
"""Styles that nothing is written in."""


class Palette:
    """The styles of one theme on one background, by the names in ``_STYLES``.

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
        found = self._made.get(name)
        if found is None:
            colour, ground, attribute = _STYLES[name]
            text, behind = self._colour(colour), self._colour(ground or self._ground)
            if name not in _NO_TEXT and text and behind and not (text.ansi or behind.ansi):
                text = contrast.readable(text, behind, self._least_contrast)
            found = Style(
                color=text.rich_color if text else None,
                bgcolor=behind.rich_color if behind else None,
                bold=attribute == "bold" or None,
                italic=attribute == "italic" or None,
                underline=attribute == "underline" or None,
                reverse=attribute == "reverse" or None,
            )
            self._made[name] = found = self._filtered(found)
        return found

    def _filtered(self, style: Style) -> Style:
        segments = [Segment(" ", style)]
        for one in self._filters:
            segments = one.apply(segments, Color.parse(self._variables.get(self._ground, "black")))
        return segments[0].style or style

    def _colour(self, name: str) -> Color | None:
        try:
            return Color.parse(self._variables[name]) if name else None
        except (ColorParseError, KeyError):
            return None


_palettes: dict[tuple[str, str], Palette] = {}


def palette(app: App[int], ground: str) -> Palette:
    """The styles under the app's present theme for a widget whose background is the variable ``ground``."""
    key = (app.theme, ground)
    if key not in _palettes:
        least = contrast.AA_TEXT if app.theme in (DARK.name, LIGHT.name) else contrast.AA_LARGE
        _palettes[key] = Palette(app.theme_variables, ground, app.get_line_filters(), least)
    return _palettes[key]
