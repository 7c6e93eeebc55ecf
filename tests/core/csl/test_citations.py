"""Citations: order, grouping, collapsing, positions, what tells them apart (CSL 1.0.2, "Citation-specific Options")."""

from __future__ import annotations

import time

import pytest

from mum_tui.citation.csl import Cite
from tests.core.csl.small import Item, by, cited, dated, listed

SHORT = '<names variable="author"><name form="short" initialize-with=". "/></names>'
YEAR = '<date variable="issued"><date-part name="year"/></date>'
AUTHOR_DATE = f'<group delimiter=" ">{SHORT}{YEAR}<text variable="locator"/></group>'
NUMBER = '<text variable="citation-number"/>'
BRACKETS = 'prefix="(" suffix=")" delimiter="; "'


def work(author: str, year: int) -> Item:
    return {**by(*author.split(";")), **dated(year), "title": f"{author} {year}"}


def test_affixes_locators_and_order() -> None:
    works = [work("A Roe", 2001), work("A Doe", 2000)]
    cluster = [Cite("i0", locator="5-7", prefix="see", suffix="and on"), Cite("i1")]
    assert cited(AUTHOR_DATE, works, cluster, around=BRACKETS) == ["(see Roe 2001 5–7 and on; Doe 2000)"]
    order = '<sort><key variable="author"/></sort>'
    assert cited(AUTHOR_DATE, works, around=BRACKETS, cite_sort=order) == ["(Doe 2000; Roe 2001)"]
    assert cited(AUTHOR_DATE, works, [Cite("i0", author="only")], around=BRACKETS) == ["Roe"]
    assert cited(AUTHOR_DATE, works, [Cite("i0", author="suppress")], around=BRACKETS) == ["(2001)"]


@pytest.mark.parametrize(
    ("locator", "label", "written"),
    [("3", "", "p. 3"), ("3-4", "", "pp. 3–4"), ("2", "chapter", "chap. 2"), ("2", "section", "sec. 2")],
)
def test_the_kind_of_a_locator(locator: str, label: str, written: str) -> None:
    layout = '<group delimiter=" "><label variable="locator" form="short"/><text variable="locator"/></group>'
    assert cited(layout, [{}], [Cite("i0", locator=locator, label=label)]) == [written]


def test_groups_and_collapsing() -> None:
    works = [work("A Doe", 2000), work("B Roe", 2001), work("A Doe", 2002)]
    sort = {"cite_sort": '<sort><key variable="issued"/></sort>', "around": BRACKETS, "options": 'class="in-text"'}
    assert cited(AUTHOR_DATE, works, citing='collapse="year"', **sort) == ["(Doe 2000, 2002; Roe 2001)"]
    assert cited(AUTHOR_DATE, works, citing='cite-group-delimiter=", "', **sort) == ["(Doe 2000, Doe 2002; Roe 2001)"]


def test_numbers_collapse_where_three_follow_each_other() -> None:
    clusters: list[list[Cite | str]] = [
        ["i0"],
        ["i1"],
        ["i2"],
        ["i0", "i1", "i2"],
        ["i0", "i1"],
        ["i0", Cite("i1", locator="3"), "i2"],
    ]
    marks = cited(
        NUMBER,
        [{}, {}, {}],
        *clusters,
        citing='collapse="citation-number"',
        around='prefix="[" suffix="]" delimiter=", "',
    )
    assert marks[3:] == ["[1–3]", "[1, 2]", "[1, 2, 3]"]


def test_the_sign_between_collapsed_numbers_is_the_locale_s() -> None:
    terms = '<locale><terms><term name="citation-range-delimiter">=</term></terms></locale>'
    works = [work("A Doe", 2000)] * 3
    assert cited(NUMBER, works, citing='collapse="citation-number"', before=terms) == ["1=3"]


@pytest.mark.parametrize(
    ("prefix", "written"),
    [('he said "no"', "he said “no” T"), ('in "', 'in "T'), ("see", "see T"), ("(", "(T"), ("l’", "l’T")],
)
def test_a_space_follows_a_prefix_but_for_what_opens(prefix: str, written: str) -> None:
    assert cited('<text variable="title"/>', [{"title": "T"}], [Cite("i0", prefix=prefix)]) == [written]


@pytest.mark.parametrize(
    ("collapse", "written"),
    [
        ("year", "(Doe 2000a, 2000b, 2000c)"),
        ("year-suffix", "(Doe 2000a,b,c)"),
        ("year-suffix-ranged", "(Doe 2000a–c)"),
    ],
)
def test_year_suffixes_collapse(collapse: str, written: str) -> None:
    citing = f'collapse="{collapse}" disambiguate-add-year-suffix="true" year-suffix-delimiter=","'
    works = [work("A Doe", 2000)] * 3
    assert cited(AUTHOR_DATE, works, citing=citing, around=BRACKETS, options='class="in-text"') == [written]


POSITIONS = "".join(
    f'<{tag} position="{kind}"><text value="{kind}"/></{tag}>'
    for tag, kind in [("if", "ibid-with-locator"), ("else-if", "ibid"), ("else-if", "subsequent")]
)


def test_positions() -> None:
    layout = f'<choose>{POSITIONS}<else><text value="first"/></else></choose>'
    clusters: list[list[Cite | str]] = [
        ["i0"],
        ["i0"],
        [Cite("i0", locator="5")],
        [Cite("i0", locator="5")],
        ["i0"],
        ["i1", "i1"],
        ["i0"],
    ]
    assert cited(layout, [{}, {}], *clusters, options='class="note"', around='delimiter="; "') == [
        *("first", "ibid", "ibid-with-locator", "ibid", "subsequent", "first; ibid", "subsequent"),
    ]  # fmt: skip


def test_a_near_note_and_the_first_one() -> None:
    layout = '<choose><if position="near-note"><text value="near"/></if></choose>'
    layout += '<text variable="first-reference-note-number"/>'
    marks = cited(
        layout, [{}, {}], ["i0"], ["i0"], ["i1"], ["i0"], options='class="note"', citing='near-note-distance="1"'
    )
    assert marks == ["", "near1", "", "1"]


NAMES = 'disambiguate-add-names="true" et-al-min="3" et-al-use-first="1"'
GIVEN = 'disambiguate-add-givenname="true" givenname-disambiguation-rule="{}"'


def test_more_names_tell_cites_apart() -> None:
    works = [work("A Doe;B Roe;C Poe", 2000), work("A Doe;B Loe;C Poe", 2000), work("A Doe;B Roe;C Poe", 2001)]
    assert cited(AUTHOR_DATE, works, citing=NAMES, around=BRACKETS) == [
        "(Doe, Roe, et al. 2000; Doe, Loe, et al. 2000; Doe et al. 2001)"
    ]
    twins = [work("A Doe;B Roe;C Poe", 2000)] * 2
    suffixed = cited(AUTHOR_DATE, twins, citing=f'{NAMES} disambiguate-add-year-suffix="true"', around=BRACKETS)
    assert suffixed == ["(Doe et al. 2000a; Doe et al. 2000b)"]


@pytest.mark.parametrize(
    ("rule", "written"),
    [
        ("by-cite", "John Doe 2000; Jane Doe 2000; Doe 2001"),
        ("all-names", "John Doe 2000; Jane Doe 2000; John Doe 2001"),
        ("all-names-with-initials", "Doe 2000; Doe 2000; Doe 2001"),
        ("primary-name", "John Doe 2000; Jane Doe 2000; John Doe 2001"),
    ],
)
def test_given_names_tell_cites_apart(rule: str, written: str) -> None:
    works = [work("John Doe", 2000), work("Jane Doe", 2000), work("John Doe", 2001)]
    (mark,) = cited(AUTHOR_DATE, works, citing=GIVEN.format(rule), around='delimiter="; "')
    assert mark == written


def test_the_condition_tells_cites_apart() -> None:
    layout = f'{SHORT}<choose><if disambiguate="true"><text variable="title" prefix=" "/></if></choose>'
    works = [{**by("A Doe"), "title": "One"}, {**by("A Doe"), "title": "Two"}, {**by("B Roe"), "title": "Three"}]
    assert cited(layout, works, around='delimiter="; "') == ["Doe One; Doe Two; Roe"]


def test_another_date_tells_cites_apart() -> None:
    cite = '<names variable="author"/>'
    cite += '<date variable="original-date" prefix=" [" suffix="]"><date-part name="year"/></date>'
    cite += '<date variable="issued" prefix=" "><date-part name="year"/></date>'
    works = [{**by("Jane Doe"), **dated(1999)}, {**by("Jane Doe"), **dated(1999), "original-date": {"raw": "1995"}}]
    written = cited(cite, works, ["i0", "i1"], citing='disambiguate-add-year-suffix="true"', around='delimiter="; "')
    assert written == ["Jane Doe 1999; Jane Doe [1995] 1999"]


def test_letters_follow_the_bibliography_and_go_on_after_z() -> None:
    works = [{**work("A Doe", 2000), "title": f"T{number:02}"} for number in range(30, 0, -1)]
    suffixed = {"citing": 'disambiguate-add-year-suffix="true"', "sort": '<sort><key variable="title"/></sort>'}
    entries = listed(f"{YEAR}<text variable='title' prefix=' '/>", *works, cite=AUTHOR_DATE, **suffixed)
    assert entries[:2] == ["2000a T01", "2000b T02"]
    assert entries[25:28] == ["2000z T26", "2000aa T27", "2000ab T28"]


def test_a_long_list_of_look_alikes_takes_no_time_squared() -> None:
    works = [work("A Doe;B Roe;C Poe", 2000)] * 400 + [work("A Doe;B Roe;D Poe", 2000)] * 400
    started = time.process_time()
    cited(AUTHOR_DATE, works, ["i0"], citing=f'{NAMES} {GIVEN.format("by-cite")} disambiguate-add-year-suffix="true"')
    assert time.process_time() - started < 4
