"""The conditions of a query, as a tree."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct


class Term(Struct, frozen=True):
    """The entry, or its ``field`` (by its full name), contains ``text`` (folded)."""

    text: str
    field: str = ""

    @property
    def is_phrase(self) -> bool:
        """Whether the text is several words, which must be next to each other."""
        return " " in self.text


class Years(Struct, frozen=True):
    """The year is between ``first`` and ``last``, both inclusive."""

    first: int
    last: int


class Identified(Struct, frozen=True):
    """The entry has this identifier (see ``identifiers``), or one that contains it."""

    identifier: str

    @property
    def text(self) -> str:
        """The number, DOI, id or address without its scheme, folded."""
        return self.identifier.partition(":")[2].lower()


class Not(Struct, frozen=True):
    """The condition does not hold."""

    operand: Node


class All(Struct, frozen=True):
    """Every condition holds; without conditions, every entry matches."""

    operands: tuple[Node, ...] = ()


class Any(Struct, frozen=True):
    """At least one condition holds."""

    operands: tuple[Node, ...]


Node = Term | Years | Identified | Not | All | Any


def any_of(operands: list[Node]) -> Node:
    """A node that matches if any of these does; a single one is returned as it is."""
    parts = tuple(dict.fromkeys(operands))
    return parts[0] if len(parts) == 1 else Any(parts)


def all_of(operands: list[Node]) -> Node:
    """A node that matches if all of these do; a single one is returned as it is."""
    parts = tuple(dict.fromkeys(operands))
    return parts[0] if len(parts) == 1 else All(parts)


def included_terms(node: Node) -> Iterator[Term]:
    """The terms of a tree that may match an entry: all that are not excluded."""
    match node:
        case Term():
            yield node
        case All(operands=parts) | Any(operands=parts):
            for part in parts:
                yield from included_terms(part)


def excluded_terms(node: Node, inside: bool = False) -> Iterator[Term]:
    """The terms of a tree that are excluded.

    Args:
        node: the tree.
        inside: whether the tree itself is excluded.
    """
    match node:
        case Term():
            if inside:
                yield node
        case Not(operand=part):
            yield from excluded_terms(part, True)
        case All(operands=parts) | Any(operands=parts):
            for part in parts:
                yield from excluded_terms(part, inside)


def included_identifiers(node: Node) -> Iterator[Identified]:
    """The identifiers of a tree that may match an entry: all that are not excluded."""
    match node:
        case Identified():
            yield node
        case All(operands=parts) | Any(operands=parts):
            for part in parts:
                yield from included_identifiers(part)


def free_texts(node: Node) -> Iterator[str]:
    """The free words of a tree, joined by spaces, to compare with names and titles; one text for each alternative."""
    match node:
        case Term(text=text, field=""):
            yield text
        case All(operands=parts):
            words = [next(free_texts(part), "") for part in parts]
            if any(words):
                yield " ".join(filter(None, words))
        case Any(operands=parts):
            for part in parts:
                yield from free_texts(part)
