"""Splits BibTeX entries that are written in the usual way, with one regular expression for each field.

``bibtexparser`` finds the same, character by character. It gets whatever is written differently: escaped braces, text
after a value, deeply nested braces, incomplete entries.
"""

from __future__ import annotations

import re
from typing import NamedTuple

Field = tuple[str, str, int]
"""A field of an entry: its name, its value as it stands, and its line."""


class Usual(NamedTuple):
    """An entry whose values are known, except those that wait for strings of the file."""

    kind: str
    key: str
    line: int
    values: dict[str, str]
    """The values without their delimiters, by lower-case name; that of a field in ``waiting`` is still empty."""
    waiting: list[Field]
    """Fields that name strings, are in quotes, or have several parts joined by ``#``."""


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
    """Whether a value is one pair of braces and what they hold."""
    return _ONE_GROUP.fullmatch(value) is not None


def entry(chunk: str, line: int, start: int = 0) -> tuple[Usual, int] | None:
    """The entry that begins at ``start``, in line ``line``, and where it ends.

    None for an entry that is written in another way.
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
            # A field that appears twice is reported, which is done elsewhere.
            return (Usual(head[1].lower(), head[2], line, values, waiting), at) if count == len(values) else None
    return None
