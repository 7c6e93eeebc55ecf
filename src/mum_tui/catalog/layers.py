"""Merges several catalogs into one: later ones override earlier ones, and the origin of each value is recorded."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from mum_tui.catalog.entries import in_reading_order
from mum_tui.catalog.model import Catalog, Entry, Loaded, Origin, Origins, Section, Term
from mum_tui.problems import HINT, WARNING, Problem
from mum_tui.storage.container import Damaged

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
"""Lists to which a later layer adds; of any other key, the later layer's value replaces the earlier."""

_ALWAYS = ("id", "kind", "section", "title")
"""Keys that every entry must have: a later layer that only repeats them overrides nothing."""


class Layer(NamedTuple):
    """A catalog, a short name for its source, and the file for messages (default: the name)."""

    name: str
    loaded: Loaded
    file: str = ""


class Merged(NamedTuple):
    """The catalog made of several layers, and the origin of each entry by id."""

    loaded: Loaded
    origins: Mapping[str, Origin]


def merged(layers: Sequence[Layer]) -> Merged:
    """Merge layers, the lowest first. An id or alias of an earlier layer means the same entry in a later one.

    Sections and vocabularies are the union of all, in order. Where a layer changes an entry of a lower one there is a
    hint; where two layers above the lowest disagree, a warning.
    """
    merging = Merger()
    for layer in layers:
        merging.add(layer)
    return merging.finish()


def origins_of(loaded: Loaded) -> Origins | None:
    """Where the entries of a catalog come from; None if it was made of one file, or if this is not recorded."""
    if loaded.origins is not None or loaded.container is None or "origins" not in loaded.container:
        return loaded.origins
    try:
        return msgspec.msgpack.decode(loaded.container.view("origins"), type=Origins)
    except (msgspec.DecodeError, UnicodeDecodeError, Damaged):
        return None  # the compiled form is verified as a whole in the background


class Merger:
    """Merges layers one by one, the lowest first; ``merged`` describes the rules."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._origins: dict[str, Origin] = {}
        self._ids: dict[str, str] = {}
        self._problems: list[Problem] = []
        self._lines: dict[str, int] = {}
        self._sections = _Sections()
        self._vocabularies: dict[str, tuple[Term, ...]] = {}
        self._layers: list[str] = []
        self._files: dict[str, str] = {}
        self._title = ""
        self._set_aside = 0

    @property
    def below(self) -> LowerLayers:
        """What the layers added so far offer to the next one."""
        return LowerLayers(self._entries, self._ids, self._sections.ids)

    def add(self, layer: Layer) -> None:
        """Add a layer on top."""
        loaded, inner = layer.loaded, origins_of(layer.loaded)
        self._layers.append(layer.name)
        self._files[layer.name] = layer.file or layer.name
        self._title = self._title or loaded.catalog.title
        self._problems += loaded.problems
        self._set_aside += loaded.set_aside
        renamed = self._sections.add(loaded.as_written.sections)
        for key, terms in loaded.catalog.vocabularies.items():
            self._vocabularies[key] = _terms(self._vocabularies.get(key, ()), terms)
        for written in loaded.as_written.entries:
            entry = _moved(written, renamed)
            known = self._ids.get(entry.id)
            if known is None:
                self._entries[entry.id] = entry
                self._origins[entry.id] = _within(layer.name, inner.of(entry.id)) if inner else Origin(layer.name, {})
                self._lines[entry.id] = loaded.lines.get(entry.id, 0)
                known = entry.id
            else:
                self._entries[known] = _overridden(self._entries[known], entry, layer, self._origins, self._problems)
            for name in (entry.id, *entry.aliases):
                self._ids.setdefault(name, known)

    def finish(self) -> Merged:
        """The catalog of all layers; targets that no layer has become problems."""
        self._problems += self._pointing_nowhere()
        catalog = Catalog(self._title, self._sections.tree, self._vocabularies, tuple(self._entries.values()))
        origins = None
        if self._layers:
            whole = Origin(self._layers[0], {})
            origins = Origins(
                tuple(self._layers), {name: origin for name, origin in self._origins.items() if origin != whole}
            )
        loaded = Loaded(catalog, tuple(self._problems), self._set_aside, self._lines, origins=origins)
        return Merged(loaded, self._origins)

    def _pointing_nowhere(self) -> list[Problem]:
        """A problem for each target of ``uses`` and ``related`` that no layer has."""
        problems = []
        for entry in self._entries.values():
            named = [("uses", use.dataset) for use in entry.uses if use.dataset]
            named += [("related", relation.entry) for relation in entry.related]
            for key, target in named:
                if target not in self._ids:
                    origin = self._origins[entry.id]
                    layer = origin.fields.get(key, origin.layer)
                    line = self._lines.get(entry.id, 0) if layer == origin.layer else 0
                    file = self._files.get(layer, layer)
                    problems.append(Problem(file, line, f"{entry.id}.{key}", f"no layer has “{target}”", "", WARNING))
        return problems


class LowerLayers(NamedTuple):
    """What the layers below another one have: entries by id, ids by id and alias, and ids of sections."""

    entries: Mapping[str, Entry]
    ids: Mapping[str, str]
    sections: Collection[str]

    def entry(self, identifier: str) -> Entry | None:
        """The entry with this id or alias."""
        known = self.ids.get(identifier)
        return self.entries[known] if known is not None else None


def _within(folder: str, origin: Origin) -> Origin:
    """The origin of an entry in a folder, with the folder's name in front."""
    return Origin(f"{folder}/{origin.layer}", {key: f"{folder}/{name}" for key, name in origin.fields.items()})


def _moved(entry: Entry, renamed: Mapping[str, str]) -> Entry:
    if not renamed:
        return entry
    section = renamed.get(entry.section, entry.section)
    others = tuple(renamed.get(former, former) for former in entry.sections)
    return (
        entry
        if (section, others) == (entry.section, entry.sections)
        else replace(entry, section=section, sections=others)
    )


def _overridden(below: Entry, above: Entry, layer: Layer, origins: dict[str, Origin], problems: list[Problem]) -> Entry:
    """The entry of a lower layer, changed by the same entry of a higher one."""
    origin = origins[below.id]
    file, line = layer.file or layer.name, layer.loaded.lines.get(above.id, 0)
    changed: dict[str, Any] = {}
    fields = dict(origin.fields)
    defaults = _defaults()
    for key in Entry.__struct_fields__:
        old, new = getattr(below, key), getattr(above, key)
        if key == "id" or new == old or (new == defaults.get(key) and key not in _ALWAYS):
            continue
        if key in _ADDED:
            new = (*old, *(value for value in new if value not in old))
            if key == "links":
                new = in_reading_order(_by_url(new), above.kind)
            if new == old:
                continue
        elif key == "csl":
            new = {**old, **new}
        elif key in fields:
            message = f"{fields[key]} and {layer.name} disagree; {layer.name} counts"
            problems.append(Problem(file, line, f"{below.id}.{key}", message, "", WARNING))
        changed[key] = new
        fields[key] = layer.name
    origins[below.id] = Origin(origin.layer, fields)
    if changed:
        message = (
            f"{', '.join(changed)} {'comes' if len(changed) == 1 else 'come'} from here, the rest from {origin.layer}"
        )
        problems.append(Problem(file, line, below.id, message, "", HINT))
    if above.id != below.id:
        changed["aliases"] = tuple(dict.fromkeys((*changed.get("aliases", below.aliases), above.id)))
    return replace(below, **changed) if changed else below


def _by_url(links: Sequence[Any]) -> tuple[Any, ...]:
    """The links, of which the last with each address counts."""
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


class _Sections:
    """The union of section trees. An id that has another title in a later layer gets a number there: ``id-2``."""

    def __init__(self) -> None:
        self._titles: dict[str, str] = {}
        self._children: dict[str, list[str]] = {"": []}

    @property
    def ids(self) -> Collection[str]:
        """The ids of all sections."""
        return self._titles.keys()

    def add(self, sections: Sequence[Section]) -> dict[str, str]:
        """Add a tree; returns the new ids of those that had to be renamed."""
        renamed: dict[str, str] = {}
        for section in sections:
            self._add(section, "", renamed)
        return renamed

    def _add(self, section: Section, parent: str, renamed: dict[str, str]) -> None:
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
            self._add(child, identifier, renamed)

    @property
    def tree(self) -> tuple[Section, ...]:
        def built(identifier: str) -> Section:
            below = tuple(built(child) for child in self._children.get(identifier, ()))
            return Section(identifier, self._titles[identifier], below)

        return tuple(built(identifier) for identifier in self._children[""])
