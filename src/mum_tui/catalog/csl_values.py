"""Reads the key ``csl`` of an entry: variables of a CSL item that have no other key."""

from __future__ import annotations

import re
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mum_tui.catalog.csl_variables import DATES, NAMES
from mum_tui.catalog.nodes import Report, dotted, is_null, items, pairs, paragraph

MAX_CSL_DEPTH = 6


def csl(node: Node, key: str, report: Report) -> dict[str, Any]:
    """Variables of a CSL item: text; for names, dates and ``custom``, lists and mappings of text."""
    values: dict[str, Any] = {}
    if is_null(node):
        return values
    for _, name, value in pairs(node, key, report):
        where = dotted(key, name)
        if name in NAMES or name in DATES or name == "custom":
            read = _plain(value, where, report, 1)
            fits = _is_people if name in NAMES else _is_date if name in DATES else _is_mapping
            if read == "" or fits(read):
                values[name] = read
            else:
                kind = "a list of names" if name in NAMES else "a date" if name in DATES else "a mapping"
                report.error(value, where, f"is not {kind}", "as in CSL-JSON")
        else:
            values[name] = paragraph(value, where, report) or ""
    return values


def _is_people(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(name, dict) and all(isinstance(part, str) for part in name.values()) for name in value
    )


def _is_date(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    parts = value.get("date-parts", [[0]])
    return isinstance(parts, list) and all(
        isinstance(date, list) and date and all(type(part) is int for part in date) for date in parts
    )


def _is_mapping(value: Any) -> bool:
    return isinstance(value, dict)


def _plain(node: Node, key: str, report: Report, depth: int) -> Any:
    if depth == MAX_CSL_DEPTH:
        report.error(node, key, f"nests deeper than {MAX_CSL_DEPTH} levels")
        return ""
    if isinstance(node, MappingNode):
        return {
            name: _plain(value, dotted(key, name), report, depth + 1) for _, name, value in pairs(node, key, report)
        }
    if isinstance(node, SequenceNode):
        values = items(node, key, report)
        return [_plain(item, f"{key}[{number}]", report, depth + 1) for number, item in enumerate(values, 1)]
    value = paragraph(node, key, report) or ""
    # The numbers and truth values that CSL has: parts of a date, and whether a date is approximate.
    if isinstance(node, ScalarNode) and not node.style:
        if re.fullmatch(r"0|-?[1-9]\d{0,8}", value, re.ASCII) and node.tag == "tag:yaml.org,2002:int":
            return int(value)
        if node.tag == "tag:yaml.org,2002:bool" and value in ("true", "false"):
            return value == "true"
    return value
