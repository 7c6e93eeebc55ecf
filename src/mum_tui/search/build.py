"""Turns entries into the sections that an ``Index`` reads. The slow work is done here once, so that typing is fast."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby

import msgspec

from mum_tui.catalog.model import Catalog, Entry, Section, rows_by_id
from mum_tui.catalog.names import called
from mum_tui.search import fragments, texts, values
from mum_tui.search.facets import ALWAYS, FACETS, Facet
from mum_tui.search.values import Value
from mum_tui.search.view import SECTION, SORTED
from mum_tui.search.vocabulary import Collector, Vocabulary
from mum_tui.storage.container import Container, Octets, pack
from mum_tui.text import sort_key, spellings

Progress = Callable[[int, int], None]
"""Called from time to time with the work done and the total, in the same unit."""

STEP = 500
"""The number of entries between two reports of progress."""

_VOCABULARIES = {"modality": "modalities", "dims": "dims", "task": "tasks", "anatomy": "anatomy"}


def sections(catalog: Catalog, progress: Progress | None = None) -> dict[str, Octets]:
    """The sections of the index of a catalog whose entries are sorted newest first."""
    entries = catalog.entries
    size = len(entries)
    names = (*texts.GROUPS, texts.RUNS)
    synonyms = texts.synonyms(catalog)
    collectors = [Collector() for _ in names]
    rows_by_value: dict[str, dict[str, list[int]]] = {facet.field: {} for facet in FACETS}
    for row, entry in enumerate(entries):
        if progress and row % STEP == 0:
            progress(row, 2 * size)
        groups = texts.texts(entry, synonyms)
        for collector, text in zip(collectors, (*groups, texts.runs(groups)), strict=True):
            collector.add(row, text)
        for facet in FACETS:
            known = rows_by_value[facet.field]
            for value in dict.fromkeys(facet.values(entry)):
                known.setdefault(value, []).append(row)
    octets_by_section: dict[str, Octets] = {}
    for facet in FACETS:
        if facet.field != "section":
            rows = rows_by_value[facet.field]
            for value in _allowed(catalog, facet.field):
                rows.setdefault(value, [])
            ordered = sorted(rows, key=lambda value: facet.order(value, len(rows[value])))
            listed = [_value(catalog, facet, value) for value in ordered]
            octets_by_section |= values.pack(facet.field, listed, (rows[value] for value in ordered), size)
    octets_by_section |= _sections(catalog, rows_by_value["section"], size)
    octets_by_section |= _uses(entries, size)
    octets_by_section |= _orders(catalog)
    octets_by_section |= _groups(catalog)
    for number, (name, collector) in enumerate(zip(names, collectors, strict=True)):
        if progress:
            # Packing takes about as long as collecting.
            progress(size + size * number // len(names), 2 * size)
        octets_by_section.update(collector.sections(name, size))
    octets_by_section |= _fragments(octets_by_section, size)
    if progress:
        progress(2 * size, 2 * size)
    return octets_by_section


def _allowed(catalog: Catalog, field: str) -> Iterable[str]:
    """The values that a query may name even if no entry has them."""
    terms = catalog.vocabularies.get(_VOCABULARIES.get(field, ""), ())
    return (*ALWAYS.get(field, ()), *(term.term for term in terms))


def _value(catalog: Catalog, facet: Facet, value: str) -> Value:
    terms = catalog.vocabularies.get(_VOCABULARIES.get(facet.field, ""), ())
    synonyms = next((term.synonyms for term in terms if term.term == value), ())
    title = facet.titles.get(value, value)
    return Value(value, title, _spelled(value, title, *synonyms))


def _spelled(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(spelling for name in names if name for spelling in spellings(name)))


def _sections(catalog: Catalog, rows_by_section: Mapping[str, list[int]], size: int) -> Mapping[str, Octets]:
    listed, rows = [], []
    for top in catalog.sections:
        for _, section in top.walk():
            listed.append(Value(section.id, section.title, _spelled(section.id, section.title)))
            rows.append(sorted({row for _, below in section.walk() for row in rows_by_section.get(below.id, ())}))
    return values.pack("section", listed, rows, size)


def _uses(entries: Sequence[Entry], size: int) -> Mapping[str, Octets]:
    """The used datasets with all their names, and the rows of the entries that use them."""
    row_by_id = rows_by_id(entries)
    rows: dict[str, list[int]] = {}
    listed: dict[str, Value] = {}
    for row, entry in enumerate(entries):
        for name, value in dict(_used(entry, entries, row_by_id)).items():
            listed.setdefault(name, value)
            rows.setdefault(name, []).append(row)
    ordered = sorted(rows, key=lambda name: (-len(rows[name]), name))
    return values.pack("uses", [listed[name] for name in ordered], (rows[name] for name in ordered), size)


def _used(entry: Entry, entries: Sequence[Entry], row_by_id: Mapping[str, int]) -> Iterator[tuple[str, Value]]:
    for use in entry.uses:
        row = row_by_id.get(use.dataset) if use.dataset else None
        if row is None:
            name = use.name or use.dataset
            yield name, Value(name, name, _spelled(name))
        else:
            dataset = entries[row]
            yield dataset.id, Value(dataset.id, dataset.name or dataset.title, _spelled(*called(dataset)))


def _orders(catalog: Catalog) -> Iterable[tuple[str, Octets]]:
    number_of = {title: f"{number:09}" for number, (title, _) in enumerate(_home_sections(catalog), 1)}
    sorted_by: dict[str, Callable[[Entry], str]] = {**SORTED, SECTION: lambda entry: number_of.get(entry.section, "")}
    for column, value in sorted_by.items():
        keys = [value(entry) for entry in catalog.entries]
        full = [row for row, key in enumerate(keys) if key]
        empty = [row for row, key in enumerate(keys) if not key]
        full.sort(key=keys.__getitem__)
        yield f"order.{column}", array("I", full + empty).tobytes()
        # Equal values stay newest first, so this is not simply the reverse.
        down = [list(equal) for _, equal in groupby(full, key=keys.__getitem__)]
        yield f"order.{column}.down", array("I", [*chain.from_iterable(reversed(down)), *empty]).tobytes()


def _home_sections(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """The id of each section in reading order, and its title after those of its parent sections (``A › B``)."""

    def walk(section: Section, above: str) -> Iterator[tuple[str, str]]:
        title = f"{above}{section.title}"
        yield section.id, title
        for child in section.children:
            yield from walk(child, f"{title} › ")

    for top in catalog.sections:
        yield from walk(top, "")


def _groups(catalog: Catalog) -> Iterable[tuple[str, Octets]]:
    """For each way to group entries: the titles of the groups in order, and the group number of each row.

    A row without a group has the number after the last group.
    """
    titles = dict(_home_sections(catalog))
    of_entry: dict[str, Callable[[Entry], str]] = {
        "section": lambda entry: titles.get(entry.section, ""),
        "year": lambda entry: str(entry.year or ""),
        "venue": lambda entry: entry.venue_name,
    }
    for name, group in of_entry.items():
        groups = [group(entry) for entry in catalog.entries]
        ordered = dict.fromkeys(titles.values()) if name == "section" else sorted({*groups} - {""}, key=sort_key)
        listed = list(reversed(ordered) if name == "year" else ordered)
        number = {title: position for position, title in enumerate(listed)} | {"": len(listed)}
        yield f"group.{name}.titles", msgspec.msgpack.encode(listed)
        yield f"group.{name}", array("I", map(number.__getitem__, groups)).tobytes()


def _fragments(octets_by_section: Mapping[str, Octets], size: int) -> Mapping[str, Octets]:
    if size < fragments.SMALL:
        return {}
    container = Container(b"".join(pack(octets_by_section, "")), "")
    groups = {}
    for name in texts.GROUPS:
        vocabulary = Vocabulary(container, name, size)
        words = [word.decode("utf-8", "replace") for word in vocabulary.words()]
        groups[name] = fragments.Group(words, vocabulary.postings)
    return fragments.pack(groups, size)
