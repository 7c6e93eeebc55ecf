"""RIS, for reference managers: one record per item, each field where Zotero and EndNote look for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from mum_tui.citation.csl_item import AnyItem, arxiv_doi, arxiv_id
from mum_tui.citation.csl_tags import without_tags
from mum_tui.text import one_line

TYPES = {
    "article": "UNPB", "article-journal": "JOUR", "paper-conference": "CONF", "chapter": "CHAP", "book": "BOOK",
    "report": "RPRT", "thesis": "THES", "dataset": "DATA", "software": "COMP", "webpage": "ELEC",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS", "entry-encyclopedia": "ENCYC", "entry-dictionary": "DICT", "patent": "PAT",
    "map": "MAP",
    "manuscript": "UNPB", "legislation": "STAT", "legal_case": "CASE", "bill": "BILL", "motion_picture": "MPCT",
    "song": "SOUND", "graphic": "ART", "standard": "STAND", "post-weblog": "BLOG", "periodical": "JFULL",
    "hearing": "HEAR", "personal_communication": "PCOMM", "pamphlet": "PAMP", "speech": "SLIDE", "figure": "FIGURE",
    "post": "ICOMM", "musical_score": "MUSIC", "classic": "CLSWK",
}  # fmt: skip
"""What each type of CSL is written as; any other is ``GEN``."""

_TAGS = {
    "secondary_authors": "A2", "tertiary_authors": "A3", "subsidiary_authors": "A4", "abstract": "AB", "authors": "AU",
    "accession_number": "AN", "custom1": "C1", "custom2": "C2", "custom3": "C3", "custom7": "C7", "call_number": "CN",
    "place_published": "CY", "date": "DA", "name_of_database": "DB", "doi": "DO", "edition": "ET", "end_page": "EP",
    "id": "ID", "number": "IS", "alternate_title1": "J2", "keywords": "KW", "language": "LA", "type_of_work": "M3",
    "notes": "N1", "number_of_volumes": "NV", "publisher": "PB", "year": "PY", "section": "SE", "issn": "SN",
    "start_page": "SP", "short_title": "ST", "secondary_title": "T2", "tertiary_title": "T3", "title": "TI",
    "urls": "UR",
    "volume": "VL", "access_date": "Y2", "type_of_reference": "TY", "note": "M1", "database_provider": "DP",
    "research_notes": "RN", "reviewed_item": "RI", "original_publication": "OP",
}  # fmt: skip
"""RIS's tags by rispy's names for them, as far as they are written here."""

_LISTS = frozenset(["A1", "A2", "A3", "A4", "AU", "KW", "N1", "UR"])
_SEASONS = ("Spring", "Summer", "Autumn", "Winter")


def render(items: Iterable[AnyItem]) -> str:
    """The items as RIS records."""
    import rispy

    class Writer(rispy.RisWriter):  # type: ignore[misc]  # rispy has no types
        def set_header(self, count: int) -> str:
            # The "1." that numbers records by default is no RIS: pandoc refuses it.
            return ""

    return str(rispy.dumps([record(item) for item in items], implementation=Writer))


def record(item: AnyItem) -> dict[str, Any]:
    """An item under the names that rispy gives to RIS tags."""
    kind = TYPES.get(item["type"], "GEN")
    first, _, last = _text(item, "page").replace("–", "-").partition("-")
    tags: dict[str, Any] = {
        "type_of_reference": kind,
        "id": str(item.get("citation-key") or item["id"]),
        "authors": [_name(name) for name in item.get("author", [])],
        "secondary_authors": [_name(name) for name in item.get("editor", [])],
        "tertiary_authors": [_name(name) for name in item.get("collection-editor", [])],
        "subsidiary_authors": [_name(name) for name in item.get("translator", [])],
        "title": _text(item, "title"),
        "short_title": _text(item, "title-short"),
        "alternate_title1": _text(item, "container-title-short"),
        "tertiary_title": _text(item, "collection-title"),
        "volume": _text(item, "volume"),
        "number": _text(item, "issue") or _text(item, "collection-number"),
        "start_page": first,
        "end_page": last,
        "edition": _text(item, "version") or _text(item, "edition"),
        "number_of_volumes": _text(item, "number-of-volumes"),
        "section": _text(item, "chapter-number") or _text(item, "section"),
        "publisher": _text(item, "publisher"),
        "place_published": _text(item, "publisher-place"),
        "type_of_work": _text(item, "genre"),
        "issn": _text(item, "ISBN") or _text(item, "ISSN"),
        "language": _text(item, "language"),
        "call_number": _text(item, "call-number"),
        "name_of_database": _text(item, "source"),
        "database_provider": _text(item, "archive"),
        "research_notes": _text(item, "annote"),
        "reviewed_item": _text(item, "reviewed-title"),
        "keywords": _keywords(item),
        "abstract": _text(item, "abstract"),
        "notes": [text for text in (_text(item, "note"),) if text],
    }
    if item.get("custom", {}).get("more_authors"):
        tags["authors"] = [*tags["authors"], "et al."]
    _add_container(tags, item, kind)
    _add_numbers(tags, item)
    _add_dates(tags, item)
    _add_brought(tags, item)
    return {key: _lines(value) for key, value in tags.items() if value}


def _text(item: AnyItem, variable: str) -> str:
    value = item.get(variable, "")
    return without_tags(str(value)) if isinstance(value, str | int) else ""


def _keywords(item: AnyItem) -> list[str]:
    text = _text(item, "keyword")
    return [word for part in text.split(";" if ";" in text else ",") if (word := one_line(part))]


def _add_container(tags: dict[str, Any], item: AnyItem, kind: str) -> None:
    # A conference's proceedings: Zotero reads C3, others T2.
    container = _text(item, "container-title")
    tags["secondary_title"] = container
    if kind == "CONF":
        tags["secondary_title"] = container or _text(item, "event-title")
        tags["custom3"] = container
        tags["custom1"] = _text(item, "event-place")


def _add_numbers(tags: dict[str, Any], item: AnyItem) -> None:
    arxiv = arxiv_id(item)
    number = _text(item, "number")
    brought = _brought(item)
    if arxiv and not any(arxiv in value for tag, value in brought.items() if tag not in ("DO", "UR")):
        tags["accession_number"] = f"arXiv:{arxiv}"
    elif number and item["type"] == "article-journal":
        tags["custom7"] = number
    elif number and not arxiv and number not in brought.values():
        tags["accession_number"] = number
    elif pmid := _text(item, "PMID"):
        tags["accession_number"] = pmid if re.fullmatch(r"\d{7,8}", pmid) else f"PMID: {pmid}"
    tags["custom2"] = _text(item, "PMCID")
    doi, url = _text(item, "DOI"), _text(item, "URL")
    if arxiv and "TY" in brought:
        # What only follows from the number was not in the file.
        doi = "" if doi == arxiv_doi(arxiv) else doi
        url = "" if url == f"https://arxiv.org/abs/{arxiv}" else url
    tags["doi"] = doi
    tags["urls"] = [address.replace(";", "%3B") for address in [url] if address]


def _add_dates(tags: dict[str, Any], item: AnyItem) -> None:
    issued = item.get("issued", {})
    if parts := (issued.get("date-parts") or [[]])[0]:
        tags["year"] = str(parts[0])
        tags["date"] = _date(parts, _other(issued))
    elif literal := str(issued.get("literal", "")):
        tags["date" if "PY" in _brought(item) else "year"] = literal
    original = item.get("original-date", {})
    tags["original_publication"] = "/".join(map(str, (original.get("date-parts") or [[]])[0]))
    accessed = item.get("accessed", {})
    if parts := (accessed.get("date-parts") or [[]])[0]:
        tags["access_date"] = _date(parts)
    elif literal := str(accessed.get("literal", "")):
        tags["access_date"] = literal


def _other(issued: dict[str, Any]) -> str:
    """What a date says beside year, month and day: a season, or the end of a range."""
    dates = issued["date-parts"]
    if issued.get("season") in (1, 2, 3, 4):
        return _SEASONS[issued["season"] - 1]
    if len(dates) > 1 and dates[1]:
        return f"to {'-'.join(f'{part:02}' for part in dates[1])}" if dates[1][0] else "ongoing"
    return "circa" if issued.get("circa") else ""


def _date(parts: list[int], other: str = "") -> str:
    """``2024/04/02/``, ``2024/04//``: year, month, day and a place for other words."""
    shown = [f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])]
    return "/".join([*[*shown, "", ""][:3], other])


def _brought(item: AnyItem) -> dict[str, str]:
    brought = item.get("custom", {}).get("ris", {})
    return {str(tag): str(value) for tag, value in brought.items()} if isinstance(brought, dict) else {}


def _add_brought(tags: dict[str, Any], item: AnyItem) -> None:
    """What the item brought along from a RIS file, under its tags."""
    names = {tag: name for name, tag in _TAGS.items()}
    for tag, value in _brought(item).items():
        if not re.fullmatch(r"[A-Z][A-Z0-9]", tag) or tag == "ER":
            continue
        lines = [one_line(line) for line in value.split("\n") if line.strip()]
        name = names.get(tag)
        if tag == "SN" and name and tags.get(name) and tags[name] not in lines:
            # Numbers of the printed and of the electronic edition stand in lines of their own.
            tags.setdefault("unknown_tag", {})[tag] = [tags.pop(name), *lines]
        elif name is None:
            tags.setdefault("unknown_tag", {})[tag] = lines
        elif tag in _LISTS:
            tags[name] = [*(tags.get(name) or []), *(line for line in lines if line not in (tags.get(name) or []))]
        else:
            tags[name] = " ".join(lines)


def _lines(value: Any) -> Any:
    # A line feed would begin a new field.
    if isinstance(value, dict):
        return {key: _lines(part) for key, part in value.items()}
    return [one_line(part) for part in value] if isinstance(value, list) else one_line(value)


def _name(name: dict[str, str]) -> str:
    if name.get("literal"):
        return name["literal"]
    particles = (name.get("dropping-particle", ""), name.get("non-dropping-particle", ""))
    family = " ".join(filter(None, [*particles, name.get("family", "")]))
    return ", ".join(filter(None, [family, name.get("given", ""), name.get("suffix", "")]))
