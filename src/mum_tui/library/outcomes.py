"""The outcomes of saving and of undoing."""

from __future__ import annotations

from msgspec import Struct

from mum_tui.library.history import Step
from mum_tui.text import plural


class Saved(Struct, frozen=True):
    """All changes are in the file. The entries in ``skipped`` keep what another process made of them since."""

    skipped: tuple[str, ...] = ()


class Unsaved(Struct, frozen=True):
    """``count`` changes are not in the library's file; ``reason`` says why.

    They are in memory. If the program is about to end, they are in the file ``stored_in``, too; if that is empty,
    the shell commands in ``commands`` repeat them.
    """

    reason: str
    count: int
    stored_in: str = ""
    commands: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """One line for the user: how many changes could not be saved, why, and where they are now."""
        count = plural(self.count, "change")
        where = f"; stored in {self.stored_in} and added at the next start" if self.stored_in else ""
        return f"{count} could not be saved: {self.reason}{where}"


Outcome = Saved | Unsaved


class Reverted(Struct, frozen=True):
    """The step that was undone or redone, and the ids where it was not: another process changed them meanwhile."""

    step: Step
    skipped: tuple[str, ...] = ()
