"""Conditions on the year, in all spellings: ``2022..2024``, ``since 2022``, ``year>2022``, ``2010s``."""

from __future__ import annotations

import re
from collections.abc import Callable

from mum_tui.patterns import Pattern
from mum_tui.search import syntax
from mum_tui.search.grammar import BY_NAME
from mum_tui.search.nodes import Any, Node, Term, Years, any_of
from mum_tui.search.query import TYPING, WRONG, HintType
from mum_tui.text import fold

AddHint = Callable[[HintType, str], None]
"""Called with the type and the message of a hint on the query."""

LAST = 9999
"""The upper bound of an open range of years."""


def years_at(text: str, at: int, compares: bool, hint: AddHint) -> tuple[Node | None, int, bool] | None:
    """The condition on the year at ``at`` in any spelling but ``year:…``, where it ends, and whether it is negated
    (``!=``); None if there is no such condition.

    Args:
        text: the text of the query.
        at: where the condition begins.
        compares: whether the text contains comparison signs such as ``<``.
        hint: called for what is incomplete or wrong.
    """
    if text[at] in _BEGIN_YEARS and (match := syntax.SPACED_YEARS.match(text, at)):
        first, last = sorted((int(match[1]), int(match[2])))
        if first != last and (match[0].strip("[]") != f"{match[1]}-{match[2]}"):
            return Years(first, last), match.end(), False
    if text[at] in _BEGIN_SINCE and (match := syntax.SINCE.match(text, at)):
        word = match[1].lower()
        # "After" a day includes the rest of its year, so only a bare year is excluded.
        beyond = word in _BEYOND and not match[3]
        first, last = int(match[2]) + beyond, int(match[2]) - beyond
        is_first = word in ("since", "from", "after", "newer than", "later than", "post")
        return Years(first, LAST) if is_first else Years(0, last), match.end(), False
    if text[at] in "bByYdDpP" and "etween" in text and (match := syntax.YEARS_BETWEEN.match(text, at)):
        first, last = sorted((int(match[1]), int(match[2])))
        return Years(first, last), match.end(), False
    if text[at] in _BEGIN_YEARS and (match := syntax.YEAR_IS.match(text, at)) and bool(match[1]) == bool(match[3]):
        listed = [Years(int(year), int(year)) for year in match[2].split(",")]
        return any_of([*listed]), match.end(), False
    if "*" in text and (match := syntax.OPEN_YEARS.match(text, at)):
        return Years(int(match[1] or 0), int(match[2] or LAST)), match.end(), False
    if text[at] in "12" and (match := syntax.OR_LATER.match(text, at)):
        until = (match[2] or "").lower() in ("earlier", "older", "below")
        return Years(0, int(match[1])) if until else Years(int(match[1]), LAST), match.end(), False
    if text[at] in "12" and (match := syntax.DECADE.match(text, at)):
        first = int(match[1]) * 10
        return Any((Years(first, first + 9), Term(fold(match[0])))), match.end(), False
    if not compares:
        return None
    if match := syntax.COMPARED.match(text, at) or syntax.YEAR_COMPARED.match(text, at):
        sign, year, dated = match["sign"], match["year"], match.groupdict().get("dated")
        sign = _SIGNS.get(sign, sign)
        if dated:
            sign = sign if "=" in sign else f"{sign}="
        return year_value(f"{'=' if sign == '!=' else sign}{year}", hint), match.end(), sign == "!="
    if match := syntax.BETWEEN.match(text, at):
        first = int(match[1]) + (match[2] == "<")
        last = int(match[4]) - (match[3] == "<") if match[4] else LAST
        return Years(first, last), match.end(), False
    return None


def bare_years(match: re.Match[str]) -> Node:
    """The condition for ``2022..2024`` without a field; with a hyphen, it may also be part of a title."""
    first, last = int(match[1] or 0), int(match[3] or LAST)
    years = Years(min(first, last), max(first, last))
    if match[2] not in "-/":
        return years
    word = Term(match[0].strip("-/"))
    return Any((years, word)) if match[1] and match[3] else word


def year_value(value: str, hint: AddHint) -> Node | None:
    """The condition for the folded value of ``year:``; None if the value is incomplete."""
    value = value.strip().strip("[]{}()").strip("\"'")
    if match := syntax.DATED.fullmatch(value):
        return Years(int(match[1]), int(match[1]))
    if match := syntax.DATES.fullmatch(value):
        return Years(*sorted((int(match[1]), int(match[2]))))
    if (match := SHORT_SPAN.fullmatch(value)) and int(match[2]) > int(match[1]) % 100:
        return Years(int(match[1]), int(match[1]) // 100 * 100 + int(match[2]))
    if (match := _SHORT_YEAR.fullmatch(value)) and match[1] not in ("19", "20"):
        year = int(match[1]) + (1900 if int(match[1]) > 50 else 2000)
        return Years(year, year)
    if match := _SINCE.fullmatch(value):
        return Years(int(match[1]), LAST)
    if re.fullmatch(r"[0-9]{1,4}", value):
        return Years(int(value.ljust(4, "0")), int(value.ljust(4, "9")))
    if match := _YEARS.fullmatch(value):
        first = int(match[1] or 0)
        if len(match[2]) < 4:
            if match[2] or not match[1]:
                hint(TYPING, f"year: {BY_NAME['year'].example} or year:2022..")
            return Years(first, LAST) if match[1] else None
        last = int(match[2])
        return Years(min(first, last), max(first, last))
    if match := _COMPARED.fullmatch(value):
        sign = _SIGNS.get(match[1], match[1])
        sign = f"{sign}=" if match[3] and "=" not in sign else sign
        if len(match[2]) < 4:
            hint(TYPING, f"year:{sign} needs a year")
            return None
        year = int(match[2])
        bounds = {
            ">=": (year, LAST),
            ">": (year + 1, LAST),
            "<=": (0, year),
            "<": (0, year - 1),
            "=": (year, year),
        }
        return Years(*bounds[sign])
    hint(WRONG, f'"{value}" is not a year; use 2023, 2022..2024, >=2023 or <2020')
    return Any(())


_BEGIN_YEARS = frozenset("[12yYdDpPbBcCuUiI")
"""The characters that a range of years with spaces may begin with."""
_BEGIN_SINCE = frozenset("aAbBcCdDeEfFiIlLnNoOpPsStTuUyY")
_BEYOND = ("after", "before", "pre", "post", "newer than", "later than", "older than", "earlier than", "prior to")
_SIGNS = {"<>": "!=", "=>": ">=", "=<": "<=", "==": "=", "≥": ">=", "≤": "<="}
_YEARS = Pattern(r"(\d{4})?\s*(?:\.\.\.?|…|-|/|:|\bto\b)\s*(\d{0,4})")
_SINCE = Pattern(r"(\d{4})\+")
SHORT_SPAN = Pattern(r"((?:19|20)\d\d)[-/](?!19$|20$)(\d\d)")
_SHORT_YEAR = Pattern(r"'?(\d\d)")
_COMPARED = Pattern(r"(>=|<=|=>|=<|==|>|<|=|≥|≤)\s*(\d{0,4})((?<=\d{4})[-/.]\d\d?(?:[-/.]\d\d?)?)?")
