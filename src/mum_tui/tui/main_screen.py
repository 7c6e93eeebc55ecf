"""The screen that decides: it holds the view, asks the index, and hands the answer to the widgets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from mum_tui import details
from mum_tui.actions import ACTIONS, BY_ID, UNBOUND, Keymap
from mum_tui.catalog.model import Entry
from mum_tui.catalog.relations import Relations
from mum_tui.cells import cell_len
from mum_tui.citation import formats
from mum_tui.library.library import Saved, Unsaved
from mum_tui.search.query import toggled
from mum_tui.search.view import ALL, BOOKMARKS, Sort, View, scope_section
from mum_tui.services import Services
from mum_tui.text import why_not_url
from mum_tui.tui.acts import DesktopActs
from mum_tui.tui.arrangement import DETAIL, ONE_PANE, TABLE, TREE, Arrangement, Box, arrange
from mum_tui.tui.detail_pane import DetailPane
from mum_tui.tui.entry_table import EntryTable
from mum_tui.tui.filter_bar import PLACEHOLDER, FilterInput, Line
from mum_tui.tui.lines_view import LinesView
from mum_tui.tui.rows_view import RowsView
from mum_tui.tui.section_tree import FACET, SectionTree, nodes
from mum_tui.tui.text_view import TextView

if TYPE_CHECKING:
    from mum_tui.tui.dialogs import Choice

SORTS = (
    Sort("year", descending=True),
    Sort("title", descending=False),
    Sort("authors", descending=False),
    Sort("venue", descending=False),
    Sort("mark", descending=True),
)
"""The orders ``s`` goes through; ``S`` turns the present one round."""

AUTHORS_SHOWN = 12
"""Authors named in the detail pane; reading the entry on the whole screen shows all."""


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


class MainScreen(Screen[None]):
    """Sections, entries and details. Its ``view`` is the question, its ``results`` the answer shown."""

    BINDINGS = list(bindings())
    AUTO_FOCUS = ""

    def __init__(self, services: Services, acts: DesktopActs, keymap: Keymap) -> None:
        super().__init__()
        self.services = services
        self.acts = acts
        self.keymap = keymap
        self.index = services.index
        self.relations = Relations(self.index.entries)
        self.section_titles = self.index.catalog.section_titles
        self.view = View()
        self.results = self.index.run(self.view, services.library.bookmarks)
        self.format = self._known_format(services.session.format)
        self.scope = Line("accent", id="scope")
        self.filter = FilterInput(self._query_edited, id="filter")
        self.stand_in = Line("muted", id="stand-in")
        self.tally = Line("muted", id="tally", right=True)
        self.sections = SectionTree(nodes(self.index.catalog.sections, self.index.facets), id="tree")
        self.table = EntryTable(self.index.entries, self._show_entry, id="table")
        self.detail = DetailPane(id="detail")
        self.hints = Line("muted", id="hints")
        self._at = TABLE
        self._zoomed = False
        self._tree_wanted: bool | None = None
        self._arranged: Arrangement | None = None
        self._shown: int | None = None
        self._unsaved = 0
        self._said_unsaved = ""

    def compose(self) -> ComposeResult:
        """Called by Textual."""
        yield from (self.scope, self.stand_in, self.tally, self.sections, self.table, self.detail, self.hints)

    def on_mount(self) -> None:
        self.stand_in.show(f" {PLACEHOLDER}")
        self._show_results()

    async def complete(self) -> None:
        """After the first frame: focus the table, and put the filter box where a line of text stood in for it."""
        if self.focused is None:
            self.set_focus(self.table)
        if not self.filter.is_attached:
            self._arranged = None
            await self.mount(self.filter, after=self.stand_in)
            await self.stand_in.remove()
            self._arrange()

    def _key(self, action: str) -> str:
        """The first key of an action, as a reader knows it."""
        return self.keymap.shown(BY_ID[action]).partition(" ")[0]

    # -- arrangement

    def on_resize(self) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Put the panes where the size of the terminal and the user want them."""
        width, height = self.app.size
        beside_box = (cell_len(self.scope.text) + 1, cell_len(self.tally.text) + 1)
        found = arrange(width, height, self._at, self._zoomed, self._tree_wanted, *beside_box)
        if found == self._arranged:
            return
        self._arranged = found
        self.detail.stand_below(found.table is not None and not found.beside)
        self.table.track = "│" if found.beside else " "
        box = self.filter if self.filter.is_attached else self.stand_in
        widgets = (self.sections, self.table, self.detail, self.scope, box, self.tally, self.hints)
        self.hints.show(self._hints(width))
        for widget, place in zip(widgets, found, strict=False):
            widget.display = isinstance(place, Box)
            if isinstance(place, Box):
                widget.styles.position = "absolute"
                widget.styles.offset = (place.x, place.y)
                widget.styles.width, widget.styles.height = place.width, place.height

    def _hints(self, width: int) -> str:
        """The most important keys, as many as fit whole."""
        text = ""
        for action in ACTIONS:
            hint = f" {self._key(action.id)} {action.hint} " if action.hint else ""
            if cell_len(text + hint) <= width:
                text += hint
        return text

    def _go_to(self, pane: LinesView) -> None:
        """Focus a pane; one that is hidden is shown first."""
        self._at = TREE if pane is self.sections else DETAIL if pane is self.detail else TABLE
        if pane is self.sections:
            self._tree_wanted = True
        self._arrange()
        self.set_focus(pane)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """However a pane came to be focused: where one is shown at a time, it is that one."""
        self._at = TREE if event.widget is self.sections else DETAIL if event.widget is self.detail else TABLE
        self._arrange()

    def _zoom(self, on: bool) -> None:
        """Read the current entry on the whole screen, or go back."""
        if on and self.entry is None:
            return
        self._zoomed = on
        self._show_entry(self.table.current)
        self._go_to(self.detail if on else self.table)

    # -- the view

    def _ask(self, view: View) -> None:
        """Make ``view`` the question and show its answer everywhere, in one turn."""
        self.view = view
        self.results = self.index.run(view, self.services.library.bookmarks)
        self._show_results()

    def _show_results(self) -> None:
        view, results = self.view, self.results
        marked = self.index.rows_of(self.services.library.bookmarks)
        self.table.show(results.rows, marked, view.sort, self._empty_text())
        self.sections.show(results.counts, frozenset({view.scope, *self.index.chosen(results.query)}))
        self._show_count()
        if self._shown is None or (self.table.current is None and self._shown >= 0):
            self._show_entry(self.table.current)

    def _show_count(self) -> None:
        warning = f"{self._unsaved} unsaved · " if self._unsaved else ""
        if self.view.scope == BOOKMARKS:
            scope = "★ Bookmarks"
        else:
            scope = self.section_titles.get(scope_section(self.view.scope), "All")
        self.scope.show(f" {scope}")
        self.tally.show(f"{warning}{len(self.results.rows):,} of {self.results.total:,} ")
        self._arrange()

    def _empty_text(self) -> str:
        if not self.results.total:
            return "This catalog has no entries."
        if self.view.query:
            return f"Nothing matches: {self._key('back')} clears the filter."
        if self.view.scope == BOOKMARKS:
            return f"No bookmarks yet: {self._key('bookmark')} sets one."
        return "Nothing in this section."

    @property
    def entry(self) -> Entry | None:
        """The current entry."""
        row = self.table.current
        return self.index.entries[row] if row is not None else None

    def _show_entry(self, row: int | None) -> None:
        """Show a catalog row in the detail pane; called for every move of the cursor."""
        self._shown = -1 if row is None else row
        if row is None:
            self.detail.show_nothing("Nothing to show.")
            return
        entry = self.index.entries[row]
        self.detail.show(
            details.parts(
                entry,
                self.relations.used_by(entry),
                self.relations.users_of(entry),
                self.section_titles.get(entry.section, ""),
                formats.render([entry], self.format),
                formats.find(self.format).title,
                authors_shown=0 if self._zoomed else AUTHORS_SHOWN,
            )
        )

    # -- what the widgets say

    def _query_edited(self, query: str) -> None:
        self._ask(replace(self.view, query=query))

    def on_rows_view_chosen(self, event: RowsView.Chosen) -> None:
        if event.rows is self.sections:
            self._choose_node()
        elif not event.clicked:
            self._zoom(True)

    def _choose_node(self) -> None:
        node = self.sections.current
        if node.kind == FACET:
            self.filter.value = toggled(self.view.query, *node.key.split(":", 1))
        else:
            self._ask(replace(self.view, scope=node.key))
            self._go_to(self.table)

    def on_entry_table_sort_asked(self, event: EntryTable.SortAsked) -> None:
        if event.column == self.view.sort.column:
            self.action_reverse_sort()
        else:
            self._ask(replace(self.view, sort=next(sort for sort in SORTS if sort.column == event.column)))

    def on_text_view_followed(self, event: TextView.Followed) -> None:
        if not why_not_url(event.target):
            self.acts.open(event.target)
        else:
            self._walk_to(event.target)

    def _walk_to(self, identifier: str) -> None:
        """Make an entry the current one; where the view hides it, the view is widened."""
        row = self.services.row_by_id.get(identifier)
        if row is None:
            return
        if row not in self.results.rows:
            self.filter.value = ""
            self._ask(replace(self.view, scope=ALL, query=""))
        self.table.stand_on(row)

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

    def action_next_pane(self) -> None:
        self._change_pane(1)

    def action_previous_pane(self) -> None:
        self._change_pane(-1)

    def _change_pane(self, step: int) -> None:
        panes: list[LinesView] = [self.sections, self.table, self.detail]
        at = panes.index(self._pane)
        self._zoomed = False
        self._go_to(panes[(at + step) % len(panes)])

    def action_select(self) -> None:
        match self.focused:
            case RowsView() as rows:
                rows.choose()
            case DetailPane():
                self._zoom(not self._zoomed)
            case _:
                self._go_to(self.table)

    def action_back(self) -> None:
        """One step back: out of the box, out of reading, to the table, then the filter, then the section."""
        if self._zoomed:
            self._zoom(False)
        elif self.focused is not self.table:
            self._go_to(self.table)
        elif self.view.query:
            self.filter.value = ""
        elif self.view.scope:
            self._ask(replace(self.view, scope=ALL))

    # -- finding

    async def action_filter(self) -> None:
        if not self.filter.is_attached:
            await self.complete()
        if self._zoomed:
            self._zoom(False)
        self.set_focus(self.filter)
        self.filter.action_end()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Called by Textual: in the filter box, ``/`` is a character."""
        return not (action == BY_ID["filter"].method and self.filter.has_focus)

    def action_sort(self) -> None:
        columns = [sort.column for sort in SORTS]
        following = (columns.index(self.view.sort.column) + 1) % len(SORTS)
        self._ask(replace(self.view, sort=SORTS[following]))

    def action_reverse_sort(self) -> None:
        sort = self.view.sort
        self._ask(replace(self.view, sort=replace(sort, descending=not sort.descending)))

    def action_tree(self) -> None:
        if self.app.size.width < ONE_PANE:
            self._go_to(self.table if self._at == TREE else self.sections)
            return
        self._tree_wanted = not self.sections.display
        if not self._tree_wanted and self.focused is self.sections:
            self._go_to(self.table)
        self._arrange()

    # -- acts on the current entry

    def _entry_or_say(self) -> Entry | None:
        if self.entry is None:
            self.acts.say("There is no entry here")
        return self.entry

    def _linked_or_say(self) -> Entry | None:
        entry = self._entry_or_say()
        if entry is not None and not entry.links:
            self.acts.say("This entry has no links")
            return None
        return entry

    def action_open(self) -> None:
        self.action_open_link(1)

    def action_open_link(self, number: int) -> None:
        if entry := self._linked_or_say():
            if number <= len(entry.links):
                self.acts.open(entry.links[number - 1].url)
            else:
                self.acts.say(f"This entry has no link {number}")

    def action_choose_link(self) -> None:
        entry = self._linked_or_say()
        if entry is None:
            return
        from mum_tui.tui.dialogs import ListDialog

        rows = [(link.rel, details.short_url(link.url), link.label) for link in entry.links]

        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                url = entry.links[choice.number].url
                self.acts.copy(url, "the link") if choice.key == "y" else self.acts.open(url)

        self.app.push_screen(ListDialog("Links", "enter opens · y copies · esc closes", rows, other_keys="y"), chosen)

    def action_copy(self) -> None:
        if entry := self._entry_or_say():
            text = formats.render([entry], self.format)
            self.acts.copy(text, f"{formats.find(self.format).title} ({len(text):,} characters)")

    def action_choose_format(self) -> None:
        from mum_tui.tui.dialogs import ListDialog

        ids = [one.id for one in formats.FORMATS]

        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                self.format = ids[choice.number]
                self.services.keep_session(replace(self.services.session, format=self.format))
                self._show_entry(self.table.current)
                self.action_copy()

        rows = [(one.title, "", "") for one in formats.FORMATS]
        dialog = ListDialog("Citation format", "enter copies · esc closes", rows, ids.index(self.format))
        self.app.push_screen(dialog, chosen)

    def _known_format(self, name: str) -> str:
        return name if any(one.id == name for one in formats.FORMATS) else formats.DEFAULT

    def action_copy_link(self) -> None:
        if entry := self._linked_or_say():
            self.acts.copy(entry.links[0].url, "the link")

    def action_show_copied(self) -> None:
        self.acts.show_copied()

    def action_bookmark(self) -> None:
        if entry := self._entry_or_say():
            self.services.bookmark(entry, on=not self.services.bookmark_names(entry))
            self._ask(self.view)
            self.run_worker(self._save, thread=True, group="library")

    def _save(self) -> None:
        outcome = self.services.library.save()
        self.app.call_from_thread(self._saved, outcome)

    def _saved(self, outcome: Saved | Unsaved) -> None:
        reason = outcome.reason if isinstance(outcome, Unsaved) else ""
        self._unsaved = outcome.count if isinstance(outcome, Unsaved) else 0
        if reason and reason != self._said_unsaved:
            self.acts.say(f"Not saved: {reason}. It is kept until you quit, and tried again.", warning=True)
        self._said_unsaved = reason
        self._ask(self.view)

    # -- program

    def action_help(self) -> None:
        from mum_tui.tui.dialogs import help_dialog

        self.app.push_screen(help_dialog(self.keymap))

    def action_quit(self) -> None:
        self.app.exit()

    def action_suspend(self) -> None:
        self.app.action_suspend_process()

    def action_theme(self) -> None:
        self.app.theme = "mum-light" if self.app.current_theme.dark else "mum-dark"
