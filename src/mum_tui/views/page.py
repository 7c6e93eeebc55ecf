"""Renders the catalog as a Markdown page in the style of awesome lists: contents, sections, entries with links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from mum_tui.catalog.model import Catalog, Entry, Link, Section
from mum_tui.markdown import cell, escape, link
from mum_tui.views import wording

_TITLES = {"demo": "Demo", "docs": "Documentation"}
_DEEPEST = 6
"""The deepest heading level of Markdown."""


class Template(StrEnum):
    """The shape of the entries of a page."""

    PAGE = "page"
    """A list; title, authors, venue and links of an entry have a line each."""
    ITEMS = "items"
    """A list with one line per entry."""
    TABLE = "table"
    """A table below each heading, with a row per entry."""


def page(catalog: Catalog, summaries: bool = False, template: Template = Template.PAGE) -> str:
    """The whole page, deterministic. Each entry is in its home section, in catalog order."""
    homes: dict[str, list[Entry]] = {}
    for entry in catalog.entries:
        homes.setdefault(entry.section, []).append(entry)
    count = len(catalog.entries)
    lines = [
        f"# {escape(catalog.title or 'Catalog')}",
        "",
        "<!-- Made by mum-tui render. Change the catalog instead. -->",
        "",
        f"{count} entr{'y' if count == 1 else 'ies'}.",
    ]
    shown = [section for section in catalog.sections if _count(section, homes)]
    if shown:
        lines += ["", "## Contents", ""]
        lines += [line for section in shown for line in _contents(section, homes)]
    for top in shown:
        for depth, section in top.walk():
            if _count(section, homes):
                lines += ["", f'<a id="{section.id}"></a>', ""]
                lines += [f"{'#' * min(depth + 2, _DEEPEST)} {escape(section.title)}"]
                lines += _entries(homes.get(section.id, ()), summaries, template)
    return "\n".join(lines) + "\n"


def _count(section: Section, homes: dict[str, list[Entry]]) -> int:
    return sum(len(homes.get(below.id, ())) for _, below in section.walk())


def _contents(top: Section, homes: dict[str, list[Entry]]) -> Iterator[str]:
    for depth, section in top.walk():
        if count := _count(section, homes):
            yield f"{'  ' * depth}- {link(section.title, f'#{section.id}')} ({count})"


def _entries(entries: Sequence[Entry], summaries: bool, template: Template) -> Iterator[str]:
    if not entries:
        return
    if template == Template.PAGE:
        for entry in entries:
            yield ""
            yield from _entry(entry, summaries)
    elif template == Template.ITEMS:
        yield ""
        yield from (f"- {_line(entry, summaries)}" for entry in entries)
    else:
        heads = ["Title", "Authors", "Date", "Venue", "Links", *(["Summary"] if summaries else [])]
        yield from ("", _row(heads), _row(["---"] * len(heads)))
        yield from (_row(_cells(entry)[: len(heads)]) for entry in entries)


def _line(entry: Entry, summaries: bool) -> str:
    """An entry on one line: ``**Title** (Venue) Authors [[Paper](…)] - Summary``."""
    parts = [f"**{escape(entry.title)}**"]
    if where := _date(entry) if _venue(entry) == "" else _venue(entry):
        parts.append(f"({escape(where)})")
    parts += [f"\\[{_link(each_link)}\\]" for each_link in entry.links]
    if summaries and entry.summary:
        parts.append(f"- {escape(entry.summary)}")
    return " ".join(parts)


def _cells(entry: Entry) -> list[str]:
    links = " ".join(map(_link, entry.links)) or " "
    # A bar in an address would end the cell; bars in texts are escaped already.
    links = re.sub(r"(?<!\\)\|", r"\|", links)
    return [
        cell(entry.title),
        cell(wording.authors(entry)) if entry.authors else " ",
        cell(_date(entry)),
        cell(_venue(entry)),
        links,
        cell(entry.summary),
    ]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _entry(entry: Entry, summaries: bool) -> Iterator[str]:
    """A list item; its line breaks are backslashes, because editors may trim spaces at the end of a line."""
    lines = [f"**{escape(entry.title)}**"]
    if entry.authors:
        lines.append(escape(wording.authors(entry)))
    where = " · ".join(escape(part) for part in (_date(entry), _venue(entry)) if part)
    if where:
        lines.append(where)
    if entry.links:
        lines.append(" ".join(f"\\[{_link(each_link)}\\]" for each_link in entry.links))
    if summaries and entry.summary:
        lines.append(escape(entry.summary))
    first, *rest = "\\\n".join(lines).split("\n")
    yield f"- {first}"
    yield from (f"  {line}" for line in rest)


def _date(entry: Entry) -> str:
    return wording.day(entry.date) if entry.date else str(entry.year or "")


def _venue(entry: Entry) -> str:
    preprint = entry.preprint
    number = f"{preprint.server}:{preprint.id}" if preprint and preprint.server == "arXiv" else ""
    if entry.published or entry.record:
        return ", ".join(part for part in (entry.venue, number) if part)
    return number or entry.venue


def _link(shown_link: Link) -> str:
    title = _TITLES.get(shown_link.rel, shown_link.rel.capitalize())
    return link(f"{title}: {shown_link.label}" if shown_link.label else title, shown_link.url)
