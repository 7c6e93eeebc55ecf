"""Runs, counts, saves, edits and removes saved searches."""

from __future__ import annotations

from asyncio import TimerHandle
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from mum_tui.patience import SHORT_SECONDS, result_within
from mum_tui.tui.later import call_after
from mum_tui.tui.model.outline import search_key

if TYPE_CHECKING:
    from mum_tui.search.annotations import Annotations
    from mum_tui.tui.dialogs.lists import Choice
    from mum_tui.tui.screen.main import MainScreen

PAUSE = 0.15
"""Seconds after the last change of annotations until the searches are counted again."""


class Searches:
    """The searches of the configuration and of the browser, and recent queries."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._timer: TimerHandle | None = None
        self._uncounted: Iterator[tuple[str, str]] = iter(())

    # -- counting

    def count_soon(self) -> None:
        """Schedule counting the matches of each search: once after many changes, and never while a key waits."""
        if not self._screen.services.saved_searches.queries:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer = call_after(self._screen, PAUSE, self._count)

    def _count(self) -> None:
        self._uncounted = iter(list(self._screen.services.saved_searches.queries.items()))
        self._count_next(self._uncounted, self._screen.services.annotations, {})

    def _count_next(
        self, uncounted: Iterator[tuple[str, str]], annotations: Annotations, counts: Mapping[str, int]
    ) -> None:
        """Count one search and schedule the next one, so that keys are handled in between."""
        if uncounted is not self._uncounted:
            return  # counting has been restarted
        name, query = next(uncounted, ("", ""))
        if not name:
            self._screen.sections.show_search_counts(counts)
            return
        from mum_tui.search.saved_searches import run

        counts = {**counts, search_key(name): run(self._screen.index, name, query, annotations).count}
        self._screen.call_later(self._count_next, uncounted, annotations, counts)

    # -- choosing

    def search(self, query: str) -> None:
        """Run a query, and go to its first result."""
        self._screen.query_input.value = query
        self._screen.table.move_to(0)

    def choose(self) -> None:
        """Choose a saved search or a recent query; save the current query, edit or remove a saved one."""
        from mum_tui.tui.dialogs.lists import ListDialog

        screen = self._screen
        saved = screen.services.saved_searches.run(screen.index, screen.services.annotations)
        screen.sections.show_search_counts({search_key(search.name): search.count for search in saved})
        rows = [(search.name, search.query, search.hint or f"{search.count:,}") for search in saved]
        listed = [(search.name, search.query) for search in saved]
        present = screen.view.query.strip()
        if present and present not in {known for _, known in listed}:
            rows.append(("save", present, "s names and stores it"))
            listed.append(("", present))
        for query in reversed(screen.services.memory.queries):
            if query not in {known for _, known in listed}:
                rows.append(("recent", query, ""))
                listed.append(("", query))
        if not rows:
            screen.say("No searches yet: type a query, then save it here")
            return

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                self._answered(choice, *listed[choice.number], rows[choice.number][0] == "save")

        footer = "enter searches · s saves this query · e edits · x removes · esc closes"
        screen.push(ListDialog("Searches", footer, rows, other_keys="sex"), answered)

    def _answered(self, choice: Choice, name: str, query: str, is_present: bool) -> None:
        screen = self._screen
        present = screen.view.query.strip()
        if choice.key == "s" or (choice.key == "enter" and is_present):
            self._ask_name(present, "")
        elif choice.key == "enter":
            screen.acts.panes.zoom(False)
            self.search(query)
        elif name in screen.services.config.searches:
            screen.say(f'"{name}" is in {screen.services.paths.config_file}; change it there')
        elif choice.key == "e":
            self._ask_query(query, name)
        elif name:
            self._remove(name, query)
        else:
            screen.say("Only saved searches can be removed; old recent queries disappear by themselves")

    # -- saving

    def _ask_query(self, query: str, name: str) -> None:
        """Ask for a new query of the search ``name``, then for its name."""
        from mum_tui.tui.dialogs.save_as import SaveAs

        def answered(changed: str | None) -> None:
            if changed is not None:
                self._ask_name(changed, name)

        title = f"Query of {name}" if name else "Query to save"
        self._screen.push(SaveAs(title, query, lambda *_: "", "query", "enter goes on · esc closes"), answered)

    def _ask_name(self, query: str, name: str) -> None:
        """Ask for the name of a query, and store it; ``name`` is its old name, if any."""
        from mum_tui.state.stored_searches import usable_name
        from mum_tui.tui.dialogs.save_as import ENTER_AGAIN, SaveAs

        screen = self._screen
        services = screen.services
        if not query:
            screen.say("Type a query first, then save it here")
            return

        def save(typed: str, overwrite: bool) -> str:
            wanted = usable_name(typed)
            if not wanted:
                return "Type a name."
            if wanted in services.config.searches:
                return f'"{wanted}" is in {services.paths.config_file}; choose another name.'
            if wanted in services.memory.searches and wanted != name and not overwrite:
                return f"A search has this name; {ENTER_AGAIN}"
            try:
                result_within(SHORT_SECONDS, lambda: services.memory.store_search(wanted, query, name))
            except OSError as error:
                return f"Not saved: {error.strerror or error}."
            return ""

        def answered(typed: str | None) -> None:
            if typed is not None:
                self._show_changed()
                key = screen.key_of("searches")
                screen.say(f'Saved as "{usable_name(typed)}" · {key} then x removes it')

        suggested = name or " ".join(query.replace('"', "").split()[:3])
        screen.push(SaveAs(f"Save {query}", suggested, save, "name", "enter saves · esc closes"), answered)

    def _remove(self, name: str, query: str) -> None:
        screen = self._screen
        try:
            result_within(SHORT_SECONDS, lambda: screen.services.memory.remove_search(name))
        except OSError as error:
            screen.say(f"Not removed: {error.strerror or error}", warning=True)
            return
        screen.run_worker(partial(screen.services.memory.remember_query, query), thread=True, group="queries")
        self._show_changed()
        screen.say(f'Removed the search "{name}" · {screen.key_of("searches")} still lists its query')

    def _show_changed(self) -> None:
        screen = self._screen
        screen.outline.set_searches(screen.services.saved_searches.queries)
        screen.show_results()
        screen.show_tree()
        self.count_soon()
