"""Searching inside lines of text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.tui.cells import wrap
from mum_tui.tui.model.inside import find


@pytest.mark.parametrize(
    ("words", "pieces"),
    [
        ("brown", [(0, 10, 15)]),
        ("BROWN  fox", [(0, 10, 15), (1, 2, 5)]),
        ("fôx", [(1, 2, 5)]),
        ("élan", [(2, 0, 4)]),
        ("elan", [(2, 0, 4)]),
        ("addressgoes", [(3, 4, 11), (4, 0, 4)]),
    ],
)
def test_a_hit_is_found_over_the_ends_of_lines(words: str, pieces: list[tuple[int, int, int]]) -> None:
    lines = ["The quick brown", "  fox jumps", "Élan vital", "the address", "goes on"]
    assert find(lines, words) == [tuple(pieces)]


def test_a_hit_is_found_over_a_space_and_a_cut_word() -> None:
    lines = ["the seg", "  ment", "  ed", "  liver"]
    assert find(lines, "segmented liver") == [((0, 4, 7), (1, 2, 6), (2, 2, 4), (3, 2, 7))]
    assert find(lines, "se gmentedliver") == []


@pytest.mark.parametrize("words", ["", " ", "cat", "quick fox"])
def test_nothing_is_found_that_is_not_there(words: str) -> None:
    assert find(["The quick brown", "fox"], words) == []
    assert find([], words) == []


@given(st.text("ab cé", max_size=60), st.integers(4, 20), st.text("ab cé", min_size=1, max_size=5))
def test_what_a_text_contains_is_found_however_it_is_wrapped(text: str, width: int, words: str) -> None:
    whole = " ".join(text.split())
    lines = wrap(whole, width, "  ")
    wanted = " ".join(words.split())
    found = find(lines, words)
    if wanted and wanted in whole:
        assert found
    for hit in found:
        for line, start, end in hit:
            assert 0 <= start < end <= len(lines[line])
