"""The keys of the actions: the default keys, overridden by the user's."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from mum_tui import key_names
from mum_tui.actions import ACTIONS, BY_ID, Action, Group
from mum_tui.problems import ERROR, Problem, did_you_mean
from mum_tui.text import clean

_PRESENT_IDS = {action.former_id: action.id for action in ACTIONS if action.former_id}

_LABELS = {
    "question_mark": "?",
    "slash": "/",
    "greater_than_sign": ">",
    "asterisk": "*",
    "apostrophe": "'",
    "equals_sign": "=",
    "number_sign": "#",
    "semicolon": ";",
    "colon": ":",
    "vertical_line": "|",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "plus": "+",
    "minus": "-",
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "unbound": "",
    # Enter arrives as this when it was typed before the program took over the terminal.
    "ctrl+j": "",
}
_CHARACTERS = frozenset(key_names.of_character(character) for character in "?/*'=#+->;:|[]") | {"space"}

UNBOUND = "unbound"
"""The key of an action whose key another action has taken; no terminal sends it."""

ESSENTIAL = ("quit", "help")
"""Actions that must keep a key."""


class Keymap(Struct, frozen=True):
    """The keys of each action by its id, and the problems of the overrides."""

    keys: Mapping[str, str]
    problems: tuple[Problem, ...] = ()

    def action_of(self, written: str) -> Action | None:
        """The action with this id, or with this former id; None if there is none."""
        return BY_ID.get(_PRESENT_IDS.get(written, written))

    def has(self, key: str) -> bool:
        """Whether an action has this key."""
        return any(key in keys.split(",") for keys in self.keys.values())

    def shown(self, action: Action) -> str:
        """The keys of an action as labels on a keyboard: ``? f1``; the nine digits as ``1…9``."""
        names = [key.strip() for key in self.keys[action.id].split(",")]
        if action.numbered and names == list("123456789"):
            return "1…9"
        return " ".join(filter(None, (_LABELS.get(name, name) for name in names)))

    def hint(self, action: Action, typing: bool) -> str:
        """The key that a line of hints names for an action; while ``typing``, one that types no character."""
        if typing:
            names = (key.strip() for key in self.keys[action.id].split(","))
            fitting = [name for name in names if len(name) > 1 and name not in _CHARACTERS]
            return _LABELS.get(fitting[0], fitting[0]) if fitting else ""
        return self.shown(action).partition(" ")[0]


PALETTE_KEY = "ctrl+p"
"""The key of Textual's command palette, which acts before those of actions."""


def make_keymap(overrides: Mapping[str, str], file: str = "", lines: Mapping[str, int] | None = None) -> Keymap:
    """The default keys with the user's own on top.

    An override that cannot be used is a problem and changes nothing: an unknown action, a name that is no key, a key
    that an earlier override has taken. An action left without a key by that keeps its default keys. ``quit`` and
    ``help`` always have a key. Overrides may use former ids.

    Args:
        overrides: key names, separated by commas or spaces, by action id.
        file: the file of the overrides, for problems.
        lines: the line of each override in that file.
    """
    merge = _Merge(file, lines or {})
    keys = merge.without_clashes(merge.usable_keys(overrides))
    return Keymap({identifier: ",".join(keys[identifier]) for identifier in BY_ID}, tuple(merge.problems))


class _Merge:
    """Puts the user's keys over the defaults, and collects the problems."""

    def __init__(self, file: str, lines: Mapping[str, int]) -> None:
        self._file = file
        self._lines = lines
        self._written: dict[str, str] = {}
        self.problems: list[Problem] = []

    def _problem(self, identifier: str, message: str, hint: str = "") -> None:
        written = self._written.get(identifier, identifier)
        line = self._lines.get(written, 0)
        self.problems.append(Problem(self._file, line, f"keys.{written}", message, hint, ERROR))

    def usable_keys(self, overrides: Mapping[str, str]) -> dict[str, list[str]]:
        """The user's keys, by current action id."""
        user_keys: dict[str, list[str]] = {}
        for written, wanted in overrides.items():
            identifier = _PRESENT_IDS.get(written, written)
            if identifier not in BY_ID:
                swapped = f'did you mean {clean(wanted)} = "{clean(written)}"?' if wanted in BY_ID else ""
                hint = swapped or did_you_mean(written, BY_ID) or "mum-tui keys lists them"
                self._problem(written, "no such action", hint)
            elif identifier in user_keys:
                self._problem(written, f"{self._written[identifier]} sets the same action")
            elif names := self._usable(written, wanted):
                user_keys[identifier] = names
                self._written[identifier] = written
        return user_keys

    def _usable(self, written: str, wanted: str) -> list[str]:
        """The keys of an override, under Textual's names, each once."""
        names: list[str] = []
        for name in key_names.split(wanted):
            try:
                key = key_names.normalised(name)
            except key_names.UnknownKey as unknown:
                self._problem(written, f'there is no key "{clean(name)}"', unknown.hint)
                continue
            if key == PALETTE_KEY:
                self._problem(written, f"the key {key} always finds commands", "choose another key")
            else:
                names.append(key)
        if not key_names.split(wanted):
            self._problem(written, "names no key")
        return list(dict.fromkeys(names))

    def without_clashes(self, user_keys: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """The keys of each action, no key with two actions; the user's ``user_keys`` keys go before the defaults."""
        keys: dict[str, list[str]] = {}
        owners: dict[str, str] = {}
        for identifier, names in user_keys.items():
            for name in names:
                owner = owners.setdefault(name, identifier)
                if owner != identifier:
                    self._problem(identifier, f"the key {_LABELS.get(name, name)} already belongs to {owner}")
            keys[identifier] = [name for name in names if owners[name] == identifier]
        for action in ACTIONS:
            if not keys.get(action.id):
                names = action.keys.split(",")
                free = [name if owners.setdefault(name, action.id) == action.id else UNBOUND for name in names]
                # The other keys of a numbered action keep their numbers.
                keys[action.id] = free if action.numbered else [name for name in free if name != UNBOUND]
        for identifier in (*ESSENTIAL, *ESSENTIAL):  # twice: the first round may take one's last key for the other
            if not keys[identifier]:
                self._give_back(identifier, keys)
        return keys

    def _give_back(self, identifier: str, keys: dict[str, list[str]]) -> None:
        """Give an action its first default key back, and take it from the action that has it now."""
        name = BY_ID[identifier].keys.split(",")[0]
        for owner, names in keys.items():
            if name in names:
                self._problem(owner, f"takes the last key of {identifier}", f"give {identifier} another key")
                names.remove(name)
        keys[identifier] = [name]


def keys_by_group(keys: Keymap) -> list[tuple[str, list[tuple[str, Action]]]]:
    """For help and documentation: each group with its actions and their keys."""
    groups: dict[str, list[tuple[str, Action]]] = {group.value: [] for group in Group}
    for action in ACTIONS:
        groups[action.group].append((keys.shown(action), action))
    return list(groups.items())
