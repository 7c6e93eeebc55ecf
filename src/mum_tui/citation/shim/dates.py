"""Dates: the elements ``date`` and ``date-part``."""

from __future__ import annotations

from typing import Any

from citeproc.model import to_ordinal
from citeproc.source import VariableError

from mum_tui.citation.shim.base import Element, joined, own
from mum_tui.citation.shim.text import cased

_PARTS = ("year", "month", "day")


class Date(Element, own("Date")):  # type: ignore[misc]
    """A date, in a form of the locale's or in parts of the style's own.

    Mends: a localized date's own delimiter was ignored ("2025Jul").
    Mends: what a style asked of one date stayed with the locale for all later ones.
    Mends: what stands around a part stood around both ends of a range ("(2019)–(2020)").
    Mends: the parts of a range that are the same were written twice ("August 3–August 3").
    Mends: a date in words lost the brackets of its year.
    """

    def render(self, item: Any, context: Any = None, **_: Any) -> str | None:
        value = item.use(self.get("variable"))
        if not value:
            raise VariableError
        if "date-parts" not in value:
            text = self._words(str(value.get("literal") or value.get("raw") or ""))
        else:
            text = self._dates(value["date-parts"], value.get("season"), item)
        if not text:
            raise VariableError
        return self.wrap(self.format(cased(text, self.get("text-case"), True)))

    def _words(self, text: str) -> str:
        """A date in words ("in press"), which stands where the year would."""
        year = next((attributes for part, attributes in self._pattern()[0] if part.get("name") == "year"), None)
        return "" if year is None else joined([year.get("prefix", ""), text, year.get("suffix", "")])

    def _pattern(self) -> tuple[list[tuple[Any, dict[str, str]]], str]:
        """The date's parts in order, each with its attributes, and what stands between them."""
        own_parts = {part.get("name"): dict(part.attrib) for part in self.findall("cs:date-part", self.nsmap)}
        form = self.get("form")
        if form is None:
            parts = [(part, own_parts[part.get("name")]) for part in self.findall("cs:date-part", self.nsmap)]
            return parts, self.get("delimiter", "")
        localized = self.get_date(form)
        wanted = self.get("date-parts", "year-month-day").split("-")
        parts = []
        for part in [] if localized is None else localized.findall("cs:date-part", self.nsmap):
            name = part.get("name")
            if name in wanted:
                # The style may change how a part looks, not what stands around it.
                changed = {key: one for key, one in own_parts.get(name, {}).items() if key not in ("prefix", "suffix")}
                parts.append((part, {**part.attrib, **changed}))
        return parts, "" if localized is None else localized.get("delimiter", "")

    def _dates(self, dates: list[list[int]], season: Any, item: Any) -> str:
        parts, delimiter = self._pattern()
        begin = _named(dates[0], season)
        end = _named(dates[1], None) if len(dates) > 1 else {}
        shown = [attributes["name"] for _, attributes in parts]
        if not end or all(begin.get(name) == end.get(name) for name in shown):
            return self._one(parts, begin, delimiter, item)
        differing = next((name for name in _PARTS if begin.get(name) != end.get(name)), "day")
        ranged = [at for at, (part, _) in enumerate(parts) if part.get("name") in _PARTS[_PARTS.index(differing) :]]
        if not ranged:
            return self._one(parts, begin, delimiter, item)
        low, high = ranged[0], ranged[-1] + 1
        dash = parts[low][1].get("range-delimiter", "–")
        # What stands around a part stands around the range: (2019–2020).
        first = self._one(_without(parts[low:high], -1, "suffix"), begin, delimiter, item).rstrip(" ,")
        last = self._one(_without(parts[low:high], 0, "prefix"), end, delimiter, item)
        pieces = [
            self._one(parts[:low], begin, delimiter, item),
            joined([first, last], dash),
            self._one(parts[high:], begin, delimiter, item),
        ]
        return joined(pieces, delimiter)

    @staticmethod
    def _one(parts: list[tuple[Any, dict[str, str]]], date: dict[str, int], delimiter: str, item: Any) -> str:
        return joined([part.written(date, attributes, item) for part, attributes in parts], delimiter)


def _without(parts: list[tuple[Any, dict[str, str]]], at: int, affix: str) -> list[tuple[Any, dict[str, str]]]:
    """The parts of a date, one of them without its prefix or suffix."""
    changed = list(parts)
    changed[at] = (parts[at][0], {key: value for key, value in parts[at][1].items() if key != affix})
    return changed


def _named(parts: list[int], season: Any) -> dict[str, int]:
    found = dict(zip(_PARTS, parts, strict=False))
    if season and "month" not in found:
        found["season"] = season
    return found


class Date_Part(Element, own("Date_Part")):  # type: ignore[misc]  # noqa: N801 - the library's name
    def written(self, date: dict[str, int], attributes: dict[str, str], item: Any) -> str:
        """This part of a date, or nothing where the date lacks it."""
        name = attributes["name"]
        text = {"year": self._year, "month": self._month, "day": self._day}[name](date, attributes.get("form", ""))
        if not text:
            return ""
        if name == "year":
            text += item.implicit_suffix()
        if attributes.get("strip-periods") == "true":
            text = text.replace(".", "")
        text = cased(text, attributes.get("text-case"), True)
        return joined([attributes.get("prefix", ""), self.format(text), attributes.get("suffix", "")])

    def _year(self, date: dict[str, int], form: str) -> str:
        year = date.get("year")
        if year is None:
            return ""
        if form == "short":
            return f"{year % 100:02}"
        era = self.get_single_term("bc") if year < 0 else self.get_single_term("ad") if year < 1000 else ""
        return f"{abs(year)}{era}"

    def _month(self, date: dict[str, int], form: str) -> str:
        if "season" in date:
            return self.get_single_term(f"season-{date['season']:02}")
        month = date.get("month")
        if not month:
            return ""
        if form == "numeric":
            return str(month)
        if form == "numeric-leading-zeros":
            return f"{month:02}"
        return self.get_single_term(f"month-{month:02}", "short" if form == "short" else None)

    def _day(self, date: dict[str, int], form: str) -> str:
        day = date.get("day")
        if not day:
            return ""
        first_only = self.get_locale_option("limit-day-ordinals-to-day-1") == "true"
        if form == "ordinal" and (day == 1 or not first_only):
            return str(to_ordinal(day, self))
        return f"{day:02}" if form == "numeric-leading-zeros" else str(day)
