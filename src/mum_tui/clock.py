"""The current time, as files of the program write it."""

from __future__ import annotations

import time


def utc_now() -> str:
    """This moment in UTC: ``2026-11-24T10:00:00Z``."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
