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
_KEPT = frozenset([
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


def items(found: Any) -> Any:
    """The items of an answer in CSL's terms; ``found`` itself where it is no such answer."""
    if isinstance(found, dict) and isinstance(message := found.get("message"), dict):
        if isinstance(listed := message.get("items"), list):
            return [_item(one) for one in listed]
        return [_item(message)] if "DOI" in message or "title" in message else found
    if isinstance(found, list) and found and all(_is_work(one) for one in found):
        return [_item(one) for one in found]
    return [_item(found)] if _is_work(found) else found


def _is_work(found: Any) -> bool:
    """Whether an object has Crossref's lists of titles and a DOI."""
    return isinstance(found, dict) and "DOI" in found and isinstance(found.get("title"), list)


def _item(found: Any) -> Any:
    if not isinstance(found, dict):
        return found
    item: dict[str, Any] = {"id": found.get("DOI", "")}
    for key, value in found.items():
        if key not in _KEPT:
            continue
        if key in _LISTS and isinstance(value, list):
            value = (
                next((one for one in value if one), "") if key not in ("ISSN", "ISBN") else ", ".join(map(str, value))
            )
        item[_RENAMED.get(str(key)) or str(key)] = value
    item["type"] = _TYPES.get(str(found.get("type", "")), found.get("type", "document"))
    if subtitle := item.pop("subtitle", ""):
        item["title"] = f"{item.get('title', '')}: {subtitle}"
    if (number := item.pop("article-number", "")) and not item.get("page"):
        item["page"] = number
    event = item.pop("event", None)
    if isinstance(event, dict) and event.get("name"):
        item["event-title"] = event["name"]
    for role in ("author", "editor", "translator", "chair"):
        if isinstance(item.get(role), list):
            item[role] = [_name(one) for one in item[role]]
    return item


def _name(found: Any) -> Any:
    if not isinstance(found, dict):
        return found
    if found.get("name") and not found.get("family"):
        return {"literal": found["name"]}
    return {key: found[key] for key in ("family", "given", "suffix", "literal") if found.get(key)}
