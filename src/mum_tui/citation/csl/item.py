"""An item as the processor sees it: CSL-JSON whose dates and names are read once."""

from collections.abc import Mapping
from typing import Any

from .dates import read_date
from .names import Name, read_names


def words(text: str) -> frozenset[str]:
    """The words of a text that spaces part."""
    return frozenset(text.split())


NAMES = words(
    "author chair collection-editor compiler composer container-author contributor curator director editor "
    "editorial-director editortranslator executive-producer guest host illustrator interviewer narrator organizer "
    "original-author performer producer recipient reviewed-author script-writer series-creator translator"
)
DATES = words("accessed available-date event-date issued original-date submitted")
NUMBERS = words(
    "chapter-number citation-number collection-number edition first-reference-note-number issue locator number "
    "number-of-pages number-of-volumes page page-first part-number printing-number section supplement-number version "
    "volume"
)
_SHARES = {1: (4,), 2: (2, 2), 3: (2, 1, 1)}
_LABELLED = ("author", "editor", "translator", "composer", "director", "interviewer", *sorted(NAMES))


class Item:
    """One item. present: its variables. texts: standard and number variables. dates: those that say something."""

    __slots__ = ("_names", "dates", "id", "language", "present", "texts", "type", "values")

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values
        self.present = frozenset(values)
        self.id = str(values.get("id", ""))
        self.type = str(values.get("type", ""))
        self.language = str(values.get("language") or "")
        self.texts = {name: text for name, value in values.items() if (text := _text(value))}
        self.dates = {name: date for name, value in values.items() if (date := read_date(value)) is not None}
        self._names: dict[str, tuple[Name, ...]] = {}

    def names(self, variable: str) -> tuple[Name, ...]:
        """The names of a variable, read when they are first asked for."""
        if variable not in self._names:
            self._names[variable] = read_names(self.values.get(variable))
        return self._names[variable]

    def says(self, variable: str) -> bool:
        """Whether there is a value of a variable, of whatever kind."""
        known = variable in self.texts or variable in self.dates
        return known or (variable in self.values and self.names(variable) != ())

    def label(self) -> str:
        """What stands for the item in label styles: letters of up to four family names, two digits of the year."""
        names = next((names for variable in _LABELLED if (names := self.names(variable))), ())[:4]
        shares = _SHARES.get(len(names), (1, 1, 1, 1))
        letters = "".join((name.family or name.literal)[:share] for name, share in zip(names, shares, strict=False))
        date = self.dates.get("issued")
        year = f"{abs(date.start[0]) % 100:02}" if date is not None and date.start is not None else "00"
        return letters + year if letters else self.texts.get("title", "")[:4] + year


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() if isinstance(value, int | float) and not isinstance(value, bool) else ""
