"""Text takes exactly the cells it is given, whatever script it is in."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.tui.cells import cell_len, fit, fit_right, join_fitting, wrap
from tests.examples import examples

TRICKY = "ab  #1é…医国\u3000가\u1100\u1161\u0301\u0308\u0336\u00ad\u200b\u200d\ufe0f🧠❤👩⚕🇩🇪"

characters = st.one_of(st.sampled_from(TRICKY), st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")))
texts = st.text(characters, max_size=80)
paragraphs = st.text(st.one_of(characters, st.sampled_from("\n\t")), max_size=120)
widths = st.integers(-2, 40)
quickly = examples(100)


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("abc", 5, "abc  "),
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("a bcd", 3, "a… "),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("abc", -1, ""),
        ("", 2, "  "),
        ("医学", 4, "医学"),
        ("医学", 3, "医…"),
        ("医学", 2, "… "),
        ("e\u0301e\u0301", 2, "e\u0301e\u0301"),
        ("x" * 10**6, 4, "xxx…"),
        ("\u0301" * 100 + "abc", 2, "\u0301" * 8 + "… "),
    ],
)
def test_fit_pads_or_cuts_with_an_ellipsis(text: str, width: int, fitted: str) -> None:
    assert fit(text, width).rstrip() == fitted.rstrip()
    assert cell_len(fit(text, width)) == max(width, 0)


@pytest.mark.parametrize(
    ("text", "width", "fitted"), [("7", 3, "  7"), ("医", 3, " 医"), ("1234", 3, "12…"), ("", 1, " ")]
)
def test_fit_right_pads_at_the_left(text: str, width: int, fitted: str) -> None:
    assert fit_right(text, width) == fitted


@quickly
@given(texts, widths)
def test_fit_and_fit_right_take_exactly_the_width(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == max(width, 0)
    assert cell_len(fit_right(text, width)) == max(width, 0)


@quickly
@given(texts, st.integers(1, 200))
def test_what_fits_is_whole(text: str, width: int) -> None:
    if cell_len(text) <= width and len(text) <= 4 * width:
        assert fit(text, width) == text + " " * (width - cell_len(text))
        assert fit_right(text, width) == " " * (width - cell_len(text)) + text


@pytest.mark.parametrize(
    ("texts", "width", "line"),
    [
        ([], 10, ""),
        (["one"], 10, "one"),
        (["one", "two"], 9, "one · two"),
        (["one", "two"], 8, "one"),
        (["one", "a longer one", "two"], 9, "one · two"),
        (["far too long", "two"], 3, "far too long"),
        (["医学", "医"], 9, "医学 · 医"),
        (["医学", "医"], 8, "医学"),
    ],
)
def test_texts_stand_beside_each_other_where_they_fit(texts: list[str], width: int, line: str) -> None:
    assert join_fitting(texts, width) == line


@pytest.mark.parametrize(
    ("text", "width", "indent", "lines"),
    [
        ("", 10, "", [""]),
        ("one two three", 8, "", ["one two", "three"]),
        ("one two three", 8, "  ", ["one two", "  three"]),
        ("one  two", 20, "", ["one  two"]),
        ("  indented text", 12, "", ["  indented", "text"]),
        ("a\n\nb", 10, "", ["a", "", "b"]),
        ("abcdefgh", 3, "", ["abc", "def", "gh"]),
        ("abcdefgh", 4, " ", ["abcd", " efg", " h"]),
        ("to abcdefgh", 4, "", ["to", "abcd", "efgh"]),
        ("医学医学", 3, "", ["医", "学", "医", "学"]),
        ("a\tb", 10, "", ["a   b"]),
        ("end   ", 10, "", ["end"]),
        ("   ", 2, "", [""]),
        ("abc", 0, "", ["ab", "c"]),
    ],
)
def test_wrap_breaks_at_spaces_else_within_words(text: str, width: int, indent: str, lines: list[str]) -> None:
    assert wrap(text, width, indent) == lines


@quickly
@given(paragraphs, widths, st.integers(0, 5))
def test_wrap_keeps_to_the_width_and_loses_nothing(text: str, width: int, spaces: int) -> None:
    lines = wrap(text, width, " " * spaces)
    assert all(cell_len(line) <= max(width, spaces + 2) for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize("text", ["x", "医", "e\u0301", "\u0301", " ", "word "], ids=ascii)
def test_wrap_of_a_book_takes_no_quadratic_time(text: str) -> None:
    start = time.process_time()
    lines = wrap(text * 100_000, 80, "  ")
    assert time.process_time() - start < 10
    assert "".join("".join(lines).split()) == "".join((text * 100_000).split())
