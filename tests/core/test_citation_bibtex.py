"""BibTeX that two independent parsers read back as what was meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

import bibtexparser.entrypoint
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import Person
from pybtex.database import parse_string as pybtex_parse
from pylatexenc.latex2text import LatexNodes2Text

from mum_tui.catalog.model import Entry, Link, Name, Preprint, Published, Record
from mum_tui.citation import bib_titles, bibtex, csl_item
from mum_tui.citation.choices import Version
from mum_tui.citation.csl_item import item
from mum_tui.citation.latex import curly, encode
from tests.catalogs import for_each, shipped
from tests.examples import examples, some

ENTRIES = shipped().catalog.entries
BY_ID = {entry.id: entry for entry in ENTRIES}

_NAMED = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textless{}": "<",
    r"\textgreater{}": ">",
}


_READER = LatexNodes2Text(keep_comments=True)


@cache
def decode(latex: str) -> str:
    """LaTeX as the text a reader sees."""
    for index, name in enumerate(_NAMED):
        latex = latex.replace(name, chr(0xE000 + index))
    text = _READER.latex_to_text(latex.replace("--", "–").replace("–-", "—"))
    for index, char in enumerate(_NAMED.values()):
        text = text.replace(chr(0xE000 + index), char)
    return unicodedata.normalize("NFC", text)


def fields(text: str) -> dict[str, str]:
    """The fields of one entry by bibtexparser, the type under ``ENTRYTYPE``."""
    library = bibtexparser.entrypoint.parse_string(text)
    assert not library.failed_blocks
    (found,) = library.entries
    return {"ENTRYTYPE": found.entry_type, "ID": found.key} | {field.key: field.value for field in found.fields}


def entry(**keys: Any) -> Entry:
    return Entry(**{"id": "x2023y", "kind": "paper", "section": "s", "title": "A title", **keys})


def bib(**keys: Any) -> str:
    return bibtex.render([item(entry(**keys))])


@pytest.mark.parametrize(
    ("title", "written"),
    [
        (
            "CLIP-Driven Universal Model for Organ Segmentation",
            "{CLIP-Driven} Universal Model for Organ Segmentation",
        ),
        ("MultiTalent: A Multi-Dataset Approach", "{MultiTalent}: A Multi-Dataset Approach"),
        ("nnU-Net: a self-configuring method", "{nnU-Net}: a self-configuring method"),
        ("Learning from 3D MRI and X-ray images", "Learning from {3D} {MRI} and {X-ray} images"),
        ("Extending the Slicer with plain words", "Extending the {Slicer} with plain words"),
        ("The Segment Anything Model (SAM)", "The Segment Anything Model ({SAM})"),
        ("A Strong Representation Learner", "A Strong Representation Learner"),
        ("100% & 10% labels: k-shot in_context", r"100\% \& 10\% labels: k-shot in\_context"),
        ("costs of $O(n^2)$ attention #1", r"costs of {{\$O(n\textasciicircum{}2)\$}} attention \#1"),
        ("Early signs of Alzheimer’s", r"Early signs of {Alzheimer{\textquoteright}s}"),
        ('Is "universal" enough?', r"Is {\textquotedblleft}universal{\textquotedblright} enough?"),
        ("Scenes – Empirical Study", "Scenes -- Empirical Study"),
        ("CTSpine1K", "{CTSpine1K}"),
        ("Regulatory Prospects in Europe: A Bayesian View", "Regulatory Prospects in {Europe}: A {Bayesian} View"),
        ("Swin-Based Models and Parkinson’s", r"{Swin-Based} Models and {Parkinson{\textquoteright}s}"),
        (
            "T1-weighted and COVID-19 scans of β-cells",
            r"{T1-weighted} and {COVID-19} scans of \ensuremath{\beta}-cells",
        ),
    ],
)
def test_words_keep_the_capitals_that_mean_something(title: str, written: str) -> None:
    assert bib_titles.title(title).replace("{\\ensuremath{\\beta}}", "\\ensuremath{\\beta}") == written


def test_the_name_of_a_work_keeps_its_capitals_in_its_title() -> None:
    flamingo = entry(title="A Learner Called Med-Tuning: Med-Tuned", name="Med-Tuning")
    assert item(flamingo)["custom"] == {"name": "Med-Tuning"}
    assert fields(bibtex.render([item(flamingo)]))["title"] == "A Learner Called {Med-Tuning}: Med-Tuned"
    # Names of several words are often said in passing; one with capitals inside is known as a name anyway.
    for name in ("Universal Model", "nnU-Net", "Learn", ""):
        assert "custom" not in item(entry(title="A Universal Model Learner: nnU-Net", name=name))


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("Rodríguez", r"Rodr{\'i}guez"),
        ("Müller Žiga Şahin Đorđe", r"M{\"u}ller {\v{Z}}iga {\c{S}}ahin {\DJ}or{\dj}e"),
        ("Łukasz Ørsted Åse", r"{\L}ukasz {\O}rsted {\r{A}}se"),
        ("Barış", r"Bar{\i}{\c{s}}"),
        ("Nguyễn", r"Nguy{\~{\^{e}}}n"),
        ("O’Brien", r"O{\textquoteright}Brien"),
        ("a\\b{c}", r"a\textbackslash{}b\textbraceleft{}c\textbraceright{}"),
        ("医学", "医学"),
    ],
)
def test_letters_become_latex(text: str, latex: str) -> None:
    assert encode(text) == latex


def test_a_preprint_prints_its_number_in_every_style() -> None:
    found = fields(bibtex.render([item(BY_ID["liu2023clip"], Version.PREPRINT)]))
    assert found["ENTRYTYPE"] == "misc"
    assert found["howpublished"] == "arXiv:2301.00785 [eess.IV]"
    assert (found["eprint"], found["archivePrefix"], found["primaryClass"]) == ("2301.00785", "arXiv", "eess.IV")
    assert found["doi"] == "10.48550/arXiv.2301.00785"
    assert found["url"] == "https://arxiv.org/abs/2301.00785"
    assert (found["year"], found["month"]) == ("2023", "1") or found["month"] in ("jan", "1")


def test_the_published_version_is_cited_with_the_arxiv_number_beside_it() -> None:
    found = fields(bibtex.render([item(BY_ID["liu2023clip"])]))
    assert found["ENTRYTYPE"] == "inproceedings"
    assert found["booktitle"] == "Proceedings of the IEEE/CVF International Conference on Computer Vision"
    assert found["pages"] == "21152--21164"
    assert found["doi"] == "10.1109/ICCV51070.2023.01934"
    assert found["eprint"] == "2301.00785"


def test_forms_of_other_things() -> None:
    data = fields(bib(kind="dataset", record=Record("Zenodo", 2022, "10.5281/zenodo.1", "v2.0", "The data")))
    assert (data["ENTRYTYPE"], data["howpublished"], data["note"]) == ("misc", "Zenodo", "Version 2.0")
    assert data["key"] == "Zenodo"
    bare = fields(bib(links=(Link("project", "https://example.org/a_b~c%20d"),), date="2021-06"))
    assert bare["url"] == "https://example.org/a_b~c%20d"
    assert bare["year"] == "2021"
    journal = fields(
        bib(published=Published("article-journal", 2021, "J. Imaging", volume="3", issue="6", pages="e210034"))
    )
    assert (journal["ENTRYTYPE"], journal["number"], journal["pages"]) == ("article", "6", "e210034")
    report = fields(bib(published=Published("report", 2010, publisher="IRCAD")))
    assert (report["ENTRYTYPE"], report["institution"]) == ("techreport", "IRCAD")
    server = fields(bib(preprint=Preprint("10.1101/2023.01.02", "medRxiv"), date="2023-01-02"))
    assert server["doi"] == "10.1101/2023.01.02"
    assert "medRxiv" in server["howpublished"]


def test_names() -> None:
    names = (
        Name("Ben Ayed", "Ismail"),
        Name("Ginneken", "Bram", "van"),
        Name("Duncan", "James S.", suffix="Jr."),
        Name(literal="The MONAI Consortium and Friends"),
        Name("Smith and Sons", "A."),
    )
    found = fields(bib(authors=names, authors_complete=False))
    assert found["author"] == (
        "Ben Ayed, Ismail and van Ginneken, Bram and Duncan, Jr., James S. and "
        "{The MONAI Consortium and Friends} and {Smith {and} Sons}, A. and others"
    )
    persons = pybtex_parse(bib(authors=names[:3]), "bibtex").entries["x2023y"].persons["author"]
    assert [(p.prelast_names, p.last_names, p.lineage_names) for p in persons] == [
        ([], ["Ben", "Ayed"], []),
        (["van"], ["Ginneken"], []),
        ([], ["Duncan"], ["Jr."]),
    ]


@for_each(some(ENTRIES, 6), *Version)
def test_every_entry_reads_back(entry: Entry, prefer: Version) -> None:
    csl = item(entry, prefer)
    text = bibtex.render([csl])
    assert text.isascii()
    assert text.startswith("@")
    assert text.endswith("}\n")
    found = fields(text)
    assert found["ID"] == entry.id
    assert decode(found["title"]) == unicodedata.normalize("NFC", " ".join(curly(csl_item.text(csl, "title")).split()))
    assert found.get("year", "") == "".join(map(str, csl_item.date_parts(csl)[:1]))
    assert found.get("doi", "") == csl.get("DOI", "")
    strict = pybtex_parse(text, "bibtex").entries[entry.id]
    written = [person_parts(person) for person in strict.persons["author"]]
    meant = [name_parts(name) for name in csl_item.names(csl, "author")] + [("", "others", "")] * (
        not entry.authors_complete
    )
    assert written == [tuple(curly(part) for part in parts) for parts in meant]


def name_parts(name: Mapping[str, str]) -> tuple[str, str, str]:
    return name.get("non-dropping-particle", ""), name.get("literal") or name["family"], name.get("given", "")


def person_parts(person: Person) -> tuple[str, str, str]:
    parts = (person.prelast_names, person.last_names, person.first_names + person.middle_names)
    return tuple(decode(" ".join(part)) for part in parts)  # type: ignore[return-value]


printable = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp", "Zs", "Lm", "Mn", "Me", "Mc"]
    )
    | st.sampled_from(" {}\\$%&#_^~<>\"'`-–—:“”éüñçøåßŁ"),
    min_size=1,
    max_size=60,
).filter(lambda text: text.strip() != "")


@given(printable)
@examples(400)
def test_no_title_runs_latex_or_breaks_the_entry(title: str) -> None:
    title = " ".join(title.split())
    text = bib(title=title, authors=(Name("Doe", "Jane"),), published=Published("article-journal", 2023, title))
    found = fields(text)
    assert found["year"] == "2023"
    strict = pybtex_parse(text, "bibtex").entries["x2023y"]
    assert strict.fields["year"] == "2023"
    written = found["title"]
    depth = 0
    for char in written:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0
    commands = set(re.findall(r"\\([A-Za-z]+)", written))
    assert not commands & {"input", "write", "include", "def", "let", "csname", "openout", "immediate", "catcode"}


@given(st.lists(st.tuples(printable, printable), min_size=1, max_size=4))
@examples(200)
def test_no_name_breaks_the_entry(pairs: list[tuple[str, str]]) -> None:
    # A comma is what splits a name; a name of commas only would be none.
    names = tuple(Name(family.replace(",", "") or "Doe", given.replace(",", "")) for family, given in pairs)
    text = bib(authors=names)
    assert fields(text)["title"] == "A title"
    persons = pybtex_parse(text, "bibtex").entries["x2023y"].persons["author"]
    assert len(persons) == len(names)


@pytest.mark.parametrize(
    "url", ["https://a.org/x}y", "https://a.org/{\\input{x}}", "https://a.org/%7B#frag_~", "https://a.org/^^5cinput"]
)
def test_addresses_are_raw_but_harmless(url: str) -> None:
    found = fields(bib(links=(Link("paper", url),)))
    assert not set(found["url"]) & set("{}\\^ ")
    assert found["url"].startswith("https://a.org/")
