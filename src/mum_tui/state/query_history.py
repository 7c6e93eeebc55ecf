"""What was searched for before: the last queries, oldest first; losing them costs nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from mum_tui.storage.files import read, write_atomically
from mum_tui.text import clean, one_line

KEPT = 50
"""Queries that are remembered."""


def load(path: Path) -> tuple[str, ...]:
    """The queries in ``path``, oldest first; none if it cannot be read."""
    try:
        found = msgspec.json.decode(read(path), type=list[str])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ()
    return tuple(query for one in found if (query := one_line(clean(one))))[-KEPT:]


def added(queries: Sequence[str], query: str) -> tuple[str, ...]:
    """``queries`` with one more at the end, which then stands there only once."""
    query = one_line(clean(query))
    if not query:
        return tuple(queries)
    return (*(one for one in queries if one != query), query)[-KEPT:]


def save(path: Path, queries: Sequence[str]) -> None:
    """Keep the queries, if there is anywhere to keep them."""
    with suppress(OSError):
        write_atomically(path, msgspec.json.format(msgspec.json.encode(list(queries)), indent=2) + b"\n")
