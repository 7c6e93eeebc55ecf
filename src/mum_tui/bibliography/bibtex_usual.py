"""Entries of BibTeX that are written as nearly all are, split by one expression a field.

``bibtexparser`` finds the same, sign by sign. Whatever looks different in any way is left to it: escaped braces, text
behind a value, groups within groups within groups, an entry that is not whole.
"""

from __future__ import annotations

import re

Block = tuple[str, str, int, list[tuple[str, str, int]]]
"""Type, key, line, and the fields of an entry: name, value as it stands, line."""

_TEXT = r"[^{}\\]*(?:\\[^{}\\][^{}\\]*)*"
_GROUP = rf"\{{{_TEXT}(?:\{{{_TEXT}(?:\{{{_TEXT}\}}{_TEXT})*\}}{_TEXT})*\}}"
_HEAD = re.compile(r"@([A-Za-z][\w-]*)\{\s*([^\s,{}\"=@#%\\]+)\s*,")
_ONE_GROUP = re.compile(_GROUP)
_QUOTED = rf"\"[^\"{{}}\\]*(?:(?:{_GROUP}|\\[^{{}}\"\\])[^\"{{}}\\]*)*\""
_PIECE = rf"(?>{_GROUP}|{_QUOTED}|\d+|[A-Za-z][\w:.+/-]*)"
_FIELD = re.compile(rf"\s*([A-Za-z][\w-]*)\s*=\s*({_PIECE}(?:\s*#\s*{_PIECE})*)\s*(,\s*\}}?|\}})")
_LINE_AT = re.compile(r"\n[ \t]*@")
_NO_ENTRY = ("string", "preamble", "comment")


def is_group(value: str) -> bool:
    """Whether a value is one pair of braces with all that is in it."""
    return _ONE_GROUP.fullmatch(value) is not None


def entry(chunk: str, line: int) -> tuple[Block, str] | None:
    """The entry that a piece of text begins with, and the text behind it; None where it is written otherwise."""
    head = _HEAD.match(chunk)
    if head is None or _LINE_AT.search(chunk) or head[1].lower().startswith(_NO_ENTRY):
        return None
    fields: list[tuple[str, str, int]] = []
    at, counted, number = head.end(), 0, line
    while match := _FIELD.match(chunk, at):
        number += chunk.count("\n", counted, match.start(1))
        counted = match.start(1)
        fields.append((match[1], match[2], number))
        at = match.end()
        if match[3].endswith("}"):
            rest = chunk[at:]
            return None if "@" in rest else ((head[1].lower(), head[2], line, fields), rest)
    return None
