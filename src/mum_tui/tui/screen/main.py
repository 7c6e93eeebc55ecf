"""The main screen; it owns the view, the results, the current entry and the selection."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from mum_tui.actions import BY_ID
from mum_tui.catalog.model import Entry
from mum_tui.keymap import Keymap
from mum_tui.search import hits
from mum_tui.search.parse import unfinished
from mum_tui.search.view import ALL, ANNOTATED, Results, View
from mum_tui.services import Services
from mum_tui.text import why_not_url
from mum_tui.tui import messages
from mum_tui.tui.model.hints import REPLACED_ACTIONS
from mum_tui.tui.model.outline import NodeKind, Outline
from mum_tui.tui.pressed import MouseScreen
from mum_tui.tui.screen.acts import Acts
from mum_tui.tui.screen.annotation_scopes import NEWS, AnnotationScopes
from mum_tui.tui.screen.bindings import bindings
from mum_tui.tui.screen.desktop import Desktop
from mum_tui.tui.screen.last_session import last_view
from mum_tui.tui.screen.presenter import Presenter
from mum_tui.tui.widgets.detail import DetailPane
from mum_tui.tui.widgets.query_input import HintLine, Line, QueryInput
from mum_tui.tui.widgets.table import EntryTable
from mum_tui.tui.widgets.text import copy_selected
from mum_tui.tui.widgets.tree import SectionTree

if TYPE_CHECKING:
    from mum_tui.citation.options import CitationOptions
    from mum_tui.state.session import Session

FILTER = BY_ID["filter"].id

Given = TypeVar("Given")
"""The result of a dialog."""


class MainScreen(MouseScreen[None]):
    """The tree, the table and the details, with the query input above and the hints below.

    Acts (``acts.py``) use only these public names of the screen:

    - the view and its results: ``view`` and ``results``, changed by ``run_view``; ``hits``, the words to highlight;
    - the targets of acts: ``entry`` (the current one), ``selection`` (ids in the order of selection), ``entry_or_say``
      and ``targets_or_say``, which say so if there is nothing. Acts get their targets from
      ``acts.selection.with_targets``, which asks first if none of the selected entries is shown;
    - ``digits`` typed just now, which may become the count of a movement;
    - the options of citations: ``citation_options``;
    - the widgets ``scope``, ``query_input``, ``tally``, ``sections``, ``table``, ``detail`` and ``hints``;
    - answers to the user: ``say``, ``push`` (a dialog), ``desktop`` (copying, opening).

    State goes down to the widgets by their setters. Messages (``tui/messages.py``) come up from them; each handler here
    passes a message on to an act.
    """

    BINDINGS = list(bindings())
    AUTO_FOCUS = ""

    def __init__(self, services: Services, desktop: Desktop, keymap: Keymap) -> None:
        super().__init__()
        index = services.index
        self.services = services
        self.desktop = desktop
        self.keymap = keymap
        self.index = index
        self.section_titles = index.catalog.section_titles
        self.annotation_scopes = AnnotationScopes(index.annotated(services.annotations), index.row_by_id, index.size)
        scopes = (node.key for node in self.annotation_scopes.nodes() if node.kind is NodeKind.SCOPE)
        self.view = last_view(services.memory.session, {*index.scopes, *scopes})
        self.results = self._run(self.view)
        self.hits = hits.NOTHING
        self.current = ""
        self.selection: dict[str, None] = {}
        self.digits = ""
        self.unsaved = 0
        self.is_ready = False
        self.shows_before = False  # the last results, as nothing matches a query that is not typed to its end
        searches = services.saved_searches.queries
        self.outline = Outline(index.catalog.sections, index.facets, searches, services.memory.session.folds)
        self.scope = Line("accent", id="scope")
        self.query_input = QueryInput(self.query_edited, self.view.query, id="filter")
        self.tally = Line("muted", id="tally", right=True)
        self.sections = SectionTree((), len(index.entries), id="tree")
        self.table = EntryTable(index.entries, self._cursor_moved, id="table")
        self.table.section_titles = self.section_titles
        self.detail = DetailPane(id="detail")
        self.hints = HintLine("muted", id="hints")
        self.acts = Acts(self)
        self.table.show_columns(self.acts.columns.at_start)
        self._presenter = Presenter(self)

    def compose(self) -> ComposeResult:
        """Called by Textual."""
        yield from (self.scope, self.query_input, self.tally, self.sections, self.table, self.detail, self.hints)

    def on_mount(self) -> None:
        row = self.services.row_by_id.get(self.services.memory.session.entry)
        self._presenter.show(row)
        # The table has no height yet; later it scrolls as little as needed.
        self.table.top = 0

    def on_unmount(self) -> None:
        self.acts.reloading.stop()

    def after_first_frame(self) -> None:
        """Do what the first frame does not need: accept keys, show the details, count the saved searches."""
        if self.focused is None:
            self.set_focus(self.table)
        self.is_ready = True
        self.show_entry()
        self.acts.annotations.start_polling()
        self.acts.reloading.start()
        self.acts.searches.count_soon()
        self.post_message(messages.ReadyForKeys())

    @cached_property
    def citation_options(self) -> CitationOptions:
        """The options of citations, at first those of the last session."""
        from mum_tui.citation.options import remembered

        session = self.services.memory.session
        return remembered(session.format, session.markup, session.in_text)

    def remember(self, session: Session) -> None:
        """Store a session for the next start, without waiting for the disk."""
        self.run_worker(partial(self.services.memory.save_session, session), thread=True, group="session")

    # -- the view and its results

    def run_view(self, view: View, row: int | None = None, first: bool = False) -> None:
        """Run ``view`` and show its results in every pane.

        The cursor goes to catalog row ``row``; with ``first`` to the first row, which is the best match if the query
        has words; else it stays on its entry.
        """
        if view != self.view:
            self.acts.selection.end_range()  # a range belongs to one view
        before, self.view = self.view, view
        results = self._run(view)
        self.shows_before = False
        self.results = results if results.rows or view.scope != before.scope else self._while_typing(view, results)
        if not first and row is None and self.is_typing and self._is_gone(before):
            # The results do not have the entry that the user moved to: start again from the best match.
            self.acts.filtering.follow()
            first = True
        if row is None and first and self.results.rows:
            row = self.results.rows[0]
        self._presenter.show(row)

    def _is_gone(self, before: View) -> bool:
        """Whether the query changed and the current entry is no longer in the results."""
        row = self.services.row_by_id.get(self.current)
        return self.view.query != before.query and row is not None and not self.results.shown >> row & 1

    def _run(self, view: View) -> Results:
        return self.index.run(view, self.services.annotations, scopes=self.annotation_scopes.rows)

    def _while_typing(self, view: View, results: Results) -> Results:
        """The last results if the query has no matches and is not complete yet; else ``results``."""
        hints = results.hints or unfinished(view.query)
        if not self.is_typing or not self.results.rows or results.replaced or not hints:
            return results
        self.shows_before = True
        return replace(self.results, query=results.query, hints=hints)

    def end_typing(self) -> None:
        """Show the results of the query if those of an earlier one are still shown."""
        if self.shows_before:
            self.run_view(self.view)

    def query_edited(self, query: str) -> None:
        """Called by the query input for every change of its text, while it handles the key."""
        self.acts.filtering.query_edited(query)
        self.acts.completions.query_edited(query)
        self.acts.past_queries.query_edited()

    def show_results(self) -> None:
        """Show the current results again, after the selection changed."""
        self._presenter.show()

    def show_annotations(self, changed: Iterable[str] | None = None) -> None:
        """Show that annotations of these ids changed (None: of any); redraws only what depends on them."""
        before = self.table.current
        self._presenter.annotations_changed()
        if self._depends_on_annotations:
            self.run_view(self.view)
        else:
            self._presenter.show_annotations()
        entry = self.entry
        if entry is None or self.table.current != before:
            return
        if changed is None or not {entry.id, *entry.aliases}.isdisjoint(changed):
            self.show_entry(stay=True)

    @property
    def _depends_on_annotations(self) -> bool:
        return (
            bool(self.view.query)
            or self.view.scope in self.annotation_scopes.rows
            or self.view.sort.column in ANNOTATED
        )

    def catalog_changed(self) -> None:
        """Show a new state of the catalog, which ``services`` already use. View, current entry and selection stay.

        If the current entry is gone, the one now in its place becomes current.
        """
        services = self.services
        current = services.row_by_id.get(self.current)
        self.index = index = services.index
        self.section_titles = index.catalog.section_titles
        has_news = bool(self.annotation_scopes.rows[NEWS])
        self.annotation_scopes = AnnotationScopes(index.annotated(services.annotations), index.row_by_id, index.size)
        if has_news:
            self.annotation_scopes.set_news(services.news)
        rows = (services.row_by_id.get(identifier) for identifier in self.selection)
        self.selection = {index.entries[row].id: None for row in rows if row is not None}
        searches = services.saved_searches.queries
        self.outline = Outline(index.catalog.sections, index.facets, searches, self.outline.folds)
        self.table.set_entries(index.entries)
        self.table.section_titles = self.section_titles
        self._presenter.catalog_changed()
        self.acts.citations.catalog_changed()
        scopes = {node.key for node in self.annotation_scopes.nodes(self.view.scope) if node.kind is NodeKind.SCOPE}
        exists = self.view.scope in scopes or self.view.scope in index.scopes
        # Not the last results, even if the query is incomplete: they are of the old catalog.
        self.view = self.view if exists else replace(self.view, scope=ALL)
        self.results = self._run(self.view)
        self._presenter.show(current, stay=current is not None)
        self.acts.panes.show_hints()
        self.acts.searches.count_soon()

    def show_entry(self, stay: bool = False, only_hits: bool = False) -> None:
        """Show the current entry in the details pane.

        ``stay`` preserves the scroll position; ``only_hits`` says that only the hits in the entry changed.
        """
        if self.is_ready:
            self._presenter.show_details(stay, only_hits)

    def show_tree(self) -> None:
        """Show the lines of the tree, after its folds changed."""
        self._presenter.show_tree()

    def show_tally(self) -> None:
        """Show the scope, how many entries are shown, and how many are selected or not saved."""
        self._presenter.show_tally()

    # -- the current entry and the selected ones

    def _cursor_moved(self, row: int | None) -> None:
        """Called by the table for every move of its cursor, while it handles the key."""
        self.current = "" if row is None else self.index.entries[row].id
        if self.is_typing:
            self.acts.filtering.cursor_moved()
        self.acts.selection.cursor_moved()
        self.show_tally()
        self.show_entry()

    @property
    def entry(self) -> Entry | None:
        """The current entry."""
        return self.services.entry(self.current) if self.current else None

    def entry_or_say(self) -> Entry | None:
        """The current entry; if there is none, say so."""
        if self.entry is None:
            self.say("There is no entry here")
        return self.entry

    @property
    def selected(self) -> list[Entry]:
        """The selected entries, in the order of selection."""
        return [self.services.entry(identifier) for identifier in self.selection]

    def targets_or_say(self) -> list[Entry]:
        """The targets of an act: the selected entries, else the current one; if there are none, say so."""
        if self.selection:
            return self.selected
        entry = self.entry_or_say()
        return [entry] if entry is not None else []

    def go_to_entry(self, identifier: str, view: View | None = None) -> None:
        """Make an entry the current one, in ``view`` if given; if the view does not have it, show all entries."""
        row = self.services.row_by_id.get(identifier)
        if view is not None and view != self.view:
            self.run_view(view, row)
        if row is not None and row not in self.results.rows:
            self.run_view(replace(self.view, scope=ALL, query=""), row)
        elif row is not None:
            self.table.move_to_row(row)
        self._show_query()

    def show_view(self, view: View, row: int | None = None) -> None:
        """Like ``run_view``; also shows the query of the view in the query input."""
        self.run_view(view, row)
        self._show_query()

    def _show_query(self) -> None:
        if self.query_input.value != self.view.query:
            self.query_input.set_text(self.view.query, reported=True)

    # -- for acts

    def say(self, message: str, warning: bool = False) -> None:
        """Show a notice; its text is not parsed as markup."""
        self.desktop.say(message, warning)

    def push(self, dialog: Screen[Given], answered: Callable[[Given | None], None] | None = None) -> None:
        """Open a dialog; ``answered`` is called with its result, None if it was cancelled."""
        self.app.push_screen(dialog, answered)

    def key_of(self, action: str) -> str:
        """The first key of an action, as labelled on a keyboard."""
        return self.keymap.shown(BY_ID[action]).partition(" ")[0]

    @property
    def is_typing(self) -> bool:
        """Whether keys go into the query input."""
        return self.focused is self.query_input

    # -- called by Textual

    def action_act(self, action: str, number: int = 0) -> None:
        """Called by all bindings: run the action with this id."""
        action = REPLACED_ACTIONS.get(self.acts.panes.context, {}).get(action, action)
        if self.digits and self.acts.digits.apply_to(action):
            return
        self.acts.run(BY_ID[action], number)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Called by Textual: in the query input, the key of the filter types a character."""
        return not (self.is_typing and action == "act" and parameters == (FILTER,))

    def on_resize(self) -> None:
        self.acts.panes.screen_resized()

    def on_screen_suspend(self) -> None:
        self.acts.panes.cover(True)

    def on_screen_resume(self) -> None:
        self.acts.panes.cover(False)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if self.is_typing:
            self.acts.filtering.enter()
        self.acts.panes.focused(event.widget)

    def on_descendant_blur(self) -> None:
        self.acts.completions.close()
        if not self.is_typing:
            self.acts.filtering.leave()

    def on_row_chosen(self, event: messages.RowChosen) -> None:
        if event.rows is self.sections:
            if event.times == 1:  # the second click would undo the first
                self.acts.tree.choose()
        elif event.shift:
            self.acts.selection.select_to_cursor(event.came_from)
        elif event.ctrl:
            self.acts.selection.toggle_entry(self.current)
        elif not event.clicked or event.times == 2:
            self.acts.panes.zoom(True)

    def on_fold_requested(self, event: messages.FoldRequested) -> None:
        self.acts.tree.set_open(event.key, event.on)

    def on_sort_requested(self, event: messages.SortRequested) -> None:
        self.acts.sorting.by_column(event.column)

    def on_edge_dragged(self, event: messages.EdgeDragged) -> None:
        self.acts.panes.move_edge(event.x)

    def on_hint_clicked(self, event: messages.HintClicked) -> None:
        if name := self.acts.panes.hint_at(event.x):
            # The hint stands for all numbers, so let the user choose a link.
            self.action_act("choose-link" if BY_ID[name].numbered else name)

    def action_copy_text(self) -> None:
        """Called by Textual for its key: copy the text that is selected with the mouse."""
        copy_selected(self)

    def on_rule_dragged(self, event: messages.RuleDragged) -> None:
        self.acts.panes.move_rule(event.y)

    def on_link_followed(self, event: messages.LinkFollowed) -> None:
        if why_not_url(event.target):
            self.acts.navigation.follow(event.target)
        else:
            self.desktop.open(event.target)

    def on_library_written(self, event: messages.LibraryWritten) -> None:
        self.acts.annotations.written(event)

    def on_catalog_read(self) -> None:
        self.acts.reloading.show()

    def on_library_changed(self) -> None:
        self.acts.annotations.read_again()
