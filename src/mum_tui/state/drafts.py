"""Drafts of notes, stored while the user writes so that a crash loses none."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from mum_tui.clock import is_utc, utc_now
from mum_tui.state import stored
from mum_tui.storage.files import write_atomically
from mum_tui.text import clean, clean_line


class Draft(Struct, frozen=True):
    """The text of a note for the entry ``id``, as it was at ``at``."""

    id: str
    text: str
    at: str = ""


class Drafts:
    """The drafts in a folder, one file each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save(self, identifier: str, text: str) -> bool:
        """Store the text of a draft; returns whether that worked. Blocks while writing."""
        draft = Draft(clean(identifier), clean(text), utc_now())
        try:
            write_atomically(self._file(identifier), msgspec.json.format(msgspec.json.encode(draft)) + b"\n")
        except OSError:
            return False
        return True

    def all(self) -> dict[str, Draft]:
        """The drafts by entry id, the oldest first; files that cannot be read are ignored."""
        drafts = []
        with suppress(OSError):
            for path in self.folder.glob("*.json"):
                if draft := stored.load(path, Draft):
                    drafts.append(Draft(clean_line(draft.id), clean(draft.text), draft.at if is_utc(draft.at) else ""))
        return {draft.id: draft for draft in sorted(drafts, key=lambda draft: draft.at)}

    def drop(self, identifier: str) -> None:
        """Delete a draft."""
        with suppress(OSError):
            self._file(identifier).unlink()

    def _file(self, identifier: str) -> Path:
        name = hashlib.sha256(identifier.encode(errors="replace")).hexdigest()[:16]
        return self.folder / f"{name}.json"
