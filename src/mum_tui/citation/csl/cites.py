"""What is cited where, and what tells items apart."""

from typing import NamedTuple

from .item import Item


class Cite(NamedTuple):
    """One cite of a citation: an item with what the writer adds.

    label: the locator's kind, "page" where empty. author: "" (as the style says), "only" or "suppress".
    position, near_note, first_note: set by the processor.
    """

    id: str
    locator: str = ""
    label: str = ""
    prefix: str = ""
    suffix: str = ""
    author: str = ""
    position: str = "first"
    near_note: bool = False
    first_note: int = 0


class Citation(NamedTuple):
    """Cites that stand together. note: the number of the note they stand in, 0 in the text."""

    cites: list[Cite]
    note: int = 0


class Hints:
    """What tells an item from others it would be taken for.

    shown and levels: names shown and raised, by list (and place). conditions: how many disambiguate conditions hold.
    """

    def __init__(self) -> None:
        self.shown: dict[int, int] = {}
        self.levels: dict[tuple[int, int], int] = {}
        self.conditions = 0
        self.year_suffix = ""

    def key(self) -> tuple[object, ...]:
        """What compares equal where they say the same."""
        if not self.shown and not self.levels:
            return (self.conditions, self.year_suffix)
        return (*sorted(self.shown.items()), *sorted(self.levels.items()), self.conditions, self.year_suffix)


class Entry:
    """An item in the order of the bibliography, and what tells it from the others."""

    def __init__(self, item: Item, number: int) -> None:
        self.item = item
        self.number = number
        self.hints = Hints()
