"""Two libraries into one: newest wins, notes are both kept, nothing is lost, and doing it again does nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.library import operations as ops
from mum_tui.library.merge import merge
from mum_tui.library.notes import BETWEEN_NOTES
from mum_tui.library.operations import Change
from tests.core.test_library_operations import changes
from tests.examples import examples

OLD, NEW = "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"


def merged(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    entries = dict(ours)
    for change in merge(ours, theirs):
        assert ops.apply(entries, change), change
    return entries


def status(word: str, date: str) -> dict[str, Any]:
    return {"status": word, "changed": {"status": date}}


@pytest.mark.parametrize(
    ("ours", "theirs", "both"),
    [
        (status("read", OLD), status("reading", NEW), status("reading", NEW)),
        (status("read", NEW), status("reading", OLD), status("read", NEW)),
        (status("read", OLD), status("reading", OLD), status("read", OLD)),
        (status("read", OLD), {"bookmarked": NEW}, {"bookmarked": NEW} | status("read", OLD)),
        # Removed later on the other side, and removed here later than it was set there.
        (
            {"rating": 3, **status("read", OLD)},
            {"note": "n", "changed": {"status": NEW}},
            {"rating": 3, "note": "n", "changed": {"status": NEW}},
        ),
        (
            {"rating": 3, "changed": {"bookmarked": NEW}},
            {"bookmarked": OLD},
            {"rating": 3, "changed": {"bookmarked": NEW}},
        ),
        ({"tags": {"a": OLD}}, {"tags": {"b": NEW}}, {"tags": {"a": OLD, "b": NEW}}),
        ({"note": "same"}, {"note": "same"}, {"note": "same"}),
        (
            {"note": "ours", "changed": {"note": OLD}},
            {"note": "theirs", "changed": {"note": NEW}},
            {"note": f"theirs{BETWEEN_NOTES}ours", "changed": {"note": NEW}},
        ),
        ({"note": "ours\nand more"}, {"note": "ours"}, {"note": "ours\nand more"}),
        ({"note": "ours"}, {"note": "ours\nand more"}, {"note": "ours\nand more"}),
        ({"note": "there"}, {"note": "here"}, {"note": f"there{BETWEEN_NOTES}here"}),
        ({"rating": 1, "x": 1}, {"x": 2, "later": [1]}, {"rating": 1, "x": 1, "later": [1]}),
        (
            {"rating": 1, "changed": {"rating": "zzz"}},
            {"rating": 2, "changed": {"rating": OLD}},
            {"rating": 2, "changed": {"rating": OLD}},
        ),
        ({"rating": 1}, ["odd"], {"rating": 1}),
    ],
)
def test_each_field(ours: Any, theirs: Any, both: Any) -> None:
    assert merged({"a": ours}, {"a": theirs})["a"] == both


def test_what_only_the_other_has_comes_with_its_title() -> None:
    theirs = {"a": {"title": "T", "url": "https://x.org", "bookmarked": OLD, "tags": ["t"], "later": 1}}
    item = ops.read("a", merged({}, theirs)["a"])
    assert item is not None
    assert (item.title, item.url, item.bookmarked, list(item.tags)) == ("T", "https://x.org", OLD, ["t"])


@examples(200)
@given(*[st.lists(st.tuples(changes, st.sampled_from([OLD, NEW])), max_size=8)] * 2)
def test_merging_loses_no_set_field_and_merging_again_changes_nothing(
    first: list[tuple[Change, str]], second: list[tuple[Change, str]]
) -> None:
    ours: dict[str, Any] = {}
    theirs: dict[str, Any] = {}
    for entries, made in ((ours, first), (theirs, second)):
        for change, date in made:
            ops.apply(entries, Change(change.id, change.field, change.value, at=date))
    both = merged(ours, theirs)
    for side, other in ((ours, theirs), (theirs, ours)):
        for key, raw in side.items():
            for field in ("bookmarked", "status", "note", "rating", "tag:x", "tag:y"):
                value = ops.current(raw, field)
                removed_later = ops.date_of(other.get(key), field) and not ops.current(other.get(key), field)
                if value and not removed_later:
                    kept = ops.current(both[key], field)
                    assert kept
                    assert field != "note" or (isinstance(value, str) and isinstance(kept, str) and value in kept)
    assert merge(both, theirs) == []
    assert merge(both, ours) == [] or merged(both, ours) == both
