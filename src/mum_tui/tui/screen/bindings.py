"""Makes Textual's bindings from the table of actions; all of them call ``MainScreen.action_act``."""

from __future__ import annotations

from collections.abc import Iterator

from textual.binding import Binding

from mum_tui.actions import ACTIONS
from mum_tui.keymap import UNBOUND, Keymap


def bindings() -> Iterator[Binding]:
    """A binding for each action; for a numbered action, one for each key."""
    for action in ACTIONS:
        if action.numbered:
            for number, key in enumerate(action.keys.split(","), 1):
                call = f"act('{action.id}', {number})"
                yield Binding(key, call, action.title, show=False, id=f"{action.id}-{number}")
        else:
            first = action.moves_focus
            yield Binding(action.keys, f"act('{action.id}')", action.title, show=False, id=action.id, priority=first)


def key_overrides(keymap: Keymap) -> dict[str, str]:
    """The keys of all actions, by id of their bindings."""
    overrides: dict[str, str] = {}
    for action in ACTIONS:
        keys = keymap.keys[action.id]
        if action.numbered:
            overrides.update({f"{action.id}-{number}": key for number, key in enumerate(keys.split(","), 1)})
        else:
            # Textual would use the default for an empty text.
            overrides[action.id] = keys or UNBOUND
    return overrides
