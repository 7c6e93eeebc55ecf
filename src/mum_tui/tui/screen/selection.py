"""Selecting entries, so that one key acts on several."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mum_tui.tui.screen.main import MainScreen


class Selection:
    """Changes the screen's selection, which stays while the view changes: it can be gathered from several searches."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def toggle(self) -> None:
        """Select the current entry or take it out, and go to the next one, so that holding the key selects a run.

        In the sections: fold the part under the cursor, or choose the line.
        """
        screen = self._screen
        if screen.focused is screen.sections:
            node = screen.sections.current
            if node.is_open is None:
                screen.sections.choose()
            else:
                screen.acts.tree.set_open(node.key, not node.is_open)
        elif entry := screen.entry_or_say():
            if entry.id in screen.selection:
                del screen.selection[entry.id]
            else:
                screen.selection[entry.id] = None
            screen.show_results()
            screen.table.move(1)

    def select_all(self) -> None:
        """Select all entries shown."""
        screen = self._screen
        for row in screen.results.rows:
            screen.selection.setdefault(screen.index.entries[row].id)
        screen.show_results()

    def clear(self) -> None:
        """Select nothing."""
        self._screen.selection.clear()
        self._screen.show_results()
