"""The last line of the screen: the keys that are of use where the next key goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from msgspec import Struct

from mum_tui.actions import ACTIONS, BY_ID, Action
from mum_tui.keymap import Keymap
from mum_tui.tui.cells import cell_len


class Context(StrEnum):
    """Where the next key goes: to one of the panes, to the details read full screen, or into the query input.

    ``SELECTED`` is the table while entries are selected, ``SEARCHING`` reading with a search inside the entry.
    """

    TREE = "tree"
    TABLE = "table"
    SELECTED = "selected"
    DETAIL = "detail"
    READING = "reading"
    SEARCHING = "searching"
    TYPING = "typing"


CONTEXT_NAMES: Mapping[Context, str] = {
    Context.TREE: "the sections",
    Context.TABLE: "the entries",
    Context.SELECTED: "the selected entries",
    Context.DETAIL: "the details",
    Context.READING: "reading",
    Context.SEARCHING: "a search inside an entry",
    Context.TYPING: "the query input",
}
"""The name of each context in the panel of keys."""

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
        ("columns", "columns"),
        ("group", "group"),
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
        ("show-selected", "only these"),
        ("select-range", "range"),
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
        ("next-entry", "next"),
        ("previous-entry", "previous"),
        ("filter", "search inside"),
        *_OF_AN_ENTRY,
        ("export", "export"),
    ),
    Context.SEARCHING: (
        ("note", "next"),
        ("back", "end search"),
        ("previous-hit", "previous"),
        ("filter", "other words"),
        ("next-entry", "next entry"),
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


class Hint(Struct, frozen=True):
    """A key and a word, with the action it stands for and the cells it takes from ``start`` to before ``end``."""

    action: str
    text: str
    start: int
    end: int


def placed(keymap: Keymap, context: Context, width: int, idle: Collection[str] = (), start: int = 0) -> list[Hint]:
    """The most important keys there, as many as fit whole from cell ``start`` to ``width``; none of actions that are
    ``idle``."""
    hints: list[Hint] = []
    at = start
    for identifier, word in HINTS[context]:
        if identifier in idle:
            continue
        key = keymap.hint(BY_ID[identifier], context is Context.TYPING)
        text = f" {key} {word} " if key else ""
        end = at + cell_len(text)
        if text and end <= width:
            hints.append(Hint(identifier, text, at, end))
            at = end
    return hints


def line(keymap: Keymap, context: Context, width: int) -> str:
    """The text of ``placed``."""
    return "".join(hint.text for hint in placed(keymap, context, width))


def keys_by_heading(keymap: Keymap, context: Context) -> list[tuple[str, list[tuple[str, Action]]]]:
    """All keys that act in a context, by heading: first the most useful there, then the others by group.

    While one types, a key that types a character is not among them.
    """
    first = {identifier: None for identifier, _ in HINTS[context]}
    groups: dict[str, list[tuple[str, Action]]] = {f"Here: {CONTEXT_NAMES[context]}": []}
    for bound in (*(BY_ID[identifier] for identifier in first), *ACTIONS):
        action = BY_ID[MEANT.get(context, {}).get(bound.id, bound.id)]
        heading = f"Here: {CONTEXT_NAMES[context]}" if bound.id in first else action.group.value
        shown = keymap.hint(bound, typing=True) if context is Context.TYPING else keymap.shown(bound)
        rows = groups.setdefault(heading, [])
        if shown and (shown, action) not in rows and context not in _NOT_IN.get(action.id, ()):
            rows.append((shown, action))
    return [(heading, rows) for heading, rows in groups.items() if rows]


MEANT: Mapping[Context, Mapping[str, str]] = {Context.SEARCHING: {"note": "next-hit"}}
"""Actions whose keys run another action in a context."""

_NOT_IN: Mapping[str, tuple[Context, ...]] = {
    **dict.fromkeys(("fold", "unfold"), tuple(context for context in Context if context is not Context.TREE)),
    **dict.fromkeys(("next-hit", "previous-hit"), tuple(place for place in Context if place is not Context.SEARCHING)),
}
"""Actions that do nothing in some contexts."""
