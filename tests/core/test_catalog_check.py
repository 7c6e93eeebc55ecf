"""Proofreading finds what loading cannot: things listed twice and entries that lack what their kind needs."""

from __future__ import annotations

from typing import Any

import pytest

from mum_tui.catalog.check import proofread
from mum_tui.catalog.load import parse
from mum_tui.catalog.model import Loaded
from mum_tui.problems import WARNING, Problem
from tests.catalogs import dump, entry


def full(identifier: str, **keys: Any) -> dict[str, Any]:
    """An entry with nothing to find fault with."""
    return entry(identifier, **{"verified": {"level": "two-sources"}, "sources": ["a list"], **keys})


def load(*entries: dict[str, Any]) -> Loaded:
    loaded = parse(dump(list(entries)).encode(), "f.yaml")
    assert loaded.problems == ()
    return loaded


def findings(*entries: dict[str, Any]) -> list[Problem]:
    return proofread(load(*entries), "f.yaml")


def preprint(identifier: str, server: str = "arXiv") -> dict[str, Any]:
    return {"preprint": {"id": identifier, "server": server}}


def published(doi: str) -> dict[str, Any]:
    return {"published": {"type": "book", "year": 2023, "doi": doi}}


def record(doi: str) -> dict[str, Any]:
    return {"record": {"publisher": "Zenodo", "year": 2023, "doi": doi}}


def links(*urls: str) -> dict[str, Any]:
    return {"links": [{"rel": "code", "url": url} for url in urls]}


def test_a_good_catalog_has_no_findings() -> None:
    assert findings() == []
    assert findings(full("a"), full("b", kind="dataset", modalities=["CT"])) == []


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        ({"title": "Segment Anything"}, {"title": "Segment anything!"}, "title"),
        ({"title": "Über—alles: Größe"}, {"title": "uber alles  grosse"}, "title"),
        ({"title": "医学"}, {"title": "医学。"}, "title"),
        (preprint("2301.00785"), preprint("2301.00785"), "preprint"),
        (preprint("2301.00785"), preprint("2301.00785v3"), "preprint"),
        (published("10.1000/ABC"), published("10.1000/abc"), "doi"),
        (record("10.1000/abc"), record("10.1000/ABC"), "doi"),
        (published("10.1000/abc"), record("10.1000/abc"), "doi"),
        (links("https://a.b/c"), links("https://x.y", "https://a.b/c"), "links"),
        (links("https://a.b/c"), links("https://a.b/c/"), "links"),
        ({"aliases": ["x"]}, {"aliases": ["y", "x"]}, "aliases"),
        ({"aliases": ["b"]}, {}, "aliases"),
        ({}, {"aliases": ["a"]}, "aliases"),
    ],
)
def test_what_two_entries_share_is_found_at_the_second(
    first: dict[str, Any], second: dict[str, Any], what: str
) -> None:
    loaded = load(full("a", **first), full("b", **second))
    (problem,) = proofread(loaded, "f.yaml")
    assert (problem.file, problem.key, problem.level) == ("f.yaml", f"b.{what}", WARNING)
    assert problem.line == loaded.lines["b"] > loaded.lines["a"]
    assert problem.message == f"the same {what} as a"
    assert problem.hint


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"title": "Segment Anything"}, {"title": "Segment Anything 2"}),
        (preprint("2301.00785"), preprint("2301.00786")),
        (preprint("1", "arXiv"), preprint("1", "medRxiv")),
        (published("10.1000/abc"), published("10.1000/abd")),
        (links("https://a.b/c"), links("https://a.b/C")),
        (links("https://a.b/c"), links("https://a.b")),
        ({"name": "Same", "summary": "Same"}, {"name": "Same", "summary": "Same"}),
    ],
)
def test_what_only_looks_alike_is_not_found(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert findings(full("a", **first), full("b", **second)) == []


def test_an_entry_does_not_repeat_itself() -> None:
    own = {
        **published("10.1000/x"),
        **record("10.1000/x"),
        **links("https://a.b", "https://a.b/"),
        "aliases": ["a", "x", "x"],
    }
    assert findings(full("a", **own)) == []


def test_every_repetition_is_told_of_the_first() -> None:
    found = findings(*(full(identifier, title="Same") for identifier in "abc"))
    assert [(problem.key, problem.message) for problem in found] == [
        ("b.title", "the same title as a"),
        ("c.title", "the same title as a"),
    ]


@pytest.mark.parametrize("key", ["authors", "date", "links", "summary", "verified", "sources"])
def test_what_every_entry_needs_is_missed(key: str) -> None:
    given = full("b")
    del given[key]
    loaded = load(full("a"), given)
    (problem,) = proofread(loaded, "f.yaml")
    assert (problem.line, problem.key, problem.message, problem.level) == (
        loaded.lines["b"],
        f"b.{key}",
        "is missing",
        WARNING,
    )


@pytest.mark.parametrize(("kind", "missed"), [("dataset", True), ("paper", False), ("tool", False)])
def test_a_dataset_needs_modalities(kind: str, missed: bool) -> None:
    assert [problem.key for problem in findings(full("a", kind=kind))] == ["a.modalities"] * missed


@pytest.mark.parametrize(("kind", "missed"), [("paper", True), ("model", True), ("tool", False), ("list", False)])
def test_tools_and_lists_need_no_authors(kind: str, missed: bool) -> None:
    assert [problem.key for problem in findings(full("a", kind=kind, authors=[]))] == ["a.authors"] * missed
