"""What the browser remembers from one start to the next; losing it costs a preference, nothing more."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from mum_tui.storage.files import read, write_atomically

HISTORY = 100
"""How many queries are remembered."""


class Session(Struct, frozen=True, omit_defaults=True):
    """Choices made in the browser, and where it was left.

    ``scope`` and ``query`` are the view, ``sort`` and ``descending`` its order, ``entry`` the id under the cursor.
    ``panes`` are the sizes the panes were given (empty: as the terminal's size suggests), ``tree`` whether the
    sections are wanted (None: likewise), ``queries`` what was searched for, the latest first. Citations were last
    copied in ``format``, those of a style in ``form``. ``folds`` tells by key which parts of the tree were opened
    (true) or folded against what is usual.
    """

    theme: str = ""
    format: str = ""
    scope: str = ""
    query: str = ""
    sort: str = ""
    descending: bool = False
    entry: str = ""
    panes: tuple[int, ...] = ()
    tree: bool | None = None
    queries: tuple[str, ...] = ()
    form: str = ""
    folds: dict[str, bool] = {}


_TYPES = msgspec.structs.fields(Session)


def load(path: Path) -> Session:
    """The last session; what cannot be read of it is as it is by default."""
    try:
        found = msgspec.json.decode(read(path))
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Session()
    kept = {}
    for field in _TYPES if isinstance(found, dict) else ():
        with suppress(msgspec.ValidationError, KeyError):
            kept[field.name] = msgspec.convert(found[field.name], field.type)
    return Session(**kept)


def save(path: Path, session: Session) -> None:
    """Keep the session, if there is anywhere to keep it."""
    with suppress(OSError):
        write_atomically(path, msgspec.json.format(msgspec.json.encode(session), indent=2) + b"\n")


def remembered(queries: tuple[str, ...], query: str) -> tuple[str, ...]:
    """The queries with ``query`` as the latest, each once."""
    query = query.strip()
    return ((query, *(old for old in queries if old != query)) if query else queries)[:HISTORY]
