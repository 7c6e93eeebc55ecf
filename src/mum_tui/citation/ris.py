"""RIS, for reference managers: one record per item, each field where Zotero and EndNote look for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mum_tui.citation.csl_item import Item, arxiv_id, date_parts
from mum_tui.text import one_line

_TYPES = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "paper-conference": "CONF",
    "chapter": "CHAP",
    "book": "BOOK",
    "report": "RPRT",
    "thesis": "THES",
    "dataset": "DATA",
    "software": "COMP",
    "webpage": "ELEC",
}


def render(items: Iterable[Item]) -> str:
    """The items as RIS records."""
    import rispy

    class Writer(rispy.RisWriter):  # type: ignore[misc]
        def set_header(self, count: int) -> str:
            # The "1." that numbers records by default is no RIS: pandoc refuses it.
            return ""

    return str(rispy.dumps([record(item) for item in items], implementation=Writer))


def record(item: Item) -> dict[str, Any]:
    """An item under the names that rispy gives to RIS tags."""
    kind = _TYPES.get(item["type"], "GEN")
    container = item.get("container-title", "")
    first, _, last = item.get("page", "").replace("–", "-").partition("-")
    arxiv = arxiv_id(item)
    found: dict[str, Any] = {
        "type_of_reference": kind,
        "id": item["id"],
        "authors": [_name(name) for name in item.get("author", [])],
        "secondary_authors": [_name(name) for name in item.get("editor", [])],
        "title": item.get("title", ""),
        # A conference's proceedings: Zotero reads C3, others T2.
        "secondary_title": container,
        "custom3": container if kind == "CONF" else "",
        "alternate_title1": item.get("container-title-short", ""),
        "tertiary_title": item.get("collection-title", ""),
        "volume": item.get("volume", ""),
        "number": item.get("issue", ""),
        "start_page": first,
        "end_page": last,
        "edition": item.get("version", ""),
        "publisher": item.get("publisher", ""),
        "place_published": item.get("publisher-place", ""),
        "accession_number": f"arXiv:{arxiv}" if arxiv else item.get("number", ""),
        "doi": item.get("DOI", ""),
        "urls": [url.replace(";", "%3B") for url in [item.get("URL", "")] if url],
    }
    if parts := date_parts(item):
        found["year"] = str(parts[0])
        found["date"] = _date(parts)
    if accessed := date_parts(item, "accessed"):
        found["access_date"] = _date(accessed)
    return {key: _lines(value) for key, value in found.items() if value}


def _lines(value: Any) -> Any:
    # A line feed would begin a new field.
    return [one_line(one) for one in value] if isinstance(value, list) else one_line(value)


def _date(parts: list[int]) -> str:
    """``2024/04/02/``, ``2024/04//``: year, month, day and a place for other words."""
    shown = [f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])]
    return "/".join([*shown, "", "", ""][:4])


def _name(name: dict[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    particles = (name.get("dropping-particle", ""), name.get("non-dropping-particle", ""))
    family = " ".join(filter(None, [*particles, name.get("family", "")]))
    return ", ".join(filter(None, [family, name.get("given", ""), name.get("suffix", "")]))
