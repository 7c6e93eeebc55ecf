"""Reads a YAML file into a ``Catalog`` and a list of everything that is wrong with it."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mum_tui.catalog import conflicts, model
from mum_tui.catalog.compose import START, TOP_KEYS, Blocks, cut, decode, entry_nodes, nodes_of, unreadable, whole
from mum_tui.catalog.encoded import Encoded
from mum_tui.catalog.entries import EntryReader, Vocabularies, sections, vocabularies
from mum_tui.catalog.layers import Below
from mum_tui.catalog.model import Loaded
from mum_tui.catalog.nodes import Report, integer, is_null, items, pairs, shown, text
from mum_tui.catalog.stream import Stream
from mum_tui.problems import ERROR, WARNING, Unreadable
from mum_tui.storage.files import open_regular
from mum_tui.text import clean

SCHEMA = 1
MAX_BYTES = 100_000_000
"""Largest file that is read as a whole; a catalog of 100,000 entries is about 100 MB."""

MAX_STREAM = 8_000_000_000
"""Largest file that is read entry by entry."""

STREAMED = 16_000_000
"""A file from this size on is read entry by entry, if it is written in blocks."""

HOPELESS = 1000
"""If none of so many entries at the beginning of a large file can be used, the rest is not looked at."""


Progress = Callable[[int, int, int], None]
"""Called now and then with how much is done, of how much, and how many entries were read."""


def load(path: Path, progress: Progress | None = None, below: Below | None = None) -> Loaded:
    """Read the catalog in ``path``.

    With ``below`` it is a layer upon others: a block may name an entry of theirs by its id and say only what it adds or
    changes, their sections need not be repeated, and what ``uses`` and ``related`` name is not looked for here.

    Raises:
        Unreadable: the file is missing, not a text, too large, empty or no catalog at all.
    """
    file = clean(str(path))
    size = 0
    with suppress(OSError, ValueError):
        size = path.stat().st_size
    if size >= STREAMED:
        report = Report(file, size)
        stream = Stream(path, report)
        if size > MAX_STREAM:
            raise unreadable(file, f"is larger than {MAX_STREAM // 10**9} GB")
        if stream.is_in_blocks:
            return _without_collecting(lambda: _read_stream(stream, size, report, progress, below))
        if size > MAX_BYTES:
            hint = "entries: and below it one block (- id: …) per entry"
            raise unreadable(file, "is too large for a catalog that is not written in blocks", hint)
    return parse(read_bytes(path), file, progress, below)


def read_bytes(path: Path) -> bytes:
    """The bytes of a catalog file.

    Raises:
        Unreadable: it cannot be read or is larger than ``MAX_BYTES``.
    """
    try:
        with open_regular(path) as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise unreadable(clean(str(path)), f"cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise unreadable(clean(str(path)), f"cannot be read: {error}") from error
    if len(data) > MAX_BYTES:
        message = f"is larger than {MAX_BYTES // 10**6} MB"
        raise unreadable(clean(str(path)), message, "a catalog is a text of a few MB")
    return data


def parse(data: bytes, file: str, progress: Progress | None = None, below: Below | None = None) -> Loaded:
    """Read a catalog from the bytes of a file called ``file``; raises like ``load``."""
    report = Report(file, len(data))
    content, conflicted = conflicts.without(decode(data, report), conflicts.YAML)
    for conflict in conflicted:
        report.add(conflict.first, "", conflict.message, "the entries in it are set aside")
    loaded = _without_collecting(lambda: _read(content, report, progress, below))
    return (
        loaded._replace(set_aside=loaded.set_aside + sum(conflict.entries for conflict in conflicted))
        if conflicted
        else loaded
    )


def _without_collecting(read: Callable[[], Loaded]) -> Loaded:
    """A large catalog is millions of small objects, none of them garbage: 2.3 times as fast."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return read()
    finally:
        if collecting:
            gc.enable()


# -- reading -----------------------------------------------------------------------------------------------


class _Frame(NamedTuple):
    title: str
    sections: tuple[model.Section, ...]
    section_ids: set[str]
    vocabularies: Vocabularies
    entries: Node | None


def _read_frame(node: Node, report: Report) -> _Frame:
    if not isinstance(node, MappingNode):
        raise unreadable(report.file, "is not a catalog: expected a mapping", START, report.line(node))
    top = {}
    for key_node, name, value in pairs(node, "", report):
        if name in TOP_KEYS:
            top[name] = value
        else:
            report.warn(key_node, shown(name)[1:-1], "unknown key", report.meant(name, TOP_KEYS))
    if "entries" not in top:
        raise unreadable(
            report.file, "is not a catalog: it has no entries", "a catalog has the keys " + ", ".join(TOP_KEYS)
        )
    schema = integer()(top["schema"], "schema", report) if "schema" in top else None
    if schema is None:
        report.add(report.line(node), "schema", "is missing", f"write schema: {SCHEMA}", WARNING)
    elif schema > SCHEMA:
        message = f"schema {schema} is newer than this mum-tui understands ({SCHEMA})"
        raise unreadable(report.file, message, "update mum-tui", report.line(top["schema"]), "schema")
    ids: set[str] = set()
    return _Frame(
        (text(top["title"], "title", report) if "title" in top else None) or "",
        sections(top["sections"], "sections", report, ids) if "sections" in top else (),
        ids,
        vocabularies(top["vocabularies"], "vocabularies", report) if "vocabularies" in top else Vocabularies({}),
        top["entries"],
    )


def _read(content: str, report: Report, progress: Progress | None, below: Below | None) -> Loaded:
    blocks = cut(content)
    if blocks is not None:
        started = len(report.problems)
        try:
            loaded, broken = _read_blocks(blocks, report, progress, below)
        except Unreadable:
            broken = True
            loaded = None
        if not broken and loaded:
            return loaded
        # A block that is no YAML by itself may be so in the whole file (anchors, a quoted text over several lines).
        scratch = Report(report.file, len(content))
        scratch.problems = report.problems[:started]
        try:
            node = whole(content, scratch)
        except Unreadable:
            if loaded is None:
                raise
            return loaded
        return _read_whole(node, scratch, below)
    return _read_whole(whole(content, report), report, below)


def _read_blocks(blocks: Blocks, report: Report, progress: Progress | None, below: Below | None) -> tuple[Loaded, bool]:
    frame = _read_frame(whole(blocks.frame, report), report)
    collector = _Collector(frame, report, below)
    broken = False
    for node in entry_nodes(blocks, report):
        broken |= node is None
        collector.take(node)
        if progress and collector.number % _STEP == 0:
            progress(collector.number, len(blocks.entries), collector.number)
    return collector.finish(), broken


def _read_stream(stream: Stream, size: int, report: Report, progress: Progress | None, below: Below | None) -> Loaded:
    collector = _Collector(_read_frame(whole(stream.head, report), report), report, below, Encoded())
    for node in nodes_of(stream.blocks(), stream.indent, report):
        collector.take(node)
        if collector.number == HOPELESS == collector.set_aside:
            first = next(problem for problem in report.problems if problem.level == ERROR)
            message = f"none of the first {HOPELESS:,} entries can be used; the first: {first.message}"
            raise unreadable(report.file, message, first.hint, first.line, first.key)
        if progress and collector.number % _STEP == 0:
            progress(stream.done, size, collector.number)
    return collector.finish()


_STEP = 100
"""Entries between two reports of progress."""


def _read_whole(node: Node, report: Report, below: Below | None) -> Loaded:
    frame = _read_frame(node, report)
    collector = _Collector(frame, report, below)
    entries = items(frame.entries, "entries", report) if frame.entries is not None else []
    if frame.entries is not None and not isinstance(frame.entries, SequenceNode) and not is_null(frame.entries):
        raise Unreadable(report.problems[-1])
    for item in entries:
        collector.take(item)
    return collector.finish()


class _Collector:
    """Gathers entries and checks what only the whole catalog can tell: ids, sections, ``uses`` and ``related``."""

    def __init__(
        self,
        frame: _Frame,
        report: Report,
        below: Below | None = None,
        entries: list[model.Entry] | Encoded | None = None,
    ) -> None:
        self.below = below
        self.frame = frame
        self.report = report
        self.reader = EntryReader(frame.vocabularies)
        self.entries: list[model.Entry] | Encoded = [] if entries is None else entries
        self.lines: dict[str, int] = {}
        self.aliases: set[str] = set()
        self.pointers: list[tuple[int, str, str, str]] = []
        self.number = 0
        self.set_aside = 0

    def take(self, node: Node | None) -> None:
        self.number += 1
        if self.below is not None and isinstance(node, MappingNode) and not _complete(node, self.below):
            what = "no lower layer has this entry; by itself it lacks kind and section"
            named = _value(node, "id")
            self.report.warn(node, shown(named.value)[1:-1] if isinstance(named, ScalarNode) else "", what)
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
            pointing = {"uses": [use.dataset for use in entry.uses], "related": [tie.entry for tie in entry.related]}
            for key, targets in pointing.items():
                # What stands further up needs no second look.
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
        ids = self.frame.section_ids
        fits = True
        for key, section_ids in (("section", (entry.section,)), ("sections", entry.sections)):
            for section in section_ids:
                if section not in ids and (self.below is None or section not in self.below.sections):
                    where = _value(node, key) or node
                    report.error(
                        where,
                        f"{entry.id}.{key}",
                        f"unknown section {shown(section)}",
                        report.meant(section, sorted(ids)),
                    )
                    fits = False
        return fits

    def finish(self) -> Loaded:
        missing = [pointer for pointer in self.pointers if not self._is_known(pointer[3])]
        listed = sorted(self.aliases | self.lines.keys()) if missing else []
        for line, entry_id, key, target in missing:
            what, otherwise = _POINTERS[key]
            hint = self.report.meant(target, listed) or otherwise
            self.report.add(line, f"{entry_id}.{key}", f"unknown {what} {shown(target)}", hint, WARNING)
        entries = tuple(self.entries) if isinstance(self.entries, list) else self.entries
        catalog = model.Catalog(self.frame.title, self.frame.sections, self.frame.vocabularies.terms, entries)
        problems = tuple(sorted(self.report.problems, key=lambda problem: problem.line))
        return Loaded(catalog, problems, self.set_aside, self.lines)


_POINTERS = {
    "uses": ("dataset", "write {name: …} for a dataset that is not in the catalog"),
    "related": ("entry", "write the id of an entry of this catalog"),
}


def _complete(node: MappingNode, below: Below) -> bool:
    """Give the block of an entry that stands in a lower layer the keys every entry must have, as they are there.

    False where there is no such entry, and the block has no kind and no section to be one of its own.
    """
    named = _value(node, "id")
    entry = below.entry(named.value) if isinstance(named, ScalarNode) else None
    said = {key.value for key, _ in node.value if isinstance(key, ScalarNode)}
    if entry is None or named is None:
        return named is None or not said.isdisjoint(("kind", "section"))
    for key in EntryReader.required:
        if key not in said:
            bounds = named.start_mark, named.end_mark
            texts = [ScalarNode("tag:yaml.org,2002:str", text, *bounds) for text in (key, getattr(entry, key))]
            node.value.append(tuple(texts))
    return True


def _value(node: Node, key: str) -> Node | None:
    pairs: list[tuple[Node, Node]] = node.value if isinstance(node, MappingNode) else []
    return next((value for name, value in pairs if isinstance(name, ScalarNode) and name.value == key), None)
