"""Undo and redo: the steps in order, each with its inverse. Knows no file."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from mum_tui.library.operations import Change, words

TITLE = 60
"""The most characters of a title in the description of a step."""

NAME = 30
"""Up to this many characters before the colon in a title count as the entry's name."""


class Step(Struct, frozen=True):
    """One thing the user did, to one entry or to many: its changes, and their inverses in the same order."""

    changes: tuple[Change, ...] = ()
    inverses: tuple[Change, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the entries it changes, each once."""
        return tuple(dict.fromkeys(change.id for change in self.changes))

    @property
    def words(self) -> str:
        """The step in words: ``bookmark of CLIP-Driven Universal Model``, ``status read on 6 entries``."""
        kinds = {words(change) for change in self.changes}
        change = kinds.pop() if len(kinds) == 1 else f"{len(self.changes)} changes"
        ids = self.ids
        if len(ids) != 1:
            return f"{change} on {len(ids)} entries"
        titles = [change.title for change in (*self.changes, *self.inverses) if change.title]
        title = titles[0] if titles else ids[0]
        name, colon, _ = title.partition(": ")
        if colon and len(name) <= NAME:
            title = name
        return f"{change} of {title if len(title) <= TITLE else title[: TITLE - 1].rstrip() + '…'}"

    def only(self, positions: Sequence[int]) -> Step:
        """The step with only the changes at ``positions``."""
        return Step(
            tuple(self.changes[position] for position in positions),
            tuple(self.inverses[position] for position in positions),
        )


MOST_CHANGES = 10_000
"""The most changes that can be undone; a step on all entries of a catalog has as many changes as entries."""

CHARACTERS_OF_ONE = 200
"""So many characters of notes count as one more change: a long note given to hundreds of entries takes much memory."""


def _size(step: Step) -> int:
    """How many changes a step counts for."""
    values = (change.value for change in (*step.changes, *step.inverses))
    characters = sum(len(value) for value in values if isinstance(value, str))
    return len(step.changes) + characters // CHARACTERS_OF_ONE


class History:
    """Two stacks. A new step clears the undone ones; the oldest steps are dropped when there are too many changes."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._done_size = 0

    def _add(self, step: Step) -> None:
        self._done.append(step)
        self._done_size += _size(step)
        dropped = 0
        while self._done_size > MOST_CHANGES and dropped < len(self._done) - 1:
            self._done_size -= _size(self._done[dropped])
            dropped += 1
        del self._done[:dropped]

    def record(self, step: Step) -> None:
        """Add a step that was just made; ignore one without changes."""
        if step.changes:
            self._add(step)
            self._undone.clear()

    def take_undo(self) -> Step | None:
        """Remove and return the last step; None if there is none. The caller applies its inverses, last first, and
        calls ``undone``.
        """
        if not self._done:
            return None
        step = self._done.pop()
        self._done_size -= _size(step)
        return step

    def undone(self, step: Step) -> None:
        """Record that a step was undone; it can be redone."""
        if step.changes:
            self._undone.append(step)

    def take_redo(self) -> Step | None:
        """Remove and return the step last undone; None if there is none. The caller applies its changes and calls
        ``redone``; the changes expect the values that undoing set.
        """
        if not self._undone:
            return None
        step = self._undone.pop()
        pairs = zip(step.changes, step.inverses, strict=True)
        return Step(tuple(replace(change, expected=back.value) for change, back in pairs), step.inverses)

    def redone(self, step: Step) -> None:
        """Record that a step was redone; it can be undone again."""
        if step.changes:
            self._add(step)
