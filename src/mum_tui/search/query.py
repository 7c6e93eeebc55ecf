"""A parsed query: a tree of conditions, and hints on what is incomplete, wrong or replaced."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from mum_tui.search.nodes import All, Node, Not, included_terms


class HintType(StrEnum):
    """What a hint on a query is about."""

    TYPING = "typing"
    """Something is incomplete."""
    WRONG = "wrong"
    """Something is probably a mistake."""
    REPLACED = "replaced"
    """The search differs from what was typed."""


TYPING, WRONG, REPLACED = HintType

MAX_TERMS = 64
"""The most conditions that are parsed; a text with more is a pasted page rather than a query."""


class Hint(Struct, frozen=True):
    """A remark on a query: its type, and the message to show."""

    type: HintType
    message: str


class Span(Struct, frozen=True):
    """A condition at the top level of a query, and its position in the text, in characters."""

    start: int
    end: int
    node: Node


class Query(Struct, frozen=True):
    """A parsed text.

    Args:
        tree: the conditions; without any, every entry matches.
        hints: what is incomplete, wrong or replaced.
        spans: the conditions at the top level; none if ``OR`` joins them.
        closing: the quotes and parentheses missing at the end of the text.
        is_blank: whether the text is blank.
    """

    tree: Node = All()
    hints: tuple[Hint, ...] = ()
    spans: tuple[Span, ...] = ()
    closing: str = ""
    is_blank: bool = True

    @property
    def complete(self) -> bool:
        """Whether the text needs nothing more to be a query."""
        return not any(hint.type == TYPING for hint in self.hints)

    @property
    def words(self) -> tuple[str, ...]:
        """The free words and phrases that must match, folded."""
        return tuple(dict.fromkeys(term.text for term in included_terms(self.tree) if not term.field))

    @property
    def is_empty(self) -> bool:
        """Whether it has no conditions and so matches every entry."""
        return self.tree == All()

    @property
    def only_excludes(self) -> bool:
        """Whether all its conditions exclude something."""
        nodes = self.tree.operands if isinstance(self.tree, All) else (self.tree,)
        return bool(nodes) and all(isinstance(node, Not) for node in nodes)

    @property
    def has_no_condition(self) -> bool:
        """Whether the text is not blank but contains no condition."""
        return self.is_empty and not self.is_blank
