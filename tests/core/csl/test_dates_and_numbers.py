"""Dates, ranges and seasons; numbers, ordinals, pages (CSL 1.0.2, "Date", "Number", Appendix V)."""

from __future__ import annotations

from typing import Any

import pytest

from mum_tui.citation import csl_dates
from mum_tui.citation.csl.dates import OPEN, Date, read_date, sort_key
from mum_tui.citation.csl.numbers import is_numeric, is_plural, ranges, roman, spaced
from tests.core.csl.small import dated, listed, printed

TEXT = '<date variable="issued" form="text"/>'
OWN = (
    '<date variable="issued"><date-part name="day" suffix=" " range-delimiter="-"/>'
    '<date-part name="month" suffix=" "/><date-part name="year" range-delimiter="/"/></date>'
)


def ranged(start: list[int], end: list[int]) -> dict[str, Any]:
    return {"issued": {"date-parts": [start, end]}}


@pytest.mark.parametrize(("month", "written"), [(-1, "1965"), (13, "Spring 1965"), (17, "Spring 1965"), (60, "1965")])
def test_a_month_that_there_is_not(month: int, written: str) -> None:
    assert printed('<date variable="issued" form="text" date-parts="year-month"/>', dated(1965, month)) == written


def test_a_date_in_the_languages_form() -> None:
    assert printed(TEXT, dated(2024, 3, 5)) == "March 5, 2024"
    assert printed(TEXT, dated(2024, 3, 5), lang="de-DE") == "5. März 2024"
    assert printed(TEXT, dated(2024, 3, 1), lang="fr-FR") == "1 mars 2024"
    assert printed('<date variable="issued" form="numeric"/>', dated(2024, 3, 5)) == "03/05/2024"
    assert printed('<date variable="issued" form="text" date-parts="year"/>', dated(2024, 3, 5)) == "2024"


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        ([2008, 5, 1], [2008, 5, 4], "1-4 May 2008"),
        ([2008, 5], [2008, 7], "May–July 2008"),
        ([2008, 5], [2009, 6], "May 2008/June 2009"),
        ([2008, 5], [2008, 5], "May 2008"),
        ([1901], [0], "1901/"),
        ([2016, 21], [2017, 24], "Spring 2016/Winter 2017"),
    ],
)
def test_ranges(start: list[int], end: list[int], written: str) -> None:
    assert printed(OWN, ranged(start, end)) == written


def test_eras_and_literal_dates() -> None:
    assert printed(OWN, dated(-44)) == "44 BC"
    assert printed(OWN, dated(79)) == "79 AD"
    assert printed(OWN, {"issued": {"literal": "in press"}}) == "in press"


@pytest.mark.parametrize(
    ("raw", "date"),
    [
        ("2024-03-05", Date((2024, 3, 5))),
        ("5 March 2024", Date((2024, 3, 5))),
        ("1998/2001", Date((1998, 0, 0), (2001, 0, 0))),
        ("1998/..", Date((1998, 0, 0), OPEN)),
        ("ca. 1600", Date((1600, 0, 0), None, True)),
        ("Spring 2012", Date((2012, 13, 0))),
        ("-44", Date((-44, 0, 0))),
        ("5/6/2004", Date((2004, 5, 6))),
        ("1897_1912", Date((1897, 0, 0), (1912, 0, 0))),
        ("May 1998/July 2001", Date((1998, 5, 0), (2001, 7, 0))),
        ("Spring 1999 - Summer 2001", Date((1999, 13, 0), (2001, 14, 0))),
        ("1998/present", Date((1998, 0, 0), OPEN)),
        ("sometime", Date(None, None, False, "sometime")),
        ("9" * 400, Date(None, None, False, "9" * 400)),
    ],
)
def test_dates_written_out(raw: str, date: Date) -> None:
    item: dict[str, Any] = {"issued": {"raw": raw}}
    csl_dates.take_apart(item)
    assert read_date(item["issued"]) == date


@pytest.mark.parametrize(
    "value", [None, {}, [], {"date-parts": []}, {"date-parts": [[None]]}, {"date-parts": "x"}, True]
)
def test_what_is_no_date(value: Any) -> None:
    assert read_date(value) is None


def test_dates_sort_by_time() -> None:
    dates = [
        Date((-100, 0, 0)),
        Date((-50, 0, 0)),
        Date((50, 0, 0)),
        Date((2000, 0, 0)),
        Date((2000, 0, 0), (2001, 0, 0)),
        Date((2000, 5, 0)),
    ]
    keys = [sort_key(date) for date in dates]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("text", "numeric"),
    [
        ("2nd", True),
        ("second", False),
        ("2nd edition", False),
        ("D2, 3-L4 & 5b", True),
        ("", False),
        ("1" * 300, False),
    ],
)
def test_what_is_numeric(text: str, numeric: bool) -> None:
    assert is_numeric(text) == numeric


def test_numbers_are_spaced_and_keep_their_zeros() -> None:
    assert [spaced(text) for text in ("2 - 4", "2,3", "2&3", "02")] == ["2-4", "2, 3", "2 & 3", "02"]
    assert printed('<number variable="number"/>', {"number": "arXiv:2410.09890"}) == "arXiv:2410.09890"


@pytest.mark.parametrize(
    ("form", "value", "lang", "written"),
    [
        ("ordinal", 1, "en-US", "1st"),
        ("ordinal", 13, "en-US", "13th"),
        ("ordinal", 22, "en-US", "22nd"),
        ("ordinal", 2, "de-DE", "2."),
        ("long-ordinal", 2, "en-US", "second"),
        ("long-ordinal", 11, "en-US", "11th"),
        ("ordinal", 1, "fr-FR", "1ʳᵉ"),
        ("ordinal", 2, "pt-PT", "2.ª"),
        ("roman", 1987, "en-US", "mcmlxxxvii"),
        ("ordinal", "2E", "en-US", "2E"),
        ("ordinal", "2, 3", "en-US", "2nd, 3rd"),
    ],
)
def test_forms_of_numbers(form: str, value: Any, lang: str, written: str) -> None:
    assert printed(f'<number variable="edition" form="{form}"/>', {"edition": value}, lang=lang) == written
    assert roman(4) == "iv"


@pytest.mark.parametrize(
    ("text", "written"),
    [("2 - 4", "2–4"), ("2-4", "2–4"), ("7, 8 - 9", "7, 8–9"), ("12th - ish", "12th - ish")],
)
def test_ranges_in_numbers_that_are_printed_as_text(text: str, written: str) -> None:
    assert printed('<text variable="edition"/>', {"edition": text}) == written


@pytest.mark.parametrize(
    ("text", "plural"),
    [
        ("5", False),
        ("5-7", True),
        ("iv-xii", True),
        ("213 and 235", True),
        ("367–368, fig. 333", True),
        ("3\\-B", False),
        ("Michaelson-Morely", False),
    ],
)
def test_plural_of_pages(text: str, plural: bool) -> None:
    assert is_plural("page", text) == plural


@pytest.mark.parametrize(
    ("text", "shape", "written"),
    [
        ("321-328", "minimal", "321–8"),
        ("321-328", "minimal-two", "321–28"),
        ("1-12", "minimal", "1–12"),
        ("98-102", "minimal", "98–102"),
        ("321-8", "expanded", "321–328"),
        ("100-104", "chicago", "100–104"),
        ("107-108", "chicago", "107–8"),
        ("1496-1504", "chicago", "1496–1504"),
        ("1496-1500", "chicago-16", "1496–500"),
        ("71-72", "chicago-16", "71–72"),
        ("e1-e9", "minimal", "e1–9"),
        ("S42-S51", "", "S42–S51"),
        ("S98-S102", "minimal", "S98–102"),
        ("N110-P5", "expanded", "N110-P5"),
        ("777-791.e7", "minimal", "777–791.e7"),
        ("30-431-A-10", "", "30-431-A-10"),
        ("777-791, 800", "minimal", "777–91, 800"),
        ("iv-xii", "minimal", "iv–xii"),
    ],
)
def test_page_ranges(text: str, shape: str, written: str) -> None:
    assert ranges(text, shape, "–") == written


def test_the_first_page_of_a_list() -> None:
    assert listed('<text variable="page-first"/>', {"page": "431-456, 791"}, {"page": "12, 15"}) == ["431", "12"]
