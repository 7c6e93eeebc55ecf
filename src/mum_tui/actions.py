"""The table of everything a user can do in the browser.

Bindings, help, command palette, key tables and key overrides are made from it. A new action is one row in ``ACTIONS``
and the method that its ``handler`` names: ``"citations.copy"`` is ``copy`` of the object that ``citations`` in
``tui/screen/acts.py`` gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct


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
        help: a sentence on what it does.
        group: heading in the help.
        handler: an object of ``tui/screen/acts.py`` and its method, with a dot between them.
        numbered: the handler gets the number of the key among ``keys``, counted from 1.
        moves_focus: it decides which widget gets the next key, so it must be finished before that key is dispatched.
            Over a slow line several keys arrive at once.
        former_id: an older id that key overrides may still use.
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
    Action("help", "question_mark,f1", "Help", "List all keys, those usable here first.", PROGRAM, "program.help"),
    Action(
        "quit",
        "q",
        "Quit",
        "Quit mum-tui; from an entry read full screen, return to the list.",
        PROGRAM,
        "program.quit",
    ),
    Action("commands", "colon", "Commands", "Find a command by its words and run it.", PROGRAM, "program.commands"),
    Action("suspend", "ctrl+z", "Suspend", "Return to the shell; fg resumes mum-tui.", PROGRAM, "program.suspend"),
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
    Action("fold", "left", "Fold", "In the sections: fold an open node, or go to its parent.", MOVE, "tree.fold"),
    Action(
        "unfold",
        "right",
        "Unfold",
        "In the sections: unfold a node, or go to its first child.",
        MOVE,
        "tree.unfold",
    ),
    Action(
        "next-entry",
        "J,right_square_bracket",
        "Next entry",
        "To the next entry of the list, also while reading one.",
        MOVE,
        "moves.next_entry",
    ),
    Action(
        "previous-entry",
        "K,left_square_bracket",
        "Previous entry",
        "To the previous entry of the list.",
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
        "Show only entries that match what you type; → first keeps the current query. In an entry, search its text.",
        FIND,
        "moves.filter",
        moves_focus=True,
    ),
    Action(
        "next-hit",
        "f3",
        "Next hit",
        "To the next hit of a search inside an entry; during such a search, n does the same.",
        FIND,
        "inside.go_to_next",
    ),
    Action("previous-hit", "N", "Previous hit", "To the previous hit.", FIND, "inside.go_to_previous"),
    Action(
        "searches",
        "apostrophe",
        "Searches",
        "Choose a saved search or a recent query; save the current query, edit or remove a saved one.",
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
        "Select entries from here on while you move; press again to stop.",
        SELECT,
        "selection.range",
    ),
    Action(
        "extend-down",
        "shift+down",
        "Extend down",
        "Select the current entry and the next.",
        SELECT,
        "selection.extend_down",
    ),
    Action(
        "extend-up",
        "shift+up",
        "Extend up",
        "Select the current entry and the previous.",
        SELECT,
        "selection.extend_up",
    ),
    Action(
        "show-selected",
        "semicolon",
        "Show the selected only",
        "Show the selected entries only; press again to show the entries from before.",
        SELECT,
        "selection.show_selected",
    ),
    Action("compare", "equals_sign", "Compare", "Show the selected entries side by side.", SELECT, "overviews.compare"),
    Action("open", "o", "Open", "Open the main link in your web browser.", ENTRIES, "links.open"),
    Action("choose-link", "O", "Choose a link", "List all links; open or copy one.", ENTRIES, "links.choose"),
    Action(
        "open-link",
        "1,2,3,4,5,6,7,8,9",
        "Open link 1 to 9",
        "Open the link with this number; before a movement it is a count: 5j, 12G.",
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
        "Write the selected entries, or all shown, to a file; full screen, only the entry you read.",
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
    Action("redo", "ctrl+r", "Redo", "Redo the last change you undid.", LIBRARY, "annotations.redo"),
)

BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}
