"""Each fault of citeproc-py that ``citation/shim`` mends: what comes out now, and that the library still has it.

When the second half of a case fails, a release of the library has mended the fault and the patch can go.
"""

from __future__ import annotations

import io
import json
from typing import Any, NamedTuple

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from mum_tui.citation import marks
from mum_tui.citation.engine import Engine
from mum_tui.citation.shim.names import initials
from mum_tui.citation.shim.text import cased, shortened

HEAD = '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text" default-locale="en-US" {options}>'
BODY = """<info><title>A test</title><id>test</id><updated>2026-01-01T00:00:00Z</updated></info>{macros}
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout>{layout}</layout></bibliography></style>"""


def style(layout: str, options: str = "", macros: str = "") -> bytes:
    return (HEAD.format(options=options) + BODY.format(layout=layout, macros=macros)).encode()


def ours(csl: bytes, item: dict[str, Any]) -> str:
    return marks.plain(Engine(csl).bibliography([{"id": "x", "type": "book", **item}])[0])


def library(csl: bytes, item: dict[str, Any], form: Any = formatter.plain) -> str:
    """The same by the library as it is; an exception is its answer too."""
    try:
        loaded = CitationStylesStyle(io.BytesIO(csl), validate=False)
        source = CiteProcJSON(json.loads(json.dumps([{"id": "x", "type": "book", **item}])))
        bibliography = CitationStylesBibliography(loaded, source, form)
        bibliography.register(Citation([CitationItem("x")]))
        return str(bibliography.bibliography()[0])
    except Exception as error:
        return repr(error)


class Case(NamedTuple):
    fault: str
    csl: bytes
    item: dict[str, Any]
    right: str


DOE = {"author": [{"family": "Doe", "given": "Jane Ann"}]}
TWO = {"author": [{"family": "Doe", "given": "Jane"}, {"family": "Roe", "given": "Li"}]}
TITLE = '<text variable="title" {}/>'

CASES = [
    Case(
        "initialize=false ignored",
        style('<names variable="author"><name initialize="false" initialize-with=". "/></names>'),
        DOE,
        "Jane Ann Doe",
    ),
    Case(
        "after-inverted-name unknown",
        style(
            '<names variable="author"><name and="text" name-as-sort-order="first"'
            ' delimiter-precedes-last="after-inverted-name"/></names>'
        ),
        TWO,
        "Doe, Jane, and Li Roe",
    ),
    Case(
        "parts of a hyphenated word keep their small letter in title case",
        style(TITLE.format('text-case="title"')),
        {"title": "few-shot learning in the clinic"},
        "Few-Shot Learning in the Clinic",
    ),
    Case(
        "capitalize-first touches words with a capital inside",
        style('<text variable="number" text-case="capitalize-first"/>'),
        {"number": "arXiv:2404.01234"},
        "arXiv:2404.01234",
    ),
    Case(
        "sentence case lowers acronyms with small letters",
        style(TITLE.format('text-case="sentence"')),
        {"title": "nnU-Net and McNemar"},
        "nnU-Net and McNemar",
    ),
    Case(
        "a localized date's own delimiter is ignored",
        style(
            '<date variable="issued" form="text" date-parts="year-month"/>',
            macros='<locale><date form="text" delimiter=" "><date-part name="year"/>'
            '<date-part name="month" form="short" strip-periods="true"/></date></locale>',
        ),
        {"issued": {"date-parts": [[2025, 7]]}},
        "2025 July",
    ),
    Case(
        "minimal page range cut where the ends differ in length",
        style('<text variable="page"/>', 'page-range-format="minimal"'),
        {"page": "1-12"},
        "1–12",
    ),
    Case(
        "a substituted variable is rendered a second time",
        style(
            '<group delimiter=". "><names variable="author"><substitute><text macro="title"/></substitute></names>'
            '<text macro="title"/><text variable="publisher"/></group>',
            macros='<macro name="title"><text variable="title"/></macro>',
        ),
        {"title": "The data", "publisher": "Zenodo"},
        "The data. Zenodo",
    ),
    Case(
        "a full stop behind a question mark",
        style(TITLE.format('suffix="."')),
        {"title": "Is it enough?"},
        "Is it enough?",
    ),
    Case(
        "a comma outside American quotation marks",
        style(
            f'<group delimiter=", ">{TITLE.format("quotes=" + chr(34) + "true" + chr(34))}<text value="2023"/></group>'
        ),
        {"title": "A title"},
        "“A title,” 2023",
    ),
    Case(
        "quotation marks within quotation marks keep their shape",
        style(TITLE.format('quotes="true"')),
        {"title": 'On "anything" and its radiologist\'s view'},
        "“On ‘anything’ and its radiologist’s view”",
    ),
    Case(
        "a number whose variable has a hyphen is not found",
        style('<number variable="number-of-pages"/>'),
        {"number-of-pages": "12"},
        "12",
    ),
    Case(
        "a range of numbers is not numeric",
        style('<choose><if is-numeric="volume"><text value="numeric"/></if><else><text value="no"/></else></choose>'),
        {"volume": "12–14"},
        "numeric",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.fault)
def test_the_fault_is_mended(case: Case) -> None:
    assert ours(case.csl, case.item) == case.right


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.fault)
def test_the_library_still_has_the_fault(case: Case) -> None:
    assert library(case.csl, case.item) != case.right, "mended upstream: remove the patch"


@pytest.mark.filterwarnings("ignore")
def test_the_library_still_lets_markup_through() -> None:
    csl = style('<group><text variable="URL"/><text value=" &amp; "/></group>')
    item = {"URL": "https://example.org/?a=1&b=2"}
    assert "a=1&b=2" in library(csl, item, formatter.html)
    assert "a=1&amp;b=2" in marks.html(Engine(csl).bibliography([{"id": "x", "type": "book", **item}])[0])


@pytest.mark.filterwarnings("ignore")
def test_the_library_still_remembers_what_one_date_asked_of_all() -> None:
    csl = style(
        '<group delimiter=" ; "><date variable="issued" form="text"><date-part name="month" form="short"/></date>'
        '<date variable="accessed" form="text"/></group>'
    )
    item = {"issued": {"date-parts": [[2023, 9, 1]]}, "accessed": {"date-parts": [[2023, 9, 1]]}}
    assert ours(csl, item) == "Sept. 1, 2023 ; September 1, 2023"
    assert library(csl, item) != ours(csl, item)


def test_the_library_itself_is_untouched() -> None:
    from citeproc import model

    assert all(
        cls.__module__ == "citeproc.model"
        for cls in vars(model).values()
        if isinstance(cls, type) and "citeproc" in cls.__module__ and issubclass(cls, model.CitationStylesElement)
    )
    assert model.Name.process.__module__ == "citeproc.model"


@pytest.mark.parametrize(
    ("given", "mark", "shorten", "hyphen", "written"),
    [
        ("Jun-Yan", ". ", True, True, "J.-Y."),
        ("Jun-Yan", ".", True, True, "J.-Y."),
        ("Jun-Yan", "", True, False, "JY"),
        ("Frank P.-W.", ". ", True, True, "F. P.-W."),
        ("Frank P.-W.", ". ", False, True, "Frank P.-W."),
        ("S. Kevin", "", True, True, "SK"),
        ("J", ". ", False, True, "J."),
        ("Žiga", ". ", True, True, "Ž."),
        ("R. K. G.", ".", True, True, "R.K.G."),
        ("Jean de Paul", ". ", True, True, "J. de P."),
    ],
)
def test_initials(given: str, mark: str, shorten: bool, hyphen: bool, written: str) -> None:
    assert initials(given, mark, shorten, hyphen) == written


@pytest.mark.parametrize(
    ("first", "last", "shape", "written"),
    [
        ("321", "328", "minimal", "8"),
        ("321", "328", "minimal-two", "28"),
        ("42", "45", "minimal-two", "45"),
        ("1", "12", "minimal", "12"),
        ("98", "102", "minimal", "102"),
        ("321", "8", "expanded", "328"),
        ("100", "104", "chicago-16", "104"),
        ("107", "108", "chicago-16", "8"),
        ("321", "325", "chicago-16", "25"),
        ("1496", "1500", "chicago-16", "500"),
        ("1496", "1504", "chicago-15", "1504"),
        ("71", "72", "chicago-16", "72"),
        ("e1", "e9", "minimal", "9"),
        ("S42", "S51", "chicago-16", "51"),
        ("S98", "S102", "minimal", "102"),
        ("S42", "S51", "", "S51"),
        ("S1", "T3", "minimal", "T3"),
        ("21152", "21164", "", "21164"),
    ],
)
def test_page_ranges(first: str, last: str, shape: str, written: str) -> None:
    assert shortened(first, last, shape) == written


def test_no_space_stays_before_a_comma() -> None:
    csl = style('<group delimiter=", ">' + TITLE.format('suffix=". "') + '<text value="2023"/></group>')
    assert ours(csl, {"title": "A title"}) == "A title., 2023"


def test_pages_with_a_part_behind_them_are_not_shortened() -> None:
    csl = style('<text variable="page"/>', 'page-range-format="minimal"')
    assert ours(csl, {"page": "777-791.e7"}) == "777-791.e7"
    assert ours(csl, {"page": "777-791, 800"}) == "777–91, 800"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("learning from k-shot data", "Learning from k-Shot Data"),
        ("nnU-Net: a method without a name", "nnU-Net: A Method Without a Name"),
        ("what to look for", "What to Look For"),
        ("the end. the start? of it", "The End. The Start? Of It"),
        ("p < 0.05 in_context d’amour", "P < 0.05 in_context d’amour"),
        ("état-of-the-art 3d scans", "État-of-the-Art 3d Scans"),
    ],
)
def test_title_case(text: str, written: str) -> None:
    assert cased(text, "title", True) == written
    assert cased(text, "title", False) == text
