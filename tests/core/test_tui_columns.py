"""The columns of the table: which fit, and how wide they are."""

from __future__ import annotations

from itertools import pairwise

import pytest

from mum_tui.search.view import RELEVANCE, SORTS
from mum_tui.settings.options import COLUMNS as CONFIGURED
from mum_tui.tui.model.columns import COLUMNS, DEFAULT_COLUMNS, known, placed


def test_the_configuration_the_table_and_the_orders_know_the_same_columns() -> None:
    assert set(CONFIGURED) == set(COLUMNS) == set(SORTS) - {RELEVANCE}
    assert CONFIGURED[: len(DEFAULT_COLUMNS)] == DEFAULT_COLUMNS


@pytest.mark.parametrize(
    "names", [DEFAULT_COLUMNS, tuple(COLUMNS), ("year", "title"), ("id",), ("code", "name", "rating", "kind")]
)
def test_columns_never_overlap_and_stay_inside(names: tuple[str, ...]) -> None:
    for width in range(20, 260):
        columns = placed(names, width)
        assert columns
        for one, other in pairwise(columns):
            assert one.start + one.width <= other.start, (width, one, other)
            assert one.column.is_glyph or other.start - one.start - one.width >= 1, (width, one, other)
        assert columns[-1].start + columns[-1].width <= width
        assert [place.column.name for place in columns] == [
            name for name in names if name in {place.column.name for place in columns}
        ]


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (39, {"bookmark", "status", "year", "name", "title"}),
        (59, {"bookmark", "status", "rating", "note", "code", "weights", "data", "year", "name", "title"}),
        (89, set(DEFAULT_COLUMNS)),
    ],
)
def test_what_matters_most_is_shown_in_a_narrow_table(width: int, shown: set[str]) -> None:
    assert {place.column.name for place in placed(DEFAULT_COLUMNS, width)} == shown


def test_a_wide_table_is_used_to_its_end() -> None:
    for width in (101, 140, 199):
        widths = {place.column.name: place.width for place in placed(DEFAULT_COLUMNS, width)}
        last = placed(DEFAULT_COLUMNS, width)[-1]
        assert last.start + last.width == width
        assert widths["name"] >= 14
        assert widths["title"] >= 34
    assert widths == {**widths, "name": 20, "authors": 24, "venue": 24}


def test_a_table_without_a_title_gives_no_column_more_than_it_can_use() -> None:
    widths = {place.column.name: place.width for place in placed(("name", "year"), 199)}
    assert widths == {"name": 20, "year": 4}


def test_unknown_names_and_repeated_ones_are_left_out() -> None:
    assert known(["title", "nonsense", "year", "title"]) == ("title", "year")
