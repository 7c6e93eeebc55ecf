"""Read CSL-JSON from outside. What cannot be used is left out and reported as a problem."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from mum_tui.citation.csl_item import CslItem
from mum_tui.citation.variables import DATES, NAMES
from mum_tui.json_types import Json, JsonObject
from mum_tui.problems import WARNING, Problem, Unreadable
from mum_tui.text import clean, one_line

MAX_BYTES = 100_000_000
_NAME_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
_PROCESSOR_VARIABLES = frozenset(["year-suffix", "citation-number", "citation-label", "first-reference-note-number"])
"""What a style's processor gives to items and none brings along."""
_RESOLVER = re.compile(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


def read(data: bytes, file: str) -> tuple[list[CslItem], list[Problem]]:
    """The items of a CSL-JSON text, an array of them or a single one, and what is wrong with it.

    Raises:
        Unreadable: it is no JSON, or neither an array nor an object.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(Problem(file, 0, "", "is larger than 100 MB"))
    try:
        decoded = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable(Problem(file, 0, "", f"is not UTF-8 (byte {error.start})")) from error
    except json.JSONDecodeError as error:
        raise Unreadable(Problem(file, error.lineno, "", f"is not JSON: {error.msg}")) from error
    except (RecursionError, ValueError) as error:
        raise Unreadable(Problem(file, 0, "", "is not JSON that can be read: too deep or too long a number")) from error
    if isinstance(decoded, dict):
        decoded = decoded["items"] if isinstance(decoded.get("items"), list) else [decoded]
    if not isinstance(decoded, list):
        raise Unreadable(Problem(file, 0, "", "is no CSL-JSON", "expected an array of items"))
    reader = _Reader(file)
    return list(reader.items(decoded)), reader.problems


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.ids: set[str] = set()

    def say(self, key: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.file, 0, one_line(clean(key)), message, hint, WARNING))

    def items(self, listed: list[Json]) -> Iterator[CslItem]:
        for number, item in enumerate(listed, 1):
            if isinstance(item, dict):
                yield self.item(item, number)
            else:
                self.say(f"[{number}]", f"expected an item, found {_kind(item)}", "it is left out")

    def item(self, given: JsonObject, number: int) -> CslItem:
        identifier = self.identifier(given.get("id"), number)
        item: JsonObject = {"id": identifier, "type": "document"}
        for key, value in given.items():
            if key == "id" or key in _PROCESSOR_VARIABLES or value is None or value in ("", [], {}):
                continue
            where = f"{identifier}.{key}"
            read: Json
            if key in NAMES:
                read = self.names(value, where)
            elif key in DATES:
                read = self.date(value, where)
            elif key == "custom":
                read = self.custom(value, where)
            else:
                read = self.text(value, where)
            if read:
                item[key] = read
        if "DOI" in item:
            item["DOI"] = _RESOLVER.sub("", str(item["DOI"]))
        return item

    def identifier(self, value: Json, number: int) -> str:
        """A unique id for an item: the given one, with a letter appended where it is taken."""
        given = one_line(clean(str(value))) if isinstance(value, str | int) and str(value).strip() else f"item{number}"
        identifier, letter = given, 0
        while identifier in self.ids:
            letter += 1
            identifier = given + (chr(ord("a") + letter - 1) if letter <= 26 else f"-{letter}")
        if identifier != given:
            self.say(f"{given}.id", "is used twice", f"this one is cited as {identifier}")
        self.ids.add(identifier)
        return identifier

    def text(self, value: Json, where: str) -> str:
        if isinstance(value, list) and all(isinstance(part, str | int) for part in value):
            value = ", ".join(map(str, value))
        if not isinstance(value, str | int | float):
            self.say(where, f"expected text, found {_kind(value)}", "it is left out")
            return ""
        return one_line(clean(str(value)))

    def names(self, value: Json, where: str) -> list[dict[str, str]]:
        if isinstance(value, str | dict):
            value = [value]
        if not isinstance(value, list):
            self.say(where, f"expected a list of names, found {_kind(value)}", "it is left out")
            return []
        names = []
        for number, name in enumerate(value, 1):
            if isinstance(name, str) and name.strip():
                self.say(f"{where}[{number}]", "is not split", "it is cited as an organisation")
                names.append({"literal": self.text(name, where)})
                continue
            given = name if isinstance(name, dict) else {}
            parts = {part: self.text(given[part], f"{where}[{number}]") for part in _NAME_PARTS if given.get(part)}
            parts = {part: text for part, text in parts.items() if text}
            if parts.get("literal"):
                parts = {"literal": parts["literal"]}
            elif parts and not parts.get("family"):
                # A single name.
                parts["family"] = parts.pop("given", "") or next(iter(parts.values()))
            if parts:
                names.append(parts)
            else:
                self.say(f"{where}[{number}]", "is no name", "it is left out")
        return names

    def date(self, value: Json, where: str) -> JsonObject:
        if isinstance(value, str | int):
            value = {"raw": str(value)}
        if not isinstance(value, dict):
            self.say(where, f"expected a date, found {_kind(value)}", "it is left out")
            return {}
        parts = value.get("date-parts")
        if not parts and isinstance(value.get("raw"), str):
            # An ISO date, or two with a slash between them.
            raw = value["raw"].strip()
            if re.fullmatch(r"\d{4}(-\d\d?){0,2}(/\d{4}(-\d\d?){0,2})?", raw, re.ASCII):
                parts = [day.split("-") for day in raw.split("/")]
        dates = [date for date in (_parts(day) for day in parts[:2]) if date] if isinstance(parts, list) else []
        read_date: JsonObject = {"date-parts": dates} if dates else {}
        for key in ("literal", "raw"):
            if not dates and isinstance(value.get(key), str) and value[key].strip():
                read_date["literal"] = self.text(value[key], where)
                break
        if not read_date:
            self.say(where, "is no date", 'write {"date-parts": [[2023, 1, 2]]}')
            return {}
        if value.get("circa"):
            read_date["circa"] = True
        if str(value.get("season", "")) in ("1", "2", "3", "4"):
            read_date["season"] = int(value["season"])
        return read_date

    def custom(self, value: Json, where: str) -> JsonObject:
        """The custom fields that this program knows; all others are dropped."""
        if not isinstance(value, dict):
            return {}
        known = {key: self.text(value[key], where) for key in ("arxiv_id", "primary_class", "name") if value.get(key)}
        return {**known, **({"more_authors": True} if value.get("more_authors") is True else {})}


_RANGES = ((-9999, 9999), (1, 12), (1, 31))


def _parts(value: Json) -> list[int]:
    """Year, month and day, up to the first that is none."""
    numbers: list[int] = []
    for part, (low, high) in zip(value if isinstance(value, list) else [value], _RANGES, strict=False):
        text = str(part).strip() if isinstance(part, str | int) else ""
        number = int(text) if re.fullmatch(r"-?\d{1,4}", text, re.ASCII) else 0
        if not number or not low <= number <= high:
            break
        numbers.append(number)
    return numbers


def _kind(value: Json) -> str:
    names = {str: "text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), "nothing")
