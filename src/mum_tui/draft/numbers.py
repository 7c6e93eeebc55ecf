"""Draft entries from an arXiv number or a DOI alone."""

from __future__ import annotations

import re
from typing import Any


def from_arxiv(number: str) -> dict[str, Any]:
    """The draft of a preprint: its number, its month, its link."""
    fields: dict[str, Any] = {"preprint": {"id": number}}
    if re.fullmatch(r"\d\d(0[1-9]|1[0-2])\.\d+", number, re.ASCII):
        fields["date"] = f"20{number[:2]}-{number[2:4]}"
    return fields | {"links": [{"rel": "preprint", "url": f"https://arxiv.org/abs/{number}"}]}


def from_doi(number: str) -> dict[str, Any]:
    """The draft of a publication: its link, and its DOI, which is no key of an entry, under ``doi``."""
    return {"doi": number, "links": [{"rel": "paper", "url": f"https://doi.org/{number}"}]}
