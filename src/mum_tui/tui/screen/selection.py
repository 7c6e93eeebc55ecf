"""Marking entries, so that one key acts on several."""

from __future__ import annotations

from mum_tui.tui.screen.screen_part import ScreenPart


class Marking(ScreenPart):
    """Marks are kept while the view changes, so that they can be gathered from several searches."""

    def action_mark(self) -> None:
        """Mark or unmark the current entry and go on to the next, so that holding the key marks a run."""
        if self.focused is self.sections:
            node = self.sections.current
            if node.is_open is None:
                self.sections.choose()
            else:
                self.fold(node.key, not node.is_open)
        elif entry := self.entry_or_say():
            self.mark([entry], on=entry.id not in self.marks)
            self.table.move(1)

    def action_mark_all(self) -> None:
        self.mark((self.index.entries[row] for row in self.results.rows), on=True)

    def action_unmark_all(self) -> None:
        self.mark(self.marked, on=False)
