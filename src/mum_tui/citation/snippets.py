"""Short forms of a citation: keys, commands for LaTeX and Markdown, links, and the items themselves as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from mum_tui.citation.bib_fields import key_of
from mum_tui.citation.csl_item import CslItem, arxiv_id, text
from mum_tui.citation.items import AS_WRITTEN, normal
from mum_tui.citation.markup import markdown_escaped
from mum_tui.text import one_line


def csl_json(items: Iterable[CslItem]) -> str:
    """The items as CSL-JSON, texts that came from such a file as they stood; what a terminal might obey is escaped."""
    encoded = json.dumps([_as_it_stood(item) for item in items], ensure_ascii=False, indent=2)
    return re.sub(r"[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", _escaped, encoded) + "\n"


def _as_it_stood(item: CslItem) -> CslItem:
    custom = item.get("custom")
    before = custom.get(AS_WRITTEN) if isinstance(custom, dict) else None
    if not isinstance(custom, dict) or not isinstance(before, dict):
        return item
    same = {
        key: value for key, value in before.items()
        if isinstance(value, str)
        # A preprint is read as one, where its type says that arXiv is a journal.
        and (normal(key, one_line(value)) == item.get(key, "") or (key == "type" and item.get("type") == "article"))
    }  # fmt: skip
    left = {key: value for key, value in custom.items() if key != AS_WRITTEN}
    return {**{key: value for key, value in item.items() if key != "custom" or left}, **same} | (
        {"custom": left} if left else {}
    )


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def keys(items: Iterable[CslItem]) -> str:
    """Citation keys, one a line."""
    return "".join(f"{key_of(item)}\n" for item in items)


def address(item: CslItem) -> str:
    """Where the item is found: its DOI's address, else its own, else its preprint's."""
    if text(item, "DOI"):
        return f"https://doi.org/{text(item, 'DOI')}"
    arxiv = arxiv_id(item)
    return text(item, "URL") or (f"https://arxiv.org/abs/{arxiv}" if arxiv else "")


def links(items: Sequence[CslItem]) -> str:
    """Addresses, one a line; an item without one gives its title."""
    return "".join(f"{address(item) or text(item, 'title') or text(item, 'id')}\n" for item in items)


def markdown_links(items: Sequence[CslItem]) -> str:
    """``[title](address)``, one a line."""
    return "".join(f"{_markdown_link(item)}\n" for item in items)


def _markdown_link(item: CslItem) -> str:
    title = markdown_escaped(text(item, "title") or text(item, "id"))
    escapes = {"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", " ": "%20"}
    url = "".join(escapes.get(char, char) for char in address(item))
    # What else a reader's program might do with an address (javascript:) is not ours to offer.
    return f"[{title}]({url})" if re.match(r"(https?|ftp)://", url, re.IGNORECASE) else title
