"""BibLaTeX, RIS, CSL-JSON and the short forms; CSL-JSON from outside."""

from __future__ import annotations

import json
import re
import unicodedata
from itertools import accumulate
from typing import Any

import bibtexparser.entrypoint
import jsonschema
import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string as pybtex_parse

from mum_tui.catalog.model import Entry, Link, Name, Preprint, Published, Record
from mum_tui.citation import biblatex, csl_item, formats, ris, snippets
from mum_tui.citation.choices import Markup, Version
from mum_tui.citation.csl_item import item
from mum_tui.citation.items import read
from mum_tui.citation.latex import curly
from mum_tui.problems import Unreadable
from mum_tui.text import clean, one_line
from tests.catalogs import HOSTILE, for_each, shipped
from tests.core.test_citation_bibtex import decode
from tests.examples import examples, some

ENTRIES = shipped().catalog.entries
BY_ID = {entry.id: entry for entry in ENTRIES}


def entry(**keys: Any) -> Entry:
    return Entry(**{"id": "x2023y", "kind": "paper", "section": "s", "title": "A title", **keys})


def fields(text: str) -> dict[str, str]:
    library = bibtexparser.entrypoint.parse_string(text)
    assert not library.failed_blocks
    (found,) = library.entries
    return {"ENTRYTYPE": found.entry_type, "ID": found.key} | {field.key: field.value for field in found.fields}


# -- BibLaTeX -----------------------------------------------------------------------------------------------


def test_a_preprint_in_biblatex() -> None:
    found = fields(formats.render([BY_ID["liu2023clip"]], "biblatex", Version.PREPRINT))
    assert found["ENTRYTYPE"] == "online"
    assert (found["eprint"], found["eprinttype"], found["eprintclass"]) == ("2301.00785", "arxiv", "eess.IV")
    assert found["date"].startswith("2023")
    assert "howpublished" not in found
    assert "number" not in found


def test_published_works_in_biblatex() -> None:
    journal = fields(formats.render([BY_ID["silvarodriguez2023transductive"]], "biblatex"))
    assert journal["journaltitle"] == "Medical Image Analysis"
    assert journal["shortjournal"] == "Med. Image Anal."
    assert journal["author"].startswith("Silva-Rodríguez, Julio")
    data = entry(kind="dataset", record=Record("Zenodo", 2022, "10.5281/zenodo.1", "v2.0", "The data"))
    found = fields(formats.render([data], "biblatex"))
    assert (found["ENTRYTYPE"], found["publisher"], found["version"]) == ("dataset", "Zenodo", "2.0")
    dated = entry(published=Published("report", 2023, date="2023-04-05", publisher="Foo"))
    assert fields(formats.render([dated], "biblatex"))["date"] == "2023-04-05"


@for_each(some(ENTRIES))
def test_every_entry_reads_back_from_biblatex(one: Entry) -> None:
    csl = item(one)
    text = biblatex.render([csl])
    found = fields(text)
    assert decode(found["title"]) == unicodedata.normalize("NFC", " ".join(curly(csl_item.text(csl, "title")).split()))
    assert found.get("doi", "") == csl.get("DOI", "")
    persons = pybtex_parse(text, "bibtex").entries[one.id].persons["author"]
    assert len(persons) == len(csl_item.names(csl, "author")) + (not one.authors_complete)


# -- RIS ----------------------------------------------------------------------------------------------------


@for_each(ENTRIES, *Version)
def test_every_entry_reads_back_from_ris(one: Entry, prefer: Version) -> None:
    csl = item(one, prefer)
    text = ris.render([csl])
    assert text.startswith("TY  - ")
    (found,) = rispy.loads(text)
    assert found == ris.record(csl)


def test_ris_of_several_and_of_each_kind() -> None:
    text = ris.render([item(one) for one in ENTRIES])
    assert len(rispy.loads(text)) == len(ENTRIES)
    assert not any(line[:1].isdigit() for line in text.splitlines())
    preprint = ris.record(item(entry(preprint=Preprint("2301.00001"), date="2023-01-02"), Version.PREPRINT))
    assert (preprint["type_of_reference"], preprint["accession_number"]) == ("UNPB", "arXiv:2301.00001")
    assert preprint["date"] == "2023/01/02/"
    paper = ris.record(item(BY_ID["liu2023clip"]))
    assert paper["secondary_title"] == paper["custom3"]
    assert (paper["start_page"], paper["end_page"]) == ("21152", "21164")
    particle = entry(authors=(Name("Ginneken", "Bram", "van", "Jr."), Name(literal="The MONAI Consortium")))
    assert ris.record(item(particle))["authors"] == ["van Ginneken, Bram, Jr.", "The MONAI Consortium"]


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1).map(one_line)


@examples(150)
@given(title=texts.filter(bool), family=texts.filter(bool))
def test_ris_and_csl_json_read_back_any_text(title: str, family: str) -> None:
    csl = item(entry(title=title, authors=(Name(family, "Jo"),), date="2023"))
    (record,) = rispy.loads(ris.render([csl]))
    assert record == ris.record(csl)
    assert json.loads(snippets.csl_json([csl])) == [csl]


# -- CSL-JSON -----------------------------------------------------------------------------------------------

_TEXT = {"type": "string", "minLength": 1}
_TYPES = [
    "article",
    "article-journal",
    "paper-conference",
    "chapter",
    "report",
    "thesis",
    "book",
    "dataset",
    "document",
    "software",
]
_VARIABLES = (
    *("id", "citation-key", "title", "container-title", "container-title-short", "collection-title", "event-title"),
    *("volume", "issue", "page", "publisher", "DOI", "URL", "number", "version"),
)
_NAME_PARTS = ("family", "given", "non-dropping-particle", "suffix", "literal")
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {
            **dict.fromkeys(_VARIABLES, _TEXT),
            "type": {"enum": _TYPES},
            "author": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "minProperties": 1,
                    "properties": dict.fromkeys(_NAME_PARTS, _TEXT),
                },
            },
            "issued": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "date-parts": {
                        "type": "array",
                        "maxItems": 2,
                        "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
                    }
                },
            },
            "custom": {"type": "object"},
        },
    },
}
"""What of the CSL data schema (csl-data.json 1.0) concerns the variables that entries have."""


@pytest.mark.parametrize("prefer", list(Version))
def test_the_items_of_all_entries_are_of_the_schema(prefer: Version) -> None:
    text = formats.render(ENTRIES, "csl-json", prefer)
    found = json.loads(text)
    jsonschema.validate(some(found), SCHEMA)
    assert [one["id"] for one in found] == [one.id for one in ENTRIES]
    again, problems = read(text.encode(), "f.json")
    assert problems == []
    assert again == found
    third = slice(prefer == "preprint", None, 3)
    assert formats.render_items(again[third], "apa") == formats.render(ENTRIES[third], "apa", prefer)
    assert formats.render_items(again, "bibtex") == formats.render(ENTRIES, "bibtex", prefer)


def test_a_dataset_with_a_doi_has_no_address_besides() -> None:
    links = (Link("dataset", "https://zenodo.org/record/1"),)
    with_doi = item(entry(kind="dataset", record=Record("Zenodo", 2022, "10.5281/zenodo.1"), links=links))
    assert "URL" not in with_doi
    without = item(entry(kind="dataset", record=Record("TCIA", 2022), links=links))
    assert without["URL"] == "https://zenodo.org/record/1"
    paper = item(
        entry(published=Published("paper-conference", 2023, "ICLR"), links=(Link("paper", "https://o.org/f?id=1"),))
    )
    assert paper["URL"] == "https://o.org/f?id=1"


@pytest.mark.parametrize(
    ("given", "read_as", "problem"),
    [
        ({"title": "T", "DOI": "https://doi.org/10.1/x"}, {"title": "T", "DOI": "10.1/x"}, ""),
        ({"volume": 12, "ISSN": ["1", "2"]}, {"volume": "12", "ISSN": "1, 2"}, ""),
        ({"issued": {"raw": "2023-05-06"}}, {"issued": {"date-parts": [[2023, 5, 6]]}}, ""),
        ({"issued": "2023"}, {"issued": {"date-parts": [[2023]]}}, ""),
        ({"issued": {"date-parts": [["2023", "13"]]}}, {"issued": {"date-parts": [[2023]]}}, ""),
        ({"issued": {"date-parts": [[]], "literal": "in press"}}, {"issued": {"literal": "in press"}}, ""),
        ({"issued": {"date-parts": [[None]]}}, {}, 'a.issued: is no date (write {"date-parts": [[2023, 1, 2]]})'),
        ({"author": ["Jane Doe"]}, {"author": [{"literal": "Jane Doe"}]}, "a.author[1]: is not split"),
        ({"author": [{"given": "Plato"}]}, {"author": [{"family": "Plato"}]}, ""),
        ({"author": [{}, {"family": "D", "x": 1}]}, {"author": [{"family": "D"}]}, "a.author[1]: is no name"),
        ({"author": 5}, {}, "a.author: expected a list of names, found a number (it is left out)"),
        ({"title": {"x": 1}}, {}, "a.title: expected text, found an object (it is left out)"),
        ({"title": "a\x1b[2J\n b"}, {"title": "a�[2J b"}, ""),
        ({"year-suffix": "a", "note": None, "custom": {"evil": 1, "arxiv_id": "1"}}, {"custom": {"arxiv_id": "1"}}, ""),
    ],
)
def test_items_from_outside(given: dict[str, Any], read_as: dict[str, Any], problem: str) -> None:
    found, problems = read(json.dumps([{"id": "a", "type": "book", **given}]).encode(), "f.json")
    assert found == [{"id": "a", "type": "book", **read_as}]
    assert [str(one) for one in problems][:1] == ([str(problems[0])] if problem else [])
    assert problem in "".join(map(str, problems))


def test_items_without_or_with_the_same_ids() -> None:
    found, problems = read(b'[{"id": "a"}, {"id": "a"}, {"id": "a"}, {}, {"id": 7}, 3, null]', "f.json")
    assert [one["id"] for one in found] == ["a", "aa", "ab", "item4", "7"]
    assert [str(one) for one in problems] == [
        "f.json: a.id: is used twice (this one is cited as aa)",
        "f.json: a.id: is used twice (this one is cited as ab)",
        "f.json: [6]: expected an item, found a number (it is left out)",
        "f.json: [7]: expected an item, found nothing (it is left out)",
    ]
    assert len(read(b'{"id": "one"}', "f.json")[0]) == 1
    assert len(read(b'\xef\xbb\xbf{"items": [{}, {}]}', "f.json")[0]) == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "f.json:1: is not JSON"),
        (b"[\n{]", "f.json:2: is not JSON"),
        (b"\xff", "is not UTF-8 (byte 0)"),
        (b"3", "is no CSL-JSON (expected an array of items)"),
        (b"[" * 100_000, "is not JSON"),
        (b"[" + b"9" * 10_000 + b"]", "is not JSON"),
    ],
)
def test_what_is_no_csl_json_is_one_line(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data, "f.json")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


TEXTS = (
    *(text for text in HOSTILE if len(text) < 100),
    *("\ue000\ue010\ue011 marks", "}\\input{x}{", "^^5cwrite18{id}", "@article{x,", "A and B, C", "<i>x"),
    *('<span class="nocase">', "99999999999999999999999-1", "1–2–3", "٠١-٢", "½", "-44", "2020-13-45"),
    *("javascript:alert(1)", "“a”?", "de", "Ǆ", "…"),
)  # fmt: skip
texts = st.sampled_from(TEXTS) | st.text(max_size=8)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["family", "given", "date-parts", "raw"]), inner)
    ),
    max_leaves=6,
)
name_parts = st.sampled_from(["family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle"])
name_lists = st.lists(st.dictionaries(name_parts, texts, max_size=4), max_size=8)
dates = st.fixed_dictionaries(
    {"date-parts": st.lists(st.lists(st.integers() | st.integers(-50, 2100) | texts, max_size=4), max_size=3)},
    optional={"raw": texts, "literal": texts, "season": st.integers() | texts, "circa": json_values},
)
ANY_TYPE = (*_TYPES, "patent", "legal_case", "interview", "webpage", "motion_picture", "entry-dictionary", "nonsense")
PLACES = [
    "id",
    "page",
    "volume",
    "issue",
    "number",
    "DOI",
    "URL",
    "custom",
    "language",
    "publisher",
    "version",
    "genre",
]
PLACES += ["container-title", "collection-title", "event-title", "number-of-pages", "edition", "note", "year-suffix"]
hostile_items = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(ANY_TYPE) | json_values,
        "title": texts | json_values,
        **dict.fromkeys(("author", "editor", "translator"), name_lists | json_values),
        **dict.fromkeys(("issued", "accessed", "original-date"), dates | json_values),
    },
).flatmap(lambda item: st.dictionaries(st.sampled_from(PLACES), texts | json_values, max_size=6).map(item.__or__))
ODD_STYLES = ["chicago-notes-bibliography", "din-1505-2", "oscola", "american-chemical-society", "zookeys", "apa-cv"]
ANY_FORMAT = [*(one.id for one in formats.FORMATS), *(f"csl:{name}" for name in ODD_STYLES)]


def cite_anything(data: list[dict[str, Any]], name: str, as_: Markup) -> None:
    """What was read is cited: nothing a terminal or LaTeX would obey, and something of every item."""
    found, problems = read(json.dumps(data).encode(), "f.json")
    assert all("\n" not in str(problem) for problem in problems)
    text = formats.render_items(found, name, as_)
    assert clean(text) == text
    assert text.strip() or not found
    if name in ("bibtex", "biblatex"):
        depths = list(accumulate({"{": 1, "}": -1}.get(char, 0) for char in text))
        assert min(depths, default=0) == 0
        assert not depths or depths[-1] == 0
        assert not re.search(r"\\(input|write|end|def|immediate|catcode)(?![A-Za-z])|\^\^", text)


@examples(200)
@given(st.lists(hostile_items, max_size=3), st.sampled_from(ANY_FORMAT), st.sampled_from(list(Markup)))
def test_whatever_is_read_can_be_cited(data: list[dict[str, Any]], name: str, as_: Markup) -> None:
    cite_anything(data, name, as_)


@pytest.mark.slow
@settings(max_examples=5000, deadline=None)
@given(st.lists(hostile_items, max_size=3), st.sampled_from(ANY_FORMAT), st.sampled_from(list(Markup)))
def test_much_that_is_read_can_be_cited(data: list[dict[str, Any]], name: str, as_: Markup) -> None:
    cite_anything(data, name, as_)


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "ris", "text"])
def test_five_hundred_hostile_authors(name: str) -> None:
    authors = [{"family": TEXTS[number % len(TEXTS)], "given": f"N{number}"} for number in range(500)]
    cite_anything([{"id": "x", "title": "T", "author": authors}], name, Markup.TEXT)


# -- short forms --------------------------------------------------------------------------------------------


def test_snippets() -> None:
    two = [BY_ID["liu2023clip"], BY_ID["ye2023uniseg"]]
    assert formats.render(two, "citekey") == "liu2023clip\nye2023uniseg\n"
    assert formats.render(two, "cite") == "\\cite{liu2023clip,ye2023uniseg}\n"
    assert formats.render(two, "pandoc") == "[@liu2023clip; @ye2023uniseg]\n"
    assert formats.render(two[:1], "link") == "https://doi.org/10.1109/ICCV51070.2023.01934\n"
    assert formats.render(two[:1], "link", Version.PREPRINT) == "https://doi.org/10.48550/arXiv.2301.00785\n"
    assert formats.render(two[:1], "markdown-link") == (
        "[CLIP-Driven Universal Model for Organ Segmentation and Tumor Detection]"
        "(https://doi.org/10.1109/ICCV51070.2023.01934)\n"
    )
    odd = entry(title="A [b](c) *d* in_context", links=(Link("paper", "https://a.org/x_(y)"),))
    assert formats.render([odd], "markdown-link") == ("[A \\[b\\](c) \\*d\\* in_context](https://a.org/x_%28y%29)\n")
    assert formats.render([entry()], "link") == "A title\n"
    script = {"id": "x", "type": "book", "title": "T", "URL": "javascript:alert(1)"}
    assert formats.render_items([script], "markdown-link") == "T\n"


def test_a_key_from_outside_cannot_end_its_command() -> None:
    one = {"id": "a}b,\\c é", "type": "book", "title": "T"}
    assert formats.render_items([one], "cite") == "\\cite{abce}\n"
    assert formats.render_items([one], "bibtex").startswith("@book{abce,\n")
