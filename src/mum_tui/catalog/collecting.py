"""Collects the entries of a catalog file and checks what needs all of them: unique ids, sections, uses, related."""

from __future__ import annotations

from yaml.nodes import MappingNode, Node, ScalarNode

from mum_tui.catalog import model
from mum_tui.catalog.encoded import Encoded
from mum_tui.catalog.entries import EntryReader
from mum_tui.catalog.header import Header
from mum_tui.catalog.layers import LowerLayers
from mum_tui.catalog.model import Loaded
from mum_tui.catalog.nodes import Report, quoted
from mum_tui.problems import WARNING


class EntryCollector:
    """Reads entries one by one with ``take``; ``finish`` checks what they refer to and returns the catalog."""

    def __init__(
        self,
        header: Header,
        report: Report,
        below: LowerLayers | None = None,
        entries: list[model.Entry] | Encoded | None = None,
    ) -> None:
        self.below = below
        self.header = header
        self.report = report
        self.reader = EntryReader(header.vocabularies)
        self.entries: list[model.Entry] | Encoded = [] if entries is None else entries
        self.lines: dict[str, int] = {}
        self.aliases: set[str] = set()
        self.pointers: list[tuple[int, str, str, str]] = []
        self.number = 0
        self.set_aside = 0

    def take(self, node: Node | None) -> None:
        """Read the next item of ``entries``; None is one that is not valid YAML and was reported already."""
        self.number += 1
        if self.below is not None and isinstance(node, MappingNode) and not _complete(node, self.below):
            message = "no lower layer has this entry, and it has no kind and section of its own"
            named = _value(node, "id")
            self.report.warn(node, quoted(named.value)[1:-1] if isinstance(named, ScalarNode) else "", message)
            self.set_aside += 1
            return
        entry = self.reader.read(node, self.number, self.report) if node is not None else None
        if entry is None or node is None or not self._fits(entry, node):
            self.set_aside += 1
            return
        self.lines[entry.id] = self.report.line(node)
        self.entries.append(entry)
        self.aliases.update(entry.aliases)
        if self.below is None and (entry.uses or entry.related):
            pointing = {
                "uses": [use.dataset for use in entry.uses],
                "related": [relation.entry for relation in entry.related],
            }
            for key, targets in pointing.items():
                # Entries further up in the file are known already.
                if unknown := [target for target in targets if target and not self._is_known(target)]:
                    line = self.report.line(_value(node, key) or node)
                    self.pointers += [(line, entry.id, key, target) for target in unknown]

    def _is_known(self, identifier: str) -> bool:
        return identifier in self.lines or identifier in self.aliases

    def _fits(self, entry: model.Entry, node: Node) -> bool:
        report = self.report
        if entry.id in self.lines:
            first = self.lines[entry.id]
            report.error(
                _value(node, "id") or node, f"{entry.id}.id", "this id is used twice", f"first in line {first}"
            )
            return False
        ids = self.header.section_ids
        fits = True
        for key, section_ids in (("section", (entry.section,)), ("sections", entry.sections)):
            for section in section_ids:
                if section not in ids and (self.below is None or section not in self.below.sections):
                    where = _value(node, key) or node
                    report.error(
                        where,
                        f"{entry.id}.{key}",
                        f"unknown section {quoted(section)}",
                        report.suggestion(section, sorted(ids)),
                    )
                    fits = False
        return fits

    def finish(self) -> Loaded:
        """The catalog of all entries read; unknown targets of ``uses`` and ``related`` become warnings."""
        missing = [pointer for pointer in self.pointers if not self._is_known(pointer[3])]
        listed = sorted(self.aliases | self.lines.keys()) if missing else []
        for line, entry_id, key, target in missing:
            what, otherwise = _POINTERS[key]
            hint = self.report.suggestion(target, listed) or otherwise
            self.report.add(line, f"{entry_id}.{key}", f"unknown {what} {quoted(target)}", hint, WARNING)
        entries = tuple(self.entries) if isinstance(self.entries, list) else self.entries
        catalog = model.Catalog(self.header.title, self.header.sections, self.header.vocabularies.terms, entries)
        problems = tuple(sorted(self.report.problems, key=lambda problem: problem.line))
        return Loaded(catalog, problems, self.set_aside, self.lines)


_POINTERS = {
    "uses": ("dataset", "write {name: …} for a dataset that is not in the catalog"),
    "related": ("entry", "write the id of an entry of this catalog"),
}


def _complete(node: MappingNode, below: LowerLayers) -> bool:
    """Add the required keys to the block of an entry that a lower layer has, with the values of that layer.

    Returns False if no lower layer has the entry, and the block has neither kind nor section.
    """
    named = _value(node, "id")
    entry = below.entry(named.value) if isinstance(named, ScalarNode) else None
    keys = {key.value for key, _ in node.value if isinstance(key, ScalarNode)}
    if entry is None or named is None:
        return named is None or not keys.isdisjoint(("kind", "section"))
    for key in EntryReader.required:
        if key not in keys:
            bounds = named.start_mark, named.end_mark
            texts = [ScalarNode("tag:yaml.org,2002:str", text, *bounds) for text in (key, getattr(entry, key))]
            node.value.append(tuple(texts))
    return True


def _value(node: Node, key: str) -> Node | None:
    pairs: list[tuple[Node, Node]] = node.value if isinstance(node, MappingNode) else []
    return next((value for name, value in pairs if isinstance(name, ScalarNode) and name.value == key), None)
