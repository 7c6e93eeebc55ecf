"""The session: what the browser remembers from one start to the next."""

# Without ``from __future__ import annotations``: msgspec would evaluate each annotation at every start.

from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from mum_tui.state import stored
from mum_tui.storage.files import write_atomically
from mum_tui.text import MOST_IN_BOX, clean_line

Line = Annotated[str, Meta(max_length=MOST_IN_BOX)]
"""A text of the session. A longer one was not written by this program."""

Share = Annotated[int, Meta(ge=0, le=1000)]
"""The size of a pane."""

Uses = Annotated[int, Meta(ge=0, le=1_000_000_000)]
"""How often a command was chosen."""

_A_FEW, _MANY = Meta(max_length=100), Meta(max_length=1000)


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

    theme: Line = ""
    format: Line = ""
    scope: Line = ""
    query: Line = ""
    sort: Line = ""
    descending: bool = False
    entry: Line = ""
    panes: Annotated[tuple[Share, ...], _A_FEW] = ()
    tree: bool | None = None
    markup: Line = msgspec.field(name="form", default="")
    folds: Annotated[dict[Line, bool], _MANY] = {}
    group: Line = ""
    columns: Annotated[tuple[Line, ...], _A_FEW] = ()
    used: Annotated[dict[Line, Uses], _MANY] = {}
    in_text: bool = False


def load(path: Path) -> Session:
    """The last session, with defaults for whatever cannot be read."""
    values = stored.load(path, dict[str, Any]) or {}
    fields = {}
    for field in msgspec.structs.fields(Session):
        with suppress(msgspec.ValidationError, KeyError):
            fields[field.name] = _clean(msgspec.convert(values[field.encode_name], field.type))
    return Session(**fields)


def _clean(value: Any) -> Any:
    """A value of a field, with nothing in its texts that a terminal would execute."""
    match value:
        case str():
            return clean_line(value)
        case tuple():
            return tuple(map(_clean, value))
        case dict():
            return {clean_line(key): part for key, part in value.items()}
    return value


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
