"""The palette of commands, searches and entries; and a dialog to choose a theme."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from mum_tui.text import fold
from mum_tui.tui.dialogs.picker import Picker, PickerOption

MOST_USED = "Used most"
COMMANDS = "Commands"
SEARCHES = "Searches"
ENTRIES = "Entries"

MOST_USED_SHOWN = 6
"""The most items in the group ``MOST_USED``."""


class PaletteItem(Struct, frozen=True):
    """A line of the palette: something to run or to go to.

    Args:
        key: a unique name.
        title: the text to show.
        group: ``COMMANDS``, ``SEARCHES`` or ``ENTRIES``.
        remark: a key or a number beside the title.
        help: a text about it, for the preview.
    """

    key: str
    title: str
    group: str
    remark: str = ""
    help: str = ""


class CommandPalette(Picker):
    """Chooses an item; the result is its key, or None.

    Args:
        items: the commands and searches, in order.
        used: how often each was chosen so far, by key.
        entries: gives the entries that match some words, best first.
        exact_match: gives the item with exactly this name, for names from other programs (``wq``, ``12``).
    """

    def __init__(
        self,
        items: Sequence[PaletteItem],
        used: Mapping[str, int],
        entries: Callable[[str], Iterable[PaletteItem]],
        exact_match: Callable[[str], PaletteItem | None],
    ) -> None:
        self._items = items
        self._used = used
        self._entries = entries
        self._exact_match = exact_match
        self._by_key = {item.key: item for item in items}
        self._folded = [(item, fold(item.title), fold(item.help)) for item in items]
        footer = "enter runs or opens · esc closes"
        super().__init__("Find anything", footer, self._fitting, self._help, placeholder="a command, search or entry")

    def _fitting(self, words: str) -> list[PickerOption]:
        """Without words, the most used items and then all; else the items with all words, the most used first."""
        wanted = fold(words).split()
        if not wanted:
            most = sorted(filter(self._count, self._items), key=self._count, reverse=True)[:MOST_USED_SHOWN]
            rest = [item for item in self._items if item not in most]
            return [*(_option(item, MOST_USED) for item in most), *map(_option, rest)]
        fitting = [
            (_rank(title, wanted), -self._count(item), item)
            for item, title, help in self._folded
            if all(word in title or word in help for word in wanted)
        ]
        # The items of a group stay together below its heading; the group with the best match comes first.
        fitting.sort(key=lambda ranked: ranked[:2])
        exact_match = self._exact_match(words.strip())
        items = [item for _, _, item in fitting if item != exact_match]
        groups = list(dict.fromkeys(item.group for item in items))
        items.sort(key=lambda item: groups.index(item.group))
        first = [exact_match] if exact_match else []
        entries = list(self._entries(words))
        self._by_key.update({item.key: item for item in (*first, *entries)})
        # The exact match comes first, so its group does, too.
        items = [*first, *sorted(items, key=lambda item: bool(first) and item.group != first[0].group)]
        return list(map(_option, [*items, *entries]))

    def _count(self, item: PaletteItem) -> int:
        return self._used.get(item.key, 0)

    def _help(self, key: str) -> str:
        return self._by_key[key].help


def _option(item: PaletteItem, group: str = "") -> PickerOption:
    return PickerOption(item.key, item.title, item.remark, group or item.group)


def _rank(title: str, wanted: Sequence[str]) -> int:
    if title.startswith(wanted[0]):
        return 0
    return 1 if all(word in title for word in wanted) else 2


def theme_picker(names: Sequence[str], current: str) -> Picker:
    """A dialog to choose a theme; the result is its name, or None."""

    def fitting(words: str) -> list[PickerOption]:
        wanted = fold(words).split()
        return [PickerOption(name, name) for name in names if all(word in fold(name) for word in wanted)]

    return Picker("Theme", "enter chooses · esc closes", fitting, lambda key: "", current)
