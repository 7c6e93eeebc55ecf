"""Proofreads a catalog: finds what may be wrong although it loads without a problem.

A warning is something to fix, a hint something to look at: most entries with hints are right as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from typing import Any

from mum_tui.catalog import addresses
from mum_tui.catalog.check.citations import citation_findings
from mum_tui.catalog.check.consistency import inconsistencies
from mum_tui.catalog.check.duplicates import Finding, shared_with_earlier
from mum_tui.catalog.check.mojibake import first_fault
from mum_tui.catalog.choices import RELATION_OPPOSITES
from mum_tui.catalog.model import Catalog, Entry, Loaded, Name, rows_by_id
from mum_tui.catalog.relations import repository
from mum_tui.problems import HINT, Problem, Severity
from mum_tui.text import fold

TODO = "TODO"
"""The beginning of a text that is still to be written."""


def proofread(loaded: Loaded, file: str, only: Container[str] | None = None) -> list[Problem]:
    """Warnings and hints about entries that repeat each other, contradict themselves or lack something.

    Args:
        only: ids of the entries to proofread, beside all the others; None is all.
    """
    catalog = loaded.catalog
    problems = [
        *shared_with_earlier(catalog.entries),
        *_sections(catalog),
        *_pointers(catalog.entries),
        *inconsistencies(catalog),
    ]
    names = {_condensed(entry.name): entry.id for entry in catalog.entries if len(_condensed(entry.name)) > 3}
    for entry in catalog.entries:
        if only is not None and entry.id not in only:
            continue
        for rule in (_missing, _texts, _people, citation_findings, _addresses, _arxiv, _dates):
            problems += rule(entry)
        problems += _repository_names(entry, names)
    return [
        Problem(
            file,
            loaded.lines.get(problem.entry, 0),
            f"{problem.entry}.{problem.key}",
            problem.message,
            problem.hint,
            Severity(problem.level),
        )
        for problem in problems
        if only is None or problem.entry in only
    ]


# -- what every entry needs


def _paper(entry: Entry) -> bool:
    return entry.kind in ("paper", "survey", "model")


_NEEDED: tuple[tuple[str, Callable[[Entry], bool]], ...] = (
    ("authors", lambda entry: bool(entry.authors) or entry.kind in ("tool", "list")),
    ("date", lambda entry: bool(entry.date)),
    ("links", lambda entry: bool(entry.links)),
    ("summary", lambda entry: bool(entry.summary)),
    ("verified", lambda entry: bool(entry.verified)),
    ("sources", lambda entry: bool(entry.sources)),
    ("modalities", lambda entry: bool(entry.modalities) or entry.kind != "dataset"),
)
_WANTED: tuple[tuple[str, Callable[[Entry], bool]], ...] = (
    ("published", lambda entry: not _paper(entry) or bool(entry.published or entry.preprint)),
    ("tasks", lambda entry: not _paper(entry) or bool(entry.tasks)),
    ("size", lambda entry: entry.kind != "dataset" or entry.size is not None),
    ("access", lambda entry: entry.kind != "dataset" or entry.access is not None),
    ("licence.data", lambda entry: entry.kind != "dataset" or bool(entry.licence and entry.licence.data)),
)


def _missing(entry: Entry) -> Iterator[Finding]:
    for key, present in _NEEDED:
        if not present(entry):
            yield Finding(entry.id, key, "is missing")
    for key, present in _WANTED:
        if not present(entry):
            yield Finding(entry.id, key, "is not recorded", "leave it out if no source says", HINT)


# -- words


def _strings(value: Any, key: str) -> Iterator[tuple[str, str]]:
    """Every text of an entry with its dotted key."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _strings(item, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            yield from _strings(item, f"{key}[{number}]")


CUSTOM = "csl.custom."
"""What an import has kept of the file it read: no text for a reader."""


def _texts(entry: Entry) -> Iterator[Finding]:
    for key, text in _strings(entry.written(), ""):
        if text.startswith(TODO):
            yield Finding(entry.id, key, "is still to be written")
        if key.startswith(CUSTOM) or text.startswith(("http://", "https://")):
            continue
        if garble := first_fault(text):
            shown, original = garble
            yield Finding(
                entry.id, key, f"“{shown}” is garbled", f"write {original}" if original else "write plain Unicode"
            )


def _people(entry: Entry) -> Iterator[Finding]:
    versions = [entry, *(version for version in (entry.preprint, entry.published, entry.record) if version)]
    for version in versions:
        seen: set[Name] = set()
        key = "authors" if version is entry else f"{type(version).__name__.lower()}.authors"
        for name in version.authors:
            text = name.display
            if re.search(r"\bet\.? al\b|^(and )?others$", text, re.IGNORECASE):
                yield Finding(entry.id, key, f"“{text}” is no author", "write authors_complete: false")
            elif not name.literal and re.search(r" and |[;&]", text):
                yield Finding(entry.id, key, f"“{text}” is more than one author", "one line an author")
            elif not name.literal and not name.given:
                yield Finding(entry.id, key, f"“{text}” has no given name", "write Family, Given", HINT)
            if name in seen:
                yield Finding(entry.id, key, f"“{text}” is listed twice", "", HINT)
            seen.add(name)


# -- addresses


def _addresses(entry: Entry) -> Iterator[Finding]:
    for number, link in enumerate(entry.links, 1):
        for message, hint in addresses.faults(link.url):
            yield Finding(entry.id, f"links[{number}]", message, hint)
        number_there = addresses.arxiv_id(link.url)
        if link.rel == "preprint" and entry.preprint and entry.preprint.server == "arXiv" and number_there:
            preprint_id = _unversioned(entry.preprint.id)
            if number_there != preprint_id:
                message = f"leads to arXiv {number_there}, but preprint.id is {preprint_id}"
                yield Finding(entry.id, f"links[{number}]", message, "one of the two is wrong")
    resolved = [doi for link in entry.links if link.rel == "paper" and (doi := addresses.doi(link.url))]
    if resolved and entry.published and entry.published.doi and entry.published.doi.lower() not in resolved:
        message = f"the paper link leads to {resolved[0]}, but published.doi is {entry.published.doi}"
        yield Finding(entry.id, "links", message, "", HINT)


_GENERIC = frozenset(
    ["code", "data", "dataset", "image", "images", "medical", "model", "models", "official", "pytorch"]
)


def _repository_names(entry: Entry, names: dict[str, str]) -> Iterator[Finding]:
    """Repositories that have the name of another entry, or no name of this one: often a link copied by mistake."""
    condensed_names = _condensed(
        " ".join([entry.id, entry.name, entry.title, entry.summary, *entry.aliases, *entry.tags])
    )
    for number, link in enumerate(entry.links, 1):
        _, _, slug = repository(link.url).partition("/")
        if link.rel != "code" or not slug:
            continue
        whole = _condensed(slug.split("/")[1])
        parts = re.findall(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}(?![a-z])|\d+[A-Za-z]+", "/".join(link.url.split("/")[4:]))
        words = {fold(part) for part in parts if len(part) > 2} - _GENERIC
        other = names.get(whole, entry.id)
        if other != entry.id and whole not in condensed_names:
            yield Finding(entry.id, f"links[{number}]", f"the repository {slug} has the name of {other}", "", HINT)
        elif (
            not any(word in condensed_names for word in (*words, whole))
            and (_condensed(entry.name) or "-") not in whole
        ):
            message = f"the repository {slug} matches no name in this entry"
            yield Finding(entry.id, f"links[{number}]", message, "", HINT)


def _condensed(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))


# -- numbers and dates


_THINGS = ("dataset", "benchmark", "tool", "list")
"""Kinds whose date is that of the thing itself; the paper about it may be years older or younger."""


def _unversioned(identifier: str) -> str:
    return re.sub(r"v\d+$", "", identifier)


def _arxiv(entry: Entry) -> Iterator[Finding]:
    preprint = entry.preprint
    if not preprint or preprint.server != "arXiv":
        return
    if preprint.id != _unversioned(preprint.id):
        yield Finding(entry.id, "preprint.id", "is written without its version", f"write {_unversioned(preprint.id)}")
    number = _unversioned(preprint.id)
    if not (month := _arxiv_month(number)):
        if not re.fullmatch(r"[a-z-]+(\.[A-Z]{2})?/\d{7}", number):
            message = f"“{number}” is no arXiv number"
            yield Finding(entry.id, "preprint.id", message, "write 2301.00785, quoted, all digits, or hep-th/9901001")
        return
    fact = f"arXiv {number} is of {month[0]}-{month[1]:02}"
    if difference := _months(preprint.date, month):
        yield Finding(entry.id, "preprint.date", f"{preprint.date} is {difference} months off: {fact}")
    if entry.kind in _THINGS:
        return
    difference = _months(entry.date, month)
    if difference > 0:
        yield Finding(entry.id, "date", f"{entry.date} is after the preprint: {fact}", "date is of the first version")
    elif difference < 0:
        yield Finding(entry.id, "date", f"{entry.date} is before the preprint: {fact}", "", HINT)
    if entry.published and entry.published.year and entry.published.year < month[0]:
        message = f"{entry.published.year} is before the preprint: {fact}"
        yield Finding(entry.id, "published.year", message, "", HINT)


def _arxiv_month(number: str) -> tuple[int, int] | None:
    """Year and month of an arXiv number; None for other texts. Since 2015 the second part has five digits."""
    match = re.fullmatch(r"(\d\d)(\d\d)\.(\d{4,5})", number, re.ASCII)
    if not match or not 1 <= int(match[2]) <= 12 or len(match[3]) != (5 if int(match[1]) >= 15 else 4):
        return None
    return 2000 + int(match[1]), int(match[2])


def _months(date: str, month: tuple[int, int]) -> int:
    """How many months ``date`` is after ``month``, as far as it is precise; 0 for up to one, which may be one night."""
    year, *rest = (int(part) for part in date.split("-")) if date else (month[0],)
    if not rest:
        return 12 * (year - month[0])
    difference = 12 * (year - month[0]) + rest[0] - month[1]
    return difference if abs(difference) > 1 else 0


def _dates(entry: Entry) -> Iterator[Finding]:
    version = entry.published
    if not version:
        return
    if version.date and version.year and int(version.date[:4]) != version.year:
        yield Finding(entry.id, "published.date", f"{version.date} is not in {version.year}", "", HINT)
    if entry.date and version.year and int(entry.date[:4]) > version.year and entry.kind not in _THINGS:
        message = f"{entry.date} is after publication in {version.year}"
        yield Finding(entry.id, "date", message, "date is of the first version")


# -- the catalog as a whole


def _sections(catalog: Catalog) -> Iterator[Finding]:
    if not catalog.entries:
        return
    homes = {home for entry in catalog.entries for home in (entry.section, *entry.sections)}
    for top in catalog.sections:
        for _, section in top.walk():
            if not any(below.id in homes for _, below in section.walk()):
                yield Finding("sections", section.id, "has no entries", "remove it")


def _pointers(entries: Sequence[Entry]) -> Iterator[Finding]:
    """Uses and relations that lead to the entry itself, uses of what is no dataset, and contradicting relations."""
    rows = rows_by_id(entries)
    stated: dict[tuple[str, str], str] = {}
    for entry in entries:
        for use in entry.uses:
            target = entries[rows[use.dataset]] if use.dataset in rows else None
            if target is entry:
                yield Finding(entry.id, "uses", "names the entry itself")
            elif target and target.kind not in ("dataset", "benchmark"):
                yield Finding(entry.id, "uses", f"{target.id} is a {target.kind}, no dataset", "", HINT)
        for relation in entry.related:
            other = entries[rows[relation.entry]].id if relation.entry in rows else ""
            if other == entry.id:
                yield Finding(entry.id, "related", "names the entry itself")
                continue
            if stated.get((other, entry.id), RELATION_OPPOSITES[relation.how]) != RELATION_OPPOSITES[relation.how]:
                message = f"{other} is {relation.how}, but {other} says {stated[other, entry.id]} of this one"
                yield Finding(entry.id, "related", message, "write one direction; the other follows")
            stated[entry.id, other] = relation.how
