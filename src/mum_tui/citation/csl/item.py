"""An item as the processor sees it: CSL-JSON with dates, names and the variables kept in a note read once."""

import re
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
_NOTE_LINE = re.compile(r"^\s*([A-Za-z][A-Za-z\-_]{1,30}):\s*(.+?)\s*$")
_NOTE_BRACES = re.compile(r"\{:([A-Za-z\-_]{1,30}):\s*([^}]*)\}")
_NOTE_NAMES = {"doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "pmid": "PMID", "pmcid": "PMCID", "url": "URL"}
_STANDARD = words(
    "annote archive archive-collection archive-place archive_collection archive_location authority call-number "
    "citation-key citation-label collection-title collection-title-short container-title container-title-short "
    "dimensions division DOI event event-place event-title genre ISBN ISSN jurisdiction keyword language license "
    "medium original-publisher original-publisher-place original-title part-title PMCID PMID publisher publisher-"
    "place references reviewed-genre reviewed-title scale source status title title-short type URL volume-title "
    "volume-title-short year-suffix abstract"
)
_KNOWN = NAMES | DATES | NUMBERS | _STANDARD


class Item:
    """One item. Variables are read on first use."""

    __slots__ = ("_dates", "_names", "id", "language", "type", "values")

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = dict(values)
        note = self.values.get("note")
        if isinstance(note, str) and ":" in note:
            _read_note(self.values, note)
        self.id = str(values.get("id", ""))
        self.type = str(self.values.get("type", ""))
        self.language = str(self.values.get("language") or "")
        self._dates: dict[str, Date | None] = {}
        self._names: dict[str, tuple[Name, ...]] = {}

    def text(self, variable: str) -> str:
        """A standard or number variable as text."""
        value = self.values.get(variable)
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, bool) or value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return str(value) if isinstance(value, int | float) else ""

    def date(self, variable: str) -> Date | None:
        """A date variable."""
        if variable not in self._dates:
            self._dates[variable] = read_date(self.values.get(variable))
        return self._dates[variable]

    def names(self, variable: str) -> tuple[Name, ...]:
        """A name variable."""
        if variable not in self._names:
            self._names[variable] = read_names(self.values.get(variable))
        return self._names[variable]


def _read_note(values: dict[str, Any], note: str) -> None:
    """Variables in the note, as reference managers put them: "original-date: 1905" on its first lines or in braces."""
    names: dict[str, list[dict[str, str]]] = {}
    for name, value in _NOTE_BRACES.findall(note):
        _set(values, names, name, value.strip())
    rest: list[str] = []
    for at, line in enumerate(note.split("\n")):
        match = _NOTE_LINE.match(line)
        if match and (len(rest) == 0 or (at == 1 and len(rest) == 1)) and _set(values, names, match[1], match[2]):
            continue
        rest.append(line)
    values.update(names)
    values["note"] = _NOTE_BRACES.sub("", "\n".join(rest)).strip()


def _set(values: dict[str, Any], names: dict[str, list[dict[str, str]]], name: str, value: str) -> bool:
    name = _NOTE_NAMES.get(name.lower(), name if name in _KNOWN else name.lower().replace("_", "-"))
    if name not in _KNOWN:
        return False
    if name == "type":
        values["type"] = value
    elif name in NAMES:
        family, _, given = (part.strip() for part in value.partition("||"))
        names.setdefault(name, []).append({"family": family, "given": given} if given else {"literal": family})
    elif name in DATES:
        values[name] = {"raw": value}
    elif not values.get(name):
        values[name] = value
    return True
