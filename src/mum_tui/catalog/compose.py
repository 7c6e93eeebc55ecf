"""From the bytes of a catalog file to YAML nodes: made readable, cut into entries, composed one by one.

A syntax error costs the entry it stands in, not the catalog. A file that is not laid out in blocks is composed
as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import yaml
from yaml.nodes import Node, SequenceNode

from mum_tui.catalog.nodes import Report
from mum_tui.problems import WARNING, Problem, Unreadable
from mum_tui.text import clean

START = "a catalog starts with: schema: 1"

MAX_NESTING = 100
"""Deepest nesting that is composed: PyYAML's C composer overflows its stack on bottomless input."""

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What YAML 1.1 (section 5.1) does not allow in a file, and U+0085."""

_BREAKS = re.compile("[\u2028\u2029]")
"""Line ends to YAML 1.1, but to no editor: they would break a value apart and shift the line numbers."""

_SURROGATES = re.compile(r"(?<!\\)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
"""A character beyond U+FFFF as JSON writes it; YAML knows no such pairs."""


def unreadable(file: str, message: str, hint: str = "", line: int = 0, key: str = "") -> Unreadable:
    """The exception to raise when nothing of a file can be used."""
    return Unreadable(Problem(file, line, key, message, hint))


def decode(data: bytes, report: Report) -> str:
    """The text of a catalog file, without what YAML refuses a whole file for (which the report then names).

    Raises:
        Unreadable: the file is empty or no text.
    """
    if not data.strip():
        raise unreadable(report.file, "the file is empty", START)
    if b"\0" in data[:8192]:
        raise unreadable(report.file, "is not a text file", "a catalog is UTF-8 YAML")
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        content = data.decode("utf-8-sig", "replace")
        if content.count("\ufffd") * 10 > len(content):
            raise unreadable(report.file, "is not a text file", "a catalog is UTF-8 YAML") from error
        line = data.count(b"\n", 0, error.start) + 1
        report.add(line, "", "is not UTF-8 from here on; what could not be read became �", "save it as UTF-8", WARNING)
    return cleaned(content.replace("\r\n", "\n").replace("\r", "\n"), report)


def cleaned(content: str, report: Report, before: int = 0) -> str:
    """A text without what YAML refuses a whole file for; it begins ``before`` lines into the file."""
    content = _BREAKS.sub(" ", content)
    content = _SURROGATES.sub(lambda match: _joined(match[1], match[2]), content)
    # YAML refuses a whole file for one raw control character: take them out first, and say where.
    if match := _UNPRINTABLE.search(content):
        line = before + content.count("\n", 0, match.start()) + 1
        content, count = _UNPRINTABLE.subn("\ufffd", content)
        where = f" (first of {count})" if count > 1 else ""
        report.add(line, "", f"a control character was replaced by �{where}", "", WARNING)
    return content


def _joined(high: str, low: str) -> str:
    return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)


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
    error_at = getattr(error, "problem_mark", None)
    message = getattr(error, "problem", None) or str(error).splitlines()[0]
    if error_at and (error_at.index >= len(content) or message == "could not find expected ':'"):
        # That a quote or bracket is open or a colon missing shows only later: what matters is where it began.
        error_at = getattr(error, "context_mark", None) or error_at
    hints = {
        "mapping values are not allowed in this context": 'quote a value that holds ": "',
        "found character that cannot start any token": "indent with spaces; quote a value that starts with @, ` or %",
        "could not find expected ':'": "write key: value",
        "found unexpected end of stream": "a quote or bracket is not closed",
    }
    line = error_at.line + 1 + report.base if error_at else report.base + 1
    report.add(line, key, f"YAML syntax error: {clean(message)}", hints.get(message, ""))


TOP_KEYS = ("schema", "title", "vocabularies", "sections", "entries")
_ENTRIES = re.compile(r"^entries:[ ]*(?:#.*)?\n(?:[ ]*(?:#.*)?\n)*(?=([ ]*)- )", re.MULTILINE)


class Blocks(NamedTuple):
    """A catalog's text cut before each entry: the rest of the file, and (line before it, text) of each entry."""

    frame: str
    entries: list[tuple[int, str]]
    indent: str


def cut(content: str) -> Blocks | None:
    """Cut a block-style catalog into its entries; None for any other layout."""
    start = _ENTRIES.search(content)
    if not start:
        return None
    indent = start[1]
    begin = start.end()
    stop = re.compile(rf"^(?:{'|'.join(TOP_KEYS)}) *:|^(?:---|\.\.\.)", re.MULTILINE).search(content, begin)
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
    return Blocks(head + middle + content[end:], entries, indent)


def entry_nodes(blocks: Blocks, report: Report) -> Iterator[Node | None]:
    """Each entry's node, None for one that is no YAML; sets ``report.base`` to where the entry stands."""
    yield from nodes_of(blocks.entries, blocks.indent, report)


def nodes_of(blocks: Iterable[tuple[int, str]], indent: str, report: Report) -> Iterator[Node | None]:
    """The same for blocks from anywhere."""
    for line, block in blocks:
        report.base = line
        try:
            node = _compose(block)
        except (yaml.YAMLError, RecursionError) as error:
            label = re.search(r"^ *(?:- +)?id: *[\"']?([\w.+-]+)", block, re.MULTILINE)
            problem = error if isinstance(error, yaml.YAMLError) else yaml.YAMLError("nested too deeply")
            _syntax_error(problem, block, label[1] if label else "", report)
            yield None
        else:
            if node is not None and not block.startswith(indent + "-"):
                report.warn(node, "", "is indented differently from the first entry", "let every - stand in one column")
            yield node.value[0] if isinstance(node, SequenceNode) and node.value else node
    report.base = 0


def whole(content: str, report: Report) -> Node:
    """The node tree of a whole text.

    Raises:
        Unreadable: it is no YAML, or there is nothing in it.
    """
    try:
        node = _compose(content)
    except (yaml.YAMLError, RecursionError) as error:
        scratch = Report(report.file, report.budget)
        problem = error if isinstance(error, yaml.YAMLError) else yaml.YAMLError("nested too deeply")
        _syntax_error(problem, content, "", scratch)
        raise Unreadable(scratch.problems[0]) from error
    if node is None:
        raise unreadable(report.file, "the file is empty", START)
    return node
