"""Locators as people write them: "p. 12", "chap. 3", "12"."""

from __future__ import annotations

import re

_LABEL = r"([^\W\d_]{1,8}(?:\.\s?[^\W\d_]\.?)?)\.?\s+(?=\d|[ivxlcdmIVXLCDM]+\b)"
_LABELS = {
    "p": "page", "pp": "page", "page": "page", "pages": "page", "vol": "volume", "vols": "volume", "fol": "folio",
    "fols": "folio", "ch": "chapter", "chap": "chapter", "chaps": "chapter", "para": "paragraph", "paras": "paragraph",
    "sec": "section", "secs": "section", "pt": "part", "pts": "part", "bk": "book", "bks": "book", "art": "article",
    "col": "column", "cols": "column", "fig": "figure", "figs": "figure", "l": "line", "ll": "line", "n": "note",
    "nn": "note", "no": "issue", "op": "opus", "v": "verse", "vv": "verse", "s.v": "sub-verbo",
}  # fmt: skip


def split(locator: str) -> tuple[str, str]:
    """A locator's kind, as CSL calls it, and the rest; the kind is empty where the locator does not begin with one."""
    locator = locator.strip()
    match = re.match(_LABEL, locator)
    label = _LABELS.get(match[1].lower(), "") if match else ""
    return (label, locator[match.end() :]) if match and label else ("", locator)
