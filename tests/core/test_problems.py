"""A problem says in one line where it is and what would be right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.problems import ERROR, WARNING, Problem, Unreadable, did_you_mean, nearest
from tests.examples import examples

KEYS = ("id", "title", "section", "sections", "summary", "MRI")


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (Problem("f.yaml", 7, "a.year", "is no year", "write 2023"), "f.yaml:7: a.year: is no year (write 2023)"),
        (Problem("f.yaml", 7, "a.year", "is no year"), "f.yaml:7: a.year: is no year"),
        (Problem("f.yaml", 7, "", "is broken", "mend it"), "f.yaml:7: is broken (mend it)"),
        (Problem("f.yaml", 0, "", "is empty"), "f.yaml: is empty"),
        (Problem("f.yaml", 0, "keys.x", "is unknown"), "f.yaml: keys.x: is unknown"),
        (Problem("f.yaml", 7, "a", "odd", "", WARNING), "f.yaml:7: a: odd"),
    ],
)
def test_a_problem_reads_as_file_line_key_message_hint(problem: Problem, line: str) -> None:
    assert str(problem) == line


def test_a_problem_told_with_its_level_reads_like_a_compilers() -> None:
    problem = Problem("f.yaml", 7, "a", "odd", "mend it", WARNING)
    assert problem.in_one_line(WARNING) == "f.yaml:7: warning: a: odd (mend it)"


def test_a_problem_is_an_error_unless_it_says_otherwise() -> None:
    assert Problem("f", 1, "", "x").level == ERROR


def test_unreadable_carries_its_problem() -> None:
    problem = Problem("f.yaml", 3, "", "is no catalog")
    error = Unreadable(problem)
    assert error.problem is problem
    assert str(error) == str(problem)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("titel", ["title"]),
        ("TITLE", ["title"]),
        ("sumary", ["summary"]),
        ("mri", ["MRI"]),
        ("sectoin", ["section"]),
        ("xyzzy", []),
        ("", []),
    ],
)
def test_nearest_finds_the_word_that_was_meant(word: str, found: list[str]) -> None:
    assert nearest(word, KEYS) == found


def test_nearest_gives_as_many_as_asked_best_first() -> None:
    assert nearest("section", KEYS, 3)[:2] == ["section", "sections"]
    assert nearest("section", [], 3) == []


@pytest.mark.parametrize(
    ("word", "options", "hint"),
    [
        ("titel", KEYS, "did you mean title?"),
        ("xyzzy", ("b", "a"), "one of b, a"),
        ("xyzzy", (), ""),
        ("xyzzy", [f"option{number}" for number in range(17)], ""),
        ("option3x", [f"option{number}" for number in range(17)], "did you mean option3?"),
    ],
)
def test_did_you_mean_names_the_nearest_else_the_few(word: str, options: list[str], hint: str) -> None:
    assert did_you_mean(word, options) == hint
    assert did_you_mean(word, iter(options)) == hint


@examples(100)
@given(st.text(), st.lists(st.text(), max_size=20), st.integers(1, 3))
def test_nearest_only_names_options(word: str, options: list[str], count: int) -> None:
    found = nearest(word, options, count)
    assert len(found) <= count
    assert set(found) <= set(options)
