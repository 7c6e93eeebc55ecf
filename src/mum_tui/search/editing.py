"""Queries written for the user: a condition as one types it, added to a query or taken out of it."""

from __future__ import annotations

import re

from mum_tui.search import syntax
from mum_tui.search.nodes import Any
from mum_tui.search.parse import parse


def condition(field: str, value: str) -> str:
    """``field:value`` as one types it, with quotes where the value needs them."""
    return f'{field}:"{value}"' if re.search(r'[\s()"]', value) or not value else f"{field}:{value}"


def toggled(text: str, field: str, value: str) -> str:
    """``text`` with the condition ``field:value`` taken out, or put at its end if it was not there."""
    query = parse(text)
    node = parse(condition(field, value)).tree
    positions = [(span.start, span.end) for span in query.spans if span.node == node]
    if positions:
        for start, end in reversed(positions):
            text = f"{text[:start].rstrip()} {text[end:].lstrip()}"
        return text.strip()
    return narrowed(text, condition(field, value))


def narrowed(text: str, more: str) -> str:
    """``text`` with a condition more that must hold too."""
    query = parse(text)
    text = text.strip()
    if not query.closing:
        # An operator that waits for what comes next would take the condition for it.
        text = syntax.DANGLING.sub("", text).strip()
    closed = text + query.closing
    # A word with a parenthesis inside would take one right behind it for its own.
    text = closed if not parse(closed).closing else f"{text} {query.closing}"
    if isinstance(query.tree, Any) and not query.spans:
        text = f"({text})"
    return f"{text} {more}".strip()
