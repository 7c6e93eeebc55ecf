"""The table of actions, the screen's methods and the README say the same."""

from __future__ import annotations

import importlib
import inspect
import re
from collections import Counter
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import pytest

from mum_tui.actions import ACTIONS, Action
from mum_tui.keymap import make_keymap
from mum_tui.tui.screen.acts import Acts
from mum_tui.tui.screen.bindings import bindings, key_overrides
from mum_tui.tui.screen.presenter import Presenter
from mum_tui.tui.widgets.detail import DetailPane
from mum_tui.tui.widgets.table import EntryTable
from mum_tui.tui.widgets.tree import SectionTree
from tests.tui.conftest import Start

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
    assert bound.keys() == key_overrides(make_keymap({})).keys()
    assert {re.sub(r"-\d$", "", name or "") for name in bound} == {action.id for action in ACTIONS}
    assert bound["open-link-3"].action == "act('open-link', 3)"


@pytest.mark.parametrize("action", [action.id for action in ACTIONS])
def test_nothing_essential_is_on_keys_that_terminals_take(action: str) -> None:
    # tmux and screen prefixes, flow control, what is tab or backspace or enter in disguise, alt and ctrl+shift.
    taken = {"ctrl+b", "ctrl+a", "ctrl+q", "ctrl+s", "ctrl+i", "ctrl+h", "ctrl+m", "ctrl+p"}
    keys = set(make_keymap({}).keys[action].split(","))
    assert not keys & taken
    assert not any(key.startswith(("alt+", "ctrl+shift+")) for key in keys)


def test_every_picture_of_the_readme_is_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", readme)
    assert pictures
    for picture in pictures:
        assert (ROOT / picture).is_file()


async def test_a_filter_key_builds_each_pane_once(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    built: Counter[str] = Counter()

    def counted(name: str, build: Callable[..., None]) -> Callable[..., None]:
        def counting(*arguments: object, **named: object) -> None:
            built[name] += 1
            build(*arguments, **named)

        return counting

    for pane in (EntryTable, SectionTree, DetailPane):
        monkeypatch.setattr(pane, "show", counted(pane.__name__, pane.show))
    monkeypatch.setattr(Presenter, "show_tally", counted("tally", Presenter.show_tally))
    async with start() as browser:
        await browser.press("slash")
        for key in "segm":
            built.clear()
            before = browser.current
            await browser.press(key)
            assert built == {"EntryTable": 1, "SectionTree": 1, "DetailPane": 1, "tally": 1}, (key, before)


async def test_a_cursor_key_builds_the_details_once_and_nothing_else(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[str] = []

    def noted(name: str, show: Callable[..., None]) -> Callable[..., None]:
        def noting(*arguments: object, **named: object) -> None:
            built.append(name)
            show(*arguments, **named)

        return noting

    for pane in (EntryTable, SectionTree, DetailPane):
        monkeypatch.setattr(pane, "show", noted(pane.__name__, pane.show))
    async with start() as browser:
        built.clear()
        await browser.press("down")
        assert built == ["DetailPane"]


def test_former_ids_still_set_keys() -> None:
    keys = make_keymap({"mark": "x", "glance": "z", "select": "enter,m"})
    assert not keys.problems
    assert (keys.keys["select-entry"], keys.keys["overview"], keys.keys["read"]) == ("x", "z", "enter,m")
    assert not {action.former_id for action in ACTIONS if action.former_id} & {action.id for action in ACTIONS}


def test_an_action_set_under_both_its_ids_is_a_problem() -> None:
    (problem,) = make_keymap({"select-entry": "x", "mark": "y"}, "config.toml", {"mark": 7}).problems
    assert (problem.line, problem.key, problem.message) == (7, "keys.mark", "select-entry sets the same action")


def test_every_test_that_the_page_on_textual_names_exists() -> None:
    named = re.findall(r"`(test_\w+)`", (ROOT / "docs" / "textual.md").read_text(encoding="utf-8"))
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert named
    assert [name for name in named if f"def {name}(" not in tests] == []
