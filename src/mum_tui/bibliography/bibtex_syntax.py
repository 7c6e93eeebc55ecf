"""BibTeX's syntax: a text as entries with fields, strings put in and joined, whatever is broken told and kept.

``bibtexparser`` splits the text, one entry at a time: its time for a whole library grows faster than the library, and
one open brace would cost all that follows. What it gives up on is read field by field here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from mum_tui.bibliography import bibtex_usual, latex
from mum_tui.bibliography.records import Progress, Reading
from mum_tui.citation.csl_dates import MONTHS
from mum_tui.problems import ERROR

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # what it cannot read is told below


class Raw(NamedTuple):
    """An entry as it stands: fields by lower-case name, without their delimiters, LaTeX as written."""

    kind: str
    key: str
    fields: dict[str, str]
    line: int


class Block(NamedTuple):
    """An entry as the file has it: its values with their delimiters, strings in them not yet put in."""

    kind: str
    key: str
    line: int
    fields: list[bibtex_usual.Field]


_KEYS = frozenset(["crossref", "xref", "xdata"])
"""Fields that hold the key of another entry, which many write without delimiters."""

MAX_VALUE = 1_000_000
"""Characters of one value; strings put into strings could make it any length."""

_START = re.compile(r"^[ \t]*@[ \t]*([A-Za-z][\w-]*)\s{0,4}([{(])", re.MULTILINE)
_HEAD = re.compile(r"\s{0,20}[^\s,{}=\"]{1,200}\s{0,20},\s{0,200}[A-Za-z][\w-]{0,40}\s{0,20}=")
_BRACES = re.compile(r"(?<!\\)[{}]")
_MASK = "\ue100"
"""Stands for an ``@`` that begins a line within a field, which bibtexparser takes for the next entry."""
_QUOTED = re.compile(r"(?<!\\)[{}\"]|\\\"")
_JOINT = re.compile(r"\s*#\s*")
_NEXT_FIELD = re.compile(r"(?<![\w:.+-])([A-Za-z][\w:.+-]*)\s*=\s*")
_FIELD_LINE = re.compile(r"\n[ \t]{0,200},?[ \t]{0,200}[A-Za-z][\w:.+-]{0,200}[ \t]{0,200}=[ \t]{0,200}[\w{\"]")
_LINE_AT = re.compile(r"\n[ \t]*@")
_MORE_FIELDS = re.compile(r"\s*,?\s*[A-Za-z][\w:.+-]{0,100}\s*=\s*[{\"\d]")
_MACRO = re.compile(r"[^\s#{}\",=]+")
_JOINED = 12
"""Pieces that are tried as one entry when a field has lines that begin like entries."""


def entries(text: str, reading: Reading, progress: Progress | None = None) -> list[Raw]:
    """Every entry of a text; what cannot be read is told to ``reading``. Never raises for what is in the text."""
    raws: list[Raw] = []
    strings: dict[str, str] = {}
    waiting: list[Block | bibtex_usual.Usual] = []
    for number, (line, chunk) in enumerate(_chunks(text, reading)):
        waiting += _blocks(chunk, line, reading, strings)
        if progress and number % 200 == 0:
            progress(number, 0, len(waiting))
    # Strings may be defined further down: values are put together when all are known.
    values = _Values(strings, reading)
    for block in waiting:
        known = values.usual(block) if isinstance(block, bibtex_usual.Usual) else values.fields(block.key, block.fields)
        raws.append(Raw(block.kind, block.key, known, block.line))
    return raws


def _chunks(text: str, reading: Reading) -> Iterator[tuple[int, str]]:
    """The text cut where entries begin, each piece with the line it begins in, counted from 1."""
    starts = [(match.start(), match.end(), match[1], match[2]) for match in _START.finditer(text)]
    if starts:
        _count_text(text[: starts[0][0]], reading)
    line = 1 + (text.count("\n", 0, starts[0][0]) if starts else 0)
    begins = [*(start[0] for start in starts), len(text)]
    depth = _depth if "\\{" in text or "\\}" in text else _plain_depth
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
    """How far an entry reaches that has lines in a field which begin like entries; the next piece where it has none."""
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
    """Whether what begins here looks like an entry of its own: a key and a comma behind the brace."""
    return _HEAD.match(text, start[1]) is not None


def _normalised(text: str, starts: list[tuple[int, int, str, str]], end: int) -> str:
    """A piece as bibtexparser wants it: ``@type{`` without white space, and no other ``@`` at the start of a line."""
    start, after, kind, brace = starts[0]
    head = text[start:after]
    breaks = head.count("\n")
    body = text[after:end]
    for begin, _, _, _ in starts[1:]:
        at = text.index("@", begin) - after
        body = f"{body[:at]}{_MASK}{body[at + 1 :]}"
    return f"@{kind}{brace}" + "\n" * breaks + body


def _depth(text: str, start: int, end: int) -> int:
    """How many more braces are opened than closed; those behind a backslash do not count."""
    opened = text.count("{", start, end) - text.count("\\{", start, end)
    return opened - text.count("}", start, end) + text.count("\\}", start, end)


def _plain_depth(text: str, start: int, end: int) -> int:
    """The same for a text in which no brace stands behind a backslash."""
    return text.count("{", start, end) - text.count("}", start, end)


def _count_text(text: str, reading: Reading) -> None:
    lines = [line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("%")]
    if lines:
        reading.left_out["lines of text between entries"] += len(lines)


def _blocks(chunk: str, line: int, reading: Reading, strings: dict[str, str]) -> Iterator[Block | bibtex_usual.Usual]:
    """Entries of one piece: type, key, line and fields with their lines; strings go into ``strings``."""
    end = 0
    begin = -1 if _LINE_AT.search(chunk) else 0
    while begin >= 0 and (usual := bibtex_usual.entry(chunk, line + chunk.count("\n", end, begin), begin)):
        block, after = usual
        following = chunk.find("@", after)
        if _MORE_FIELDS.match(chunk, after):
            break
        if begin > end:
            _count_text(chunk[end:begin], reading)
        line += chunk.count("\n", end, after)
        begin, end = following, after
        yield block
    if begin < 0 and end > 0:
        _count_text(chunk[end:], reading)
        return
    if end > 0:
        yield from _by_library(chunk[end:], line, reading, strings)
        return
    if '"' not in chunk and _depth(chunk, 0, len(chunk)) > 0:
        if salvaged := _salvage(chunk, line, reading, strings):
            yield salvaged
        return
    yield from _by_library(chunk, line, reading, strings)


def _by_library(chunk: str, line: int, reading: Reading, strings: dict[str, str]) -> Iterator[Block]:
    """The entries that bibtexparser finds in a text, and what can be read of those it gives up on."""
    from bibtexparser import model
    from bibtexparser.splitter import Splitter

    try:
        blocks: list[Any] = Splitter(chunk).split().blocks
    except Exception as error:  # a fault of the library must not cost the file
        reading.add(line, "", f"is read field by field ({type(error).__name__})")
        blocks = [model.ParsingFailedBlock(start_line=0, raw=chunk, error=error)]
    for number, block in enumerate(blocks):
        at = line + max(block.start_line or 0, 0)
        if isinstance(block, model.DuplicateFieldKeyBlock | model.DuplicateBlockKeyBlock):
            block = block.ignore_error_block
        if isinstance(block, model.Entry):
            kind = block.entry_type.lower()
            if kind in ("string", "preamble", "comment"):
                continue
            if not block.fields and not block.key.strip():
                reading.left_out["entries without a key or a field"] += 1
                continue
            fields = [(field.key, str(field.value), line + (field.start_line or 0)) for field in block.fields]
            behind = blocks[number + 1] if number + 1 < len(blocks) else None
            if isinstance(behind, model.ImplicitComment) and _MORE_FIELDS.match(behind.comment):
                fields += _behind(block.key, behind.comment, line + (behind.start_line or 0), reading)
            yield Block(kind, block.key, at, fields)
        elif isinstance(block, model.String):
            strings.setdefault(str(block.key).lower(), str(block.value))
        elif isinstance(block, model.ParsingFailedBlock):
            raw = block.raw or ""
            if raw.rstrip().endswith("=") and (begin := chunk.find(raw)) >= 0:
                # It was given up before a value; the text up to the next entry belongs to it.
                while number + 1 < len(blocks) and isinstance(blocks[number + 1], model.ImplicitComment):
                    del blocks[number + 1]
                end = chunk.find(blocks[number + 1].raw or "", begin + 1) if number + 1 < len(blocks) else len(chunk)
                raw = chunk[begin : end if end > begin else len(chunk)]
            if salvaged := _salvage(raw, at, reading, strings):
                yield salvaged
        elif isinstance(block, model.Preamble):
            reading.macros = {**latex.defined(str(block.value)), **reading.macros}
            reading.left_out["@preamble blocks"] += 1
        elif isinstance(block, model.ExplicitComment):
            reading.left_out["@comment blocks"] += 1
        elif isinstance(block, model.ImplicitComment) and not (number and _MORE_FIELDS.match(block.comment)):
            _count_text(block.comment, reading)


def _behind(key: str, text: str, line: int, reading: Reading) -> list[tuple[str, str, int]]:
    """The fields of an entry that a brace too many has closed before them."""
    fields = _fields_of(text, 0, line)
    names = ", ".join(name for name, _, _ in fields)
    reading.add(line, key, f"is closed before {names} (is there a brace too many?)", "they are read all the same")
    return fields


def _salvage(raw: str, line: int, reading: Reading, strings: dict[str, str]) -> Block | None:
    """What can be read of an entry that is not whole: field after field, an open one up to the next field's line."""
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
    reading.add(
        line, label, "is not whole (is a brace or comma missing?)", f"{len(fields)} fields were read all the same"
    )
    return Block(kind, key, line, fields)


def _fields_of(text: str, at: int, line: int) -> list[tuple[str, str, int]]:
    """The fields from ``at`` on; one that is not closed ends where the line of the next begins."""
    closing = _matching(text)
    fields: list[tuple[str, str, int]] = []
    counted = 0
    while match := _NEXT_FIELD.search(text, at):
        start = match.end()
        end = _value_end(text, start, closing)
        value = text[start:end].strip().rstrip(",").rstrip()
        if value[:1] == "{" and (start not in closing or end < closing[start]):
            value = value.rstrip("} \t\n,") + "}" + "}" * _depth(value.rstrip("} \t\n,") + "}", 0, 10**9)
        elif value[:1] == '"' and (len(value) < 2 or value[-1] != '"'):
            value += '"'
        line += text.count("\n", counted, match.start(1))
        counted = match.start(1)
        fields.append((match[1], value, line))
        at = max(end, start)
    return fields


def _matching(text: str) -> dict[int, int]:
    """Where each brace that opens is closed."""
    opened: list[int] = []
    closing: dict[int, int] = {}
    for match in _BRACES.finditer(text):
        if match[0] == "{":
            opened.append(match.start())
        elif opened:
            closing[opened.pop()] = match.end()
    return closing


def _value_end(text: str, start: int, closing: dict[int, int]) -> int:
    """Where a value ends: behind its last closed part, else before the next line that begins a field."""
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
        elif match := _MACRO.match(text, at):
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


class _Values:
    """Puts values together: delimiters off, strings in, parts joined."""

    def __init__(self, strings: dict[str, str], reading: Reading) -> None:
        self.reading = reading
        self.unknown: set[str] = set()
        self.strings: dict[str, str] = {}
        for name, raw in strings.items():
            text, _ = self._joined(raw, f"@string {name}", 0)
            self.strings[name] = text

    def fields(self, key: str, fields: list[tuple[str, str, int]]) -> dict[str, str]:
        """Fields by lower-case name; one that is given twice is kept twice, and told."""
        values: dict[str, str] = {}
        waiting = list(reversed(fields))
        while waiting:
            name, raw, line = waiting.pop()
            name = self._name(name)
            if not name:
                self.reading.left_out["fields commented out"] += 1
                continue
            text, rest = self._joined(raw, key, line, name in _KEYS)
            if rest:
                more = re.match(r"\s*([A-Za-z][\w:.+-]*)\s*=\s*(.*)", rest, re.DOTALL)
                if more and more[1] != name:
                    self.reading.add(
                        line, f"{key}.{name}", f"a comma is missing before {more[1]}", "both fields are kept"
                    )
                    waiting.append((more[1], more[2], line))
                else:
                    self.reading.add(line, f"{key}.{name}", "has text behind its end", "it is kept with the field")
                    text = f"{text} {rest.strip()}"
            self._add(values, name, text.replace(_MASK, "@"), key, line)
        return values

    def usual(self, entry: bibtex_usual.Usual) -> dict[str, str]:
        """Fields by lower-case name of an entry in which nothing is wrong."""
        values = entry.values
        for name, raw, line in entry.waiting:
            values[name] = self._joined(raw, entry.key, line, name in _KEYS)[0]
        if any(_MASK in value for value in values.values()):
            return {name: value.replace(_MASK, "@") for name, value in values.items()}
        return values

    def _add(self, values: dict[str, str], name: str, text: str, key: str, line: int) -> None:
        if name not in values or not values[name].strip():
            values[name] = text
            return
        if values[name].strip() == text.strip() or not text.strip():
            return
        if name in ("keywords", "keyword", "groups"):
            values[name] = f"{values[name]}, {text}"
            self.reading.add(line, f"{key}.{name}", "stands twice", "both are kept")
            return
        number = 2
        while f"{name}-{number}" in values:
            number += 1
        values[f"{name}-{number}"] = text
        hint = f"the first counts, this one is kept as {name}-{number}"
        self.reading.add(line, f"{key}.{name}", "stands twice with different text", hint)

    @staticmethod
    def _name(name: str) -> str:
        """A field's name, without lines before it that a percent sign takes out; empty where that is all."""
        if name.isascii() and name.isalpha():
            return name.lower()
        if "%" in name:
            lines = [line for line in name.split("\n") if not line.lstrip().startswith("%")]
            name = " ".join(lines)
        return " ".join(name.split()).lower().replace(" ", "-").replace(_MASK, "@")[:100]

    def _joined(self, raw: str, key: str, line: int, is_key: bool = False) -> tuple[str, str]:
        """A value's text, and what stands behind its end. A word of its own is a string, or a key where that is
        wanted.
        """
        if is_key and raw.lower() not in self.strings and _MACRO.fullmatch(raw):
            return raw, ""
        # Nearly every value is one pair of delimiters.
        if raw.startswith("{") and bibtex_usual.is_group(raw):
            return raw[1:-1], ""
        if raw.startswith('"') and raw.endswith('"') and raw.count('"') == 2:
            return raw[1:-1], ""
        if raw.isdigit():
            return raw, ""
        closing = _matching(raw) if raw.count("{") > 1 else {}
        parts: list[str] = []
        at = 0
        size = 0
        while at < len(raw):
            while at < len(raw) and raw[at].isspace():
                at += 1
            if at >= len(raw):
                break
            char = raw[at]
            if char == "{":
                end = closing.get(at) if closing else (raw.find("}", at) + 1 or None)
                if end is None:
                    return "".join([*parts, raw[at + 1 :]]), ""
                part, at = raw[at + 1 : end - 1], end
            elif char == '"':
                end = self._quoted(raw, at)
                part, at = raw[at + 1 : end - 1], end
            elif match := _MACRO.match(raw, at):
                part, at = self._macro(match[0], key, line), match.end()
            else:
                return "".join(parts), raw[at:]
            size += len(part)
            if size <= MAX_VALUE:
                parts.append(part)
            while at < len(raw) and raw[at].isspace():
                at += 1
            if at < len(raw) and raw[at] == "#":
                at += 1
                continue
            return "".join(parts), raw[at:]
        return "".join(parts), ""

    @staticmethod
    def _quoted(raw: str, start: int) -> int:
        """Where the quoted text that begins at ``start`` has ended."""
        depth = 0
        for match in _QUOTED.finditer(raw, start + 1):
            if match[0] == "{":
                depth += 1
            elif match[0] == "}":
                depth = max(depth - 1, 0)
            elif match[0] == '"' and depth == 0:
                return match.end()
        return len(raw) + 1

    def _macro(self, name: str, key: str, line: int) -> str:
        lower = name.lower()
        if lower in self.strings:
            return self.strings[lower]
        if name[0].isdigit() or lower[:3] in MONTHS:
            return name
        if lower not in self.unknown:
            self.unknown.add(lower)
            self.reading.add(line, key, f"the string {name} is not defined", "its name is kept")
        return name
