"""Checks what citations are made from: titles, names, DOIs, pages, names of journals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mum_tui.catalog.check.duplicates import RETRACTED, Finding
from mum_tui.catalog.model import Entry, Name, Preprint, Published, Record

_Fault = tuple[str, str, str]
"""A key of an entry, what is wrong with it, and what would be right."""

_SIGNS = {'"': "write “ and ”", "--": "write –", "{": "plain text has no markup", "\\": "plain text has no markup"}
_PAGE = r"[A-Za-z]*\d+[A-Za-z]*(?:[.:]e?\d+)*"
_PAGES = re.compile(rf"{_PAGE}(?:[-–]{_PAGE})?(?:, {_PAGE}(?:[-–]{_PAGE})?)*")


def citation_findings(entry: Entry) -> Iterator[Finding]:
    """What would be wrong in a citation of this entry."""
    for key, message, hint in _faults(entry):
        yield Finding(entry.id, key, message, hint)


def _faults(entry: Entry) -> Iterator[_Fault]:
    yield from _title("title", entry.title)
    yield from _particles("authors", entry.authors)
    for key, version in (("preprint", entry.preprint), ("published", entry.published), ("record", entry.record)):
        if version:
            yield from _title(f"{key}.title", version.title)
            yield from _particles(f"{key}.authors", version.authors)
            yield from _doi(f"{key}.{'id' if key == 'preprint' else 'doi'}", version)
    if entry.published:
        yield from _pages(entry.published.pages)
        yield from _container(entry.published)


def _title(key: str, title: str) -> Iterator[_Fault]:
    for sign, hint in _SIGNS.items():
        if sign in title:
            yield key, f"has {sign} in it", hint
    if re.search(r"</?(?:\w{1,10}:)?[A-Za-z][\w-]*(?:\s[^<>]*)?>|&(?:[a-z]{2,8}|#\d{2,6});", title):
        yield key, "has markup in it", "write plain text: CO₂, not CO<sub>2</sub>"
    if RETRACTED.search(title):
        yield key, "says that the work was retracted", "write the title, and in doubts that it was retracted"
    if title.endswith(".") and not title.endswith("..."):
        yield key, "ends in a full stop", "leave it out, styles add their own"


def _particles(key: str, names: tuple[Name, ...]) -> Iterator[_Fault]:
    for name in names:
        if name.given and name.given.split()[-1].islower() and name.given.isascii():
            yield key, f"{name.display}: a particle belongs to the family name", 'write "van Ginneken, Bram"'


def _doi(key: str, version: Preprint | Published | Record) -> Iterator[_Fault]:
    doi = version.id if isinstance(version, Preprint) else version.doi
    if isinstance(version, Preprint) and version.server == "arXiv":
        return
    if doi.endswith((".", ",", ";")) or doi.count("(") != doi.count(")") or "%" in doi:
        yield key, f"{doi} does not look like a whole DOI", "write 10.1234/abc"


def _pages(pages: str) -> Iterator[_Fault]:
    if not pages:
        return
    if not _PAGES.fullmatch(pages):
        yield "published.pages", f"{pages} is neither pages nor an article number", "write 12-34 or e1234"
    for first, last in re.findall(r"\b(\d{1,30})[-–](\d{1,30})\b", pages):
        if int(last) < int(first):
            yield "published.pages", f"{first}-{last} runs backwards", "write the last page in full"


def _container(version: Published) -> Iterator[_Fault]:
    if version.type in ("article-journal", "paper-conference", "chapter") and not version.container:
        yield "published.container", "is missing", "the journal or proceedings in full"
    if re.search(r"\b[A-Z][a-z]+\.(\s|$)", version.container):
        yield "published.container", f"{version.container} is abbreviated", "the short form goes into container_short"
    # A name of one word, or of short words only, is its own abbreviation: Radiology, Cancer Cell.
    words = version.container.split()
    short = len(words) < 2 or max(map(len, words)) < 7
    if version.type == "article-journal" and not short and not version.container_short:
        yield "published.container_short", "is missing", "journals have a usual abbreviation: Med. Image Anal."
