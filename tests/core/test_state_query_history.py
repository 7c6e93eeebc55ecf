"""The last queries, and those with names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mum_tui.search.parse import parse
from mum_tui.services import Services
from mum_tui.state import query_history as kept
from mum_tui.text import MOST_IN_BOX

pytestmark = pytest.mark.usefixtures("installed")


def test_queries_are_kept_once_the_newest_last(tmp_path: Path) -> None:
    queries: tuple[str, ...] = ()
    for query in ("a", "b", " a\x1b ", "", "c"):
        queries = kept.added(queries, query)
    assert queries == ("a", "b", "a\ufffd", "c")
    assert kept.added(queries, "b") == ("a", "a\ufffd", "c", "b")
    many = tuple(str(number) for number in range(80))
    assert kept.added(many, "x")[-1] == "x"
    assert len(kept.added(many, "x")) == kept.QUERIES_STORED
    path = tmp_path / "deep" / "queries.json"
    kept.save(path, queries)
    assert kept.load(path) == queries


@pytest.mark.parametrize("octets", [b"", b"{}", b"[1]", b"\xff", b"[" * 10_000])
def test_a_history_that_cannot_be_read_is_none(tmp_path: Path, octets: bytes) -> None:
    path = tmp_path / "queries.json"
    assert kept.load(path) == ()
    path.write_bytes(octets)
    assert kept.load(path) == ()


def test_queries_that_the_filter_box_does_not_take_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "queries.json"
    path.write_text(json.dumps(["x" * (MOST_IN_BOX + 1), "liver", "x" * MOST_IN_BOX]))
    assert kept.load(path) == ("liver", "x" * MOST_IN_BOX)
    assert kept.added(("liver",), "x" * 200_000) == ("liver",)
    path.write_text(json.dumps(["liver", " " * 5_000_000]))
    assert kept.load(path) == ()


def test_what_another_browser_added_is_kept(home: Path) -> None:
    one, other = Services(), Services()
    assert (one.memory.queries, other.memory.queries) == ((), ())
    assert not home.exists()
    one.memory.remember_query("sam")
    other.memory.remember_query("clip")
    other.memory.remember_query("clip")
    one.memory.remember_query("liver")
    assert one.memory.queries == ("sam", "clip", "liver")
    assert Services().memory.queries == ("sam", "clip", "liver")


def test_searches_have_names(home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text(
        '[searches]\n"SAM papers" = "ti:sam kind:paper"\ntypo = "kind:datset"\nwrong = "dims:zzzz"\nempty = " "\n'
    )
    services = Services()
    found = services.saved_searches.run(services.index)
    assert [(one.name, one.count > 0, one.hint.partition(" (")[0]) for one in found] == [
        ("SAM papers", True, ""),
        ("typo", True, 'No match for kind:"datset"; showing dataset'),
        ("wrong", False, 'dims has no value "zzzz"'),
    ]
    (problem,) = services.config.problems
    assert (problem.line, problem.key) == (5, "searches.empty")
    assert services.saved_searches.name_of(parse("kind:paper").tree) == ""
    assert services.saved_searches.name_of(parse("title:sam  k:paper").tree) == "SAM papers"
