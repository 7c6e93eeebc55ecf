"""The tokens that input from the terminal is parsed into: keys, pastes, mouse events, focus, mode reports."""

from __future__ import annotations

from msgspec import Struct

MOST_DIGITS = 7
"""The most digits of a number; no key code, cell or mode has more."""


class Key(Struct, frozen=True):
    """A pressed key: its name in Textual, and the character it types, if any."""

    name: str
    character: str | None = None


class Paste(Struct, frozen=True):
    """A pasted text, cleaned; ``is_cut`` if it was too long and its end is missing."""

    text: str
    is_cut: bool = False


class Mouse(Struct, frozen=True):
    """A mouse event: ``code`` as in XTerm's SGR reports; ``x`` and ``y`` count cells from 0."""

    code: int
    x: int
    y: int
    is_release: bool


class Focus(Struct, frozen=True):
    """The window of the terminal gained or lost the focus."""

    is_gained: bool


class ModeReport(Struct, frozen=True):
    """The terminal's report on a DEC mode: 0 unknown, 1 set, 2 reset, 3 always set, 4 always reset."""

    mode: int
    setting: int


Token = Key | Paste | Mouse | Focus | ModeReport

ESCAPE = Key("escape", "\x1b")


def numbers_in(field: str) -> list[int | None] | None:
    """The sub-parameters of a parameter, None for empty ones; None if one is not a number or too large."""
    numbers: list[int | None] = []
    for part in field.split(":"):
        if len(part) > MOST_DIGITS or (part and not (part.isascii() and part.isdecimal())):
            return None
        numbers.append(int(part) if part else None)
    return numbers
