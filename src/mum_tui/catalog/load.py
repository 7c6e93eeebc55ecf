"""Reads a YAML file into a ``Catalog`` and a list of everything that is wrong with it."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from yaml.nodes import Node, SequenceNode

from mum_tui.catalog import conflicts
from mum_tui.catalog.collecting import EntryCollector
from mum_tui.catalog.compose import Blocks, cut, decode, entry_nodes, nodes_of, unreadable, whole
from mum_tui.catalog.encoded import Encoded
from mum_tui.catalog.header import read_header
from mum_tui.catalog.layers import LowerLayers
from mum_tui.catalog.model import Loaded
from mum_tui.catalog.nodes import Report, is_null, items
from mum_tui.catalog.stream import Stream
from mum_tui.problems import ERROR, Unreadable
from mum_tui.storage.files import open_regular
from mum_tui.text import clean

MAX_BYTES = 100_000_000
"""The largest file in bytes that is read as a whole; a catalog of 100,000 entries has about 100 MB."""

MAX_STREAM = 8_000_000_000
"""The largest file in bytes that is read entry by entry."""

STREAMED = 16_000_000
"""A file of this many bytes or more is read entry by entry if it is written in blocks."""

HOPELESS = 1000
"""If none of this many entries at the beginning of a large file can be used, reading stops."""


Progress = Callable[[int, int, int], None]
"""Called now and then with the work done, all the work, and the number of entries read so far."""


def load(path: Path, progress: Progress | None = None, below: LowerLayers | None = None) -> Loaded:
    """Read the catalog in ``path``.

    With ``below`` the file is a layer on top of others. Its blocks may name an entry of a lower layer by id and give
    only what they add or change; it may use the sections of lower layers; targets of ``uses`` and ``related`` are not
    checked here.

    Raises:
        Unreadable: the file is missing, not a text, too large, empty or no catalog at all.
    """
    file = clean(str(path))
    size = 0
    with suppress(OSError, ValueError):
        size = path.stat().st_size
    if size >= STREAMED:
        report = Report(file, size)
        stream = Stream(path, report)
        if size > MAX_STREAM:
            raise unreadable(file, f"is larger than {MAX_STREAM // 10**9} GB")
        if stream.is_in_blocks:
            return _without_collecting(lambda: _read_stream(stream, size, report, progress, below))
        if size > MAX_BYTES:
            hint = "entries: and below it one block (- id: …) per entry"
            raise unreadable(file, "is too large for a catalog that is not written in blocks", hint)
    return parse(read_bytes(path), file, progress, below)


def read_bytes(path: Path) -> bytes:
    """The bytes of a catalog file.

    Raises:
        Unreadable: it cannot be read or is larger than ``MAX_BYTES``.
    """
    try:
        with open_regular(path) as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise unreadable(clean(str(path)), f"cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise unreadable(clean(str(path)), f"cannot be read: {error}") from error
    if len(data) > MAX_BYTES:
        message = f"is larger than {MAX_BYTES // 10**6} MB"
        raise unreadable(clean(str(path)), message, "a catalog is a text of a few MB")
    return data


def parse(data: bytes, file: str, progress: Progress | None = None, below: LowerLayers | None = None) -> Loaded:
    """Read a catalog from the bytes of a file; messages call it ``file``. Raises ``Unreadable``, see ``load``."""
    report = Report(file, len(data))
    content, conflicted = conflicts.without(decode(data, report), conflicts.YAML)
    for conflict in conflicted:
        report.add(conflict.first, "", conflict.message, "the entries in it are skipped")
    loaded = _without_collecting(lambda: _read(content, report, progress, below))
    return (
        loaded._replace(set_aside=loaded.set_aside + sum(conflict.entries for conflict in conflicted))
        if conflicted
        else loaded
    )


def _without_collecting(read: Callable[[], Loaded]) -> Loaded:
    """Read with the garbage collector off. A catalog is many small objects, none of them garbage: 2.3 times as fast."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return read()
    finally:
        if collecting:
            gc.enable()


# -- reading -----------------------------------------------------------------------------------------------


def _read(content: str, report: Report, progress: Progress | None, below: LowerLayers | None) -> Loaded:
    blocks = cut(content)
    if blocks is not None:
        started = len(report.problems)
        try:
            loaded, broken = _read_blocks(blocks, report, progress, below)
        except Unreadable:
            broken = True
            loaded = None
        if not broken and loaded:
            return loaded
        # A block that is invalid alone may be valid in the whole file (anchors, a quoted text over several lines).
        scratch = Report(report.file, len(content))
        scratch.problems = report.problems[:started]
        try:
            node = whole(content, scratch)
        except Unreadable:
            if loaded is None:
                raise
            return loaded
        return _read_whole(node, scratch, below)
    return _read_whole(whole(content, report), report, below)


def _read_blocks(
    blocks: Blocks, report: Report, progress: Progress | None, below: LowerLayers | None
) -> tuple[Loaded, bool]:
    header = read_header(whole(blocks.without_entries, report), report)
    collector = EntryCollector(header, report, below)
    broken = False
    for node in entry_nodes(blocks, report):
        broken |= node is None
        collector.take(node)
        if progress and collector.number % _STEP == 0:
            progress(collector.number, len(blocks.entries), collector.number)
    return collector.finish(), broken


def _read_stream(
    stream: Stream, size: int, report: Report, progress: Progress | None, below: LowerLayers | None
) -> Loaded:
    collector = EntryCollector(read_header(whole(stream.head, report), report), report, below, Encoded())
    for node in nodes_of(stream.blocks(), stream.indent, report):
        collector.take(node)
        if collector.number == HOPELESS == collector.set_aside:
            first = next(problem for problem in report.problems if problem.level == ERROR)
            message = f"none of the first {HOPELESS:,} entries can be used; the first: {first.message}"
            raise unreadable(report.file, message, first.hint, first.line, first.key)
        if progress and collector.number % _STEP == 0:
            progress(stream.done, size, collector.number)
    return collector.finish()


_STEP = 100
"""How many entries are read between two calls of ``progress``."""


def _read_whole(node: Node, report: Report, below: LowerLayers | None) -> Loaded:
    header = read_header(node, report)
    collector = EntryCollector(header, report, below)
    entries = items(header.entries, "entries", report) if header.entries is not None else []
    if header.entries is not None and not isinstance(header.entries, SequenceNode) and not is_null(header.entries):
        raise Unreadable(report.problems[-1])
    for item in entries:
        collector.take(item)
    return collector.finish()
