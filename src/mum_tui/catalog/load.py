"""From a YAML file to a ``Catalog`` and the list of everything that is wrong with it.

The file is composed entry by entry: a syntax error costs the entry it stands in, not the catalog. Only when
the file is not laid out in blocks (JSON, flow style, anchors across entries) it is composed as a whole.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mum_tui.catalog import model
from mum_tui.catalog.entries import EntryReader, Vocabularies, sections, vocabularies
from mum_tui.catalog.model import Loaded
from mum_tui.catalog.nodes import Report, integer, is_null, items, pairs, shown, text
from mum_tui.problems import WARNING, Problem, Unreadable
from mum_tui.text import clean

SCHEMA = 1
MAX_BYTES = 100_000_000
"""Largest file that is read; a catalog of 100,000 entries is about 80 MB."""

MAX_NESTING = 100
"""Deepest nesting that is composed: PyYAML's C composer overflows its stack on bottomless input."""

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What YAML 1.1 (section 5.1) does not allow in a file, and U+0085."""

_BREAKS = re.compile("[\u2028\u2029]")
"""Line ends to YAML 1.1, but to no editor: they would break a value apart and shift the line numbers."""


_SURROGATES = re.compile(r"(?<!\\)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
"""A character beyond U+FFFF as JSON writes it; YAML knows no such pairs."""


def load(path: Path) -> Loaded:
    """Read the catalog in ``path``.

    Raises:
        Unreadable: the file is missing, not a text, too large, empty or no catalog at all.
    """
    return parse(read_bytes(path), clean(str(path)))


def read_bytes(path: Path) -> bytes:
    """The bytes of a catalog file.

    Raises:
        Unreadable: it cannot be read or is larger than ``MAX_BYTES``.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _unreadable(clean(str(path)), f"cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise _unreadable(clean(str(path)), f"cannot be read: {error}") from error
    if len(data) > MAX_BYTES:
        message = f"is larger than {MAX_BYTES // 10**6} MB"
        raise _unreadable(clean(str(path)), message, "a catalog is a text of a few MB")
    return data


def parse(data: bytes, file: str) -> Loaded:
    """Read a catalog from the bytes of a file called ``file``; raises like ``load``."""
    report = Report(file, len(data))
    content = _decode(data, report)
    collecting = gc.isenabled()
    gc.disable()  # a large catalog is millions of small objects, none of them garbage: 2.3 times as fast
    try:
        return _read(content, report)
    finally:
        if collecting:
            gc.enable()


def _unreadable(file: str, message: str, hint: str = "", line: int = 0, key: str = "") -> Unreadable:
    return Unreadable(Problem(file, line, key, message, hint))


def _decode(data: bytes, report: Report) -> str:
    if not data.strip():
        raise _unreadable(report.file, "the file is empty", "a catalog starts with: schema: 1")
    if b"\0" in data[:8192]:
        raise _unreadable(report.file, "is not a text file", "a catalog is UTF-8 YAML")
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        content = data.decode("utf-8-sig", "replace")
        if content.count("\ufffd") * 10 > len(content):
            raise _unreadable(report.file, "is not a text file", "a catalog is UTF-8 YAML") from error
        line = data.count(b"\n", 0, error.start) + 1
        report.add(line, "", "is not UTF-8 from here on; what could not be read became �", "save it as UTF-8", WARNING)
    content = _BREAKS.sub(" ", content.replace("\r\n", "\n").replace("\r", "\n"))
    content = _SURROGATES.sub(lambda match: _joined(match[1], match[2]), content)
    # YAML refuses a whole file for one raw control character: take them out first, and say where.
    if match := _UNPRINTABLE.search(content):
        line = content.count("\n", 0, match.start()) + 1
        content, count = _UNPRINTABLE.subn("\ufffd", content)
        where = f" (first of {count})" if count > 1 else ""
        report.add(line, "", f"a control character was replaced by �{where}", "", WARNING)
    return content


def _joined(high: str, low: str) -> str:
    return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)


# -- composing ---------------------------------------------------------------------------------------------


def _too_deep(content: str) -> bool:
    """Whether ``content`` may nest deeper than ``MAX_NESTING``; composing it could then crash Python."""
    openers = content.count("[") + content.count("{") + content.count("- ") + content.count("? ")
    if openers + len(content) // 4000 <= MAX_NESTING:
        return False
    depth = deepest = 0
    for event in yaml.parse(content, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if (deepest := max(deepest, depth)) > MAX_NESTING:
                return True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return False


def _compose(content: str) -> Node | None:
    """The node tree of a YAML text; raises ``yaml.YAMLError``."""
    if _too_deep(content):
        raise yaml.YAMLError(f"nested deeper than {MAX_NESTING} levels")
    node: Node | None = yaml.compose(content, Loader=yaml.CSafeLoader)
    return node


def _syntax_error(error: yaml.YAMLError, content: str, key: str, report: Report) -> None:
    mark = getattr(error, "problem_mark", None)
    message = getattr(error, "problem", None) or str(error).splitlines()[0]
    if mark and (mark.index >= len(content) or message == "could not find expected ':'"):
        # That a quote or bracket is open or a colon missing shows only later: what matters is where it began.
        mark = getattr(error, "context_mark", None) or mark
    hints = {
        "mapping values are not allowed in this context": 'quote a value that holds ": "',
        "found character that cannot start any token": "indent with spaces; quote a value that starts with @, ` or %",
        "could not find expected ':'": "write key: value",
        "found unexpected end of stream": "a quote or bracket is not closed",
    }
    line = mark.line + 1 + report.base if mark else report.base + 1
    report.add(line, key, f"YAML syntax error: {clean(message)}", hints.get(message, ""))


_TOP = ("schema", "title", "vocabularies", "sections", "entries")
_ENTRIES = re.compile(r"^entries:[ ]*(?:#.*)?\n(?:[ ]*(?:#.*)?\n)*(?=([ ]*)- )", re.MULTILINE)


class _Blocks(NamedTuple):
    """A catalog's text cut before each entry: the rest of the file, and (line before it, text) of each entry."""

    frame: str
    entries: list[tuple[int, str]]
    indent: str


def _cut(content: str) -> _Blocks | None:
    """Cut a block-style catalog into its entries; None for any other layout."""
    start = _ENTRIES.search(content)
    if not start:
        return None
    indent = start[1]
    begin = start.end()
    stop = re.compile(rf"^(?:{'|'.join(_TOP)}) *:|^(?:---|\.\.\.)", re.MULTILINE).search(content, begin)
    end = stop.start() if stop else len(content)
    # A block that is indented differently begins an entry all the same, if it begins with an id.
    dash = re.compile(rf"^(?:{indent}-(?= |$)|[ ]*- +id:)", re.MULTILINE)
    starts = [match.start() for match in dash.finditer(content[begin:end])]
    cuts = [begin + offset for offset in starts] + [end]
    entries = []
    line = content.count("\n", 0, begin)
    for first, last in pairwise(cuts):
        entries.append((line, content[first:last]))
        line += content.count("\n", first, last)
    # Empty lines stand in for the entries, so that what follows them keeps its line numbers.
    middle = "\n" * content.count("\n", begin, end)
    head = content[: start.start()] + "entries:\n" + "\n" * (start[0].count("\n") - 1)
    return _Blocks(head + middle + content[end:], entries, indent)


def _entry_nodes(blocks: _Blocks, report: Report) -> Iterator[Node | None]:
    """Each entry's node, None for one that is no YAML; sets ``report.base`` to where the entry stands."""
    for line, block in blocks.entries:
        report.base = line
        try:
            node = _compose(block)
        except (yaml.YAMLError, RecursionError) as error:
            label = re.search(r"^ *(?:- +)?id: *[\"']?([\w.+-]+)", block, re.MULTILINE)
            problem = error if isinstance(error, yaml.YAMLError) else yaml.YAMLError("nested too deeply")
            _syntax_error(problem, block, label[1] if label else "", report)
            yield None
        else:
            if node is not None and not block.startswith(blocks.indent + "-"):
                report.warn(node, "", "is indented differently from the first entry", "let every - stand in one column")
            yield node.value[0] if isinstance(node, SequenceNode) and node.value else node
    report.base = 0


def _whole(content: str, report: Report) -> Node:
    try:
        node = _compose(content)
    except (yaml.YAMLError, RecursionError) as error:
        scratch = Report(report.file, report.budget)
        problem = error if isinstance(error, yaml.YAMLError) else yaml.YAMLError("nested too deeply")
        _syntax_error(problem, content, "", scratch)
        raise Unreadable(scratch.problems[0]) from error
    if node is None:
        raise _unreadable(report.file, "the file is empty", "a catalog starts with: schema: 1")
    return node


# -- reading -----------------------------------------------------------------------------------------------


class _Frame(NamedTuple):
    title: str
    sections: tuple[model.Section, ...]
    section_ids: set[str]
    vocabularies: Vocabularies
    entries: Node | None


def _read_frame(node: Node, report: Report) -> _Frame:
    if not isinstance(node, MappingNode):
        raise _unreadable(
            report.file, "is not a catalog: expected a mapping", "a catalog starts with: schema: 1", report.line(node)
        )
    top = {}
    for key_node, name, value in pairs(node, "", report):
        if name in _TOP:
            top[name] = value
        else:
            report.warn(key_node, shown(name)[1:-1], "unknown key", report.meant(name, _TOP))
    if "entries" not in top:
        raise _unreadable(
            report.file, "is not a catalog: it has no entries", "a catalog has the keys " + ", ".join(_TOP)
        )
    schema = integer()(top["schema"], "schema", report) if "schema" in top else None
    if schema is None:
        report.add(report.line(node), "schema", "is missing", f"write schema: {SCHEMA}", WARNING)
    elif schema > SCHEMA:
        message = f"schema {schema} is newer than this mum-tui understands ({SCHEMA})"
        raise _unreadable(report.file, message, "update mum-tui", report.line(top["schema"]), "schema")
    ids: set[str] = set()
    return _Frame(
        (text(top["title"], "title", report) if "title" in top else None) or "",
        sections(top["sections"], "sections", report, ids) if "sections" in top else (),
        ids,
        vocabularies(top["vocabularies"], "vocabularies", report) if "vocabularies" in top else Vocabularies({}),
        top["entries"],
    )


def _read(content: str, report: Report) -> Loaded:
    blocks = _cut(content)
    if blocks is not None:
        started = len(report.problems)
        try:
            loaded, broken = _read_blocks(blocks, report)
        except Unreadable:
            broken = True
            loaded = None
        if not broken and loaded:
            return loaded
        # A block that is no YAML by itself may be so in the whole file (anchors, a quoted text over several lines).
        scratch = Report(report.file, len(content))
        scratch.problems = report.problems[:started]
        try:
            node = _whole(content, scratch)
        except Unreadable:
            if loaded is None:
                raise
            return loaded
        return _read_whole(node, scratch)
    return _read_whole(_whole(content, report), report)


def _read_blocks(blocks: _Blocks, report: Report) -> tuple[Loaded, bool]:
    frame = _read_frame(_whole(blocks.frame, report), report)
    collector = _Collector(frame, report)
    broken = False
    for node in _entry_nodes(blocks, report):
        broken |= node is None
        collector.take(node)
    return collector.finish(), broken


def _read_whole(node: Node, report: Report) -> Loaded:
    frame = _read_frame(node, report)
    collector = _Collector(frame, report)
    entries = items(frame.entries, "entries", report) if frame.entries is not None else []
    if frame.entries is not None and not isinstance(frame.entries, SequenceNode) and not is_null(frame.entries):
        raise Unreadable(report.problems[-1])
    for item in entries:
        collector.take(item)
    return collector.finish()


class _Collector:
    """Gathers entries and checks what only the whole catalog can tell: ids, sections and ``uses``."""

    def __init__(self, frame: _Frame, report: Report) -> None:
        self.frame = frame
        self.report = report
        self.reader = EntryReader(frame.vocabularies)
        self.entries: list[model.Entry] = []
        self.lines: dict[str, int] = {}
        self.uses: list[tuple[int, str, str]] = []
        self.number = 0
        self.set_aside = 0

    def take(self, node: Node | None) -> None:
        self.number += 1
        entry = self.reader.read(node, self.number, self.report) if node is not None else None
        if entry is None or node is None or not self._fits(entry, node):
            self.set_aside += 1
            return
        self.lines[entry.id] = self.report.line(node)
        self.entries.append(entry)
        if entry.uses:
            line = self.report.line(_value(node, "uses") or node)
            self.uses += [(line, entry.id, use.dataset) for use in entry.uses if use.dataset]

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
        for key, wanted in (("section", (entry.section,)), ("sections", entry.sections)):
            for section in wanted:
                if section not in ids:
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
        known = {alias for entry in self.entries for alias in entry.aliases} | self.lines.keys()
        listed = sorted(known)
        for line, entry_id, dataset in self.uses:
            if dataset not in known:
                hint = self.report.meant(dataset, listed) or "write {name: …} for a dataset that is not in the catalog"
                self.report.add(line, f"{entry_id}.uses", f"unknown dataset {shown(dataset)}", hint, WARNING)
        catalog = model.Catalog(
            self.frame.title, self.frame.sections, self.frame.vocabularies.terms, tuple(self.entries)
        )
        problems = tuple(sorted(self.report.problems, key=lambda problem: problem.line))
        return Loaded(catalog, problems, self.set_aside, self.lines)


def _value(node: Node, key: str) -> Node | None:
    pairs: list[tuple[Node, Node]] = node.value if isinstance(node, MappingNode) else []
    return next((value for name, value in pairs if isinstance(name, ScalarNode) and name.value == key), None)
