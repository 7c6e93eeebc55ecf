"""JSON that is not whole: the objects in it that are."""

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
    """The items that can be read, in order, and how many begin and cannot."""

    items: list[dict[str, Any]]
    broken: int


def objects(text: str) -> Objects | None:
    """The items of an array that is damaged; None where the text is whole, or none can be read.

    What cannot be read is looked at again from the next object in it, but no longer than in all takes linear time.
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
