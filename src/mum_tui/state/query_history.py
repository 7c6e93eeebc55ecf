"""The query history: the last queries, oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from mum_tui.state import stored
from mum_tui.storage.files import write_atomically

QUERIES_STORED = 50
"""The most queries in the history."""


def load(path: Path) -> tuple[str, ...]:
    """The queries in ``path``, oldest first; none if it cannot be read."""
    texts = stored.load(path, list[str]) or ()
    return tuple(query for text in texts if (query := stored.query(text)))[-QUERIES_STORED:]


def added(queries: Sequence[str], query: str) -> tuple[str, ...]:
    """``queries`` with ``query`` at the end, and only there."""
    query = stored.query(query)
    if not query:
        return tuple(queries)
    return (*(earlier for earlier in queries if earlier != query), query)[-QUERIES_STORED:]


def save(path: Path, queries: Sequence[str]) -> None:
    """Store the queries; errors are ignored."""
    with suppress(OSError):
        write_atomically(path, msgspec.json.format(msgspec.json.encode(list(queries)), indent=2) + b"\n")


def remember(path: Path, known: Sequence[str], query: str) -> tuple[str, ...]:
    """Add a query to ``known`` and to the file; returns all queries. Nothing is written if it is already the last."""
    queries = added(known, query)
    if queries == tuple(known):
        return queries
    queries = added(load(path), query)  # another browser may have added some meanwhile
    save(path, queries)
    return queries
