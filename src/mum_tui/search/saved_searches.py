"""Searches with names: what the user calls a query, for a list beside the sections."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from mum_tui.search.annotations import NOTHING_KEPT, Personal
from mum_tui.search.index import Index
from mum_tui.search.query import REPLACED, parse
from mum_tui.search.view import View


class Saved(Struct, frozen=True):
    """A named query; ``hint`` says what is wrong with it, ``count`` how many entries it finds."""

    name: str
    query: str
    count: int = 0
    hint: str = ""


def saved(index: Index, searches: Mapping[str, str], personal: Personal = NOTHING_KEPT) -> list[Saved]:
    """The searches of the configuration in their order, each with what it finds now."""
    found = []
    for name, query in searches.items():
        results = index.run(View(query=query), personal)
        hint = next((hint.message for hint in results.hints if hint.type != REPLACED), "")
        found.append(Saved(name, query, len(results.rows), hint or results.hint))
    return found


def is_open(searches: Mapping[str, str], text: str) -> str:
    """The name of the search whose query stands in the box, or nothing."""
    tree = parse(text).tree
    return next((name for name, query in searches.items() if parse(query).tree == tree), "")
