"""Saved searches: choosing one, counting what they find, and saving the present query as one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from textual.timer import Timer

from mum_tui.tui.model.outline import search_key

if TYPE_CHECKING:
    from mum_tui.search.annotations import Annotations
    from mum_tui.tui.dialogs.lists import Choice
    from mum_tui.tui.screen.main import MainScreen

PAUSE = 0.15
"""Seconds without a change of annotations after which the searches are counted again."""


class Searches:
    """The searches of the configuration and the queries typed recently."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._timer: Timer | None = None
        self._uncounted: Iterator[tuple[str, str]] = iter(())

    # -- counting

    def count_soon(self) -> None:
        """Count the matches of each search: once after many changes of annotations, and never while a key waits."""
        if not self._screen.services.config.searches:
            return
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._screen.set_timer(PAUSE, self._count)

    def _count(self) -> None:
        self._uncounted = iter(list(self._screen.services.config.searches.items()))
        self._count_next(self._uncounted, self._screen.services.annotations, {})

    def _count_next(
        self, uncounted: Iterator[tuple[str, str]], annotations: Annotations, counts: Mapping[str, int]
    ) -> None:
        """Count one search and come back for the next, so that keys are handled in between."""
        if uncounted is not self._uncounted:
            return  # begun again since
        name, query = next(uncounted, ("", ""))
        if not name:
            self._screen.sections.show_search_counts(counts)
            return
        from mum_tui.search.saved_searches import run

        counts = {**counts, search_key(name): run(self._screen.index, name, query, annotations).count}
        self._screen.call_later(self._count_next, uncounted, annotations, counts)

    # -- choosing

    def choose(self) -> None:
        """Choose a saved search or a recent query, or save the present query."""
        from mum_tui.tui.dialogs.lists import ListDialog

        screen = self._screen
        saved = screen.services.saved_searches.run(screen.index, screen.services.annotations)
        screen.sections.show_search_counts({search_key(search.name): search.count for search in saved})
        rows = [(search.name, search.query, search.hint or f"{search.count:,}") for search in saved]
        queries = [search.query for search in saved]
        recent = [query for query in reversed(screen.services.queries) if query not in queries]
        rows += [("recent", query, "") for query in recent]
        queries += recent
        query = screen.view.query.strip()
        if query and query not in screen.services.config.searches.values():
            rows.append(("save", query, "copies the line for config.toml"))
        if not rows:
            screen.say("No searches yet: type a query, or name one below [searches] in config.toml")
            return

        def answered(choice: Choice | None) -> None:
            if choice is None:
                return
            if choice.number == len(queries):
                self._copy_line(query)
                return
            screen.acts.panes.zoom(False)
            screen.query_input.value = queries[choice.number]

        screen.push(ListDialog("Searches", "press its key, or enter, to search · esc closes", rows), answered)

    def _copy_line(self, query: str) -> None:
        """Copy the line of config.toml that saves a query."""
        name = " ".join(query.replace('"', "").split()[:3])
        line = f"{json.dumps(name, ensure_ascii=False)} = {json.dumps(query, ensure_ascii=False)}"
        file = self._screen.services.paths.config_file
        self._screen.desktop.copy(line + "\n", f"a line to put below [searches] in {file}")
