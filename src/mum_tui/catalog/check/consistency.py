"""Finds what an entry states under one key and omits or contradicts under another.

Each rule compares keys of one entry; the last one counts how often the words of a vocabulary are used. That something
was looked for and does not exist is a value (``licence: {code: none stated}``), so that a rule can tell it from
something nobody looked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mum_tui.catalog.check.duplicates import Finding
from mum_tui.catalog.choices import FIELD_GROUPS
from mum_tui.catalog.model import Catalog, Entry
from mum_tui.problems import HINT, WARNING

VOCABULARY_COUNTS_FROM = 50
"""The fewest entries in which a word used only once is worth a hint."""


def inconsistencies(catalog: Catalog) -> Iterator[Finding]:
    """Warnings and hints about keys that do not fit together, entry by entry, then about the vocabularies."""
    for entry in catalog.entries:
        for rule in (_code_licence, _datasets_used, _precision, _missing_doi, _way_to_the_data, _old_doubts, _checks):
            yield from rule(entry)
    yield from _rare_words(catalog)


# -- licences and datasets


def _code_licence(entry: Entry) -> Iterator[Finding]:
    if entry.has_link("code") and not (entry.licence and entry.licence.code):
        hint = "write what the repository says, or “none stated”"
        yield Finding(entry.id, "licence.code", "is missing although there is a code link", hint, HINT)


def _datasets_used(entry: Entry) -> Iterator[Finding]:
    training = entry.training
    if training and not entry.uses and (training.datasets or training.count):
        hint = "name them as far as a source does; data of one's own as {name: in-house data}"
        yield Finding(entry.id, "uses", "is missing although there is training", hint, HINT)


# -- dates and DOIs

_OF_THE_THING = ("dataset", "benchmark", "tool", "list")
"""Kinds whose ``date`` is that of the thing itself, which may come before or after the paper about it."""


def _precision(entry: Entry) -> Iterator[Finding]:
    preprint = entry.preprint
    if not preprint or not entry.date:
        return
    if preprint.date.startswith(entry.date) and len(preprint.date) > len(entry.date):
        level = HINT if entry.kind in _OF_THE_THING else WARNING
        message = f"{entry.date} is coarser than preprint.date"
        yield Finding(entry.id, "date", message, f"write {preprint.date} if that came first", level)
    elif entry.kind not in _OF_THE_THING and (month := _month_of_arxiv(preprint.id)) and entry.date == month[:4]:
        yield Finding(entry.id, "date", f"{entry.date} is coarser than the arXiv number", f"write {month}", HINT)


def _month_of_arxiv(number: str) -> str:
    """``2023-05`` for ``2305.10300``; empty for numbers of another form."""
    match = re.match(r"(\d\d)(0[1-9]|1[0-2])\.\d{4,5}", number, re.ASCII)
    return f"20{match[1]}-{match[2]}" if match else ""


_WITH_DOI = re.compile(
    r"Lecture Notes in Computer Science|^(Nature|Nature [A-Z].*|npj .*|Scientific (Data|Reports)|Medical Image Analysis"
    r"|IEEE (Transactions|Journal|Reviews) .*|Radiology.*)$"
)
"""Series and journals whose articles all have a DOI."""


def _missing_doi(entry: Entry) -> Iterator[Finding]:
    version = entry.published
    if version and not version.doi and (_WITH_DOI.search(version.series) or _WITH_DOI.search(version.container)):
        where = version.series or version.container
        yield Finding(entry.id, "published.doi", f"is not recorded, though {where} always gives one", "", HINT)


# -- access

_TO_DATA = ("download", "mirror", "weights")


def _way_to_the_data(entry: Entry) -> Iterator[Finding]:
    access = entry.access
    if not access or entry.kind not in ("dataset", "benchmark"):
        return
    if access.terms == "open" and not any(entry.has_link(rel) for rel in ("dataset", *_TO_DATA)):
        yield Finding(entry.id, "access.terms", "is open, but no link leads to the data", "", HINT)
    if access.terms == "closed" and any(entry.has_link(rel) for rel in _TO_DATA):
        yield Finding(entry.id, "access.terms", "is closed, but a link leads to the data", "", HINT)
    if access.terms in ("request", "agreement") and entry.has_link("download") and not access.note:
        hint = "describe in access.note what the download link leads to"
        yield Finding(entry.id, "access.terms", f"is {access.terms}, but there is a download link", hint, HINT)


# -- what was looked at, and when


def _old_doubts(entry: Entry) -> Iterator[Finding]:
    """A doubt dates from the last check of its group of fields; the entry may have changed since."""
    for doubt in entry.doubts:
        key = doubt.field.split(".")[0]
        group = next((name for name, keys in FIELD_GROUPS.items() if key in keys), "")
        looked = entry.last_checked(group) if group else ""
        if looked and entry.updated[: len(looked)] > looked:
            message = f"is older than the entry: last checked {looked}, updated {entry.updated}"
            yield Finding(entry.id, f"doubts.{doubt.field}", message, "check again, then write the date", HINT)


def _checks(entry: Entry) -> Iterator[Finding]:
    for check in entry.verified:
        for field in check.one_source:
            if field.split(".")[0] not in {key for group in check.of for key in FIELD_GROUPS[group]}:
                groups = ", ".join(check.of)
                yield Finding(entry.id, "verified.one_source", f"{field} is not of {groups}", "", HINT)
        if check.checked and check.level == "unverified":
            yield Finding(entry.id, "verified.checked", "has a date although nothing was verified", "", HINT)


# -- the vocabularies


def _rare_words(catalog: Catalog) -> Iterator[Finding]:
    """Words of a vocabulary that at most one entry uses: a spelling of another word, or superfluous."""
    if len(catalog.entries) < VOCABULARY_COUNTS_FROM:
        return
    for vocabulary, terms in catalog.vocabularies.items():
        counts = Counter(word for entry in catalog.entries for word in getattr(entry, vocabulary))
        for term in terms:
            if counts[term.term] < 2:
                times = "once" if counts[term.term] else "never"
                hint = "make it a synonym of another word, or keep it if it will be needed"
                yield Finding("vocabularies", vocabulary, f"“{term.term}” is used {times}", hint, HINT)
