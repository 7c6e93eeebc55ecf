"""The last line of the screen: the keys that are of use where the next key goes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from mum_tui.actions import ACTIONS, BY_ID, Action, Keymap
from mum_tui.tui.cells import cell_len


class Context(StrEnum):
    """Where the next key goes: to one of the panes, to the details read full screen, or into the query input.

    ``SELECTED`` is the table while entries are selected.
    """

    TREE = "tree"
    TABLE = "table"
    SELECTED = "selected"
    DETAIL = "detail"
    READING = "reading"
    TYPING = "typing"


PLACES: Mapping[Context, str] = {
    Context.TREE: "the sections",
    Context.TABLE: "the entries",
    Context.SELECTED: "the selected entries",
    Context.DETAIL: "the details",
    Context.READING: "reading",
    Context.TYPING: "the query input",
}
"""What each place is called."""

_OF_AN_ENTRY = (
    ("related", "related"),
    ("open-link", "links"),
    ("copy", "cite"),
    ("note", "note"),
    ("bookmark", "bookmark"),
    ("status", "status"),
    ("tags", "tags"),
    ("go-back", "back"),
    ("rate", "rate"),
    ("copy-link", "copy link"),
    ("choose-format", "format"),
    ("undo", "undo"),
)
"""Of use where an entry is read."""

HINTS: Mapping[Context, tuple[tuple[str, str], ...]] = {
    Context.TABLE: (
        ("help", "help"),
        ("quit", "quit"),
        ("filter", "filter"),
        ("read", "read"),
        ("tree", "sections"),
        ("open", "open"),
        ("copy", "cite"),
        ("bookmark", "bookmark"),
        ("status", "status"),
        ("note", "note"),
        ("tags", "tags"),
        ("select-entry", "select"),
        ("sort", "sort"),
        ("overview", "overview"),
        ("searches", "searches"),
        ("related", "related"),
        ("export", "export"),
        ("select-all", "select all"),
        ("copy-link", "copy link"),
        ("undo", "undo"),
        ("rate", "rate"),
        ("choose-format", "format"),
        ("theme", "light or dark"),
    ),
    Context.SELECTED: (
        ("help", "help"),
        ("compare", "compare"),
        ("export", "export"),
        ("clear-selection", "clear"),
        ("copy", "cite"),
        ("bookmark", "bookmark"),
        ("status", "status"),
        ("select-entry", "select"),
        ("tags", "tags"),
        ("note", "note"),
        ("open", "open"),
        ("filter", "filter"),
        ("select-all", "select all"),
        ("rate", "rate"),
        ("copy-link", "copy links"),
        ("choose-format", "format"),
        ("read", "read"),
        ("undo", "undo"),
        ("quit", "quit"),
    ),
    Context.TREE: (
        ("help", "help"),
        ("quit", "quit"),
        ("filter", "filter"),
        ("read", "select"),
        ("unfold", "open"),
        ("fold", "fold"),
        ("next-pane", "entries"),
        ("tree", "hide"),
        ("grow-pane", "wider"),
        ("shrink-pane", "narrower"),
        ("searches", "searches"),
        ("overview", "overview"),
        ("undo", "undo"),
        ("reset-panes", "reset sizes"),
        ("theme", "light or dark"),
    ),
    Context.DETAIL: (
        ("help", "help"),
        ("quit", "quit"),
        ("read", "full screen"),
        *_OF_AN_ENTRY,
        ("filter", "filter"),
        ("choose-link", "all links"),
        ("next-pane", "sections"),
        ("grow-pane", "larger"),
        ("shrink-pane", "smaller"),
    ),
    Context.READING: (
        ("help", "help"),
        ("back", "to the list"),
        *_OF_AN_ENTRY,
    ),
    Context.TYPING: (
        ("help", "help"),
        ("next-pane", "complete"),
        ("read", "entries"),
        ("back", "leave"),
        ("cursor-up", "recent"),
    ),
}
"""The actions that the last line names, the most important first, each with a word."""


def line(keymap: Keymap, context: Context, width: int) -> str:
    """The most important keys there, as many as fit whole into ``width`` cells."""
    text = ""
    for identifier, word in HINTS[context]:
        key = keymap.hint(BY_ID[identifier], context is Context.TYPING)
        hint = f" {key} {word} " if key else ""
        if cell_len(text + hint) <= width:
            text += hint
    return text


def keys_by_place(keymap: Keymap, context: Context) -> list[tuple[str, list[tuple[str, Action]]]]:
    """All keys that act in a place, below headings: those of most use there, then the others by their groups.

    While one types, a key that types a character is not among them.
    """
    first = {identifier: None for identifier, _ in HINTS[context]}
    groups: dict[str, list[tuple[str, Action]]] = {f"Here: {PLACES[context]}": []}
    for action in (*(BY_ID[identifier] for identifier in first), *ACTIONS):
        heading = f"Here: {PLACES[context]}" if action.id in first else action.group.value
        shown = keymap.hint(action, typing=True) if context is Context.TYPING else keymap.shown(action)
        rows = groups.setdefault(heading, [])
        if shown and (shown, action) not in rows and context not in _NOT_IN.get(action.id, ()):
            rows.append((shown, action))
    return [(heading, rows) for heading, rows in groups.items() if rows]


_NOT_IN: Mapping[str, tuple[Context, ...]] = {
    "fold": (Context.TABLE, Context.SELECTED, Context.DETAIL, Context.READING, Context.TYPING),
    "unfold": (Context.TABLE, Context.SELECTED, Context.DETAIL, Context.READING, Context.TYPING),
}
"""Actions that do nothing in some places."""
