"""Conditions of cs:if and cs:else-if."""

from collections.abc import Callable

from . import numbers
from .context import SPECIAL, Context
from .xml import Node, StyleError

Test = Callable[[Context, str], bool]


class Condition:
    """The tests of one branch and how they combine: all, any or none.

    types: those any of which the item may be; under match="all", too, they are alternatives, as all processors have it.
    """

    def __init__(self, node: Node) -> None:
        self.match = node.get("match", "all")
        self.types = frozenset(node.get("type").split())
        variables = node.get("variable").split()
        self.variables = [variable for variable in variables if variable not in SPECIAL]
        self.tests: list[tuple[Test, str]] = [(Context.has, variable) for variable in variables if variable in SPECIAL]
        for kind, test in _TESTS.items():
            values = node.get(kind)
            alternatives = kind == "locator" and self.match == "all"
            self.tests.extend((test, value) for value in ([values] if alternatives and values else values.split()))
        self.decisive, self.decided = self.match != "all", self.match == "any"  # the result that settles it, and how
        self.counts = "disambiguate" in node.attributes
        if not any(kind in node.attributes for kind in ("type", "variable", *_TESTS)):
            raise StyleError("has a condition without a test")

    def settled(self, kind: str) -> bool | None:
        """Whether the branch applies to every item of a type; None where that depends on more."""
        if self.types and (kind in self.types) == (self.match != "all"):
            return self.match == "any"
        return None if self.variables or self.tests else self.match != "any"

    def holds(self, context: Context) -> bool:
        """Whether the branch applies to the context's item."""
        item, decisive = context.item, self.decisive
        if self.types and (item.type in self.types) == decisive:
            return self.decided
        for variable in self.variables:
            if item.says(variable) == decisive:
                return self.decided
        for test, value in self.tests:
            if test(context, value) == decisive:
                return self.decided
        return not self.decided


def _locator(context: Context, value: str) -> bool:
    given = bool(context.cite.locator and context.text("locator"))
    return given and context.locator_label.replace(" ", "-") in value.replace("sub verbo", "sub-verbo").split()


def _position(context: Context, value: str) -> bool:
    cite = context.cite
    holds = cite.position == value or (value == "subsequent" and cite.position != "first")
    holds = holds or (value == "ibid" and cite.position.startswith("ibid")) or (value == "near-note" and cite.near_note)
    return context.area == "citation" and holds


_TESTS: dict[str, Test] = {
    "is-numeric": lambda context, value: numbers.is_numeric(context.value(value)),
    "is-uncertain-date": lambda context, value: (date := context.item.dates.get(value)) is not None and date.circa,
    "locator": _locator,
    "position": _position,
    "disambiguate": lambda context, value: value == "true" and context.disambiguates(),
}
