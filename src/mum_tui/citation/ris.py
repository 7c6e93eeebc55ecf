"""RIS, for reference managers: one record per item, each field where Zotero and EndNote look for it."""

from __future__ import annotations

from collections.abc import Iterable

from mum_tui.citation.csl_item import CslItem, arxiv_id, date_parts, names, text
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


def render(items: Iterable[CslItem]) -> str:
    """The items as RIS records."""
    import rispy

    class Writer(rispy.RisWriter):  # type: ignore[misc]  # rispy has no types
        def set_header(self, count: int) -> str:
            # The "1." that numbers records by default is no RIS: pandoc refuses it.
            return ""

    return str(rispy.dumps([record(item) for item in items], implementation=Writer))


Field = str | list[str]
"""What rispy takes for a tag: a text, or a list of them for a tag that may stand several times."""


def record(item: CslItem) -> dict[str, Field]:
    """An item under the names that rispy gives to RIS tags."""
    kind = _TYPES.get(text(item, "type"), "GEN")
    container = text(item, "container-title")
    first, _, last = text(item, "page").replace("–", "-").partition("-")
    arxiv = arxiv_id(item)
    fields: dict[str, Field] = {
        "type_of_reference": kind,
        "id": text(item, "id"),
        "authors": [_name(name) for name in names(item, "author")],
        "secondary_authors": [_name(name) for name in names(item, "editor")],
        "title": text(item, "title"),
        # A conference's proceedings: Zotero reads C3, others T2.
        "secondary_title": container,
        "custom3": container if kind == "CONF" else "",
        "alternate_title1": text(item, "container-title-short"),
        "tertiary_title": text(item, "collection-title"),
        "volume": text(item, "volume"),
        "number": text(item, "issue"),
        "start_page": first,
        "end_page": last,
        "edition": text(item, "version"),
        "publisher": text(item, "publisher"),
        "place_published": text(item, "publisher-place"),
        "accession_number": f"arXiv:{arxiv}" if arxiv else text(item, "number"),
        "doi": text(item, "DOI"),
        "urls": [url.replace(";", "%3B") for url in [text(item, "URL")] if url],
    }
    if parts := date_parts(item):
        fields["year"] = str(parts[0])
        fields["date"] = _date(parts)
    if accessed := date_parts(item, "accessed"):
        fields["access_date"] = _date(accessed)
    return {key: _lines(value) for key, value in fields.items() if value}


def _lines(value: Field) -> Field:
    # A line feed would begin a new field.
    return [one_line(text) for text in value] if isinstance(value, list) else one_line(value)


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
