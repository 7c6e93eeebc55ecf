"""CSL-JSON from outside, made fit to be rendered: what cannot be used is left out and told, one line each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mum_tui.catalog.csl_variables import DATES, NAMES, TEXTS
from mum_tui.citation import crossref, csl_dates, csl_notes, csl_tags, month_names
from mum_tui.problems import WARNING, Problem, Unreadable
from mum_tui.text import clean, clean_line, one_line

if TYPE_CHECKING:
    from mum_tui.citation.csl_item import CslItem

MAX_BYTES = 100_000_000
_NAME_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
AS_WRITTEN = "as_written"
"""Under ``custom`` of an item: texts by variable as they stood in a CSL-JSON file."""

_NOT_READ = frozenset(["id", "year-suffix", "citation-number", "citation-label", "first-reference-note-number"])
"""The id, which is read before, and what a style's processor gives to items and none brings along."""
_READ_APART = NAMES | DATES | {"custom", "note"}
"""Variables of which a text is more than a line."""
_RESOLVER = re.compile(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


def read(data: bytes, file: str, everything: bool = False) -> tuple[list[CslItem], list[Problem]]:
    """The items of a CSL-JSON text, an array of them or a single one, and what is wrong with it.

    An answer of Crossref (``message``, or ``message.items``) is read as well: its lists of one title and its own names
    of types become CSL's.

    Args:
        data: the bytes of the file.
        file: its name in messages.
        everything: keep all that stands under ``custom``, and ``categories``, for a list that is to be kept; under
            ``AS_WRITTEN`` the texts that are read as something else than they are (white space, HTML, a DOI's address).

    Raises:
        Unreadable: it is no JSON, or no CSL-JSON.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(Problem(file, 0, "", "is larger than 100 MB"))
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable(Problem(file, 0, "", f"is not UTF-8 (byte {error.start})")) from error
    except json.JSONDecodeError as error:
        raise Unreadable(Problem(file, error.lineno, "", f"is not JSON: {error.msg}")) from error
    except (RecursionError, ValueError) as error:
        raise Unreadable(Problem(file, 0, "", "is not JSON that can be read: too deep or too long a number")) from error
    listed = crossref.items(content)
    if isinstance(listed, dict):
        within = next((listed[key] for key in ("items", "references") if isinstance(listed.get(key), list)), None)
        listed = within if within is not None else _by_id(listed) or [listed]
    if not isinstance(listed, list):
        raise Unreadable(Problem(file, 0, "", "is no CSL-JSON", "expected an array of items"))
    if content == {} or (listed and not any(isinstance(raw, dict) and _is_item(raw) for raw in listed)):
        raise Unreadable(Problem(file, 0, "", "is JSON, but no CSL-JSON", _EXPECTED))
    reader = _Reader(file, everything)
    return list(reader.items(listed)), reader.problems


def _by_id(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The items of an object that holds each under its id; empty where it is none."""
    items = [raw for raw in content.values() if isinstance(raw, dict) and isinstance(raw.get("type"), str)]
    if not items or len(items) < len(content):
        return []
    return [{**raw, "id": raw.get("id", key)} for key, raw in content.items()]


_EXPECTED = "expected an array of items, each with a type and a title"


def _is_item(raw: dict[str, Any]) -> bool:
    """Whether an object has what only an item of a bibliography has."""
    named = any(isinstance(raw.get(key), str) and raw[key].strip() for key in ("title", "title-short", "DOI", "note"))
    is_one_of_csl = raw.keys() <= TEXTS | NAMES | DATES | {"id", "type", "custom", "categories"}
    typed = is_one_of_csl and isinstance(raw.get("type"), str) and ("id" in raw or "citation-key" in raw)
    described = any(raw.get(key) for key in ("author", "editor", "issued", "container-title"))
    return named or typed or described or raw.keys() <= TEXTS | NAMES | DATES


class _Reader:
    def __init__(self, file: str, everything: bool) -> None:
        self.file = file
        self.everything = everything
        self.problems: list[Problem] = []
        self.ids: set[str] = set()
        self.repeated: dict[str, int] = {}

    def report(self, key: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.file, 0, one_line(clean(key)), message, hint, WARNING))

    def items(self, raws: list[Any]) -> Iterator[CslItem]:
        for number, raw in enumerate(raws, 1):
            if isinstance(raw, dict):
                yield self.item(raw, number)
            else:
                self.report(f"[{number}]", f"expected an item, found {_kind(raw)}", "it is left out")

    def item(self, raw: dict[str, Any], number: int) -> dict[str, Any]:
        identifier = self.identifier(raw.get("id"), number)
        item: dict[str, Any] = {"id": identifier, "type": "document"}
        as_written: dict[str, str] = {}
        for key, value in raw.items():
            if key in _NOT_READ:
                continue
            read: Any
            if type(value) is str and key not in _READ_APART:
                if read := normal(key, clean_line(value)):
                    item[key] = read
                if self.everything and value.strip() != read:
                    as_written[key] = clean(value).strip()
                continue
            if value is None or value in ("", [], {}):
                continue
            where = f"{identifier}.{key}"
            if key in NAMES:
                read = self.names(value, where)
            elif key in DATES:
                read = self.date(value, where)
            elif key == "custom":
                read = self.custom(value, where)
            elif key == "categories" and isinstance(value, list):
                read = [self.text(part, where) for part in value] if self.everything else None
            else:
                read = self.text(value, where, lines=key == "note")
                if key != "note":
                    read = normal(key, read)
            if read:
                item[key] = read
        if "note" in item:
            csl_notes.take_variables(item)
            if "note" in item:
                item["note"] = one_line(item["note"])
        if as_written:
            item["custom"] = {**item.get("custom", {}), AS_WRITTEN: as_written}
        return item

    def identifier(self, value: Any, number: int) -> str:
        """A text of its own for every item: what is given, with a letter behind it where that is taken."""
        given = one_line(clean(str(value))) if isinstance(value, str | int) and str(value).strip() else f"item{number}"
        identifier, letter = given, self.repeated.get(given, 0)
        while identifier in self.ids:
            letter += 1
            identifier = given + (chr(ord("a") + letter - 1) if letter <= 26 else f"-{letter}")
        self.repeated[given] = letter
        if identifier != given:
            self.report(f"{given}.id", "is used twice", f"this one is cited as {identifier}")
        self.ids.add(identifier)
        return identifier

    def text(self, value: Any, where: str, number: int = 0, lines: bool = False) -> str:
        """The value as text, on one line unless ``lines`` may stay. number: which one of several it is in a report."""
        if isinstance(value, str) and not lines:
            return clean_line(value)
        if isinstance(value, list) and all(isinstance(part, str | int) for part in value):
            value = ", ".join(map(str, value))
        if not isinstance(value, str | int | float):
            place = f"{where}[{number}]" if number else where
            self.report(place, f"expected text, found {_kind(value)}", "it is left out")
            return ""
        text = clean(str(value))
        return "\n".join(filter(None, map(one_line, text.split("\n")))) if lines else one_line(text)

    def names(self, value: Any, where: str) -> list[dict[str, Any]]:
        if isinstance(value, str):
            value = re.split(r"\s+and\s+|\s*;\s*", value) if "," in value else [value]
        if isinstance(value, dict):
            value = [value]
        if not isinstance(value, list):
            self.report(where, f"expected a list of names, found {_kind(value)}", "it is left out")
            return []
        people = []
        for number, person in enumerate(value, 1):
            given = person if isinstance(person, dict) else {}
            if len(given) == 2 and (usual := _usual_name(given.get("family"), given.get("given"))):
                people.append(usual.copy())
                continue
            if isinstance(person, str) and (divided := _divided(self.text(person, where))):
                self.report(f"{where}[{number}]", "is not split", "it is split at its comma")
                people.append(divided)
                continue
            if isinstance(person, str) and person.strip():
                self.report(f"{where}[{number}]", "is not split", "it is cited as an organisation")
                people.append({"literal": self.text(person, where)})
                continue
            parts = {
                part: text
                for part in _NAME_PARTS
                if given.get(part) and (text := self.text(given[part], where, number))
            }
            if not parts and given.get("name") and (name := self.text(given["name"], where, number)):
                parts = {"literal": name}  # as Crossref calls it
            if parts.get("literal"):
                parts = {"literal": parts["literal"]}
            elif parts and not parts.get("family"):
                # A single name.
                parts["family"] = parts.pop("given", "") or next(iter(parts.values()))
            if parts:
                people.append(parts)
            else:
                self.report(f"{where}[{number}]", "is no name", "it is left out")
        return people

    def date(self, value: Any, where: str) -> dict[str, Any]:
        if isinstance(value, str | int):
            value = {"raw": str(value)}
        elif isinstance(value, list):
            value = {"date-parts": value}
        if not isinstance(value, dict):
            self.report(where, f"expected a date, found {_kind(value)}", "it is left out")
            return {}
        parts = value.get("date-parts")
        dates = _ranged(parts) if isinstance(parts, list) else []
        if not dates:
            dates = [date] if (date := _parts([value.get(key) for key in ("year", "month", "day")])) else []
        csl_date: dict[str, Any] = {"date-parts": dates} if dates else {}
        for key in ("raw", "edtf", "literal", "date-time"):
            if not csl_date and isinstance(value.get(key), str) and value[key].strip():
                text = self.text(value[key], where)
                csl_date = (csl_dates.words(text) if key != "literal" else None) or {"literal": text}
        if not csl_date:
            self.report(where, "is no date", 'write {"date-parts": [[2023, 1, 2]]}')
            return {}
        if value.get("circa"):
            csl_date["circa"] = True
        season = str(value.get("season", "") or _season(parts)).strip().lower()
        if season and (number := month_names.season(season) or int(season if season in ("1", "2", "3", "4") else 0)):
            csl_date["season"] = number
        return csl_date

    def custom(self, value: Any, where: str) -> dict[str, Any]:
        """What this program keeps beside CSL; anything else there is nobody's business."""
        if not isinstance(value, dict):
            return {}
        known: dict[str, Any] = {}
        for key in ("arxiv_id", "primary_class", "name"):
            if value.get(key):
                known[key] = self.text(value[key], where)
        if value.get("more_authors") is True:
            known["more_authors"] = True
        for key in ("bibtex", "ris"):
            if isinstance(value.get(key), dict):
                known[key] = {self.text(name, where): _plain(text) for name, text in value[key].items()}
        if self.everything:
            known |= {one_line(clean(str(key))): _plain(part) for key, part in value.items() if key not in known}
        return known


def _usual_name(family: Any, given: Any) -> dict[str, str]:
    """A name of these two parts; nothing where they are no texts, or one is empty."""
    return _name(family, given) if type(family) is str and type(given) is str else {}


@lru_cache(maxsize=4096)
def _name(family: str, given: str) -> dict[str, str]:
    """The same people stand in many items."""
    family, given = clean_line(family), clean_line(given)
    return {"family": family, "given": given} if family and given else {}


def normal(variable: str, text: str) -> str:
    """The text of a variable, on one line, as it is read."""
    if variable in _RICH and ("<" in text or "&" in text):
        return csl_tags.to_csl(text)
    return _RESOLVER.sub("", text) if variable == "DOI" and not text.startswith("10.") else text


_RICH = frozenset(["title", "title-short", "container-title", "abstract", "collection-title", "original-title"])
"""Variables that may have formatting, which other programs write in HTML of their own."""


def _plain(value: Any, depth: int = 1) -> Any:
    """A value from outside made harmless: text, numbers, lists and objects of them, not too deep."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, list) and depth < 4:
        return [_plain(part, depth + 1) for part in value]
    if isinstance(value, dict) and depth < 4:
        return {one_line(clean(str(key))): _plain(part, depth + 1) for key, part in value.items()}
    return ""


def _ranged(parts: list[Any]) -> list[list[int]]:
    """One date or two; a second one of zeros says that the range is open."""
    if len(parts) <= 3 and not any(isinstance(part, list) for part in parts):
        parts = [parts]  # one date that lacks the list around it
    dates = [date for date in (_parts(part) for part in parts[:2]) if date]
    if len(dates) == 1 and len(parts) == 2 and parts[1] in ([0], [0, 0], [0, 0, 0], ["0"], 0):
        dates.append([0])
    return dates


def _divided(text: str) -> dict[str, str]:
    """Family and given name of a text with one comma; empty for any other."""
    family, comma, given = text.partition(",")
    if not comma or "," in given or not family.strip() or not given.strip():
        return {}
    return {"family": family.strip(), "given": given.strip()}


def _season(parts: Any) -> str:
    """The season, from 1 to 4, that stands as 21 to 24 where a month does."""
    first = parts[0] if isinstance(parts, list) and parts else []
    month = str(first[1]) if isinstance(first, list) and len(first) > 1 else ""
    return month[1] if month in ("21", "22", "23", "24") else ""


_RANGES = ((-9999, 9999), (1, 12), (1, 31))


def _parts(value: Any) -> list[int]:
    """Year, month and day, up to the first that is none."""
    numbers: list[int] = []
    for part, (low, high) in zip(value if isinstance(value, list) else [value], _RANGES, strict=False):
        if type(part) is int:
            number = part
        else:
            text = part.strip() if isinstance(part, str) else ""
            number = int(text) if re.fullmatch(r"-?\d{1,4}", text, re.ASCII) else 0
            if not number and len(numbers) == 1 and text.strip("."):
                number = month_names.month(text)
        if not number or not low <= number <= high:
            break
        numbers.append(number)
    return numbers


def _kind(value: Any) -> str:
    names = {str: "text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), "nothing")
