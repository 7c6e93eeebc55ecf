"""Dates as bibliographies write them, as CSL dates: ``date-parts``, ``season``, ``circa`` or ``literal``.

BibLaTeX's dates are those of EDTF levels 0 and 1 (ISO 8601-2:2019): ranges with a slash, ``?``, ``~`` and ``%`` for
what is uncertain, ``X`` for unknown digits, 21–24 for seasons, ``..`` or nothing for an open end.
"""

from __future__ import annotations

import re
from datetime import date as calendar_date
from typing import Any

from mum_tui.catalog.csl_variables import DATES
from mum_tui.citation import month_names
from mum_tui.patterns import Pattern

Date = dict[str, Any]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EDTF = Pattern(
    r"(?P<year>-?\d{4}|(?=[\dXxu]{4}(?![\dXxu]))\d{1,3}[Xxu]{1,3}|y-?\d{5,9})"
    r"(?:-(?P<month>\d\d?|XX))?(?:-(?P<day>\d\d?|XX))?(?P<sign>[?~%]?)(?:T\S*)?"
)
_SLASHED = Pattern(r"(\d{4})/(\d{0,2})/(\d{0,2})/?(.*)", re.DOTALL)
_BESIDE = Pattern(
    r"(?<=\d)\s*(?:st|nd|rd|th|er|日|일)\b|\b(?:st|nd|rd|th|de|del|di|of|den|le|the|г|года|р|roku|r)\b\.?|[년年]"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b",
    re.IGNORECASE,
)
"""What stands beside the parts of a date in words."""
_TWO_YEARS = Pattern(r"(?<![\d.])[12]\d{3}\s*[/–-]\s*[12]\d{3}(?!\d)")
_YEAR = Pattern(r"(?<![\d.])[12]\d{3}(?!\d)")


def edtf(text: str) -> Date | None:
    """A BibLaTeX date; None for what is none."""
    text = text.strip()
    if not text:
        return None
    start, slash, end = text.partition("/")
    if not slash:
        return _single(start)
    first = _single(start) if start not in ("", "..") else None
    last = _single(end) if end not in ("", "..") else None
    if (start not in ("", "..") and first is None) or (end not in ("", "..") and last is None):
        return None
    if not (first or last):
        return None
    if first is None or "date-parts" not in first or (last is not None and "date-parts" not in last):
        return {"literal": text}
    if last is None:
        return {**first, "date-parts": [first["date-parts"][0], [0]]} if not first.get("season") else {"literal": text}
    if first.get("season") or last.get("season"):
        return {"literal": text}
    ranged: Date = {"date-parts": [first["date-parts"][0], last["date-parts"][0]]}
    if first.get("circa") or last.get("circa"):
        ranged["circa"] = True
    return ranged


def _single(text: str) -> Date | None:
    match = _EDTF.fullmatch(text.strip())
    if not match:
        return None
    if re.search("[Xxu]", match["year"]) or match["year"].startswith("y"):
        return {"literal": text.strip()}
    parts = [int(match["year"])]
    season = 0
    if match["month"] and match["month"] != "XX":
        month = int(match["month"])
        if 21 <= month <= 24:
            season = month - 20
        elif not 1 <= month <= 12:
            return None
        else:
            parts.append(month)
            if match["day"] and match["day"] != "XX":
                if not is_day(parts[0], month, int(match["day"])):
                    return None
                parts.append(int(match["day"]))
    date: Date = {"date-parts": [parts]}
    if season:
        date["season"] = season
    if match["sign"]:
        date["circa"] = True
    return date


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has this day."""
    try:
        calendar_date(year if 1 <= year <= 9999 else 2000, month, day)
    except ValueError:
        return False
    return True


def words(text: str) -> Date | None:
    """A date in words or figures (``March 2019``, ``12 March 2020``, ``2020 Mar-Apr``, ``Spring 2020``, ``03/2019``).

    What has a year but more than that can say stands beside it as ``literal``-free parts; what has no year is literal.
    """
    if len(text) == 4 and text.isdigit() and text.isascii():  # most are a year
        return {"date-parts": [[int(text)]]}
    text = " ".join(text.split()).strip(" ,;")
    if not text:
        return None
    if exact := edtf(re.sub(r"^(\d{4})\s*(?:[-–—]+)\s*(\d{4})$", r"\1/\2", text)):
        return exact
    if match := _SLASHED.fullmatch(text):
        return _slashed(match)
    if match := re.fullmatch(r"(\d{4})(\d\d)(\d\d)?", text):
        return _valid(int(match[1]), int(match[2]), int(match[3] or 0)) or {"literal": text}
    if match := re.fullmatch(r"(\d{4})-(\d\d)-00|(\d{4})-00(?:-00)?", text):
        return _valid(int(match[1] or match[3]), int(match[2] or 0), 0) or {"literal": text}
    if match := re.fullmatch(r"(\d{4})年(?:(\d\d?)月(?:(\d\d?)日)?)?", text):
        return _valid(*(int(part or 0) for part in match.groups())) or {"literal": text}
    if match := re.fullmatch(r"(\d{4})(?:[a-z]|\.0)", text):  # told apart by a letter, or out of a spreadsheet
        return {"date-parts": [[int(match[1])]]}
    if match := re.fullmatch(r"(\d\d?)[/.](\d{4})", text):
        return _valid(int(match[2]), int(match[1]), 0) or {"literal": text}
    if match := re.fullmatch(r"(\d\d?)[/.] ?(\d\d?)[/.] ?(\d{4})", text):
        # Day first, except where only the second number can be a day.
        day, month = (int(match[1]), int(match[2])) if int(match[2]) <= 12 else (int(match[2]), int(match[1]))
        return _valid(int(match[3]), month, day) or {"literal": text}
    years = _YEAR.findall(text)
    if len(years) != 1:
        return {"literal": text}
    return _named(text, int(years[0]))


def take_apart(item: dict[str, Any]) -> None:
    """Turns the dates of an item that are written out into parts, where they can be read."""
    for variable in DATES:
        value = item.get(variable)
        written = value if isinstance(value, str) else value.get("raw") if isinstance(value, dict) else None
        if written and (date := _whole(str(written).strip())):
            item[variable] = {**(value if isinstance(value, dict) else {}), **date}


def _whole(text: str) -> Date | None:
    """A date of any year, or two of any form: ``-44``, ``5/6/2004`` (a day in May), ``May 1998/July 2001``."""
    if re.fullmatch(r"[+-]?\d{1,6}", text):
        return {"date-parts": [[int(text)]]}
    if match := re.fullmatch(r"(\d\d?)/(\d\d?)/(\d{4})", text):
        return _valid(int(match[3]), int(match[1]), int(match[2])) or words(text)
    date = words(text)
    if date is None or "literal" not in date:
        return date
    ends = re.split(r"\s*/\s*|\s*--\s*|\s+-\s+|_|\s*–\s*", text)
    if len(ends) == 2 and (first := _end(ends[0])):
        last = [0] if ends[1] in ("", "..", "present") else _end(ends[1])
        return {"date-parts": [first, last]} if last else date
    return date


def _end(text: str) -> list[int]:
    """One end of a range; a season stands in place of its month. Empty where it is no date."""
    date = words(text) or {}
    parts = date.get("date-parts", [])
    if len(parts) != 1:
        return []
    return [parts[0][0], 20 + date["season"]] if date.get("season") else list(parts[0])


def _named(text: str, year: int) -> Date:
    rest = _YEAR.sub(" ", text)
    months = month_names.months_in(rest)
    others = month_names.without_months(rest)
    days = [int(day) for day in re.findall(r"(?<!\d)\d\d?(?!\d)", others)]
    season = month_names.season_in(rest)
    left = re.sub(r"[\d\s,.;/()–-]", "", _BESIDE.sub("", others))
    circa = bool(re.search(r"\b(?:c|ca|circa)\b\.?|~|\?", rest, re.IGNORECASE))
    if season and not months:
        return {"date-parts": [[year]], "season": season}
    if len(months) == 2 and not days and not left and months[0] < months[1]:
        return {"date-parts": [[year, months[0]], [year, months[1]]]}
    if len(months) == 1 and len(days) <= 1 and not left:
        return _valid(year, months[0], days[0] if days else 0) or {"literal": text}
    if not months and not days and circa and re.fullmatch(r"(?:c|ca|circa)?[~?\[\]]*", left, re.IGNORECASE):
        return {"date-parts": [[year]], "circa": True}
    if not months and not days and not left.strip("[]()"):
        return {"date-parts": [[year]]}
    return {"literal": text}


def _slashed(match: re.Match[str]) -> Date:
    """RIS: ``YYYY/MM/DD/other``; the last part is a season or anything."""
    year, month, day = (int(part or 0) for part in match.group(1, 2, 3))
    date = _valid(year, month, day) or {"date-parts": [[year]]}
    other = match[4].strip().strip("/")
    if other and not month:
        if season := month_names.season(other):
            return {**date, "season": season}
        return words(f"{other} {year}") or date
    return date


def _valid(year: int, month: int, day: int) -> Date | None:
    if not month:
        return {"date-parts": [[year]]}
    if not 1 <= month <= 12:
        return None
    if not day:
        return {"date-parts": [[year, month]]}
    return {"date-parts": [[year, month, day]]} if is_day(year, month, day) else None


def month(text: str) -> tuple[int, int, int, int]:
    """Month, day, last month and season in BibTeX's ``month``: ``jan``, ``12 March``, ``4~jan``, ``Mar.-Apr.``,
    ``Spring``.
    """
    if text.lower() in MONTHS:  # most are
        return MONTHS.index(text.lower()) + 1, 0, 0, 0
    text = text.replace("\u00a0", " ").replace("~", " ").strip(' {}".,')
    named = month_names.months_in(text)
    numbers = [int(number) for number in re.findall(r"(?<!\d)\d\d?(?!\d)", month_names.without_months(text))]
    season = month_names.season_in(text)
    if named:
        last = named[-1] if len(named) == 2 and named[1] != named[0] else 0
        day = numbers[0] if len(numbers) == 1 and 1 <= numbers[0] <= 31 and not last else 0
        return named[0], day, last, 0
    if numbers and re.fullmatch(r"\d\d?", text) and 1 <= numbers[0] <= 12:
        return numbers[0], 0, 0, 0
    return 0, 0, 0, season


def says_month(date: Date, text: str) -> bool:
    """Whether BibTeX's ``month`` says the month or season of a date, or no more than its year."""
    parts = (date.get("date-parts") or [[]])[0]
    first, _, _, season = month(text)
    if not parts or season != date.get("season", 0):
        return False
    return first == parts[1] if len(parts) > 1 else first == 0


def iso(date: Date) -> str:
    """The first day of a CSL date as the catalog writes dates; empty where there is no year of four figures."""
    parts = (date.get("date-parts") or [[]])[0]
    if not parts or not 1000 <= parts[0] <= 2999:
        return ""
    return "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:3])])


def year(date: Date) -> int | None:
    """The year of a CSL date, if it has one that a catalog can hold."""
    parts = (date.get("date-parts") or [[]])[0]
    if parts and 1000 <= parts[0] <= 2999:
        return int(parts[0])
    text = str(date.get("literal", ""))
    named = _YEAR.findall(text)
    return int(named[0]) if len(set(named)) == 1 or _TWO_YEARS.search(text) else None
