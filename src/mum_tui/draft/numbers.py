"""What an arXiv number or a DOI says of a new entry by itself."""

from __future__ import annotations

import re
from typing import Any


def from_arxiv(number: str) -> dict[str, Any]:
    """What an arXiv number says by itself: its month, and where it leads."""
    fields: dict[str, Any] = {"preprint": {"id": number}}
    if re.fullmatch(r"\d\d(0[1-9]|1[0-2])\.\d+", number, re.ASCII):
        fields["date"] = f"20{number[:2]}-{number[2:4]}"
    return fields | {"links": [{"rel": "preprint", "url": f"https://arxiv.org/abs/{number}"}]}


def from_doi(number: str) -> dict[str, Any]:
    """What a DOI says by itself; ``doi`` waits for a publication or a record to stand in."""
    return {"doi": number, "links": [{"rel": "paper", "url": f"https://doi.org/{number}"}]}
