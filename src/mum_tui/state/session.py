"""The session: what the browser remembers from one start to the next."""

# Without ``from __future__ import annotations``: msgspec would evaluate each annotation at every start.

from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from mum_tui.storage.files import read, write_atomically


class Session(Struct, frozen=True, omit_defaults=True):
    """Choices made in the browser, and the view at its end.

    - ``scope`` and ``query`` are the view, ``sort`` and ``descending`` its order, ``entry`` the id under the cursor.
    - ``panes`` has the sizes of the panes, ``tree`` says whether the sections are shown; empty and None mean that the
      size of the terminal decides.
    - ``format`` is the format of the last citation, ``markup`` its markup, ``in_text`` whether it was a citation in the
      text.
    - ``folds`` says for nodes of the tree, by key, whether they are open, if that differs from the default.
    - ``group`` is what the table is grouped by, ``columns`` its columns; both empty by default.
    - ``used`` counts how often each command was chosen in the palette.
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
    markup: str = msgspec.field(name="form", default="")
    folds: dict[str, bool] = {}
    group: str = ""
    columns: tuple[str, ...] = ()
    used: dict[str, int] = {}
    in_text: bool = False


def load(path: Path) -> Session:
    """The last session, with defaults for whatever cannot be read."""
    try:
        stored = msgspec.json.decode(read(path))
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Session()
    fields = {}
    for field in msgspec.structs.fields(Session) if isinstance(stored, dict) else ():
        with suppress(msgspec.ValidationError, KeyError):
            fields[field.name] = msgspec.convert(stored[field.encode_name], field.type)
    return Session(**fields)


def save_choices(path: Path, session: Session, fresh: bool) -> None:
    """Store the session. After a ``fresh`` start, earlier choices that were not changed are preserved."""
    if fresh:
        before = load(path)
        chosen = {
            field: getattr(session, field) or getattr(before, field)
            for field in ("theme", "format", "panes", "columns")
        }
        cited = before if not session.format else session
        session = replace(session, **chosen, markup=cited.markup, in_text=cited.in_text)
    save(path, session)


def save(path: Path, session: Session) -> None:
    """Store the session; errors are ignored."""
    with suppress(OSError):
        write_atomically(path, msgspec.json.format(msgspec.json.encode(session), indent=2) + b"\n")
