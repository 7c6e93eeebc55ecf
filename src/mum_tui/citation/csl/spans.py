"""The output of a style: a tree of spans over leaves of text."""

from collections.abc import Iterator
from typing import Any

Formatting = tuple[tuple[str, str], ...]
"""Pairs of a CSL formatting attribute and its value, inner first: (("font-style", "italic"),)."""
Look = tuple[frozenset[tuple[str, str]], str]
"""Formatting of a text, by all that stands around it, and the display value of its block."""


class Leaf:
    """A piece of text. Later passes change it in place: case, punctuation.

    role: "" (text), "open" or "close" (a quotation mark), "term" (may get a capital), "inner" (goes on after text of
    the same field: no punctuation meets there). exact: its case stays. look: set when the text is to be written.
    """

    __slots__ = ("exact", "look", "role", "text")

    look: Look

    def __init__(self, text: str, role: str = "", exact: bool = False) -> None:
        self.text = text
        self.role = role
        self.exact = exact


class Span:
    """Leaves and spans under one formatting.

    quoted: stands in quotation marks. flips: markup inside a field, which turns back inside its like.
    display: a CSL display value, or "". kind: what was rendered ("names", "year", …) with its value, for later passes.
    """

    __slots__ = ("children", "display", "flips", "formatting", "kind", "quoted", "value")

    def __init__(
        self,
        children: "list[Leaf | Span]",
        formatting: Formatting = (),
        quoted: bool = False,
        kind: str = "",
        value: Any = None,
        display: str = "",
        flips: bool = False,
    ) -> None:
        self.children = children
        self.formatting = formatting
        self.quoted = quoted
        self.kind = kind
        self.value = value
        self.display = display
        self.flips = flips


Part = Leaf | Span


def leaves(parts: list[Part]) -> list[Leaf]:
    """Every leaf under these parts, in order."""
    return [leaf for part in parts for leaf in ([part] if isinstance(part, Leaf) else leaves(part.children))]


def last_leaf(parts: list[Part]) -> Leaf | None:
    """The last leaf that has text."""
    for part in reversed(parts):
        leaf = part if isinstance(part, Leaf) else last_leaf(part.children)
        if leaf is not None and leaf.text:
            return leaf
    return None


def text_of(parts: list[Part]) -> str:
    """The bare text: no quotation marks of quoted spans, no formatting."""
    return "".join([part.text if isinstance(part, Leaf) else text_of(part.children) for part in parts])


def of_kind(parts: list[Part], kind: str) -> Iterator[Span]:
    """Every span of this kind, in order; none inside another."""
    for part in parts:
        if isinstance(part, Span):
            if part.kind == kind:
                yield part
            else:
                yield from of_kind(part.children, kind)


def capitalize_term(parts: list[Part]) -> bool:
    """A term that a note or an entry begins with gets a capital. False where no letter or digit stands there."""
    for part in parts:
        if isinstance(part, Span):
            if capitalize_term(part.children):
                return True
        elif any(map(str.isalnum, part.text)):
            if part.role == "term":
                part.text = part.text[:1].upper() + part.text[1:]
            return True
    return False
