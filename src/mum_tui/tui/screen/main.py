"""The one screen of the browser: everything a key can do on it, put together."""

from __future__ import annotations

from msgspec.structs import replace

from mum_tui.search.view import ALL
from mum_tui.text import why_not_url
from mum_tui.tui.screen.citations import Citing
from mum_tui.tui.screen.entry_screen import EntryScreen
from mum_tui.tui.screen.exports import Exporting
from mum_tui.tui.screen.links import Linking
from mum_tui.tui.screen.navigation import Walking
from mum_tui.tui.screen.notes import Noting
from mum_tui.tui.screen.overviews import Surveying
from mum_tui.tui.screen.querying import Asking
from mum_tui.tui.screen.selection import Marking
from mum_tui.tui.screen.sorting import Finding
from mum_tui.tui.widgets.detail import DetailPane
from mum_tui.tui.widgets.rows import RowsView
from mum_tui.tui.widgets.text import TextView


class MainScreen(Asking, Finding, Marking, Linking, Citing, Exporting, Noting, Surveying, Walking, EntryScreen):
    """Sections, entries and details; here is what concerns more than one of its parts."""

    # -- choosing and stepping back

    def on_rows_view_chosen(self, event: RowsView.Chosen) -> None:
        if event.rows is self.sections:
            if not self.choose_list():
                self.choose_node()
        elif not event.clicked:
            self.zoom(True)

    def on_text_view_followed(self, event: TextView.Followed) -> None:
        if not why_not_url(event.target):
            self.acts.open(event.target)
        else:
            self.follow(event.target)

    def action_select(self) -> None:
        match self.focused:
            case RowsView() as rows:
                rows.choose()
            case DetailPane():
                self.zoom(not self.zoomed)
            case _:
                self.remember()
                self.go_to(self.table)

    def action_back(self) -> None:
        """One step back: out of the box, out of reading, to the table, then the filter, then the section."""
        if self.close_offers():
            return
        if self.zoomed:
            self.zoom(False)
        elif self.focused is not self.table:
            self.remember()
            self.go_to(self.table)
        elif self.view.query:
            self.filter.value = ""
        elif self.view.scope:
            self.ask(replace(self.view, scope=ALL))

    # -- program

    def action_help(self) -> None:
        from mum_tui.tui.dialogs.lists import help_dialog

        self.app.push_screen(help_dialog(self.keymap))

    def action_quit(self) -> None:
        self.app.exit()

    def action_suspend(self) -> None:
        self.app.action_suspend_process()

    def action_theme(self) -> None:
        self.app.theme = "mum-light" if self.app.current_theme.dark else "mum-dark"
