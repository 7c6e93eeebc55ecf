"""The dates of a BibTeX entry: ``date`` and the like, or ``year`` and ``month``."""

from __future__ import annotations

import re
from typing import Any

from mum_tui.bibliography.bibtex import fields
from mum_tui.bibliography.bibtex.entry_fields import EntryFields
from mum_tui.citation import csl_dates
from mum_tui.text import one_line


def dates(entry: EntryFields) -> None:
    """Read ``date`` and the like, or ``year`` and ``month`` where there is no date."""
    for name, variable in fields.DATES.items():
        if name not in entry.left:
            continue
        date = csl_dates.words(entry.flat(entry.left[name]))
        if date and "literal" in date and name == "date" and "year" in entry.left:
            continue  # the year says more
        if date:
            entry.item[variable] = date
            if "literal" in date:
                _tell_without_year(entry, name, date)
            else:
                entry.unread |= _not_canonical(name, entry.left[name], date)
                if name == "date" and entry.has("year", "month"):
                    entry.unread[name] = entry.left[name]
            del entry.left[name]
    if "issued" in entry.item or "year" not in entry.left:
        return
    entry.item["issued"] = _year_and_month(entry)


def _tell_without_year(entry: EntryFields, name: str, date: dict[str, Any]) -> None:
    if not csl_dates.year(date):
        message = f"“{date['literal']}” has no year"
        entry.reading.add(entry.raw.line, f"{entry.raw.key}.{name}", message, "it is shown as written")


def _not_canonical(name: str, value: str, date: dict[str, Any]) -> dict[str, str]:
    """The date as written, if CSL cannot express it: ``1988?`` and ``1988~`` are both ``circa``, times are left out."""
    return {name: value} if date.get("circa") or re.search(r"\dT\d", value) else {}


def _year_and_month(entry: EntryFields) -> dict[str, Any]:
    year_as_it_stood = entry.left.pop("year").strip()
    text = entry.flat(year_as_it_stood)
    date = csl_dates.words(text) or {"literal": text}
    raw_month = entry.left.get("month", "")
    if "literal" in date:
        _tell_without_year(entry, "year", date)
        return date
    parts = date["date-parts"]
    if year_as_it_stood != str(parts[0][0]):
        entry.unread["year"] = year_as_it_stood
    if raw_month and len(parts) == 1 and len(parts[0]) == 1:
        month, day, last, season = csl_dates.month(entry.flat(raw_month))
        year = parts[0][0]
        if (month or season) and raw_month.strip().lower() not in csl_dates.MONTHS:
            entry.unread["month"] = raw_month.strip()
        if month:
            if not day and not last and (of_its_own := entry.left.get("day", "").strip()).isdecimal():
                day = int(of_its_own)
            first = [year, month, day] if day and csl_dates.is_day(year, month, day) else [year, month]
            date["date-parts"] = [first, [year, last]] if last > month else [first]
            if not last and not re.fullmatch(r"\w+", raw_month.strip()) and not day:
                return date
            del entry.left["month"]
        elif season:
            date["season"] = season
            del entry.left["month"]
        else:
            entry.reading.add(
                entry.raw.line, f"{entry.raw.key}.month", f"“{one_line(raw_month)[:60]}” is no month", "kept as written"
            )
    return date
