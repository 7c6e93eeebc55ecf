"""An item as the processor sees it: CSL-JSON whose dates and names are read once."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from .dates import Date, read_date
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

Value = TypeVar("Value")


class _Variables(dict[str, Value]):
    """Variables of one kind by name, each read when it is first asked for."""

    __slots__ = ("_nothing", "_read", "_values")

    def __init__(self, read: Callable[[Any], Value], values: Mapping[str, Any], nothing: Value) -> None:
        self._read = read
        self._values = values
        self._nothing = nothing

    def __missing__(self, variable: str) -> Value:
        known = variable in self._values
        value = self[variable] = self._read(self._values[variable]) if known else self._nothing
        return value


class Item:
    """One item. present: its variables. texts: standard and number variables. dates: None where there is none."""

    __slots__ = ("dates", "id", "language", "names", "present", "texts", "type", "values")

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values
        self.present = frozenset(values)
        self.id = str(values.get("id", ""))
        self.type = str(values.get("type", ""))
        self.language = str(values.get("language") or "")
        self.texts: Mapping[str, str] = _Variables(_text, values, "")
        self.dates: Mapping[str, Date | None] = _Variables(read_date, values, None)
        self.names: Mapping[str, tuple[Name, ...]] = _Variables(read_names, values, ())

    def says(self, variable: str) -> bool:
        """Whether there is a value of a variable, of whatever kind."""
        return bool(self.texts[variable] or self.dates[variable] or self.names[variable])

    def label(self) -> str:
        """What stands for the item in label styles: letters of up to four family names, two digits of the year."""
        names = next((names for variable in _LABELLED if (names := self.names[variable])), ())[:4]
        shares = _SHARES.get(len(names), (1, 1, 1, 1))
        letters = "".join((name.family or name.literal)[:share] for name, share in zip(names, shares, strict=False))
        date = self.dates["issued"]
        year = f"{abs(date.start[0]) % 100:02}" if date is not None and date.start is not None else "00"
        return letters + year if letters else self.texts["title"][:4] + year


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() if isinstance(value, int | float) and not isinstance(value, bool) else ""
