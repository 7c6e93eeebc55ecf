"""Variables that stand in an item's note, where Zotero and others keep what they have no field for.

They are lines of their own (``PMID: 123``, ``original-date: 1999``, ``editor: Doe || Jane``) or parts in braces
(``{:PMID: 123}``): https://www.zotero.org/support/kb/item_types_and_fields, "Citing fields from Extra".
"""

from __future__ import annotations

import re
from typing import Any

from mum_tui.catalog.csl_variables import DATES, NAMES, TEXTS
from mum_tui.citation import csl_dates

_LINE = re.compile(r"([A-Za-z][A-Za-z_ -]{1,30}):\s*(\S.*)")
_BRACES = re.compile(r"\{:([A-Za-z][A-Za-z_ -]{1,30}):\s*([^{}\n]*)\}")
_CALLED = {name.lower(): name for name in (*NAMES, *DATES, *TEXTS) if name not in ("id", "type", "custom", "note")}
"""Variables by their name in lower case, as people write it in notes."""


def take_variables(item: dict[str, Any]) -> None:
    """Take the variables out of the item's note; one that the item has already stays as it is, and so does its line.

    Several lines of one role are several names. A note of which nothing is left goes away.
    """
    said: dict[str, Any] = {}
    note = _BRACES.sub(lambda part: "" if _put(item, said, part[1], part[2].strip()) else part[0], str(item["note"]))
    lines = [line.strip() for line in note.split("\n")]
    left = [
        line
        for line in lines
        if line and not ((match := _LINE.fullmatch(line)) and _put(item, said, match[1], match[2].strip()))
    ]
    item.update(said)
    item["note"] = "\n".join(left)
    if not left:
        del item["note"]


def _put(item: dict[str, Any], said: dict[str, Any], called: str, value: str) -> bool:
    name = _CALLED.get(called.lower().replace("_", "-").replace(" ", "-"), "")
    if not name or name in item or not value:
        return False
    if name in NAMES:
        family, _, given = (part.strip() for part in value.partition("||"))
        said.setdefault(name, []).append({"family": family, "given": given} if given else {"literal": family})
    elif name in DATES:
        said[name] = csl_dates.words(value) or {"literal": value}
    else:
        said[name] = value
    return True
