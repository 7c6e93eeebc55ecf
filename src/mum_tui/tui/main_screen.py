"""The screen that decides: it holds the view, asks the index, and hands the answer to the widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from mum_tui import details
from mum_tui.actions import Keymap
from mum_tui.catalog.model import Entry
from mum_tui.catalog.relations import Relations
from mum_tui.citation import formats
from mum_tui.library.library import Saved, Unsaved
from mum_tui.search.query import toggled
from mum_tui.search.view import ALL, BOOKMARKS, Sort, View, scope_section
from mum_tui.services import Services
from mum_tui.text import why_not_url
from mum_tui.tui.acts import DesktopActs
from mum_tui.tui.detail_pane import DetailPane
from mum_tui.tui.entry_table import EntryTable
from mum_tui.tui.pane_screen import PaneScreen
from mum_tui.tui.rows_view import RowsView
from mum_tui.tui.section_tree import FACET, nodes
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


class MainScreen(PaneScreen):
    """Sections, entries and details. Its ``view`` is the question, its ``results`` the answer shown."""

    def __init__(self, services: Services, acts: DesktopActs, keymap: Keymap) -> None:
        index = services.index
        super().__init__(keymap, nodes(index.catalog.sections, index.facets), index.entries)
        self.services = services
        self.acts = acts
        self.index = index
        self.relations = Relations(index.entries)
        self.section_titles = index.catalog.section_titles
        self.view = View()
        self.results = index.run(self.view, services.library.bookmarks)
        self.format = self._known_format(services.session.format)
        self._shown: int | None = None
        self._unsaved = 0
        self._said_unsaved = ""

    def on_mount(self) -> None:
        self._show_results()

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
            self.show_entry(self.table.current)

    def _show_count(self) -> None:
        warning = f"{self._unsaved} unsaved · " if self._unsaved else ""
        if self.view.scope == BOOKMARKS:
            scope = "★ Bookmarks"
        else:
            scope = self.section_titles.get(scope_section(self.view.scope), "All")
        self.scope.show(f" {scope}")
        self.tally.show(f"{warning}{len(self.results.rows):,} of {self.results.total:,} ")
        self.place_panes()

    def _empty_text(self) -> str:
        if not self.results.total:
            return "This catalog has no entries."
        if self.view.query:
            return f"Nothing matches: {self.key_of('back')} clears the filter."
        if self.view.scope == BOOKMARKS:
            return f"No bookmarks yet: {self.key_of('bookmark')} sets one."
        return "Nothing in this section."

    @property
    def entry(self) -> Entry | None:
        """The current entry."""
        row = self.table.current
        return self.index.entries[row] if row is not None else None

    def show_entry(self, row: int | None) -> None:
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
                authors_shown=0 if self.zoomed else AUTHORS_SHOWN,
            )
        )

    # -- what the widgets say

    def query_edited(self, query: str) -> None:
        self._ask(replace(self.view, query=query))

    def on_rows_view_chosen(self, event: RowsView.Chosen) -> None:
        if event.rows is self.sections:
            self._choose_node()
        elif not event.clicked:
            self.zoom(True)

    def _choose_node(self) -> None:
        node = self.sections.current
        if node.kind == FACET:
            self.filter.value = toggled(self.view.query, *node.key.split(":", 1))
        else:
            self._ask(replace(self.view, scope=node.key))
            self.go_to(self.table)

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

    # -- choosing and stepping back

    def action_select(self) -> None:
        match self.focused:
            case RowsView() as rows:
                rows.choose()
            case DetailPane():
                self.zoom(not self.zoomed)
            case _:
                self.go_to(self.table)

    def action_back(self) -> None:
        """One step back: out of the box, out of reading, to the table, then the filter, then the section."""
        if self.zoomed:
            self.zoom(False)
        elif self.focused is not self.table:
            self.go_to(self.table)
        elif self.view.query:
            self.filter.value = ""
        elif self.view.scope:
            self._ask(replace(self.view, scope=ALL))

    # -- finding

    def action_sort(self) -> None:
        columns = [sort.column for sort in SORTS]
        following = (columns.index(self.view.sort.column) + 1) % len(SORTS)
        self._ask(replace(self.view, sort=SORTS[following]))

    def action_reverse_sort(self) -> None:
        sort = self.view.sort
        self._ask(replace(self.view, sort=replace(sort, descending=not sort.descending)))

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
                self.show_entry(self.table.current)
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
