"""The order of cites and entries: sort keys, and how strings compare."""

import unicodedata
from collections.abc import Callable
from typing import TypeVar

from . import numbers
from .context import Context
from .dates import sort_key
from .item import DATES, NAMES, NUMBERS
from .name_format import NameFormat, NameOptions
from .spans import Part, text_of
from .style import SortKey
from .xml import Node

Thing = TypeVar("Thing")
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "þ": "th",
     "–": "-", "—": "-", "‐": "-", "‑": "-",
     "’": " ", "‘": " ", "'": " ", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
)  # fmt: skip
_PUNCTUATION = '_-,;:!?."()[]{}@*/\\&#%`^+<=>|~$'
_RANKS = str.maketrans("", "", _PUNCTUATION)
_ALL_NAMES = NameFormat(NameOptions(Node("name", {"name-as-sort-order": "all"}), {}))


def collated(text: str) -> tuple[str, str]:
    """A key that compares strings without regard to case, punctuation and, first, accents."""
    lower = text.casefold().translate(_LETTERS).strip()
    if lower.isascii():
        return lower.translate(_RANKS), ""
    spread = unicodedata.normalize("NFKD", lower)
    base = "".join([letter for letter in spread if letter < "\u0300" or not unicodedata.combining(letter)])
    return base.translate(_RANKS), spread


def key_value(key: SortKey, context: Context) -> str:
    """The value of one sort key for the context's item."""
    context.reset()
    context.sorting = True
    context.sort_limits = key.limits
    if key.variable:
        return _variable(key.variable, context)
    parts: list[Part] = []
    try:
        key.group.render(context, parts)
    except RecursionError:
        raise context.style.too_deep() from None
    return text_of(parts).strip()


def _variable(variable: str, context: Context) -> str:
    if variable in DATES:
        return sort_key(context.item.dates.get(variable))
    if variable in NAMES:
        names = context.item.names(variable)
        return " ".join(_ALL_NAMES.sort_text(context, name) for name in names)
    text = context.text(variable)
    if variable in NUMBERS and numbers.is_numeric(text):
        return numbers.padded(text)
    return text_of(context.variable_parts(variable, "long"))


def ordered(things: list[Thing], keys: list[SortKey], context: Callable[[Thing], Context]) -> list[Thing]:
    """The things in the order of the keys; those without a value of a key come last, whatever the direction.

    context: of one of the things. A key is evaluated only for things that the keys before it leave together.
    """
    return [thing for _, thing in _ordered([(context(thing), thing) for thing in things], keys)]


def _ordered(pairs: list[tuple[Context, Thing]], keys: list[SortKey]) -> list[tuple[Context, Thing]]:
    if not keys or len(pairs) < 2:
        return pairs
    groups: dict[tuple[str, str], list[tuple[Context, Thing]]] = {}
    rest = []
    for pair in pairs:
        text = key_value(keys[0], pair[0])
        if text:
            groups.setdefault(collated(text), []).append(pair)
        else:
            rest.append(pair)
    together = [groups[value] for value in sorted(groups, reverse=keys[0].descending)]
    return [pair for group in (*together, rest) for pair in _ordered(group, keys[1:])]
