"""What the browser remembers from one start to the next; losing it costs a preference, nothing more."""

# Annotations are values here, not texts: msgspec would evaluate each text at every start.

from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from mum_tui.storage.files import read, write_atomically


class Session(Struct, frozen=True, omit_defaults=True):
    """Choices made in the browser, and where it was left.

    ``scope`` and ``query`` are the view, ``sort`` and ``descending`` its order, ``entry`` the id under the cursor.
    ``panes`` are the sizes the panes were given (empty: as the terminal's size suggests), ``tree`` whether the
    sections are shown (None: as the size suggests). Citations were last copied in ``format``, those of a style in
    ``form``, and as citations in the text if ``in_text``. ``folds`` tells by key which parts of the tree were opened
    (true) or folded, where that is not the default; ``used`` how often each thing was chosen in the palette. ``group``
    is what the table is grouped by, ``columns`` are its columns where the user chose them.
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
    form: str = ""
    folds: dict[str, bool] = {}
    group: str = ""
    columns: tuple[str, ...] = ()
    used: dict[str, int] = {}
    in_text: bool = False


def load(path: Path) -> Session:
    """The last session, with defaults for everything that cannot be read."""
    try:
        stored = msgspec.json.decode(read(path))
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Session()
    fields = {}
    for field in msgspec.structs.fields(Session) if isinstance(stored, dict) else ():
        with suppress(msgspec.ValidationError, KeyError):
            fields[field.name] = msgspec.convert(stored[field.name], field.type)
    return Session(**fields)


def save_choices(path: Path, session: Session, fresh: bool) -> None:
    """Store the session. After a fresh start, earlier choices that were not changed are kept."""
    if fresh:
        before = load(path)
        chosen = {
            field: getattr(session, field) or getattr(before, field)
            for field in ("theme", "format", "panes", "columns")
        }
        cited = before if not session.format else session
        session = replace(session, **chosen, form=cited.form, in_text=cited.in_text)
    save(path, session)


def save(path: Path, session: Session) -> None:
    """Store the session; failing to do so is ignored."""
    with suppress(OSError):
        write_atomically(path, msgspec.json.format(msgspec.json.encode(session), indent=2) + b"\n")
