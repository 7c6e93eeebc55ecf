"""Several catalogs on the command line: opened as one, shown with their origin, checked together."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

LOW = "schema: 1\nsections: [{id: s, title: S}]\nentries:\n  - {id: a1, kind: paper, section: s, title: A}\n"
TEAM = "schema: 1\nentries:\n  - {id: a1, notes: ours}\n  - {id: b1, kind: paper, section: s, title: B}\n"


@pytest.fixture
def low(tmp_path: Path) -> str:
    (tmp_path / "low.yaml").write_text(LOW)
    return str(tmp_path / "low.yaml")


@pytest.fixture
def team(tmp_path: Path) -> str:
    (tmp_path / "team.yaml").write_text(TEAM)
    return str(tmp_path / "team.yaml")


def test_several_catalogs_are_named_before_and_behind_the_verb(run: Run, low: str, team: str) -> None:
    ways = [
        ("--catalog", low, "--catalog", team, "list"),
        ("--catalog", low, "list", "--catalog", team),
        ("list", "--catalog", low, f"--catalog={team}"),
        (low, team, "list"),
    ]
    for words in ways:
        done = run(*words)
        assert [line.split("\t")[0] for line in done.out.splitlines()] == ["a1", "b1"], words
        assert (done.status, done.err) == (0, "")


def test_show_says_where_an_entry_comes_from_only_where_there_are_several(run: Run, low: str, team: str) -> None:
    assert "  From         low.yaml; notes from team.yaml\n" in run(low, team, "show", "a1").out
    assert "  From         team.yaml\n" in run(low, team, "show", "b1").out
    assert "From" not in run(low, "show", "a1").out


def test_a_missing_layer_is_one_line_and_the_others_open(run: Run, low: str, tmp_path: Path) -> None:
    done = run(low, str(tmp_path / "none.yaml"), "list")
    assert (done.status, len(done.out.splitlines())) == (0, 1)
    assert done.err == f"mum-tui: {tmp_path / 'none.yaml'}: cannot be read: No such file or directory\n"


def test_check_names_the_file_of_each_problem(run: Run, low: str, team: str) -> None:
    Path(team).write_text(TEAM.replace("title: B", "title: B, related: [{entry: none, how: companion}]"))
    done = run(low, team, "check", "--hints")
    assert f"{team}:4: warning: b1.related: no layer has “none”\n" in done.out
    assert f"{team}:3: hint: a1: notes comes from here, the rest from low.yaml\n" in done.out
    assert f"{low}:4: warning: a1.authors: is missing\n" in done.out
    assert done.err.startswith("mum-tui: 2 catalogs: 2 entries, ")


def test_the_built_in_catalog_is_one_of_them_by_its_name(run: Run, low: str) -> None:
    done = run("--catalog", "shipped", "--catalog", low, "list", "--limit", "0")
    assert len(done.out.splitlines()) > 200
    assert "\na1\t" in done.out
