"""The columns in the configuration: as a list or a text, each name checked with the nearest right word."""

from __future__ import annotations

from pathlib import Path

import pytest

from mum_tui.settings import config


@pytest.mark.parametrize(
    "content", ['columns = ["name", "title"]', 'columns = "name, title"', 'columns = [\n"name",\n"title",\n]']
)
def test_columns_are_a_list_or_a_text(content: str) -> None:
    found = config.parse(content, "config.toml")
    assert (found.columns, found.problems) == (("name", "title"), ())


@pytest.mark.parametrize(
    ("content", "message", "hint"),
    [
        ('columns = ["nmae"]', 'there is no column "nmae"', "did you mean name?"),
        ('columns = ["name", "titel"]', 'there is no column "titel"', "did you mean title?"),
        ('columns = ["name", "year", "name"]', 'names the column "name" twice', ""),
        ("columns = []", "names no column", ""),
        ('columns = ""', "names no column", ""),
        ("columns = 3", "expected a list of names, found int", 'write columns = ["name", '),
        ("columns = [3]", "expected a list of names, found list", 'write columns = ["name", '),
        ('columns = ["xyzzy"]', 'there is no column "xyzzy"', "the columns are bookmark, "),
    ],
)
def test_what_is_wrong_is_told_and_changes_nothing(content: str, message: str, hint: str) -> None:
    found = config.parse(f"\n{content}\n", "config.toml")
    (problem,) = found.problems
    assert (problem.line, problem.key, problem.message) == (2, "columns", message)
    assert problem.hint.startswith(hint)
    assert found.columns == ()


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('columns = ["name"]', encoding="utf-8")
    found = config.load(file, {"MUM_TUI_COLUMNS": "year,title"})
    assert found.columns == ("year", "title")
    assert found.sources["columns"] == "environment, MUM_TUI_COLUMNS"
    wrong = config.load(file, {"MUM_TUI_COLUMNS": "yaer"})
    assert wrong.columns == ("name",)
    assert wrong.problems[0].hint == "did you mean year?"
