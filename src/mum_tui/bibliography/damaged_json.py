"""Reads the items of damaged JSON that are whole."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

_OBJECT = re.compile(r"\{\s*\"")
_PART = re.compile(
    r"\{\s*\"(?:family|given|literal|dropping-particle|non-dropping-particle|suffix|date-parts|raw|season)\""
)
"""How the objects within an item begin: names and dates."""

_DECODER = json.JSONDecoder(strict=False)


class Objects(NamedTuple):
    """The items that can be read, in order, and the number of those that cannot."""

    items: list[dict[str, Any]]
    broken: int


def objects(text: str) -> Objects | None:
    """The items of a damaged array; None if the text is whole or no item can be read.

    In what cannot be read, the next object is tried. A budget of characters keeps the time linear.
    """
    found: list[dict[str, Any]] = []
    broken = end = 0
    left = 4 * len(text) + 1_000_000
    for match in _OBJECT.finditer(text):
        start = match.start()
        if start < end:
            continue
        try:
            one, end = _DECODER.raw_decode(text, start)
        except RecursionError:
            left -= 50_000
        except json.JSONDecodeError as error:
            left -= (len(text) if error.msg.startswith("Unterminated") else error.pos) - start + 100
        except ValueError:  # a number of thousands of figures
            left -= 50_000
        else:
            if start == text.find("{") and not text[end:].strip():
                return None  # one whole object
            if one.keys() & {"title", "type", "id", "DOI"}:
                found.append(one)
            continue
        broken += not _PART.match(text, start)
        if left < 0:
            break
    return Objects(found, broken) if found else None
