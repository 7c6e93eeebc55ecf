"""The line of hints, and the panel of keys: which keys are useful in a context."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from msgspec import Struct

from mum_tui.actions import ACTIONS, BY_ID, Action
from mum_tui.keymap import Keymap
from mum_tui.tui.cells import cell_len


class Context(StrEnum):
    """What gets the next key: a pane, an entry read full screen, or the query input.

    ``SELECTED`` is the table while entries are selected, ``SEARCHING`` is reading with a search inside the entry.
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
"""Hints while an entry is read."""

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
"""The actions in the line of hints, the most important first, each with a word."""


class KeyHint(Struct, frozen=True):
    """A key and a word for an action, in the cells from ``start`` to before ``end``."""

    action: str
    text: str
    start: int
    end: int


def placed(keymap: Keymap, context: Context, width: int, idle: Collection[str] = (), start: int = 0) -> list[KeyHint]:
    """The most important hints that fit between cell ``start`` and ``width``, without actions that are ``idle``."""
    hints: list[KeyHint] = []
    at = start
    for identifier, word in HINTS[context]:
        if identifier in idle:
            continue
        key = keymap.hint(BY_ID[identifier], context is Context.TYPING)
        text = f" {key} {word} " if key else ""
        end = at + cell_len(text)
        if text and end <= width:
            hints.append(KeyHint(identifier, text, at, end))
            at = end
    return hints


def line(keymap: Keymap, context: Context, width: int) -> str:
    """The hints of ``placed`` as text."""
    return "".join(hint.text for hint in placed(keymap, context, width))


def keys_by_heading(keymap: Keymap, context: Context) -> list[tuple[str, list[tuple[str, Action]]]]:
    """All keys that work in a context, by heading: first the hints of the context, then all others by group.

    In the query input, keys that type a character are not listed.
    """
    first = {identifier: None for identifier, _ in HINTS[context]}
    groups: dict[str, list[tuple[str, Action]]] = {f"Here: {CONTEXT_NAMES[context]}": []}
    for bound in (*(BY_ID[identifier] for identifier in first), *ACTIONS):
        action = BY_ID[REPLACED_ACTIONS.get(context, {}).get(bound.id, bound.id)]
        heading = f"Here: {CONTEXT_NAMES[context]}" if bound.id in first else action.group.value
        shown = keymap.hint(bound, typing=True) if context is Context.TYPING else keymap.shown(bound)
        rows = groups.setdefault(heading, [])
        if shown and (shown, action) not in rows and context not in _IDLE_IN.get(action.id, ()):
            rows.append((shown, action))
    return [(heading, rows) for heading, rows in groups.items() if rows]


REPLACED_ACTIONS: Mapping[Context, Mapping[str, str]] = {Context.SEARCHING: {"note": "next-hit"}}
"""In some contexts, the key of one action runs another."""

_IDLE_IN: Mapping[str, tuple[Context, ...]] = {
    **dict.fromkeys(("fold", "unfold"), tuple(context for context in Context if context is not Context.TREE)),
    **dict.fromkeys(
        ("next-hit", "previous-hit"), tuple(context for context in Context if context is not Context.SEARCHING)
    ),
}
"""The contexts in which an action does nothing."""
