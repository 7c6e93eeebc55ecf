"""The two themes of mum-tui, and our colours for the themes of Textual."""

from __future__ import annotations

from textual.color import Color
from textual.theme import Theme

from mum_tui.tui import contrast

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

MUM_COLOURS = frozenset(DARK.variables)
"""The colours that only our themes define."""

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
    """Our colours for a theme that does not define them, mixed from the colours it has."""
    if theme.ansi:
        return dict(_ANSI)
    colours = theme.to_color_system().generate()
    text, ground, accent = (Color.parse(colours[name]) for name in ("foreground", "background", "primary"))
    surface, panel = Color.parse(colours["surface"]), Color.parse(colours["panel"])
    muted = text.blend(ground, 0.35)

    def on(behind: Color, colour: Color, more: float = 0.1) -> str:
        # A little more than required, because Textual changes the shade of some backgrounds.
        return contrast.readable(colour, behind, contrast.AA_LARGE + more).hex

    return {
        # For what Textual draws itself: borders of dialogs, inputs, notices.
        "dialog-title": on(surface, accent),
        "dialog-keys": on(surface, muted),
        "box-text": on(panel, text),
        "box-muted": on(panel, muted, 0.5),
        "muted": muted.hex,
        "rule": text.blend(ground, 0.8).hex,
        "cursor": ground.blend(accent, 0.35).hex,
        "cursor-blurred": ground.blend(text, 0.12).hex,
        "hover": ground.blend(text, 0.06).hex,
        "glyph": colours["warning"],
        "thumb": text.blend(ground, 0.7).hex,
    }
