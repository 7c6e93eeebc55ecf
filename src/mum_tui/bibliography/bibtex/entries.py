"""Splits a BibTeX text into entries, fields and values. Broken parts are reported and kept as far as possible.

``usual`` splits most entries, ``bibtexparser`` the others, ``salvage`` those that are incomplete. ``bibtexparser`` gets
one piece of the text at a time: its time for a whole file grows faster than the file, and one open brace would cost
everything that follows.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from mum_tui.bibliography import latex
from mum_tui.bibliography.bibtex import usual
from mum_tui.bibliography.bibtex.chunks import count_text, cut, open_braces
from mum_tui.bibliography.bibtex.salvage import MORE_FIELDS, Block, fields_behind, salvaged_entry
from mum_tui.bibliography.bibtex.values import Values
from mum_tui.bibliography.records import Progress, Reading

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # what it cannot read is reported here


class Raw(NamedTuple):
    """An entry of the file: values by lower-case field name, without delimiters, LaTeX as written."""

    kind: str
    key: str
    fields: dict[str, str]
    line: int


_COMMENT = re.compile(r"(?:(?<=[}\"\d],)[ \t]{0,100}|(?<=\n)[ \t]{0,100})%[^\n]*")
"""A comment behind a field or on a line of its own, as biber reads it; to BibTeX it is text."""
_LINE_AT = re.compile(r"\n[ \t]*@")


def entries(text: str, reading: Reading, progress: Progress | None = None) -> list[Raw]:
    """Every entry of a text; what cannot be read is reported to ``reading``. No text makes it raise."""
    raws: list[Raw] = []
    strings: dict[str, str] = {}
    waiting: list[Block | usual.Usual] = []
    for number, (line, chunk) in enumerate(cut(text, reading)):
        waiting += _blocks(chunk, line, reading, strings)
        if progress and number % 200 == 0:
            progress(number, 0, len(waiting))
    # Strings may be defined further down: values are put together when all are known.
    values = Values(strings, reading)
    for block in waiting:
        known = values.usual(block) if isinstance(block, usual.Usual) else values.fields(block.key, block.fields)
        raws.append(Raw(block.kind, block.key, known, block.line))
    return raws


def _blocks(chunk: str, line: int, reading: Reading, strings: dict[str, str]) -> Iterator[Block | usual.Usual]:
    """The entries of one piece of the text; adds the strings it defines to ``strings``."""
    if "%" in chunk and open_braces(chunk, 0, len(chunk)) != 0:
        chunk = _without_comments(chunk, reading)
    end = 0
    begin = -1 if _LINE_AT.search(chunk) else 0
    while begin >= 0 and (found := usual.entry(chunk, line + chunk.count("\n", end, begin), begin)):
        block, after = found
        following = chunk.find("@", after)
        if MORE_FIELDS.match(chunk, after):
            break
        if begin > end:
            count_text(chunk[end:begin], reading)
        line += chunk.count("\n", end, after)
        begin, end = following, after
        yield block
    if begin < 0 and end > 0:
        count_text(chunk[end:], reading)
        return
    if end > 0:
        yield from _by_library(chunk[end:], line, reading, strings)
        return
    if '"' not in chunk and open_braces(chunk, 0, len(chunk)) > 0:
        if salvaged := salvaged_entry(chunk, line, reading, strings):
            yield salvaged
        return
    yield from _by_library(chunk, line, reading, strings)


def _without_comments(chunk: str, reading: Reading) -> str:
    """A piece without comments between its fields, if its braces are in order only without them."""
    plain, count = _COMMENT.subn("", chunk)
    if not count or open_braces(plain, 0, len(plain)) != 0:
        return chunk
    reading.left_out["comments within entries"] += count
    return plain


def _by_library(chunk: str, line: int, reading: Reading, strings: dict[str, str]) -> Iterator[Block]:
    """The entries that bibtexparser finds, and what can be read of those it cannot split."""
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
            if isinstance(behind, model.ImplicitComment) and MORE_FIELDS.match(behind.comment):
                fields += fields_behind(block.key, behind.comment, line + (behind.start_line or 0), reading)
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
            if salvaged := salvaged_entry(raw, at, reading, strings):
                yield salvaged
        elif isinstance(block, model.Preamble):
            reading.macros = {**latex.defined(str(block.value)), **reading.macros}
            reading.left_out["@preamble blocks"] += 1
        elif isinstance(block, model.ExplicitComment):
            reading.left_out["@comment blocks"] += 1
        elif isinstance(block, model.ImplicitComment) and not (number and MORE_FIELDS.match(block.comment)):
            count_text(block.comment, reading)
