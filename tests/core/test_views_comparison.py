"""Entries side by side: what is recorded, in one order, and where it differs."""

from __future__ import annotations

from mum_tui.catalog.model import Access, Entry, Licence, Link, Published, Quantity, Size, Training, Use
from mum_tui.catalog.relations import Relations
from mum_tui.views.comparison import SHARED, Common, Property, headings, markdown, rows

BTCV = Entry("btcv", "dataset", "s", "Beyond the Cranial Vault", "BTCV", size=Size(50, "scans", train=30))
ONE = Entry(
    "one",
    "paper",
    "s",
    "The first",
    "One",
    published=Published("book", 2023, venue="ICCV 2023"),
    modalities=("CT", "MRI"),
    dims=("3D",),
    tasks=("segmentation",),
    classes=Quantity(31, "", "organs"),
    training=Training(7, 2800, "volumes"),
    architecture="U-Net",
    licence=Licence("MIT", "CC-BY-4.0"),
    links=(Link("code", "https://github.com/a/b"), Link("weights", "https://a.b/1"), Link("weights", "https://a.b/2")),
    uses=(Use("btcv"), Use("", "FLARE")),
)
TWO = Entry(
    "two",
    "paper",
    "s",
    "The second",
    date="2023-01",
    modalities=("mri", "ct"),
    dims=("2D",),
    access=Access("open", "no questions"),
)
RELATIONS = Relations((BTCV, ONE, TWO))


def test_rows_stand_in_reading_order_and_hold_a_cell_an_entry() -> None:
    found = rows([ONE, TWO, BTCV], RELATIONS)
    assert {len(row.cells) for row in found} == {3}
    assert [row.label for row in found] == [
        "Shared",
        "Title",
        "Kind",
        "Year",
        "Venue",
        "Modality",
        "Dimensions",
        "Tasks",
        "Classes",
        "Architecture",
        "Trained on",
        "Size",
        "Datasets",
        "Code",
        "Weights",
        "Code licence",
        "Weights licence",
        "Access",
    ]
    by = {row.label: row.cells for row in found}
    assert by["Classes"] == ("31 (organs)", "", "")
    assert by["Trained on"] == ("7 datasets, 2,800 volumes", "", "")
    assert by["Size"] == ("", "", "50 scans (30 train)")
    assert by["Datasets"] == ("BTCV, FLARE", "", "")
    assert by["Code"] == ("github.com/a/b", "", "")
    assert by["Weights"] == ("a.b/1, a.b/2", "", "")
    assert by["Access"] == ("", "open; no questions", "")


def test_what_nobody_records_is_no_row() -> None:
    assert "Anatomy" not in [row.label for row in rows([ONE, TWO], RELATIONS)]


def test_rows_differ_where_two_records_say_different_things() -> None:
    differs = {row.label: row.differs for row in rows([ONE, TWO], RELATIONS)}
    assert differs["Dimensions"]
    assert differs["Title"]
    assert not differs["Kind"]
    assert not differs["Year"]
    assert not differs["Modality"], "neither case nor order make a difference"
    assert not differs["Tasks"], "what is not recorded may be the same"


def test_an_entry_differs_in_nothing_from_itself() -> None:
    assert not any(row.differs for row in rows([ONE, ONE], RELATIONS))


def test_what_is_shared_stands_first_compared_without_case_and_counted_where_not_all_have_it() -> None:
    three = Entry("three", "paper", "s", "The third", modalities=("CT", "X-ray"), uses=(Use("btcv"),))
    found = rows([ONE, TWO, three], RELATIONS)
    assert found[0] == Property(SHARED, ("Modality: CT, MRI (2 of 3) · Datasets: BTCV (2 of 3)",) * 3, differs=False)
    by = {row.label: row for row in found}
    assert by["Modality"].common == (Common("CT", 3), Common("MRI", 2))
    assert by["Modality"].shared == ("CT",)
    assert by["Title"].common == ()
    assert rows([ONE, BTCV], RELATIONS)[0].cells == ("nothing recorded",) * 2


def test_columns_are_called_by_their_short_names() -> None:
    assert headings([ONE, TWO]) == ["One", "The second"]
    assert Property("a", ("b",), False).label == "a"


def test_as_markdown_each_row_has_a_cell_an_entry_and_nothing_acts() -> None:
    odd = Entry("odd", "paper", "s", "A | `b` <c>\n# d")
    table = markdown([ONE, odd], rows([ONE, odd], RELATIONS))
    head, rule, shared, title, *_ = table.splitlines()
    assert shared == "| Shared | nothing recorded |   |", "said once, not in each column"
    assert head == r"|   | One | A \| \`b\` \<c\> \# d |"
    assert rule == "| --- | --- | --- |"
    assert title == r"| **Title** | The first | A \| \`b\` \<c\> \# d |"
    assert "| Kind | paper | paper |" in table
