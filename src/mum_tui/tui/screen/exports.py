"""Writes entries to a file, like ``mum-tui export``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mum_tui.catalog.model import Entry
from mum_tui.patience import SHORT_SECONDS, result_within
from mum_tui.tui.screen.citations import PREVIEWED, with_rest

if TYPE_CHECKING:
    from mum_tui.tui.dialogs.picker import PickerOption
    from mum_tui.tui.screen.main import MainScreen


READING_LIST = "reading-list"
"""The key of the reading list, which is written like ``mum-tui reading-list`` prints it."""


class Exports:
    """Exports the selected entries, or all that are shown; full screen, only the entry that is read."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def export(self) -> None:
        """Choose a format, then a file, and write it."""
        screen = self._screen
        selection = screen.acts.selection
        selection.end_range()
        current = [screen.table.current] if screen.table.current is not None else []
        if screen.acts.panes.zoomed and current:
            self._export(current, "read")
        elif selection.is_out_of_sight:
            rows = selection.rows
            selection.ask_which(lambda: self._export(rows, "selected"), lambda: self._export(current, "read"))
        elif screen.selection:
            self._export(selection.rows, "selected")
        else:
            self._export(screen.results.rows, "shown")

    def export_selected(self) -> None:
        """Choose a format and a file for the selected entries."""
        self._export(self._screen.acts.selection.rows, "selected")

    def _export(self, rows: Sequence[int], which: str) -> None:
        screen = self._screen
        if not rows:
            screen.say("There is nothing to export")
            return
        from mum_tui.citation import exports
        from mum_tui.tui.dialogs.picker import Picker

        prefer = screen.citation_options.prefer

        def preview(name: str) -> str:
            if name == READING_LIST:
                return self._reading_list(self._listed(rows)[:PREVIEWED])
            return with_rest(exports.render(self._entries_at(rows[:PREVIEWED]), name, prefer), len(rows))

        def answered(name: str | None) -> None:
            if name == READING_LIST:
                self._write_reading_list(rows)
            elif name is not None:
                render = partial(exports.render, name=name, prefer=prefer)
                self._ask_where(*exports.FORMATS[name], len(rows), lambda: render(self._entries_at(rows)))

        title = "Export this entry" if which == "read" else f"Export {counted(len(rows))} {which}"
        screen.push(Picker(title, "enter chooses a file · esc closes", _options, preview), answered)

    def _entries_at(self, rows: Iterable[int]) -> list[Entry]:
        return [self._screen.index.entries[row] for row in rows]

    def _write_reading_list(self, rows: Sequence[int]) -> None:
        ids = self._listed(rows)
        if ids:
            self._ask_where("Reading list", "md", len(ids), lambda: self._reading_list(ids))
        else:
            self._screen.say("None of these is in your library; bookmark, tag or rate some first")

    def _listed(self, rows: Sequence[int]) -> list[str]:
        """The ids of these rows that are in the library; if the rows are the whole catalog, all ids in the library."""
        from mum_tui.library import scopes

        services = self._screen.services
        ids = scopes.select(services.library.annotations)
        if len(rows) == self._screen.index.size:
            return ids
        wanted = set(rows)
        return [identifier for identifier in ids if services.row_by_id.get(identifier) in wanted]

    def _reading_list(self, ids: Sequence[str]) -> str:
        from mum_tui.library.reading_list import ListedEntry, reading_list

        services = self._screen.services
        annotations, known = services.library.annotations, services.row_by_id
        return reading_list(ListedEntry(annotations[id_], services.entry(id_) if id_ in known else None) for id_ in ids)

    def _ask_where(self, title: str, extension: str, count: int, render: Callable[[], str]) -> None:
        from mum_tui.storage import output
        from mum_tui.tui.dialogs.save_as import FILE_EXISTS, SaveAs

        def save(typed: str, overwrite: bool) -> str:
            try:
                path = Path(typed).expanduser()
                if result_within(SHORT_SECONDS, path.exists) and not overwrite:
                    return "This is a folder; add a file name." if path.is_dir() else FILE_EXISTS
                text = render()
                result_within(SHORT_SECONDS, lambda: output.write(path, text))
            except RuntimeError:
                return "There is no such home folder."
            except (OSError, ValueError) as error:
                return f"Cannot write the file: {output.reason(error)}."
            return ""

        def answered(typed: str | None) -> None:
            if typed is not None:
                self._screen.say(f"Wrote {counted(count)} to {Path(typed).expanduser().absolute()}")

        name = "reading-list" if title == "Reading list" else "mum-tui"
        self._screen.push(SaveAs(f"{title}: {counted(count)} to a file", f"./{name}.{extension}", save), answered)


def counted(number: int) -> str:
    """A number of entries in words: ``1 entry``, ``288 entries``."""
    return "1 entry" if number == 1 else f"{number:,} entries"


def _options(words: str) -> Sequence[PickerOption]:
    """The formats that match all words."""
    from mum_tui.citation import exports
    from mum_tui.text import fold
    from mum_tui.tui.dialogs.picker import PickerOption

    options = [PickerOption(name, title, f".{extension}") for name, (title, extension) in exports.FORMATS.items()]
    options.append(PickerOption(READING_LIST, "Reading list: those in your library, by status", ".md"))
    wanted = fold(words).split()
    matching = (
        option
        for option in options
        if all(word in fold(f"{option.key} {option.title} {option.remark}") for word in wanted)
    )
    return sorted(matching, key=lambda option: option.key not in wanted)
