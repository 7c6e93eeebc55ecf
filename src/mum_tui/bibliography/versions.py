"""The versions of a work that a record describes: preprint, publication, data record."""

from __future__ import annotations

import re
from typing import NamedTuple

from mum_tui.bibliography.records import Item, Record
from mum_tui.catalog import model
from mum_tui.catalog.choices import PUBLICATION_TYPES
from mum_tui.catalog.model import Preprint, Published
from mum_tui.citation import csl_tags
from mum_tui.text import clean


def unformatted(text: str, record: Record) -> str:
    return text if record.literal else csl_tags.without_tags(text)


class Versions(NamedTuple):
    """The date of first publication, and the preprint, publication and data record."""

    date: str
    preprint: Preprint | None = None
    published: Published | None = None
    record: model.Record | None = None


def versions_of(source: Record, date: str, year: int | None) -> Versions:
    item, release = source.item, source.release
    custom = item.get("custom", {})
    number = custom.get("arxiv_id", "")
    preprint = Preprint(number, primary_class=custom.get("primary_class", "")) if number else None
    if item["type"] == "article" and not preprint:
        identifier = item.get("DOI", "") or item.get("number", "")
        server = item.get("publisher", "")
        if identifier and server:
            preprint = Preprint(str(identifier), server=str(server))
    if preprint and item["type"] == "article":
        return Versions(release or date or (str(year) if year else ""), preprint)
    first = _first_public(number, release or date, year)
    if item["type"] == "dataset" and item.get("publisher") and year:
        record = model.Record(str(item["publisher"]), year, str(item.get("DOI", "")), str(item.get("version", "")))
        return Versions(first, preprint, record=record)
    if not _says_where(item) and not year:
        return Versions(first, preprint)
    published = Published(
        type=item["type"] if item["type"] in PUBLICATION_TYPES else "document",
        year=year,
        container=_text(source, "container-title"),
        container_short=_text(source, "container-title-short"),
        venue=_text(source, "event-title") if item["type"] == "paper-conference" else "",
        date=date if len(date) > 4 else "",
        volume=_text(source, "volume"),
        issue=_text(source, "issue"),
        pages=_text(source, "page").replace("–", "-"),
        series=_text(source, "collection-title"),
        publisher=_text(source, "publisher"),
        doi=doi if (doi := _text(source, "DOI")) and _DOI.fullmatch(doi) else "",
    )
    return Versions(first, preprint, published)


def _says_where(item: Item) -> bool:
    if item["type"] not in ("document", "webpage", "dataset"):
        return True
    return any(item[variable] for variable in _WHERE if variable in item)


_WHERE = (
    "container-title", "publisher", "DOI", "volume", "issue", "page", "collection-title", "event-title", "issued",
)  # fmt: skip
"""Variables that say where or when a work was published."""
_DOI = re.compile(r"10\.\d{4,9}/\S+", re.ASCII)
_NUMBER = re.compile(r"(\d\d)(0[1-9]|1[0-2])\.\d{4,5}", re.ASCII)


def _first_public(number: str, date: str, year: int | None) -> str:
    """The date of first publication: the month of the arXiv number if that is earlier than ``date``."""
    stamp = date or (str(year) if year else "")
    match = _NUMBER.fullmatch(number) if number else None
    if not match:
        return stamp
    of_number = f"20{match[1]}-{match[2]}"
    return min(of_number, stamp) if stamp and stamp[:4] != of_number[:4] else of_number


def _text(record: Record, variable: str) -> str:
    value = record.item.get(variable)
    return " ".join(unformatted(clean(str(value)), record).split()) if value else ""
