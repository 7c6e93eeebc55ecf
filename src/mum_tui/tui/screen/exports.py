"""Writing entries into a file, as ``mum-tui export`` does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mum_tui.catalog.model import Entry
from mum_tui.tui.screen.citations import PREVIEWED, with_rest
from mum_tui.tui.screen.screen_part import ScreenPart

if TYPE_CHECKING:
    from mum_tui.tui.dialogs.picker import Option


class Exporting(ScreenPart):
    """Exports the marked entries; where none is marked, all that are shown."""

    def action_export(self) -> None:
        rows = [self.services.row_by_id[identifier] for identifier in self.marks] or self.results.rows
        if not rows:
            self.acts.say("There is nothing to export")
            return
        from mum_tui.citation import exports
        from mum_tui.tui.dialogs.picker import Picker

        prefer = self.manner.prefer
        which = "marked" if self.marks else "shown"

        def preview(name: str) -> str:
            return with_rest(exports.render(self._entries_at(rows[:PREVIEWED]), name, prefer), len(rows))

        def chosen(name: str | None) -> None:
            if name is not None:
                self._ask_where(rows, name, prefer)

        title = f"Export {counted(len(rows))} {which}"
        self.app.push_screen(Picker(title, "enter asks for a file · esc closes", _options, preview), chosen)

    def _entries_at(self, rows: Iterable[int]) -> list[Entry]:
        return [self.index.entries[row] for row in rows]

    def _ask_where(self, rows: Sequence[int], name: str, prefer: str) -> None:
        from mum_tui.citation import exports
        from mum_tui.storage import output
        from mum_tui.tui.dialogs.save_as import IS_THERE, SaveAs

        def save(typed: str, overwrite: bool) -> str:
            try:
                path = Path(typed).expanduser()
                if path.exists() and not overwrite:
                    return "This is a folder." if path.is_dir() else IS_THERE
                output.write(path, exports.render(self._entries_at(rows), name, prefer))
            except RuntimeError:
                return "There is no such home folder."
            except (OSError, ValueError) as error:
                return f"It cannot be written: {output.reason(error)}."
            return ""

        def saved(typed: str | None) -> None:
            if typed is not None:
                self.acts.say(f"Wrote {counted(len(rows))} to {Path(typed).expanduser().absolute()}")

        title, extension = exports.FORMATS[name]
        heading = f"{title}: {counted(len(rows))} into a file"
        self.app.push_screen(SaveAs(heading, f"./mum-tui.{extension}", save), saved)


def counted(number: int) -> str:
    """``1 entry``, ``288 entries``."""
    return "1 entry" if number == 1 else f"{number:,} entries"


def _options(words: str) -> Sequence[Option]:
    """The formats in which every one of these words stands."""
    from mum_tui.citation import exports
    from mum_tui.text import fold
    from mum_tui.tui.dialogs.picker import Option

    found = (Option(name, title, f".{extension}") for name, (title, extension) in exports.FORMATS.items())
    wanted = fold(words).split()
    found = (one for one in found if all(word in fold(f"{one.key} {one.title} {one.remark}") for word in wanted))
    return sorted(found, key=lambda one: one.key not in wanted)
