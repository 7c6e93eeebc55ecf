"""From a catalog entry to a CSL-JSON item, the form every format is rendered from.

The shape is that of the CSL data schema (https://github.com/citation-style-language/schema, csl-data.json 1.0).
What has no place there stands under ``custom``: ``arxiv_id``, ``primary_class``, ``more_authors``, ``name``, a
name of the work's own that stands in its title and does not look like one (Med-Flamingo), and what the entry's ``csl``
brings along: ``bibtex`` and ``ris``, fields of those formats that CSL does not know, as they stood.
"""

from __future__ import annotations

import re
from typing import Any

from mum_tui.catalog.model import Entry, Name, Preprint, Published, Record

Item = dict[str, Any]

PUBLISHED = "published"
PREPRINT = "preprint"


_PLAIN_NAME = re.compile("[A-Z][a-z]+(-[A-Z]?[a-z0-9]+)*")


def item(entry: Entry, prefer: str = PUBLISHED) -> Item:
    """The CSL item of an entry.

    The version of record is cited where there is one, with the arXiv number beside it; ``prefer="preprint"``
    chooses the preprint instead. A dataset without a paper is cited by its own record.
    """
    versions = {PUBLISHED: entry.published, PREPRINT: entry.preprint}
    version = versions[prefer] or entry.published or entry.preprint or entry.record
    found: Item = {"id": entry.id, "citation-key": entry.id}
    custom: dict[str, Any] = {}
    match version:
        case Published():
            found |= _published(version)
        case Preprint():
            found |= _preprint(version, entry.date)
        case Record():
            found |= _record(version)
        case None:
            found |= {"type": "dataset" if entry.kind == "dataset" else "document", "issued": entry.date}
    if not found.get("DOI") and not found.get("URL"):
        found["URL"] = _address(entry, version)
    if entry.preprint and entry.preprint.server == "arXiv":
        custom = {"arxiv_id": entry.preprint.id, "primary_class": entry.preprint.primary_class}
    if not entry.authors_complete:
        custom["more_authors"] = True
    found["title"] = (version.title if version else "") or entry.title
    if _PLAIN_NAME.fullmatch(entry.name) and re.search(rf"(?<!\w){entry.name}(?!\w)", found["title"]):
        custom["name"] = entry.name
    authors = (version.authors if version else ()) or entry.authors
    found["author"] = [_name(name) for name in authors]
    found["issued"] = _date(found["issued"])
    found["custom"] = {key: value for key, value in custom.items() if value}
    if entry.csl:
        _add(entry, found, of_record=version is (entry.published or entry.preprint or entry.record))
    return {key: value for key, value in found.items() if value}


SHARED = ("citation-key", "language", "keyword", "abstract", "title-short")
"""Variables that an entry's every version has."""

SAME_AS = "same_as"
"""Under ``custom`` of an entry's ``csl``: variables whose text stands in another key of the entry, ``abstract:
notes``.
"""


def _add(entry: Entry, found: Item, of_record: bool) -> None:
    """Put the entry's own ``csl`` variables in; an empty one says that the item has no such variable."""
    own = dict(entry.csl)
    custom = own.pop("custom", {})
    custom = dict(custom) if isinstance(custom, dict) else {}
    same_as = custom.pop(SAME_AS, {})
    for variable, key in same_as.items() if isinstance(same_as, dict) else ():
        if key == "notes":
            own[variable] = entry.notes
        elif key == "tags":
            own[variable] = ("; " if any("," in tag for tag in entry.tags) else ", ").join(entry.tags)
    found.update(own if of_record else {key: value for key, value in own.items() if key in SHARED})
    if of_record:
        found["custom"] |= custom


def _address(entry: Entry, version: Published | Preprint | Record | None) -> str:
    """Where a version without a DOI is found: the link to the paper itself; for a data set, its own page."""
    match version:
        case Published():
            rels = ["paper"]
        case Preprint():
            rels = ["preprint", "paper"]
        case Record():
            rels = ["dataset", "download", "project"]
        case None:
            rels = [link.rel for link in entry.links]
    return next((link.url for rel in rels for link in entry.links if link.rel == rel), "")


def arxiv_doi(identifier: str) -> str:
    """The DOI that arXiv registers for every paper (arXiv help, "arXiv DOIs")."""
    return f"10.48550/arXiv.{identifier}"


def arxiv_id(item: Item) -> str:
    """The arXiv number of an item, from where ``csl`` puts it or from the number a preprint carries."""
    known = str(item.get("custom", {}).get("arxiv_id", ""))
    number = item.get("number", "") if item["type"] == "article" else ""
    return known or (number[6:] if number[:6].casefold() == "arxiv:" else "")


def date_parts(item: Item, variable: str = "issued") -> list[int]:
    """Year, month and day as far as they are known."""
    parts: list[int] = (item.get(variable, {}).get("date-parts") or [[]])[0]
    return parts


def _published(version: Published) -> Item:
    return {
        "type": version.type,
        "issued": version.date or str(version.year or ""),
        "container-title": version.container,
        "container-title-short": version.container_short,
        "collection-title": version.series,
        "event-title": version.venue if version.type == "paper-conference" else "",
        "volume": version.volume,
        "issue": version.issue,
        "page": version.pages,
        "publisher": version.publisher,
        "DOI": version.doi,
    }


def _preprint(version: Preprint, first_public: str) -> Item:
    on_arxiv = version.server == "arXiv"
    return {
        "type": "article",
        "issued": version.date or first_public,
        "publisher": version.server,
        "number": f"arXiv:{version.id}" if on_arxiv else version.id,
        "DOI": arxiv_doi(version.id) if on_arxiv else (version.id if version.id.startswith("10.") else ""),
        "URL": f"https://arxiv.org/abs/{version.id}" if on_arxiv else "",
    }


def _record(version: Record) -> Item:
    return {
        "type": "dataset",
        "issued": str(version.year),
        "publisher": version.publisher,
        "version": version.version,
        "DOI": version.doi,
    }


def _name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {key: value for key, value in parts.items() if value}


def _date(date: str) -> dict[str, Any] | None:
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else None
