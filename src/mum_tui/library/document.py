"""The content of the library's file: decoded from untrusted JSON, encoded readably.

    {"schema": 1, "entries": {"liu2023clip": {"bookmarked": "2026-11-24T10:00:00Z", "title": …, "url": …,
     "status": "reading", "note": …, "rating": 4, "tags": {"liver": "2026-11-24T10:00:00Z"}, "changed": {…}}}}

Keys that this version does not know are preserved.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

import msgspec

from mum_tui.json_types import Json
from mum_tui.library.encoded_entries import EncodedEntries
from mum_tui.library.operations import Change, apply

SCHEMA = 1

# Not compiled here: only a damaged file needs these patterns, and compiling would slow down every start.
_CONFLICT = rb"(?m)^(<{7}|\|{7}|={7}|>{7})(?: .*|\r?)$"
_ENTRIES = r'(?s)\s*\{(?:(?!"entries").){0,4096}?"entries"\s*:\s*\{'
_LINE = r'(?m)^ {4}(?=")'
_BETWEEN = r"[\s,]*"
_COLON = r"\s*:\s*"


class DamagedLibrary(Exception):
    """A library file cannot be decoded; the message is the reason, ``data`` its bytes."""

    def __init__(self, reason: str, data: bytes) -> None:
        super().__init__(reason)
        self.data = data


class Document:
    """The content of a library: ``entries`` by id, and the other keys at the top level of the file.

    Only ``apply`` changes ``entries``: their encoded text is kept, but for long entries, in blocks. A block is replaced
    when an entry in it changes.
    """

    def __init__(self, entries: dict[str, Json] | None = None, top: dict[str, Json] | None = None) -> None:
        self.entries = {} if entries is None else entries
        self.top = {} if top is None else top
        self._encoded: EncodedEntries | None = None

    def copy(self) -> Document:
        """A copy; changing one document does not change the other."""
        copy = Document(dict(self.entries), self.top)
        copy._encoded = None if self._encoded is None else self._encoded.copy(copy.entries)
        return copy

    @property
    def newer(self) -> int:
        """The number of the schema if it is newer than this version's, otherwise 0."""
        schema = self.top.get("schema", SCHEMA)
        return schema if isinstance(schema, int) and schema > SCHEMA else 0

    def apply(self, change: Change) -> bool:
        """Make a change; see ``operations.apply``."""
        done = apply(self.entries, change)
        if self._encoded is not None and done:
            self._encoded.changed(change.id)
        return done

    def encode(self) -> bytes:
        """The document as indented JSON. Raises ``ValueError`` or ``RecursionError`` for values JSON cannot have."""
        return b"".join(self.encode_in_blocks())

    def encode_in_blocks(self) -> Iterator[bytes]:
        """Like ``encode``, in blocks: a large library is not in memory a second time. Raises before the first one."""
        if self._encoded is None:
            self._encoded = EncodedEntries(self.entries)
        self._encoded.encode()
        blocks = iter(self._encoded)
        first = next(blocks, b",")[1:]
        head = msgspec.json.format(msgspec.json.encode({"schema": SCHEMA} | self.top), indent=2).removesuffix(b"\n}")
        end = b"\n  }\n}\n" if self.entries else b"}\n}\n"
        return itertools.chain((head, b',\n  "entries": {', first), blocks, (end,))

    @property
    def encoded_size(self) -> int:
        """The bytes of the entries as they were last encoded."""
        return 0 if self._encoded is None else self._encoded.size

    def is_all_of(self, file: BinaryIO) -> bool:
        """Whether a file, read from where it is, has exactly what ``encode`` gives."""
        return all(file.read(len(block)) == block for block in self.encode_in_blocks()) and not file.read(1)


def decode(data: bytes) -> Document:
    """The document in ``data``. Raises ``DamagedLibrary``."""
    if not data.strip():
        raise DamagedLibrary("it is empty", data)
    try:
        decoded = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        has_conflict_markers = len(re.findall(_CONFLICT, data)) >= 3
        raise DamagedLibrary(
            "it has merge-conflict markers" if has_conflict_markers else "it is not JSON", data
        ) from error
    if not isinstance(decoded, dict) or not isinstance(decoded.get("entries", {}), dict):
        raise DamagedLibrary("it is not a library", data)
    entries = decoded.pop("entries", {})
    return Document(entries, decoded)


def rescued(data: bytes) -> Document:
    """What can be read of a damaged file: both sides of a merge conflict, or the undamaged entries."""
    with suppress(DamagedLibrary):
        ours, theirs = (decode(side) for side in _sides(data))
        if not (ours.newer or theirs.newer):
            return combined(ours, theirs)
    return _salvaged(data)


def combined(ours: Document, theirs: Document, both_notes: bool = True) -> Document:
    """``ours`` with everything in ``theirs`` that is newer or missing in ``ours``."""
    from mum_tui.library.merge import merge

    document = Document(dict(ours.entries), theirs.top | ours.top)
    for identifier, raw in theirs.entries.items():
        document.entries.setdefault(identifier, raw)  # unchanged, with keys that only another version knows
    for change in merge(ours.entries, theirs.entries, both_notes):
        document.apply(change)
    return document


def _sides(data: bytes) -> tuple[bytes, bytes]:
    """The two versions in a file with merge-conflict markers."""
    sides: tuple[list[bytes], list[bytes]] = ([], [])
    taking: tuple[int, ...] = (0, 1)
    for line in data.splitlines(keepends=True):
        if marker := re.match(_CONFLICT, line.rstrip(b"\r\n")):
            taking = {b"<": (0,), b"|": (), b"=": (1,), b">": (0, 1)}[marker[1][:1]]
        else:
            for side in taking:
                sides[side].append(line)
    return b"".join(sides[0]), b"".join(sides[1])


def _salvaged(data: bytes) -> Document:
    """The entries that can be read one by one: before the damage and, if lines are as we write them, after it."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode(errors="replace")
    start = re.match(_ENTRIES, text)
    entries: dict[str, Json] = {}
    at = start.end() if start else len(text)
    while text.startswith('"', at := _end(_BETWEEN, text, at)):
        try:
            key, raw, at = _pair(text, at)
        except (ValueError, RecursionError):
            following = re.compile(_LINE).search(text, at + 1)
            at = following.end() if following else len(text)
        else:
            if "\ufffd" not in key:
                entries[key] = raw
    return Document(entries)


def _pair(text: str, at: int) -> tuple[str, Json, int]:
    """The key and value at the position ``at``, and where they end. Raises ``ValueError`` or ``RecursionError``."""
    import json  # msgspec does not tell where a value ends

    decoder = json.JSONDecoder()
    key, at = decoder.raw_decode(text, at)
    raw, at = decoder.raw_decode(text, _end(_COLON, text, at))
    msgspec.json.encode({key: raw})  # raises ValueError if it could not be written again
    return key, raw, at


def _end(pattern: str, text: str, at: int) -> int:
    match = re.compile(pattern).match(text, at)
    return match.end() if match else at
