"""Values of an entry in words: authors, dates, addresses, sizes, access, checks, origins."""

from __future__ import annotations

from mum_tui.catalog.choices import FIELD_GROUPS
from mum_tui.catalog.model import Entry, Link, Origin, Verified

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def authors(entry: Entry, limit: int = 0) -> str:
    """All authors in reading order; with a ``limit``, the first few and how many more there are."""
    return ", ".join(filter(None, names_and_rest(entry, limit)))


def names_and_rest(entry: Entry, limit: int) -> tuple[str, str]:
    """The names of authors, and in words how many more there are."""
    names = [name.display for name in entry.authors]
    if limit and len(names) > limit + 1:
        hidden = len(names) - limit
        rest = f"and {hidden} more" if entry.authors_complete else f"and {hidden} or more others"
        return ", ".join(names[:limit]), rest
    return ", ".join(names), "" if entry.authors_complete else "and others"


def doi(number: str) -> str:
    """A DOI as readers know it."""
    return f"doi:{number}" if number else ""


def day(date: str) -> str:
    """``2 Jan 2023``, ``Jan 2023`` or ``2023``, as precise as the date is."""
    year, *rest = date.split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def short_url(url: str) -> str:
    """An address without scheme and ``www.``."""
    return url.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def link_note(link: Link) -> str:
    """The label, remark and former address of a link."""
    moved = f"formerly {short_url(link.formerly)}" if link.formerly else ""
    return "; ".join(part for part in (link.label, link.note, moved) if part)


def size(entry: Entry) -> str:
    """The size of a dataset: ``201 CT scans (131 train, 70 test)``; empty if unknown."""
    if not (known := entry.size):
        return ""
    splits = {"train": known.train, "validation": known.validation, "test": known.test}
    split = ", ".join(f"{count:,} {name}" for name, count in splits.items() if count is not None)
    return amount(known.count, known.unit, "; ".join(part for part in (split, known.text) if part))


def training(entry: Entry) -> str:
    """What a model was trained on: ``7 datasets, 2,800 CT volumes``; empty if unknown."""
    if not (known := entry.training):
        return ""
    datasets = f"{known.datasets:,} dataset{'s' * (known.datasets != 1)}" if known.datasets else ""
    return ", ".join(part for part in (datasets, amount(known.count, known.unit, known.text)) if part)


def access(entry: Entry) -> str:
    """How the data can be had, in words; empty if unknown."""
    if not entry.access:
        return ""
    terms = entry.access.terms if entry.access.terms != "unknown" else ""
    return "; ".join(part for part in (terms, entry.access.note) if part)


def amount(count: int | None, unit: str, text: str) -> str:
    """A number, its unit and a remark: ``201 CT scans (131 train, 70 test)``; without a number the remark alone."""
    number = f"{count:,} {unit}".strip() if count is not None else ""
    if number and text:
        return f"{number} ({text})"
    return number or text


_GROUPS = {
    "identity": "title and authors",
    "venue": "venue",
    "links": "links",
    "licence": "licences",
    "access": "access",
    "content": "content",
    "uses": "datasets used",
}
_LEVELS = {
    "two-sources": "seen in two independent sources",
    "one-source": "seen in one source",
    "unverified": "not verified",
}


def check_words(check: Verified) -> str:
    """One check in words: ``links, licences: seen in one source (repository), last checked Nov 2026``."""
    groups = ", ".join(_GROUPS[group] for group in check.of)
    by = f" ({', '.join(check.by)})" if check.by else ""
    return f"{groups}: {_LEVELS[check.level]}{by}" + (
        f", last checked {_month(check.checked)}" if check.checked else ""
    )


def unchecked_groups(entry: Entry) -> list[str]:
    """The groups of fields that have values in this entry and are covered by no check, in words."""
    covered = {group for check in entry.verified for group in check.of}
    with_values = [group for group, keys in FIELD_GROUPS.items() if any(getattr(entry, key) for key in keys)]
    return [_GROUPS[group] for group in with_values if group not in covered]


def _month(date: str) -> str:
    """``Nov 2026`` for ``2026-11`` and ``2026-11-29``; a year as it is."""
    year, *rest = date.split("-")
    return f"{MONTHS[int(rest[0]) - 1]} {year}" if rest else year


def origin_words(origin: Origin) -> str:
    """Where an entry comes from: ``catalog.yaml; title, links from team/list.yaml``."""
    keys: dict[str, list[str]] = {}
    for key, layer in origin.fields.items():
        keys.setdefault(layer, []).append(key)
    return "; ".join([origin.layer, *(f"{', '.join(changed)} from {layer}" for layer, changed in keys.items())])
