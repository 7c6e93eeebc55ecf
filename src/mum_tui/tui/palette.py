"""The styles in which lines are drawn, made from the colours of the theme.

As component classes of Textual's CSS each of them would cost a pass of the style sheet at every start.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.color import Color, ColorParseError

from mum_tui.tui import contrast
from mum_tui.tui.theme import DARK, LIGHT

if TYPE_CHECKING:
    from textual.app import App
    from textual.filter import LineFilter

STYLES: dict[str, tuple[str, str, str]] = {
    # name: (colour, background or empty for the widget's own, attribute)
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
"""The styles for terminals with sixteen colours, for dark (True) and light themes.

Such a terminal would draw most of our colours as the same one of its sixteen.
"""

SIXTEEN_GROUND = {True: "black", False: "bright_white"}
"""The background for these styles; themes of the terminal's own colours leave its background."""

_NO_TEXT = frozenset(["rule", "thumb"])
"""Styles without text."""


class Palette:
    """The styles of a theme on a background, by the names in ``STYLES``.

    Text with less contrast than ``least_contrast`` is made lighter or darker.

    Textual's line ``filters`` (for no colours, or for the terminal's own) are already applied to the styles, so lines
    drawn in them need no filtering.
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
        """The style before the filters."""
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
    """A style of one attribute; ``plain`` removes bold, which makes black grey on some terminals."""
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
        ground: the background colour; empty for that of the terminal.
    """

    def __init__(self, is_dark: bool, ground: str) -> None:
        super().__init__({}, "")
        self._styles, self._behind = SIXTEEN[is_dark], ground

    def _style(self, name: str) -> Style:
        colour, ground, attribute = self._styles[name]
        # The terminal's own background may be light or dark, so only its own text colour is safe on it.
        text = colour if self._behind or ground or colour not in ("white", "bright_white", "black") else "default"
        return Style(color=text or None, bgcolor=ground or self._behind or "default") + _attributes(attribute)


class WithoutColour(Palette):
    """The styles for terminals without colours; the cursor is shown by attributes."""

    def _style(self, name: str) -> Style:
        if name == "cursor":
            return super()._style("text") + Style(reverse=True)
        return super()._style("text" if name == "cursor-blurred" else name)


_palettes: dict[tuple[object, ...], Palette] = {}


def has_sixteen_colours(app: App[int]) -> bool:
    """Whether the terminal or the theme has only sixteen colours."""
    if app.no_color:
        return False
    return app.current_theme.ansi or (not app.is_headless and app.console.color_system in ("standard", "windows"))


def palette(app: App[int], ground: str) -> Palette:
    """The styles in the app's current theme for a widget whose background is the variable ``ground``."""
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
