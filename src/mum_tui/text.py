"""Text from outside made harmless (``clean``) and comparable (``fold``), and addresses one may open."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from mum_tui.patterns import Pattern

_UNSAFE = Pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_BREAKS = Pattern("[\u2028\u2029]")
_SPACES = Pattern(r"\s+")

# Letters that Unicode does not decompose but a reader types without their stroke, and dashes, quotes and colons
# that stand for the ones on a keyboard. What nobody sees (soft hyphens, joiners) is left out.
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

# What a letter is written as where a keyboard does not have it: German and Scandinavian letters, Greek ones by name.
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

_HTTP = Pattern(r"https?://[^\s/?#\\]+[^\s\\]*", re.IGNORECASE)


def clean(text: str) -> str:
    """``text`` with control, bidirectional-override and surrogate characters replaced by ``�``.

    Line feeds and tabs stay; Unicode line and paragraph separators become line feeds. What is left can be
    written to any terminal or file without being obeyed.
    """
    if text.isprintable():  # most is, and asking is fast
        return text
    return _BREAKS.sub("\n", _UNSAFE.sub("\ufffd", text))


def one_line(text: str) -> str:
    """``text`` with every run of white space turned into one space."""
    return " ".join(text.split())


def fold(text: str) -> str:
    """``text`` in the form in which case, accents and typographic dashes and quotes make no difference."""
    if text.isascii():
        return text.lower()
    # Folded again, because taking apart makes new capitals: "№" is "No", "ℝ" is "R".
    decomposed = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_PLAIN)


_ARTICLE = Pattern(r"(?:the|an?)\s+(?=\S)")
_DIGITS = Pattern(r"\d+")
_NO_WORD = Pattern(r"^[\W_]+(?=\w)")


def sort_key(text: str) -> str:
    """``text`` as it is sorted: folded, without an English article or signs in front, numbers by their value."""
    folded = _NO_WORD.sub("", fold(text))
    if article := _ARTICLE.match(folded):
        folded = folded[article.end() :]
    return _DIGITS.sub(_by_value, folded)


def _by_value(digits: re.Match[str]) -> str:
    """A number that is sorted as a text: how many digits it has stands in front of it."""
    number = digits[0].lstrip("0")
    return f"{min(len(number), 999):03}{number}"


def written_out(text: str) -> str:
    """``text`` folded, its letters that others write as two or by name in that way: ``mueller`` of ``Müller``,
    ``alpha`` of ``α``. The same as ``fold`` where there are none."""
    if text.isascii():
        return text.lower()
    composed = unicodedata.normalize("NFKC", text.casefold())
    return fold(composed.translate(_OUT) if _HAS_OUT.search(composed) else composed)


def spellings(text: str) -> tuple[str, ...]:
    """``text`` folded with single spaces, and the same written out where that differs."""
    folded = " ".join(fold(text).split())
    if text.isascii():
        return (folded,)
    other = " ".join(written_out(text).split())
    return (folded,) if other == folded else (folded, other)


def words_apart(folded: str) -> str:
    """A folded text without its punctuation: words with single spaces between them, each line by itself."""
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
    """The letters and digits of a folded text, for comparing names and values however they are spaced or hyphened."""
    return folded if folded.isalnum() else "".join(words_apart(folded).split())


def why_not_url(url: str) -> str:
    """Why ``url`` must not be opened, in a few words; empty when it may be."""
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
    """That this many entries stand in more than one of so many sections: ``1 in both``; nothing where none does."""
    return f"{number:,} in {'both' if sections == 2 else 'several'}" if number else ""


def as_json(value: Any) -> str:
    """A value as indented JSON, ending in a line feed; what a terminal might obey is escaped."""
    import msgspec

    text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    return re.sub(r"[\x7f-\x9f\u202a-\u202e\u2066-\u2069]", lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"
