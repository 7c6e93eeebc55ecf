"""Opens the palette of commands, searches and entries, and runs what is chosen in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from mum_tui.actions import ACTIONS, BY_ID
from mum_tui.search.view import View
from mum_tui.text import fold

if TYPE_CHECKING:
    from mum_tui.catalog.model import Entry
    from mum_tui.tui.dialogs.palette import PaletteItem
    from mum_tui.tui.screen.main import MainScreen

ENTRIES_SHOWN = 50
"""The most entries listed in the palette."""

MOST_USED = 100
"""The most items whose uses are counted."""

THEME = "theme"
SAVED = "saved"
_ACTION, _SEARCH, _ENTRY, _LINE = "action/", "search/", "entry/", "line/"
"""Prefixes of the keys of items; sessions store these keys."""

_ELSEWHERE = {
    "quit": ("q", "q!", "qa", "qa!", "wq", "wq!", "wqa", "x", "x!", "exit", "bye"),
    "help": ("h", "?", "man"),
    "back": ("noh", "nohlsearch"),
    "undo": ("u",),
    "redo": ("red",),
}
"""Names that other programs use for some commands, by action id."""
_SAVED_WORDS = "Changes are saved at once; to write a file, export."
_SAVES = ("w", "w!", "wa", "write", "update", "up")


class Commands:
    """The palette. ``used`` counts how often each item was chosen, the most recent last."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.used = dict(screen.services.memory.session.used)

    def choose(self) -> None:
        """Choose a command, a search or an entry by name."""
        from mum_tui.tui.dialogs.palette import CommandPalette

        self._screen.push(
            CommandPalette(list(self._items()), self.used, self._entries, self._by_exact_name), self._chosen
        )

    def _items(self) -> Iterator[PaletteItem]:
        from mum_tui.tui.dialogs.palette import COMMANDS, SEARCHES, PaletteItem

        screen = self._screen
        for action in ACTIONS:
            if not action.numbered:
                keys = screen.keymap.shown(action)
                yield PaletteItem(_ACTION + action.id, action.title, COMMANDS, keys, action.help)
        yield PaletteItem(THEME, "Theme", COMMANDS, "", "Choose one of all themes.")
        saved = screen.services.saved_searches.queries
        for name, query in saved.items():
            yield PaletteItem(_SEARCH + query, name, SEARCHES, "", query)
        for query in reversed(screen.services.memory.queries):
            if query not in saved.values():
                yield PaletteItem(_SEARCH + query, query, SEARCHES, "", "A recent query.")

    def _by_exact_name(self, text: str) -> PaletteItem | None:
        """The item with exactly this name: a command by its name in other programs, or a line by its number."""
        from mum_tui.tui.dialogs.palette import COMMANDS, PaletteItem

        if text.isdecimal() and 0 < int(text[:9]) <= len(self._screen.results.rows):
            return PaletteItem(
                f"{_LINE}{int(text[:9])}", f"Line {int(text[:9])}", COMMANDS, "", "Go to this line of the list."
            )
        if text in _SAVES:
            return PaletteItem(SAVED, "Saved already", COMMANDS, "", _SAVED_WORDS)
        for identifier, names in _ELSEWHERE.items():
            if text in names:
                action = BY_ID[identifier]
                keys = self._screen.keymap.shown(action)
                return PaletteItem(_ACTION + identifier, action.title, COMMANDS, keys, action.help)
        return None

    def _entries(self, words: str) -> Iterator[PaletteItem]:
        from mum_tui.tui.dialogs.palette import ENTRIES, PaletteItem

        screen = self._screen
        results = screen.index.run(View(query=words), screen.services.annotations)
        for row in islice(results.rows, ENTRIES_SHOWN):
            entry = screen.index.entries[row]
            is_named = entry.name and not fold(entry.title).startswith(fold(entry.name))
            title = f"{entry.name}: {entry.title}" if is_named else entry.title
            yield PaletteItem(_ENTRY + entry.id, title, ENTRIES, str(entry.year or ""), _about(entry))

    def _chosen(self, key: str | None) -> None:
        if key is None:
            return
        if key == SAVED:
            self._screen.say(_SAVED_WORDS)
            return
        if key.startswith(_LINE):
            screen = self._screen
            screen.table.move_to_row(screen.results.rows[int(key.removeprefix(_LINE)) - 1])
            return
        # Moved to the end, so that the item not used for longest is forgotten first.
        self.used[key] = self.used.pop(key, 0) + 1
        while len(self.used) > MOST_USED:
            del self.used[next(iter(self.used))]
        screen = self._screen
        if key.startswith(_ENTRY):
            screen.acts.navigation.follow(key.removeprefix(_ENTRY))
        elif key.startswith(_SEARCH):
            screen.acts.panes.zoom(False)
            screen.acts.searches.search(key.removeprefix(_SEARCH))
        elif key == THEME:
            screen.acts.program.choose_theme()
        else:
            # When the palette is closed, because an act may depend on the focus.
            screen.call_later(partial(screen.acts.run, BY_ID[key.removeprefix(_ACTION)]))


def _about(entry: Entry) -> str:
    head = "\n".join(filter(None, (entry.title, entry.byline, entry.venue)))
    return f"{head}\n\n{entry.summary}" if entry.summary else head
