"""What all files of the state have in common: they are short, and nothing in them is trusted."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from mum_tui.storage.files import read
from mum_tui.text import MOST_IN_BOX, clean_line

MOST_BYTES = 4_000_000
"""The most bytes of a file that is read."""

T = TypeVar("T")


def load(path: Path, type: type[T], most_bytes: int = MOST_BYTES) -> T | None:
    """The content of a file of JSON; None if it cannot be read, is too large or of another type."""
    try:
        return msgspec.json.decode(read(path, most_bytes), type=type)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def query(text: str) -> str:
    """A query as the filter box takes it; empty if it is too long for that."""
    return "" if len(text) > MOST_IN_BOX else clean_line(text)
