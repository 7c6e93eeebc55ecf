"""The current time, as files of the program write it."""

from __future__ import annotations

import time
from functools import lru_cache

from mum_tui.patterns import Pattern

_UTC = Pattern(r"[0-9]{4}(?:-[0-9]{2}){2}T[0-9]{2}(?::[0-9]{2}){2}Z")


def utc_now() -> str:
    """This moment in UTC: ``2026-11-24T10:00:00Z``."""
    return _written(int(time.time()))


@lru_cache(maxsize=1)
def _written(seconds: int) -> str:
    """A time as text: the same text for all of a second, because thousands of changes may be made at once."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def is_utc(text: str) -> bool:
    """Whether a text has the form of ``utc_now``."""
    return _UTC.fullmatch(text) is not None
