"""Typing a query: completions under the box, earlier queries with up and down, searches that have names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from textual.timer import Timer

from mum_tui.actions import Keymap
from mum_tui.services import Services
from mum_tui.tui.model.outline import search_key
from mum_tui.tui.screen.desktop import DesktopActs
from mum_tui.tui.screen.screen_part import ScreenPart
from mum_tui.tui.widgets.query_input import Offers

if TYPE_CHECKING:
    from mum_tui.search.annotations import Personal
    from mum_tui.search.complete import Completion

OFFERED = 8
"""Completions that are listed."""

AT_ONCE = 200_000
"""Entries up to which completions come in the frame of the key; they cost a fraction of it."""

PAUSE = 0.15
"""Seconds without a key after which they come in larger catalogs, and without a change after which the saved searches
are counted anew."""


class Asking(ScreenPart):
    """What helps to ask: nothing here changes the text unless a key was pressed for it."""

    def __init__(self, services: Services, acts: DesktopActs, keymap: Keymap) -> None:
        super().__init__(services, acts, keymap)
        self._offered: list[Completion] = []
        self._taken = -1
        self._typed = ("", 0)
        self._taking = False
        self._pause: Timer | None = None
        self._recount: Timer | None = None
        self._uncounted: Iterator[tuple[str, str]] = iter(())
        self._place: int | None = None
        self._draft = ""

    @property
    def _typing(self) -> bool:
        return self._has_box and self.focused is self.filter

    async def complete(self) -> None:
        await super().complete()
        if self.services.config.searches:
            self.call_after_refresh(self._count_searches)

    def show_kept(self) -> None:
        super().show_kept()
        if self.services.config.searches and self._painted:
            # Once for many changes, and never while a key waits: what they find may depend on what is kept.
            if self._recount is not None:
                self._recount.stop()
            self._recount = self.set_timer(PAUSE, self._count_searches)

    def _count_searches(self) -> None:
        """Count what the saved searches find, one at a time: a key that is pressed meanwhile comes in between."""
        self._uncounted = iter(list(self.services.config.searches.items()))
        self._count_next(self._uncounted, self.services.personal, {})

    def _count_next(self, uncounted: Iterator[tuple[str, str]], personal: Personal, counts: Mapping[str, int]) -> None:
        if uncounted is not self._uncounted:
            return  # begun anew since
        name, query = next(uncounted, ("", ""))
        if not name:
            self.sections.show_searched(counts)
            return
        from mum_tui.search.saved_searches import saved

        (one,) = saved(self.index, {name: query}, personal)
        self.call_later(self._count_next, uncounted, personal, {**counts, search_key(name): one.count})

    # -- completions

    def query_edited(self, query: str) -> None:
        super().query_edited(query)
        if self._taking:
            return
        self._place = None
        self.close_offers()
        if not self._typing or not query:
            return
        if self.index.size <= AT_ONCE:
            self._offer(query, self.filter.edited_up_to)
        else:
            self._pause = self.set_timer(PAUSE, self._offer_now)

    def _offer_now(self) -> None:
        if self._typing:
            self._offer(self.filter.value, self.filter.cursor_position)

    def _offer(self, text: str, cursor: int) -> None:
        self._typed = (text, cursor)
        from mum_tui.search.complete import complete

        self._offered = complete(self.index, text, cursor, self.services.personal)[:OFFERED]
        self._taken = -1
        self._show_offers()

    def _show_offers(self) -> None:
        rows = tuple((one.label, one.count) for one in self._offered)
        self.table.offer(Offers(rows, self._taken))

    def close_offers(self) -> bool:
        """Take the list away; whether there was one."""
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
        was_open = bool(self._offered)
        self._offered, self._taken = [], -1
        self._show_offers()
        return was_open

    def _take(self, step: int) -> bool:
        """Put the next completion into the box; whether there is one."""
        if not self._typing:
            return False
        if not self._offered and self.filter.value:
            self._offer(self.filter.value, self.filter.cursor_position)
        if not self._offered:
            return False
        # One place more than there are completions: it gives back what was typed.
        places = len(self._offered) + 1
        self._taken = (self._taken + 1 + step) % places - 1
        one = self._offered[self._taken] if self._taken >= 0 else None
        self._put(*((one.text, one.cursor) if one else self._typed))
        if len(self._offered) == 1:
            # Taken for good, so that the next tab completes what comes next.
            self.close_offers()
        else:
            self._show_offers()
        return True

    def _put(self, text: str, cursor: int) -> None:
        self._taking = True
        try:
            self.filter.become(text, cursor)
        finally:
            self._taking = False

    def action_next_pane(self) -> None:
        self._complete_or_leave(1)

    def action_previous_pane(self) -> None:
        self._complete_or_leave(-1)

    def _complete_or_leave(self, step: int) -> None:
        if self._take(step):
            return
        typing = self._typing
        self.remember()
        if typing and step > 0:
            self.go_to(self.table)  # the box is above it: there is no pane between them
        else:
            self._change_pane(step)

    def on_descendant_blur(self) -> None:
        """Whoever leaves the box no longer types."""
        self.close_offers()

    # -- earlier queries

    def remember(self) -> None:
        """Keep the query one leaves the box with, if it found something."""
        if not self._typing:
            return
        query = self.view.query
        self._place = None
        if query.strip() and self.results.rows:
            self.run_worker(partial(self.services.remember_query, query), thread=True, group="queries")

    def action_cursor_up(self) -> None:
        """From the first row on, back through earlier queries."""
        queries = self.services.queries if self._typing else ()
        if not queries or (self._place is None and self.table.cursor):
            super().action_cursor_up()
            return
        if self._place is None:
            self._draft, self._place = self.filter.value, len(queries)
        earlier = [at for at in range(self._place) if queries[at] != self.filter.value]
        if earlier:
            self._browse(earlier[-1], queries[earlier[-1]])

    def action_cursor_down(self) -> None:
        """Towards later queries and what was typed before them; then into the table."""
        if not self._typing or self._place is None:
            super().action_cursor_down()
            return
        queries = self.services.queries
        if self._place + 1 < len(queries):
            self._browse(self._place + 1, queries[self._place + 1])
        else:
            self._browse(None, self._draft)

    def _browse(self, place: int | None, query: str) -> None:
        self.close_offers()
        self._put(query, len(query))
        self._place = place
        self.table.move_to(0)

    # -- searches with names

    def action_searches(self) -> None:
        """Choose a saved search or an earlier query."""
        from mum_tui.tui.dialogs.lists import Choice, ListDialog

        saved = self.services.saved_searches()
        self.sections.show_searched({search_key(one.name): one.count for one in saved})
        rows = [(one.name, one.query, one.hint or f"{one.count:,}") for one in saved]
        queries = [one.query for one in saved]
        earlier = [query for query in reversed(self.services.queries) if query not in queries]
        rows += [("earlier", query, "") for query in earlier]
        queries += earlier
        query = self.view.query.strip()
        if query and query not in self.services.config.searches.values():
            rows.append(("save", query, "copies the line for config.toml"))
        if not rows:
            self.acts.say("No searches yet: [searches] in config.toml names them, the box remembers them")
            return

        def chosen(choice: Choice | None) -> None:
            if choice is None:
                return
            if choice.number == len(queries):
                self._copy_search(query)
                return
            self.zoom(False)
            self.filter.value = queries[choice.number]

        self.app.push_screen(ListDialog("Searches", "its key or enter chooses · esc closes", rows), chosen)

    def _copy_search(self, query: str) -> None:
        name = " ".join(query.replace('"', "").split()[:3])
        import json

        line = f"{json.dumps(name, ensure_ascii=False)} = {json.dumps(query, ensure_ascii=False)}"
        self.acts.copy(line + "\n", f"a line to put below [searches] in {self.services.paths.config_file}")
