"""Number variables: what is numeric, ordinals, Roman numerals, page ranges."""

import re

from .locale import Locale

_NUMBER = r"[^\W\d_]{0,8}\d+[^\W\d_]{0,8}"
_NUMERIC = rf"\s*{_NUMBER}(?:\s*[-–—,&]\s*{_NUMBER})*\s*"
_SEPARATOR = r"\s*([-–—,&])\s*"
_PREFIXED = r"((?:\w*[^\W\d])?)(\d+)"
_RANGE = rf"(?<![\w.])(?<!\d,(?=\d\d\d(?!\d))){_PREFIXED}\s*[-\u2010-\u2014]+\s*{_PREFIXED}(?![\w.]|-\w)"
_LOOSE = r"(?:\d+[^\W\d_]?|[ivxlcdm]+|[IVXLCDM]+)"
_LOOSE_RANGE = rf"(?<![\w.-])({_LOOSE})\s*[-\u2010-\u2014]+\s*({_LOOSE})(?![\w-]|\.\d)"
_FIRST_NUMBERS = rf"\s*\(?{_LOOSE}\)?(?P<more>\s*(?:\\?[-–—,&;]|,?\s(?:and|et|und|y|e|i|og|och|en|AND)\s)\s*{_LOOSE})*"
_SPACED = {"-": "-", "–": "–", "—": "—", ",": ", ", "&": " & "}
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def is_numeric(text: str) -> bool:
    """Whether content is only numbers, with or without affixes, joined by comma, hyphen or ampersand."""
    return len(text) < 200 and (text.isdecimal() or re.fullmatch(_NUMERIC, text) is not None)


def spaced(text: str) -> str:
    """Numeric content with the spaces of the specification: "2 - 4" is "2-4", "2,3" is "2, 3", "2&3" is "2 & 3"."""
    return text if text.isalnum() else re.sub(_SEPARATOR, lambda mark: _SPACED[mark[1]], text.strip())


def padded(text: str) -> str:
    """Numeric content for sorting: each number with zeros before it, so that 3a comes before 10."""
    return re.sub(r"\d+", lambda digits: digits[0].zfill(12), text.strip())


def formatted(text: str, form: str, locale: Locale, gender: str) -> str:
    """Numeric content in a form of cs:number; numbers with affixes stay as they are."""
    if form not in ("ordinal", "long-ordinal", "roman"):
        return spaced(text)
    return "".join(
        _SPACED[piece].replace("-", "–") if at % 2 else _in_form(piece, form, locale, gender)
        for at, piece in enumerate(re.split(_SEPARATOR, text.strip()))
    )


def _in_form(number: str, form: str, locale: Locale, gender: str) -> str:
    if not number.isdecimal() or number.startswith("0"):
        return number
    value = int(number[:9])
    if form == "roman":
        return roman(value) if 0 < value < 6000 else number
    if form == "long-ordinal":
        return long_ordinal(value, locale, gender)
    return ordinal(value, locale, gender) if form == "ordinal" else number


def roman(value: int) -> str:
    """A whole number from 1 as a lower-case Roman numeral."""
    numeral = ""
    for unit, letters in _ROMAN:
        numeral, value = numeral + letters * (value // unit), value % unit
    return numeral


def long_ordinal(value: int, locale: Locale, gender: str) -> str:
    """ "first" to "tenth", then as `ordinal`."""
    if 1 <= value <= 10:
        name = f"long-ordinal-{value:02}"
        term = (locale.find(name, gender) if gender else None) or locale.find(name, "long")
        if term and term.single:
            return term.single
    return ordinal(value, locale, gender)


def ordinal(value: int, locale: Locale, gender: str) -> str:
    """A number with its ordinal suffix: "2nd"."""
    terms = locale.ordinals
    matches = {"last-two-digits": value % 100, "last-digit": value % 10, "whole-number": value}
    for digits, usual in ((value % 100, "last-two-digits"), (value % 10, "last-digit"), (value, "whole-number")):
        if not 0 <= digits <= 99:
            continue
        name = f"ordinal-{digits:02}"
        for form in (gender, "") if gender else ("",):
            term = terms.get((name, form))
            if term is None:
                continue
            match = term.match or ("last-two-digits" if digits > 9 else "last-digit")
            if match == usual or (matches[match] == digits and usual != "last-digit"):
                return f"{value}{term.single}"
    names = (("ordinal", gender), ("ordinal", ""), ("ordinal", "feminine"), ("ordinal-04", ""))
    return f"{value}{next((terms[name].single for name in names if name in terms), '')}"


def is_plural(variable: str, text: str, conjunction: str = "") -> bool:
    """Whether content begins with more than one number. conjunction: the locale's word for "and"."""
    bare = text.replace("\\-", "\0").replace("--", "-").strip()
    if variable.startswith("number-of-") and bare.isdecimal():
        return int(bare[:9]) > 1
    if is_numeric(bare):
        return re.search(_SEPARATOR, bare) is not None
    if conjunction:
        bare = bare.replace(f" {conjunction} ", " and ")
    first = re.match(_FIRST_NUMBERS, bare)
    return first is not None and first["more"] is not None


def ranges(text: str, style: str, delimiter: str) -> str:
    """Page ranges in one of the formats of the style option page-range-format; "" leaves the digits alone."""
    first, _, last = text.replace("–", "-").partition("-")
    if first.isdecimal() and last.isdecimal():
        return _range(style, delimiter, "", first, "", last)
    text = text if text.isalnum() else re.sub(_RANGE, lambda match: _range(style, delimiter, *match.groups()), text)
    return re.sub(_LOOSE_RANGE, lambda match: f"{match[1]}{delimiter}{match[2]}", text)


def _range(style: str, delimiter: str, before: str, first: str, middle: str, last: str) -> str:
    if middle != before:
        return f"{before}{first}-{middle}{last}"
    full = first[: len(first) - len(last)] + last if len(last) < len(first) else last
    if int(full[:30]) <= int(first[:30]) or len(full) != len(first) or not style:
        end = middle + last if style in ("", "expanded") else last
    elif style == "expanded":
        end = before + full
    elif style.startswith("minimal"):
        end = _minimal(first, full, 2 if style == "minimal-two" else 1)
    else:
        end = _chicago(first, full, style)
    return f"{before}{first}{delimiter}{end}"


def _minimal(first: str, last: str, least: int) -> str:
    same = 0
    while same < len(first) - least and first[same] == last[same]:
        same += 1
    return last[same:]


def _chicago(first: str, last: str, style: str) -> str:
    """Appendix V: all digits below 101 and for hundreds, the changed part from x01 to x09, else two or more."""
    value = int(first)
    if value < 100 or value % 100 == 0:
        return last
    short = _minimal(first, last, 1 if value % 100 <= 9 else 2)
    return last if style != "chicago-16" and len(first) == 4 and len(short) == 3 else short
