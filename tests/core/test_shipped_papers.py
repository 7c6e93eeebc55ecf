"""The papers that ship stand where a reader looks for them and say what their sources say."""

from __future__ import annotations

import re

import pytest

from mum_tui.catalog.model import Entry
from mum_tui.citation.csl_item import item
from tests.catalogs import for_each, shipped

CATALOG = shipped().catalog
BY_ID = {entry.id: entry for entry in CATALOG.entries}
OF_PAPERS = [section.id for _, section in CATALOG.sections[0].walk() if not section.children]
PAPERS = [entry for entry in CATALOG.entries if entry.section in OF_PAPERS]
ADDED = [entry for entry in PAPERS if entry.added]

each_paper = for_each(ADDED)


def home(section: str) -> list[str]:
    return [entry.id for entry in PAPERS if entry.section == section]


# -- the whole ----------------------------------------------------------------------------------------------


def test_there_are_papers_of_every_field() -> None:
    assert len(PAPERS) >= 236
    assert len(ADDED) >= 192
    for section in ("segmentation", "promptable", "pretraining", "multimodal", "radiology", "pathology"):
        assert len(home(section)) >= 13, section
    for section in ("in-context", "ophthalmology", "ultrasound", "peft", "continual", "perspectives"):
        assert len(home(section)) >= 5, section


def test_the_fields_stand_under_one_heading_that_has_no_entries_of_its_own() -> None:
    (fields,) = (section for section in CATALOG.sections[0].children if section.id == "fields")
    assert [child.id for child in fields.children] == ["radiology", "pathology", "ophthalmology", "ultrasound"]
    assert home("fields") == home("downstream") == home("papers") == []


def test_papers_stand_section_by_section_oldest_first() -> None:
    assert list(dict.fromkeys(entry.section for entry in PAPERS)) == OF_PAPERS
    for section in OF_PAPERS:
        dates = [BY_ID[one].date for one in home(section)]
        assert dates == sorted(dates), section


def test_what_reviews_the_field_is_a_survey() -> None:
    assert {entry.id for entry in PAPERS if "survey" in entry.tasks} == {
        entry.id for entry in PAPERS if entry.kind == "survey"
    }
    assert len([entry for entry in PAPERS if entry.kind == "survey"]) >= 8


def test_no_author_list_stops_early() -> None:
    assert {entry.id for entry in PAPERS if not entry.authors_complete} == set()
    assert "authors" in {doubt.field for doubt in BY_ID["shi2025multimodal"].doubts}


def test_a_model_without_a_paper_is_cited_as_software_by_its_weights() -> None:
    cited = item(BY_ID["mahmoodlab2025uni2h"])
    assert (cited["type"], cited["publisher"]) == ("software", "Hugging Face")
    assert cited["URL"] == "https://huggingface.co/MahmoodLab/UNI2-h"


# -- each paper ---------------------------------------------------------------------------------------------


@each_paper
def test_a_paper_says_in_one_sentence_what_it_is(entry: Entry) -> None:
    assert entry.summary.endswith(".")
    assert not re.search(r"\. [A-Z]", entry.summary)
    assert 60 <= len(entry.summary) <= 260
    assert entry.modalities
    assert entry.tasks
    if entry.kind == "model":
        assert entry.published or entry.preprint or entry.record
        assert "weights" in {link.rel for link in entry.links}
    else:
        assert entry.published or entry.preprint
        assert {link.rel for link in entry.links} & {"paper", "preprint"}


@each_paper
def test_a_version_of_record_is_not_older_than_the_paper_and_its_doi_is_linked(entry: Entry) -> None:
    if entry.published:
        assert entry.published.year
        assert entry.published.year >= int(entry.date[:4])
        assert str(entry.published.year) in entry.published.venue
        if entry.published.doi:
            assert entry.links[0].url == f"https://doi.org/{entry.published.doi}"
        if entry.published.pages:
            assert re.fullmatch(r"\w+(-\w+(\.\w+)?)?", entry.published.pages)


@each_paper
def test_a_link_of_no_particular_kind_says_what_it_is(entry: Entry) -> None:
    assert all(link.label for link in entry.links if link.rel == "other")


# -- facts --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("identifier", "first", "last", "people", "venue", "arxiv"),
    [
        ("chen2019med3d", "Chen", "Zheng", 3, "arXiv 2019", "1904.00625"),
        ("zhang2021dodnet", "Zhang", "Shen", 4, "CVPR 2021", "2011.10217"),
        ("billot2023synthseg", "Billot", "Iglesias", 8, "MedIA 2023", "2107.09559"),
        ("zhao2025foundation", "Zhao", "Wang", 16, "Nat. Methods 2025", "2405.12971"),
        ("he2025vista3d", "He", "Li", 14, "CVPR 2025", "2406.05285"),
        ("cheng2023sammed2d", "Cheng", "Qiao", 15, "arXiv 2023", "2308.16184"),
        ("lei2023medlsam", "Lei", "Zhang", 5, "MedIA 2025", "2306.14752"),
        ("zhu2024medical", "Zhu", "Wu", 5, "arXiv 2024", "2408.00874"),
        ("ma2025medsam2", "Ma", "Wang", 9, "arXiv 2025", "2504.03600"),
        ("wong2025multiverseg", "Wong", "Dalca", 4, "ICCV 2025", "2412.15058"),
        ("zhou2019models", "Zhou", "Liang", 7, "MICCAI 2019", "1908.06912"),
        ("zhou2021models", "Zhou", "Liang", 5, "MedIA 2021", "2004.07882"),
        ("dong2025mricore", "Dong", "Mazurowski", 7, "arXiv 2025", "2506.12186"),
        ("lu2024visuallanguage", "Lu", "Mahmood", 13, "Nat. Med. 2024", "2307.12914"),
        ("lu2024multimodal", "Lu", "Mahmood", 20, "Nature 2024", "2312.07814"),
        ("zhang2022contrastive", "Zhang", "Langlotz", 5, "MLHC 2022", "2010.00747"),
        ("yao2025evax", "Yao", "Wang", 8, "npj Digit. Med. 2025", "2405.05237"),
        ("blankemeier2026merlin", "Blankemeier", "Chaudhari", 40, "Nature 2026", "2406.06512"),
        ("silvarodriguez2025foundation", "Silva-Rodríguez", "Ben Ayed", 5, "MedIA 2025", "2308.07898"),
        ("gu2024how", "Gu", "Mazurowski", 4, "MELBA 2025", "2404.09957"),
        ("zhang2023continual", "Zhang", "Zhou", 6, "MICCAI 2023", "2306.00988"),
        ("zhang2024segment", "Zhang", "Jiao", 3, "Comput. Biol. Med. 2024", "2401.03495"),
    ],
)
def test_authors_venue_and_preprint_are_those_of_the_sources(
    identifier: str, first: str, last: str, people: int, venue: str, arxiv: str
) -> None:
    entry = BY_ID[identifier]
    assert (entry.authors[0].family, entry.authors[-1].family, len(entry.authors)) == (first, last, people)
    assert entry.venue == venue
    assert entry.preprint
    assert entry.preprint.id == arxiv


@pytest.mark.parametrize(
    ("identifier", "doi"),
    [
        ("zhou2023foundation", "10.1038/s41586-023-06555-x"),
        ("chen2024towards", "10.1038/s41591-024-02857-3"),
        ("perezgarcia2025exploring", "10.1038/s42256-024-00965-w"),
        ("gonzalez2023lifelong", "10.1038/s41598-023-34484-2"),
        ("xiong2025survey", "10.24963/ijcai.2025/1193"),
        ("mei2022radimagenet", "10.1148/ryai.210315"),
    ],
)
def test_dois_are_those_of_the_sources(identifier: str, doi: str) -> None:
    assert (published := BY_ID[identifier].published)
    assert published.doi == doi


@pytest.mark.parametrize(
    ("identifier", "family", "given"),
    [
        ("gao2024training", "Metaxas", "Dimitris N."),
        ("yao2025evax", "Chen", "Yajie"),
        ("cheng2023sammed2d", "Sun", "Hui"),
        ("billot2023synthseg", "Van Leemput", "Koen"),
        ("hantze2024mrsegmentator", "van Ginneken", "Bram"),
        ("rakic2024tyche", "Gonzalez Ortiz", "Jose Javier"),
        ("akincidantonoli2025totalsegmentator", "Akinci D'Antonoli", "Tugba"),
        ("tu2023towards", "Agüera y Arcas", "Blaise"),
        ("gonzalez2023lifelong", "Pinto dos Santos", "Daniel"),
        ("filiot2023scaling", "Mac Kain", "Alice"),
    ],
)
def test_names_other_lists_get_wrong_are_right(identifier: str, family: str, given: str) -> None:
    names = [(f"{name.particle} {name.family}".strip(), name.given) for name in BY_ID[identifier].authors]
    assert (family, given) in names


def test_a_team_may_be_an_author() -> None:
    assert BY_ID["xu2025lingshu"].authors[0].literal == "LASA Team"
    assert BY_ID["xu2025lingshu"].authors[1].display == "Weiwen Xu"


@pytest.mark.parametrize(
    ("identifier", "field"),
    [
        ("he2025vista3d", "licence.weights"),
        ("wang2024pathology", "licence.code"),
        ("vukadinovic2024echoprime", "licence.code"),
        ("wald2025revisiting", "training.count"),
        ("ma2025generalizable", "training.text"),
        ("wang2025sammed3d", "classes"),
        ("akincidantonoli2025totalsegmentator", "classes"),
        ("hamamci2024generalist", "authors"),
    ],
)
def test_what_sources_disagree_on_or_rests_on_memory_is_said(identifier: str, field: str) -> None:
    assert field in {doubt.field for doubt in BY_ID[identifier].doubts}
