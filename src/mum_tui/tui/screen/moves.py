"""Moves the cursor in a pane, the focus between panes, into an entry and step by step back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from mum_tui.search.view import ALL
from mum_tui.tui.widgets.lines import LinesView

if TYPE_CHECKING:
    from mum_tui.tui.screen.main import MainScreen


class Moves:
    """The movements."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    @property
    def _pane(self) -> LinesView:
        """The pane that arrow keys move in: the focused one, or the table while the user types a query."""
        focused = self._screen.focused
        return focused if isinstance(focused, LinesView) else self._screen.table

    # -- in a pane

    def move(self, lines: int) -> None:
        """Move down by ``lines`` lines; negative: up."""
        self._pane.move(lines)

    def down(self) -> None:
        """One line down; in the query input first to later queries."""
        if not self._screen.acts.past_queries.later():
            self._pane.move(1)

    def up(self) -> None:
        """One line up; in the query input, from the first row, to earlier queries."""
        if not self._screen.acts.past_queries.earlier():
            self._pane.move(-1)

    def first(self) -> None:
        """To the first line."""
        self._pane.move_to(0)

    def last(self) -> None:
        """To the last line."""
        self._pane.move_to(self._pane.line_count - 1)

    def to_line(self, number: int) -> None:
        """To the line with this number, counted from 1, or to the last one."""
        self._pane.move_to(min(max(number, 1), self._pane.line_count) - 1)

    @property
    def line_count(self) -> int:
        """The number of lines of the pane that arrow keys move in."""
        return self._pane.line_count

    def half_page_down(self) -> None:
        """Half a page down."""
        self._pane.move(max(self._pane.page // 2, 1))

    def half_page_up(self) -> None:
        """Half a page up."""
        self._pane.move(-max(self._pane.page // 2, 1))

    def page_down(self) -> None:
        """One page less a line down."""
        self._pane.move(max(self._pane.page - 1, 1))

    def page_up(self) -> None:
        """One page less a line up."""
        self._pane.move(-max(self._pane.page - 1, 1))

    # -- from entry to entry

    def next_entry(self) -> None:
        """To the next entry of the table, from any pane."""
        self._go_by(1, "This is the last entry")

    def previous_entry(self) -> None:
        """To the previous entry of the table, from any pane."""
        self._go_by(-1, "This is the first entry")

    def _go_by(self, step: int, otherwise: str) -> None:
        screen = self._screen
        before = screen.table.current
        screen.table.move(step)
        if screen.table.current == before and screen.entry_or_say():
            screen.say(otherwise)

    # -- from pane to pane

    def next_pane(self) -> None:
        """In the query input, take the next completion; else go to the next pane."""
        self._complete_or_leave(1)

    def previous_pane(self) -> None:
        """In the query input, take the previous completion; else go to the previous pane."""
        self._complete_or_leave(-1)

    def _complete_or_leave(self, step: int) -> None:
        screen = self._screen
        if screen.acts.completions.cycle(step):
            return
        if screen.is_typing:  # stay: what is typed next is text, not keys of a pane
            screen.acts.panes.reply_to_key(f"Nothing to complete here; {screen.key_of('read')} goes to the entries")
            return
        panes: list[LinesView] = [screen.sections, screen.table, screen.detail]
        at = panes.index(self._pane)
        screen.acts.panes.leave_zoom()
        screen.acts.panes.go_to(panes[(at + step) % len(panes)])

    def filter(self) -> None:
        """Go to the query input; full screen, search inside the entry."""
        screen = self._screen
        if screen.acts.panes.zoomed:
            screen.acts.inside.ask()
            return
        screen.acts.filtering.begin()

    # -- into an entry, and back

    def read(self) -> None:
        """Read the current entry full screen; in the tree, choose; in the query input, go to the table."""
        screen = self._screen
        # At once, not by a message: the next key may already be waiting.
        if screen.focused is screen.sections:
            if screen.sections.line_count:
                screen.acts.tree.choose()
        elif screen.focused is screen.table:
            if screen.table.line_count:
                screen.acts.panes.zoom(True)
        elif screen.focused is screen.detail:
            screen.acts.panes.zoom(not screen.acts.panes.zoomed)
        else:
            screen.acts.past_queries.remember()
            screen.acts.panes.go_to(screen.table)

    def step_back(self) -> None:
        """Go one step back: close completions; end a range or a search; return from reading or a pane; clear the query,
        then the scope.
        """
        screen = self._screen
        if screen.acts.completions.close():
            return
        if screen.acts.selection.is_range:
            screen.acts.selection.end_range()
            return
        if screen.acts.panes.zoomed and screen.acts.inside.is_active:
            screen.acts.inside.end()
        elif screen.acts.panes.zoomed:
            screen.acts.panes.zoom(False)
        elif screen.focused is not screen.table:
            screen.acts.past_queries.remember()
            screen.acts.panes.go_to(screen.table)
        elif screen.view.query:
            screen.query_input.value = ""
        elif screen.view.scope:
            screen.run_view(replace(screen.view, scope=ALL))
