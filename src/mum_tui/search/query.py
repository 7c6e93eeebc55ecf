"""What the text of the query input asks for: a tree of conditions, and hints on what could not be read."""

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
    """Something else was searched for than what was typed."""


TYPING, WRONG, REPLACED = HintType

MAX_TERMS = 64
"""The most conditions read of one query; a pasted page is no query."""


class Hint(Struct, frozen=True):
    """A remark on a query: what it is about, and what to show."""

    type: HintType
    message: str


class Span(Struct, frozen=True):
    """A condition of the query's outermost level, and where in the text it stands."""

    start: int
    end: int
    node: Node


class Query(Struct, frozen=True):
    """What a text asks for. An empty query holds for every entry; ``is_blank`` tells that nothing was written."""

    tree: Node = All()
    hints: tuple[Hint, ...] = ()
    spans: tuple[Span, ...] = ()
    closing: str = ""
    is_blank: bool = True

    @property
    def complete(self) -> bool:
        """Whether nothing is missing in what is typed so far."""
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
        """Whether nothing is asked for but that something be missing."""
        nodes = self.tree.operands if isinstance(self.tree, All) else (self.tree,)
        return bool(nodes) and all(isinstance(node, Not) for node in nodes)

    @property
    def is_unread(self) -> bool:
        """Whether something was typed that contains no condition."""
        return self.is_empty and not self.is_blank
