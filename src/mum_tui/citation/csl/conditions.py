"""Conditions of cs:if and cs:else-if."""

from typing import TYPE_CHECKING

from . import numbers
from .errors import StyleError
from .xml import Node

if TYPE_CHECKING:
    from .context import Context

_TESTS = (
    "type", "variable", "is-numeric", "is-uncertain-date", "locator", "position", "disambiguate",
    "has-year-only", "has-to-month-or-season", "has-day", "is-multiple", "context",
)  # fmt: skip
_ALTERNATIVES = ("type", "locator")
"""An item is of one type only, so several types under match="all" are alternatives, as all processors take them."""
_POSITIONS = {
    "first": ("first",),
    "subsequent": ("subsequent", "ibid", "ibid-with-locator"),
    "ibid": ("ibid", "ibid-with-locator"),
    "ibid-with-locator": ("ibid-with-locator",),
}


class Condition:
    """The tests of one branch, each a kind and a value, and how they combine: all, any or none."""

    __slots__ = ("match", "tests")

    def __init__(self, node: Node) -> None:
        self.match = node.get("match", "all")
        self.tests: list[tuple[str, str]] = []
        for kind in _TESTS:
            values = node.get(kind)
            alternatives = kind in _ALTERNATIVES and self.match == "all"
            self.tests.extend((kind, value) for value in ([values] if alternatives and values else values.split()))
        if not self.tests and not any(kind in node.attributes for kind in _TESTS):
            raise StyleError("has a condition without a test")

    def holds(self, context: "Context") -> bool:
        """Whether the branch applies to the context's item."""
        results = (_TEST[kind](context, value) for kind, value in self.tests)
        if self.match == "any":
            return any(results)
        if self.match == "none":
            return not any(results)
        return all(results)


def _type(context: "Context", value: str) -> bool:
    return context.item.type == value or context.item.type in value.split()


def _variable(context: "Context", value: str) -> bool:
    return context.has(value)


def _is_numeric(context: "Context", value: str) -> bool:
    return numbers.is_numeric(context.value(value))


def _is_uncertain(context: "Context", value: str) -> bool:
    date = context.item.date(value)
    return date is not None and date.circa


def _locator(context: "Context", value: str) -> bool:
    label = (context.locator_label or "page").replace(" ", "-")
    return bool(context.text("locator")) and label in value.replace("sub verbo", "sub-verbo").split()


def _position(context: "Context", value: str) -> bool:
    if context.area != "citation" or context.cite is None:
        return False
    if value == "near-note":
        return context.cite.near_note
    return context.cite.position in _POSITIONS.get(value, ())


def _disambiguate(context: "Context", value: str) -> bool:
    return value == "true" and context.disambiguates()


def _date_has(wanted: str):  # type: ignore[no-untyped-def]
    def test(context: "Context", value: str) -> bool:
        date = context.item.date(value)
        if date is None or date.start is None:
            return False
        _, month, day = date.start
        given = "day" if day else "month" if month else "year"
        return given == wanted

    return test


def _is_multiple(context: "Context", value: str) -> bool:
    return len(context.value(value).split()) > 1


def _context(context: "Context", value: str) -> bool:
    return context.area == value


_TEST = {
    "type": _type,
    "variable": _variable,
    "is-numeric": _is_numeric,
    "is-uncertain-date": _is_uncertain,
    "locator": _locator,
    "position": _position,
    "disambiguate": _disambiguate,
    "has-year-only": _date_has("year"),
    "has-to-month-or-season": _date_has("month"),
    "has-day": _date_has("day"),
    "is-multiple": _is_multiple,
    "context": _context,
}
