"""The last line of the screen: the keys that are of use where the next key goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from mum_tui.actions import BY_ID, Keymap
from mum_tui.tui.cells import cell_len


class Context(StrEnum):
    """Where the next key goes: to one of the panes, to the details read full screen, maybe with a search inside
    them, or into the query input."""

    TREE = "tree"
    TABLE = "table"
    DETAIL = "detail"
    READING = "reading"
    SEARCHING = "searching"
    TYPING = "typing"


_OF_AN_ENTRY = (
    ("related", "related"),
    ("open-link", "links"),
    ("copy", "cite"),
    ("note", "note"),
    ("bookmark", "bookmark"),
    ("status", "status"),
    ("tags", "tags"),
    ("go-back", "back"),
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
    ),
    Context.DETAIL: (
        ("help", "help"),
        ("quit", "quit"),
        ("read", "full screen"),
        *_OF_AN_ENTRY,
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
        # The key of a note goes to the next hit while there is a search.
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


def line(keymap: Keymap, context: Context, width: int, idle: Collection[str] = ()) -> str:
    """The most important keys there, as many as fit whole into ``width`` cells; none of actions that are ``idle``."""
    text = ""
    for identifier, word in HINTS[context]:
        if identifier in idle:
            continue
        key = keymap.hint(BY_ID[identifier], context is Context.TYPING)
        hint = f" {key} {word} " if key else ""
        if cell_len(text + hint) <= width:
            text += hint
    return text
