"""Short forms of a citation: keys, commands for LaTeX and Markdown, links, and the items themselves as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from mum_tui.citation.bibtex import citekey
from mum_tui.citation.csl_item import Item, arxiv_id
from mum_tui.citation.markup import markdown_escaped


def csl_json(items: Iterable[Item]) -> str:
    """The items as CSL-JSON; what a terminal might obey is escaped."""
    text = json.dumps(list(items), ensure_ascii=False, indent=2)
    return re.sub(r"[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", _escaped, text) + "\n"


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def keys(items: Iterable[Item]) -> str:
    """Citation keys, one a line."""
    return "".join(f"{citekey(item['id'])}\n" for item in items)


def latex(items: Iterable[Item]) -> str:
    r"""``\cite{one,two}``."""
    return f"\\cite{{{','.join(citekey(item['id']) for item in items)}}}\n"


def pandoc(items: Iterable[Item]) -> str:
    """``[@one; @two]``, for pandoc and Quarto."""
    return f"[{'; '.join('@' + citekey(item['id']) for item in items)}]\n"


def address(item: Item) -> str:
    """Where the item is found: its DOI's address, else its own, else its preprint's."""
    if item.get("DOI"):
        return f"https://doi.org/{item['DOI']}"
    arxiv = arxiv_id(item)
    return str(item.get("URL", "") or (f"https://arxiv.org/abs/{arxiv}" if arxiv else ""))


def links(items: Sequence[Item]) -> str:
    """Addresses, one a line; an item without one gives its title."""
    return "".join(f"{address(item) or item.get('title', '') or item['id']}\n" for item in items)


def markdown_links(items: Sequence[Item]) -> str:
    """``[title](address)``, one a line."""
    return "".join(f"{_markdown_link(item)}\n" for item in items)


def _markdown_link(item: Item) -> str:
    text = markdown_escaped(item.get("title", "") or item["id"])
    escapes = {"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", " ": "%20"}
    url = "".join(escapes.get(char, char) for char in address(item))
    # What else a reader's program might do with an address (javascript:) is not ours to offer.
    return f"[{text}]({url})" if re.match(r"(https?|ftp)://", url, re.IGNORECASE) else text
