"""Several catalogs as one: what a later layer says counts, where everything comes from, and layers that are broken."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mum_tui.catalog.model import Origin
from mum_tui.catalog.stacking import names
from mum_tui.problems import ERROR, HINT, WARNING, Unreadable
from mum_tui.readers import shipped_catalog
from mum_tui.services import Services
from mum_tui.views.wording import origin_words

LOW = """schema: 1
sections: [{id: s, title: Sections}, {id: t, title: Others}]
entries:
  - {id: a1, kind: paper, section: s, title: A thing, aliases: [old1], links: [{rel: code, url: "https://c.org/a"}]}
  - {id: a2, kind: paper, section: s, title: B thing, related: [{entry: team1, how: companion}]}
"""
TEAM = """schema: 1
entries:
  - id: old1
    title: A better thing
    notes: ours
    links: [{rel: paper, url: "https://p.org/a"}]
  - {id: team1, kind: paper, section: t, title: Of the team, related: [{entry: a2, how: companion}]}
"""
BIB = "@article{a1, title={Another work}, year=2020}\n@article{r1, title={A reference}, year=2021}\n"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    low, team, bib = tmp_path / "low.yaml", tmp_path / "team" / "list.yaml", tmp_path / "refs.bib"
    team.parent.mkdir()
    low.write_text(LOW)
    team.write_text(TEAM)
    bib.write_text(BIB)
    return [low, team, bib]


def opened(files: list[Path], home: Path) -> Services:
    return Services(files, {"MUM_TUI_HOME": str(home)})


def test_a_block_upon_another_says_only_what_it_adds_or_changes(files: list[Path], tmp_path: Path) -> None:
    services = opened(files, tmp_path / "home")
    entry = services.entry("a1")
    assert (entry.title, entry.notes, entry.kind, entry.section) == ("A better thing", "ours", "paper", "s")
    assert [link.url for link in entry.links] == ["https://p.org/a", "https://c.org/a"]
    assert services.entry("old1") == entry
    assert services.loaded.catalog.section_titles["t"] == "Others"


def test_uses_and_related_lead_from_layer_to_layer(files: list[Path], tmp_path: Path) -> None:
    services = opened(files, tmp_path / "home")
    assert [tie.entry.id for tie in services.relations.related_to(services.entry("a2"))] == ["team1"]
    assert not [problem for problem in services.loaded.problems if "related" in problem.key]
    files[1].write_text(TEAM.replace("entry: a2", "entry: nowhere"))
    (problem,) = [each for each in opened(files, tmp_path / "home").loaded.problems if "related" in each.key]
    assert (problem.file, problem.line, problem.level) == (str(files[1]), 7, WARNING)
    assert "nowhere" in problem.message


def test_it_is_known_where_entries_and_fields_come_from_also_the_second_time(files: list[Path], tmp_path: Path) -> None:
    for number in range(2):
        services = opened(files, tmp_path / "home")
        assert services.origins is not None
        assert services.origins.of("a1") == Origin(
            "low.yaml", {"title": "list.yaml", "notes": "list.yaml", "links": "list.yaml"}
        )
        assert origin_words(services.origins.of("a1")) == "low.yaml; title, links, notes from list.yaml"
        assert services.origins.of("a2") == Origin("low.yaml", {})
        assert services.origins.of("team1") == Origin("list.yaml", {})
        services.opening.store_compiled(services.loaded)
        assert (services.loaded.container is not None) == bool(number)


@pytest.mark.parametrize("at", range(3))
def test_the_compiled_form_is_stale_when_one_of_the_files_changes(files: list[Path], tmp_path: Path, at: int) -> None:
    first = opened(files, tmp_path / "home")
    first.opening.store_compiled(first.loaded)
    content = files[at].read_text().replace("thing", "Thing").replace("team", "Team").replace("A ref", "The ref")
    files[at].write_text(content)
    os.utime(files[at], ns=(1, 1))
    assert opened(files, tmp_path / "home").loaded.container is None


def test_a_key_of_a_bibliography_that_is_another_work_below_is_told(files: list[Path], tmp_path: Path) -> None:
    services = opened(files, tmp_path / "home")
    assert services.entry("a1-refs").title == "Another work"
    (problem,) = [each for each in services.loaded.problems if each.file == str(files[2]) and each.key == "a1"]
    assert (problem.line, problem.level) == (1, WARNING)
    assert "a1-refs" in problem.message


def test_what_a_layer_changes_is_a_hint_and_two_that_disagree_a_warning(files: list[Path], tmp_path: Path) -> None:
    third = tmp_path / "mine.yaml"
    third.write_text("schema: 1\nentries:\n  - {id: a1, title: Mine}\n")
    services = opened([*files, third], tmp_path / "home")
    assert services.entry("a1").title == "Mine"
    told = {(problem.file, problem.level): problem for problem in services.loaded.problems}
    assert "title" in told[str(files[1]), HINT].message
    disagree = told[str(third), WARNING]
    assert (disagree.line, disagree.key) == (3, "a1.title")
    assert "list.yaml and mine.yaml disagree" in disagree.message


def test_an_override_of_an_entry_that_is_gone_is_told(files: list[Path], tmp_path: Path) -> None:
    files[0].write_text(LOW.replace("old1", "other"))
    services = opened(files, tmp_path / "home")
    (problem,) = [each for each in services.loaded.problems if each.key == "old1"]
    assert (problem.line, problem.level) == (3, WARNING)
    assert services.loaded.set_aside == 1


@pytest.mark.parametrize("broken", [None, b"", b"\0\0\0", b"- a list\n", b"entries: [", b"schema: 99\nentries: []\n"])
@pytest.mark.parametrize("at", range(2))
def test_a_layer_that_is_missing_or_broken_is_one_line_and_the_others_open(
    files: list[Path], tmp_path: Path, broken: bytes | None, at: int
) -> None:
    if broken is None:
        files[at].unlink()
    else:
        files[at].write_bytes(broken)
    for _ in range(2):
        services = opened(files, tmp_path / "home")
        assert services.entry("r1")
        errors = [each for each in services.loaded.problems if each.level == ERROR and each.file == str(files[at])]
        assert len(errors) == 1
        assert "\n" not in str(errors[0])
        services.opening.store_compiled(services.loaded)


def test_where_no_layer_can_be_read_nothing_opens(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"one\.yaml"):
        _ = opened([tmp_path / "one.yaml", tmp_path / "two.yaml"], tmp_path / "home").loaded


def test_layers_have_short_names_that_tell_them_apart() -> None:
    paths = [Path("/a/x/list.yaml"), Path("/a/y/list.yaml"), Path("/b/refs.bib"), shipped_catalog()]
    assert names(paths, shipped_catalog()) == ["x/list.yaml", "y/list.yaml", "refs.bib", "shipped"]


@pytest.mark.usefixtures("files")
def test_the_configuration_names_layers_beside_it_and_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('catalogs = ["shipped", "low.yaml", "team", "refs.bib"]\n')
    services = Services(environ={"MUM_TUI_HOME": str(tmp_path)})
    assert not services.config.problems
    assert services.catalog_paths == (
        shipped_catalog(),
        tmp_path / "low.yaml",
        tmp_path / "team",
        tmp_path / "refs.bib",
    )
    assert services.entry("team1").title == "Of the team"
    assert services.origins is not None
    assert services.origins.of("team1").layer == "team/list.yaml"
    assert len(services.loaded.catalog.entries) > 200
