"""Writing entries to a file, as ``mum-tui export`` does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mum_tui.catalog.model import Entry
from mum_tui.tui.screen.citations import PREVIEWED, with_rest

if TYPE_CHECKING:
    from mum_tui.citation.choices import Version
    from mum_tui.tui.dialogs.picker import Option
    from mum_tui.tui.screen.main import MainScreen


class Exports:
    """Exports the selected entries; where none is selected, all that are shown."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def export(self) -> None:
        """Choose a format, then a file, and write it."""
        screen = self._screen
        rows = [screen.services.row_by_id[identifier] for identifier in screen.selection] or screen.results.rows
        if not rows:
            screen.say("There is nothing to export")
            return
        from mum_tui.citation import exports
        from mum_tui.tui.dialogs.picker import Picker

        prefer = screen.citation_options.prefer
        which = "selected" if screen.selection else "shown"

        def preview(name: str) -> str:
            return with_rest(exports.render(self._entries_at(rows[:PREVIEWED]), name, prefer), len(rows))

        def answered(name: str | None) -> None:
            if name is not None:
                self._ask_where(rows, name, prefer)

        title = f"Export {counted(len(rows))} {which}"
        screen.push(Picker(title, "enter chooses a file · esc closes", _options, preview), answered)

    def _entries_at(self, rows: Iterable[int]) -> list[Entry]:
        return [self._screen.index.entries[row] for row in rows]

    def _ask_where(self, rows: Sequence[int], name: str, prefer: Version) -> None:
        from mum_tui.citation import exports
        from mum_tui.storage import output
        from mum_tui.tui.dialogs.save_as import FILE_EXISTS, SaveAs

        def save(typed: str, overwrite: bool) -> str:
            try:
                path = Path(typed).expanduser()
                if path.exists() and not overwrite:
                    return "This is a folder; add the name of a file." if path.is_dir() else FILE_EXISTS
                output.write(path, exports.render(self._entries_at(rows), name, prefer))
            except RuntimeError:
                return "There is no such home folder."
            except (OSError, ValueError) as error:
                return f"Cannot write the file: {output.reason(error)}."
            return ""

        def answered(typed: str | None) -> None:
            if typed is not None:
                self._screen.say(f"Wrote {counted(len(rows))} to {Path(typed).expanduser().absolute()}")

        title, extension = exports.FORMATS[name]
        heading = f"{title}: {counted(len(rows))} to a file"
        self._screen.push(SaveAs(heading, f"./mum-tui.{extension}", save), answered)


def counted(number: int) -> str:
    """``1 entry``, ``288 entries``."""
    return "1 entry" if number == 1 else f"{number:,} entries"


def _options(words: str) -> Sequence[Option]:
    """The formats that contain each of these words."""
    from mum_tui.citation import exports
    from mum_tui.text import fold
    from mum_tui.tui.dialogs.picker import Option

    options = [Option(name, title, f".{extension}") for name, (title, extension) in exports.FORMATS.items()]
    wanted = fold(words).split()
    matching = (
        option
        for option in options
        if all(word in fold(f"{option.key} {option.title} {option.remark}") for word in wanted)
    )
    return sorted(matching, key=lambda option: option.key not in wanted)
