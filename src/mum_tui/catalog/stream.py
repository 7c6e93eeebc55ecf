"""Cuts a large catalog file into its entries while reading, so that it is never in memory as a whole.

This works only for a file written in blocks: ``entries:`` is the last key, and no entry refers to an anchor of another.
Programs, which write catalogs of this size, write them so.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

from mum_tui.catalog.compose import TOP_KEYS, cleaned, unreadable
from mum_tui.catalog.nodes import Report
from mum_tui.problems import WARNING
from mum_tui.storage.files import open_regular

HEAD = 4_000_000
"""Characters within which the first entry must begin."""

CHUNK = 1_000_000
"""Characters read at once."""

LONGEST = 2_000_000
"""The most characters of one entry."""

_ENTRIES = re.compile(r"^entries:[ ]*(?:#.*)?\n(?:[ ]*(?:#.*)?\n)*(?=([ ]*)- )", re.MULTILINE)
_STOP = re.compile(rf"^(?:{'|'.join(TOP_KEYS)}) *:|^(?:---|\.\.\.)", re.MULTILINE)
_RAW = re.compile("[\udc80-\udcff]")
"""A byte that is not UTF-8, as Python's ``surrogateescape`` decodes it."""


class Stream:
    """The entries of a file, one after the other. ``done`` is the number of bytes read so far.

    Raises:
        Unreadable: the file cannot be read or is not a text.
    """

    def __init__(self, path: Path, report: Report) -> None:
        self._report = report
        self.done = 0
        try:
            self._file = io.TextIOWrapper(open_regular(path), encoding="utf-8", errors="surrogateescape")
            start = self._read(HEAD).removeprefix("\ufeff")
        except (OSError, ValueError) as error:
            message = getattr(error, "strerror", None) or str(error)
            raise unreadable(report.file, f"cannot be read: {message}") from error
        if "\0" in start[:8192] or len(_RAW.findall(start[:100_000])) > 10_000:
            raise unreadable(report.file, "is not a text file", "a catalog is UTF-8 YAML")
        match = _ENTRIES.search(start)
        self.is_in_blocks = match is not None
        if match is None:
            self._file.close()
            return
        self.head = self._clean(start[: match.end()], 0)
        self._line = self.head.count("\n")
        self._rest = start[match.end() :]
        indent = re.escape(match[1])
        self.indent = match[1]
        self._dash = re.compile(rf"^(?:{indent}-(?= |$)|[ ]*- +id:)", re.MULTILINE)

    def _read(self, count: int) -> str:
        text = self._file.read(count)
        self.done = os.lseek(self._file.fileno(), 0, os.SEEK_CUR)
        return text

    def blocks(self) -> Iterator[tuple[int, str]]:
        """Each entry's text, with the number of the line before it."""
        with self._file:
            rest = self._rest
            self._rest = ""
            ended = False
            while not ended:
                more = self._read(CHUNK)
                rest += more
                stop = _STOP.search(rest)
                ended = not more or stop is not None
                if stop:
                    self._refuse_tail(rest, stop.start())
                    rest = rest[: stop.start()]
                starts = [match.start() for match in self._dash.finditer(rest)]
                last = len(rest) if ended else starts[-1] if len(starts) > 1 else 0
                if not ended and last == 0:
                    if len(rest) > LONGEST:
                        message = f"an entry of more than {LONGEST // 10**6} MB"
                        raise unreadable(self._report.file, message, line=self._line + 1)
                    continue
                ends = [*(start for start in starts[1:] if start < last), last]
                for first, end in zip(starts, ends, strict=False):
                    block = rest[first:end]
                    yield self._line, self._clean(block, self._line)
                    self._line += block.count("\n")
                rest = rest[last:]

    def _refuse_tail(self, text: str, at: int) -> None:
        line = self._line + text.count("\n", 0, at) + 1
        key = text[at : at + 20].partition(":")[0].strip()
        if key in TOP_KEYS:
            self._report.add(line, key, "in a file of this size nothing may follow the entries", "move it to the top")

    def _clean(self, text: str, line: int) -> str:
        if match := _RAW.search(text):
            at = line + text.count("\n", 0, match.start()) + 1
            self._report.add(at, "", "is not UTF-8; what could not be read became �", "save it as UTF-8", WARNING)
            text = _RAW.sub("\ufffd", text)
        return cleaned(text, self._report, line)
