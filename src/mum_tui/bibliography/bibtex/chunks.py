"""Cuts a BibTeX text into pieces, one for each entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from mum_tui.bibliography.records import Reading

_START = re.compile(r"^[ \t]*@[ \t]*([A-Za-z][\w-]*)\s{0,4}([{(])", re.MULTILINE)
_HEAD = re.compile(r"\s{0,20}[^\s,{}=\"]{1,200}\s{0,20},\s{0,200}[A-Za-z][\w-]{0,40}\s{0,20}=")
MASK = "\ue100"
"""Replaces an ``@`` that begins a line within a field: bibtexparser would take it for the next entry."""
_JOINED = 12
"""The most pieces that are joined to one entry when a field has lines that begin like entries."""


def cut(text: str, reading: Reading) -> Iterator[tuple[int, str]]:
    """Yield the pieces, each with the number of its first line, counted from 1."""
    starts = [(match.start(), match.end(), match[1], match[2]) for match in _START.finditer(text)]
    if starts:
        count_text(text[: starts[0][0]], reading)
    line = 1 + (text.count("\n", 0, starts[0][0]) if starts else 0)
    begins = [*(start[0] for start in starts), len(text)]
    depth = open_braces if "\\{" in text or "\\}" in text else _plain_depth
    depths = [depth(text, begin, end) for begin, end in pairwise(begins)]
    number = 0
    while number < len(starts):
        last = number + 1
        if depths[number] > 0 and starts[number][3] == "{":
            last = _joined_to(text, starts, depths, number)
        end = begins[last]
        yield line, _normalised(text, starts[number:last], end)
        line += text.count("\n", begins[number], end)
        number = last


def _joined_to(text: str, starts: list[tuple[int, int, str, str]], depths: list[int], number: int) -> int:
    """The piece after an entry. An entry spans several pieces if a field has lines that begin like entries."""
    total = depths[number]
    tried = number + 1
    # An entry that is whole by itself does not stand within another.
    while tried < len(starts) and tried - number < _JOINED and not _is_whole(text, starts[tried]):
        total += depths[tried]
        tried += 1
        if total == 0:
            return tried
        if total < 0:
            break
    return number + 1


def _is_whole(text: str, start: tuple[int, int, str, str]) -> bool:
    """Whether an entry of its own seems to begin here: the brace is followed by a key and a comma."""
    return _HEAD.match(text, start[1]) is not None


def _normalised(text: str, starts: list[tuple[int, int, str, str]], end: int) -> str:
    """The piece as bibtexparser needs it: ``@type{`` without white space, no other ``@`` at the start of a line."""
    start, after, kind, brace = starts[0]
    head = text[start:after]
    breaks = head.count("\n")
    body = text[after:end]
    for begin, _, _, _ in starts[1:]:
        at = text.index("@", begin) - after
        body = f"{body[:at]}{MASK}{body[at + 1 :]}"
    return f"@{kind}{brace}" + "\n" * breaks + body


def open_braces(text: str, start: int, end: int) -> int:
    """How many more braces are opened than closed; braces after a backslash do not count."""
    opened = text.count("{", start, end) - text.count("\\{", start, end)
    return opened - text.count("}", start, end) + text.count("\\}", start, end)


def _plain_depth(text: str, start: int, end: int) -> int:
    """The same for a text without a brace after a backslash."""
    return text.count("{", start, end) - text.count("}", start, end)


def count_text(text: str, reading: Reading) -> None:
    lines = [line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("%")]
    if lines:
        reading.left_out["lines of text between entries"] += len(lines)
