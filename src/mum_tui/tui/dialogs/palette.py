"""Everything one can do, by its name: the command palette, and the choice of a theme."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import SystemCommand

from mum_tui.text import fold
from mum_tui.tui.dialogs.picker import Option, Picker


class Palette(Picker):
    """Gives the number of the command chosen, as a text, or None."""

    def __init__(self, commands: Sequence[SystemCommand]) -> None:
        self._commands = commands
        self._folded = [(fold(command.title), fold(command.help)) for command in commands]
        super().__init__("Commands", "enter runs · esc closes", self._fitting, self._help)

    def _fitting(self, words: str) -> list[Option]:
        """The commands that have all words: first those with the first one at the beginning of their names."""
        wanted = fold(words).split()
        fitting = [
            number
            for number, (title, help) in enumerate(self._folded)
            if all(word in title or word in help for word in wanted)
        ]
        if wanted:
            fitting.sort(key=lambda number: _rank(self._folded[number][0], wanted))
        return [Option(str(number), self._commands[number].title) for number in fitting]

    def _help(self, key: str) -> str:
        return self._commands[int(key)].help


def _rank(title: str, wanted: Sequence[str]) -> int:
    if title.startswith(wanted[0]):
        return 0
    return 1 if all(word in title for word in wanted) else 2


def theme_picker(names: Sequence[str], current: str) -> Picker:
    """Gives the name of a theme, or None."""

    def fitting(words: str) -> list[Option]:
        wanted = fold(words).split()
        return [Option(name, name) for name in names if all(word in fold(name) for word in wanted)]

    return Picker("Theme", "enter chooses · esc closes", fitting, lambda key: "", current)
