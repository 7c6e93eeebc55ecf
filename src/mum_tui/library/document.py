"""The library's file as a document: decoded without trust, encoded so that a person can read it.

    {"schema": 1, "entries": {"liu2023clip": {"bookmarked": "2026-11-24T10:00:00Z", "title": …, "url": …,
     "status": "reading", "note": …, "rating": 4, "tags": {"liver": "2026-11-24T10:00:00Z"}, "changed": {…}}}}

Keys and items that this version does not know are kept as they are.
"""

from __future__ import annotations

import re
from contextlib import suppress

import msgspec

from mum_tui.library.merge import merge
from mum_tui.library.operations import Json, apply

SCHEMA = 1

_CONFLICT = re.compile(rb"^(<{7}|\|{7}|={7}|>{7})(?: .*|\r?)$", re.MULTILINE)
_BETWEEN = re.compile(r"[\s,]*")
_COLON = re.compile(r"\s*:\s*")

Chunks = dict[str, tuple[Json, bytes]]
"""Entries as they were last encoded, with the value that was; saves encoding what did not change."""


class Damaged(Exception):
    """A library file that cannot be understood: why, and its octets."""

    def __init__(self, reason: str, data: bytes) -> None:
        super().__init__(reason)
        self.data = data


class Document:
    """A library: its entries by id, and what else stands at the top of the file."""

    def __init__(self, entries: dict[str, Json] | None = None, top: dict[str, Json] | None = None) -> None:
        self.entries = {} if entries is None else entries
        self.top = {} if top is None else top

    def copy(self) -> Document:
        """The same entries; changing the one document leaves the other as it is."""
        return Document(dict(self.entries), self.top)

    @property
    def newer(self) -> int:
        """The schema, if it is one this version does not know; otherwise 0."""
        schema = self.top.get("schema", SCHEMA)
        return schema if isinstance(schema, int) and schema > SCHEMA else 0

    def encode(self, chunks: Chunks | None = None) -> bytes:
        """As indented JSON. Raises ``ValueError`` or ``RecursionError`` for what JSON cannot hold."""
        chunks = {} if chunks is None else chunks
        top = {"schema": SCHEMA} | self.top
        head = msgspec.json.format(msgspec.json.encode(top), indent=2).removesuffix(b"\n}")
        lines = [_chunk(identifier, raw, chunks) for identifier, raw in self.entries.items()]
        body = b"\n" + b",\n".join(lines) + b"\n  " if lines else b""
        return head + b',\n  "entries": {' + body + b"}\n}\n"


def _chunk(identifier: str, raw: Json, chunks: Chunks) -> bytes:
    known = chunks.get(identifier)
    if known is not None and known[0] is raw:
        return known[1]
    lines = msgspec.json.format(msgspec.json.encode({identifier: raw}), indent=2)
    chunk = lines.removeprefix(b"{\n").removesuffix(b"\n}").replace(b"\n", b"\n  ")
    chunks[identifier] = raw, b"  " + chunk
    return b"  " + chunk


def decode(data: bytes) -> Document:
    """The document in ``data``. Raises ``Damaged``."""
    if not data.strip():
        raise Damaged("it is empty", data)
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        marked = len(_CONFLICT.findall(data)) >= 3
        raise Damaged("it has merge-conflict markers" if marked else "it is not JSON", data) from error
    if not isinstance(found, dict) or not isinstance(found.get("entries", {}), dict):
        raise Damaged("it is not a library", data)
    entries = found.pop("entries", {})
    return Document(entries, found)


def rescued(data: bytes) -> Document:
    """What can be read of a damaged file: both sides of a merge conflict, or the entries before the damage."""
    with suppress(Damaged):
        ours, theirs = (decode(side) for side in _sides(data))
        if not (ours.newer or theirs.newer):
            return combined(ours, theirs)
    return _salvaged(data)


def combined(ours: Document, theirs: Document, both_notes: bool = True) -> Document:
    """``ours`` with everything ``theirs`` has that is newer or that ``ours`` has not."""
    document = Document(dict(ours.entries), theirs.top | ours.top)
    for identifier, raw in theirs.entries.items():
        document.entries.setdefault(identifier, raw)  # as it is, with what only another version understands
    for change in merge(ours.entries, theirs.entries, both_notes):
        apply(document.entries, change)
    return document


def _sides(data: bytes) -> tuple[bytes, bytes]:
    """A file with merge-conflict markers as each of the two sides had it."""
    sides: tuple[list[bytes], list[bytes]] = ([], [])
    taking: tuple[int, ...] = (0, 1)
    for line in data.splitlines(keepends=True):
        if marker := _CONFLICT.match(line.rstrip(b"\r\n")):
            taking = {b"<": (0,), b"|": (), b"=": (1,), b">": (0, 1)}[marker[1][:1]]
        else:
            for side in taking:
                sides[side].append(line)
    return b"".join(sides[0]), b"".join(sides[1])


def _salvaged(data: bytes) -> Document:
    """The entries that stand complete before the place where the file breaks off or goes wrong."""
    import json  # msgspec cannot say where a value ends

    text = data.removeprefix(b"\xef\xbb\xbf").decode(errors="replace")
    start = re.match(r'\s*\{(?:(?!"entries").){0,4096}?"entries"\s*:\s*\{', text, re.DOTALL)
    entries: dict[str, Json] = {}
    decoder = json.JSONDecoder()
    place = start.end() if start else len(text)
    with suppress(ValueError, RecursionError):
        while text.startswith('"', place := _end(_BETWEEN, text, place)):
            key, place = decoder.raw_decode(text, place)
            raw, place = decoder.raw_decode(text, _end(_COLON, text, place))
            msgspec.json.encode({key: raw})  # ValueError for what could not be written again
            if "\ufffd" not in key:
                entries[key] = raw
    return Document(entries)


def _end(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found else place
