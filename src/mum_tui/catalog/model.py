"""The catalog as frozen values: entries and all their parts, sections, vocabularies, and where entries come from.

Every class mirrors one mapping of ``catalog.yaml`` under the same key names; ``docs/catalog-schema.md``
explains each key to a curator. Nothing here reads files or knows a screen.
"""

# No ``from __future__ import annotations``: msgspec would evaluate each annotation at every start.

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import astuple, replace

from mum_tui.problems import Problem
from mum_tui.storage.container import Container


def _is_east_asian(char: str) -> bool:
    """Whether a letter is Chinese, Japanese or Korean, where the family name comes first, without a space."""
    return "\u2e80" <= char <= "\ud7a3"


class Name(Struct, frozen=True, array_like=True, gc=False):
    """A person split as CSL wants it, or an organisation (``literal`` set, the rest empty)."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def short(self) -> str:
        """The name in a table: ``van Ginneken``, ``The MONAI Consortium``."""
        return self.literal or f"{self.particle} {self.family}".strip()

    @property
    def display(self) -> str:
        """The name in reading order: ``Bram van Ginneken``, ``Henry Ford Jr.``, ``张伟``."""
        if self.literal:
            return self.literal
        if self.given and all(_is_east_asian(char) for char in self.family + self.given):
            return self.family + self.given
        return " ".join(part for part in (self.given, self.particle, self.family, self.suffix) if part)

    @property
    def written(self) -> str | dict[str, str]:
        """The name as ``catalog.yaml`` writes it: ``van Ginneken, Bram`` or ``{organisation: …}``."""
        if self.literal:
            return {"organisation": self.literal}
        if not self.particle and not self.suffix:  # nearly all are
            return f"{self.family.strip()}, {self.given}"
        family = f"{self.particle} {self.family}".strip()
        return ", ".join([family, self.given] + ([self.suffix] if self.suffix else []))


class Link(Struct, frozen=True, omit_defaults=True, gc=False):
    """One address of an entry: ``rel`` says what is there, ``formerly`` where it used to be."""

    rel: str
    url: str
    label: str = ""
    note: str = ""
    formerly: str = ""


class Preprint(Struct, frozen=True, omit_defaults=True):
    """A version on a preprint server; ``id`` is the server's number without a version suffix."""

    id: str
    server: str = "arXiv"
    primary_class: str = ""
    date: str = ""
    title: str = ""
    authors: tuple[Name, ...] = ()


class Published(Struct, frozen=True, omit_defaults=True):
    """The version of record; ``year`` is None while in press, ``pages`` a range with a hyphen or an article number."""

    type: str
    year: int | None = None
    container: str = ""
    container_short: str = ""
    venue: str = ""
    date: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    series: str = ""
    publisher: str = ""
    doi: str = ""
    title: str = ""
    authors: tuple[Name, ...] = ()


class Record(Struct, frozen=True, omit_defaults=True):
    """A dataset's own citable record in a repository such as Zenodo or TCIA."""

    publisher: str
    year: int
    doi: str = ""
    version: str = ""
    title: str = ""
    authors: tuple[Name, ...] = ()


class Quantity(Struct, frozen=True, omit_defaults=True, gc=False):
    """A number of ``unit``, and a remark in words; ``count`` is None when only words are known."""

    count: int | None = None
    unit: str = ""
    text: str = ""


class Size(Struct, frozen=True, omit_defaults=True, gc=False):
    """The size of a dataset: ``count`` of ``unit``, and the splits in the same unit."""

    count: int | None = None
    unit: str = ""
    train: int | None = None
    validation: int | None = None
    test: int | None = None
    text: str = ""


class Training(Struct, frozen=True, omit_defaults=True, gc=False):
    """What a model was trained on: a number of ``datasets``, and ``count`` of ``unit``."""

    datasets: int | None = None
    count: int | None = None
    unit: str = ""
    text: str = ""


class Licence(Struct, frozen=True, omit_defaults=True, gc=False):
    """Licences as SPDX ids or in words; an empty string means not recorded."""

    code: str = ""
    weights: str = ""
    data: str = ""


class Access(Struct, frozen=True, omit_defaults=True, gc=False):
    """How the data can be had: one of ``ACCESS`` and a remark."""

    terms: str
    note: str = ""


class Use(Struct, frozen=True, omit_defaults=True):
    """A dataset that an entry uses: by entry id (``dataset``) or, when it has none here, by ``name``."""

    dataset: str = ""
    name: str = ""
    roles: tuple[str, ...] = ()
    note: str = ""


class Relation(Struct, frozen=True, omit_defaults=True, gc=False):
    """A related entry, by id: ``how`` says what it is to this one, as a key of ``RELATION_OPPOSITES``."""

    entry: str
    how: str
    note: str = ""


class Doubt(Struct, frozen=True, gc=False):
    """A field that rests on memory or on sources that disagree, and why."""

    field: str
    note: str


class Verified(Struct, frozen=True, omit_defaults=True):
    """One check of an entry: the groups of fields it covers (``of``), how far they are confirmed, by what, and when.

    ``checked`` is the month or day of the check, empty when it is not recorded. ``one_source`` lists the fields that
    only one source confirms although their group has two.
    """

    of: tuple[str, ...]
    level: str
    by: tuple[str, ...] = ()
    checked: str = ""
    one_source: tuple[str, ...] = ()
    note: str = ""


class Entry(Struct, frozen=True, omit_defaults=True):
    """One paper, dataset or other thing of the catalog.

    ``csl`` has variables of a CSL item that have no other key (editor, edition, ISBN, language …); they go unchanged
    into every citation of the version of record.
    """

    id: str
    kind: str
    section: str
    title: str
    name: str = ""
    aliases: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    authors: tuple[Name, ...] = ()
    authors_complete: bool = True
    date: str = ""
    preprint: Preprint | None = None
    published: Published | None = None
    record: Record | None = None
    links: tuple[Link, ...] = ()
    modalities: tuple[str, ...] = ()
    dims: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    anatomy: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    classes: Quantity | None = None
    size: Size | None = None
    training: Training | None = None
    architecture: str = ""
    licence: Licence | None = None
    access: Access | None = None
    uses: tuple[Use, ...] = ()
    related: tuple[Relation, ...] = ()
    summary: str = ""
    notes: str = ""
    doubts: tuple[Doubt, ...] = ()
    verified: tuple[Verified, ...] = ()
    sources: tuple[str, ...] = ()
    added: str = ""
    updated: str = ""
    csl: dict[str, Any] = {}

    @property
    def version_titles(self) -> tuple[str, ...]:
        """The titles that the preprint, the version of record and the data record have of their own."""
        versions = (self.preprint, self.published, self.record)
        return tuple(version.title for version in versions if version and version.title)

    @property
    def year(self) -> int | None:
        """The year to cite: of the version of record, else of the data record, else of first publication."""
        if self.published and self.published.year:
            return self.published.year
        if self.record:
            return self.record.year
        stamp = self.date or (self.preprint.date if self.preprint else "")
        return int(stamp[:4]) if stamp else None

    @property
    def venue(self) -> str:
        """A short venue for tables: ``ICCV 2023``, ``arXiv 2023``, ``Zenodo 2022``."""
        if self.published:
            version = self.published
            where = version.container_short or version.container or version.publisher
            return version.venue or f"{where} {version.year or ''}".strip()
        if self.record:
            return f"{self.record.publisher} {self.record.year}"
        if self.preprint:
            return f"{self.preprint.server} {self.year}" if self.year else self.preprint.server
        return ""

    @property
    def venue_name(self) -> str:
        """The venue without the year to cite: ``ICCV``, ``arXiv``."""
        return self.venue.removesuffix(f" {self.year}")

    @property
    def byline(self) -> str:
        """First author for tables: ``Liu et al.``, ``Liu and Zhou``, ``Willemink``."""
        names = [name.short for name in self.authors] or self._editors
        if not names:
            return ""
        if len(names) > 2 or not self.authors_complete:
            return f"{names[0]} et al."
        return " and ".join(names)

    @property
    def _editors(self) -> list[str]:
        editors = self.csl.get("editor")
        people = [name for name in editors if isinstance(name, dict)] if isinstance(editors, list) else []
        return [str(name.get("literal") or name.get("family") or "") for name in people]

    def written(self) -> dict[str, Any]:
        """The entry under the key names of ``catalog.yaml``; keys without a value are left out."""
        return {key: value for key, value in _written(self).items() if value or isinstance(value, int)}

    def last_checked(self, group: str) -> str:
        """The latest date on which a group of fields was checked; empty when none is recorded."""
        return max((check.checked for check in self.verified if group in check.of), default="")

    def has_link(self, rel: str) -> bool:
        """Whether a link of this type is recorded."""
        return any(link.rel == rel for link in self.links)


def _written(value: Any) -> Any:
    kind = type(value)
    if kind is tuple:
        return [item.written if type(item) is Name else item if type(item) is str else _written(item) for item in value]
    if kind is Name:
        return value.written
    if isinstance(value, Struct):
        return {
            key: item if type(item) is str else _written(item)
            for (key, default), item in zip(_fields_of(type(value)), astuple(value), strict=True)
            if item is not default and item != default
        }
    return value


_REQUIRED = object()
"""Stands for the default of a field that has none; nothing is equal to it."""


@cache
def _fields_of(kind: type[Struct]) -> tuple[tuple[str, object], ...]:
    """The fields of a kind of record, each with its default."""
    names, defaults = kind.__struct_fields__, kind.__struct_defaults__
    missing = len(names) - len(defaults)
    return tuple(zip(names, (*(_REQUIRED for _ in range(missing)), *defaults), strict=True))


class Section(Struct, frozen=True):
    """A node of the section tree, in the order a reader meets it."""

    id: str
    title: str
    children: tuple["Section", ...] = ()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, "Section"]]:
        """This section and all below it, depth first, each with its depth below this one."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)


class Term(Struct, frozen=True):
    """A word of a controlled vocabulary and the spellings that mean the same."""

    term: str
    synonyms: tuple[str, ...] = ()


class Catalog(Struct, frozen=True):
    """All entries, with the sections and vocabularies they refer to.

    Entries just read from a file are in its order; those of a compiled catalog are newest first.
    """

    title: str = ""
    sections: tuple[Section, ...] = ()
    vocabularies: dict[str, tuple[Term, ...]] = {}
    entries: Sequence[Entry] = ()

    @property
    def section_titles(self) -> dict[str, str]:
        """Titles by section id."""
        return {section.id: section.title for top in self.sections for _, section in top.walk()}


class Origin(Struct, frozen=True, array_like=True):
    """Where an entry comes from: the name of its first layer, and the layer of each key that a later layer changed."""

    layer: str
    fields: dict[str, str]


class Origins(Struct, frozen=True):
    """Where the entries of a catalog of several layers come from; ``layers`` has the layers' names, the lowest first.

    ``by_id`` leaves out entries that come entirely from the lowest layer.
    """

    layers: tuple[str, ...]
    by_id: dict[str, Origin] = {}

    def of(self, identifier: str) -> Origin:
        """The origin of the entry with this id."""
        return self.by_id.get(identifier) or Origin(self.layers[0], {})


class Loaded(NamedTuple):
    """A catalog and what is wrong with its file.

    ``set_aside`` counts the entries that could not be used. ``lines`` has the line of each entry by id; it is empty
    when the catalog comes from its compiled form, which is ``container``. ``order`` lists rows in the order of the
    file; it is empty when the entries already are in that order. ``origins`` is set when the catalog was just made
    of several files; for one in compiled form ask ``layers.origins_of``.
    """

    catalog: Catalog
    problems: tuple[Problem, ...] = ()
    set_aside: int = 0
    lines: Mapping[str, int] = {}
    container: Container | None = None
    order: Sequence[int] = ()
    origins: Origins | None = None

    @property
    def as_written(self) -> Catalog:
        """The catalog with its entries in the order of the file."""
        if not self.order:
            return self.catalog
        return replace(self.catalog, entries=tuple(self.catalog.entries[row] for row in self.order))


def rows_by_id(entries: Sequence[Entry]) -> dict[str, int]:
    """Row numbers by entry id and, where no entry has that id, by alias."""
    rows = {alias: row for row, entry in enumerate(entries) for alias in entry.aliases}
    rows.update({entry.id: row for row, entry in enumerate(entries)})
    return rows
