"""The table of actions, the screen's methods and the README say the same."""

from __future__ import annotations

import importlib
import inspect
import re
import runpy
from functools import cached_property
from pathlib import Path

import pytest

from mum_tui.actions import ACTIONS, Action, keymap
from mum_tui.tui.screen.acts import Acts
from mum_tui.tui.screen.bindings import bindings, key_overrides

ROOT = Path(__file__).resolve().parents[2]


ACTS = {name: value for name, value in vars(Acts).items() if isinstance(value, cached_property)}
"""What handlers name before the dot."""


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_each_action_has_a_handler_that_can_be_called_as_the_dispatcher_does(action: Action) -> None:
    group, _, method = action.handler.partition(".")
    handler = getattr(made_by(group), method)
    signature = inspect.signature(handler)
    assert len(signature.parameters) == 1 + action.numbered
    assert inspect.getdoc(handler)


def made_by(group: str) -> type:
    """The class of the object that a group of acts is."""
    returned = ACTS[group].func.__annotations__["return"]
    made = vars(importlib.import_module(f"mum_tui.tui.screen.{group}"))[returned]
    assert isinstance(made, type)
    return made


def test_each_public_method_of_acts_carries_out_an_action_or_is_called() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/mum_tui/tui").rglob("*.py"))
    handlers = {action.handler for action in ACTIONS}
    for group in ACTS:
        for name, value in vars(made_by(group)).items():
            if not name.startswith("_") and inspect.isfunction(value) and f"{group}.{name}" not in handlers:
                assert re.search(rf"\.{name}\b", source.replace(f"def {name}", "")), f"{group}.{name} is never called"


def test_each_action_is_bound_under_its_id() -> None:
    bound = {binding.id: binding for binding in bindings()}
    assert bound.keys() == key_overrides(keymap({})).keys()
    assert {re.sub(r"-\d$", "", name or "") for name in bound} == {action.id for action in ACTIONS}
    assert bound["open-link-3"].action == "act('open-link', 3)"


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
