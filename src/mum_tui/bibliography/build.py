"""Makes catalog entries of records. Variables that the catalog has no key for go into ``csl``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from mum_tui.bibliography.keys import citekey, has_letter, readable
from mum_tui.bibliography.records import Reading, Record
from mum_tui.bibliography.sections import Sections
from mum_tui.bibliography.versions import unformatted, versions_of
from mum_tui.catalog import choices
from mum_tui.catalog.entries import in_reading_order
from mum_tui.catalog.model import Catalog, Entry, Link, Loaded, Name
from mum_tui.citation import csl_dates as dates
from mum_tui.citation import csl_item, csl_tags
from mum_tui.identifiers import in_records, link_types
from mum_tui.problems import HINT, WARNING, Problem
from mum_tui.text import fold, one_line, why_not_url

_KINDS = {"dataset": "dataset", "software": "tool"}
_OWN = ("arxiv_id", "primary_class", "more_authors", "name")
"""Keys of ``custom`` that an entry has keys of its own for."""
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")
_NO_ALIAS = re.compile(r"[\s,{}\"'%#~\\]")


def catalog_of(reading: Reading) -> Loaded:
    """Make a catalog of the records of a file, with its problems and counts."""
    sections = Sections()
    entries: list[Entry] = []
    lines: dict[str, int] = {}
    taken: set[str] = set()
    used: dict[str, int] = {}
    problems = list(reading.problems)
    for record in reading.records:
        identifier = identifier_of(record, taken, used)
        if record.key and identifier != record.key and record.key in taken:
            problems.append(_twice(record.file or reading.file, record, lines.get(record.key, 0), identifier))
        taken.add(identifier)
        entry = entry_of(record, identifier, sections.of(record))
        if record.more_sections:
            others = dict.fromkeys(sections.at(path) for path in record.more_sections)
            entry = replace(entry, sections=tuple(other for other in others if other != entry.section))
        entries.append(entry)
        lines[identifier] = record.line
    entries = _unique_aliases(entries, taken)
    problems += said_of(reading)
    catalog = Catalog(reading.title, sections.tree, {}, tuple(entries))
    return Loaded(catalog, tuple(problems), reading.set_aside, lines)


def said_of(reading: Reading) -> list[Problem]:
    """A hint for each kind of thing that was left out of the catalog."""
    told = [
        Problem(reading.file, 0, "", f"{count:,} {what}", "not part of any entry" if "kept" not in what else "", HINT)
        for what, count in reading.left_out.most_common()
    ]
    if reading.more_problems:
        told.append(
            Problem(reading.file, 0, "", f"{reading.more_problems:,} more problems are not listed", "", WARNING)
        )
    return told


def _twice(file: str, record: Record, first: int, identifier: str) -> Problem:
    hint = f"first in line {first}; this one is called {identifier}"
    return Problem(file, record.line, record.key, "this key is used twice", hint, WARNING)


def _unique_aliases(entries: list[Entry], ids: Container[str]) -> list[Entry]:
    """The entries without aliases that belong to another entry already."""
    seen: set[str] = set()
    unique: list[Entry] = []
    for entry in entries:
        if entry.aliases:
            aliases = tuple(alias for alias in entry.aliases if alias not in ids and alias not in seen)
            seen.update(aliases)
            entry = replace(entry, aliases=aliases) if aliases != entry.aliases else entry
        unique.append(entry)
    return unique


def identifier_of(record: Record, taken: Container[str], used: dict[str, int]) -> str:
    """An id for a record: its key if it is valid and free, else one like it, else one made of author, year and title.

    ``used`` counts how often a key occurred before, so that the next free one is found at once.
    """
    key = record.key
    base = key if _ID.fullmatch(key) else _plain_key(key)
    if key.startswith("http") or not base or not _ID.fullmatch(base):
        base = _made_key(record)
    identifier, number = base, used.get(base, 0)
    while identifier in taken:
        number += 1
        identifier = base + (chr(ord("a") + number) if number < 26 else f"-{number}")
    used[base] = number
    return identifier


def _plain_key(key: str) -> str:
    """A key like ``key`` that can be an id; empty where nothing readable would be left of it."""
    plain = _valid(key if key.isascii() else fold(key))
    if key.isascii() or has_letter(plain):
        return plain
    from mum_tui.romanization import romanized

    plain = _valid(romanized(key))
    return plain if has_letter(plain) or not any(map(str.isalpha, key)) else ""


def _valid(key: str) -> str:
    return re.sub(r"[^A-Za-z0-9._+-]+", "-", key).strip("-._+")[:80]


def _made_key(record: Record) -> str:
    people = record.item.get("author") or record.item.get("editor") or []
    names = (person.get("family") or person.get("literal", "") for person in people)
    family = next((name for name in names if has_letter(readable(name))), "")
    if people and not family:
        family = record.kind or _KINDS.get(record.item["type"], "paper")
    title = csl_tags.without_tags(str(record.item.get("title", "")))
    date = record.item.get("issued", {})
    year = dates.year(date) if date else None
    return citekey(family, str(year or ""), record.name or title)


def entry_of(record: Record, identifier: str, section: str) -> Entry:
    """Make an entry of a record. ``csl_item.item`` of the entry equals the item of the record."""
    item = record.item
    custom: Mapping[str, Any] = item.get("custom", {})
    issued = item.get("issued", {})
    date = dates.iso(issued)
    kind = record.kind or _KINDS.get(item["type"], "paper")
    title = one_line(unformatted(str(item.get("title", "")), record))
    versions = versions_of(record, date, dates.year(issued) if issued else None)
    entry = Entry(
        id=identifier,
        kind=kind,
        section=section,
        title=title or _stand_in(record),
        name=record.name,
        aliases=_aliases(record, identifier),
        authors=tuple([name for person in item.get("author", ()) if (name := name_of(person))]),
        authors_complete=not custom.get("more_authors"),
        date=versions.date,
        preprint=versions.preprint,
        published=versions.published,
        record=versions.record,
        links=_links(record, kind),
        tags=tuple(record.tags),
        summary=record.summary,
        notes=record.notes,
    )
    rest = _rest(entry, record)
    return replace(entry, csl=rest) if rest else entry


_STAND_INS = ("title-short", "container-title", "note", "event-title", "URL", "DOI")


def _stand_in(record: Record) -> str:
    """What stands in place of a missing title, in square brackets."""
    for variable in _STAND_INS:
        if (value := record.item.get(variable)) and (text := one_line(unformatted(str(value), record))):
            return f"[{text}]"
    return f"[{record.key}]" if record.key else "[untitled]"


def _aliases(record: Record, identifier: str) -> tuple[str, ...]:
    if record.key == identifier and not record.aliases:
        return ()
    keys = [record.key, *record.aliases]
    return tuple(dict.fromkeys(key for key in keys if key and key != identifier and not _NO_ALIAS.search(key)))


def name_of(person: Mapping[str, str]) -> Name | None:
    """The catalog's name for a CSL name; None for an empty one."""
    if person.get("literal"):
        return Name(literal=one_line(person["literal"]))
    if len(person) == 2 and "family" in person and "given" in person:  # nearly all are
        family, given = person["family"], person["given"]
        if family[:1].isupper() and given and "," not in family and "," not in given:
            return Name(one_line(family), one_line(given))
    family, given, suffix = (one_line(person.get(part, "").replace(",", " ")) for part in ("family", "given", "suffix"))
    particle = one_line(f"{person.get('dropping-particle', '')} {person.get('non-dropping-particle', '')}")
    if not family or not given:
        whole = one_line(" ".join(filter(None, [given, particle, family, suffix])))
        return Name(literal=whole) if whole else None
    words = f"{particle} {family}".split()
    leading: list[str] = []
    while len(words) > 1 and words[0][:1].islower():
        leading.append(words.pop(0))
    return Name(" ".join(words), given, " ".join(leading), suffix)


def _links(record: Record, kind: str) -> tuple[Link, ...]:
    item = record.item
    links: dict[str, Link] = {}

    def add(rel: str, url: str, label: str = "") -> None:
        if url and not why_not_url(url):
            links.setdefault(url, Link(rel, url, label))

    number = item.get("custom", {}).get("arxiv_id", "")
    doi = item.get("DOI", "")
    if doi and not in_records.arxiv(doi):
        add("dataset" if kind == "dataset" else "paper", f"https://doi.org/{doi}")
    if number and not any(in_records.arxiv(url) == number for _, url, _ in record.links):
        add("preprint", f"https://arxiv.org/abs/{number}")
    for rel, url, label in record.links:
        if number and in_records.arxiv(url) == number:
            rel = "preprint"
        if doi and in_records.doi_of_address(url).lower() == doi.lower():
            links.pop(f"https://doi.org/{doi}", None)
            rel = "dataset" if kind == "dataset" else "paper"
        add(rel if rel in choices.RELS else _rel(url, kind, bool(links)), url, label)
    if pmid := re.fullmatch(r"\d{1,9}", str(item.get("PMID", ""))) if "PMID" in item else None:
        add("other", f"https://pubmed.ncbi.nlm.nih.gov/{pmid[0]}/", "PubMed")
    if pmc := re.fullmatch(r"(?:PMC)?(\d{1,9})", str(item.get("PMCID", "")).strip()) if "PMCID" in item else None:
        add("mirror", f"https://www.ncbi.nlm.nih.gov/pmc/articles/PMC{pmc[1]}/", "PubMed Central")
    return in_reading_order(tuple(links.values()), kind) if len(links) > 1 else tuple(links.values())


def _rel(url: str, kind: str, others: bool) -> str:
    rel = link_types.rel_of(url)
    if rel in ("other", "paper") and not others:
        return {"paper": "paper", "dataset": "dataset"}.get(kind, "project" if rel == "other" else rel)
    return rel


def _rest(entry: Entry, record: Record) -> dict[str, Any]:
    """The variables of the item that do not follow from other keys of the entry."""
    item = record.item
    made: csl_item.AnyItem = csl_item.item(entry)
    on_arxiv = made.get("type") == "article" and entry.preprint is not None and entry.preprint.server == "arXiv"
    rest: dict[str, Any] = {}
    if record.key and record.key != entry.id:
        rest["citation-key"] = record.key
    for variable, value in item.items():
        if variable not in ("id", "custom") and value not in ("", [], {}, None) and made.get(variable) != value:
            rest[variable] = value
    for variable in made:
        if variable in item or variable in ("id", "citation-key", "custom"):
            continue
        if on_arxiv and variable in ("DOI", "URL", "number", "publisher"):
            continue  # follows from the number
        rest[variable] = ""
    said = made.get("custom", {})
    custom = {key: value for key, value in item.get("custom", {}).items() if key not in _OWN and said.get(key) != value}
    if "name" in item.get("custom", {}) and said.get("name") != item["custom"]["name"]:
        custom["name"] = item["custom"]["name"]
    if custom:
        rest["custom"] = custom
    return rest


def counted(entries: Iterable[Entry]) -> Counter[str]:
    """How many entries there are of each kind."""
    return Counter(entry.kind for entry in entries)
