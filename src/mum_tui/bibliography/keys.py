"""Makes citation keys from author, year and title."""

from __future__ import annotations

import re
from collections.abc import Container

from mum_tui.text import fold

_BETWEEN = re.compile(r"[\s\-–—/:]+")
_OTHERS = re.compile(r"[^a-z0-9]")
_LETTER = re.compile("[A-Za-z]")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_ARTICLES = ("a", "an", "the")


def citekey(family: str, year: str, title: str, name: str = "", taken: Container[str] = ()) -> str:
    """A key of family name, year and one word in lower-case ASCII, with a letter after it if it is taken.

    The word is the short name where that is one word that begins the title (``stunet``), else the first of the title.
    Other letters than Latin ones are romanized where there are no others.
    """
    words = [word for word in _BETWEEN.split(title[:1000]) if bare(word)]
    while len(words) > 1 and fold(words[0]) in _ARTICLES:
        words.pop(0)
    word = bare(words[0])[:40] if words else _first_romanized(title) if title.strip() else "untitled"
    if name and " " not in name and bare(title).startswith(bare(name)):
        word = bare(name) or word
    key = f"{readable(family)[:40] or 'anonymous'}{year}{word}"
    if key not in taken:
        return key
    free = (f"{key}{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")
    number = 27
    chosen = next((candidate for candidate in free if candidate not in taken), "")
    while not chosen:
        chosen = f"{key}-{number}" if f"{key}-{number}" not in taken else ""
        number += 1
    return chosen


def bare(text: str) -> str:
    """The letters and digits of ``text`` in lower-case ASCII."""
    return _OTHERS.sub("", fold(text).replace("ß", "ss"))


def readable(text: str) -> str:
    """The same; text without a Latin letter is romanized."""
    letters = bare(text)
    if text.isascii() or has_letter(letters):
        return letters
    from mum_tui.romanization import romanized

    return bare(romanized(text)) or letters


def has_letter(text: str) -> bool:
    """Whether ``text`` has a letter of ASCII."""
    return _LETTER.search(text) is not None


def _first_romanized(title: str) -> str:
    """The first word of a title without Latin letters; empty for Chinese, of which only family names have a sound."""
    from mum_tui.romanization import romanized

    words = (word for word in _BETWEEN.split(title[:1000]) if not _HAN.search(word))
    return next((found for word in words if (found := bare(romanized(word)))), "")[:40]
