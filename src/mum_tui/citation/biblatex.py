"""BibLaTeX: UTF-8, the same entries as ``bibtex`` under BibLaTeX's own types, fields and dates.

An arXiv preprint is ``@online`` with ``eprint``, ``eprinttype`` and ``eprintclass``, which every style prints once.
One of another server is ``@misc``, of which every style prints the DOI; of ``@online`` some print the address only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mum_tui.citation.bib_fields import Fields, unique_keys
from mum_tui.citation.bibtex import NAMES, VARIABLES, is_masters, iso
from mum_tui.citation.csl_item import AnyItem, arxiv_id

_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "review": "article",
    "review-book": "article",
    "paper-conference": "inproceedings",
    "chapter": "incollection",
    "entry": "inreference",
    "entry-encyclopedia": "inreference",
    "entry-dictionary": "inreference",
    "report": "report",
    "standard": "report",
    "thesis": "thesis",
    "book": "book",
    "classic": "book",
    "periodical": "periodical",
    "pamphlet": "booklet",
    "manuscript": "unpublished",
    "patent": "patent",
    "dataset": "dataset",
    "article": "online",
    "webpage": "online",
    "post": "online",
    "post-weblog": "online",
    "software": "software",
}
_CONTAINER = {
    "article": "journaltitle", "suppperiodical": "journaltitle", "inproceedings": "booktitle",
    "conference": "booktitle",
    "incollection": "booktitle", "inreference": "booktitle", "inbook": "booktitle", "suppbook": "booktitle",
    "bookinbook": "booktitle", "suppcollection": "booktitle",
}  # fmt: skip
_PUBLISHER = {
    "report": "institution", "techreport": "institution", "thesis": "institution", "phdthesis": "institution",
    "mastersthesis": "institution", "online": "organization", "misc": "howpublished", "manual": "organization",
    "booklet": "howpublished", "unpublished": "howpublished", "patent": "holder",
}  # fmt: skip
_NUMBERED = frozenset([
    "online", "report", "techreport", "misc", "manual", "patent", "dataset", "software", "thesis", "unpublished",
])  # fmt: skip
_SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper"}


def render(items: Iterable[AnyItem]) -> str:
    """The items as BibLaTeX, separated by empty lines, ending in a line feed."""
    return "\n".join(_entry(item, key) for key, item in unique_keys(items))


def _entry(item: AnyItem, key: str) -> str:
    fields = Fields(ascii_only=False, item=item)
    arxiv = arxiv_id(item)
    kind = _kind(item, fields, arxiv)
    fields.add_names(NAMES)
    fields.add_title()
    _add_type(item, kind, fields)
    _add_container(item, kind, fields)
    fields.add("series", item.get("collection-title", ""))
    fields.add("volume", str(item.get("volume", "")))
    fields.add("number", str(item.get("issue", "") or item.get("collection-number", "")))
    fields.add_pages()
    _add_publisher(item, kind, fields, arxiv)
    fields.add_whole("location", item.get("publisher-place", ""))
    fields.add("version", str(item.get("version", "")).removeprefix("v"))
    fields.add("entrysubtype", _SUBTYPES.get(item["type"], ""))
    if not (fields.brought.get("year") and not fields.brought.get("date")):
        _add_date(item, fields)
    for name, variable in (("urldate", "accessed"), ("origdate", "original-date"), ("eventdate", "event-date")):
        fields.add(name, iso(item.get(variable, {})))
    number = str(item.get("number", "")) if item["type"] != "article" and kind not in _NUMBERED else ""
    if number and kind in ("article", "inproceedings", "incollection") and not item.get("page"):
        fields.add("eid", number)
    else:
        fields.add("number-2" if fields.has("number") else "number", number)
    fields.add("note", item.get("note", ""))
    fields.add_variables((*VARIABLES, ("annotation", "annote")))
    fields.add_addresses()
    url = fields.taken("url")
    if arxiv:
        _add_arxiv(item, arxiv, fields)
    if url:
        fields.add_macro("url", url)
    fields.add_brought()
    fields.add_former_key(key)
    return fields.entry(kind, key)


def _kind(item: AnyItem, fields: Fields, arxiv: str) -> str:
    brought = fields.brought.get("entrytype", "")
    if re.fullmatch(r"[a-z][a-z-]*", brought) and brought not in ("string", "preamble", "comment"):
        return brought
    if item["type"] == "article" and not arxiv:
        return "misc"
    return _TYPES.get(item["type"], "misc")


def _add_type(item: AnyItem, kind: str, fields: Fields) -> None:
    genre = item.get("genre", "")
    if kind == "report":
        fields.add("type", genre or ("" if fields.is_from_bibtex else "Report"))
    elif kind == "thesis" and (genre or not fields.is_from_bibtex):
        doctoral = genre.casefold() in ("", "phd thesis")
        fields.add("type", "mathesis" if is_masters(genre) else "phdthesis" if doctoral else genre)
    elif genre and kind not in ("phdthesis", "mastersthesis"):
        fields.add("type", genre)


def _add_container(item: AnyItem, kind: str, fields: Fields) -> None:
    container = item.get("container-title", "")
    if fields.brings_container:
        container = ""
    if kind in _CONTAINER:
        fields.add(_CONTAINER[kind], container)
        if kind == "article":
            fields.add("shortjournal", item.get("container-title-short", ""))
        else:
            fields.add("eventtitle", item.get("event-title", ""))
    elif container:
        fields.add("organization" if kind == "online" and not item.get("publisher") else "booktitle", container)


def _add_publisher(item: AnyItem, kind: str, fields: Fields, arxiv: str) -> None:
    if kind == "online" and arxiv and item.get("publisher", "arXiv") == "arXiv":
        return
    if item["type"] == "article" and arxiv and item.get("publisher") == "arXiv":
        return
    number = str(item.get("number", "")) if kind in _NUMBERED else ""
    name = fields.brought.get("publisher-field", "") or _PUBLISHER.get(kind, "publisher")
    # Only this one is no list of names to BibLaTeX.
    add = fields.add if name == "howpublished" else fields.add_whole
    add(name, item.get("publisher", ""))
    if number and number not in (item.get("DOI"), f"arXiv:{arxiv}"):
        fields.add("number", number)


def _add_date(item: AnyItem, fields: Fields) -> None:
    issued = item.get("issued", {})
    month = "" if fields.brought.get("date") else str(fields.brought.get("month", ""))
    if month and issued.get("date-parts"):
        fields.add_macro("year", f"{{{issued['date-parts'][0][0]}}}")
        return
    if issued.get("date-parts"):
        fields.add_macro("date", f"{{{iso(issued)}}}")
    else:
        text = str(issued.get("literal", ""))
        # What is no date to biber goes where styles print a remark on the state of publication.
        fields.add("date" if re.fullmatch(r"[\dXu?~%/.-]+", text) else "year", text)


def _add_arxiv(item: AnyItem, number: str, fields: Fields) -> None:
    if fields.says(number):
        return
    fields.add_raw("eprint", number)
    fields.add("eprinttype", "arxiv")
    fields.add_raw("eprintclass", item.get("custom", {}).get("primary_class", ""))
