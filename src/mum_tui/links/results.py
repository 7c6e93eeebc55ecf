"""What an address answered, and the small file that remembers it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from mum_tui.storage.files import read

OK = "ok"
MOVED = "moved"
DEAD = "dead"
UNKNOWN = "unknown"
VERDICTS = (DEAD, MOVED, UNKNOWN, OK)
"""``dead``: 404 or 410. ``unknown``: it may well be there, but would not say so (401, 403, 429, a timeout …)."""

FRESH = timedelta(days=7)
"""How long a good answer is believed."""


class Answer(Struct, frozen=True, omit_defaults=True):
    """What ``url`` answered: a verdict, the HTTP status (0 for none), where it moved, why it is not known, when."""

    url: str
    verdict: str
    status: int = 0
    target: str = ""
    reason: str = ""
    asked: str = ""


class _File(Struct, omit_defaults=True):
    version: int = 1
    answers: list[Answer] = []


def load(path: Path) -> dict[str, Answer]:
    """The answers in a file by address; nothing where it is missing or not ours: it can be made again."""
    with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        kept = msgspec.json.decode(read(path), type=_File)
        if kept.version == 1:
            return {answer.url: answer for answer in kept.answers if answer.verdict in VERDICTS}
    return {}


def save(path: Path, answers: Iterable[Answer], write: Callable[[Path, bytes], None]) -> None:
    """Store answers with ``write``. Raises ``OSError``."""
    kept = _File(answers=sorted(answers, key=lambda answer: answer.url))
    write(path, msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n")


def still_good(answers: Mapping[str, Answer], at: datetime | None = None) -> dict[str, Answer]:
    """The answers that need not be asked for again: good ones of the last week."""
    oldest = ((at or datetime.now(UTC)) - FRESH).strftime("%Y-%m-%dT%H:%M:%SZ")
    newest = ((at or datetime.now(UTC)) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        url: answer
        for url, answer in answers.items()
        if answer.verdict in (OK, MOVED) and oldest <= answer.asked <= newest
    }
