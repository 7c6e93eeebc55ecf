"""From a catalog entry to a CSL-JSON item, the form every format is rendered from.

The shape is that of the CSL data schema (https://github.com/citation-style-language/schema, csl-data.json 1.0).
What has no place there stands under ``custom``: ``arxiv_id``, ``primary_class``, ``more_authors`` and ``name``, a
name of the work's own that stands in its title and does not look like one (Med-Flamingo), and what the entry's ``csl``
brings along: ``bibtex`` and ``ris``, fields of those formats that CSL does not know, as they stood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from mum_tui.catalog.model import Entry, Name, Preprint, Published, Record
from mum_tui.citation.choices import Version
from mum_tui.json_types import Json, JsonObject

CslItem: TypeAlias = Mapping[str, Json]
"""A CSL-JSON item: texts, lists of names and dates by CSL variable. ``id`` and ``type`` are always there, any other may
be missing. ``text``, ``names`` and ``date_parts`` read it."""

AnyItem: TypeAlias = Mapping[str, Any]
"""The same where nobody asks what a value is: ``item`` and ``items.read`` vouch for the shape of every variable."""

_PLAIN_NAME = re.compile("[A-Z][a-z]+(-[A-Z]?[a-z0-9]+)*")


def item(entry: Entry, prefer: Version = Version.PUBLISHED) -> CslItem:
    """The CSL item of an entry.

    The version of record is cited where there is one, with the arXiv number beside it; with ``Version.PREPRINT`` the
    preprint is cited instead. A dataset or a model without a paper is cited by its own record.
    """
    preferred = entry.preprint if prefer == Version.PREPRINT else entry.published
    version = preferred or entry.published or entry.preprint or entry.record
    fields: JsonObject = {"id": entry.id, "citation-key": entry.id}
    custom: JsonObject = {}
    match version:
        case Published():
            fields |= _published(version)
        case Preprint():
            fields |= _preprint(version, entry.date)
        case Record():
            fields |= _record(version)
            if entry.kind == "model":
                fields["type"] = "software"
        case None:
            fields |= {"type": "dataset" if entry.kind == "dataset" else "document", "issued": _date(entry.date)}
    if not fields.get("DOI") and not fields.get("URL"):
        fields["URL"] = _address(entry, version)
    if entry.preprint and entry.preprint.server == "arXiv":
        custom = {"arxiv_id": entry.preprint.id, "primary_class": entry.preprint.primary_class}
    if not entry.authors_complete:
        custom["more_authors"] = True
    fields["title"] = title = (version.title if version else "") or entry.title
    if _PLAIN_NAME.fullmatch(entry.name) and re.search(rf"(?<!\w){entry.name}(?!\w)", title):
        custom["name"] = entry.name
    authors = (version.authors if version else ()) or entry.authors
    fields["author"] = [_name(name) for name in authors]
    said: JsonObject = {key: value for key, value in custom.items() if value}
    if entry.csl:
        said |= _add(entry, fields, of_record=version is (entry.published or entry.preprint or entry.record))
    fields["custom"] = said
    return {key: value for key, value in fields.items() if value}


SHARED = ("citation-key", "language", "keyword", "abstract", "title-short")
"""Variables that an entry's every version has."""

SAME_AS = "same_as"
"""Under ``custom`` of an entry's ``csl``: variables whose text another key of the entry has (``abstract: notes``)."""


def _add(entry: Entry, fields: JsonObject, of_record: bool) -> JsonObject:
    """Put the entry's own ``csl`` variables in, and return those of ``custom``.

    An empty variable says that the item has none of that name.
    """
    stored = dict(entry.csl)
    brought = stored.pop("custom", {})
    brought = dict(brought) if isinstance(brought, dict) else {}
    same_as = brought.pop(SAME_AS, {})
    for variable, key in same_as.items() if isinstance(same_as, dict) else ():
        if key == "notes":
            stored[variable] = entry.notes
        elif key in ("tags", "tags;"):
            sign = "; " if key == "tags;" or any("," in tag for tag in entry.tags) else ", "
            stored[variable] = sign.join(entry.tags)
    fields.update(stored if of_record else {key: value for key, value in stored.items() if key in SHARED})
    return brought if of_record else {}


def text(item: CslItem, variable: str) -> str:
    """The text of a variable; empty where there is none."""
    value = item.get(variable, "")
    return value if isinstance(value, str) else ""


def names(item: CslItem, role: str) -> list[dict[str, str]]:
    """The names in a role (``author``, ``editor``), each as its parts by CSL name."""
    value = item.get(role)
    listed = value if isinstance(value, list) else []
    return [
        {part: shown for part, shown in name.items() if isinstance(shown, str)}
        for name in listed
        if isinstance(name, dict)
    ]


def custom(item: CslItem, key: str) -> str:
    """What stands under ``custom``; empty where there is nothing. ``more_authors`` is ``"True"`` where it is set."""
    value = item.get("custom")
    return str(value.get(key) or "") if isinstance(value, dict) else ""


def _address(entry: Entry, version: Published | Preprint | Record | None) -> str:
    """Where a version without a DOI is found: the link to the paper, the data or the weights."""
    match version:
        case Published():
            rels = ["paper"]
        case Preprint():
            rels = ["preprint", "paper"]
        case Record():
            rels = ["dataset", "weights", "download", "project"]
        case None:
            rels = [link.rel for link in entry.links]
    return next((link.url for rel in rels for link in entry.links if link.rel == rel), "")


def arxiv_doi(identifier: str) -> str:
    """The DOI that arXiv registers for every paper (arXiv help, "arXiv DOIs")."""
    return f"10.48550/arXiv.{identifier}"


def arxiv_id(item: CslItem) -> str:
    """The arXiv number of an item, from ``custom`` or from the number a preprint carries."""
    number = text(item, "number") if item["type"] == "article" else ""
    return custom(item, "arxiv_id") or (number[6:] if number[:6].casefold() == "arxiv:" else "")


def date_parts(item: CslItem, variable: str = "issued") -> list[int]:
    """Year, month and day as far as they are known."""
    date = item.get(variable)
    dates = date.get("date-parts") if isinstance(date, dict) else None
    first = dates[0] if isinstance(dates, list) and dates else []
    return [part for part in first if isinstance(part, int)] if isinstance(first, list) else []


def _published(version: Published) -> CslItem:
    return {
        "type": version.type,
        "issued": _date(version.date or str(version.year or "")),
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


def _preprint(version: Preprint, first_public: str) -> CslItem:
    on_arxiv = version.server == "arXiv"
    return {
        "type": "article",
        "issued": _date(version.date or first_public),
        "publisher": version.server,
        "number": f"arXiv:{version.id}" if on_arxiv else version.id,
        "DOI": arxiv_doi(version.id) if on_arxiv else (version.id if version.id.startswith("10.") else ""),
        "URL": f"https://arxiv.org/abs/{version.id}" if on_arxiv else "",
    }


def _record(version: Record) -> CslItem:
    return {
        "type": "dataset",
        "issued": _date(str(version.year)),
        "publisher": version.publisher,
        "version": version.version,
        "DOI": version.doi,
    }


def _name(name: Name) -> JsonObject:
    if name.literal:
        return {"literal": name.literal}
    if name.family and name.given and not name.particle and not name.suffix:  # nearly all are
        return {"family": name.family, "given": name.given}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {key: value for key, value in parts.items() if value}


def _date(date: str) -> Json:
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else None
