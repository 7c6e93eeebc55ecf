"""The reading list as Markdown, fit to be sent to a colleague. Pure: from values to text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mum_tui.catalog.model import Entry
from mum_tui.library.operations import Item
from mum_tui.library.scopes import STATUS_TITLES
from mum_tui.text import clean, one_line, why_not_url

AUTHORS = 6
"""How many authors are named before ``et al.``."""

_GROUPS = {**{status: STATUS_TITLES[status] for status in ("reading", "to-read", "read")}, "": "Also kept"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


class Row(NamedTuple):
    """What is kept about an entry, and the entry, if it is still in the catalog."""

    item: Item
    entry: Entry | None


def reading_list(rows: Iterable[Row], title: str = "Reading list") -> str:
    """A heading for each status, below it its entries: title and link, authors, venue, rating, tags, the note."""
    rows = list(rows)
    groups = {heading: [row for row in rows if row.item.status == status] for status, heading in _GROUPS.items()}
    blocks = [f"# {_plain(title)}"]
    for heading, members in groups.items():
        if members:
            blocks += [f"## {heading}", *map(_block, members)]
    return "\n\n".join(blocks) + "\n"


def _block(row: Row) -> str:
    item, entry = row
    title = _plain(entry.title if entry else item.title or item.id)
    url = entry.links[0].url if entry and entry.links else item.url
    if url and not why_not_url(url):
        title = f"[{title}](<{url.replace('<', '%3C').replace('>', '%3E')}>)"
    lines = [f"### {title}"]
    about = [_names(entry), _plain(entry.venue)] if entry else ["no longer in the catalog"]
    tags = " ".join(f"`#{_code(tag)}`" for tag in item.tags)
    stars = f"{'★' * item.rating}{'☆' * (5 - item.rating)}" if item.rating else ""
    if said := " · ".join(part for part in (*about, stars, tags) if part):
        lines.append(said)
    if item.note:
        # Quoted, so that headings and lists of a note stay within it.
        lines.append("\n".join(f"> {line}".rstrip() for line in clean(item.note).split("\n")))
    return "\n\n".join(lines)


def _names(entry: Entry) -> str:
    names: Sequence[str] = [_plain(name.display) for name in entry.authors]
    if len(names) > AUTHORS or (names and not entry.authors_complete):
        return f"{', '.join(names[:AUTHORS])} et al."
    return ", ".join(names)


def _plain(text: str) -> str:
    """``text`` as one line in which Markdown finds nothing to obey."""
    return _SPECIAL.sub(r"\\\1", one_line(clean(text)))


def _code(text: str) -> str:
    return one_line(clean(text)).replace("`", "'")
