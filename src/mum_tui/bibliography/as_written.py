"""What a writer cannot tell from the text alone: the LaTeX of a BibTeX field, kept where it would be written otherwise.

``{Goethe's}``, ``I--IV`` and ``\\TeX`` are read as plain words; who writes the entry again expects them as they stood.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from mum_tui.bibliography import names
from mum_tui.citation.bib_fields import digest, name_list, pages
from mum_tui.citation.bib_titles import commands, marked, title
from mum_tui.citation.latex import encode, escape

Encoder = Callable[[str], str]

_PLAIN = re.compile(r"[^\\{}$~^\"%#&_<>`'-]*(?:['-](?![-'])[^\\{}$~^\"%#&_<>`'-]*)*")
"""Text that stands in LaTeX as it is."""

_IN_BRACES = re.compile(r"\{[^{}]* [^{}]*\}")
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
}  # fmt: skip
_LETTERS = {"ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
            "AA": "Å", "i": "ı", "j": "ȷ"}  # fmt: skip
_ACCENT = re.compile(
    r"(?P<open>\{)?\\(?:(?P<sign>[`'^~=.\"])\s*|(?P<word>[urHvdck])(?:\s+|(?=\{)))(?:\{(?P<braced>\\[ij]|[A-Za-z])\}|(?P<bare>\\[ij](?![A-Za-z])|[A-Za-z]))"
    r"(?(open)\})"
)
_LETTER = re.compile(
    r"\{\\(?P<braced>ss|[oOlLij]|ae|AE|oe|OE|aa|AA)\}|\\(?P<bare>ss|[oOlLij]|ae|AE|oe|OE|aa|AA)(?:\{\}|(?![A-Za-z]))\s*"
)


class AsWritten:
    """Collects what of an entry would be written otherwise than it stood, by the digest of the text it was read as."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def text(self, raw: str, text: str) -> None:
        """A field other than a title, and what was read of it."""
        raw = " ".join(raw.split())
        if text and (raw != text or not _PLAIN.fullmatch(raw)):
            self._unless_written(raw, text, lambda encoder: _text(text, encoder))

    def title(self, raw: str, text: str, name: str) -> None:
        """A title; ``name`` has words of it that are known to be names."""
        raw = " ".join(raw.split())
        if _IN_BRACES.fullmatch(raw) and text:
            self.kept[digest(text)] = raw  # only a single word is written so
        elif text:
            self._unless_written(raw, text, lambda encoder: commands(title(marked(text), encoder, name)))

    def pages(self, raw: str, text: str) -> None:
        """Page numbers."""
        raw = " ".join(raw.split())
        if text and raw not in (text, pages(text, encode)):
            self.kept[digest(text)] = raw

    def people(self, raw: str, people: list[names.Person], complete: bool) -> None:
        """A list of names. One that BibTeX itself takes apart like ours needs no keeping."""
        if "{" not in raw and "\\" not in raw and complete and all(map(_is_usual, people)):
            return
        parts = names.split_and(_letters(" ".join(raw.split())) if "\\" in raw else " ".join(raw.split()))
        written = name_list(people, complete, escape)
        again = names.split_and(_letters(written))
        if len(parts) != len(again) or any(
            part != other and ("{" in part + other or "\\" in part or " " not in part)
            for part, other in zip(parts, again, strict=True)
        ):
            self.kept[digest(written)] = " ".join(raw.split())

    def _unless_written(self, raw: str, text: str, write: Callable[[Encoder], str]) -> None:
        written = write(escape)
        if raw == written or ("\\" in raw and _letters(raw) == _letters(written)):
            return
        # In ASCII the program itself writes {\textquoteright} and the like.
        if "\\" not in raw or "--" in raw or write(encode) != raw:
            self.kept[digest(text)] = raw


def _text(text: str, encoder: Encoder) -> str:
    return commands(encoder(marked(text))) if "<" in text else encoder(text)


def _is_usual(name: names.Person) -> bool:
    """Whether a name is written without braces, so that BibTeX takes it apart as it was."""
    family = name.get("family", "")
    return "given" in name and family[:1].isupper() and " " not in family and "," not in family


def _letters(text: str) -> str:
    """LaTeX with letters for commands that mean one: ``{\\"u}``, ``\\"{u}`` and ``\\"u`` are ``ü``."""
    if "\\" not in text:
        return text
    text = _ACCENT.sub(_accented, text)
    # Braces stay around such a letter, for they stay in a file that biber or BibTeX reads.
    return _LETTER.sub(
        lambda match: f"{{{_LETTERS[match['braced']]}}}" if match["braced"] else _LETTERS[match["bare"]], text
    )


def _accented(match: re.Match[str]) -> str:
    letter = match["braced"] or match["bare"]
    if letter.startswith("\\"):
        return match[0]  # a dotless letter with an accent is another character to biber
    return unicodedata.normalize("NFC", letter + _ACCENTS[match["sign"] or match["word"]])
