"""Plain Unicode as LaTeX that BibTeX can neither choke on nor execute."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pylatexenc.latexencode import UnicodeToLatexEncoder

# BibTeX counts braces even behind a backslash, so a brace must never appear as \{.
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
}

_ESCAPES = str.maketrans(_SPECIAL)

_DIRECT = {"–": "--", "—": "---", "\u00a0": "~", "\ufffd": "?"}

_ACCENTS = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0304": "=",
    "\u0306": "u",
    "\u0307": ".",
    "\u0308": '"',
    "\u030a": "r",
    "\u030b": "H",
    "\u030c": "v",
    "\u0323": "d",
    "\u0327": "c",
    "\u0328": "k",
    "\u0331": "b",
}


def escape(text: str) -> str:
    """The characters that LaTeX reads as commands, as text; straight double quotes become “ and ”."""
    return text if text.isalnum() else curly(text).translate(_ESCAPES)


def curly(text: str) -> str:
    """Straight double quotes as typographic ones (TeX prints both straight ones as closing quotes)."""
    if '"' not in text:
        return text
    text = re.sub(r'(^|[\s(\[{/–—-])"', "\\1“", text)
    return text.replace('"', "”")


def encode(text: str) -> str:
    """``text`` in ASCII LaTeX; letters that LaTeX has no name for stay as they are."""
    if text.isascii() and '"' not in text:
        return text.translate(_ESCAPES)
    text = unicodedata.normalize("NFC", curly(text))
    return "".join(_SPECIAL.get(char, char) if char.isascii() else _letter(char) for char in text)


_NAMED = {
    "ø": r"{\o}", "Ø": r"{\O}", "ł": r"{\l}", "Ł": r"{\L}", "đ": r"{\dj}", "Đ": r"{\DJ}", "ß": r"{\ss}",
    "æ": r"{\ae}", "Æ": r"{\AE}", "œ": r"{\oe}", "Œ": r"{\OE}", "ı": r"{\i}",
    "’": r"{\textquoteright}", "‘": r"{\textquoteleft}", "“": r"{\textquotedblleft}", "”": r"{\textquotedblright}",
}  # fmt: skip


@cache
def _letter(char: str) -> str:
    if latex := _DIRECT.get(char) or _NAMED.get(char) or _accented(char):
        return latex
    if "\u0400" <= char <= "\u052f" or "\ue000" <= char <= "\uf8ff":
        # LaTeX's names of Cyrillic letters are read by few programs; private use stands for markup.
        return char
    # Everything else: Greek, symbols. The library takes as long to load as all of the rest.
    return str(_encoder().unicode_to_latex(char))


def _accented(char: str) -> str:
    """A letter with one accent (é) or several (ễ), from its canonical decomposition; empty for any other.

    An i keeps its dot: biber joins a dotless one and the accent to a character that does not exist.
    """
    decomposed = unicodedata.normalize("NFD", char)
    base, accents = decomposed[0], list(decomposed[1:])
    if not accents or not base.isascii() or not base.isalpha() or not all(accent in _ACCENTS for accent in accents):
        return ""
    if len(accents) == 1 and not _ACCENTS[accents[0]].isalpha():
        return f"{{\\{_ACCENTS[accents[0]]}{base}}}"
    built = base
    # The mark below the letter first: \d and \k take a bare letter.
    for accent in sorted(accents, key=lambda accent_sign: _ACCENTS[accent_sign] not in "dck"):
        built = f"{{\\{_ACCENTS[accent]}{built if len(built) > 1 else '{' + built + '}'}}}"
    return built


@cache
def _encoder() -> UnicodeToLatexEncoder:
    from pylatexenc.latexencode import UnicodeToLatexEncoder

    return UnicodeToLatexEncoder(
        non_ascii_only=True,
        replacement_latex_protection="braces-all",
        unknown_char_policy="keep",
        unknown_char_warning=False,
    )
