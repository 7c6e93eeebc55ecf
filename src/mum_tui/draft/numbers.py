"""arXiv numbers and DOIs, and what they say by themselves."""

from __future__ import annotations

import re
from typing import Any

from mum_tui.bibliography import identifiers


def arxiv(text: str) -> str:
    """The arXiv number in an id or address, without its version; empty when it is none."""
    return identifiers.arxiv(text)


def doi(text: str) -> str:
    """The DOI in ``text``, in whatever form; empty when it is none, or arXiv's own."""
    return "" if arxiv(text) else identifiers.doi(text)


def from_arxiv(number: str) -> dict[str, Any]:
    """What an arXiv number says by itself: its month, and where it leads."""
    fields: dict[str, Any] = {"preprint": {"id": number}}
    if re.fullmatch(r"\d\d(0[1-9]|1[0-2])\.\d+", number, re.ASCII):
        fields["date"] = f"20{number[:2]}-{number[2:4]}"
    return fields | {"links": [{"rel": "preprint", "url": f"https://arxiv.org/abs/{number}"}]}


def from_doi(number: str) -> dict[str, Any]:
    """What a DOI says by itself; ``doi`` waits for a publication or a record to stand in."""
    return {"doi": number, "links": [{"rel": "paper", "url": f"https://doi.org/{number}"}]}
