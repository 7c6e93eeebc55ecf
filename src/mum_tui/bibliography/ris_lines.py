"""The lines of a RIS text as the fields of each record.

``rispy`` is not used: it keeps only the first of two fields with one tag, drops a record without its end, joins wrapped
lines to repeated fields, and knows no line numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mum_tui.bibliography.records import Reading

_TAG = re.compile(r"^(?P<tag>[A-Z][A-Z0-9])[ \t]{1,3}-(?:[ \t](?P<value>.*)|$)")
MAX_TAGS = 5000
"""The most fields of one record that are read; any more are counted."""


def with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")


Fields = list[tuple[str, str]]


def records(text: str, reading: Reading) -> Iterable[tuple[int, Fields]]:
    """Yield the first line and the fields of each record. A record without an end ends before the next one."""
    fields: Fields = []
    started = 0
    for number, line in enumerate(text.split("\n"), 1):
        match = _TAG.match(line)
        if match is None:
            if not line.strip() or re.fullmatch(r"\s*\d+\.\s*", line):
                continue
            if fields:
                tag, value = fields[-1]
                fields[-1] = (tag, f"{value}\n{line.strip()}" if len(value) < 500_000 else value)
            else:
                reading.left_out["lines of text between records"] += 1
            continue
        tag, value = match["tag"], (match["value"] or "").strip()
        if tag == "TY" and fields:
            reading.add(started, "", "has no end (ER)", "it ends where the next record begins")
            yield started, fields
            fields = []
        if tag == "ER":
            if fields:
                yield started, fields
            fields = []
            continue
        if not fields:
            started = number
            if tag != "TY":
                reading.add(
                    number, "", f"a record begins with {tag}, not with its type (TY)", "it is read as a document"
                )
        if len(fields) < MAX_TAGS:
            fields.append((tag, value))
        else:
            reading.left_out["fields of records with thousands of them"] += 1
    if fields:
        yield started, fields
