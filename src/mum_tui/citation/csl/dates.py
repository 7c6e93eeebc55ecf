"""Dates: their CSL-JSON forms, and cs:date with its parts, ranges and seasons."""

import re
from typing import Any, NamedTuple

Parts = tuple[int, int, int]
"""Year, month (13 to 16: a season), day; 0 for what is not given."""

_SEASONS = {"spring": 13, "summer": 14, "autumn": 15, "fall": 15, "winter": 16}
RANK = {"day": 0, "month": 1, "year": 2}


class Date(NamedTuple):
    """A date or range. end is None for a single date, and OPEN for a range without an end."""

    start: Parts | None = None
    end: Parts | None = None
    circa: bool = False
    literal: str = ""

    def differs_at(self) -> str:
        """The largest part in which the ends of a range differ; "" for a single date."""
        if self.start is None or self.end is None or self.start == self.end:
            return ""
        if self.start[0] != self.end[0]:
            return "year"
        return "month" if self.start[1] != self.end[1] else "day"


OPEN: Parts = (0, 0, 0)


def read_date(value: Any) -> Date | None:
    """A CSL-JSON date variable; None where it says nothing that can be printed. One written out is literal text."""
    if not isinstance(value, dict):
        return None
    circa = str(value.get("circa", "")).lower() not in ("", "0", "false", "none")
    ends = value.get("date-parts")
    if isinstance(ends, list) and ends:
        start = _parts(ends[0])
        end = _parts(ends[1], closing=True) if len(ends) > 1 else None
        season = _season(value.get("season"))
        if start and season and not start[1]:
            start = (start[0], season, start[2])
        if start and start[0]:
            return Date(start, end, circa)
    if literal := value.get("literal") or value.get("raw"):
        return Date(None, None, circa, str(literal).strip())
    if "year" in value:
        return Date(_parts([value.get("year"), value.get("month", 0), value.get("day", 0)]), None, circa)
    return None


def _parts(numbers: Any, closing: bool = False) -> Parts | None:
    if not isinstance(numbers, list):
        numbers = [numbers]
    whole = [_whole(number) for number in numbers[:3]] + [0, 0, 0]
    year, month, day = whole[:3]
    if not year and not closing:
        return None
    if 21 <= month <= 24:
        month -= 8
    if not 0 <= month <= 24:
        month = 0
    if month > 16:
        month = 13 + (month - 13) % 4
    return (year, month, day if 0 <= day <= 31 else 0)


def _whole(number: Any) -> int:
    if type(number) is int:
        return number if abs(number) < 1_000_000_000 else 0
    text = str(number).strip()
    return int(text[:9]) if re.fullmatch(r"[+-]?\d{1,9}", text) else 0


def _season(value: Any) -> int:
    text = str(value or "").strip().lower()
    number = _whole(text)
    return _SEASONS.get(text, 12 + number if 1 <= number <= 4 else 0)


def sort_key(date: Date | None, parts: frozenset[str] = frozenset(RANK)) -> str:
    """A string that sorts as the dates do; negative years before positive ones."""
    if date is None or date.start is None:
        return date.literal if date is not None else ""
    return "-".join(_digits(end, parts) for end in (date.start, date.end) if end is not None)


def _digits(end: Parts, parts: frozenset[str]) -> str:
    year, month, day = (
        number if name in parts else 0 for name, number in zip(("year", "month", "day"), end, strict=True)
    )
    month = month if month <= 12 else 0
    day = day if month else 0
    return f"{500_000_000 + year:09}{month:02}{day:02}"
