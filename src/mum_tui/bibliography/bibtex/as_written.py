"""Keeps the LaTeX of a BibTeX field where writing its text again would give other LaTeX.

``{Goethe's}``, ``I--IV`` and ``\\TeX`` are read as plain words; who writes the entry again expects them as they stood.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from mum_tui.bibliography import name_lists, names
from mum_tui.citation.bib_fields import digest, names_of, pages
from mum_tui.citation.bib_titles import commands, has_braces, marked, title
from mum_tui.citation.latex import encode, escape

Encoder = Callable[[str], str]

_PLAIN = re.compile(r"[^\\{}$~^\"%#&_<>`'-]*(?:['-](?![-'])[^\\{}$~^\"%#&_<>`'-]*)*")
"""Text that stands in LaTeX as it is."""

_AND = re.compile(r"\sand\s")
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


class ReadName(NamedTuple):
    """The people that a name of a BibTeX list was read as."""

    people: list[names.Person]
    written: list[str]
    """Each of them as it will be written."""
    is_same: bool
    """Whether BibTeX splits what will be written as it splits what stood there."""


def read_name(part: str, people: list[names.Person]) -> ReadName:
    """Compare a name as it stood with the people it was read as."""
    written = names_of(people, escape)
    return ReadName(people, written, _is_written_so(part, people, written))


class ReadPart(NamedTuple):
    """The family name, or the given names, of a simple name."""

    text: str
    is_same: bool
    """Whether it has no braces around a letter that will be written without them."""


def read_part(raw: str, text: str) -> ReadPart:
    """Compare one part of a simple name as it stood with its text."""
    letters = _letters(raw)
    return ReadPart(text, "{" not in letters and "\\" not in letters)


def read_parts(family: ReadPart, given: ReadPart) -> ReadName:
    """Put together a name from parts that were read before."""
    people = [{"family": family.text, "given": given.text}]
    return ReadName(people, names_of(people, escape), family.is_same and given.is_same)


def is_plain(text: str) -> bool:
    """Whether a text is the same with and without LaTeX."""
    return _PLAIN.fullmatch(text) is not None


class AsWritten:
    """Collects the LaTeX of an entry that would be written otherwise, by the digest of its text."""

    def __init__(self) -> None:
        self.raw_values: dict[str, str] = {}

    def text(self, raw: str, text: str, is_list: bool = False) -> None:
        """Compare a field other than a title with its text. In a list, ``and`` separates two values."""
        raw = " ".join(raw.split())
        if is_list and text and _AND.search(raw):
            self.raw_values[digest(text)] = raw  # a list of two publishers, or one with this name
        elif text and (raw != text or not is_plain(raw)):
            self._unless_written(raw, text, lambda encoder: _text(text, encoder))

    def title(self, raw: str, text: str, name: str) -> None:
        """Compare a title with its text. ``name`` has words of the title that are names."""
        raw = " ".join(raw.split())
        if raw == text and is_plain(raw):
            if has_braces(text, name):
                self.raw_values[digest(text, "title")] = raw
        elif _IN_BRACES.fullmatch(raw) and text:
            self.raw_values[digest(text, "title")] = raw  # only a single word is written so
        elif text:
            self._unless_written(raw, text, lambda encoder: commands(title(marked(text), encoder, name)), "title")

    def address(self, raw: str, address: str) -> None:
        """Compare an address. One that was wrapped is written without line breaks."""
        raw = raw.strip()
        if raw != address and not re.search(r"\s", raw):
            self.raw_values[digest(address)] = raw

    def pages(self, raw: str, text: str) -> None:
        """Compare page numbers."""
        raw = " ".join(raw.split())
        if text and raw != pages(text, encode) and (raw != text or text.count("-") > 1):
            self.raw_values[digest(text)] = raw

    def people(self, raw: str, written: str, is_same: bool) -> None:
        """Compare a list of names with how it will be written; ``is_same``: BibTeX splits each name as before."""
        raw = " ".join(raw.split())
        if is_same:
            parts, again = name_lists.split_and(_letters(raw)), name_lists.split_and(_letters(written))
            is_same = len(parts) == len(again) and all(map(_is_same_name, parts, again))
        if not is_same:
            self.raw_values[digest(written)] = raw

    def _unless_written(self, raw: str, text: str, write: Callable[[Encoder], str], field: str = "") -> None:
        written = write(escape)
        if raw == written or ("\\" in raw and _letters(raw) == _letters(written)):
            return
        # In ASCII the program itself writes {\textquoteright} and the like. A letter in braces keeps them to biber.
        if "\\" not in raw or "--" in raw or _LETTER.search(raw) or write(encode) != raw:
            self.raw_values[digest(text, field)] = raw


def _text(text: str, encoder: Encoder) -> str:
    return commands(encoder(marked(text))) if "<" in text else encoder(text)


def _is_written_so(part: str, people: list[names.Person], written: list[str]) -> bool:
    """Whether BibTeX splits what will be written as it splits the name that stood there."""
    if len(people) != 1 or len(written) != 1:
        return False
    if part == written[0]:
        return True
    if names.is_family_first(part):
        return False  # to BibTeX the last word is the family name
    (name,) = people
    family = name.get("family", "")
    if "~" in part.replace("\\~", ""):
        return False  # a tie joins words to biber, not to BibTeX
    is_bare = "{" not in part and "\\" not in part
    # BibTeX itself takes such a name apart in its own way: ``J Jr Doe``.
    has_more = "suffix" in name or "non-dropping-particle" in name
    if has_more and names.parts_of(part) != names.parts_of(written[0]):
        return False
    if is_bare and "given" in name and family[:1].isupper() and " " not in family and "," not in family:
        return True
    return _is_same_name(_letters(part), _letters(written[0]))


def _is_same_name(part: str, other: str) -> bool:
    """Whether BibTeX reads two spellings of a name alike."""
    return part == other or not ("{" in part + other or "\\" in part or " " not in part)


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
