"""Proofreading: what a catalog that loads without a problem may still have wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from mum_tui.catalog.model import Entry, Loaded
from mum_tui.problems import WARNING, Problem
from mum_tui.text import fold


def proofread(loaded: Loaded, file: str) -> list[Problem]:
    """Warnings about entries that repeat each other or lack what their kind needs, in no particular order."""
    found = []
    for entry, key, message, hint in (*_repeated(loaded.catalog.entries), *_missing(loaded.catalog.entries)):
        found.append(Problem(file, loaded.lines.get(entry.id, 0), f"{entry.id}.{key}", message, hint, WARNING))
    return found


_Finding = tuple[Entry, str, str, str]


def _repeated(entries: Sequence[Entry]) -> Iterator[_Finding]:
    seen: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        for what, value in _identities(entry):
            other = seen.setdefault((what, value), entry)
            if other is not entry:
                yield entry, what, f"the same {what} as {other.id}", "one entry per thing: merge them or use aliases"


def _identities(entry: Entry) -> Iterator[tuple[str, str]]:
    """What no two entries may share: each with the key it stands under."""
    yield "title", re.sub(r"\W+", " ", fold(entry.title)).strip()
    if entry.published and entry.published.doi:
        yield "doi", entry.published.doi.lower()
    if entry.record and entry.record.doi:
        yield "doi", entry.record.doi.lower()
    if entry.preprint:
        yield "preprint", f"{entry.preprint.server}:{re.sub(r'v[0-9]+$', '', entry.preprint.id)}"
    for url in dict.fromkeys(link.url.rstrip("/") for link in entry.links):
        yield "links", url
    for alias in dict.fromkeys((entry.id, *entry.aliases)):
        yield "aliases", alias


_NEEDED: tuple[tuple[str, Callable[[Entry], bool]], ...] = (
    ("authors", lambda entry: bool(entry.authors) or entry.kind in ("tool", "list")),
    ("date", lambda entry: bool(entry.date)),
    ("links", lambda entry: bool(entry.links)),
    ("summary", lambda entry: bool(entry.summary)),
    ("verified", lambda entry: entry.verified is not None),
    ("sources", lambda entry: bool(entry.sources)),
    ("modalities", lambda entry: bool(entry.modalities) or entry.kind != "dataset"),
)


def _missing(entries: Sequence[Entry]) -> Iterator[_Finding]:
    for entry in entries:
        for key, present in _NEEDED:
            if not present(entry):
                yield entry, key, "is missing", ""
