"""Styles through the engine that mum-tui cites with: what once went wrong, each with a style and items that show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pytest

from mum_tui.citation import markup
from mum_tui.citation.engine import Engine

CSL = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text" default-locale="en-US" {options}>
<info><title>A test</title><id>test</id><updated>2026-01-01T00:00:00Z</updated></info>{macros}
<citation disambiguate-add-year-suffix="true"><layout>{cite}</layout></citation>
<bibliography {several}>{sort}<layout>{layout}</layout></bibliography></style>"""

Items = Sequence[Mapping[str, Any]]


def style(layout: str, options: str = "", macros: str = "", **more: str) -> bytes:
    parts = {"cite": '<text variable="title"/>', "several": "", "sort": "", **more}
    return CSL.format(layout=layout, options=options, macros=macros, **parts).encode()


def whole(items: Items) -> list[dict[str, Any]]:
    return [{"id": f"x{number}", "type": "book", **one} for number, one in enumerate(items)]


def ours(csl: bytes, items: Items, html: bool = False) -> str:
    written = markup.html if html else markup.plain
    return "\n".join(map(written, Engine(csl).bibliography(whole(items))))


class Case(NamedTuple):
    fault: str
    csl: bytes
    items: Items
    right: str
    html: bool = False


def names(*people: str, role: str = "author") -> dict[str, Any]:
    split = [person.rpartition(" ") for person in people]
    return {role: [{"given": given, "family": family} for given, _, family in split]}


def year(*years: int) -> dict[str, Any]:
    return {"issued": {"date-parts": [[one] for one in years]}}


def macro(name: str, content: str) -> str:
    return f'<macro name="{name}">{content}</macro>'


TITLE = '<text variable="title" {}/>'
BY_MACRO = '<sort><key macro="key"/></sort>'
BRACKETED = '<date variable="issued"><date-part name="year" prefix="(" suffix=")"/></date>'
IN_QUOTES = TITLE.format('quotes="true"')
AUGUST = {"issued": {"date-parts": [[2023, 9, 1]]}, "accessed": {"date-parts": [[2023, 9, 1]]}}

CASES = [
    Case(
        "values went into HTML unescaped",
        style('<group><text variable="URL"/><text value=" &amp; "/></group>'),
        [{"URL": "ftp://example.org/?a=1&b=2"}],
        "ftp://example.org/?a=1&amp;b=2 &amp;",
        html=True,
    ),
    Case(
        "punctuation was merged only where no formatting stands between",
        style(
            '<names variable="author" suffix="."><name et-al-min="2" et-al-use-first="1"/>'
            '<et-al font-style="italic"/></names>'
        ),
        [names("Jane Doe", "Li Roe")],
        "Jane Doe <i>et al.</i>",
        html=True,
    ),
    Case(
        "punctuation in a value was doubled by what the style puts behind it",
        style(TITLE.format('suffix="."')),
        [{"title": "Is it enough?"}],
        "Is it enough?",
    ),
    Case(
        "commas and full stops stayed outside American quotation marks",
        style(f'<group delimiter=", ">{IN_QUOTES}<text value="2023"/></group>'),
        [{"title": "A title"}],
        "“A title,” 2023",
    ),
    Case(
        "quotation marks in a value kept their shape",
        style(IN_QUOTES),
        [{"title": 'On "anything" and its radiologist\'s view'}],
        "“On ‘anything’ and its radiologist’s view”",
    ),
    Case(
        "a localized date's own delimiter was ignored",
        style(
            '<date variable="issued" form="text" date-parts="year-month"/>',
            macros='<locale><date form="text" delimiter=" "><date-part name="year"/>'
            '<date-part name="month" form="short" strip-periods="true"/></date></locale>',
        ),
        [{"issued": {"date-parts": [[2025, 7]]}}],
        "2025 July",
    ),
    Case(
        "what a style asked of one date stayed with the locale for all later ones",
        style(
            '<group delimiter=" ; "><date variable="issued" form="text"><date-part name="month" form="short"/></date>'
            '<date variable="accessed" form="text"/></group>'
        ),
        [AUGUST],
        "Sept. 1, 2023 ; September 1, 2023",
    ),
    Case(
        "what stands around a part stood around both ends of a range",
        style(BRACKETED),
        [year(2019, 2020)],
        "(2019–2020)",
    ),
    Case(
        "the parts of a range that are the same were written twice",
        style('<date variable="issued"><date-part name="month"/><date-part name="day" prefix=" "/></date>'),
        [{"issued": {"date-parts": [[2019, 8, 3], [2020, 8, 3]]}}],
        "August 3",
    ),
    Case(
        "a date in words lost the brackets of its year",
        style(BRACKETED),
        [{"issued": {"literal": "in press"}}],
        "(in press)",
    ),
    Case(
        '``initialize="false"`` was ignored',
        style('<names variable="author"><name initialize="false" initialize-with=". "/></names>'),
        [names("Jane Ann Doe")],
        "Jane Ann Doe",
    ),
    Case(
        '"after-inverted-name" was unknown',
        style(
            '<names variable="author"><name and="text" name-as-sort-order="first"'
            ' delimiter-precedes-last="after-inverted-name"/></names>'
        ),
        [names("Jane Doe", "Li Roe")],
        "Doe, Jane, and Li Roe",
    ),
    Case(
        "``subsequent-author-substitute`` was unknown",
        style(
            '<names variable="author" suffix=". "><name name-as-sort-order="all"/></names><text variable="title"/>',
            several='subsequent-author-substitute="———"',
        ),
        [{**names("Jane Doe"), "title": "First"}, {**names("Jane Doe"), "title": "Second"}],
        "Doe, Jane. First\n———. Second",
    ),
    Case(
        '``text-case="title"`` of a label was ignored',
        style('<names variable="editor"><name/><label form="short" prefix=" (" suffix=")" text-case="title"/></names>'),
        [names("Jane Doe", role="editor")],
        "Jane Doe (Ed.)",
    ),
    Case(
        "the label of a number of pages was lost",
        style(
            '<group delimiter=" "><text variable="number-of-pages"/>'
            '<label variable="number-of-pages" form="short"/></group>'
        ),
        [{"number-of-pages": "12"}, {"number-of-pages": "xii"}],
        "12 pp.\nxii p.",
    ),
    Case(
        "a variable that stood in for the names was rendered a second time",
        style(
            '<group delimiter=". "><names variable="author"><substitute><text macro="title"/></substitute></names>'
            '<text macro="title"/><text variable="publisher"/></group>',
            macros=macro("title", '<text variable="title"/>'),
        ),
        [{"title": "The data", "publisher": "Zenodo"}],
        "The data. Zenodo",
    ),
    Case(
        "names in a condition or macro within a substitute did not look like those they stand for",
        style(
            '<names variable="author"><name initialize-with="." name-as-sort-order="all"/>'
            '<substitute><choose><if type="book"><names variable="editor"/></if></choose></substitute></names>'
        ),
        [names("Jane Doe", role="editor")],
        "Doe, J.",
    ),
    Case(
        "``disambiguate-add-year-suffix`` was unknown",
        style(
            '<text macro="key"/>',
            macros=macro(
                "key", '<date variable="issued"><date-part name="year"/></date><text variable="year-suffix"/>'
            ),
            cite='<text macro="key"/>',
        ),
        [year(2020), year(2020)],
        "2020a\n2020b",
    ),
    Case(
        "keys were compared by code point",
        style(
            '<text macro="key"/>',
            macros=macro("key", '<names variable="author"><name form="short"/></names>'),
            sort=BY_MACRO,
        ),
        [names("Li Zhou"), names("Li Ångström"), names("Li deVries")],
        "Ångström\ndeVries\nZhou",
    ),
    Case(
        "parts of a hyphenated word kept their small letter",
        style(TITLE.format('text-case="title"')),
        [{"title": "few-shot learning in the clinic"}],
        "Few-Shot Learning in the Clinic",
    ),
    Case(
        "``capitalize-first`` touched words with a capital inside",
        style('<text variable="number" text-case="capitalize-first"/>'),
        [{"number": "arXiv:2404.01234"}],
        "arXiv:2404.01234",
    ),
    Case(
        "``sentence`` lowered every word that is not all capitals",
        style(TITLE.format('text-case="sentence"')),
        [{"title": "nnU-Net and McNemar"}],
        "nnU-Net and McNemar",
    ),
    Case(
        "options for sorting were lost in a macro within a macro",
        style(
            '<text macro="names"/>',
            macros=macro("key", '<text macro="names"/>') + macro("names", '<names variable="author"/>'),
            sort=BY_MACRO,
        ),
        [names("Aaron Zed"), names("Zoe Abe")],
        "Zoe Abe\nAaron Zed",
    ),
    Case(
        "a word in a macro stayed though the title beside it already stood for the author",
        style(
            '<names variable="author"><substitute><text macro="title"/></substitute></names>'
            '<text macro="title" prefix=". "/>',
            macros=macro("title", '<text variable="title"/><text value=" [Online]"/>'),
        ),
        [{"title": "The data"}],
        "The data [Online]",
    ),
    Case(
        "a number whose variable has a hyphen",
        style('<number variable="number-of-pages"/>'),
        [{"number-of-pages": "12"}],
        "12",
    ),
    Case(
        "a page range whose ends differ in length was cut where a style shortens ranges",
        style('<text variable="page"/>', 'page-range-format="minimal"'),
        [{"page": "1-12"}],
        "1–12",
    ),
    Case(
        "a group with words in a condition stayed though all its variables were empty",
        style(
            '<text variable="title"/><group prefix=" (" suffix=")"><choose><if type="book"><text value="No. "/></if>'
            '<else><text variable="genre"/></else></choose><text variable="number"/></group>'
        ),
        [{"title": "The data"}],
        "The data",
    ),
    Case(
        "lists and ranges of numbers were not numeric",
        style('<choose><if is-numeric="volume"><text value="numeric"/></if><else><text value="no"/></else></choose>'),
        [{"volume": "12–14"}, {"volume": "S2, S3"}],
        "numeric\nnumeric",
    ),
    Case(
        "all of a branch stood in for the authors, where its first part does",
        style(
            '<names variable="author"><substitute><choose><if type="book"><text variable="publisher"/>'
            + TITLE.format("")
            + '</if></choose></substitute></names><group prefix=". ">'
            + TITLE.format("")
            + "</group>"
        ),
        [{"title": "B", "publisher": "A"}, {"title": "B"}],
        "A. B\nB",
    ),
    Case(
        "a full stop stood behind a comma in quotation marks",
        style('<group suffix=".">' + TITLE.format('quotes="true" suffix=","') + "</group>"),
        [{"title": "A title"}],
        "“A title,”",
    ),
    Case(
        "two blocks of one kind stood without a space between them",
        style('<text value="A." display="block"/><text variable="title" display="block"/>'),
        [{"title": "B"}],
        "A. B",
    ),
    Case(
        "a number with a space behind it in an attribute was none",
        style('<names variable="author"/>', several='et-al-min="2" et-al-use-first="1 "'),
        [names("Jane Doe", "Li Roe")],
        "Jane Doe et al.",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.fault)
def test_the_fault_stays_away(case: Case) -> None:
    assert ours(case.csl, case.items, case.html) == case.right
