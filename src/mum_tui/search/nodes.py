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

    of: Node


class All(Struct, frozen=True):
    """Every condition holds; with none, this holds for every entry."""

    of: tuple[Node, ...] = ()


class Any(Struct, frozen=True):
    """At least one condition holds."""

    of: tuple[Node, ...]


Node = Term | Years | Identified | Not | All | Any


def any_of(of: list[Node]) -> Node:
    """A node that needs at least one of these; a single one is returned as it is."""
    parts = tuple(dict.fromkeys(of))
    return parts[0] if len(parts) == 1 else Any(parts)


def all_of(of: list[Node]) -> Node:
    """A node that needs all of these; a single one is returned as it is."""
    parts = tuple(dict.fromkeys(of))
    return parts[0] if len(parts) == 1 else All(parts)


def asked(node: Node) -> Iterator[Term]:
    """The terms of a tree that an entry may be found by: all that are not excluded."""
    match node:
        case Term():
            yield node
        case All(of=of) | Any(of=of):
            for part in of:
                yield from asked(part)


def excluded(node: Node, inside: bool = False) -> Iterator[Term]:
    """The terms of a tree that are excluded."""
    match node:
        case Term():
            if inside:
                yield node
        case Not(of=part):
            yield from excluded(part, True)
        case All(of=of) | Any(of=of):
            for part in of:
                yield from excluded(part, inside)


def identified(node: Node) -> Iterator[Identified]:
    """The identifiers of a tree that an entry may be found by."""
    match node:
        case Identified():
            yield node
        case All(of=of) | Any(of=of):
            for part in of:
                yield from identified(part)


def names(node: Node) -> Iterator[str]:
    """What an entry may be called to be the very one that is asked for: the free words of a tree, one behind the
    other; of alternatives, each."""
    match node:
        case Term(text=text, field=""):
            yield text
        case All(of=of):
            words = [next(names(part), "") for part in of]
            if any(words):
                yield " ".join(filter(None, words))
        case Any(of=of):
            for part in of:
                yield from names(part)
