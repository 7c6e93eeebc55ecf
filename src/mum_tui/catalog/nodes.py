"""Readers that turn YAML nodes into typed values and report, with file and line, what they cannot use.

A reader takes a node, its dotted key and the report. It returns the value, or None if the value is empty or wrong; then
the report has the reason. Scalars are read as text, never as YAML's own types: ``title: 2023`` is the title "2023", and
an unquoted ``2301.00780`` keeps its last zero.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mum_tui.problems import ERROR, WARNING, Problem, Severity, Unreadable, did_you_mean
from mum_tui.text import clean, one_line, why_not_url

type_names = {ScalarNode: "text", SequenceNode: "a list", MappingNode: "a mapping"}

MAX_ITEMS = 10**6
MAX_PROBLEMS = 1000
"""The most problems reported for one file."""

MAX_COMPARISONS = 10**6
"""How many words are compared in one file for suggestions; these take about two seconds."""


class Report:
    """Collects the problems of one file. ``base`` is added to every line number, for a file read in pieces.

    ``budget`` limits how many list items and keys may be read. A file of n bytes has fewer than n, unless YAML aliases
    multiply them.
    """

    def __init__(self, file: str, budget: int = MAX_ITEMS) -> None:
        self.file = file
        self.budget = budget + 1000
        self.comparisons = MAX_COMPARISONS
        self.base = 0
        self.errors = 0
        self.problems: list[Problem] = []

    def add(self, line: int, key: str, message: str, hint: str = "", level: Severity = ERROR) -> None:
        """Add a problem. ``line`` counts from 1 in the file; 0 means the file as a whole."""
        self.errors += level == ERROR
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(self.file, line, key, message, hint, level))

    def suggestion(self, word: str, options: Collection[str]) -> str:
        """The hint of ``did_you_mean``; empty once ``MAX_COMPARISONS`` words were compared."""
        self.comparisons -= len(options)
        return did_you_mean(word, options) if self.comparisons > 0 and len(self.problems) < MAX_PROBLEMS else ""

    def spend(self, node: Node, key: str, amount: int) -> None:
        """Take ``amount`` from the budget. Raises ``Unreadable`` when the budget is used up."""
        self.budget -= amount
        if self.budget < 0:
            message = "YAML aliases repeat values too often"
            raise Unreadable(Problem(self.file, self.line(node), key, message, "write the values out"))

    def line(self, node: Node) -> int:
        """The line of a node in the file, counted from 1."""
        return int(node.start_mark.line) + 1 + self.base

    def error(self, node: Node, key: str, message: str, hint: str = "") -> None:
        """Add an error at a node."""
        self.add(self.line(node), key, message, hint)

    def warn(self, node: Node, key: str, message: str, hint: str = "") -> None:
        """Add a warning at a node."""
        self.add(self.line(node), key, message, hint, WARNING)


Reader = Callable[[Node, str, Report], Any]


def quoted(text: str, width: int = 40) -> str:
    """A value in quotes for a message: on one line, cut to ``width`` characters."""
    line = one_line(clean(text))
    return f'"{line if len(line) <= width else line[: width - 1] + "…"}"'


def is_null(node: Node) -> bool:
    """Whether a node is YAML's null, as in ``key:`` without a value."""
    return isinstance(node, ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def expected(node: Node, key: str, what: str, report: Report, hint: str = "") -> None:
    """Report a node of the wrong type; ``what`` names the right one."""
    report.error(node, key, f"expected {what}, found {type_names.get(type(node), 'something else')}", hint)


def paragraph(node: Node, key: str, report: Report) -> str | None:
    """Text that may run over several lines."""
    if not isinstance(node, ScalarNode):
        expected(node, key, "text", report)
        return None
    if is_null(node):
        return None
    # Any number of entries may share a short remark through an alias, but not a long text.
    report.spend(node, key, len(node.value) // 100)
    value = clean(node.value)
    if "\ufffd" in value and value != node.value:
        report.warn(node, key, "control or direction-changing characters were replaced by �")
    return value.strip()


def text(node: Node, key: str, report: Report) -> str | None:
    """Text on one line."""
    value = paragraph(node, key, report)
    return one_line(value) if value is not None else None


def matching(pattern: str, what: str, hint: str = "") -> Reader:
    """A reader of text that matches ``pattern`` as a whole; ``what`` names it in messages."""
    expression = re.compile(pattern)

    def read(node: Node, key: str, report: Report) -> str | None:
        value = text(node, key, report)
        if value and not expression.fullmatch(value):
            report.error(node, key, f"{quoted(value)} is not {what}", hint)
            return None
        return value

    return read


def one_of(options: Collection[str], what: str) -> Reader:
    """A reader of one word of ``options``; ``what`` names it in messages."""

    def read(node: Node, key: str, report: Report) -> str | None:
        value = text(node, key, report)
        if value and value not in options:
            report.error(node, key, f"{quoted(value)} is not {what}", report.suggestion(value, options))
            return None
        return value

    return read


def boolean(node: Node, key: str, report: Report) -> bool | None:
    """``true`` or ``false``."""
    value = text(node, key, report)
    if value and value not in ("true", "false"):
        report.error(node, key, f"{quoted(value)} is neither true nor false")
        return None
    return value == "true" if value else None


def integer(low: int = 0, high: int = 10**12) -> Reader:
    """A reader of a whole number from ``low`` to ``high``, both included."""

    def read(node: Node, key: str, report: Report) -> int | None:
        value = text(node, key, report)
        if not value:
            return None
        if not (value.isascii() and value.isdigit() and len(value) <= 13 and low <= int(value) <= high):
            bare = re.sub(r"[,\s_]", "", value)
            hint = f"write {bare}" if bare.isascii() and bare.isdigit() and bare != value else ""
            report.error(node, key, f"{quoted(value)} is not a whole number from {low} to {high}", hint)
            return None
        return int(value)

    return read


def url(node: Node, key: str, report: Report) -> str | None:
    """An address that is safe to open: ``http`` or ``https``, without white space and control characters."""
    # Checked before control characters are replaced, so that an address is refused, never altered.
    if isinstance(node, ScalarNode) and not is_null(node):
        value = node.value.strip()
        if reason := why_not_url(value):
            report.error(node, key, f"{quoted(value)} {_as_sentence(reason)}", "write https://…")
            return None
        return str(value)
    return text(node, key, report)


def _as_sentence(reason: str) -> str:
    return reason if reason.startswith("contains") else f"is {reason}"


def items(node: Node, key: str, report: Report) -> list[Node]:
    """The nodes of a list; anything else is an error and has none."""
    if is_null(node):
        return []
    if not isinstance(node, SequenceNode):
        hint = f"write [{one_line(clean(node.value))}]" if isinstance(node, ScalarNode) and len(node.value) < 40 else ""
        expected(node, key, "a list", report, hint)
        return []
    report.spend(node, key, len(node.value))
    values: list[Node] = node.value
    return values


def listing(reader: Reader) -> Reader:
    """A reader of a list of what ``reader`` reads; empty items are errors."""

    def read(node: Node, key: str, report: Report) -> tuple[Any, ...]:
        values = []
        for number, item in enumerate(items(node, key, report), 1):
            before = report.errors
            value = reader(item, f"{key}[{number}]", report)
            if value is not None and value != "":
                values.append(value)
            elif report.errors == before:
                report.error(item, f"{key}[{number}]", "is empty")
        return tuple(values)

    return read


def pairs(node: Node, key: str, report: Report) -> list[tuple[Node, str, Node]]:
    """Key node, key and value node of each item of a mapping. A repeated key is an error; its first value counts."""
    if not isinstance(node, MappingNode):
        expected(node, key, "a mapping (key: value)", report)
        return []
    report.spend(node, key, len(node.value))
    by_key: dict[str, tuple[Node, str, Node]] = {}
    for key_node, value_node in node.value:
        name = key_node.value if isinstance(key_node, ScalarNode) else ""
        name = clean(name) if isinstance(name, str) else ""
        if not name:
            report.error(key_node, key, "a key must be plain text")
        elif name in by_key:
            report.error(key_node, dotted(key, name), "is given twice", f"first in line {report.line(by_key[name][0])}")
        else:
            by_key[name] = (key_node, name, value_node)
    return list(by_key.values())


def dotted(key: str, name: str) -> str:
    """The dotted key of a key inside another: ``published.year``."""
    return f"{key}.{name}" if key else name


def fields(
    node: Node, key: str, report: Report, readers: Mapping[str, Reader], required: Collection[str] = ()
) -> dict[str, Any]:
    """The values of a mapping by key. Unknown keys are warnings, missing required keys are errors."""
    if not isinstance(node, MappingNode):
        pairs(node, key, report)
        return {}
    values: dict[str, Any] = {}
    present = set()
    for key_node, name, value_node in pairs(node, key, report):
        reader = readers.get(name)
        if reader is None:
            report.warn(key_node, dotted(key, quoted(name)[1:-1]), "unknown key", report.suggestion(name, readers))
            continue
        before = report.errors
        value = reader(value_node, dotted(key, name), report)
        if value is not None and value != "":
            values[name] = value
        if values.get(name) is not None or report.errors > before:
            present.add(name)
    for name in required:
        if name not in present:
            report.error(node, dotted(key, name), "is missing")
    return values


def structure(cls: type[Any], readers: Mapping[str, Reader], required: Collection[str] = ()) -> Reader:
    """A reader of a mapping, which becomes an object of ``cls``; None if a required key is missing or wrong."""

    def read(node: Node, key: str, report: Report) -> Any:
        if is_null(node):
            return None
        values = fields(node, key, report, readers, required)
        return cls(**values) if all(name in values for name in required) else None

    return read
