"""An answer of Crossref's REST interface as CSL-JSON: it looks like it, but has lists for texts and types of its own.

Crossref's format: https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md.
"""

from __future__ import annotations

from typing import Any

_TYPES = {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "reference-entry": "entry",
    "proceedings": "book",
    "dissertation": "thesis",
    "posted-content": "article",
    "peer-review": "review",
    "report-component": "report",
    "journal-issue": "periodical",
    "journal": "periodical",
}
_LISTS = (
    "title",
    "container-title",
    "short-container-title",
    "subtitle",
    "short-title",
    "ISSN",
    "ISBN",
    "original-title",
)
_VARIABLES = frozenset([
    "DOI", "URL", "type", "title", "container-title", "author", "editor", "translator", "issued", "volume", "issue",
    "page",
    "publisher", "ISSN", "ISBN", "abstract", "language", "accessed", "edition-number", "publisher-location",
    "short-container-title", "subtitle", "event", "article-number", "short-title", "original-title", "chair",
])  # fmt: skip
_RENAMED = {
    "short-container-title": "container-title-short",
    "publisher-location": "publisher-place",
    "edition-number": "edition",
    "short-title": "title-short",
}


def items(content: Any) -> Any:
    """The items of an answer in CSL's terms; ``found`` itself where it is no such answer."""
    if isinstance(content, dict) and isinstance(message := content.get("message"), dict):
        if isinstance(listed := message.get("items"), list):
            return [_item(work) for work in listed]
        return [_item(message)] if "DOI" in message or "title" in message else content
    if isinstance(content, list):
        return [_item(work) if _is_work(work) else work for work in content]
    return [_item(content)] if _is_work(content) else content


def _is_work(value: Any) -> bool:
    """Whether an object has a DOI, and a list of titles or a type of Crossref's."""
    if not isinstance(value, dict) or "DOI" not in value:
        return False
    kind = value.get("type")
    return isinstance(value.get("title"), list) or (isinstance(kind, str) and kind in _TYPES)


def _item(work: Any) -> Any:
    if not isinstance(work, dict):
        return work
    item: dict[str, Any] = {"id": work.get("id") or work.get("DOI", "")}
    if not _has_year(work.get("issued")):
        published = (work.get(key) for key in ("published", "published-print", "published-online", "posted", "created"))
        work = {**work, "issued": next(filter(_has_year, published), work.get("issued"))}
    for key, value in work.items():
        if key not in _VARIABLES:
            continue
        if key in _LISTS and isinstance(value, list):
            value = (
                next((part for part in value if part), "")
                if key not in ("ISSN", "ISBN")
                else ", ".join(map(str, value))
            )
        item[_RENAMED.get(str(key)) or str(key)] = value
    item["type"] = _TYPES.get(str(work.get("type", "")), work.get("type", "document"))
    if subtitle := item.pop("subtitle", ""):
        item["title"] = f"{item.get('title', '')}: {subtitle}"
    if (number := item.pop("article-number", "")) and not item.get("page"):
        item["page"] = number
    event = item.pop("event", None)
    if isinstance(event, dict) and event.get("name"):
        item["event-title"] = event["name"]
    for role in ("author", "editor", "translator", "chair"):
        if isinstance(item.get(role), list):
            item[role] = [_name(part) for part in item[role]]
    return item


def _has_year(date: Any) -> bool:
    parts = date.get("date-parts") if isinstance(date, dict) else None
    return isinstance(parts, list) and bool(parts) and isinstance(parts[0], list) and any(parts[0])


def _name(person: Any) -> Any:
    if not isinstance(person, dict):
        return person
    if person.get("name") and not person.get("family"):
        return {"literal": person["name"]}
    return {key: person[key] for key in ("family", "given", "suffix", "literal") if person.get(key)}
