"""Everything known about one entry, in reading order, as plain parts: ``show`` prints them, the pane styles them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from mum_tui.catalog.model import Entry, Origin, Preprint, Published, Record
from mum_tui.views import wording

if TYPE_CHECKING:
    from mum_tui.catalog.relations import RelatedEntry, UseEnd

TITLE = "title"
AUTHORS = "authors"
MATCH = "match"
VENUE = "venue"
TEXT = "text"
HEADING = "heading"
FACT = "fact"
LINK = "link"
RELATED = "related"
DOUBT = "doubt"
CODE = "code"

RELATION_HEADINGS = {
    "predecessor": "Follows",
    "successor": "Followed by",
    "extends": "Extends",
    "extended-by": "Extended by",
    "version": "Other versions",
    "companion": "Belongs with",
    "same-code": "Same code",
}
"""The heading above related entries, by their relation to the entry shown."""


class Part(Struct, frozen=True):
    """One paragraph: kind, text, label before it, note after it, and target of a click (an address or an entry id)."""

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
    related_entries: Sequence[RelatedEntry] = (),
    annotation: Iterable[Part] = (),
    news: str = "",
    origin: Origin | None = None,
) -> Iterator[Part]:
    """The parts of an entry.

    Args:
        entry: the entry to describe.
        uses, users: the datasets it uses, and the entries that use it.
        section: the title of its home section.
        citation, citation_title: the rendered citation and the name of its format.
        authors_shown: how many authors to name before "and … more"; 0 for all.
        related_entries: its related entries.
        annotation: the parts of the user's annotation, shown below the links.
        news: why the entry is new to the user; empty if it is not.
        origin: where the entry comes from, if the catalog has several layers.
    """
    yield Part(TITLE, entry.title)
    if entry.authors:
        names, rest = wording.names_and_rest(entry, authors_shown)
        yield Part(AUTHORS, names, note=rest)
    yield from _versions(entry)
    if news:
        yield Part(VENUE, news, "News")
    if entry.summary:
        yield Part(TEXT, entry.summary)
    if entry.links:
        yield Part(HEADING, "Links")
        for number, link in enumerate(entry.links, 1):
            yield Part(LINK, wording.short_url(link.url), f"{number} {link.rel}", wording.link_note(link), link.url)
    yield from annotation
    yield Part(HEADING, "About")
    yield from (Part(FACT, text, label) for label, text in facts(entry, section) if text)
    if origin:
        yield Part(FACT, wording.origin_words(origin), "From")
    for group in related(uses, users, related_entries):
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


class RelatedGroup(Struct, frozen=True):
    """Related entries of one kind: their heading, and a ``RELATED`` part for each."""

    title: str
    parts: Sequence[Part]


def related(
    uses: Sequence[UseEnd], users: Sequence[UseEnd], related_entries: Sequence[RelatedEntry]
) -> Iterator[RelatedGroup]:
    """The related entries of an entry, in reading order; a part without a target is not in the catalog."""
    for how, title in RELATION_HEADINGS.items():
        if parts := [
            Part(RELATED, other.name, "", other.note, other.entry.id) for other in related_entries if other.how == how
        ]:
            yield RelatedGroup(title, parts)
    for title, ends in (("Uses", uses), ("Used by", users)):
        if ends:
            parts = [Part(RELATED, end.name, "", end.how, end.entry.id if end.entry else "") for end in ends]
            yield RelatedGroup(title, parts)


def _versions(entry: Entry) -> Iterator[Part]:
    if entry.published:
        yield Part(VENUE, _published(entry.published), "Published", _other_title(entry.published, entry))
    if entry.preprint:
        yield Part(VENUE, _preprint(entry.preprint, entry), "Preprint", _other_title(entry.preprint, entry))
    if entry.record:
        yield Part(VENUE, _record(entry.record), "Data record", _other_title(entry.record, entry))
    if entry.date:
        yield Part(VENUE, wording.day(entry.date), "First public")


def _other_title(version: Published | Preprint | Record, entry: Entry) -> str:
    return f"as “{version.title}”" if version.title and version.title != entry.title else ""


def _published(version: Published) -> str:
    if version.volume:
        volume = version.volume + (f"({version.issue})" if version.issue else "")
    else:
        volume = f"no. {version.issue}" if version.issue else ""
    # A single number is an article number, a range is pages.
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
        wording.day(version.date) if version.date else "",
        wording.doi(version.doi),
    ]
    if version.year and str(version.year) not in parts[0] and not version.date:
        parts[0] = f"{parts[0]} {version.year}".strip()
    return " · ".join(part for part in parts if part)


def _preprint(version: Preprint, entry: Entry) -> str:
    number = f"{version.server}:{version.id}" if version.server == "arXiv" else f"{version.server} {version.id}"
    subject = f"[{version.primary_class}]" if version.primary_class else ""
    when = wording.day(version.date) if version.date and version.date != entry.date else ""
    return " ".join(part for part in (number, subject) if part) + (f" · {when}" if when else "")


def _record(version: Record) -> str:
    number = f"version {version.version.removeprefix('v')}" if version.version else ""
    return " · ".join(
        part for part in (f"{version.publisher} {version.year}", number, wording.doi(version.doi)) if part
    )


def facts(entry: Entry, section: str) -> Iterator[tuple[str, str]]:
    """Label and text of each fact about an entry; a text may be empty."""
    yield "Kind", entry.kind + (f" · {section}" if section else "")
    yield "Name", entry.name if entry.name != entry.title else ""
    yield "Modality", ", ".join(entry.modalities)
    yield "Dimensions", ", ".join(entry.dims)
    yield "Tasks", ", ".join(entry.tasks)
    yield "Anatomy", ", ".join(entry.anatomy)
    if entry.classes:
        yield "Classes", wording.amount(entry.classes.count, entry.classes.unit, entry.classes.text)
    yield "Size", wording.size(entry)
    yield "Trained on", wording.training(entry)
    yield "Architecture", entry.architecture
    if licence := entry.licence:
        terms = {"code": licence.code, "weights": licence.weights, "data": licence.data}
        yield "Licence", "; ".join(f"{what}: {term}" for what, term in terms.items() if term)
    yield "Access", wording.access(entry)
    yield "Tags", ", ".join(entry.tags)
    yield "Id", ", ".join((entry.id, *entry.aliases))


def _verification(entry: Entry) -> Iterator[Part]:
    if entry.verified or entry.sources:
        yield Part(HEADING, "Verification")
    for check in entry.verified:
        yield Part(FACT, wording.check_words(check), "Checked", check.note)
    if entry.verified and (open_groups := wording.unchecked_groups(entry)):
        yield Part(FACT, ", ".join(open_groups), "Not checked")
    if single := [field for check in entry.verified for field in check.one_source]:
        yield Part(FACT, ", ".join(dict.fromkeys(single)), "One source")
    if entry.sources:
        yield Part(FACT, " · ".join(wording.short_url(source) for source in entry.sources), "Sources")
