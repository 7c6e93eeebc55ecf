"""The identifiers of a BibTeX entry: arXiv number, DOI, ISBN, ISSN, PubMed."""

from __future__ import annotations

import re

from mum_tui.bibliography.bibtex.entry_fields import EntryFields
from mum_tui.citation.bib_fields import digest
from mum_tui.identifiers import in_records
from mum_tui.text import one_line

_CLASS = re.compile(r"\[[\w.-]+\]")
_CLASS_BESIDE = re.compile(r"\[([a-z-]+(?:\.[A-Za-z-]+)?)\]")
_MORE_THAN_A_DOI = re.compile(r"10\.\d{4,9}/\S*?(?:[\s,;|]\s*10\.\d{4,9}/|\s+[\w(])", re.ASCII)
"""A second DOI, or words behind one."""
_LATEX_IN_DOI = re.compile(r"\\[A-Za-z]|[{$]")
_RESOLVER = re.compile(r"https://doi\.org/10\.(?:[^\s{}\\%]|%[0-9A-Fa-f]{2})+(?<![.,;])")
"""A DOI as an address, the way Crossref shows it. It is written again so; any other spelling as the bare DOI."""


def arxiv(entry: EntryFields) -> str:
    """The arXiv number, whichever field has it."""
    if entry.number is None:
        entry.number = _arxiv_number(entry)
    return entry.number


def _arxiv_number(entry: EntryFields) -> str:
    value = entry.left.get
    server = value("archiveprefix", value("eprinttype", value("archive", "arxiv"))).strip().lower()
    eprint = value("eprint", "")
    if eprint and server in ("arxiv", "") and (number := in_records.arxiv(entry.flat(eprint))):
        return number
    for name in ("doi", "url", "journal", "journaltitle", "arxivid", "arxiv"):
        if (text := value(name)) and (number := in_records.arxiv(text)):
            return number
    for name in (
        "journal",
        "journaltitle",
        "howpublished",
        "note",
        "volume",
        "number",
        "pages",
        "eid",
        "publisher",
    ):
        if (text := value(name)) and (number := in_records.arxiv_inside(text.replace("--", ":"))):
            return number
    container = value("journal", value("journaltitle", value("publisher", "")))
    if in_records.is_arxiv(container) or (server == "arxiv" and "archiveprefix" in entry.left):
        for name in ("volume", "number", "pages", "eid", "eprint"):
            if number := in_records.arxiv(value(name, "")):
                return number
    return ""


def numbers(entry: EntryFields) -> None:
    """Read the arXiv number, the DOI and other identifiers."""
    if number := arxiv(entry):
        entry.custom["arxiv_id"] = number
        eprint = entry.flat(entry.left.get("eprint", ""))
        subject = entry.flat(entry.left.get("primaryclass", entry.left.get("eprintclass", "")))
        subject = subject or in_records.arxiv_class(eprint) or _class_beside(entry)
        if subject:
            entry.custom["primary_class"] = subject
        _take_eprint(entry, number, eprint)
        _take_own_form(entry, number)
        journal = entry.left.get("journal", entry.left.get("journaltitle", ""))
        classic = entry.raw.kind in ("misc", "online", "unpublished", "techreport", "report", "electronic", "www")
        alone = not journal and "booktitle" not in entry.left and "container-title" not in entry.item
        if (in_records.is_arxiv(journal) and "container-title" not in entry.item) or (
            alone and (classic or (entry.raw.kind == "article" and _only_on_arxiv(entry)))
        ):
            entry.item["type"] = "article"
    _doi(entry)
    for name, variable in (("isbn", "ISBN"), ("issn", "ISSN"), ("pmid", "PMID"), ("pmcid", "PMCID")):
        if name in entry.left:
            entry.add(variable, entry.take_flat(name))
    if entry.left.get("eprinttype", "").lower() == "doi" and (doi := in_records.doi(entry.left.get("eprint", ""))):
        entry.item.setdefault("DOI", doi)
    if entry.left.get("eprinttype", "").lower() in ("pubmed", "pmid") and "PMID" not in entry.item:
        entry.add("PMID", entry.flat(entry.left.get("eprint", "")))


def _class_beside(entry: EntryFields) -> str:
    """The subject class in brackets behind the number, or behind the name of arXiv, in a text."""
    for name in ("journal", "journaltitle", "howpublished", "note", "eid"):
        text = entry.left.get(name, "")
        if "[" in text and (match := _CLASS_BESIDE.search(text)) and "arxiv" in text.lower():
            return match[1]
    return ""


def _only_on_arxiv(entry: EntryFields) -> bool:
    """Whether nothing says that an article was published: no volume, and no DOI but that of arXiv."""
    doi = entry.left.get("doi", "")
    return "volume" not in entry.left and (not doi or bool(in_records.arxiv(doi)))


def _doi(entry: EntryFields) -> None:
    if value := entry.left.get("doi", "").replace("$_$", "_"):
        doi = in_records.doi(value) if not _LATEX_IN_DOI.search(value) else ""
        doi = doi or in_records.doi(entry.plain(value))
        if doi:
            entry.item["DOI"] = doi
            if _RESOLVER.fullmatch(value.strip()):
                entry.as_written.raw_values[digest(doi)] = value.strip()
            is_more = _MORE_THAN_A_DOI.search(value.strip()) is not None
            if is_more:
                entry.reading.add(
                    entry.raw.line, f"{entry.raw.key}.doi", f"“{one_line(value)[:60]}” is more than a DOI",
                    f"{doi} counts, the field is kept as written",
                )  # fmt: skip
            if not is_more and (not in_records.arxiv(doi) or entry.is_own_form):
                del entry.left["doi"]
        else:
            entry.reading.add(
                entry.raw.line, f"{entry.raw.key}.doi", f"“{one_line(value)[:60]}” is no DOI", "kept as written"
            )


def _take_eprint(entry: EntryFields, number: str, eprint: str) -> None:
    """Take the fields that only repeat the arXiv number: they can be written from it."""
    if eprint == number:
        names_of_fields = ("eprint", "archiveprefix", "eprinttype", "primaryclass", "eprintclass")
        entry.eprint = {name: entry.left.pop(name) for name in names_of_fields if name in entry.left}


def keep_eprint(entry: EntryFields) -> None:
    """Keep these fields if another field has the number, too: then the writer would leave them out."""
    if entry.eprint and not entry.is_own_form:
        number = entry.eprint.get("eprint", "")
        texts = (entry.item.get(name, "") for name in ("container-title", "note", "page", "volume"))
        if number in " ".join(map(str, (*entry.unread.values(), *texts))):
            entry.unread.update(entry.eprint)


def _take_own_form(entry: EntryFields, number: str) -> None:
    """Recognise a preprint that this program wrote: all its fields follow from the arXiv number."""
    howpublished, _, subject = entry.left.get("howpublished", "").strip().partition(" ")
    is_number = howpublished == f"arXiv:{number}" and (not subject or _CLASS.fullmatch(subject) is not None)
    entry.is_own_form = (
        (entry.raw.kind == "online" or (entry.raw.kind == "misc" and is_number))
        and "eprint" not in entry.left
        and entry.left.get("doi", "") == f"10.48550/arXiv.{number}"
        and entry.left.get("url", "") == f"https://arxiv.org/abs/{number}"
    )
    if entry.is_own_form:
        entry.left.pop("howpublished", None)
