"""Makes citation keys from author, year and title."""

from __future__ import annotations

import re
from collections.abc import Container

from mum_tui.text import fold

_BETWEEN = re.compile(r"[\s\-–—/:]+")
_OTHERS = re.compile(r"[^a-z0-9]")
_ARTICLES = ("a", "an", "the")


def citekey(family: str, year: str, title: str, name: str = "", taken: Container[str] = ()) -> str:
    """A key of family name, year and one word in lower-case ASCII, with a letter after it if it is taken.

    The word is the short name where that is one word that begins the title (``stunet``), else the first of the title.
    """
    words = [word for word in _BETWEEN.split(title[:1000]) if bare(word)]
    while len(words) > 1 and fold(words[0]) in _ARTICLES:
        words.pop(0)
    word = bare(words[0])[:40] if words else "untitled"
    if name and " " not in name and bare(title).startswith(bare(name)):
        word = bare(name) or word
    key = f"{bare(family)[:40] or 'anonymous'}{year}{word}"
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
