"""Undo and redo: what was done, in order, each step with what takes it back. Pure; it knows no file."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from mum_tui.library.operations import Change, words

TITLE = 60
"""Characters of a title that words about a step have."""

NAME = 30
"""Characters of what stands before a title's colon to be called the entry's name."""


class Step(Struct, frozen=True):
    """One thing the user did, to one entry or to many: its changes, and their inverses in the same order."""

    changes: tuple[Change, ...] = ()
    inverses: tuple[Change, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The entries it is about, each once."""
        return tuple(dict.fromkeys(change.id for change in self.changes))

    @property
    def words(self) -> str:
        """What it was: ``bookmark of CLIP-Driven Universal Model``, ``status read on 6 entries``."""
        kinds = {words(change) for change in self.changes}
        what = kinds.pop() if len(kinds) == 1 else f"{len(self.changes)} changes"
        ids = self.ids
        if len(ids) != 1:
            return f"{what} on {len(ids)} entries"
        titles = [made_change.title for made_change in (*self.changes, *self.inverses) if made_change.title]
        title = titles[0] if titles else ids[0]
        name, colon, _ = title.partition(": ")
        if colon and len(name) <= NAME:
            title = name
        return f"{what} of {title if len(title) <= TITLE else title[: TITLE - 1].rstrip() + '…'}"

    def only(self, places: Sequence[int]) -> Step:
        """The step without the changes that are not at ``places``."""
        return Step(tuple(self.changes[place] for place in places), tuple(self.inverses[place] for place in places))


class History:
    """Two stacks. A new step clears what was undone before it."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def record(self, step: Step) -> None:
        """Remember a step that was just made; one without changes is none."""
        if step.changes:
            self._done.append(step)
            self._undone.clear()

    def take_undo(self) -> Step | None:
        """Remove and return the last step. The caller applies its inverses, last first, and calls ``undone``."""
        return self._done.pop() if self._done else None

    def undone(self, step: Step) -> None:
        """These changes were taken back; they can be made again."""
        if step.changes:
            self._undone.append(step)

    def take_redo(self) -> Step | None:
        """Remove and return the step last undone, its changes so that they only replace what undoing left."""
        if not self._undone:
            return None
        step = self._undone.pop()
        pairs = zip(step.changes, step.inverses, strict=True)
        return Step(tuple(replace(change, expected=back.value) for change, back in pairs), step.inverses)

    def redone(self, step: Step) -> None:
        """These changes were made again; they can be undone again."""
        if step.changes:
            self._done.append(step)
