"""Finds what two entries share and only one should have, unless the catalog says that they are related."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mum_tui.catalog import addresses
from mum_tui.catalog.model import Entry, rows_by_id
from mum_tui.catalog.relations import repository
from mum_tui.problems import HINT, WARNING
from mum_tui.text import fold

OF_THE_WORK = ("paper", "preprint", "dataset")
"""Links that identify an entry; several often share a project page, a challenge or a download portal."""

LINKS = "links"
CODE = "code"
"""The level of a shared repository: whether that is suspicious depends on the authors."""


RETRACTED = re.compile(
    r"^\W*(?:retracted|withdrawn)(?: article| paper)?\s*[:\])]"
    r"|[\[(](?:retracted|withdrawn)(?: article| paper)?[\])]\W*$",
    re.IGNORECASE,
)
"""What a journal adds to the title of a work that it retracted."""


class Finding(NamedTuple):
    """Something to fix in an entry: its key, what is wrong, and what would be right."""

    entry: str
    key: str
    message: str
    hint: str = ""
    level: str = WARNING


def shared_with_earlier(entries: Sequence[Entry]) -> Iterator[Finding]:
    """What entries share with an earlier one.

    Entries that ``uses`` or ``related`` connect may share links and, if they are of different kinds (a dataset and its
    paper), a title, DOI or preprint, too.
    """
    tied = _tied(entries)
    seen: dict[tuple[str, str], list[tuple[Entry, str]]] = {}
    for entry in entries:
        for what, value, level in _identities(entry):
            holders = seen.setdefault((what, value), [])
            if holders and holders[-1][0] is entry:
                continue
            known = [other for other, _ in holders if frozenset((entry.id, other.id)) in tied]
            if holders and not (known and (what == LINKS or any(other.kind != entry.kind for other in known))):
                message = f"the same {what} as {holders[0][0].id}{_shown(what, value)}"
                bad = _how_bad(level, entry, holders) if what == LINKS else level
                yield Finding(entry.id, what, message, _HINTS[what == LINKS], bad)
            holders.append((entry, level))


_HINTS = (
    "one entry per thing: merge them or use aliases",
    "mend the wrong one, or say in related how the two belong together",
)


def _how_bad(level: str, entry: Entry, holders: Sequence[tuple[Entry, str]]) -> str:
    """A warning when entries of unrelated authors claim the same thing as theirs: a link copied by mistake.

    Authors may share code, or a dataset with its paper, between their own entries; other links belong to nobody.
    """
    rivals = [other for other, theirs in holders if theirs != HINT]
    if level == HINT or not rivals:
        return HINT
    ours = [other for other in rivals if _common_author(entry, other)]
    if any(level == CODE or entry.kind != other.kind for other in ours):
        return HINT
    return WARNING


def _common_author(entry: Entry, other: Entry) -> bool:
    return not {fold(name.display) for name in entry.authors}.isdisjoint(fold(name.display) for name in other.authors)


def _shown(what: str, value: str) -> str:
    return f": {value}" if what in (LINKS, "doi") else ""


def _tied(entries: Sequence[Entry]) -> set[frozenset[str]]:
    """The pairs of ids of entries of which one names the other."""
    rows = rows_by_id(entries)
    tied = set()
    for entry in entries:
        for target in (*(use.dataset for use in entry.uses), *(relation.entry for relation in entry.related)):
            if (row := rows.get(target)) is not None:
                tied.add(frozenset((entry.id, entries[row].id)))
    return tied


def _folded(title: str) -> str:
    """A title without markup, punctuation, case, and "Retracted:" before or after it."""
    plain = re.sub(r"</?[A-Za-z][^<>]{0,100}>", "", title) if "<" in title else title
    plain = html.unescape(plain).replace("&", " and ") if "&" in plain else plain
    plain = re.sub(r"[$_^{}]", "", RETRACTED.sub("", plain))
    return re.sub(r"\W+", " ", fold(plain)).strip()


def _number(identifier: str) -> str:
    """A preprint's number without its version; an old arXiv number without its subject: ``math.GT/0309136``."""
    bare = re.sub(r"v[0-9]+$", "", identifier)
    return re.sub(r"^([a-z-]+)\.[A-Za-z]{2}/(?=\d{7}$)", r"\1/", bare).lower()


def _identities(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """What no two entries should share: key, value, and the level of a finding."""
    yield "title", _folded(entry.title), WARNING
    for version in (entry.published, entry.record):
        if version and version.doi:
            yield "doi", version.doi.lower(), WARNING
    if entry.preprint:
        yield "preprint", f"{entry.preprint.server}:{_number(entry.preprint.id)}", WARNING
    links: dict[str, str] = {}
    for link in entry.links:
        address = repository(link.url) or addresses.comparable(link.url)
        level = WARNING if link.rel in OF_THE_WORK else CODE if link.rel in ("code", "weights") else HINT
        links[address] = level if level != HINT else links.get(address, HINT)
    for address, level in links.items():
        yield LINKS, address, level
    for alias in dict.fromkeys((entry.id, *entry.aliases)):
        yield "aliases", alias, WARNING
