"""What arXiv numbers and DOIs say by themselves, and citekeys."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from mum_tui.text import fold

_ARTICLES = ("a", "an", "the")


def from_arxiv(number: str) -> dict[str, Any]:
    """What an arXiv number says by itself: its month, and where it leads."""
    draft: dict[str, Any] = {"preprint": {"id": number}}
    if re.fullmatch(r"\d\d(0[1-9]|1[0-2])\.\d+", number, re.ASCII):
        draft["date"] = f"20{number[:2]}-{number[2:4]}"
    return draft | {"links": [{"rel": "preprint", "url": f"https://arxiv.org/abs/{number}"}]}


def from_doi(number: str) -> dict[str, Any]:
    """What a DOI says by itself; ``doi`` waits for a publication or a record to stand in."""
    return {"doi": number, "links": [{"rel": "paper", "url": f"https://doi.org/{number}"}]}


def citekey(family: str, year: str, title: str, name: str = "", taken: Collection[str] = ()) -> str:
    """Family name, year, and one word in lower-case ASCII; a letter behind it where that is taken.

    The word is the short name where that is one word that begins the title (``stunet``), else the first of the title.
    """
    words = [word for word in re.split(r"[\s\-–—/:]+", title) if _bare(word)]
    while len(words) > 1 and fold(words[0]) in _ARTICLES:
        words.pop(0)
    word = _bare(words[0]) if words else "untitled"
    if name and " " not in name and _bare(title).startswith(_bare(name)):
        word = _bare(name) or word
    key = f"{_bare(family) or 'anonymous'}{year}{word}"
    free = (key, *(f"{key}{letter}" for letter in "bcdefghijklmnopqrstuvwxyz"))
    return next((free_key for free_key in free if free_key not in taken), f"{key}{len(taken)}")


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text).replace("ß", "ss"))
