"""What the other tests leave out of CSL 1.0.2, in the order of its chapters, and that every name in it has a test."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mum_tui.citation.csl import Cite
from tests.core.csl.small import by, cited, dated, listed, printed

ELEMENTS = """
bibliography choose citation date date-part else else-if et-al group if key label layout locale macro multiple name
name-part names number single sort style style-options substitute term terms text
"""
ATTRIBUTES = """
after-collapse-delimiter and cite-group-delimiter collapse date-parts default-locale delimiter
delimiter-precedes-et-al delimiter-precedes-last demote-non-dropping-particle disambiguate disambiguate-add-givenname
disambiguate-add-names disambiguate-add-year-suffix display et-al-min et-al-subsequent-min et-al-subsequent-use-first
et-al-use-first et-al-use-last font-style font-variant font-weight form gender gender-form
givenname-disambiguation-rule initialize initialize-with initialize-with-hyphen is-numeric is-uncertain-date
limit-day-ordinals-to-day-1 locator macro match name-as-sort-order name-delimiter name-form names-delimiter names-min
names-use-first names-use-last near-note-distance page-range-format plural position prefix punctuation-in-quote quotes
range-delimiter second-field-align sort sort-separator strip-periods subsequent-author-substitute
subsequent-author-substitute-rule suffix term text-case text-decoration type value variable vertical-align
year-suffix-delimiter
"""
VALUES = """
after-inverted-name all all-names all-names-with-initials always any baseline block bold by-cite capitalize-all
capitalize-first chicago chicago-15 chicago-16 citation-number complete-all complete-each contextual count
display-and-sort expanded feminine first ibid ibid-with-locator indent italic last-digit last-two-digits left-margin
light long-ordinal lowercase masculine minimal minimal-two near-note never none numeric numeric-leading-zeros oblique
ordinal partial-each partial-first primary-name primary-name-with-initials right-inline roman sentence short
small-caps sort-only sub subsequent sup symbol title underline uppercase verb verb-short whole-number year year-suffix
year-suffix-ranged
"""
TITLE = '<text variable="title" {}/>'
NAMES = '<names variable="author"/>'
TWO = by("Jane Doe", "Jun-Yan Smith")
EDITED = {**by("Jane Doe"), **by("Sam Roe", role="editor")}


def terms(text: str, lang: str = "") -> str:
    """A cs:locale for any language, or one."""
    return f"<locale{f' xml:lang={lang!r}' if lang else ''}><terms>{text}</terms></locale>"


# Locale


def test_terms_have_one_form_or_a_single_and_a_multiple_one() -> None:
    pages = terms('<term name="page" form="short"><single>pg.</single><multiple>pgs.</multiple></term>')
    layout = '<group delimiter=" "><label variable="page" form="short"/><text variable="page"/></group>'
    assert printed(layout, {"page": "3"}, before=pages) == "pg. 3"
    assert printed(layout, {"page": "3-5"}, before=pages) == "pgs. 3–5"
    assert printed(layout, {"page": "3-5"}, before=terms('<term name="page" form="short">S.</term>')) == "S. 3–5"


@pytest.mark.parametrize(("number", "written"), [("1", "1re"), ("2", "2x"), ("12", "12th"), ("22", "22x")])
def test_ordinals_follow_match_and_the_gender_of_what_they_count(number: str, written: str) -> None:
    before = terms(
        '<term name="edition" gender="feminine">edition</term><term name="ordinal">th</term>'
        '<term name="ordinal-01" gender-form="feminine" match="whole-number">re</term>'
        '<term name="ordinal-01" gender-form="masculine" match="whole-number">er</term>'
        '<term name="ordinal-02" match="last-digit">x</term><term name="ordinal-12" match="last-two-digits">th</term>'
    )
    assert printed('<number variable="edition" form="ordinal"/>', {"edition": number}, before=before) == written


def test_only_the_first_day_may_be_an_ordinal() -> None:
    before = '<locale><style-options limit-day-ordinals-to-day-1="true"/></locale>'
    layout = '<date variable="issued"><date-part name="day" form="ordinal"/></date>'
    assert [printed(layout, dated(2020, 5, day), before=before) for day in (1, 2)] == ["1st", "2"]
    assert printed(layout, dated(2020, 5, 2)) == "2nd"


@pytest.mark.parametrize(("inside", "written"), [("true", "“T.” P"), ("false", "“T”. P")])
def test_punctuation_stands_inside_quotation_marks_or_outside(inside: str, written: str) -> None:
    before = f'<locale><style-options punctuation-in-quote="{inside}"/></locale>'
    layout = '<group delimiter=". "><text variable="title" quotes="true"/><text variable="publisher"/></group>'
    assert printed(layout, {"title": "T", "publisher": "P"}, before=before) == written


def test_roles_have_verbs_in_two_forms() -> None:
    layout = '<names variable="editor"><label form="{}" suffix=" "/><name/></names>'
    assert printed(layout.format("verb"), EDITED) == "edited by Sam Roe"
    assert printed(layout.format("verb-short"), EDITED) == "ed. by Sam Roe"


# Date


def test_months_and_days_in_two_digits() -> None:
    part = '<date-part name="{}" form="numeric-leading-zeros"/>'
    layout = f'<date variable="issued" delimiter=".">{part.format("day")}{part.format("month")}</date>'
    assert printed(layout, dated(2020, 5, 2)) == "02.05"


# Names


def test_a_hyphen_between_initials_may_go() -> None:
    name = '<names variable="author"><name initialize-with="." initialize-with-hyphen="{}"/></names>'
    assert printed(name.format("true"), TWO) == "J. Doe, J.-Y. Smith"
    assert printed(name.format("false"), TWO) == "J. Doe, J.Y. Smith"


def test_the_separator_of_an_inverted_name_and_the_parts_of_a_name() -> None:
    layout = """<names variable="author"><name name-as-sort-order="all" sort-separator=" / ">
    <name-part name="family" text-case="uppercase" font-weight="bold"/></name></names>"""
    assert printed(layout, by("Jane Doe")) == "<b>DOE</b> / Jane"


def test_options_of_names_are_inherited() -> None:
    options = 'name-delimiter=" + " name-form="short" names-delimiter=" ed. "'
    assert printed('<names variable="author editor"/>', {**EDITED, **TWO}, options=options) == "Doe + Smith ed. Roe"
    assert printed(NAMES, TWO, options='name-form="short"', listing='name-form="long"') == "Jane Doe, Jun-Yan Smith"


def test_later_cites_may_show_fewer_names() -> None:
    citing = 'et-al-min="3" et-al-use-first="2" et-al-subsequent-min="2" et-al-subsequent-use-first="1"'
    work = by("Jane Doe", "Sam Roe")
    assert cited(NAMES, [work], ["i0"], ["i0"], citing=citing) == ["Jane Doe, Sam Roe", "Jane Doe et al."]


@pytest.mark.parametrize(("rule", "first"), [("primary-name-with-initials", "J. Doe"), ("primary-name", "Jane Doe")])
def test_a_rule_says_how_far_first_names_are_told_apart(rule: str, first: str) -> None:
    name = '<names variable="author"><name form="short" initialize-with=". "/></names>'
    citing = f'disambiguate-add-givenname="true" givenname-disambiguation-rule="{rule}"'
    works = [by("Jane Doe"), by("Jim Doe" if rule == "primary-name" else "Sam Doe")]
    assert cited(name, works, ["i0"], citing=citing) == [first]


# Number and Text


@pytest.mark.parametrize(("form", "written"), [("chicago", "1107–11"), ("chicago-15", "1107–11"), ("", "1107–1111")])
def test_a_range_of_pages_by_the_chicago_manual(form: str, written: str) -> None:
    assert printed('<text variable="page"/>', {"page": "1107-1111"}, options=f'page-range-format="{form}"') == written


@pytest.mark.parametrize(("plural", "written"), [("contextual", "p. 3"), ("always", "pp. 3"), ("never", "p. 3")])
def test_the_plural_of_a_label(plural: str, written: str) -> None:
    layout = f'<label variable="page" form="short" plural="{plural}" suffix=" "/><text variable="page"/>'
    assert printed(layout, {"page": "3"}) == written


# Citation and Bibliography


def test_what_stands_behind_collapsed_cites() -> None:
    works = [{**by("Jane Doe"), **dated(year)} for year in (2000, 2001)] + [{**by("Sam Roe"), **dated(2002)}]
    cite = f'<group delimiter=" ">{NAMES}<date variable="issued"><date-part name="year"/></date></group>'
    citing = 'collapse="year" after-collapse-delimiter="; " cite-group-delimiter=", "'
    written = cited(cite, works, [Cite("i0"), Cite("i1"), Cite("i2")], citing=citing, around='delimiter=" / "')
    assert written == ["Jane Doe 2000, 2001; Sam Roe 2002"]


@pytest.mark.parametrize("align", ["flush", "margin"])
def test_a_first_field_apart(align: str) -> None:
    layout = '<text variable="citation-number" suffix="."/><text variable="title" prefix=" "/>'
    first = listed(layout, {"title": "T"}, listing=f'second-field-align="{align}"')[0]
    assert first == '<div class="csl-left-margin">1.</div><div class="csl-right-inline"> T</div>'


# Sorting


def test_a_sort_key_may_look_at_the_last_name_too() -> None:
    works = [{**by("A A", "B B", last), "title": title} for last, title in (("Z Z", "z"), ("C C", "c"))]
    macro = f'<macro name="by">{NAMES}</macro>'
    key = '<sort><key macro="by" names-min="2" names-use-first="1" names-use-last="{}"/></sort>'
    assert listed(TITLE.format(""), *works, before=macro, sort=key.format("true")) == ["c", "z"]
    assert listed(TITLE.format(""), *works, before=macro, sort=key.format("false")) == ["z", "c"]


# Formatting and Display


@pytest.mark.parametrize(
    ("attribute", "tag"),
    [
        ('font-style="oblique"', "em"),
        ('font-weight="bold"', "b"),
        ('font-weight="light"', 'span style="font-weight:light;"'),
        ('font-variant="small-caps"', 'span style="font-variant:small-caps;"'),
        ('text-decoration="underline"', 'span style="text-decoration:underline;"'),
        ('vertical-align="sup"', "sup"),
        ('vertical-align="sub"', "sub"),
    ],
)
def test_formatting(attribute: str, tag: str) -> None:
    assert printed(TITLE.format(attribute), {"title": "T"}) == f"<{tag}>T</{tag.split()[0]}>"


def test_formatting_stands_within_quotation_marks() -> None:
    layout = '<text variable="title" quotes="true" font-style="italic"/>'
    assert printed(layout, {"title": "T"}) == "“<i>T</i>”"


def test_formatting_inside_others_is_taken_back() -> None:
    layout = '<group vertical-align="sup"><text variable="title" vertical-align="baseline"/></group>'
    assert printed(layout, {"title": "T"}) == '<sup><span style="vertical-align:baseline;">T</span></sup>'


@pytest.mark.parametrize("display", ["block", "left-margin", "right-inline", "indent"])
def test_display(display: str) -> None:
    assert printed(TITLE.format(f'display="{display}"'), {"title": "T"}) == f'<div class="csl-{display}">T</div>'


# All of it


@pytest.mark.parametrize("names", [ELEMENTS, ATTRIBUTES, VALUES], ids=["elements", "attributes", "values"])
def test_every_name_of_the_specification_is_in_a_test(names: str) -> None:
    own = Path(__file__).read_text(encoding="utf-8")
    tests = own[own.index("TITLE =") :]
    tests += "".join(
        page.read_text(encoding="utf-8")
        for page in Path(__file__).parent.glob("*.py")
        if page.name != Path(__file__).name
    )
    assert [name for name in names.split() if not re.search(rf"(?<![\w-]){name}(?![\w-])", tests)] == []
