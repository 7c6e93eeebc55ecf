"""The one table of everything a user can do in the browser.

Bindings, the help, the command palette, the README's key table, ``mum-tui keys`` and
key overrides all come from here. A new act is one row in ``ACTIONS`` and one method ``action_…`` of the same
name on the main screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from mum_tui import key_names
from mum_tui.problems import ERROR, Problem, did_you_mean
from mum_tui.text import clean

MOVE = "Move"
FIND = "Find"
MARK = "Mark"
ACT = "On the marked entries, or the current one"
KEEP = "What you keep"
PROGRAM = "Program"


class Action(Struct, frozen=True):
    """Something a user can do.

    Args:
        id: stable name, for key overrides; the method is ``action_`` and this with underscores.
        keys: Textual key names, separated by commas.
        title: what it is called in the command palette and in the help.
        help: one more sentence.
        group: heading in the help.
        numbered: the method takes the pressed digit.
        moves_focus: it decides which widget the next key goes to, so it is carried out before that key is
            looked at. Over a slow line several keys arrive at once.
    """

    id: str
    keys: str
    title: str
    help: str
    group: str
    numbered: bool = False
    moves_focus: bool = False

    @property
    def method(self) -> str:
        """The action's name for Textual: ``open_link``."""
        return self.id.replace("-", "_")


ACTIONS: tuple[Action, ...] = (
    Action("help", "question_mark,f1", "Help", "List all keys.", PROGRAM),
    Action("quit", "q", "Quit", "Leave mum-tui.", PROGRAM),
    Action("suspend", "ctrl+z", "Suspend", "Back to the shell; fg returns here.", PROGRAM),
    Action("theme", "f2", "Light or dark", "Change between the light and the dark theme.", PROGRAM),
    Action("cursor-down", "down,j", "Down", "One line down.", MOVE),
    Action("cursor-up", "up,k", "Up", "One line up.", MOVE),
    Action("first", "home,g", "First", "To the first line.", MOVE),
    Action("last", "end,G", "Last", "To the last line.", MOVE),
    Action("half-page-down", "ctrl+d", "Half a page down", "Half a page down.", MOVE),
    Action("half-page-up", "ctrl+u", "Half a page up", "Half a page up.", MOVE),
    Action("page-down", "pagedown", "Page down", "A page down.", MOVE),
    Action("page-up", "pageup", "Page up", "A page up.", MOVE),
    Action("fold", "left", "Fold", "In the sections: fold what is open, or go to what this belongs to.", MOVE),
    Action("unfold", "right", "Unfold", "In the sections: open what is folded, or go to what is below it.", MOVE),
    Action("next-pane", "tab", "Next pane", "From the sections to the entries to the details.", MOVE, moves_focus=True),
    Action("previous-pane", "shift+tab", "Previous pane", "The other way round.", MOVE, moves_focus=True),
    Action(
        "select",
        "enter,ctrl+j",
        "Read or choose",
        "Read the entry on the whole screen; in the sections, choose.",
        MOVE,
        moves_focus=True,
    ),
    Action(
        "back",
        "escape",
        "Step back",
        "Leave the filter box, then clear it, then return to the entries.",
        MOVE,
        moves_focus=True,
    ),
    Action(
        "filter",
        "slash",
        "Filter",
        "Narrow the entries by words from anywhere in them.",
        FIND,
        moves_focus=True,
    ),
    Action("searches", "apostrophe", "Searches", "Choose a saved search or an earlier query, or save this one.", FIND),
    Action("related", "l", "Related entries", "List the entries that belong to this one, and go to one.", FIND),
    Action("walk-back", "backspace,h", "Back", "Return to where you followed a related entry from.", FIND),
    Action("walk-forward", "greater_than_sign", "Forward", "Go again where you came back from.", FIND),
    Action("glance", "a", "The field at a glance", "Count the entries shown by year, task and dataset.", FIND),
    Action("sort", "s", "Sort by the next column", "Year, title, authors, venue, bookmarks.", FIND),
    Action("reverse-sort", "S", "Reverse the order", "Turn the order of the entries round.", FIND),
    Action("tree", "t", "Sections on or off", "Show or hide the sections.", FIND),
    Action("grow-pane", "plus", "Larger pane", "Give the pane you are in more room.", FIND),
    Action("shrink-pane", "minus", "Smaller pane", "Give the other pane more room.", FIND),
    Action("reset-panes", "0", "Panes as they were", "Let the size of the terminal decide again.", FIND),
    Action(
        "mark", "space", "Mark", "Mark the current entry and go to the next; in the sections, fold or choose.", MARK
    ),
    Action("mark-all", "asterisk", "Mark all", "Mark all entries shown.", MARK),
    Action("unmark-all", "U", "Unmark all", "Take all marks away.", MARK),
    Action("compare", "equals_sign", "Compare", "Set the marked entries side by side.", MARK),
    Action("open", "o", "Open", "Open the main link in the browser.", ACT),
    Action("choose-link", "O", "Choose a link", "List all links; open or copy one.", ACT),
    Action("open-link", "1,2,3,4,5,6,7,8,9", "Open link 1 to 9", "Open the link with this number.", ACT, numbered=True),
    Action("copy", "c", "Copy citation", "Copy the citation in the chosen format.", ACT),
    Action("choose-format", "C", "Choose the citation format", "Choose a format and copy in it.", ACT),
    Action("prefer-preprint", "p", "Cite preprints or not", "Cite the preprint instead of the published version.", ACT),
    Action("copy-link", "y", "Copy link", "Copy the main link.", ACT),
    Action("show-copied", "v", "Show what was copied", "Show the text last copied, to select it by mouse.", ACT),
    Action("export", "e", "Export", "Write the marked entries, or all shown, into a file.", ACT),
    Action("bookmark", "b", "Bookmark", "Set or remove the bookmark.", ACT),
    Action("status", "r", "Reading status", "Go on to the next: ○ to read, ◐ reading, ● read, none.", ACT),
    Action("rate", "R", "Rate", "Give one to five stars, or take them back.", ACT),
    Action("note", "n", "Note", "Write what you think of it; several get the text added.", ACT),
    Action("tags", "number_sign", "Tags", "Give or take tags of your own.", ACT),
    Action("undo", "u", "Undo", "Take back the last change of what you keep.", KEEP),
    Action("redo", "ctrl+r", "Redo", "Make again what was just taken back.", KEEP),
)

BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}

_SHOWN = {
    "question_mark": "?",
    "slash": "/",
    "greater_than_sign": ">",
    "asterisk": "*",
    "apostrophe": "'",
    "equals_sign": "=",
    "number_sign": "#",
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
    # Enter as it arrives when it was typed before the program took over the terminal.
    "ctrl+j": "",
}
_CHARACTERS = frozenset(key_names.of_character(character) for character in "?/*'=#+->") | {"space"}

UNBOUND = "unbound"
"""In the place of a key that another action has taken; no terminal sends it."""

ESSENTIAL = ("quit", "help")
"""Actions that must keep a key."""


class Keymap(Struct, frozen=True):
    """The keys in force for each action id, and what was wrong with the overrides."""

    keys: Mapping[str, str]
    problems: tuple[Problem, ...] = ()

    def shown(self, action: Action) -> str:
        """An action's keys as a reader knows them: ``? f1``; nine digits as ``1…9``."""
        names = [key.strip() for key in self.keys[action.id].split(",")]
        if action.numbered and names == list("123456789"):
            return "1…9"
        return " ".join(filter(None, (_SHOWN.get(name, name) for name in names)))

    def hint(self, action: Action, typing: bool) -> str:
        """The key of an action to be named in a line of hints; in a box, one that is not typed into it."""
        if typing:
            names = (key.strip() for key in self.keys[action.id].split(","))
            fitting = [name for name in names if len(name) > 1 and name not in _CHARACTERS]
            return _SHOWN.get(fitting[0], fitting[0]) if fitting else ""
        return self.shown(action).partition(" ")[0]


def keymap(overrides: Mapping[str, str], file: str = "", lines: Mapping[str, int] | None = None) -> Keymap:
    """The default keys with the user's own on top.

    What cannot be used is a problem and changes nothing: an unknown action, a name that is no key, a key that an
    override above has taken. An action that would be left without a key by that keeps its default ones, and ``quit``
    and ``help`` always have one.
    """
    problems: list[Problem] = []

    def problem(action: str, message: str, hint: str = "") -> None:
        problems.append(Problem(file, (lines or {}).get(action, 0), f"keys.{action}", message, hint, ERROR))

    wanted = {}
    for identifier, text in overrides.items():
        if identifier not in BY_ID:
            problem(identifier, "no such action", did_you_mean(identifier, BY_ID))
        elif names := _usable(identifier, text, problem):
            wanted[identifier] = names
    keys = _resolved(wanted, problem)
    for identifier in (*ESSENTIAL, *ESSENTIAL):  # the second time for what the first time took from another of them
        if not keys[identifier]:
            _give_back(identifier, keys, problem)
    return Keymap({identifier: ",".join(keys[identifier]) for identifier in BY_ID}, tuple(problems))


_Tell = Callable[..., None]
"""Takes the action, what is wrong and a hint."""


def _usable(identifier: str, text: str, problem: _Tell) -> list[str]:
    """The keys in an override, by Textual's names, each once."""
    names: list[str] = []
    written = key_names.split(text)
    for name in written:
        try:
            names.append(key_names.normalised(name))
        except key_names.UnknownKey as unknown:
            problem(identifier, f'no key is called "{clean(name)}"', unknown.hint)
    if not written:
        problem(identifier, "names no key")
    return list(dict.fromkeys(names))


def _resolved(wanted: Mapping[str, list[str]], problem: _Tell) -> dict[str, list[str]]:
    """The keys of each action, none of which two have. The user's own go before the defaults."""
    keys: dict[str, list[str]] = {}
    owners: dict[str, str] = {}
    for identifier, names in wanted.items():
        for name in names:
            owner = owners.setdefault(name, identifier)
            if owner != identifier:
                problem(identifier, f"the key {_SHOWN.get(name, name)} already belongs to {owner}")
        keys[identifier] = [name for name in names if owners[name] == identifier]
    for action in ACTIONS:
        if not keys.get(action.id):
            free = [name if owners.setdefault(name, action.id) == action.id else "" for name in action.keys.split(",")]
            # The other keys of a numbered action shall keep their numbers.
            keys[action.id] = [name or UNBOUND for name in free] if action.numbered else [name for name in free if name]
    return keys


def _give_back(identifier: str, keys: dict[str, list[str]], problem: _Tell) -> None:
    """Return the first default key of an action to it, from whichever has it now."""
    name = BY_ID[identifier].keys.split(",")[0]
    for owner, names in keys.items():
        if name in names:
            problem(owner, f"takes the last key of {identifier}", f"give {identifier} another key")
            names.remove(name)
    keys[identifier] = [name]


def table(keys: Keymap) -> list[tuple[str, list[tuple[str, Action]]]]:
    """For help and documentation: each group with its actions, each behind its keys."""
    groups: dict[str, list[tuple[str, Action]]] = {MOVE: [], FIND: [], MARK: [], ACT: [], KEEP: [], PROGRAM: []}
    for action in ACTIONS:
        groups[action.group].append((keys.shown(action), action))
    return list(groups.items())
