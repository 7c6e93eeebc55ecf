"""Arranges the panes, knows which one gets the keys, and shows the line of hints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from mum_tui.tui.cells import cell_len, join_fitting
from mum_tui.tui.model.hints import Context, KeyHint, placed
from mum_tui.tui.model.layout import (
    ONE_PANE,
    SUGGESTED,
    THREE_PANES,
    Arrangement,
    Box,
    Pane,
    arrange,
    resized,
    sizes_of,
    with_rule_at,
    with_tree_edge_at,
)

if TYPE_CHECKING:
    from mum_tui.tui.screen.main import MainScreen
    from mum_tui.tui.widgets.lines import LinesView


class Panes:
    """Arranges the widgets of the main screen.

    ``current`` is the pane that gets the keys. ``zoomed`` says that the current entry is read full screen.
    ``tree_wanted`` says whether the user wants the tree; None: the width decides. ``tree_choice`` is the same for the
    next session; it is None also if the choice equals the default for the width. ``sizes`` are the user's sizes.
    """

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.current = Pane.TABLE
        self.zoomed = False
        self.tree_wanted = screen.services.memory.session.tree
        self.tree_choice: bool | None = self.tree_wanted
        self.sizes = sizes_of(screen.services.memory.session.panes)
        self._bar = (0, 0)
        self._remarks: tuple[str, ...] = ()
        self._reply = ""
        self._hints: list[KeyHint] = []
        self._arranged: Arrangement | None = None
        self._is_covered = False

    # -- arrangement

    def set_bar(self, scope: int, tally: int) -> None:
        """Set the width, in cells, of the scope and the tally beside the query input."""
        if (scope, tally) != self._bar:
            self._bar = scope, tally
            self.lay_out()

    def lay_out(self) -> None:
        """Place the widgets according to the size of the terminal and the user's choices."""
        screen = self._screen
        width, height = screen.app.size
        # A choice that equals the default for this width does not count.
        self.tree_choice = None if self.tree_wanted == (width >= THREE_PANES) else self.tree_wanted
        new = arrange(width, height, self.current, self.zoomed, self.tree_wanted, *self._bar, self.sizes)
        if new == self._arranged:
            return
        self._arranged = new
        self.show_hints()
        screen.detail.set_rule(above=new.table is not None and not new.beside)
        screen.detail.set_pinned(title=new.table is None)
        screen.table.track = "│" if new.beside else " "
        boxes = {
            screen.sections: new.tree,
            screen.table: new.table,
            screen.detail: new.detail,
            screen.scope: new.scope,
            screen.query_input: new.input,
            screen.tally: new.tally,
            screen.hints: new.hints,
        }
        for widget, box in boxes.items():
            _move_widget(widget, box)

    def screen_resized(self) -> None:
        """Place the widgets after the size of the terminal changed."""
        screen = self._screen
        self.lay_out()
        if screen.focused is not None and not screen.focused.display:
            # Textual would focus the next widget, which may be the query input.
            screen.desktop.focus_moved_by_program()
            self.go_to(screen.table)

    def go_to(self, pane: LinesView) -> None:
        """Focus a pane, and show it if it is hidden."""
        screen = self._screen
        self.current = self._pane_of(pane)
        if pane is screen.sections:
            self.tree_wanted = True
        self.lay_out()
        screen.set_focus(pane)
        screen.acts.filtering.leave()

    def _pane_of(self, widget: Widget | None) -> Pane:
        screen = self._screen
        return Pane.TREE if widget is screen.sections else Pane.DETAIL if widget is screen.detail else Pane.TABLE

    def focused(self, widget: Widget) -> None:
        """Call this when a widget got the focus; if only one pane is shown, shows that of the widget."""
        self.current = self._pane_of(widget)
        self._reply = ""
        self.lay_out()
        self.show_hints()

    def zoom(self, on: bool) -> None:
        """Read the current entry full screen (``on``), or return to the table."""
        screen = self._screen
        if on and screen.entry is None:
            return
        self.zoomed = on
        screen.acts.inside.end()
        screen.show_entry()
        self.go_to(screen.detail if on else screen.table)

    def leave_zoom(self) -> None:
        """Return from full screen without changing the focus."""
        if self.zoomed:
            self.zoomed = False
            self._screen.acts.inside.end()

    # -- hints

    def set_remarks(self, remarks: tuple[str, ...]) -> None:
        """Show remarks on the query in place of the hints; without remarks, show the hints."""
        if remarks != self._remarks or self._reply:
            self._remarks = remarks
            self._reply = ""
            self.show_hints()

    def reply_to_key(self, text: str) -> None:
        """Show why the last key did nothing, until the next key or change of the focus."""
        self._reply = text
        self.show_hints()

    def show_hints(self) -> None:
        """Show remarks, or else the hints; nothing below a dialog, which has its own. Those on the query stand where
        its results are, not where an entry is read.
        """
        screen = self._screen
        width = screen.app.size.width
        if self._is_covered:
            self._hints = []
            screen.hints.show("")
            return
        on_query = () if self.zoomed else self._remarks
        if remarks := ((self._reply,) if self._reply else on_query):
            self._hints = []
            screen.hints.show(f" {join_fitting(remarks, width - 2)}", "text")
            return
        context = self.context
        state = f" {screen.acts.inside.state} " if context is Context.SEARCHING else ""
        idle = () if screen.acts.navigation.can_go_back else ("go-back",)
        self._hints = placed(screen.keymap, context, width, idle, cell_len(state))
        screen.hints.show(state + "".join(hint.text for hint in self._hints), "muted")

    @property
    def context(self) -> Context:
        """What gets the next key."""
        if self._screen.is_typing:
            return Context.TYPING
        if self.zoomed:
            return Context.SEARCHING if self._screen.acts.inside.is_active else Context.READING
        if self.current is Pane.TABLE and self._screen.selection:
            return Context.SELECTED
        return Context(self.current)

    def hint_at(self, x: int) -> str:
        """The action of the hint in cell ``x``; empty if there is none."""
        return next((hint.action for hint in self._hints if hint.start <= x < hint.end), "")

    def cover(self, on: bool) -> None:
        """Call this when a dialog was opened above the screen (``on``), or closed."""
        self._is_covered = on
        self.show_hints()

    # -- acts

    def toggle_tree(self) -> None:
        """Show or hide the sections."""
        screen = self._screen
        if screen.app.size.width < ONE_PANE:
            self.go_to(screen.table if self.current is Pane.TREE else screen.sections)
            return
        self.tree_wanted = not screen.sections.display
        if not self.tree_wanted and screen.focused is screen.sections:
            self.go_to(screen.table)
        self.lay_out()

    def grow(self) -> None:
        """Give the current pane more room."""
        self._resize(1)

    def shrink(self) -> None:
        """Give the current pane less room."""
        self._resize(-1)

    def _resize(self, steps: int) -> None:
        sizes = resized(self._arranged, self.sizes, self.current, steps) if self._arranged else None
        if sizes is None:
            self._screen.say("This pane already fills the screen")
            return
        self.sizes = sizes
        self.lay_out()

    def reset(self) -> None:
        """Reset the sizes of the panes to the default."""
        self.sizes = SUGGESTED
        self.lay_out()

    def move_edge(self, x: int) -> None:
        """Move the right edge of the tree to column ``x`` of the screen."""
        if self._arranged:
            self.sizes = with_tree_edge_at(self._arranged, self.sizes, x)
            self.lay_out()

    def move_rule(self, y: int) -> None:
        """Move the rule above the details to line ``y`` of the screen."""
        if self._arranged:
            self.sizes = with_rule_at(self._arranged, self.sizes, y)
            self.lay_out()


def _move_widget(widget: Widget, box: Box | None) -> None:
    """Show a widget in its box, or hide it."""
    widget.display = box is not None
    if box is not None:
        widget.styles.position = "absolute"
        widget.styles.offset = (box.x, box.y)
        widget.styles.width, widget.styles.height = box.width, box.height
