"""Everything known about one entry, in reading order, as plain parts: ``show`` prints them, the pane styles them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from mum_tui.catalog.choices import FIELD_GROUPS
from mum_tui.catalog.model import Entry, Link, Origin, Preprint, Published, Record, Verified

if TYPE_CHECKING:
    from mum_tui.catalog.relations import RelatedEntry, UseEnd

TITLE = "title"
AUTHORS = "authors"
MATCH = "found"
VENUE = "venue"
TEXT = "text"
HEADING = "heading"
FACT = "fact"
LINK = "link"
RELATED = "related"
DOUBT = "doubt"
CODE = "code"

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


RELATION_HEADINGS = {
    "predecessor": "Follows",
    "successor": "Followed by",
    "extends": "Extends",
    "extended-by": "Extended by",
    "version": "Other versions",
    "companion": "Belongs with",
    "same-code": "Same code",
}
"""The heading above related entries, by what they are to the one that is shown."""


class Part(Struct, frozen=True):
    """One paragraph: its kind, label, text, a note behind the text, and the target of a click."""

    kind: str
    text: str
    label: str = ""
    note: str = ""
    target: str = ""


def parts(
    entry: Entry,
    uses: Sequence[UseEnd],
    users: Sequence[UseEnd],
    section: str = "",
    citation: str = "",
    citation_title: str = "",
    authors_shown: int = 0,
    ties: Sequence[RelatedEntry] = (),
    annotation: Iterable[Part] = (),
    news: str = "",
    origin: Origin | None = None,
) -> Iterator[Part]:
    """The parts of an entry.

    Args:
        entry: what to describe.
        uses, users: the two directions of ``catalog.relations``.
        section: title of the home section.
        citation, citation_title: the rendered citation and the name of its format.
        authors_shown: how many authors to name before "and … more"; 0 for all.
        ties: the entries this one belongs with.
        annotation: the parts of the user's annotation, which stand below the links.
        news: why the entry is new to the user.
        origin: where the entry comes from, if several files make the catalog.
    """
    yield Part(TITLE, entry.title)
    if entry.authors:
        names, rest = _authors(entry, authors_shown)
        yield Part(AUTHORS, names, note=rest)
    yield from _versions(entry)
    if news:
        yield Part(VENUE, news, "News")
    if entry.summary:
        yield Part(TEXT, entry.summary)
    if entry.links:
        yield Part(HEADING, "Links")
        for number, link in enumerate(entry.links, 1):
            yield Part(LINK, short_url(link.url), f"{number} {link.rel}", link_note(link), link.url)
    yield from annotation
    yield Part(HEADING, "About")
    yield from (Part(FACT, text, label) for label, text in facts(entry, section) if text)
    if origin:
        yield Part(FACT, origin_words(origin), "From")
    for group in related(uses, users, ties):
        yield Part(HEADING, f"{group.title} {len(group.parts)}" if len(group.parts) > 3 else group.title)
        yield from group.parts
    if entry.notes:
        yield Part(HEADING, "Notes")
        yield Part(TEXT, entry.notes)
    if entry.doubts:
        yield Part(HEADING, "Uncertain")
        for doubt in entry.doubts:
            yield Part(DOUBT, doubt.note, doubt.field)
    if citation:
        yield Part(HEADING, f"Citation · {citation_title}")
        yield Part(CODE, citation.rstrip("\n"))
    yield from _verification(entry)


def origin_words(origin: Origin) -> str:
    """Where an entry comes from: ``catalog.yaml; title, links from team/list.yaml``."""
    keys: dict[str, list[str]] = {}
    for key, layer in origin.fields.items():
        keys.setdefault(layer, []).append(key)
    return "; ".join([origin.layer, *(f"{', '.join(changed)} from {layer}" for layer, changed in keys.items())])


class Group(Struct, frozen=True):
    """Entries that belong to another in one way: the heading above them, and a ``RELATED`` part for each."""

    title: str
    parts: Sequence[Part]


def related(uses: Sequence[UseEnd], users: Sequence[UseEnd], ties: Sequence[RelatedEntry]) -> Iterator[Group]:
    """What belongs to an entry, in reading order; a part without a target is of something not in the catalog."""
    for how, title in RELATION_HEADINGS.items():
        if tied := [Part(RELATED, tie.name, "", tie.note, tie.entry.id) for tie in ties if tie.how == how]:
            yield Group(title, tied)
    for title, related_entries in (("Uses", uses), ("Used by", users)):
        if related_entries:
            parts = [
                Part(RELATED, other.name, "", other.how, other.entry.id if other.entry else "")
                for other in related_entries
            ]
            yield Group(title, parts)


def authors(entry: Entry, limit: int = 0) -> str:
    """All authors in reading order; with ``limit`` the first few and how many more there are."""
    return ", ".join(filter(None, _authors(entry, limit)))


def _authors(entry: Entry, limit: int) -> tuple[str, str]:
    """The names, and how many more there are."""
    names = [name.display for name in entry.authors]
    if limit and len(names) > limit + 1:
        hidden = len(names) - limit
        rest = f"and {hidden} more" if entry.authors_complete else f"and {hidden} or more others"
        return ", ".join(names[:limit]), rest
    return ", ".join(names), "" if entry.authors_complete else "and others"


def _versions(entry: Entry) -> Iterator[Part]:
    if entry.published:
        yield Part(VENUE, _published(entry.published), "Published", _other_title(entry.published, entry))
    if entry.preprint:
        yield Part(VENUE, _preprint(entry.preprint, entry), "Preprint", _other_title(entry.preprint, entry))
    if entry.record:
        yield Part(VENUE, _record(entry.record), "Data record", _other_title(entry.record, entry))
    if entry.date:
        yield Part(VENUE, day(entry.date), "First public")


def _other_title(version: Published | Preprint | Record, entry: Entry) -> str:
    return f"as “{version.title}”" if version.title and version.title != entry.title else ""


def _published(version: Published) -> str:
    if version.volume:
        volume = version.volume + (f"({version.issue})" if version.issue else "")
    else:
        volume = f"no. {version.issue}" if version.issue else ""
    # A lone number is an article's, a range is of pages.
    pages = version.pages.replace("-", "–")
    where = f"{volume}:{pages}" if volume and pages else volume or (f"pp. {pages}" if pages else "")
    venue = version.venue
    named = venue.removesuffix(f" {version.year}")
    if venue and version.container and named != version.container and venue not in version.container:
        venue = f"{venue} · {version.container}"
    series = f"{version.series} {where}".strip() if version.series and not volume else where
    parts = [
        venue or version.container or version.publisher,
        series,
        day(version.date) if version.date else "",
        doi(version.doi),
    ]
    if version.year and str(version.year) not in parts[0] and not version.date:
        parts[0] = f"{parts[0]} {version.year}".strip()
    return " · ".join(part for part in parts if part)


def _preprint(version: Preprint, entry: Entry) -> str:
    number = f"{version.server}:{version.id}" if version.server == "arXiv" else f"{version.server} {version.id}"
    subject = f"[{version.primary_class}]" if version.primary_class else ""
    when = day(version.date) if version.date and version.date != entry.date else ""
    return " ".join(part for part in (number, subject) if part) + (f" · {when}" if when else "")


def _record(version: Record) -> str:
    number = f"version {version.version.removeprefix('v')}" if version.version else ""
    return " · ".join(part for part in (f"{version.publisher} {version.year}", number, doi(version.doi)) if part)


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
    """What is known of a link beside its type: label, remark, where it used to be."""
    moved = f"formerly {short_url(link.formerly)}" if link.formerly else ""
    return "; ".join(part for part in (link.label, link.note, moved) if part)


def facts(entry: Entry, section: str) -> Iterator[tuple[str, str]]:
    """Label and text of each fact; texts may be empty."""
    yield "Kind", entry.kind + (f" · {section}" if section else "")
    yield "Name", entry.name if entry.name != entry.title else ""
    yield "Modality", ", ".join(entry.modalities)
    yield "Dimensions", ", ".join(entry.dims)
    yield "Tasks", ", ".join(entry.tasks)
    yield "Anatomy", ", ".join(entry.anatomy)
    if entry.classes:
        yield "Classes", counted(entry.classes.count, entry.classes.unit, entry.classes.text)
    yield "Size", size(entry)
    yield "Trained on", training(entry)
    yield "Architecture", entry.architecture
    if licence := entry.licence:
        terms = {"code": licence.code, "weights": licence.weights, "data": licence.data}
        yield "Licence", "; ".join(f"{what}: {term}" for what, term in terms.items() if term)
    yield "Access", access(entry)
    yield "Tags", ", ".join(entry.tags)
    yield "Id", ", ".join((entry.id, *entry.aliases))


def size(entry: Entry) -> str:
    """How much a dataset holds: ``201 CT scans (131 train, 70 test)``; empty when it is not known."""
    if not (known := entry.size):
        return ""
    splits = {"train": known.train, "validation": known.validation, "test": known.test}
    split = ", ".join(f"{count:,} {name}" for name, count in splits.items() if count is not None)
    return counted(known.count, known.unit, "; ".join(part for part in (split, known.text) if part))


def training(entry: Entry) -> str:
    """What a model was trained on: ``7 datasets, 2,800 CT volumes``; empty when it is not known."""
    if not (known := entry.training):
        return ""
    datasets = f"{known.datasets:,} dataset{'s' * (known.datasets != 1)}" if known.datasets else ""
    amount = counted(known.count, known.unit, known.text)
    return ", ".join(part for part in (datasets, amount) if part)


def access(entry: Entry) -> str:
    """How one gets at the data, in words; empty when it is not known."""
    if not entry.access:
        return ""
    terms = entry.access.terms if entry.access.terms != "unknown" else ""
    return "; ".join(part for part in (terms, entry.access.note) if part)


def counted(count: int | None, unit: str, text: str) -> str:
    """``201 CT scans (131 train, 70 test)``; the words alone when there is no number."""
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


def checked(check: Verified) -> str:
    """One check in words: ``links, licences: seen in one source (repository), last checked Nov 2026``."""
    groups = ", ".join(_GROUPS[group] for group in check.of)
    by = f" ({', '.join(check.by)})" if check.by else ""
    return f"{groups}: {_LEVELS[check.level]}{by}" + (
        f", last checked {_month(check.checked)}" if check.checked else ""
    )


def unchecked(entry: Entry) -> list[str]:
    """The groups that say something in this entry and that no check covers, in words."""
    covered = {group for check in entry.verified for group in check.of}
    said = [group for group, keys in FIELD_GROUPS.items() if any(getattr(entry, key) for key in keys)]
    return [_GROUPS[group] for group in said if group not in covered]


def _month(date: str) -> str:
    """``Nov 2026`` for ``2026-11`` and ``2026-11-29``; a year as it is."""
    year, *rest = date.split("-")
    return f"{MONTHS[int(rest[0]) - 1]} {year}" if rest else year


def _verification(entry: Entry) -> Iterator[Part]:
    if entry.verified or entry.sources:
        yield Part(HEADING, "Verification")
    for check in entry.verified:
        yield Part(FACT, checked(check), "Checked", check.note)
    if entry.verified and (open_groups := unchecked(entry)):
        yield Part(FACT, ", ".join(open_groups), "Not checked")
    if single := [field for check in entry.verified for field in check.one_source]:
        yield Part(FACT, ", ".join(dict.fromkeys(single)), "One source")
    if entry.sources:
        yield Part(FACT, " · ".join(short_url(source) for source in entry.sources), "Sources")
