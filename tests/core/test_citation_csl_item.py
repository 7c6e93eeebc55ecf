"""CSL items, plain references and the registry of formats."""

from __future__ import annotations

import pytest

from mum_tui.catalog.model import Entry, Name, Preprint, Published, Record
from mum_tui.citation import csl_item, formats, reference
from mum_tui.citation.choices import Version
from mum_tui.citation.csl_item import item
from mum_tui.citation.errors import UnknownFormat
from tests.catalogs import for_each, shipped

ENTRIES = shipped().catalog.entries
BY_ID = {entry.id: entry for entry in ENTRIES}


def test_the_item_of_a_conference_paper() -> None:
    found = item(BY_ID["ye2023uniseg"])
    assert found["type"] == "paper-conference"
    assert found["id"] == "ye2023uniseg"
    assert csl_item.names(found, "author")[0] == {"family": "Ye", "given": "Yiwen"}
    assert found["issued"] == {"date-parts": [[2023]]}
    assert found["page"] == "508-518"
    assert found["DOI"] == "10.1007/978-3-031-43898-1_49"
    assert found["collection-title"] == "Lecture Notes in Computer Science"
    assert found["custom"] == {"arxiv_id": "2304.03493", "primary_class": "cs.CV"}


def test_the_item_of_a_preprint() -> None:
    found = item(BY_ID["ye2023uniseg"], Version.PREPRINT)
    assert found["type"] == "article"
    assert found["number"] == "arXiv:2304.03493"
    assert found["publisher"] == "arXiv"
    assert found["issued"] == {"date-parts": [[2023, 4, 7]]}
    assert found["URL"] == "https://arxiv.org/abs/2304.03493"


def test_each_version_has_its_own_title_and_authors() -> None:
    moved = BY_ID["hantze2024mrsegmentator"]
    assert csl_item.text(item(moved), "title").startswith("Segmenting Whole-Body MRI and CT")
    assert csl_item.text(item(moved, Version.PREPRINT), "title").startswith("MRSegmentator: Multi-Modality")
    own = Entry(
        id="x",
        kind="dataset",
        section="s",
        title="Title",
        authors=(Name("Doe", "Jane"),),
        preprint=Preprint("2301.00001"),
        published=Published("report", 2020, title="Published title", authors=(Name("Roe", "R."),)),
    )
    assert item(own)["title"] == "Published title"
    assert item(own)["author"] == [{"family": "Roe", "given": "R."}]
    assert item(own, Version.PREPRINT)["title"] == "Title"


def test_a_dataset_without_a_paper_is_cited_by_its_record() -> None:
    found = item(Entry(id="x", kind="dataset", section="s", title="T", record=Record("Zenodo", 2022, "10.5281/z", "1")))
    assert (found["type"], found["publisher"], found["version"]) == ("dataset", "Zenodo", "1")


def test_an_entry_with_nothing_to_cite_is_cited_all_the_same() -> None:
    bare = Entry(id="x", kind="tool", section="s", title="A tool")
    for one in formats.FORMATS:
        text = formats.render([bare], one.id)
        assert "a tool" in text.casefold() or one.group == "Snippets"


@pytest.mark.parametrize(
    ("identifier", "line"),
    [
        (
            "liu2023clip",
            "Liu J, Zhang Y, Chen J-N, et al. CLIP-Driven Universal Model for Organ Segmentation and Tumor Detection. "
            "Proceedings of the IEEE/CVF International Conference on Computer Vision, pp. 21152-21164, 2023. "
            "https://doi.org/10.1109/ICCV51070.2023.01934",
        ),
        (
            "hu2023breastsam",
            "Hu M, Li Y, Yang X. BreastSAM: A Study of Segment Anything Model for Breast Tumor Detection in Ultrasound "
            "Images. arXiv:2305.12447, 2023. https://doi.org/10.48550/arXiv.2305.12447",
        ),
    ],
)
def test_plain_references(identifier: str, line: str) -> None:
    assert reference.line(item(BY_ID[identifier])) == line


@for_each(ENTRIES, *Version)
def test_every_plain_reference_reads_well(entry: Entry, prefer: Version) -> None:
    text = formats.render([entry], "text", prefer)
    assert text.endswith("\n")
    assert text.count("\n") == 1
    for fault in ("..", ",,", "?.", "  ", " ,", " .", "{", "None"):
        assert fault not in text.replace("et al..", "")
    assert entry.authors[0].literal in text
    assert (entry.authors[0].family or "") in text


def test_formats_are_found_by_name() -> None:
    assert formats.find("bibtex").title == "BibTeX"
    with pytest.raises(UnknownFormat):
        formats.find("nosuch")
    assert len({one.id for one in formats.FORMATS}) == len(formats.FORMATS)
