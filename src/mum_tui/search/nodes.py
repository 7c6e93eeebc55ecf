"""What a query asks for, as a tree of conditions."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct


class Term(Struct, frozen=True):
    """One condition: ``text`` (folded) stands in the entry, or in its ``field`` (a full name)."""

    text: str
    field: str = ""

    @property
    def is_phrase(self) -> bool:
        """Whether it asks for several words next to each other."""
        return " " in self.text


class Years(Struct, frozen=True):
    """The year lies between two, both allowed."""

    first: int
    last: int


class Identified(Struct, frozen=True):
    """The entry has this identifier (see ``identifiers``), or one that it is a part of."""

    identifier: str

    @property
    def text(self) -> str:
        """The number, DOI, key or address itself, folded."""
        return self.identifier.partition(":")[2].lower()


class Not(Struct, frozen=True):
    """The condition does not hold."""

    operand: Node


class All(Struct, frozen=True):
    """Every condition holds; with none, this holds for every entry."""

    operands: tuple[Node, ...] = ()


class Any(Struct, frozen=True):
    """At least one condition holds."""

    operands: tuple[Node, ...]


Node = Term | Years | Identified | Not | All | Any


def any_of(operands: list[Node]) -> Node:
    """A node that needs at least one of these; a single one is returned as it is."""
    parts = tuple(dict.fromkeys(operands))
    return parts[0] if len(parts) == 1 else Any(parts)


def all_of(operands: list[Node]) -> Node:
    """A node that needs all of these; a single one is returned as it is."""
    parts = tuple(dict.fromkeys(operands))
    return parts[0] if len(parts) == 1 else All(parts)


def included_terms(node: Node) -> Iterator[Term]:
    """The terms of a tree that an entry may be found by: all that are not excluded."""
    match node:
        case Term():
            yield node
        case All(operands=parts) | Any(operands=parts):
            for part in parts:
                yield from included_terms(part)


def excluded_terms(node: Node, inside: bool = False) -> Iterator[Term]:
    """The terms of a tree that are excluded."""
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
    """The identifiers of a tree that an entry may be found by."""
    match node:
        case Identified():
            yield node
        case All(operands=parts) | Any(operands=parts):
            for part in parts:
                yield from included_identifiers(part)


def free_texts(node: Node) -> Iterator[str]:
    """What an entry may be called to be the very one that is asked for: the free words of a tree, one behind the
    other; of alternatives, each."""
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
