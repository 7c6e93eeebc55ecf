"""BibLaTeX: UTF-8, the same entries as ``bibtex`` under BibLaTeX's own types, fields and dates.

An arXiv preprint is ``@online`` with ``eprint``, ``eprinttype`` and ``eprintclass``, which every style prints once.
One of another server is ``@misc``, of which every style prints the DOI; of ``@online`` some print the address only.
"""

from __future__ import annotations

from collections.abc import Iterable

from mum_tui.citation import bibtex
from mum_tui.citation.csl_item import CslItem, arxiv_id, custom, date_parts, text

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


def render(items: Iterable[CslItem]) -> str:
    """The items as BibLaTeX, separated by empty lines, ending in a line feed."""
    return "\n".join(_entry(item) for item in items)


def _entry(item: CslItem) -> str:
    kind = _TYPES.get(text(item, "type"), "misc")
    arxiv = arxiv_id(item)
    if text(item, "type") == "article" and not arxiv:
        kind = "misc"
    fields = bibtex.Fields(ascii_only=False)
    fields.put_names(item)
    fields.put_title(item)
    if kind == "report":
        fields.put("type", "Report")
    if kind == "thesis":
        fields.put("type", text(item, "genre") or "phdthesis")
    if kind in _CONTAINER:
        fields.put(_CONTAINER[kind], text(item, "container-title"))
        if kind == "article":
            fields.put("shortjournal", text(item, "container-title-short"))
        else:
            fields.put("eventtitle", text(item, "event-title"))
    fields.put_place_in_container(item)
    publisher = text(item, "publisher")
    if not (kind == "online" and arxiv):
        number = text(item, "number") if kind in ("online", "report", "misc") else ""
        fields.put(_PUBLISHER.get(kind, "publisher"), publisher)
        fields.put("number", number if number != text(item, "DOI") else "")
    fields.put("location", text(item, "publisher-place"))
    fields.put("version", text(item, "version").removeprefix("v"))
    parts = date_parts(item)
    if parts:
        fields.put("date", "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])]))
    if accessed := date_parts(item, "accessed"):
        fields.put("urldate", "-".join([f"{accessed[0]:04}", *(f"{part:02}" for part in accessed[1:])]))
    fields.put_raw("doi", text(item, "DOI"))
    if arxiv:
        fields.put_raw("eprint", arxiv)
        fields.put("eprinttype", "arxiv")
        fields.put_raw("eprintclass", custom(item, "primary_class"))
    fields.put_raw("url", text(item, "URL"))
    return fields.entry(kind, text(item, "id"))
