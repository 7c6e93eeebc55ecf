"""The catalog as a page of Markdown in the manner of an awesome list: contents, sections, entries with their links."""

from __future__ import annotations

from collections.abc import Iterator

from mum_tui.catalog.model import Catalog, Entry, Link, Section
from mum_tui.markdown import escape, link
from mum_tui.views import details

_TITLES = {"demo": "Demo", "docs": "Documentation"}
_DEEPEST = 6
"""Markdown knows no heading below the sixth."""


def page(catalog: Catalog, summaries: bool = False) -> str:
    """The whole page, the same for the same catalog. Each entry stands in its home section, in catalog order."""
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
                for entry in homes.get(section.id, ()):
                    lines += ["", *_entry(entry, summaries)]
    return "\n".join(lines) + "\n"


def _count(section: Section, homes: dict[str, list[Entry]]) -> int:
    return sum(len(homes.get(below.id, ())) for _, below in section.walk())


def _contents(top: Section, homes: dict[str, list[Entry]]) -> Iterator[str]:
    for depth, section in top.walk():
        if count := _count(section, homes):
            yield f"{'  ' * depth}- {link(section.title, f'#{section.id}')} ({count})"


def _entry(entry: Entry, summaries: bool) -> Iterator[str]:
    """A list item; its lines are broken with a backslash, which no editor trims."""
    lines = [f"**{escape(entry.title)}**"]
    if entry.authors:
        lines.append(escape(details.authors(entry)))
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
    return details.day(entry.date) if entry.date else str(entry.year or "")


def _venue(entry: Entry) -> str:
    preprint = entry.preprint
    number = f"{preprint.server}:{preprint.id}" if preprint and preprint.server == "arXiv" else ""
    if entry.published or entry.record:
        return ", ".join(part for part in (entry.venue, number) if part)
    return number or entry.venue


def _link(shown_link: Link) -> str:
    title = _TITLES.get(shown_link.rel, shown_link.rel.capitalize())
    return link(f"{title}: {shown_link.label}" if shown_link.label else title, shown_link.url)
