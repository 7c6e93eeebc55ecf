"""The panes of the main screen: where they stand, which one keys go to, and moving in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from mum_tui.actions import ACTIONS, BY_ID, UNBOUND, Keymap
from mum_tui.catalog.model import Entry
from mum_tui.tui.cells import cell_len, within
from mum_tui.tui.model.hints import READING, TYPING, line
from mum_tui.tui.model.layout import (
    DETAIL,
    ONE_PANE,
    SUGGESTED,
    TABLE,
    THREE_PANES,
    TREE,
    Arrangement,
    Box,
    arrange,
    resized,
    ruled,
)
from mum_tui.tui.model.outline import Node, Outline
from mum_tui.tui.widgets.detail import DetailPane
from mum_tui.tui.widgets.lines import LinesView
from mum_tui.tui.widgets.query_input import PLACEHOLDER, FilterInput, Line
from mum_tui.tui.widgets.table import EntryTable
from mum_tui.tui.widgets.tree import SectionTree


def bindings() -> Iterator[Binding]:
    """The action table as Textual bindings; a numbered action gets one for each of its keys."""
    for action in ACTIONS:
        if action.numbered:
            for number, key in enumerate(action.keys.split(","), 1):
                yield Binding(key, f"{action.method}({number})", action.title, show=False, id=f"{action.id}-{number}")
        else:
            first = action.moves_focus
            yield Binding(action.keys, action.method, action.title, show=False, id=action.id, priority=first)


def key_overrides(keymap: Keymap) -> dict[str, str]:
    """The keys in force, by the ids of ``bindings``."""
    found: dict[str, str] = {}
    for action in ACTIONS:
        keys = keymap.keys[action.id]
        if action.numbered:
            found.update({f"{action.id}-{number}": key for number, key in enumerate(keys.split(","), 1)})
        else:
            # Textual would read an empty text as "leave the default".
            found[action.id] = keys or UNBOUND
    return found


class PaneScreen(Screen[None]):
    """Sections, entries and details, with a filter box above and hints below.

    What they show is the business of the main screen, which also gives ``query_edited`` and ``show_entry``.
    """

    BINDINGS = list(bindings())
    AUTO_FOCUS = ""

    def __init__(
        self,
        keymap: Keymap,
        outline: Outline,
        shelves: tuple[Node, ...],
        chosen: str,
        entries: Sequence[Entry],
        query: str = "",
    ) -> None:
        super().__init__()
        self.keymap = keymap
        self.outline = outline
        self._outlined = (shelves, frozenset({chosen}))
        self.scope = Line("accent", id="scope")
        self.query_left = query
        self.stand_in = Line("muted", id="stand-in")
        self.tally = Line("muted", id="tally", right=True)
        self.sections = SectionTree(outline.lines(*self._outlined), len(entries), id="tree")
        self.table = EntryTable(entries, self.show_entry, id="table")
        self.detail = DetailPane(id="detail")
        self.hints = Line("muted", id="hints")
        self.remarks: tuple[str, ...] = ()
        self.tally_room = 0
        self.zoomed = False
        self._at = TABLE
        self.tree_wanted: bool | None = None
        self.tree_choice: bool | None = None
        self.sizes = SUGGESTED
        self._arranged: Arrangement | None = None

    @cached_property
    def filter(self) -> FilterInput:
        """The filter box; made after the first frame, in which a line of text stands for it."""
        return FilterInput(self.query_edited, self.query_left, id="filter")

    @property
    def _has_box(self) -> bool:
        return "filter" in vars(self) and self.filter.is_attached

    def query_edited(self, query: str) -> None:
        """Called for every change of the text in the filter box."""
        raise NotImplementedError

    def show_entry(self, row: int | None) -> None:
        """Called for every move of the table's cursor, with the catalog row under it."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Called by Textual."""
        query = self.query_left
        self.stand_in.show(f" {query or PLACEHOLDER}", "text" if query else "muted")
        yield from (self.scope, self.stand_in, self.tally, self.sections, self.table, self.detail, self.hints)

    async def complete(self) -> None:
        """After the first frame: focus the table, and put the filter box where a line of text stood in for it."""
        if self.focused is None:
            self.set_focus(self.table)
        if not self._has_box:
            self._arranged = None
            await self.mount(self.filter, after=self.stand_in)
            await self.stand_in.remove()
            self.place_panes()

    def key_of(self, action: str) -> str:
        """The first key of an action, as a reader knows it."""
        return self.keymap.shown(BY_ID[action]).partition(" ")[0]

    # -- the lines of the tree

    def outline_tree(self, shelves: tuple[Node, ...], chosen: frozenset[str]) -> None:
        """Have these shelves in the tree, and what is chosen in sight; nothing is made anew where both are the same."""
        if (shelves, chosen) != self._outlined:
            self._outlined = (shelves, chosen)
            self.sections.plant(self.outline.lines(shelves, chosen))

    def fold(self, key: str, on: bool) -> None:
        """Open a part of the tree (``on``), or fold it."""
        self.outline.turn(key, on)
        self.sections.plant(self.outline.lines(*self._outlined))

    # -- arrangement

    def on_resize(self) -> None:
        self.place_panes()

    def place_panes(self) -> None:
        """Put the panes where the size of the terminal and the user want them."""
        width, height = self.app.size
        # What the width suggests anyway was not chosen against it.
        self.tree_choice = None if self.tree_wanted == (width >= THREE_PANES) else self.tree_wanted
        beside_box = (cell_len(self.scope.text) + 1, self.tally_room)
        found = arrange(width, height, self._at, self.zoomed, self.tree_wanted, *beside_box, self.sizes)
        if found == self._arranged:
            return
        self._arranged = found
        self.show_hints()
        self.detail.stand_below(found.table is not None and not found.beside)
        self.table.track = "│" if found.beside else " "
        box = self.filter if self._has_box else self.stand_in
        widgets = (self.sections, self.table, self.detail, self.scope, box, self.tally, self.hints)
        for widget, place in zip(widgets, found, strict=False):
            widget.display = isinstance(place, Box)
            if isinstance(place, Box):
                widget.styles.position = "absolute"
                widget.styles.offset = (place.x, place.y)
                widget.styles.width, widget.styles.height = place.width, place.height

    def show_hints(self) -> None:
        """Show in the last line what is to be remarked, or else the keys that are of use here."""
        width = self.app.size.width
        if self.remarks:
            self.hints.show(f" {within(self.remarks, width - 2)}", "text")
        else:
            typing = self._has_box and self.filter.has_focus
            place = TYPING if typing else READING if self.zoomed else self._at
            self.hints.show(line(self.keymap, place, width), "muted")

    def go_to(self, pane: LinesView) -> None:
        """Focus a pane; one that is hidden is shown first."""
        self._at = TREE if pane is self.sections else DETAIL if pane is self.detail else TABLE
        if pane is self.sections:
            self.tree_wanted = True
        self.place_panes()
        self.set_focus(pane)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """However a pane came to be focused: where one is shown at a time, it is that one."""
        self._at = TREE if event.widget is self.sections else DETAIL if event.widget is self.detail else TABLE
        self.place_panes()
        self.show_hints()

    def zoom(self, on: bool) -> None:
        """Read the current entry on the whole screen, or go back."""
        if on and self.table.current is None:
            return
        self.zoomed = on
        self.show_entry(self.table.current)
        self.go_to(self.detail if on else self.table)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Called by Textual: in the filter box, ``/`` is a character."""
        return not (action == BY_ID["filter"].method and self._has_box and self.focused is self.filter)

    async def action_filter(self) -> None:
        if not self._has_box:
            await self.complete()
        if self.zoomed:
            self.zoom(False)
        self.set_focus(self.filter)
        self.filter.action_end()

    def action_tree(self) -> None:
        if self.app.size.width < ONE_PANE:
            self.go_to(self.table if self._at == TREE else self.sections)
            return
        self.tree_wanted = not self.sections.display
        if not self.tree_wanted and self.focused is self.sections:
            self.go_to(self.table)
        self.place_panes()

    def action_next_pane(self) -> None:
        self._change_pane(1)

    def action_previous_pane(self) -> None:
        self._change_pane(-1)

    def _change_pane(self, step: int) -> None:
        panes: list[LinesView] = [self.sections, self.table, self.detail]
        at = panes.index(self._pane)
        self.zoomed = False
        self.go_to(panes[(at + step) % len(panes)])

    # -- sizes

    def action_grow_pane(self) -> None:
        self._resize_pane(1)

    def action_shrink_pane(self) -> None:
        self._resize_pane(-1)

    def _resize_pane(self, steps: int) -> None:
        found = resized(self._arranged, self.sizes, self._at, steps) if self._arranged else None
        if found is None:
            self.notify("There is one pane here, as large as the screen", markup=False)
            return
        self.sizes = found
        self.place_panes()

    def action_reset_panes(self) -> None:
        self.sizes = SUGGESTED
        self.place_panes()

    def on_detail_pane_rule_dragged(self, event: DetailPane.RuleDragged) -> None:
        if self._arranged:
            self.sizes = ruled(self._arranged, self.sizes, event.y)
            self.place_panes()

    # -- moving

    @property
    def _pane(self) -> LinesView:
        """Where the arrow keys act: the focused pane, or the table while one types a filter."""
        return self.focused if isinstance(self.focused, LinesView) else self.table

    def action_cursor_down(self) -> None:
        self._pane.move(1)

    def action_cursor_up(self) -> None:
        self._pane.move(-1)

    def action_first(self) -> None:
        self._pane.move_to(0)

    def action_last(self) -> None:
        self._pane.move_to(self._pane.line_count - 1)

    def action_half_page_down(self) -> None:
        self._pane.move(max(self._pane.page // 2, 1))

    def action_half_page_up(self) -> None:
        self._pane.move(-max(self._pane.page // 2, 1))

    def action_page_down(self) -> None:
        self._pane.move(max(self._pane.page - 1, 1))

    def action_page_up(self) -> None:
        self._pane.move(-max(self._pane.page - 1, 1))
