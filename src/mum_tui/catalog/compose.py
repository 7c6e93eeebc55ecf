"""Turns the bytes of a catalog file into YAML nodes: decode, cut into entries, compose each.

A syntax error costs only the entry it is in. A file that is not written in blocks is composed as a whole.
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
"""The deepest nesting that is composed: PyYAML's C composer overflows its stack on endlessly nested input."""

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML 1.1 (section 5.1) does not allow in a file, and U+0085."""

_BREAKS = re.compile("[\u2028\u2029]")
"""Line ends in YAML 1.1 but in no editor: they would split a value and shift the line numbers."""

_SURROGATES = re.compile(r"(?<!\\)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
"""A character beyond U+FFFF as JSON writes it; YAML does not join such pairs."""


def unreadable(file: str, message: str, hint: str = "", line: int = 0, key: str = "") -> Unreadable:
    """The exception to raise when nothing in a file can be used."""
    return Unreadable(Problem(file, line, key, message, hint))


def decode(data: bytes, report: Report) -> str:
    """The text of a catalog file. Characters for which YAML would refuse the file are replaced and reported.

    Raises:
        Unreadable: the file is empty or not a text.
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
    """Replace characters for which YAML would refuse the file. The text begins after ``before`` lines of the file."""
    content = _BREAKS.sub(" ", content)
    content = _SURROGATES.sub(lambda match: _joined(match[1], match[2]), content)
    # YAML would refuse the file for one control character: replace them first, and report the first one's line.
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
        # An open quote or bracket or a missing colon is noticed only later: report where it began.
        error_at = getattr(error, "context_mark", None) or error_at
    hints = {
        "mapping values are not allowed in this context": 'quote a value that contains ": "',
        "found character that cannot start any token": "indent with spaces; quote a value that starts with @, ` or %",
        "could not find expected ':'": "write key: value",
        "found unexpected end of stream": "a quote or bracket is not closed",
    }
    line = error_at.line + 1 + report.base if error_at else report.base + 1
    report.add(line, key, f"YAML syntax error: {clean(message)}", hints.get(message, ""))


TOP_KEYS = ("schema", "title", "vocabularies", "sections", "entries")
_ENTRIES = re.compile(r"^entries:[ ]*(?:#.*)?\n(?:[ ]*(?:#.*)?\n)*(?=([ ]*)- )", re.MULTILINE)


class Blocks(NamedTuple):
    """The text of a catalog cut into entries.

    ``without_entries`` is the file with empty lines in place of the entries; ``entries`` has the number of lines before
    each entry, and its text; ``indent`` is the white space before their dashes.
    """

    without_entries: str
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
    # A dash with another indentation begins an entry too if an id follows.
    dash = re.compile(rf"^(?:{indent}-(?= |$)|[ ]*- +id:)", re.MULTILINE)
    starts = [match.start() for match in dash.finditer(content[begin:end])]
    cuts = [begin + offset for offset in starts] + [end]
    entries = []
    line = content.count("\n", 0, begin)
    for first, last in pairwise(cuts):
        entries.append((line, content[first:last]))
        line += content.count("\n", first, last)
    # Empty lines in place of the entries keep the line numbers of what follows.
    middle = "\n" * content.count("\n", begin, end)
    head = content[: start.start()] + "entries:\n" + "\n" * (start[0].count("\n") - 1)
    return Blocks(head + middle + content[end:], entries, indent)


def entry_nodes(blocks: Blocks, report: Report) -> Iterator[Node | None]:
    """Each entry's node, None for invalid YAML; ``report.base`` is set to the number of lines before the entry."""
    yield from nodes_of(blocks.entries, blocks.indent, report)


def nodes_of(blocks: Iterable[tuple[int, str]], indent: str, report: Report) -> Iterator[Node | None]:
    """Like ``entry_nodes``, for blocks from any source: the number of lines before each, and its text."""
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
    """The node tree of a complete text.

    Raises:
        Unreadable: it is not valid YAML, or it is empty.
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
