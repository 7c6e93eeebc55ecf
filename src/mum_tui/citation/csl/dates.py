"""Dates: their CSL-JSON forms, and cs:date with its parts, ranges and seasons."""

import re
from typing import Any, NamedTuple

Parts = tuple[int, int, int]
"""Year, month (13 to 16: a season), day; 0 for what is not given."""

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12,
}  # fmt: skip
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
    """A CSL-JSON date variable; None where it says nothing that can be printed."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        value = {"raw": str(value)}
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
    if value.get("literal"):
        return Date(None, None, circa, str(value["literal"]))
    if value.get("raw"):
        return _raw(str(value["raw"]).strip(), circa)
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
    if value is None or value == "":
        return 0
    text = str(value).strip().lower()
    if text in _SEASONS:
        return _SEASONS[text]
    number = _whole(text)
    return 12 + number if 1 <= number <= 4 else 0


def _raw(text: str, circa: bool) -> Date | None:
    """A date written out: ISO dates and ranges, "3 May 1998", "May 1998/July 2001"; else the text as it is."""
    bare = re.sub(r"^(?:c\.|ca\.|circa)\s*|[?~]$", "", text, flags=re.IGNORECASE)
    circa = circa or bare != text
    sides = re.split(r"\s*/\s*|\s*--\s*|\s+-\s+|_|\s*–\s*", bare) if not re.fullmatch(r"\d+/\d+/\d+", bare) else [bare]
    if len(sides) == 1 and (years := re.fullmatch(r"(\d{4})-(\d{4})", bare)):
        sides = [years[1], years[2]]
    if len(sides) > 2 or not (start := _written(sides[0])):
        return Date(None, None, circa, text) if text else None
    if len(sides) == 1:
        return Date(start, None, circa)
    end = OPEN if sides[1] in ("", "..", "present") else _written(sides[1])
    return Date(start, end, circa) if end else Date(None, None, circa, text)


def _written(text: str) -> Parts | None:
    if iso := re.fullmatch(r"([+-]?\d{1,6})(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?:T.*)?", text):
        return _parts(list(iso.groups()))
    if slashed := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
        return _parts([slashed[3], slashed[1], slashed[2]])
    words = re.findall(r"[^\W\d_]+|\d+", text)
    month = next(
        (_MONTHS.get(word[:3].lower(), 0) or _SEASONS.get(word.lower(), 0) for word in words if word.isalpha()), 0
    )
    names = [word for word in words if word.isalpha()]
    year = next((word for word in reversed(words) if word.isdigit() and len(word) in (3, 4)), "")
    day = next((word for word in words if word.isdigit() and word != year and len(word) < 3), "0")
    if year and month and len(names) == 1 and len(words) <= 3:
        return _parts([year, month, day])
    return None


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
