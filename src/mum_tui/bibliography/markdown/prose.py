"""Removes lines that no list has and that take the Markdown parser very long."""

from __future__ import annotations

import re

from mum_tui.bibliography.records import Reading

_SIGNS = re.compile(r"[\[\]!*_|<>`(]")
_DELIMITERS = re.compile(r"\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?[ \t]*")
MANY = 2_000
"""Characters from which on a text is looked through for what takes a parser long."""
SHORT, SHORT_LINES = 9, 500
"""A line of fewer characters says nothing; so many of them in a row are no list."""
MAX_MISSING = 20_000
"""Cells that tables may lack; a parser makes each of them."""


def prose(text: str, reading: Reading) -> str:
    """``text`` without lines that no list has and a parser takes long over: long ones of signs, thousands of lines of
    a few letters, rows of wide tables without their cells.
    """
    if len(text) < MANY:
        return text
    lines = text.split("\n")
    run = columns = missing = 0
    for number, line in enumerate(lines):
        if "|" in line and "-" in line and _DELIMITERS.fullmatch(line.lstrip("> \t")):
            columns = line.count("|")
            continue
        if len(line) > 200:
            run = 0
            if len(_SIGNS.findall(line)) * 10 >= len(line) * 3:
                reading.left_out["long lines of punctuation"] += 1
                lines[number] = ""
            continue
        if not line.strip():
            columns = 0
            continue
        run = run + 1 if len(line) < SHORT else 0
        if run > SHORT_LINES:
            reading.left_out["very short lines, after hundreds of them"] += 1
            lines[number] = ""
            continue
        if columns > 1:
            missing += max(columns - 1 - line.count("|"), 0)
            if missing > MAX_MISSING:
                reading.left_out["table rows that lack most of their cells"] += 1
                lines[number] = ""
    return "\n".join(lines)
