"""Selects entries, so that one key acts on several, and finds the targets of acts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mum_tui.catalog.model import Entry
from mum_tui.search.view import ALL, View
from mum_tui.tui.screen.annotation_scopes import SELECTED

if TYPE_CHECKING:
    from mum_tui.tui.dialogs.lists import Choice
    from mum_tui.tui.screen.main import MainScreen


class Selection:
    """Changes the selection of the screen, which stays when the view changes, so it can grow over several searches.

    A *range* extends from the entry where it was begun to the cursor, and follows the cursor until it is ended.
    """

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._range_from: int | None = None
        self._before_range: dict[str, None] = {}
        self._is_range_by_shift = False
        self._is_extending = False
        self._came_from: tuple[View, int | None] | None = None

    # -- which entries

    @property
    def hidden(self) -> int:
        """The number of selected entries that are not shown."""
        screen = self._screen
        if screen.acts.panes.zoomed:
            return len(screen.selection) - (screen.current in screen.selection)
        return (screen.annotation_scopes.rows[SELECTED] & ~screen.results.shown).bit_count()

    @property
    def rows(self) -> list[int]:
        """The catalog rows of the selected entries, in the order of selection."""
        return [self._screen.services.row_by_id[identifier] for identifier in self._screen.selection]

    def with_targets(self, act: Callable[[list[Entry]], None]) -> None:
        """Call ``act`` with the selected entries, or with the current one if none is selected.

        If none of the selected entries is shown, ask first which to use. If there is no entry, say so.
        """
        screen = self._screen
        self.end_range()
        if self.is_out_of_sight:
            # Taken now: a key typed after the answer may clear the selection before the answer arrives.
            selected, current = list(screen.selected), [screen.entry] if screen.entry else []
            self.ask_which(lambda: act(selected), lambda: act(current))
        elif targets := screen.targets_or_say():
            act(targets)

    @property
    def is_out_of_sight(self) -> bool:
        """Whether entries are selected, and none of them is shown."""
        return bool(self._screen.selection) and self.hidden == len(self._screen.selection)

    def ask_which(self, selected: Callable[[], None], current: Callable[[], None]) -> None:
        """Ask whether to use the selected entries, which are not shown, or the current one; call that function."""
        from mum_tui.tui.dialogs.lists import ListDialog

        screen = self._screen
        count = len(screen.selection)
        rows = [("selected", f"{count:,} {'entry' if count == 1 else 'entries'}, not shown", "")]
        answers = [selected]
        if screen.entry is not None:
            rows.append(("current", screen.entry.name or screen.entry.title, ""))
            answers.append(current)
        rows.append(("show", "the selected only", ""))
        answers.append(self.show_selected)

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                answers[choice.number]()

        title = f"{count:,} selected, none shown"
        screen.push(ListDialog(title, "press its key, or enter · esc does nothing", rows), answered)

    # -- one by one

    def toggle(self) -> None:
        """Select or deselect the current entry and go to the next, so that holding the key selects several.

        In the tree: fold the node under the cursor, or choose it. During a range: end it.
        """
        screen = self._screen
        if screen.focused is screen.sections:
            node = screen.sections.current
            if node.is_open is None:
                screen.sections.choose()
            else:
                screen.acts.tree.set_open(node.key, not node.is_open)
        elif self._range_from is not None and not self._is_range_by_shift:
            self.end_range()
        elif entry := screen.entry_or_say():
            self.toggle_entry(entry.id)
            if screen.view.scope != SELECTED:
                screen.table.move(1)

    def toggle_entry(self, identifier: str) -> None:
        """Select or deselect an entry."""
        self.end_range()
        selection = self._screen.selection
        if identifier in selection:
            del selection[identifier]
        else:
            selection[identifier] = None
        self._show()

    def select_all(self) -> None:
        """Select all entries shown."""
        self.end_range()
        self._select(self._screen.results.rows)

    def clear(self) -> None:
        """Select nothing."""
        self._range_from = None
        self._screen.selection.clear()
        self._show()

    def _select(self, rows: Iterable[int]) -> None:
        for row in rows:
            self._screen.selection.setdefault(self._screen.index.entries[row].id)
        self._show()

    def _show(self) -> None:
        screen = self._screen
        screen.annotation_scopes.select(screen.index.rows_of(screen.selection) if screen.selection else 0)
        if screen.view.scope == SELECTED:
            screen.run_view(screen.view)
        else:
            screen.show_results()
        screen.acts.panes.show_hints()

    # -- a range

    @property
    def is_range(self) -> bool:
        """Whether a range follows the cursor."""
        return self._range_from is not None

    def range(self) -> None:
        """Begin a range at the current entry, or end the range."""
        if self._range_from is not None:
            self.end_range()
        else:
            self._begin_range(with_shift=False)

    def extend_down(self) -> None:
        """Select the current entry and the next one, which becomes current."""
        self._extend(1)

    def extend_up(self) -> None:
        """Select the current entry and the previous one, which becomes current."""
        self._extend(-1)

    def select_to_cursor(self, y: int) -> None:
        """Select from line ``y`` of the table to the cursor."""
        table = self._screen.table
        self.end_range()
        first, last = sorted((table.index_at(y) or 0, table.position))
        self._select(table.rows[first : last + 1])

    def end_range(self) -> None:
        """End the range; its entries stay selected."""
        if self._range_from is not None:
            self._range_from = None
            self._screen.show_tally()

    def cursor_moved(self) -> None:
        """Call this when the user moved the cursor."""
        if self._range_from is None:
            return
        if self._is_range_by_shift and not self._is_extending:
            self.end_range()
        else:
            self._follow_cursor()

    def _extend(self, lines: int) -> None:
        screen = self._screen
        if screen.focused in (screen.sections, screen.detail):
            screen.acts.moves.move(lines)
            return
        if self._range_from is None:
            self._begin_range(with_shift=True)
        self._is_extending = True
        screen.table.move(lines)
        self._is_extending = False

    def _begin_range(self, with_shift: bool) -> None:
        screen = self._screen
        if screen.entry_or_say() is None:
            return
        self._range_from = screen.table.current
        self._before_range = dict(screen.selection)
        self._is_range_by_shift = with_shift
        self._follow_cursor()

    def _follow_cursor(self) -> None:
        screen = self._screen
        table = screen.table
        if self._range_from is None or self._range_from not in table.rows:
            self.end_range()
            return
        start = table.rows.index(self._range_from)
        first, last = sorted((start, table.position))
        screen.selection.clear()
        screen.selection.update(self._before_range)
        self._select(table.rows[first : last + 1])

    # -- the selected only

    def show_selected(self) -> None:
        """Show the selected entries only; if they are shown, return to the view before."""
        screen = self._screen
        self.end_range()
        if screen.view.scope == SELECTED:
            view, row = self._came_from or (replace(screen.view, scope=ALL), None)
        elif screen.selection:
            self._came_from = screen.view, screen.table.current
            view, row = replace(screen.view, scope=SELECTED, query=""), None
        else:
            screen.say(f"Nothing is selected; {screen.key_of('select-entry')} selects")
            return
        screen.acts.panes.zoom(False)
        screen.show_view(view, row)
