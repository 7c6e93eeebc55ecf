"""What a pasted BibTeX entry says, under the keys of the catalog."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from itertools import count
from typing import Any, NamedTuple

from mum_tui import identifiers
from mum_tui.draft import numbers
from mum_tui.text import clean, one_line, why_not_url

_TYPES = {
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "incollection": "chapter",
    "inbook": "chapter",
    "techreport": "report",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "book": "book",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PREPRINT = re.compile(r"\barxiv\b|^corr$", re.IGNORECASE)
_KEY = re.compile(r"^(\s*@[a-z]+\s*[{(]\s*)[^\s,{}=\"]*\s*,", re.IGNORECASE | re.MULTILINE)
_NUMBER = re.compile(r"\b\d{4}\.\d{4,5}\b")


class Read(NamedTuple):
    """The entries found in a text, and what could not be read, each in a line."""

    entries: list[dict[str, Any]]
    problems: list[str]


def read(text: str) -> Read:
    """Every entry of a BibTeX text as a mapping with the catalog's keys. Never raises for what is in the text."""
    from bibtexparser.entrypoint import parse_string

    # It logs what it cannot read; that is told below.
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    # Keys are made anew anyway; one that is there twice must not cost an entry.
    counter = count(1)
    library = parse_string(_KEY.sub(lambda match: f"{match[1]}key{next(counter)},", text))
    problems = [
        f"line {(failed.start_line or 0) + 1} of the BibTeX: cannot be read (is a brace left open?)"
        for failed in library.failed_blocks
    ]
    entries = []
    for entry in library.entries:
        fields = {field.key.lower(): str(field.value) for field in entry.fields}
        entries.append(_entry(entry.entry_type.lower(), fields))
    return Read(entries, problems)


def _entry(kind: str, fields: dict[str, str]) -> dict[str, Any]:
    plain = _decoder()

    def value(*names: str) -> str:
        return next((text for name in names if (text := one_line(clean(plain(fields.get(name, "")))))), "")

    draft: dict[str, Any] = {"kind": "dataset" if kind in ("dataset", "data") else "paper", "title": value("title")}
    names, complete = _names(fields.get("author", ""), plain)
    if names:
        draft["authors"] = names
    if not complete:
        draft["authors_complete"] = False
    year = re.search(r"\b[12]\d{3}\b", value("year", "date"))
    month = fields.get("month", "").strip(' {}"').lower()[:3]
    if year:
        number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month) if month.isdecimal() else 0
        draft["date"] = f"{year[0]}-{number:02}" if 1 <= number <= 12 else year[0]
    _versions(draft, kind, fields, value, year[0] if year else "")
    return {key: item for key, item in draft.items() if item not in ("", [])}


def _versions(draft: dict[str, Any], kind: str, fields: dict[str, str], value: Callable[..., str], year: str) -> None:
    """Preprint, publication or record, and the links that follow from their numbers."""
    container = value("journal", "journaltitle", "booktitle")
    doi, address = identifiers.doi(fields.get("doi", "")), fields.get("url", "").strip()
    doi = doi or identifiers.doi(address)
    arxiv = _arxiv_number(fields, container)
    links = []
    if doi:
        links.append({"rel": "paper" if draft["kind"] == "paper" else "dataset", "url": f"https://doi.org/{doi}"})
    if arxiv:
        said = numbers.from_arxiv(arxiv)
        if subject := value("primaryclass", "eprintclass"):
            said["preprint"]["primary_class"] = subject
        links += said.pop("links")
        # An arXiv number is as old as the first version; the year of a publication is not.
        draft |= said
    if address and not why_not_url(address) and not identifiers.doi(address) and not identifiers.arxiv(address):
        rel = "code" if re.match(r"https?://(www\.)?(github|gitlab)\.com/", address, re.IGNORECASE) else "other"
        links.append({"rel": rel if rel == "code" or links else "paper", "url": address})
    draft["links"] = links
    if kind in _TYPES and not _PREPRINT.search(container) and year:
        published = {
            "type": _TYPES[kind],
            "container": container,
            "year": int(year),
            "volume": value("volume"),
            "issue": value("number"),
            "pages": re.sub(r"\s*[-–—]+\s*", "-", value("pages")),
            "series": value("series"),
            "publisher": value("publisher", "institution", "school"),
            "doi": doi,
        }
        draft["published"] = {key: item for key, item in published.items() if item != ""}
    elif draft["kind"] == "dataset" and year:
        record = {"publisher": value("publisher", "howpublished"), "year": int(year), "doi": doi}
        if record["publisher"]:
            draft["record"] = {**record, "version": value("version")} if value("version") else record


def _arxiv_number(fields: dict[str, str], container: str) -> str:
    server = fields.get("archiveprefix", fields.get("eprinttype", "arxiv")).lower()
    if server == "arxiv" and (number := identifiers.arxiv(fields.get("eprint", ""))):
        return number
    for text in (fields.get("doi", ""), fields.get("url", "")):
        if number := identifiers.arxiv(text):
            return number
    for text in (container, fields.get("howpublished", ""), fields.get("note", ""), fields.get("volume", "")):
        if re.search(r"arxiv|abs/", text, re.IGNORECASE) and (inside := _NUMBER.search(text)):
            return inside[0]
    return ""


def _names(text: str, plain: Callable[[str], str]) -> tuple[list[Any], bool]:
    """Authors as the catalog writes them, and whether the list is complete."""
    from bibtexparser.middlewares.names import (
        InvalidNameError,
        parse_single_name_into_parts,
        split_multiple_persons_names,
    )

    names: list[Any] = []
    complete = True
    for name in split_multiple_persons_names(" ".join(text.split())):
        if name.strip().lower() in ("others", "et al.", "et al"):
            complete = False
            continue
        literal = one_line(clean(plain(name)))
        if name.startswith("{") and name.endswith("}") and "," not in name:
            names.append({"organisation": literal})
            continue
        try:
            parts = parse_single_name_into_parts(name, strict=True)
        except InvalidNameError:
            names.append({"organisation": literal})
            continue
        von, last, first, suffix = (
            one_line(clean(plain(" ".join(words)))) for words in (parts.von, parts.last, parts.first, parts.jr)
        )
        family = f"{von} {last}".strip()
        names.append(", ".join(filter(None, [family, first, suffix])) if first else {"organisation": family})
    return [name for name in names if name and name != {"organisation": ""}], complete


def _decoder() -> Callable[[str], str]:
    from pylatexenc.latex2text import LatexNodes2Text

    convert = LatexNodes2Text(keep_comments=True)

    def plain(text: str) -> str:
        if not re.search(r"[\\{}$~]|--|``|''", text):
            return text
        # A bare % is a percent sign in BibTeX, a comment to LaTeX.
        return str(convert.latex_to_text(re.sub(r"(?<!\\)%", r"\\%", text)))

    return plain
