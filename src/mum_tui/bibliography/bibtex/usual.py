"""Entries of BibTeX that are written as nearly all are, split by one expression a field.

``bibtexparser`` finds the same, sign by sign. Whatever looks different in any way is left to it: escaped braces, text
behind a value, groups within groups within groups, an entry that is not whole.
"""

from __future__ import annotations

import re
from typing import NamedTuple

Field = tuple[str, str, int]
"""A field of an entry: its name, its value as it stands, and its line."""


class Usual(NamedTuple):
    """An entry of which each value is known, or waits for the strings that the file defines."""

    kind: str
    key: str
    line: int
    values: dict[str, str]
    """The values without their delimiters, by lower-case name; that of a field in ``waiting`` is still empty."""
    waiting: list[Field]
    """The fields that name strings, stand in quotes or are joined of several parts."""


_TEXT = r"[^{}\\]*(?:\\[^{}\\][^{}\\]*)*"
_INNER = rf"{_TEXT}(?:\{{{_TEXT}(?:\{{{_TEXT}\}}{_TEXT})*\}}{_TEXT})*"
_GROUP = rf"\{{{_INNER}\}}"
_HEAD = re.compile(r"@([A-Za-z][\w-]*)\{\s*([^\s,{}\"=@#%\\]+)\s*(,\s*\}|,|\})")
_ONE_GROUP = re.compile(_GROUP)
_QUOTED = rf"\"[^\"{{}}\\]*(?:(?:{_GROUP}|\\[^{{}}\"\\])[^\"{{}}\\]*)*\""
_PIECE = rf"(?>{_GROUP}|{_QUOTED}|\d+|[A-Za-z][\w:.+/-]*)"
_FIELD = re.compile(
    rf"\s*([A-Za-z][\w-]{{0,99}})\s*=\s*"
    rf"(?:(?>\{{({_INNER})\}}|(\d+))(?=\s*[,}}])|({_PIECE}(?:\s*#\s*{_PIECE})*))\s*(,\s*\}}?|\}})"
)
_NO_ENTRY = ("string", "preamble", "comment")


def is_group(value: str) -> bool:
    """Whether a value is one pair of braces with all that is in it."""
    return _ONE_GROUP.fullmatch(value) is not None


def entry(chunk: str, line: int, start: int = 0) -> tuple[Usual, int] | None:
    """The entry that begins at ``start`` of a piece of text, which is in line ``line``, and where it ends.

    None where it is written otherwise.
    """
    head = _HEAD.match(chunk, start)
    if head is None or head[1].lower().startswith(_NO_ENTRY):
        return None
    values: dict[str, str] = {}
    waiting: list[Field] = []
    at = head.end()
    if head[3][-1] == "}":
        return Usual(head[1].lower(), head[2], line, values, waiting), at
    count = 0
    while match := _FIELD.match(chunk, at):
        name, inner, digits, raw, end = match.groups()
        name = name.lower()
        count += 1
        values[name] = inner or digits or ""
        if raw:
            waiting.append((name, raw, line + chunk.count("\n", start, match.start(1))))
        at = match.end()
        if end[-1] == "}":
            # A field that stands twice is told, which is not usual.
            return (Usual(head[1].lower(), head[2], line, values, waiting), at) if count == len(values) else None
    return None
