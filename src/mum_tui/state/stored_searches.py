"""The searches that were saved in the browser: queries by name. Those of ``config.toml`` are not here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from mum_tui.storage.files import read, write_atomically
from mum_tui.storage.lock import locked
from mum_tui.text import clean, one_line

MOST_STORED = 200
"""Searches that are stored; the tree shows all of them."""

LONGEST_NAME = 60
"""Characters of a name."""

LOCK_SECONDS = 2.0


def load(path: Path) -> dict[str, str]:
    """The searches in ``path``, in the order they were saved; none if it cannot be read."""
    try:
        stored = msgspec.json.decode(read(path), type=dict[str, str])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
    searches = {usable_name(name): one_line(clean(query)) for name, query in stored.items()}
    return {name: query for name, query in searches.items() if name and query}


def usable_name(name: str) -> str:
    """A name as it is shown and stored: one line, not too long."""
    return one_line(clean(name))[:LONGEST_NAME].strip()


def store(path: Path, name: str, query: str, instead_of: str = "") -> dict[str, str]:
    """Store a query under a name, over one of the same name; all searches after that.

    Args:
        path: the file.
        name, query: as ``usable_name`` and the query input give them.
        instead_of: the search that this one replaces, whose place it takes.

    Raises:
        OSError: it cannot be written; the file is as it was.
    """

    def changed(searches: dict[str, str]) -> dict[str, str]:
        pairs = [(name, query) if known in (name, instead_of) else (known, text) for known, text in searches.items()]
        return dict([*pairs, (name, query)])

    return _change(path, changed)


def remove(path: Path, name: str) -> dict[str, str]:
    """Remove a search; all that are left. Raises ``OSError`` with the file as it was."""
    return _change(path, lambda searches: {known: query for known, query in searches.items() if known != name})


def _change(path: Path, changed: Callable[[dict[str, str]], dict[str, str]]) -> dict[str, str]:
    with locked(path, LOCK_SECONDS):
        searches = dict(list(changed(load(path)).items())[-MOST_STORED:])
        write_atomically(path, msgspec.json.format(msgspec.json.encode(searches), indent=2) + b"\n")
    return searches
