"""CSL-JSON (Zotero, Mendeley, pandoc) as records."""

from __future__ import annotations

import json
import re
from typing import Any

from mum_tui.bibliography import damaged_json
from mum_tui.bibliography.records import Item, Reading, Record
from mum_tui.citation import csl_tags, items
from mum_tui.identifiers import in_records
from mum_tui.problems import ERROR, WARNING, Unreadable
from mum_tui.text import one_line

_IGNORED = ("id", "citation-key", "categories")
_SERVERS = re.compile(r"arxiv|\bcorr\b|rxiv|ssrn|research square|preprints", re.IGNORECASE)


def read(data: bytes, file: str) -> Reading:
    """Every item of a CSL-JSON text.

    Raises:
        Unreadable: it is no JSON, or no CSL-JSON.
    """
    reading = Reading(file)
    try:
        csl_items, problems = items.read(data, file, everything=True)
    except Unreadable as error:
        if not (whole := damaged_json.objects(data.decode("utf-8", "replace"))):
            raise
        csl_items, problems = items.read(json.dumps(whole.items).encode(), file, everything=True)
        hint = f"{len(csl_items):,} item{'s are' * (len(csl_items) > 1) or ' is'} whole and read"
        reading.add(error.problem.line, "", error.problem.message, hint, ERROR if whole.broken else WARNING)
        reading.set_aside += max(whole.broken - 1, 0)
    for problem in problems:
        reading.add(0, problem.key, problem.message, problem.hint, problem.level)
    for item in csl_items:
        reading.records.append(record_of(dict(item)))
    return reading


def record_of(item: Item, line: int = 0) -> Record:
    """Make a record of a CSL item that ``citation.items`` has read."""
    key = str(item.get("citation-key", "") or item["id"])
    record = Record(key, line, {name: value for name, value in item.items() if name not in _IGNORED})
    if item["id"] != key:
        record.aliases.append(str(item["id"]))
    record.name = str(item.get("custom", {}).get("name", ""))
    _identify(record)
    custom = dict(record.item.get("custom", {}))
    same_as: dict[str, str] = {}
    if "abstract" in record.item:
        abstract = csl_tags.to_csl(str(record.item["abstract"]))
        record.notes = one_line(csl_tags.without_tags(abstract))
        if record.notes == record.item["abstract"]:
            same_as["abstract"] = "notes"
            del record.item["abstract"]
    if keyword := str(record.item.get("keyword", "")):
        sign = ";" if ";" in keyword else ","
        record.tags = list(dict.fromkeys(tag for part in keyword.split(sign) if (tag := one_line(part))))
        joined = ("; " if sign == ";" or any("," in tag for tag in record.tags) else ", ").join(record.tags)
        if joined == keyword:
            same_as["keyword"] = "tags;" if sign == ";" else "tags"
            del record.item["keyword"]
    categories = item.get("categories")
    if isinstance(categories, list):
        record.tags += [tag for tag in map(str, categories) if tag not in record.tags]
    if same_as:
        custom["same_as"] = same_as
    if custom:
        record.item["custom"] = custom
    _link(record)
    return record


def _identify(record: Record) -> None:
    """Find the arXiv number in whichever variable has it."""
    item = record.item
    custom: dict[str, Any] = dict(item.get("custom", {}))
    number = str(custom.get("arxiv_id", ""))
    for variable in ("number", "DOI", "URL", "archive_location", "archive-location"):
        value = str(item.get(variable, ""))
        prefixed = variable not in ("number", "archive_location", "archive-location") or "arxiv" in value.lower()
        if not number and (prefixed or _says_arxiv(item)):
            number = in_records.arxiv(value)
    for variable in ("container-title", "note", "publisher"):
        number = number or in_records.arxiv_inside(str(item.get(variable, "")))
    if number:
        item["custom"] = {**custom, "arxiv_id": number}
        if item["type"] == "article-journal" and in_records.is_arxiv(str(item.get("container-title", ""))):
            item["type"] = "article"
            item["custom"][items.AS_WRITTEN] = {**custom.get(items.AS_WRITTEN, {}), "type": "article-journal"}


def _says_arxiv(item: Item) -> bool:
    return any(in_records.is_arxiv(str(item.get(name, ""))) for name in ("publisher", "container-title", "archive"))


def _link(record: Record) -> None:
    url = str(record.item.get("URL", ""))
    if address := in_records.url(url):
        record.links.append(("", address, ""))
        if not record.item.get("DOI") and (
            doi := in_records.doi_in_address(address, str(record.item.get("container-title", "")))
        ):
            record.item["DOI"] = doi
    for address in in_records.urls_inside(str(record.item.get("note", ""))):
        record.links.append(("", address, ""))
