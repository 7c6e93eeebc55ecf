"""What the browser remembers from one start to the next; losing it costs a preference, nothing more."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from mum_tui.library.store import write_atomically


class Session(Struct, frozen=True, omit_defaults=True):
    """Choices made in the browser: the theme and the format citations were last copied in."""

    theme: str = ""
    format: str = ""


def load(path: Path) -> Session:
    """The last session, or the defaults if it cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Session)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Session()


def save(path: Path, session: Session) -> None:
    """Keep the session, if there is anywhere to keep it."""
    with suppress(OSError):
        write_atomically(path, msgspec.json.format(msgspec.json.encode(session), indent=2) + b"\n")
