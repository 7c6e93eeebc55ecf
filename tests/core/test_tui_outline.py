"""The lines of the tree: what folds, what stays in sight, and what is looked at for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.catalog.model import Section
from mum_tui.search.complete import complete
from mum_tui.search.index import Index
from mum_tui.search.parse import parse
from mum_tui.search.view import View, section_scope
from mum_tui.storage.container import Damaged
from mum_tui.tui.model.outline import (
    MOST_FOLDS,
    SEARCHES,
    SHOWN,
    NodeKind,
    Outline,
    TreeNode,
    facet_key,
    more_key,
    parent,
    search_key,
)
from mum_tui.tui.widgets.tree import short
from tests.annotations import annotated
from tests.catalogs import shipped, shipped_index
from tests.examples import some

SECTIONS = (
    Section("papers", "Papers", (Section("seg", "Segmentation"), Section("field", "By field", (Section("us", "US"),)))),
    Section("data", "Datasets", (Section("ct", "CT data"),)),
    Section("misc", "Miscellanea"),
)
FACETS: Mapping[str, Sequence[str]] = {
    "kind": ["kind:paper", "kind:dataset"],
    "task": [f"task:t{number}" for number in range(30)],
    "licence": [f"licence:l{number}" for number in range(SHOWN["licence"] + 1)],
}
INDEX = shipped_index()


def outline(folds: Mapping[str, bool] | None = None, searches: Sequence[str] = ()) -> Outline:
    return Outline(SECTIONS, FACETS, searches, folds)


def drawn(lines: Sequence[TreeNode]) -> list[str]:
    """Lines as one reads them."""
    signs = {True: "▾ ", False: "▸ ", None: ""}
    return [
        "  " * line.depth + (signs[line.is_open] if line.kind != NodeKind.MORE else "") + line.title for line in lines
    ]


def test_at_first_the_first_section_is_open_and_every_heading_is_visible() -> None:
    assert drawn(outline(searches=["livers"]).lines([TreeNode(NodeKind.SCOPE, "bookmarks", "★ Bookmarks")])) == [
        "All",
        "★ Bookmarks",
        "",
        "▾ Papers",
        "  Segmentation",
        "  ▸ By field",
        "▸ Datasets",
        "Miscellanea",
        "",
        "▾ Searches",
        "  livers",
        "",
        "▸ Kind",
        "▸ Task",
        "▸ Licence",
    ]


def test_a_catalog_without_sections_facets_or_searches_is_one_line() -> None:
    assert drawn(Outline((), {}).lines()) == ["All"]


def test_a_long_facet_shows_its_first_values_and_opens_the_rest_in_place() -> None:
    found = outline({facet_key("task"): True})
    task = [line for line in found.lines() if line.key.startswith(("task:", "more/"))]
    assert [line.title for line in task] == [*(f"t{number}" for number in range(SHOWN["task"])), "… 22 more"]
    found.set_open(more_key("task"), True)
    task = [line for line in found.lines() if line.key.startswith(("task:", "more/"))]
    assert [line.title for line in task] == [*(f"t{number}" for number in range(30)), "… fewer"]
    found.set_open(more_key("task"), False)
    assert len([line for line in found.lines() if line.kind == NodeKind.FACET]) == SHOWN["task"]


def test_a_single_hidden_value_is_shown_instead_of_a_more_line() -> None:
    lines = outline({facet_key("licence"): True}).lines()
    assert [line.key for line in lines if line.kind == NodeKind.FACET] == FACETS["licence"]
    assert not [line for line in lines if line.kind == NodeKind.MORE]


@pytest.mark.parametrize(
    ("chosen", "folds", "seen"),
    [
        ("task:t20", {}, ["▸ Task", "  t20"]),
        ("task:t20", {facet_key("task"): True}, ["  t20", "  … 21 more"]),
        ("section/us", {"section/papers": False}, ["▸ Papers", "  ▸ By field", "    US", "▸ Datasets"]),
        ("section/ct", {}, ["▸ Datasets", "  CT data", "Miscellanea"]),
        (search_key("b"), {SEARCHES: False}, ["▸ Searches", "  b", ""]),
    ],
)
def test_a_selected_node_is_visible_in_a_folded_part(chosen: str, folds: dict[str, bool], seen: list[str]) -> None:
    lines = drawn(outline(folds, ["a", "b"]).lines(active={chosen}))
    at = lines.index(seen[0])
    assert lines[at : at + len(seen)] == seen


class Asked(dict[str, Sequence[str]]):
    """Facets that tell which of them were looked at."""

    asked: set[str]

    def __getitem__(self, field: str) -> Sequence[str]:
        self.asked.add(field)
        return super().__getitem__(field)


def test_the_values_of_folded_facets_are_not_read() -> None:
    facets = Asked(FACETS)
    facets.asked = set()
    found = Outline(SECTIONS, facets)
    found.lines(active={"kind:paper", "section/seg"})
    assert facets.asked == {"kind"}
    found.set_open(facet_key("task"), True)
    found.lines()
    assert facets.asked == {"kind", "task"}


KEYS = ["section/papers", "section/data", "section/field", SEARCHES, "facet/task", "more/task", "facet/kind", "gone"]


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.booleans())))
def test_only_folds_changed_by_the_user_are_stored(turns: list[tuple[str, bool]]) -> None:
    found = outline(searches=["a"])
    last = dict.fromkeys(KEYS, False) | {"section/papers": True, SEARCHES: True}
    usual = dict(last)
    for key, on in turns:
        found.set_open(key, on)
        last[key] = on
    assert found.folds == {key: on for key, on in last.items() if on != usual[key]}
    assert Outline(SECTIONS, FACETS, ["a"], found.folds).lines() == found.lines()
    lines = found.lines()
    assert len({line.key for line in lines if line.kind != NodeKind.BLANK}) == len(
        [one for one in lines if one.kind != NodeKind.BLANK]
    )
    for at, line in enumerate(lines):
        above = parent(lines, at)
        assert (above is None) == (line.depth == 0)
        if above is not None:
            assert lines[above].depth == line.depth - 1
            assert lines[above].kind in (NodeKind.HEADING, NodeKind.SCOPE)


def test_the_number_of_stored_folds_is_limited() -> None:
    found = outline({f"section/{number}": True for number in range(MOST_FOLDS)})
    found.set_open("section/new", True)
    assert len(found.folds) == MOST_FOLDS
    assert found.is_open("section/new")


def test_every_facet_value_has_the_count_of_its_filter() -> None:
    """Whatever the query: the number behind a value is what adding the value to the query leaves."""
    found = Outline(INDEX.catalog.sections, INDEX.facets)
    for field in ("kind", "year", "modality", "has", "dims", "task", "anatomy", "licence", "status"):
        found.set_open(facet_key(field), True)
    lines = found.lines()
    assert [line.title for line in lines if line.kind == NodeKind.HEADING] == [
        "Kind", "Year", "Modality", "Has", "Dimensions", "Task", "Anatomy", "Licence", "Status",
    ]  # fmt: skip
    assert {"has:code", "has:weights", "has:data"} <= {line.key for line in lines}
    annotations = annotated(status={"btcv": "reading", "liu2023clip": "read"})
    for query in ("", "segmentation -survey"):
        counts = INDEX.run(View(query=query), annotations).counts
        for line in lines:
            if line.kind == NodeKind.FACET:
                value = line.key.replace(":", ':"', 1) + '"'
                assert counts[line.key] == len(INDEX.run(View(query=f"{query} {value}"), annotations).rows), line
        assert counts[section_scope("datasets")] == len(INDEX.run(View(query=f"{query} section:datasets")).rows)


def test_facets_without_any_value_are_left_out() -> None:
    assert "licence" in INDEX.facets
    assert "section" not in INDEX.facets
    assert list(INDEX.facets) == ["kind", "year", "modality", "has", "dims", "task", "anatomy", "licence", "status"]
    empty = Index(shipped().catalog.__class__("", (), {}, ()))
    assert list(empty.facets) == ["status"]


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0"), (288, "288"), (2431, "2,431"), (9999, "9,999"), (10_000, "10.0k"), (16_449, "16.4k"),
        (99_999, "99k"), (100_000, "100k"), (999_999, "999k"), (1_000_000, "1.0M"), (123_456_789, "123M"),
    ],
)  # fmt: skip
def test_counts_have_room(count: int, text: str) -> None:
    assert short(count) == text
    assert len(text) <= 5


@pytest.mark.parametrize("first", some(["facets", "values", "counts", "chosen", "complete"]))
def test_damaged_facets_are_rebuilt(monkeypatch: pytest.MonkeyPatch, first: str) -> None:
    index = Index(shipped().catalog)
    results = index.run(View(query="segmentation"))
    wanted = INDEX.run(View(query="segmentation")).counts["modality:CT"]
    stored = index.container
    view = stored.view

    def damaged(name: str, verify: bool = True) -> memoryview:
        if name.startswith("modality."):
            raise Damaged
        return view(name, verify)

    monkeypatch.setattr(index.container, "view", damaged)
    facets = index.facets
    if first == "facets":
        assert "modality" in facets
    elif first == "values":
        assert facets["modality"] == INDEX.facets["modality"]
    elif first == "chosen":
        assert index.facet_values_in(parse("modality:ct")) == {"modality:CT"}
    elif first == "complete":
        assert complete(index, "liver modality:c") == complete(INDEX, "liver modality:c")
    else:
        assert results.counts["modality:CT"] == wanted
    assert index.container is not stored
    assert facets["modality"] == INDEX.facets["modality"]
    assert results.counts["modality:CT"] == wanted
