"""BibLaTeX: UTF-8, the same entries as ``bibtex`` under BibLaTeX's own types, fields and dates.

An arXiv preprint is ``@online`` with ``eprint``, ``eprinttype`` and ``eprintclass``, which every style prints once.
One of another server is ``@misc``, of which every style prints the DOI; of ``@online`` some print the address only.
"""

from __future__ import annotations

from collections.abc import Iterable

from mum_tui.citation import bibtex
from mum_tui.citation.csl_item import Item, arxiv_id, date_parts

_TYPES = {
    "article-journal": "article",
    "paper-conference": "inproceedings",
    "chapter": "incollection",
    "report": "report",
    "thesis": "thesis",
    "book": "book",
    "dataset": "dataset",
    "article": "online",
    "webpage": "online",
    "software": "software",
}
_CONTAINER = {"article": "journaltitle", "inproceedings": "booktitle", "incollection": "booktitle"}
_PUBLISHER = {"report": "institution", "thesis": "institution", "online": "organization", "misc": "howpublished"}


def render(items: Iterable[Item]) -> str:
    """The items as BibLaTeX, separated by empty lines, ending in a line feed."""
    return "\n".join(_entry(item) for item in items)


def _entry(item: Item) -> str:
    kind = _TYPES.get(item["type"], "misc")
    arxiv = arxiv_id(item)
    if item["type"] == "article" and not arxiv:
        kind = "misc"
    fields = bibtex.Fields(ascii_only=False)
    fields.put_names(item)
    fields.put_title(item)
    if kind == "report":
        fields.put("type", "Report")
    if kind == "thesis":
        fields.put("type", item.get("genre", "phdthesis"))
    if kind in _CONTAINER:
        fields.put(_CONTAINER[kind], item.get("container-title", ""))
        if kind == "article":
            fields.put("shortjournal", item.get("container-title-short", ""))
        else:
            fields.put("eventtitle", item.get("event-title", ""))
    fields.put_place_in_container(item)
    publisher = item.get("publisher", "")
    if not (kind == "online" and arxiv):
        number = item.get("number", "") if kind in ("online", "report", "misc") else ""
        fields.put(_PUBLISHER.get(kind, "publisher"), publisher)
        fields.put("number", number if number != item.get("DOI") else "")
    fields.put("location", item.get("publisher-place", ""))
    fields.put("version", item.get("version", "").removeprefix("v"))
    parts = date_parts(item)
    if parts:
        fields.put("date", "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])]))
    if accessed := date_parts(item, "accessed"):
        fields.put("urldate", "-".join([f"{accessed[0]:04}", *(f"{part:02}" for part in accessed[1:])]))
    fields.put_raw("doi", item.get("DOI", ""))
    if arxiv:
        fields.put_raw("eprint", arxiv)
        fields.put("eprinttype", "arxiv")
        fields.put_raw("eprintclass", item.get("custom", {}).get("primary_class", ""))
    fields.put_raw("url", item.get("URL", ""))
    return fields.entry(kind, item["id"])
