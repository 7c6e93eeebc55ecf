"""The one table of everything a user can do in the browser.

Bindings, the help, the command palette, the key table of the documentation, ``mum-tui keys`` and key overrides all
come from here. A new action is one row in ``ACTIONS`` and the method its ``handler`` names: ``"citations.copy"`` is
``copy`` of what ``citations`` in ``tui/screen/acts.py`` gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from mum_tui import key_names
from mum_tui.problems import ERROR, Problem, did_you_mean
from mum_tui.text import clean


class Group(StrEnum):
    """The headings of the help, in their order."""

    MOVE = "Move"
    FIND = "Find"
    SELECT = "Select"
    ENTRIES = "The selected entries, or the current one"
    LIBRARY = "Your library"
    PROGRAM = "Program"


MOVE, FIND, SELECT, ENTRIES, LIBRARY, PROGRAM = Group


class Action(Struct, frozen=True):
    """Something a user can do.

    Args:
        id: stable name, for key overrides.
        keys: Textual key names, separated by commas.
        title: its name in the command palette and in the help.
        help: one more sentence.
        group: heading in the help.
        handler: the object on the screen and its method, with a dot between them.
        numbered: each key has a number, counted from 1, which the handler gets.
        moves_focus: it decides which widget the next key goes to, so it is carried out before that key is
            looked at. Over a slow line several keys arrive at once.
        former_id: the name it had in earlier versions; the user's own keys may still use it.
    """

    id: str
    keys: str
    title: str
    help: str
    group: Group
    handler: str
    numbered: bool = False
    moves_focus: bool = False
    former_id: str = ""


ACTIONS: tuple[Action, ...] = (
    Action("help", "question_mark,f1", "Help", "List all keys, those of this place first.", PROGRAM, "program.help"),
    Action(
        "quit",
        "q",
        "Quit",
        "Leave mum-tui; from an entry read full screen, return to the list.",
        PROGRAM,
        "program.quit",
    ),
    Action("commands", "colon", "Commands", "Find a command by its words and run it.", PROGRAM, "program.commands"),
    Action("suspend", "ctrl+z", "Suspend", "Return to the shell; fg comes back here.", PROGRAM, "program.suspend"),
    Action(
        "theme", "f2", "Light or dark", "Switch between the light and the dark theme.", PROGRAM, "program.toggle_theme"
    ),
    Action("cursor-down", "down,j", "Down", "One line down.", MOVE, "moves.down"),
    Action("cursor-up", "up,k", "Up", "One line up.", MOVE, "moves.up"),
    Action("first", "home,g", "First", "To the first line.", MOVE, "moves.first"),
    Action("last", "end,G", "Last", "To the last line.", MOVE, "moves.last"),
    Action("half-page-down", "ctrl+d", "Half a page down", "Half a page down.", MOVE, "moves.half_page_down"),
    Action("half-page-up", "ctrl+u", "Half a page up", "Half a page up.", MOVE, "moves.half_page_up"),
    Action("page-down", "pagedown", "Page down", "One page down.", MOVE, "moves.page_down"),
    Action("page-up", "pageup", "Page up", "One page up.", MOVE, "moves.page_up"),
    Action("fold", "left", "Fold", "In the sections: fold an open part, or go to its parent.", MOVE, "tree.fold"),
    Action(
        "unfold",
        "right",
        "Unfold",
        "In the sections: open a folded part, or go to its first line.",
        MOVE,
        "tree.unfold",
    ),
    Action(
        "next-entry",
        "J,right_square_bracket",
        "Next entry",
        "To the next entry of the list, also while one is read.",
        MOVE,
        "moves.next_entry",
    ),
    Action(
        "previous-entry",
        "K,left_square_bracket",
        "Previous entry",
        "To the entry before.",
        MOVE,
        "moves.previous_entry",
    ),
    Action(
        "next-pane",
        "tab",
        "Next pane",
        "From the sections to the entries to the details.",
        MOVE,
        "moves.next_pane",
        moves_focus=True,
    ),
    Action(
        "previous-pane", "shift+tab", "Previous pane", "Previous pane.", MOVE, "moves.previous_pane", moves_focus=True
    ),
    Action(
        "read",
        "enter,ctrl+j",
        "Read or select",
        "Read full screen; in the sections, select.",
        MOVE,
        "moves.read",
        moves_focus=True,
        former_id="select",
    ),
    Action(
        "back",
        "escape",
        "Step back",
        "Leave the query input, then clear it, then return to all entries.",
        MOVE,
        "moves.step_back",
        moves_focus=True,
    ),
    Action(
        "filter",
        "slash",
        "Filter",
        "Show only entries with the words you type instead of those before; → keeps these. In an entry, search it.",
        FIND,
        "moves.filter",
        moves_focus=True,
    ),
    Action(
        "next-hit",
        "f3",
        "Next hit",
        "To the next hit of a search inside an entry; n does so too while there is one.",
        FIND,
        "inside.go_to_next",
    ),
    Action("previous-hit", "N", "Previous hit", "To the hit before it.", FIND, "inside.go_to_previous"),
    Action(
        "searches",
        "apostrophe",
        "Searches",
        "Choose a saved search or a recent query; save this one, edit or remove one.",
        FIND,
        "searches.choose",
    ),
    Action("related", "l", "Related entries", "List related entries; go to one.", FIND, "navigation.related"),
    Action(
        "go-back",
        "backspace,h",
        "Back",
        "Return to the previous entry.",
        FIND,
        "navigation.back",
        former_id="walk-back",
    ),
    Action(
        "go-forward",
        "greater_than_sign",
        "Forward",
        "Go forward again.",
        FIND,
        "navigation.forward",
        former_id="walk-forward",
    ),
    Action(
        "overview",
        "a",
        "Overview",
        "Chart the entries shown by year, task and dataset.",
        FIND,
        "overviews.charts",
        former_id="glance",
    ),
    Action(
        "sort",
        "s",
        "Sort by the next column",
        "Best match for words, year, title, name, authors, venue, bookmarks; a click on a heading sorts by any column.",
        FIND,
        "sorting.next_column",
    ),
    Action("reverse-sort", "S", "Reverse the order", "Reverse the sort order.", FIND, "sorting.reverse"),
    Action("group", "z", "Group", "By section, year or venue, or not at all.", FIND, "sorting.next_group"),
    Action(
        "columns",
        "vertical_line",
        "Columns",
        "Show, hide and order the columns of the table, and sort by any of them.",
        FIND,
        "columns.choose",
    ),
    Action("tree", "t", "Sections on or off", "Show or hide the sections.", FIND, "panes.toggle_tree"),
    Action("grow-pane", "plus", "Larger pane", "Give this pane more room.", FIND, "panes.grow"),
    Action("shrink-pane", "minus", "Smaller pane", "Give this pane less room.", FIND, "panes.shrink"),
    Action("reset-panes", "0", "Reset pane sizes", "Size panes automatically.", FIND, "panes.reset"),
    Action(
        "select-entry",
        "space",
        "Select",
        "Select the current entry and go to the next; in the sections, fold or select.",
        SELECT,
        "selection.toggle",
        former_id="mark",
    ),
    Action(
        "select-all",
        "asterisk",
        "Select all",
        "Select all entries shown.",
        SELECT,
        "selection.select_all",
        former_id="mark-all",
    ),
    Action(
        "clear-selection",
        "U",
        "Clear the selection",
        "Select nothing.",
        SELECT,
        "selection.clear",
        former_id="unmark-all",
    ),
    Action(
        "select-range",
        "V",
        "Select a range",
        "Select from here on while you move; the second time, end that.",
        SELECT,
        "selection.range",
    ),
    Action(
        "extend-down", "shift+down", "Extend down", "Select this entry and the next.", SELECT, "selection.extend_down"
    ),
    Action(
        "extend-up", "shift+up", "Extend up", "Select this entry and the one before.", SELECT, "selection.extend_up"
    ),
    Action(
        "show-selected",
        "semicolon",
        "Show the selected only",
        "Show the selected entries only; the second time, what was shown before.",
        SELECT,
        "selection.show_selected",
    ),
    Action("compare", "equals_sign", "Compare", "Set the selected entries side by side.", SELECT, "overviews.compare"),
    Action("open", "o", "Open", "Open the main link in your web browser.", ENTRIES, "links.open"),
    Action("choose-link", "O", "Choose a link", "List all links; open or copy one.", ENTRIES, "links.choose"),
    Action(
        "open-link",
        "1,2,3,4,5,6,7,8,9",
        "Open link 1 to 9",
        "Open the link with this number; right before a movement it is a count: 5j, 12G.",
        ENTRIES,
        "links.open_number",
        numbered=True,
    ),
    Action("copy", "c", "Copy citation", "Copy the citation in the chosen format.", ENTRIES, "citations.copy"),
    Action(
        "choose-format",
        "C",
        "Choose the citation format",
        "Choose a format and copy.",
        ENTRIES,
        "citations.choose_format",
    ),
    Action(
        "prefer-preprint",
        "p",
        "Cite preprint / published version",
        "Cite the preprint instead of the published version, or the reverse.",
        ENTRIES,
        "citations.toggle_preprint",
    ),
    Action("copy-link", "y", "Copy link", "Copy the main link.", ENTRIES, "links.copy"),
    Action(
        "show-copied",
        "v",
        "Show what was copied",
        "Show the last copied text so you can select it.",
        ENTRIES,
        "citations.show_copied",
    ),
    Action(
        "export",
        "e",
        "Export",
        "Write the selected entries, or all shown, to a file; an entry read full screen, alone.",
        ENTRIES,
        "exports.export",
    ),
    Action("bookmark", "b", "Bookmark", "Set or remove the bookmark.", ENTRIES, "annotations.bookmark"),
    Action(
        "status",
        "r",
        "Reading status",
        "Next status: ○ to read, ◐ reading, ● read, none.",
        ENTRIES,
        "annotations.next_status",
    ),
    Action("rate", "R", "Rate", "Rate 1–5 stars, or clear.", ENTRIES, "annotations.rate"),
    Action("note", "n", "Note", "Write a note; with several selected, append it to each.", ENTRIES, "notes.edit"),
    Action("tags", "number_sign", "Tags", "Add or remove your tags.", ENTRIES, "tags.edit"),
    Action("undo", "u", "Undo", "Undo the last change to your library.", LIBRARY, "annotations.undo"),
    Action("redo", "ctrl+r", "Redo", "Redo what you just undid.", LIBRARY, "annotations.redo"),
)

BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}

_PRESENT_IDS = {action.former_id: action.id for action in ACTIONS if action.former_id}

_SHOWN = {
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
    """The keys in force for each action id, and what was wrong with the overrides."""

    keys: Mapping[str, str]
    problems: tuple[Problem, ...] = ()

    def shown(self, action: Action) -> str:
        """The keys of an action as they stand on a keyboard: ``? f1``; nine digits as ``1…9``."""
        names = [key.strip() for key in self.keys[action.id].split(",")]
        if action.numbered and names == list("123456789"):
            return "1…9"
        return " ".join(filter(None, (_SHOWN.get(name, name) for name in names)))

    def hint(self, action: Action, typing: bool) -> str:
        """The key that a line of hints names for an action; while one is typing, a key that types nothing."""
        if typing:
            names = (key.strip() for key in self.keys[action.id].split(","))
            fitting = [name for name in names if len(name) > 1 and name not in _CHARACTERS]
            return _SHOWN.get(fitting[0], fitting[0]) if fitting else ""
        return self.shown(action).partition(" ")[0]


def keymap(overrides: Mapping[str, str], file: str = "", lines: Mapping[str, int] | None = None) -> Keymap:
    """The default keys with the user's own on top.

    What cannot be used is a problem and changes nothing: an unknown action, a name that is no key, a key that an
    override above has taken. An action that would be left without a key by that keeps its default ones, and ``quit``
    and ``help`` always have one. An action may be called by its former id.

    Args:
        overrides: key names, separated by commas or spaces, by the id of an action.
        file: where the overrides stand, for problems.
        lines: the line of each override in that file.
    """
    merge = _Merge(file, lines or {})
    keys = merge.without_clashes(merge.own_keys(overrides))
    return Keymap({identifier: ",".join(keys[identifier]) for identifier in BY_ID}, tuple(merge.problems))


class _Merge:
    """Puts the user's keys over the defaults, and collects what is wrong with them."""

    def __init__(self, file: str, lines: Mapping[str, int]) -> None:
        self._file = file
        self._lines = lines
        self._written: dict[str, str] = {}
        self.problems: list[Problem] = []

    def _problem(self, identifier: str, message: str, hint: str = "") -> None:
        written = self._written.get(identifier, identifier)
        line = self._lines.get(written, 0)
        self.problems.append(Problem(self._file, line, f"keys.{written}", message, hint, ERROR))

    def own_keys(self, overrides: Mapping[str, str]) -> dict[str, list[str]]:
        """The keys of each action that the user set, by its present id."""
        own: dict[str, list[str]] = {}
        for written, wanted in overrides.items():
            identifier = _PRESENT_IDS.get(written, written)
            if identifier not in BY_ID:
                turned = f'did you mean {clean(wanted)} = "{clean(written)}"?' if wanted in BY_ID else ""
                self._problem(written, "no such action", turned or did_you_mean(written, BY_ID))
            elif identifier in own:
                self._problem(written, f"{self._written[identifier]} sets the same action")
            elif names := self._usable(written, wanted):
                own[identifier] = names
                self._written[identifier] = written
        return own

    def _usable(self, written: str, wanted: str) -> list[str]:
        """The keys in an override, by Textual's names, each once."""
        names: list[str] = []
        for name in key_names.split(wanted):
            try:
                names.append(key_names.normalised(name))
            except key_names.UnknownKey as unknown:
                self._problem(written, f'no key is called "{clean(name)}"', unknown.hint)
        if not key_names.split(wanted):
            self._problem(written, "names no key")
        return list(dict.fromkeys(names))

    def without_clashes(self, own: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """The keys of each action, with each key at one action only; the user's ``own`` go before the defaults."""
        keys: dict[str, list[str]] = {}
        owners: dict[str, str] = {}
        for identifier, names in own.items():
            for name in names:
                owner = owners.setdefault(name, identifier)
                if owner != identifier:
                    self._problem(identifier, f"the key {_SHOWN.get(name, name)} already belongs to {owner}")
            keys[identifier] = [name for name in names if owners[name] == identifier]
        for action in ACTIONS:
            if not keys.get(action.id):
                names = action.keys.split(",")
                free = [name if owners.setdefault(name, action.id) == action.id else UNBOUND for name in names]
                # The other keys of a numbered action stay at their numbers.
                keys[action.id] = free if action.numbered else [name for name in free if name != UNBOUND]
        for identifier in (*ESSENTIAL, *ESSENTIAL):  # the second time for what the first time took from another
            if not keys[identifier]:
                self._give_back(identifier, keys)
        return keys

    def _give_back(self, identifier: str, keys: dict[str, list[str]]) -> None:
        """Return the first default key of an action to it, from whichever has it now."""
        name = BY_ID[identifier].keys.split(",")[0]
        for owner, names in keys.items():
            if name in names:
                self._problem(owner, f"takes the last key of {identifier}", f"give {identifier} another key")
                names.remove(name)
        keys[identifier] = [name]


def table(keys: Keymap) -> list[tuple[str, list[tuple[str, Action]]]]:
    """For help and documentation: each group with its actions, each behind its keys."""
    groups: dict[str, list[tuple[str, Action]]] = {group.value: [] for group in Group}
    for action in ACTIONS:
        groups[action.group].append((keys.shown(action), action))
    return list(groups.items())
