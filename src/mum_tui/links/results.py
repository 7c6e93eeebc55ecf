"""The results of link checks, and the file that stores them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from mum_tui.storage import files

OK = "ok"
MOVED = "moved"
DEAD = "dead"
UNKNOWN = "unknown"
VERDICTS = (DEAD, MOVED, UNKNOWN, OK)
"""``dead``: 404 or 410. ``unknown``: it may exist, but that could not be confirmed (401, 403, 429, a timeout …)."""

FRESH = timedelta(days=7)
"""How long a good result is valid."""


class LinkResult(Struct, frozen=True, omit_defaults=True):
    """The result for ``url``: verdict, HTTP status (0 for none), new address, why it is unknown, time of the check."""

    url: str
    verdict: str
    status: int = 0
    target: str = ""
    reason: str = ""
    checked: str = msgspec.field(name="asked", default="")


class _File(Struct, omit_defaults=True):
    version: int = 1
    results: list[LinkResult] = msgspec.field(name="answers", default_factory=list)


def load(path: Path) -> dict[str, LinkResult]:
    """The results in a file, by address; none if it cannot be read: they can be made again."""
    with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        stored = msgspec.json.decode(files.read(path), type=_File)
        if stored.version == 1:
            return {result.url: result for result in stored.results if result.verdict in VERDICTS}
    return {}


def save(path: Path, results: Iterable[LinkResult]) -> None:
    """Store results. Raises ``OSError``."""
    stored = _File(results=sorted(results, key=lambda result: result.url))
    files.write_atomically(path, msgspec.json.format(msgspec.json.encode(stored), indent=1) + b"\n")


def fresh_results(results: Mapping[str, LinkResult], at: datetime | None = None) -> dict[str, LinkResult]:
    """The good results of the last week, which need not be checked again; ``at`` is the current time."""
    oldest = ((at or datetime.now(UTC)) - FRESH).strftime("%Y-%m-%dT%H:%M:%SZ")
    newest = ((at or datetime.now(UTC)) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        url: result
        for url, result in results.items()
        if result.verdict in (OK, MOVED) and oldest <= result.checked <= newest
    }
