"""Columns of text fit the cells they are given, whatever the script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.commands.text_columns import fit, side_by_side, width, wrap
from mum_tui.text import clean, one_line

TEXT = st.text(st.sampled_from("ab-/ 医é\u0301…") | st.characters(codec="utf-8")).map(
    lambda text: one_line(clean(text))
)


@given(TEXT, st.integers(2, 40))
def test_wrapped_lines_fit_and_lose_nothing(text: str, room: int) -> None:
    lines = wrap(text, room)
    assert lines
    assert all(width(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(TEXT, st.integers(2, 40))
def test_fitted_text_takes_exactly_its_room(text: str, room: int) -> None:
    assert width(fit(text, room)) == room


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 5, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("github.com/lab/net", 12, ["github.com/", "lab/net"]),
        ("医学通用", 5, ["医学", "通用"]),
    ],
)
def test_where_lines_break(text: str, room: int, lines: list[str]) -> None:
    assert wrap(text, room) == lines


def test_cells_stand_beside_each_other() -> None:
    assert side_by_side(["a", "one two", "医"], [3, 4, 2]) == ["a    one   医", "     two"]
