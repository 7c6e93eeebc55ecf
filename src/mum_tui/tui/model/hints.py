"""The last line of the screen: the keys that are of use where one is."""

from __future__ import annotations

from collections.abc import Mapping

from mum_tui.actions import BY_ID, Keymap
from mum_tui.tui.cells import cell_len
from mum_tui.tui.model.layout import DETAIL, TABLE, TREE

READING, TYPING = "reading", "typing"
"""Two more places where keys go than there are panes: the details on the whole screen, and the filter box."""

_OF_AN_ENTRY = (
    ("related", "related"),
    ("open-link", "links"),
    ("copy", "cite"),
    ("note", "note"),
    ("bookmark", "bookmark"),
    ("status", "status"),
    ("tags", "tags"),
    ("walk-back", "back"),
)
"""What is of use where one reads an entry."""

HINTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    TABLE: (
        ("help", "help"),
        ("quit", "quit"),
        ("filter", "filter"),
        ("select", "read"),
        ("tree", "sections"),
        ("open", "open"),
        ("copy", "cite"),
        ("bookmark", "bookmark"),
        ("status", "status"),
        ("note", "note"),
        ("tags", "tags"),
        ("mark", "mark"),
    ),
    TREE: (
        ("help", "help"),
        ("quit", "quit"),
        ("filter", "filter"),
        ("select", "choose"),
        ("unfold", "open"),
        ("fold", "fold"),
        ("next-pane", "entries"),
        ("tree", "hide"),
        ("grow-pane", "wider"),
        ("shrink-pane", "narrower"),
    ),
    DETAIL: (
        ("help", "help"),
        ("quit", "quit"),
        ("select", "whole screen"),
        *_OF_AN_ENTRY,
    ),
    READING: (
        ("help", "help"),
        ("back", "to the list"),
        *_OF_AN_ENTRY,
    ),
    TYPING: (
        ("help", "help"),
        ("next-pane", "complete"),
        ("select", "entries"),
        ("back", "leave"),
        ("cursor-up", "earlier"),
    ),
}
"""For each pane and these two the actions that the last line names, the most important first, with a word each."""


def line(keymap: Keymap, place: str, width: int) -> str:
    """The most important keys of a place, as many as fit whole."""
    text = ""
    for identifier, word in HINTS[place]:
        key = keymap.hint(BY_ID[identifier], place == TYPING)
        hint = f" {key} {word} " if key else ""
        if cell_len(text + hint) <= width:
            text += hint
    return text
