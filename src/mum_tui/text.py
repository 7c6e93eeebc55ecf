"""Makes text harmless (``clean``) and comparable (``fold``), and tells which addresses are safe to open."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from mum_tui.patterns import Pattern

_UNSAFE = Pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_BREAKS = Pattern("[\u2028\u2029]")
_SPACES = Pattern(r"\s+")

# Letters that Unicode does not decompose but people type without the stroke; dashes, quotes and colons that replace
# those on a keyboard. Invisible characters (soft hyphens, joiners) are removed.
_PLAIN = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "×": "x",
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("’‘‚‛‹›′", "'"),
        **dict.fromkeys("“”„‟«»″〝〞", '"'),
        **dict.fromkeys("∶꞉", ":"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060", ""),
    }
)

# How letters are written on keyboards that lack them: German and Scandinavian ones as two letters, Greek ones by name.
_WRITTEN_OUT = {
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    "å": "aa",
    "ø": "oe",
    "ς": "sigma",
    **dict(
        zip(
            "αβγδεζηθικλμνξοπρστυφχψω",
            [
                *(
                    "alpha",
                    "beta",
                    "gamma",
                    "delta",
                    "epsilon",
                    "zeta",
                    "eta",
                    "theta",
                    "iota",
                    "kappa",
                    "lambda",
                    "mu",
                ),
                *("nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
            ],
            strict=True,
        )
    ),
}
_OUT = str.maketrans(_WRITTEN_OUT)
_HAS_OUT = Pattern(f"[{''.join(_WRITTEN_OUT)}]")
_APART = Pattern(r"(?:[^\w\n]|_)+")
_ASCII_APART = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum() and code != 10})

MOST_IN_BOX = 4096
"""The most characters of a text that comes into an input of one line, such as a query."""

_HTTP = Pattern(r"https?://[^\s/?#\\]+[^\s\\]*", re.IGNORECASE)


def clean(text: str) -> str:
    """``text`` with control, bidirectional-override and surrogate characters replaced by ``�``.

    Line feeds and tabs stay; Unicode line and paragraph separators become line feeds. The result contains nothing that
    a terminal would execute.
    """
    if text.isprintable():  # true for most texts, and fast
        return text
    return _BREAKS.sub("\n", _UNSAFE.sub("\ufffd", text))


def one_line(text: str) -> str:
    """``text`` with every run of white space turned into one space."""
    return " ".join(text.split())


def clean_line(text: str) -> str:
    """``text`` cleaned, on one line."""
    if text.isprintable() and "  " not in text:  # a space is the only white space that is printable
        return text.strip(" ")
    return one_line(clean(text))


def fold(text: str) -> str:
    """``text`` for comparing: without case and accents, with plain dashes and quotes."""
    if text.isascii():
        return text.lower()
    # Folded again, because decomposing can give capitals: "№" becomes "No", "ℝ" becomes "R".
    decomposed = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_PLAIN)


_ARTICLE = Pattern(r"(?:the|an?)\s+(?=\S)")
_DIGITS = Pattern(r"\d+")
_NO_WORD = Pattern(r"^[\W_]+(?=\w)")


def sort_key(text: str) -> str:
    """``text`` for sorting: folded, without an English article or punctuation in front, numbers by value."""
    folded = _NO_WORD.sub("", fold(text))
    if article := _ARTICLE.match(folded):
        folded = folded[article.end() :]
    return _DIGITS.sub(_by_value, folded)


def _by_value(digits: re.Match[str]) -> str:
    """A number as text that sorts by value: the count of its digits in front."""
    number = digits[0].lstrip("0")
    return f"{min(len(number), 999):03}{number}"


def written_out(text: str) -> str:
    """``text`` folded, with some letters written out: ``mueller`` for ``Müller``, ``alpha`` for ``α``."""
    if text.isascii():
        return text.lower()
    composed = unicodedata.normalize("NFKC", text.casefold())
    return fold(composed.translate(_OUT) if _HAS_OUT.search(composed) else composed)


def spellings(text: str) -> tuple[str, ...]:
    """``text`` folded, with single spaces; then written out, if that differs."""
    folded = " ".join(fold(text).split())
    if text.isascii():
        return (folded,)
    other = " ".join(written_out(text).split())
    return (folded,) if other == folded else (folded, other)


def words_apart(folded: str) -> str:
    """A folded text without punctuation, its words separated by single spaces; line feeds stay."""
    if folded.isascii():
        if folded.isalnum():
            return folded
        spaced = folded.translate(_ASCII_APART)
    else:
        spaced = _APART.sub(" ", folded)
    if "\n" not in spaced:
        return " ".join(spaced.split())
    return "\n".join(" ".join(line.split()) for line in spaced.split("\n"))


def letters(folded: str) -> str:
    """The letters and digits of a folded text, for comparing names regardless of spaces and hyphens."""
    return folded if folded.isalnum() else "".join(words_apart(folded).split())


def why_not_url(url: str) -> str:
    """Why ``url`` must not be opened, in a few words; empty if it may be."""
    if url.isprintable() and " " not in url:  # nearly all are
        return "" if _HTTP.fullmatch(url) else "not an http:// or https:// address"
    if _UNSAFE.search(url) or _BREAKS.search(url):
        return "contains control characters"
    if _SPACES.search(url):
        return "contains white space"
    if not _HTTP.fullmatch(url):
        return "not an http:// or https:// address"
    return ""


def plural(count: int, noun: str) -> str:
    """A number and what it counts: ``1 change``, ``1,200 changes``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def overlap_words(number: int, sections: int) -> str:
    """How many entries are in more than one of ``sections`` sections, in words: ``1 in both``; empty for 0."""
    return f"{number:,} in {'both' if sections == 2 else 'several'}" if number else ""


def as_json(value: Any) -> str:
    """A value as indented JSON, ending in a line feed; characters that a terminal might execute are escaped."""
    import msgspec

    text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    return re.sub(r"[\x7f-\x9f\u202a-\u202e\u2066-\u2069]", lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"
