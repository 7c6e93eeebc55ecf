"""Edits the text of a query: adds a condition to it or removes one."""

from __future__ import annotations

import re

from mum_tui.search import syntax
from mum_tui.search.nodes import Any
from mum_tui.search.parse import parse


def condition(field: str, value: str) -> str:
    """``field:value`` as the user would type it, quoted where the value needs it."""
    return f'{field}:"{value}"' if re.search(r'[\s()"]', value) or not value else f"{field}:{value}"


def toggled(text: str, field: str, value: str) -> str:
    """``text`` without the condition ``field:value``, or with it at the end if it was not there."""
    query = parse(text)
    node = parse(condition(field, value)).tree
    positions = [(span.start, span.end) for span in query.spans if span.node == node]
    if positions:
        for start, end in reversed(positions):
            text = f"{text[:start].rstrip()} {text[end:].lstrip()}"
        return text.strip()
    return narrowed(text, condition(field, value))


def narrowed(text: str, more: str) -> str:
    """``text`` with one more condition, which must hold, too."""
    query = parse(text)
    text = text.strip()
    if not query.closing:
        # An operator without its second term would take the condition as that term.
        text = syntax.DANGLING.sub("", text).strip()
    closed = text + query.closing
    # A word with a parenthesis inside would include a closing one right after it.
    text = closed if not parse(closed).closing else f"{text} {query.closing}"
    if isinstance(query.tree, Any) and not query.spans:
        text = f"({text})"
    return f"{text} {more}".strip()
