"""New entries from pasted BibTeX, arXiv numbers and DOIs: split, escaped, with an id of their own, ready to load."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.bibliography.keys import citekey
from mum_tui.catalog.model import Catalog, Entry, Section
from mum_tui.citation import formats
from mum_tui.draft import block, numbers, records
from mum_tui.identifiers import in_records
from mum_tui.problems import ERROR
from mum_tui.text import clean, one_line
from tests.catalogs import HOSTILE, for_each, shipped
from tests.examples import examples

SHIPPED = shipped().catalog
EMPTY = Catalog("T", (Section("s", "S"),))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2301.00785", "2301.00785"),
        ("2301.00785v3", "2301.00785"),
        ("arXiv:2301.00785v3", "2301.00785"),
        ("https://arxiv.org/abs/2301.00785", "2301.00785"),
        ("http://www.arxiv.org/pdf/2301.00785v2.pdf", "2301.00785"),
        ("https://doi.org/10.48550/arXiv.2301.00785", "2301.00785"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("https://browse.arxiv.org/pdf/2301.00785.pdf", "2301.00785"),
        ("https://arxiv.org/ftp/arxiv/papers/2301/2301.00785.pdf", "2301.00785"),
        ("https://arxiv-org.proxy.example.org/abs/2301.00785", "2301.00785"),
        ("https://api.semanticscholar.org/arXiv:2301.00785", "2301.00785"),
        ("urn:arxiv:2301.00785", "2301.00785"),
        ("https://arxiv.org/a/doe_j_1", ""),
        ("  2301.00785 ", "2301.00785"),
        ("2301.785", ""),
        ("10.1234/x", ""),
        ("https://example.org/2301.00785", ""),
        ("", ""),
    ],
)
def test_arxiv_numbers(text: str, number: str) -> None:
    assert in_records.arxiv(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10.1234/ab.c(1)", "10.1234/ab.c(1)"),
        ("doi: 10.1234/x", "10.1234/x"),
        ("https://doi.org/10.1234/x", "10.1234/x"),
        ("http://dx.doi.org/10.1234/x", "10.1234/x"),
        ("10.48550/arXiv.2301.00785", ""),
        ("11.1234/x", ""),
        ("10.1234/", ""),
    ],
)
def test_dois(text: str, number: str) -> None:
    assert in_records.doi_of_publication(text) == number


@pytest.mark.parametrize(
    ("family", "year", "title", "name", "key"),
    [
        ("Liu", "2023", "CLIP-Driven Universal Model", "CLIP-Driven Universal Model", "liu2023clip"),
        ("Huang", "2023", "STU-Net: Scalable and Transferable", "STU-Net", "huang2023stunet"),
        ("Silva-Rodríguez", "2023", "Transductive few-shot", "", "silvarodriguez2023transductive"),
        ("Müßig", "2023", "The “U-Net”", "", "mussig2023u"),
        ("Zhang", "2024", "On the challenges", "", "zhang2024on"),
        ("Đặng", "2024", "An 3D thing", "", "dang20243d"),
        ("The MONAI Consortium", "", "The", "", "themonaiconsortiumthe"),
        ("王", "2024", "医学", "", "wang2024"),
    ],
)
def test_citekeys(family: str, year: str, title: str, name: str, key: str) -> None:
    assert citekey(family, year, title, name) == key


def test_a_citekey_is_taken_once() -> None:
    taken = {"doe2023one": 0, "doe2023oneb": 1}
    assert citekey("Doe", "2023", "One", taken=taken) == "doe2023onec"
    assert citekey("Doe", "2023", "Two", taken=taken) == "doe2023two"


ARTICLE = r"""
@String{media = "Medical Image Analysis"}
@article{key,
  author  = {Liu, Jie and Bram van Ginneken and de la Vall{\'e}e Poussin, Charles and King, Jr., Martin and
             {The MONAI Consortium} and M{\"u}ller, J{\"o}rg and others},
  title   = {{CLIP}-Driven {M}odels \& 100\% of
             ``them''},
  journal = media, year = 2024, month = feb, volume = {12}, number = 3, pages = {1--10},
  doi     = {https://doi.org/10.1234/a_b}, eprint = {2301.00785v2}, archivePrefix = {arXiv}, primaryClass = {eess.IV},
  url     = {https://github.com/lab/net},
}
"""


def test_an_article_is_read_whole() -> None:
    (found,), problems = records.read(ARTICLE)
    assert problems == []
    assert found == {
        "kind": "paper",
        "aliases": ["key"],
        "title": "CLIP-Driven Models & 100% of “them”",
        "authors": [
            "Liu, Jie",
            "van Ginneken, Bram",
            "de la Vallée Poussin, Charles",
            "King, Martin, Jr.",
            {"organisation": "The MONAI Consortium"},
            "Müller, Jörg",
        ],
        "authors_complete": False,
        "date": "2023-01",
        "preprint": {"id": "2301.00785", "primary_class": "eess.IV"},
        "published": {
            "type": "article-journal",
            "container": "Medical Image Analysis",
            "year": 2024,
            "date": "2024-02",
            "volume": "12",
            "issue": "3",
            "pages": "1-10",
            "doi": "10.1234/a_b",
        },
        "links": [
            {"rel": "paper", "url": "https://doi.org/10.1234/a_b"},
            {"rel": "preprint", "url": "https://arxiv.org/abs/2301.00785"},
            {"rel": "code", "url": "https://github.com/lab/net"},
        ],
    }


@pytest.mark.parametrize(
    "fields",
    [
        "journal={arXiv preprint arXiv:2405.12345}",
        "journal={CoRR}, volume={abs/2405.12345}",
        "howpublished={arXiv:2405.12345 [cs.CV]}",
        "eprint={2405.12345}, eprinttype={arxiv}",
        "doi={10.48550/arXiv.2405.12345}",
        "url={http://arxiv.org/abs/2405.12345}",
    ],
)
def test_a_preprint_is_one_in_all_its_spellings(fields: str) -> None:
    (found,), _ = records.read(f"@article{{k, author={{Doe, J.}}, title={{T}}, year=2024, {fields}}}")
    assert found["preprint"]["id"] == "2405.12345"
    assert found["date"] == "2024-05"
    assert found["links"] == [{"rel": "preprint", "url": "https://arxiv.org/abs/2405.12345"}]
    assert "published" not in found or "journal" not in fields


PAPERS = [entry for entry in SHIPPED.entries if entry.kind == "paper"]


@for_each(PAPERS)
def test_our_own_bibtex_comes_back(entry: Entry) -> None:
    (found,), problems = records.read(formats.render([entry]))
    assert problems == []
    version = entry.published or entry.preprint
    assert found["title"] == ((version and version.title) or entry.title)
    authors = (version and version.authors) or entry.authors
    assert found["authors"] == [name.written for name in authors]
    if entry.published and entry.published.doi:
        assert found["published"]["doi"] == entry.published.doi


def test_what_is_broken_is_told_and_the_rest_is_read() -> None:
    found = records.read("@article{a, title={One}, year=2020}\n@article{b, title={Two\n")
    assert [one["title"] for one in found.entries] == ["One", "Two"]
    assert found.problems == ["line 2 of the BibTeX: b: is not whole (is a brace or comma missing?)"]
    assert records.read("no BibTeX at all") == ([], ["the text holds no entry (BibTeX)"])


MARKS = ["@article{k,", "title=", "author=", "year=", "month=", "doi=", "url=", "eprint=", "{", "}", '"', ",", " and "]
MARKS += ["\\", "\\'e", "$", "#", "%", "~", "a", "1", "Doe, J.", "\n", "é", "@", "="]


@examples(60)
@given(st.lists(st.sampled_from(MARKS)).map("".join) | st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    records.read(text)


@examples(60)
@given(st.text() | st.sampled_from(HOSTILE), st.text() | st.sampled_from(HOSTILE))
def test_no_value_breaks_the_reader_or_the_block(title: str, author: str) -> None:
    def braced(text: str) -> str:
        return text.replace("{", "").replace("}", "").replace("\\", "").replace("@", "")

    source = f"@article{{k, title={{x{braced(title)}}}, author={{{braced(author)}}}, year={{2023}}, journal={{J}}}}"
    for said in records.read(source).entries:
        text = block.write(block.complete(said, EMPTY))
        loaded, problems = block.judge(text, EMPTY)
        assert not [one for one in problems if one.level == ERROR]
        assert [one.title for one in loaded.catalog.entries] == [said["title"]]


@examples(60)
@given(st.text(min_size=1) | st.sampled_from(HOSTILE))
def test_a_block_loads_as_what_was_said(text: str) -> None:
    said = {"title": one_line(clean(text)), "name": one_line(clean(text)), "summary": one_line(clean(text))}
    written = block.write(block.complete(said, EMPTY))
    loaded, problems = block.judge(written, EMPTY)
    assert not [one for one in problems if one.level == ERROR]
    (entry,) = loaded.catalog.entries
    if said["title"]:
        assert (entry.title, entry.name, entry.summary) == (said["title"], said["name"], said["summary"])


def test_a_block_says_what_is_still_to_be_said() -> None:
    written = block.write(block.complete(numbers.from_arxiv("2301.00785"), EMPTY), ["section", "id"])
    assert written.splitlines()[:5] == [
        "  - id: anonymous2023todo  # TODO: is this right?",
        "    kind: paper",
        "    section: s  # TODO: is this right?",
        "    title: 'TODO: the full title'",
        "    date: 2023-01",
    ]
    assert "    # TODO summary: One sentence in your own words.\n" in written
    loaded, problems = block.judge(written, EMPTY)
    assert len(loaded.catalog.entries) == 1
    told = {(one.key.partition(".")[2], one.message) for one in problems}
    assert {("title", "is still to be written"), ("summary", "is missing"), ("authors", "is missing")} <= told


def test_a_doi_alone_waits_in_a_comment_for_what_it_is_of() -> None:
    written = block.write(block.complete(numbers.from_doi("10.1234/x"), EMPTY))
    assert "    # TODO published: {type: article-journal, container: …, year: …, doi: 10.1234/x}\n" in written
    assert block.judge(written, EMPTY)[0].catalog.entries[0].links[0].url == "https://doi.org/10.1234/x"


def test_an_entry_that_is_there_already_is_told_and_gets_an_id_of_its_own() -> None:
    said = {"title": "Another", "authors": ["Liu, Jie"], **numbers.from_arxiv("2301.00785")}
    entry = block.complete({**said, "id": ""}, SHIPPED)
    assert entry["id"] == "liu2023another"
    _, problems = block.judge(block.write(entry), SHIPPED)
    assert ("liu2023another.preprint", "the same preprint as liu2023clip") in [(p.key, p.message) for p in problems]
    assert all(problem.key.startswith("liu2023another.") for problem in problems)
    assert {problem.line for problem in problems} == {1}
