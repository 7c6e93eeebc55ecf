"""Reads what there is of an incomplete BibTeX entry, field by field."""

from __future__ import annotations

import re
from typing import NamedTuple

from mum_tui.bibliography.bibtex import usual
from mum_tui.bibliography.bibtex.chunks import open_braces
from mum_tui.bibliography.records import Reading
from mum_tui.problems import ERROR


class Block(NamedTuple):
    """An entry of the file: its values still have delimiters and names of strings."""

    kind: str
    key: str
    line: int
    fields: list[usual.Field]


MAX_VALUE = 1_000_000
"""The longest value, in characters: strings that name strings could make one of any length."""
_BRACES = re.compile(r"(?<!\\)[{}]")
_JOINT = re.compile(r"\s*#\s*")
_NEXT_FIELD = re.compile(r"(?<![\w:.+-])([A-Za-z][\w:.+-]*)\s*=\s*")
_FIELD_LINE = re.compile(r"\n[ \t]{0,200},?[ \t]{0,200}[A-Za-z][\w:.+-]{0,200}[ \t]{0,200}=[ \t]{0,200}[\w{\"]")
MORE_FIELDS = re.compile(r"\s*,?\s*[A-Za-z][\w:.+-]{0,100}\s*=\s*[{\"\d]")
WORD = re.compile(r"[^\s#{}\",=]+")


def fields_behind(key: str, text: str, line: int, reading: Reading) -> list[tuple[str, str, int]]:
    """The fields that stand after an entry which one brace too many has closed."""
    fields = _fields_of(text, 0, line)
    names = ", ".join(name for name, _, _ in fields)
    reading.add(line, key, f"is closed before {names} (is there a brace too many?)", "they are read anyway")
    return fields


def salvaged_entry(raw: str, line: int, reading: Reading, strings: dict[str, str]) -> Block | None:
    """What can be read of an incomplete entry. A field that is not closed ends before the next field's line."""
    head = re.match(r"\s*@\s*([\w-]+)\s*[{(]\s*(?:([^\s,={}\"]*)\s*,|([^\s,={}\"]+)\s(?=\s*[A-Za-z][\w-]*\s*=))?", raw)
    if head is None:
        return None
    kind, key = head[1].lower(), head[2] or head[3] or ""
    if kind == "comment":
        reading.left_out["@comment blocks"] += 1
        return None
    fields = _fields_of(raw, head.end(), line)
    if kind == "string":
        for name, value, _ in fields:
            strings.setdefault(name.lower(), value)
        return None
    if kind == "preamble":
        reading.left_out["@preamble blocks"] += 1
        return None
    label = key or f"@{kind}"
    if not fields:
        reading.add(line, label, "cannot be read (is a brace left open?)", "it is set aside", ERROR)
        return None
    reading.add(line, label, "is not whole (is a brace or comma missing?)", f"{len(fields)} fields were read anyway")
    return Block(kind, key, line, fields)


def _fields_of(text: str, at: int, line: int) -> list[tuple[str, str, int]]:
    """The fields from ``at`` on. A field that is not closed ends before the next field's line."""
    closing = matching_braces(text)
    fields: list[tuple[str, str, int]] = []
    counted = 0
    while match := _NEXT_FIELD.search(text, at):
        start = match.end()
        end = _value_end(text, start, closing)
        value = text[start:end].strip().rstrip(",").rstrip()
        if value[:1] == "{" and (start not in closing or end < closing[start]):
            value = value.rstrip("} \t\n,") + "}" + "}" * open_braces(value.rstrip("} \t\n,") + "}", 0, 10**9)
        elif value[:1] == '"' and (len(value) < 2 or value[-1] != '"'):
            value += '"'
        line += text.count("\n", counted, match.start(1))
        counted = match.start(1)
        fields.append((match[1], value, line))
        at = max(end, start)
    return fields


def matching_braces(text: str) -> dict[int, int]:
    """The end of each pair of braces, by its start."""
    opened: list[int] = []
    closing: dict[int, int] = {}
    for match in _BRACES.finditer(text):
        if match[0] == "{":
            opened.append(match.start())
        elif opened:
            closing[opened.pop()] = match.end()
    return closing


def _value_end(text: str, start: int, closing: dict[int, int]) -> int:
    """The end of a value: after its last closed part, else before the next line that begins a field."""
    at = start
    while at < len(text):
        if text[at] == "{":
            # In an entry that is not whole, a brace may be closed by what should have closed the entry.
            if at not in closing or _FIELD_LINE.search(text, at, closing[at]):
                return _line_end(text, at)
            at = closing[at]
        elif text[at] == '"':
            end = text.find('"', at + 1, at + MAX_VALUE)
            if end < 0 or _FIELD_LINE.search(text, at, end):
                return _line_end(text, at)
            at = end + 1
        elif match := WORD.match(text, at):
            at = match.end()
        else:
            break
        more = _JOINT.match(text, at)
        if not more:
            return at
        at = more.end()
    return at


def _line_end(text: str, at: int) -> int:
    match = _FIELD_LINE.search(text, at)
    return match.start() if match else len(text)
