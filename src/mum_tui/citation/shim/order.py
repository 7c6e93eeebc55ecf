"""What a bibliography is put in order by, and the letters that tell works of one year apart."""

from __future__ import annotations

from mum_tui.citation import markup
from mum_tui.text import fold

_PUNCTUATION = {char: f"\0{chr(at + 1)}" for at, char in enumerate(" _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$")}


def collation(value: str) -> tuple[str, str]:
    """A key that sorts as a reader does: punctuation before digits before letters; accents and case decide last."""
    shown = markup.plain(value)
    return "".join(_PUNCTUATION.get(char, char) for char in fold(shown)), shown


def letters(number: int) -> str:
    """0 → a, 25 → z, 26 → aa."""
    more, last = divmod(number, 26)
    return (letters(more - 1) if more else "") + chr(ord("a") + last)
