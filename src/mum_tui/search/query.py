"""The words in the filter box as data: parsing never fails, whatever is typed."""

from __future__ import annotations

import re

from msgspec import Struct

from mum_tui.search.facets import FACETS
from mum_tui.text import fold

_FIELDS = "|".join(facet.field for facet in FACETS)
_TOKEN = re.compile(rf'(-?)(?:({_FIELDS}):)?(?:"([^"]*)"?|(\S+))', re.IGNORECASE)

_PUNCTUATION = "()[]{}<>,;:.!?'"


class Term(Struct, frozen=True):
    """One condition: ``text`` (folded) stands in the entry, or in its ``field``; ``negated`` turns it round."""

    text: str
    field: str = ""
    negated: bool = False


class Query(Struct, frozen=True):
    """Conditions that must all hold; an empty query holds for every entry."""

    terms: tuple[Term, ...] = ()


def parse(text: str) -> Query:
    """The query in ``text``: words, ``"phrases"``, ``field:value``, each with ``-`` in front to exclude.

    A field or ``-`` with nothing behind it yet is a word still being typed and means nothing.
    """
    terms = []
    for match in _TOKEN.finditer(text):
        minus, field, phrase, word = match.groups()
        value = fold(phrase if phrase is not None else word)
        if not field and value.rstrip(":") in _FIELDS.split("|") and value.endswith(":"):
            continue
        if phrase is None and not field:
            # A title pasted with its brackets and commas asks for its words.
            value = value.strip(_PUNCTUATION) or value
        if value and (field or value != "-"):
            terms.append(Term(value, (field or "").lower(), bool(minus)))
    return Query(tuple(dict.fromkeys(terms)))


def condition(field: str, value: str) -> str:
    """``field:value`` as one types it, with quotes where the value needs them."""
    return f'{field}:"{value}"' if re.search(r"\s", value) else f"{field}:{value}"


def toggled(text: str, field: str, value: str) -> str:
    """``text`` with the condition ``field:value`` taken out, or put at its end if it was not there."""
    wanted = Term(fold(value), field)
    kept, found = [], False
    for match in _TOKEN.finditer(text):
        if parse(match[0]).terms == (wanted,):
            found = True
        else:
            kept.append(match[0])
    if not found:
        kept.append(condition(field, value))
    return " ".join(kept)
