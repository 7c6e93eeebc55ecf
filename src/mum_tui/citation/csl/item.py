"""An item as the processor sees it: CSL-JSON whose dates and names are read once."""

from collections.abc import Mapping
from typing import Any

from .dates import Date, read_date
from .names import Name, read_names
from .words import words

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
    """One item. Variables are read on first use."""

    __slots__ = ("_dates", "_names", "_texts", "id", "language", "type", "values")

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values
        self.id = str(values.get("id", ""))
        self.type = str(values.get("type", ""))
        self.language = str(values.get("language") or "")
        self._texts: dict[str, str] = {}
        self._dates: dict[str, Date | None] = {}
        self._names: dict[str, tuple[Name, ...]] = {}

    def text(self, variable: str) -> str:
        """A standard or number variable as text."""
        text = self._texts.get(variable)
        if text is None:
            text = self._texts[variable] = _text(self.values.get(variable))
        return text

    def date(self, variable: str) -> Date | None:
        """A date variable."""
        if variable not in self._dates:
            self._dates[variable] = read_date(self.values.get(variable))
        return self._dates[variable]

    def names(self, variable: str) -> tuple[Name, ...]:
        """A name variable."""
        if variable not in self.values:
            return ()
        if variable not in self._names:
            self._names[variable] = read_names(self.values[variable])
        return self._names[variable]

    def label(self) -> str:
        """What stands for the item in label styles: letters of up to four family names, two digits of the year."""
        names = next((names for variable in _LABELLED if (names := self.names(variable))), ())[:4]
        shares = _SHARES.get(len(names), (1, 1, 1, 1))
        letters = "".join((name.family or name.literal)[:share] for name, share in zip(names, shares, strict=False))
        date = self.date("issued")
        year = f"{abs(date.start[0]) % 100:02}" if date is not None and date.start is not None else "00"
        return letters + year if letters else self.text("title")[:4] + year


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
