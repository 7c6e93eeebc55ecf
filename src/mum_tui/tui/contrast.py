"""The contrast ratio of WCAG 2, and colours adjusted until they reach a ratio."""

from __future__ import annotations

from textual.color import Color

AA_TEXT = 4.5
"""The least ratio for text (WCAG 2.2, success criterion 1.4.3, level AA)."""

AA_LARGE = 3.0
"""The least ratio for large text and for parts of an interface (criteria 1.4.3 and 1.4.11)."""

_STEPS = 20


def ratio(text: Color, ground: Color) -> float:
    """The contrast ratio of two opaque colours: from 1 (the same) to 21 (black and white)."""
    lighter, darker = sorted((_luminance(text), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    """The relative luminance as WCAG 2 defines it, from 0 (black) to 1 (white)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def readable(text: Color, ground: Color, least: float) -> Color:
    """``text``, blended with black or white until its contrast ratio on ``ground`` is at least ``least``."""
    if ratio(text, ground) >= least:
        return text
    black, white = Color(0, 0, 0), Color(255, 255, 255)
    end = white if ratio(white, ground) >= ratio(black, ground) else black
    for step in range(1, _STEPS):
        moved = text.blend(end, step / _STEPS)
        if ratio(moved, ground) >= least:
            return moved
    return end
