"""Several catalogs as one: what a later one says of an entry counts, and it is known where everything comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from mum_tui.catalog.entries import in_reading_order
from mum_tui.catalog.model import Catalog, Entry, Loaded, Section, Term
from mum_tui.problems import HINT, WARNING, Problem

_ADDED = (
    "aliases",
    "sections",
    "links",
    "tags",
    "modalities",
    "dims",
    "tasks",
    "anatomy",
    "uses",
    "related",
    "sources",
)
"""Lists that a later layer adds to; of any other key its own value counts."""

_ALWAYS = ("id", "kind", "section", "title")
"""Keys that every entry must have: one that a later layer repeats unchanged overrides nothing."""


class Layer(NamedTuple):
    """A catalog and the name of where it comes from."""

    name: str
    loaded: Loaded


class Origin(NamedTuple):
    """Where an entry comes from: its first layer, and for each key that a later one changed, that layer's name."""

    layer: str
    fields: Mapping[str, str]


class Merged(NamedTuple):
    """The catalog that several make together, and the origin of each entry by id."""

    loaded: Loaded
    origins: Mapping[str, Origin]


def merged(layers: Sequence[Layer]) -> Merged:
    """One catalog of several, the first the lowest. An id or alias of an earlier layer means the same entry in a later.

    Sections are the union of all trees, in order; vocabularies likewise. What one layer says of an entry of another is
    told as a hint where it adds or changes, as a warning where two layers above the first disagree.
    """
    entries: dict[str, Entry] = {}
    origins: dict[str, Origin] = {}
    ids: dict[str, str] = {}
    problems: list[Problem] = []
    lines: dict[str, int] = {}
    sections = _Sections()
    vocabularies: dict[str, tuple[Term, ...]] = {}
    for layer in layers:
        loaded = layer.loaded
        problems += loaded.problems
        renamed = sections.add(loaded.as_written.sections, layer.name)
        for key, terms in loaded.catalog.vocabularies.items():
            vocabularies[key] = _terms(vocabularies.get(key, ()), terms)
        for entry in loaded.as_written.entries:
            entry = _moved(entry, renamed)
            known = ids.get(entry.id)
            if known is None:
                entries[entry.id] = entry
                origins[entry.id] = Origin(layer.name, {})
                lines[entry.id] = loaded.lines.get(entry.id, 0)
                known = entry.id
            else:
                entries[known] = _overridden(entries[known], entry, layer, origins, problems)
            for name in (entry.id, *entry.aliases):
                ids.setdefault(name, known)
    problems += _pointing_nowhere(entries, ids, origins)
    catalog = Catalog(
        next((layer.loaded.catalog.title for layer in layers if layer.loaded.catalog.title), ""),
        sections.tree,
        vocabularies,
        tuple(entries.values()),
    )
    aside = sum(layer.loaded.set_aside for layer in layers)
    return Merged(Loaded(catalog, tuple(problems), aside, lines), origins)


def _moved(entry: Entry, renamed: Mapping[str, str]) -> Entry:
    if not renamed:
        return entry
    section = renamed.get(entry.section, entry.section)
    others = tuple(renamed.get(one, one) for one in entry.sections)
    return (
        entry
        if (section, others) == (entry.section, entry.sections)
        else replace(entry, section=section, sections=others)
    )


def _overridden(below: Entry, above: Entry, layer: Layer, origins: dict[str, Origin], problems: list[Problem]) -> Entry:
    """The entry of a lower layer with what a higher one says of it."""
    origin = origins[below.id]
    changed: dict[str, Any] = {}
    fields = dict(origin.fields)
    defaults = _defaults()
    for key in Entry.__struct_fields__:
        old, new = getattr(below, key), getattr(above, key)
        if key == "id" or new == old or (new == defaults.get(key) and key not in _ALWAYS):
            continue
        if key in _ADDED:
            new = (*old, *(one for one in new if one not in old))
            if key == "links":
                new = in_reading_order(_by_url(new), above.kind)
            if new == old:
                continue
        elif key == "csl":
            new = {**old, **new}
        elif key in fields:
            message = f"{fields[key]} and {layer.name} disagree; {layer.name} counts"
            problems.append(
                Problem(layer.name, layer.loaded.lines.get(above.id, 0), f"{below.id}.{key}", message, "", WARNING)
            )
        changed[key] = new
        fields[key] = layer.name
    origins[below.id] = Origin(origin.layer, fields)
    if changed:
        message = (
            f"{', '.join(changed)} {'comes' if len(changed) == 1 else 'come'} from here, the rest from {origin.layer}"
        )
        problems.append(Problem(layer.name, layer.loaded.lines.get(above.id, 0), below.id, message, "", HINT))
    if above.id != below.id:
        changed["aliases"] = tuple(dict.fromkeys((*changed.get("aliases", below.aliases), above.id)))
    return replace(below, **changed) if changed else below


def _by_url(links: Sequence[Any]) -> tuple[Any, ...]:
    """Links of which the last with an address counts."""
    return tuple({link.url: link for link in links}.values())


def _defaults() -> dict[str, Any]:
    names = Entry.__struct_fields__[-len(Entry.__struct_defaults__) :]
    return {**dict(zip(names, Entry.__struct_defaults__, strict=True)), "csl": {}}


def _terms(known: tuple[Term, ...], more: tuple[Term, ...]) -> tuple[Term, ...]:
    terms = {term.term: term for term in known}
    for term in more:
        before = terms.get(term.term)
        synonyms = tuple(dict.fromkeys((*(before.synonyms if before else ()), *term.synonyms)))
        terms[term.term] = Term(term.term, synonyms)
    return tuple(terms.values())


def _pointing_nowhere(
    entries: Mapping[str, Entry], ids: Mapping[str, str], origins: Mapping[str, Origin]
) -> list[Problem]:
    """What ``uses`` and ``related`` name and no layer has."""
    found = []
    for entry in entries.values():
        named = [("uses", use.dataset) for use in entry.uses if use.dataset]
        named += [("related", tie.entry) for tie in entry.related]
        for key, target in named:
            if target not in ids:
                where = origins[entry.id].fields.get(key, origins[entry.id].layer)
                found.append(Problem(where, 0, f"{entry.id}.{key}", f"no layer has “{target}”", "", WARNING))
    return found


class _Sections:
    """The union of section trees. An id that stands for another title in a later layer gets the layer's name."""

    def __init__(self) -> None:
        self._titles: dict[str, str] = {}
        self._children: dict[str, list[str]] = {"": []}

    def add(self, sections: Sequence[Section], layer: str) -> dict[str, str]:
        """Put a tree in; which of its ids are called otherwise now."""
        renamed: dict[str, str] = {}
        for section in sections:
            self._put(section, "", layer, renamed)
        return renamed

    def _put(self, section: Section, parent: str, layer: str, renamed: dict[str, str]) -> None:
        identifier = section.id
        if self._titles.get(identifier, section.title) != section.title:
            number = 2
            while self._titles.get(f"{section.id}-{number}", section.title) != section.title:
                number += 1
            identifier = renamed[section.id] = f"{section.id}-{number}"
        if identifier not in self._titles:
            self._titles[identifier] = section.title
            self._children.setdefault(parent, []).append(identifier)
        for child in section.children:
            self._put(child, identifier, layer, renamed)

    @property
    def tree(self) -> tuple[Section, ...]:
        def built(identifier: str) -> Section:
            below = tuple(built(child) for child in self._children.get(identifier, ()))
            return Section(identifier, self._titles[identifier], below)

        return tuple(built(identifier) for identifier in self._children[""])
