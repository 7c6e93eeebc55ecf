"""The field at a glance counts what is there, and says with each number how to see it."""

from __future__ import annotations

import pytest

from mum_tui.catalog.model import Catalog, Entry, Section, Use
from mum_tui.search.editing import condition as typed_condition
from mum_tui.search.index import Index
from mum_tui.search.view import View
from mum_tui.views.overview import (
    MODALITIES,
    TASKS,
    YEARS,
    Grid,
    Tally,
    condition,
    datasets,
    frontier,
    overview_of,
    tasks,
    years,
)
from tests.catalogs import shipped

SHIPPED = shipped().catalog


def make(identifier: str, section: str = "s", date: str = "", **keys: object) -> Entry:
    return Entry(identifier, "paper", section, f"The {identifier}", date=date, **keys)  # type: ignore[arg-type]


def catalog(*entries: Entry, sections: tuple[Section, ...] = (Section("s", "S"),)) -> Catalog:
    return Catalog("T", sections, {}, entries)


def test_every_entry_is_counted_by_section_and_year() -> None:
    grid = years(catalog(make("a", date="2021"), make("b", date="2023-05"), make("c", date="2023"), make("d")))
    assert grid.rows == (Tally("S", 4, "section:s"),)
    assert grid.columns == (
        Tally("2021", 1, "year:2021"),
        Tally("2022", 0, "year:2022"),
        Tally("2023", 2, "year:2023"),
    )
    assert grid.cells == (
        (
            Tally("", 1, "section:s year:2021"),
            Tally("", 0, "section:s year:2022"),
            Tally("", 2, "section:s year:2023"),
        ),
    )
    assert (grid.hidden, grid.most) == ("1 without a year", 2)


def test_old_years_share_a_column() -> None:
    grid = years(catalog(make("a", date="1999"), make("b", date="2010"), make("c", date="2024")))
    assert len(grid.columns) == YEARS
    assert grid.columns[0] == Tally("≤2015", 2, "year:<=2015")
    assert [head.label for head in grid.columns[1:]] == [str(year) for year in range(2016, 2025)]


def test_an_entry_of_two_sections_counts_in_both() -> None:
    sections = (Section("s", "S"), Section("t", "T"))
    grid = years(catalog(make("a", date="2020", sections=("t",)), sections=sections))
    assert [row.number for row in grid.rows] == [1, 1]


def test_sections_are_taken_apart_until_there_are_enough() -> None:
    leaves = tuple(Section(f"leaf{n}", "L") for n in range(5))
    tree = (Section("top", "Top", (Section("mid", "Mid", leaves), Section("empty", "E"))),)
    assert [one.id for one in frontier(catalog(*(make(one.id, one.id) for one in leaves), sections=tree))] == [
        one.id for one in leaves
    ]
    own = catalog(make("x", "mid"), *(make(one.id, one.id) for one in leaves), sections=tree)
    assert [one.id for one in frontier(own)] == ["mid"], "the entry in mid itself would be lost"
    assert frontier(catalog(sections=tree)) == []


def test_sections_at_the_top_that_are_taken_apart_stand_above_their_parts() -> None:
    sections = (
        Section("p", "Papers", (Section("a", "A"), Section("b", "B"))),
        Section("d", "Data", (Section("c", "C"),)),
    )
    grid = years(catalog(make("x", "a", "2020", sections=("c",)), make("y", "b", "2020"), sections=sections))
    assert [(row.label, row.number, row.query) for row in grid.rows] == [
        ("Papers", 2, "section:p"),
        ("A", 1, "section:a"),
        ("B", 1, "section:b"),
        ("Data", 1, "section:d"),
        ("C", 1, "section:c"),
    ]
    assert grid.wholes == (0, 3)
    assert [grid.is_part(row) for row in range(5)] == [False, True, True, False, True]
    assert grid.most == 1, "shades compare parts"
    assert grid.hidden == "1 counted in both"


def test_the_sums_of_the_shipped_catalog_agree() -> None:
    grid = years(SHIPPED)
    wholes = [grid.rows[row].number for row in grid.wholes]
    assert [grid.rows[row].label for row in grid.wholes] == [section.title for section in SHIPPED.sections]
    twice = int(grid.hidden.partition(" counted in both")[0])
    assert sum(wholes) - twice == len(SHIPPED.entries)


def test_tasks_by_modality() -> None:
    grid = tasks(
        [
            make("a", tasks=("segmentation", "brain extraction"), modalities=("CT",)),
            make("b", tasks=("segmentation",), modalities=("CT", "MRI")),
            make("c", modalities=("MRI",)),
        ]
    )
    assert [(row.label, row.number) for row in grid.rows] == [("segmentation", 2), ("brain extraction", 1)]
    assert [(head.label, head.number) for head in grid.columns] == [("CT", 2), ("MRI", 2)]
    assert [[cell.number for cell in cells] for cells in grid.cells] == [[2, 1], [1, 0]]
    assert grid.cells[1][1].query == 'task:"brain extraction" modality:MRI'


def test_what_is_rare_is_left_out_and_told() -> None:
    grid = tasks([make(f"e{n}", tasks=(f"t{n}",), modalities=(f"m{n}",)) for n in range(20)])
    assert (len(grid.rows), len(grid.columns)) == (TASKS, MODALITIES)
    assert grid.hidden == f"{20 - TASKS} more tasks, {20 - MODALITIES} more modalities"


def test_datasets_count_each_user_once_under_any_id() -> None:
    btcv = make("btcv2015", name="BTCV", aliases=("btcv",))
    one = make("one", uses=(Use("btcv"), Use("btcv2015"), Use("", "FLARE 22")))
    two = make("two", uses=(Use("btcv"), Use("", "Flare 22"), Use("nowhere")))
    assert datasets([btcv, one, two]) == (
        Tally("BTCV", 2, "uses:btcv2015"),
        Tally("FLARE 22", 2, 'uses:"FLARE 22"'),
        Tally("nowhere", 1, "uses:nowhere"),
    )


def test_an_empty_catalog_has_nothing_to_show() -> None:
    found = overview_of(catalog())
    assert (found.years.rows, found.years.columns, found.tasks.rows, found.datasets) == ((), (), (), ())


def test_a_part_of_a_catalog_is_counted_alone_and_keeps_its_names() -> None:
    btcv = make("btcv2015", name="BTCV", aliases=("btcv",), date="2015")
    one = make("one", uses=(Use("btcv"),), date="2023", tasks=("segmentation",), modalities=("CT",))
    two = make("two", section="t", uses=(Use("btcv2015"),), date="2021")
    whole = catalog(btcv, one, two, sections=(Section("s", "S"), Section("t", "T")))
    found = overview_of(whole, [one])
    assert [head.label for head in found.years.columns] == ["2023"]
    assert [row.label for row in found.years.rows] == ["S"]
    assert found.datasets == (Tally("BTCV", 1, "uses:btcv2015"),)
    assert found.tasks.rows == (Tally("segmentation", 1, "task:segmentation"),)
    assert overview_of(whole) == overview_of(whole, whole.entries)
    assert overview_of(whole, []).years.columns == ()


@pytest.mark.parametrize(
    ("most", "levels"),
    [
        (1, {0: 0, 1: 4}),
        (4, {0: 0, 1: 1, 2: 2, 3: 3, 4: 4}),
        (100, {0: 0, 1: 1, 25: 1, 26: 2, 50: 2, 51: 3, 75: 3, 76: 4, 100: 4, 250: 4}),
    ],
)
def test_levels_are_quarters_of_the_largest_count(most: int, levels: dict[int, int]) -> None:
    grid = Grid("G", (Tally("r", most, "r"),), (Tally("c", most, "c"),), ((Tally("", most, "r c"),),))
    assert {number: grid.level(number) for number in levels} == levels


@pytest.mark.parametrize(
    ("value", "query"), [("CT", "f:CT"), ("X-ray", "f:X-ray"), ("two words", 'f:"two words"'), ("a(b)", 'f:"a(b)"')]
)
def test_values_are_quoted_where_they_must_be(value: str, query: str) -> None:
    assert condition("f", value) == query


def test_every_number_is_what_its_query_finds() -> None:
    index = Index(SHIPPED)
    found = overview_of(SHIPPED)
    counted = [*found.datasets]
    for grid in (found.years, found.tasks):
        counted += [*grid.rows, *grid.columns, *(cell for row in grid.cells for cell in row)]
    assert len(counted) > 100
    for tally in counted:
        results = index.run(View(query=tally.query))
        assert (len(results.rows), results.hints) == (tally.number, ()), tally


@pytest.mark.parametrize("value", ["CT", "two words", "a(b)", 'say "so"', ""])
def test_conditions_are_those_of_the_filter_box(value: str) -> None:
    assert condition("task", value) == typed_condition("task", value)


def test_years_and_sections_of_the_shipped_catalog_add_up() -> None:
    grid = overview_of(SHIPPED).years
    assert sum(head.number for head in grid.columns) == sum(entry.year is not None for entry in SHIPPED.entries)
    for row, cells in zip(grid.rows, grid.cells, strict=True):
        assert sum(cell.number for cell in cells) <= row.number
