"""BibTeX: ASCII, one entry per item, safe in every style.

An arXiv preprint is ``@misc`` with ``howpublished`` (so that every classical style prints its number) beside
arXiv's own ``eprint``, ``archivePrefix`` and ``primaryClass``. ``doi``, ``url`` and ``eprint`` are raw.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mum_tui.citation.bib_fields import Fields, unique_keys
from mum_tui.citation.csl_item import AnyItem, arxiv_id

TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "review": "article",
    "review-book": "article",
    "paper-conference": "inproceedings",
    "chapter": "incollection",
    "entry": "incollection",
    "entry-encyclopedia": "incollection",
    "entry-dictionary": "incollection",
    "report": "techreport",
    "standard": "techreport",
    "thesis": "phdthesis",
    "book": "book",
    "classic": "book",
    "pamphlet": "booklet",
    "manuscript": "unpublished",
}
_CLASSIC = frozenset([
    "article", "book", "booklet", "conference", "inbook", "incollection", "inproceedings", "manual", "mastersthesis",
    "misc", "phdthesis", "proceedings", "techreport", "unpublished",
])  # fmt: skip
"""The types of BibTeX's own styles; what else an entry was in its file is ``@misc`` or the like to them."""

_CONTAINER = {"article": "journal", "inproceedings": "booktitle", "conference": "booktitle",
              "incollection": "booktitle",
              "inbook": "booktitle"}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SEASONS = ("Spring", "Summer", "Autumn", "Winter")
_PUBLISHER = {"techreport": "institution", "phdthesis": "school", "mastersthesis": "school", "misc": "howpublished",
              "booklet": "howpublished", "manual": "organization", "unpublished": "howpublished"}  # fmt: skip
_NUMBERED = frozenset(["techreport", "manual"])
NAMES = (
    *(("author", "author"), ("editor", "editor"), ("translator", "translator"), ("bookauthor", "container-author")),
    ("director", "director"),
)
VARIABLES = (
    ("edition", "edition"), ("chapter", "chapter-number"), ("volumes", "number-of-volumes"), ("isbn", "ISBN"),
    ("issn", "ISSN"), ("language", "language"), ("eventtitle", "event-title"), ("venue", "event-place"),
    ("pagetotal", "number-of-pages"), ("part", "part-number"), ("shorttitle", "title-short"),
    ("shortjournal", "container-title-short"), ("pubstate", "status"), ("pmid", "PMID"), ("pmcid", "PMCID"),
    ("origlanguage", "original-language"), ("origtitle", "original-title"), ("origpublisher", "original-publisher"),
    ("origlocation", "original-publisher-place"), ("library", "archive_location"), ("keywords", "keyword"),
    ("abstract", "abstract"),
)  # fmt: skip
"""Fields and the variables of CSL that they hold, alike in BibTeX and BibLaTeX."""


def render(items: Iterable[AnyItem]) -> str:
    """The items as BibTeX, separated by empty lines, ending in a line feed."""
    return "\n".join(_entry(item, key) for key, item in unique_keys(items))


def _entry(item: AnyItem, key: str) -> str:
    fields = Fields(ascii_only=True, item=item)
    kind = _kind(item, fields)
    fields.add_names(NAMES)
    if kind == "misc" and not item.get("author"):
        # Without an author, styles that sort ask for a key.
        fields.add("key", item.get("publisher") or item.get("title", ""))
    fields.add_title()
    container = item.get("container-title", "")
    if kind in _CONTAINER and not fields.brings_container:
        fields.add(_CONTAINER[kind], container)
    fields.add("series", item.get("collection-title", ""))
    fields.add("volume", str(item.get("volume", "")))
    fields.add("number", _number(item, kind))
    fields.add_pages()
    _add_publisher(item, kind, fields)
    if container and kind not in _CONTAINER and not fields.brings_container:
        fields.add("booktitle" if fields.has("howpublished") or kind != "misc" else "howpublished", container)
    fields.add("address", item.get("publisher-place", ""))
    _add_date(item, fields)
    _add_notes(item, kind, fields)
    fields.add_variables((*VARIABLES, ("annote", "annote")))
    for name, variable in (("urldate", "accessed"), ("origdate", "original-date"), ("eventdate", "event-date")):
        fields.add(name, iso(item.get(variable, {})))
    if item.get("genre") and not (kind in ("phdthesis", "mastersthesis") and _is_plain_thesis(item["genre"], kind)):
        fields.add("type", item["genre"])
    fields.add_addresses()
    url = fields.taken("url")
    if number := arxiv_id(item):
        fields.add_arxiv(number)
    if url:
        fields.add_macro("url", url)
    fields.add_brought()
    fields.add_former_key(key)
    return fields.entry(kind, key)


def _kind(item: AnyItem, fields: Fields) -> str:
    """The entry type: the one the entry had in its file, if it is BibTeX's own, else by the type of the item."""
    brought = fields.brought.get("entrytype", "")
    if brought in _CLASSIC:
        return brought
    kind = TYPES.get(item["type"], "misc")
    return "mastersthesis" if kind == "phdthesis" and is_masters(item.get("genre", "")) else kind


def is_masters(genre: str) -> bool:
    """Whether the words for a thesis are those for a Master's."""
    return "master" in genre.casefold() or genre.casefold() in ("mathesis", "msc thesis", "ma thesis", "diplomarbeit")


def _is_plain_thesis(genre: str, kind: str) -> bool:
    """Whether the entry type says all that the words say."""
    folded = genre.casefold().replace("’", "'")
    return folded in (
        ("phd thesis", "phdthesis") if kind == "phdthesis" else ("master's thesis", "mastersthesis", "mathesis")
    )


def _number(item: AnyItem, kind: str) -> str:
    wanted = ("number", "issue", "collection-number") if kind in _NUMBERED else ("issue", "collection-number")
    if kind == "misc" and item["type"] not in ("article", "dataset"):
        wanted = ("issue", "collection-number", "number")
    return next((str(item[variable]) for variable in wanted if item.get(variable)), "")


def _add_publisher(item: AnyItem, kind: str, fields: Fields) -> None:
    publisher = item.get("publisher", "")
    arxiv = arxiv_id(item)
    if kind in ("misc", "article", "unpublished") and arxiv and item["type"] == "article":
        if not fields.is_from_bibtex:
            primary_class = item.get("custom", {}).get("primary_class", "")
            fields.add("howpublished", f"arXiv:{arxiv}" + (f" [{primary_class}]" if primary_class else ""))
        elif publisher and publisher != "arXiv":
            fields.add(fields.brought.get("publisher-field", "publisher"), publisher)
        return
    number = str(item.get("number", "")) if kind == "misc" and item["type"] in ("article", "dataset") else ""
    is_usual = fields.brought.get("entrytype", kind) in (*_CLASSIC, "thesis", "report")
    usual = _PUBLISHER.get(kind, "publisher") if is_usual else "publisher"
    name = fields.brought.get("publisher-field", "") or usual
    fields.add(name, " ".join(filter(None, [publisher, number])))


def _add_date(item: AnyItem, fields: Fields) -> None:
    issued = item.get("issued", {})
    dates: list[list[int]] = issued.get("date-parts") or []
    if not dates or not dates[0]:
        fields.add("year", str(issued.get("literal", "")))
        return
    first = dates[0]
    last = dates[1] if len(dates) > 1 else []
    if last and last[0] != first[0]:
        fields.add("year", f"{first[0]}–{last[0] or ''}")
    else:
        fields.add("year", str(first[0]))
    if len(first) > 1:
        month = _MONTHS[first[1] - 1]
        if len(last) > 1 and last[0] == first[0] and last[1] != first[1]:
            month = f"{month} # {{--}} # {_MONTHS[last[1] - 1]}"
        fields.add_macro("month", month)
    elif issued.get("season") in (1, 2, 3, 4):
        fields.add("month", SEASONS[issued["season"] - 1])


def _add_notes(item: AnyItem, kind: str, fields: Fields) -> None:
    version = str(item.get("version", ""))
    if version and not item.get("note") and not fields.is_from_bibtex:
        fields.add("note", f"Version {version.removeprefix('v')}")
    elif version:
        fields.add("version", version)
    if item.get("note"):
        fields.add("note", item["note"])
    if item["type"] == "article":
        return  # the number is the preprint's
    if item.get("number") and kind in ("article", "inproceedings", "incollection") and not item.get("page"):
        fields.add("eid", str(item["number"]))
    elif item.get("number") and kind not in (*_NUMBERED, "misc"):
        fields.add("number-2" if fields.has("number") else "number", str(item["number"]))


def iso(date: dict[str, Any]) -> str:
    """A CSL date as BibLaTeX writes dates (EDTF): ranges with a slash, seasons as months 21 to 24, ``~`` for about."""
    dates: list[list[int]] = date.get("date-parts") or []
    if not dates or not dates[0]:
        return str(date.get("literal", ""))
    shown: list[str] = []
    for parts in dates[:2]:
        if not parts or (parts[0] == 0 and len(shown) == 1):
            shown.append("")
            continue
        year = f"{parts[0]:04}" if parts[0] >= 0 else f"-{-parts[0]:04}"
        shown.append("-".join([year, *(f"{part:02}" for part in parts[1:3])]))
    if date.get("season") in (1, 2, 3, 4) and len(shown) == 1 and len(dates[0]) == 1:
        shown[0] += f"-{20 + date['season']}"
    return "/".join(shown) + ("~" if date.get("circa") else "")
