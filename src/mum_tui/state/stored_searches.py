"""The searches saved in the browser: queries by name. Searches of ``config.toml`` are not among them."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import msgspec

from mum_tui.state import stored
from mum_tui.storage.files import write_atomically
from mum_tui.storage.lock import locked
from mum_tui.text import MOST_IN_BOX, clean, one_line

MOST_STORED = 200
"""The most searches that are stored; the tree shows all of them."""

LONGEST_NAME = 60
"""The most characters of a name."""

LOCK_SECONDS = 2.0


def load(path: Path) -> dict[str, str]:
    """The searches in ``path``, in the order of saving; none if it cannot be read."""
    texts = stored.load(path, dict[str, str]) or {}
    searches = {usable_name(name): stored.query(query) for name, query in texts.items()}
    return dict([(name, query) for name, query in searches.items() if name and query][-MOST_STORED:])


def usable_name(name: str) -> str:
    """``name`` as it is stored: on one line, cut to ``LONGEST_NAME``; it may become empty."""
    return one_line(clean(name))[:LONGEST_NAME].strip()


def store(path: Path, name: str, query: str, instead_of: str = "") -> dict[str, str]:
    """Store a query under a name, replacing one of the same name; returns all searches.

    Args:
        path: the file.
        name, query: a name from ``usable_name``, and a query.
        instead_of: the name of a search to replace, whose position the new one takes.

    Raises:
        OSError: the query is too long, or the file cannot be written; the file is unchanged.
    """
    if len(query) > MOST_IN_BOX:
        raise OSError(errno.EFBIG, f"a query has at most {MOST_IN_BOX:,} characters")

    def changed(searches: dict[str, str]) -> dict[str, str]:
        pairs = [(name, query) if known in (name, instead_of) else (known, text) for known, text in searches.items()]
        return dict([*pairs, (name, query)])

    return _change(path, changed)


def remove(path: Path, name: str) -> dict[str, str]:
    """Remove a search; returns the remaining ones. Raises ``OSError`` if the file cannot be written."""
    return _change(path, lambda searches: {known: query for known, query in searches.items() if known != name})


def _change(path: Path, changed: Callable[[dict[str, str]], dict[str, str]]) -> dict[str, str]:
    with locked(path, LOCK_SECONDS):
        searches = dict(list(changed(load(path)).items())[-MOST_STORED:])
        write_atomically(path, msgspec.json.format(msgspec.json.encode(searches), indent=2) + b"\n")
    return searches
