"""The table of actions, and the user's own keys on top of it."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui.actions import ACTIONS, BY_ID
from mum_tui.keymap import UNBOUND, keys_by_group, make_keymap
from mum_tui.problems import ERROR, Problem
from mum_tui.tui.model.hints import HINTS
from tests.examples import examples


def split(keys: str) -> list[str]:
    return [key for key in keys.split(",") if key]


def test_ids_are_unique_and_well_formed() -> None:
    assert len(BY_ID) == len(ACTIONS)
    for action in ACTIONS:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", action.id)
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", action.handler)


def test_titles_are_unique_and_helps_are_sentences() -> None:
    assert len({action.title for action in ACTIONS}) == len(ACTIONS)
    for action in ACTIONS:
        assert action.title[0].isupper()
        assert action.help[0].isupper()
        assert action.help.endswith(".")


def test_no_default_key_belongs_to_two_actions() -> None:
    counts = Counter(key for action in ACTIONS for key in action.keys.split(","))
    assert [key for key, count in counts.items() if count > 1] == []
    assert "" not in counts


def test_without_overrides_the_defaults_are_in_force() -> None:
    found = make_keymap({})
    assert found.problems == ()
    assert found.keys == {action.id: action.keys for action in ACTIONS}


@pytest.mark.parametrize(
    ("wanted", "keys"),
    [
        ("m", "m"),
        ("m,ctrl+b", "m,ctrl+b"),
        (" m , M ", "m,M"),
        ("m,", "m"),
        (",m", "m"),
        ("?", "question_mark"),
        ("/,*", "slash,asterisk"),
        ("esc", "escape"),
        ("space", "space"),
        ("#", "number_sign"),
    ],
)
def test_an_override_replaces_all_keys_of_its_action(wanted: str, keys: str) -> None:
    found = make_keymap({"bookmark": wanted})
    assert found.problems == ()
    assert found.keys["bookmark"] == keys


def test_an_override_takes_its_key_from_the_default() -> None:
    found = make_keymap({"bookmark": "j,s,B"})
    assert found.problems == ()
    assert found.keys["bookmark"] == "j,s,B"
    assert found.keys["cursor-down"] == BY_ID["cursor-down"].keys.replace(",j", "")
    assert found.keys["sort"] == ""
    unchanged = set(BY_ID) - {"bookmark", "cursor-down", "sort"}
    assert {one: found.keys[one] for one in unchanged} == {one: BY_ID[one].keys for one in unchanged}


def test_the_key_of_the_palette_cannot_be_taken() -> None:
    found = make_keymap({"quit": "ctrl+p", "bookmark": "Ctrl+P,m"}, "config.toml", {"quit": 2, "bookmark": 3})
    assert (found.keys["quit"], found.keys["bookmark"]) == (BY_ID["quit"].keys, "m")
    assert [str(problem) for problem in found.problems] == [
        f"config.toml:{line}: keys.{name}: the key ctrl+p always finds commands (choose another key)"
        for line, name in ((2, "quit"), (3, "bookmark"))
    ]


def test_the_name_of_an_action_is_told_in_one_clean_line() -> None:
    found = make_keymap({"\x1b]2;x\x07": "x", "a\nforged": "y"}, "config\x1b.toml")
    for problem in found.problems:
        assert "\n" not in str(problem)
        assert "\x1b" not in str(problem)


def test_two_overrides_may_swap_keys() -> None:
    found = make_keymap({"copy": "y", "copy-link": "c"})
    assert found.problems == ()
    assert (found.keys["copy"], found.keys["copy-link"]) == ("y", "c")


@pytest.mark.parametrize(("first", "second"), [("bookmark", "help"), ("help", "bookmark"), ("open", "quit")])
def test_of_two_overrides_with_one_key_the_later_is_a_problem(first: str, second: str) -> None:
    found = make_keymap({first: "x,f5", second: "x,f6"}, "config.toml", {first: 3, second: 7})
    assert found.problems == (
        Problem("config.toml", 7, f"keys.{second}", f"the key x already belongs to {first}", "", ERROR),
    )
    assert (found.keys[first], found.keys[second]) == ("x,f5", "f6")


def test_an_override_that_lost_all_its_keys_leaves_the_default() -> None:
    found = make_keymap({"bookmark": "x", "rate": "x", "note": "nokey"})
    assert [problem.key for problem in found.problems] == ["keys.note", "keys.rate"]
    assert (found.keys["rate"], found.keys["note"]) == (BY_ID["rate"].keys, BY_ID["note"].keys)


@pytest.mark.parametrize(
    "overrides",
    [
        {"bookmark": "q"},
        {"quit": "nokey"},
        {"quit": "Q", "bookmark": "Q,q"},
        {"quit": "x", "help": "x,q"},
        {"help": "q", "bookmark": "f1", "rate": "?"},
        {"quit": "?", "bookmark": "f1,q"},
        {"quit": ""},
    ],
)
def test_quit_and_help_always_have_a_key(overrides: dict[str, str]) -> None:
    keys = make_keymap(overrides).keys
    assert keys["quit"]
    assert keys["help"]


def test_a_clash_is_told_in_the_keys_a_reader_knows() -> None:
    (problem,) = make_keymap({"help": "?", "quit": "question_mark"}).problems
    assert problem.message == "the key ? already belongs to help"


@pytest.mark.parametrize(
    ("identifier", "hint"),
    [
        ("bookmrk", "did you mean bookmark?"),
        ("cursor_down", "did you mean cursor-down?"),
        ("Quit", "did you mean quit?"),
        ("zzzzzzz", "mum-tui keys lists them"),
    ],
)
def test_an_unknown_action_is_a_problem_with_the_nearest_one(identifier: str, hint: str) -> None:
    found = make_keymap({identifier: "x"}, "config.toml", {identifier: 4})
    assert found.problems == (Problem("config.toml", 4, f"keys.{identifier}", "no such action", hint, ERROR),)
    assert found.keys == make_keymap({}).keys


@pytest.mark.parametrize("wanted", ["", " ", ",", " , ,"])
def test_an_override_without_a_key_is_a_problem(wanted: str) -> None:
    found = make_keymap({"bookmark": wanted})
    assert [problem.message for problem in found.problems] == ["names no key"]
    assert found.keys["bookmark"] == BY_ID["bookmark"].keys


@examples(100)
@given(
    st.dictionaries(
        st.sampled_from([*BY_ID, "unknown"]),
        st.lists(st.sampled_from(["q", "b", "x", "?", "question_mark", "ctrl+d", "j", ""]), max_size=3).map(",".join),
        max_size=6,
    )
)
def test_whatever_is_overridden_no_key_has_two_actions(overrides: dict[str, str]) -> None:
    found = make_keymap(overrides)
    assert found.keys.keys() == BY_ID.keys()
    owners: dict[str, set[str]] = {}
    for identifier, keys in found.keys.items():
        for key in split(keys):
            owners.setdefault(key, set()).add(identifier)
    assert all(len(having) == 1 for having in owners.values())
    if not found.problems:
        for identifier in overrides:
            assert found.keys[identifier]


def test_a_key_that_was_lost_to_nobody_is_not_lost() -> None:
    found = make_keymap({"bookmark": "x"})
    assert "b" not in {key for keys in found.keys.values() for key in split(keys)}
    assert found.keys["help"] == BY_ID["help"].keys


@pytest.mark.parametrize(
    ("identifier", "overrides", "shown"),
    [
        ("help", {}, "? f1"),
        ("filter", {}, "/"),
        ("back", {}, "esc"),
        ("cursor-down", {}, "↓ j"),
        ("open-link", {}, "1…9"),
        ("open-link", {"quit": "1"}, "2 3 4 5 6 7 8 9"),
        ("quit", {"bookmark": "q"}, "q"),
        ("help", {"help": "f1,?"}, "f1 ?"),
    ],
)
def test_keys_are_shown_as_a_reader_knows_them(identifier: str, overrides: dict[str, str], shown: str) -> None:
    assert make_keymap(overrides).shown(BY_ID[identifier]) == shown


def test_the_table_has_every_action_once_and_no_empty_group() -> None:
    found = make_keymap({})
    groups = keys_by_group(found)
    rows = [row for _, rows in groups for row in rows]
    assert sorted(rows) == sorted((found.shown(action), action) for action in ACTIONS)
    assert len({group for group, _ in groups}) == len(groups)
    for group, having in groups:
        assert having
        assert [action for _, action in having] == [action for action in ACTIONS if action.group == group]


def test_the_table_shows_the_users_keys() -> None:
    rows = [row for _, rows in keys_by_group(make_keymap({"bookmark": "m"})) for row in rows]
    assert [keys for keys, action in rows if action.id == "bookmark"] == ["m"]


@pytest.mark.parametrize("essential", ["quit", "help"])
def test_the_last_key_of_quit_and_help_cannot_be_taken(essential: str) -> None:
    keys = BY_ID[essential].keys
    (problem,) = make_keymap({"bookmark": keys}).problems
    assert problem.key == "keys.bookmark"
    assert problem.message == f"takes the last key of {essential}"
    assert not make_keymap({"bookmark": keys, essential: "x"}).problems


def test_a_number_that_is_taken_leaves_the_others_their_links() -> None:
    found = make_keymap({"bookmark": "3"}).keys["open-link"].split(",")
    assert found == ["1", "2", UNBOUND, "4", "5", "6", "7", "8", "9"]


def test_hints_name_actions_that_exist_each_once_in_every_place() -> None:
    for place, hints in HINTS.items():
        names = [identifier for identifier, _ in hints]
        assert set(names) <= BY_ID.keys(), place
        assert len(set(names)) == len(names), place


@pytest.mark.parametrize(
    ("overrides", "in_a_pane", "typing"),
    [
        ({}, "?", "f1"),
        ({"help": "h"}, "h", ""),
        ({"help": "?,>,space,ctrl+g"}, "?", "ctrl+g"),
    ],
)
def test_no_hint_names_a_key_that_would_be_typed(overrides: dict[str, str], in_a_pane: str, typing: str) -> None:
    keys = make_keymap(overrides)
    assert keys.hint(BY_ID["help"], typing=False) == in_a_pane
    assert keys.hint(BY_ID["help"], typing=True) == typing
