"""The table of actions, the screen's methods and the README say the same."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from mum_tui.actions import ACTIONS, keymap
from mum_tui.tui.screen.main import MainScreen
from mum_tui.tui.screen.pane_screen import bindings, key_overrides

ROOT = Path(__file__).resolve().parents[2]


def test_each_action_has_its_method_and_each_method_its_action() -> None:
    ours = [cls for cls in MainScreen.__mro__ if cls.__module__.startswith("mum_tui")]
    methods = {name.removeprefix("action_") for cls in ours for name in vars(cls) if name.startswith("action_")}
    assert methods == {action.method for action in ACTIONS}


def test_each_action_is_bound_under_its_id() -> None:
    bound = {binding.id: binding for binding in bindings()}
    assert bound.keys() == key_overrides(keymap({})).keys()
    assert {re.sub(r"-\d$", "", name or "") for name in bound} == {action.id for action in ACTIONS}
    assert bound["open-link-3"].action == "open_link(3)"


@pytest.mark.parametrize("action", [action.id for action in ACTIONS])
def test_nothing_essential_is_on_keys_that_terminals_take(action: str) -> None:
    # tmux and screen prefixes, flow control, what is tab or backspace or enter in disguise, alt and ctrl+shift.
    taken = {"ctrl+b", "ctrl+a", "ctrl+q", "ctrl+s", "ctrl+i", "ctrl+h", "ctrl+m", "ctrl+p"}
    keys = set(keymap({}).keys[action].split(","))
    assert not keys & taken
    assert not any(key.startswith(("alt+", "ctrl+shift+")) for key in keys)


def test_the_readme_has_the_keys_of_the_program() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_readme.py"), run_name="not main")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert made["with_table"](readme) == readme
    assert "| `b` | Bookmark |" in readme


def test_every_picture_of_the_readme_is_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", readme)
    assert pictures
    for picture in pictures:
        assert (ROOT / picture).is_file()
