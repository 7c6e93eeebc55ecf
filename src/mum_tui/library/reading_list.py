"""Renders the reading list as Markdown that can be sent to a colleague."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mum_tui.annotation import Annotation
from mum_tui.catalog.model import Entry
from mum_tui.reading_status import Status
from mum_tui.text import clean, one_line, why_not_url

AUTHORS = 6
"""How many authors are named; more become ``et al.``."""

_ORDER = (Status.READING, Status.TO_READ, Status.READ)
_GROUPS = {**{str(status): status.label for status in _ORDER}, "": "Without a status"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


class ListedEntry(NamedTuple):
    """An annotation and its entry; None if the catalog no longer has it."""

    annotation: Annotation
    entry: Entry | None


def reading_list(rows: Iterable[ListedEntry], title: str = "Reading list") -> str:
    """A heading for each status and below it its entries: title and link, authors, venue, rating, tags, note."""
    rows = list(rows)
    groups = {
        heading: [listed for listed in rows if listed.annotation.status == status]
        for status, heading in _GROUPS.items()
    }
    blocks = [f"# {_plain(title)}"]
    for heading, members in groups.items():
        if members:
            blocks += [f"## {heading}", *map(_block, members)]
    return "\n\n".join(blocks) + "\n"


def _block(listed: ListedEntry) -> str:
    annotation, entry = listed
    title = _plain(entry.title if entry else annotation.title or annotation.id)
    url = entry.links[0].url if entry and entry.links else annotation.url
    if url and not why_not_url(url):
        title = f"[{title}](<{url.replace('<', '%3C').replace('>', '%3E')}>)"
    lines = [f"### {title}"]
    about = [_names(entry), _plain(entry.venue)] if entry else ["not in this catalog"]
    tags = " ".join(f"`#{_code(tag)}`" for tag in annotation.tags)
    stars = f"{'★' * annotation.rating}{'☆' * (5 - annotation.rating)}" if annotation.rating else ""
    if said := " · ".join(part for part in (*about, stars, tags) if part):
        lines.append(said)
    if annotation.note:
        # Quoted, so that headings and lists in a note stay inside it.
        lines.append("\n".join(f"> {line}".rstrip() for line in clean(annotation.note).split("\n")))
    return "\n\n".join(lines)


def _names(entry: Entry) -> str:
    names: Sequence[str] = [_plain(name.display) for name in entry.authors]
    if len(names) > AUTHORS or (names and not entry.authors_complete):
        return f"{', '.join(names[:AUTHORS])} et al."
    return ", ".join(names)


def _plain(text: str) -> str:
    """``text`` on one line, with all Markdown markup escaped."""
    return _SPECIAL.sub(r"\\\1", one_line(clean(text)))


def _code(text: str) -> str:
    return one_line(clean(text)).replace("`", "'")
