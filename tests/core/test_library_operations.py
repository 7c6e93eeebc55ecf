"""Changes: what each does to an entry, what takes it back, and that undoing at random ends where the model says."""

from __future__ import annotations

import copy
import shlex
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mum_tui.annotation import Annotation
from mum_tui.library import operations as ops
from mum_tui.library.history import CHARACTERS_OF_ONE, MOST_CHANGES, History, Step
from mum_tui.library.library import Library
from mum_tui.library.operations import NOTE, Change
from mum_tui.library.outcomes import Saved
from mum_tui.reading_status import STATUSES
from tests.examples import examples

IDS = ["a", "b", "c"]
FIELDS = ["bookmarked", "status", "note", "rating", "tag:x", "tag:y"]

_values = {
    "bookmarked": st.booleans(),
    "status": st.sampled_from([None, *STATUSES]),
    "note": st.sampled_from([None, "one", "two\nlines"]),
    "rating": st.sampled_from([None, 1, 5]),
    "tag:x": st.booleans(),
    "tag:y": st.booleans(),
}
changes = st.sampled_from(FIELDS).flatmap(
    lambda field: st.builds(Change, st.sampled_from(IDS), st.just(field), _values[field], st.just("Title"))
)


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ({}, Change("a", "status", "read", at="T"), {"status": "read", "changed": {"status": "T"}}),
        ({}, Change("a", "rating", 3, at=""), {"rating": 3}),
        ({"x": 1}, Change("a", "rating", 3, at=""), {"rating": 3, "x": 1}),
        ({}, Change("a", "tag:t", True, at="T"), {"tags": {"t": "T"}}),
        ({"tags": ["u"]}, Change("a", "tag:t", True, at="T"), {"tags": {"u": "", "t": "T"}}),
        ({"tags": {"t": "T"}}, Change("a", "tag:t", False, at="U"), None),
        ({"tags": {"t": "T"}, "x": 1}, Change("a", "tag:t", False, at="U"), {"x": 1}),
        (
            {"tags": {"t": "T"}, "note": "n"},
            Change("a", "tag:t", False, at="U"),
            {"note": "n", "changed": {"tag:t": "U"}},
        ),
        (
            {"bookmarked": "T", "note": "n"},
            Change("a", "bookmarked", False, at="U"),
            {"note": "n", "changed": {"bookmarked": "U"}},
        ),
        ({"status": "read", "changed": {"status": "T"}}, Change("a", "status", None, at="U"), None),
        (
            {"status": "read", "changed": {"status": "T"}},
            Change("a", "status", "read", at="U"),
            {"status": "read", "changed": {"status": "T"}},
        ),
        (
            {"status": ["odd"]},
            Change("a", "status", "read", at=""),
            {"status": "read", "unreadable": {"status": ["odd"]}},
        ),
        ({"tags": 7}, Change("a", "tag:t", True, at=""), {"tags": {"t": ""}, "unreadable": {"tags": 7}}),
        (
            {"note": "n", "changed": "odd"},
            Change("a", "rating", 1, at="T"),
            {"note": "n", "rating": 1, "changed": {"rating": "T"}, "unreadable": {"changed": "odd"}},
        ),
        ({}, Change("a", "key:later", [1], at=""), {"later": [1]}),
    ],
)
def test_what_a_change_does(before: Any, change: Change, after: Any) -> None:
    entries = {"a": before} if before else {}
    untouched = copy.deepcopy(before)
    for _ in range(2):  # twice is once
        assert ops.apply(entries, change)
        assert entries.get("a") == after
    assert before == untouched


def test_a_change_that_expects_something_else_is_not_made() -> None:
    entries: dict[str, Any] = {"a": {"status": "reading"}}
    assert not ops.apply(entries, Change("a", "status", None, expected="read"))
    assert not ops.apply(entries, Change("b", "bookmarked", True, expected=True, at=""))
    assert entries["a"] == {"status": "reading"}
    assert ops.apply(entries, Change("a", "status", "read", at="", expected="reading"))
    assert entries["a"]["status"] == "read"


@examples(300)
@given(st.lists(changes, max_size=8), changes)
def test_the_inverse_takes_any_change_back(before: list[Change], change: Change) -> None:
    entries: dict[str, Any] = {}
    for one in before:
        ops.apply(entries, ops.stamped(entries, one))
    was = {key: ops.read(key, raw) for key, raw in entries.items()}
    change = ops.stamped(entries, change)
    back = ops.inverse(entries, change)
    assert ops.apply(entries, change)
    assert ops.current(entries.get(change.id), change.field) == change.value
    assert ops.apply(entries, back)
    assert {key: _told(ops.read(key, raw)) for key, raw in entries.items()} == {
        key: _told(item) for key, item in was.items()
    }


def _told(item: Annotation | None) -> Any:
    """An entry without the dates of what it no longer has, which go with its last field."""
    if item is None:
        return None
    held = {"status": item.status, "note": item.note, "rating": item.rating}
    dates = {field: item.changed.get(field) for field, value in held.items() if value}
    return item.bookmarked, held, dict(item.tags), dates


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("note", "  \n ", None),
        ("note", "\n a\r\nb\n", " a\nb"),
        ("note", "x\x1b[31m", "x\ufffd[31m"),
        ("status", "read", "read"),
        ("bookmarked", 1, True),
        ("rating", None, None),
    ],
)
def test_values_are_put_into_form(field: str, value: Any, kept: Any) -> None:
    assert ops.checked(field, value) == kept


@pytest.mark.parametrize(
    ("field", "value"), [("status", "done"), ("status", ""), ("rating", 0), ("rating", 6), ("rating", True)]
)
def test_values_a_field_cannot_have_are_refused(field: str, value: Any) -> None:
    with pytest.raises(ValueError, match="is"):
        ops.checked(field, value)


@pytest.mark.parametrize(
    ("name", "field"),
    [("#liver", "tag:liver"), (" to  cite ", "tag:to-cite"), ("é医", "tag:é医"), ("👩\u200d⚕\ufe0f", "tag:👩⚕")],
)
def test_tags_are_words(name: str, field: str) -> None:
    assert ops.tag_field(name) == field


@pytest.mark.parametrize("name", ["", "#", "  ", "a\x00b", "x" * 61])
def test_what_is_no_tag(name: str) -> None:
    with pytest.raises(ValueError, match="a tag is a word"):
        ops.tag_field(name)


def test_a_clock_that_goes_back_dates_nothing_before_what_it_follows() -> None:
    entries: dict[str, Any] = {"a": {"status": "read", "changed": {"status": "2999-01-01T00:00:00Z"}}}
    assert ops.stamped(entries, Change("a", "status", None)).at == "2999-01-01T00:00:00Z"
    entries["a"]["changed"]["status"] = "zzz"
    assert str(ops.stamped(entries, Change("a", "status", None)).at)[0] in "12"


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ([Change("a", "bookmarked", True, "A title")], "bookmark of A title"),
        ([Change("a", "bookmarked", False, "A title")], "removal of the bookmark of A title"),
        ([Change(name, "status", "read") for name in "abcdef"], "status read on 6 entries"),
        ([Change("a", "tag:x", True), Change("b", "tag:x", True)], "tag x on 2 entries"),
        ([Change("a", "tag:x", False)], "removal of tag x of a"),
        ([Change("a", "note", "text"), Change("a", "rating", 4)], "2 changes of a"),
        ([Change("a", "rating", None)], "removal of the rating of a"),
    ],
)
def test_a_step_in_words(made: list[Change], words: str) -> None:
    assert Step(tuple(made)).words == words


@pytest.mark.parametrize(
    ("change", "command"),
    [
        (Change("a b", "status", None), ["status", "a b", "none"]),
        (Change("a", "rating", 4), ["rate", "a", "4"]),
        (Change("a", "note", "it's\n$x"), ["note", "a", "--text", "it's\n$x"]),
        (Change("a", "note", None), ["note", "a", "--text", ""]),
        (Change("a", "tag:x;y", False), ["tag", "remove", "x;y", "a"]),
    ],
)
def test_a_change_as_a_command(change: Change, command: list[str]) -> None:
    assert shlex.split(ops.command(change)) == ["mum-tui", *command]


class Undoing(RuleBasedStateMachine):
    """A library against a list of states: every undo and redo ends where the model says, on screen and in the file."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "library.json"
        self.library = Library(self.path)
        self.states: list[Any] = [self.shown()]
        self.place = 0

    def shown(self) -> Any:
        return {key: _told(item) for key, item in self.library.annotations.items()}

    @rule(made=st.lists(changes, min_size=1, max_size=4))
    def change(self, made: list[Change]) -> None:
        if self.library.change(*made).changes:
            del self.states[self.place + 1 :]
            self.states.append(self.shown())
            self.place += 1
            assert self.library.redo() is None

    @precondition(lambda self: self.place > 0)
    @rule()
    def undo(self) -> None:
        done = self.library.undo()
        assert done is not None
        assert done.skipped == ()
        assert done.step.words
        self.place -= 1

    @precondition(lambda self: self.place + 1 < len(self.states))
    @rule()
    def redo(self) -> None:
        done = self.library.redo()
        assert done is not None
        assert done.skipped == ()
        self.place += 1

    @precondition(lambda self: self.place == 0)
    @rule()
    def nothing_to_undo(self) -> None:
        assert self.library.undo() is None

    @rule()
    def save(self) -> None:
        assert self.library.save() == Saved()
        fresh = Library(self.path)
        assert {key: _told(item) for key, item in fresh.annotations.items()} == self.states[self.place]

    @invariant()
    def agrees(self) -> None:
        if hasattr(self, "states"):
            assert self.shown() == self.states[self.place]
            assert self.library.bookmarks == {k: v for k, v in self.library.annotations.items() if v.bookmarked}

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()


UndoingTest = Undoing.TestCase
UndoingTest.settings = settings(
    max_examples=15, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.mark.slow
def test_five_hundred_random_steps_equal_the_model() -> None:
    class Longer(Undoing):
        pass

    case = Longer.TestCase
    case.settings = settings(
        max_examples=20, stateful_step_count=500, deadline=None, suppress_health_check=list(HealthCheck)
    )
    case("runTest").runTest()


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("A short one", "bookmark of A short one"),
        ("", "bookmark of a"),
        ("x" * 60, "bookmark of " + "x" * 60),
        ("x " * 40, "bookmark of " + "x " * 29 + "x…"),
    ],
)
def test_a_step_is_told_in_one_line(title: str, said: str) -> None:
    assert Step((Change("a", "bookmarked", True, title=title),)).words == said


def test_the_oldest_steps_are_forgotten_when_there_are_too_many_changes() -> None:
    history = History()
    change = Change("a", "rating", 1)
    for number in range(5):
        history.record(Step((change,) * (MOST_CHANGES // 2 + number), (change,) * (MOST_CHANGES // 2 + number)))
    undone = []
    while (step := history.take_undo()) is not None:
        undone.append(len(step.changes))
    assert undone == [MOST_CHANGES // 2 + 4]
    history.record(Step((change,) * (2 * MOST_CHANGES), (change,) * (2 * MOST_CHANGES)))
    assert history.take_undo() is not None  # the last one always can be
    for _ in range(MOST_CHANGES + 5):
        history.record(Step((change,), (change,)))
    assert sum(1 for _ in iter(history.take_undo, None)) == MOST_CHANGES


def test_long_notes_given_to_many_entries_do_not_fill_the_memory() -> None:
    history = History()
    for number in range(40):
        changes = tuple(Change(f"e{row}", NOTE, f"{row} " * 2_000) for row in range(50))
        history.record(Step(changes, tuple(Change(change.id, NOTE, number) for change in changes)))
    kept = [*iter(history.take_undo, None)]
    characters = sum(len(str(change.value)) for step in kept for change in step.changes)
    assert 1 < len(kept) < 40
    assert characters <= MOST_CHANGES * CHARACTERS_OF_ONE
