"""Small styles for the tests: a layout, and what the processor prints of some items by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mum_tui.citation.csl import Citation, Cite, Processor, Style, plain
from mum_tui.citation.engine import load_locale
from tests.csl_html import html

Item = dict[str, Any]
_STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" {options}><info><title>Small</title></info>
{before}<citation {citing}>{cite_sort}<layout {around}>{cite}</layout></citation>
<bibliography {listing}>{sort}<layout {entry}>{layout}</layout></bibliography></style>"""


def style(layout: str = "", cite: str = "", **parts: str) -> Style:
    """A style. parts: options, before (macros, locales), citing, around, cite_sort, listing, sort, entry."""
    names = ("options", "before", "citing", "around", "listing", "sort", "cite_sort", "entry")
    title = '<text variable="title"/>'
    return Style.parse(
        _STYLE.format(layout=layout or title, cite=cite or title, **{name: parts.get(name, "") for name in names})
    )


def items(*values: Item) -> list[Item]:
    """Items with ids and a type where they give none."""
    return [{"id": f"i{at}", "type": "book", **one} for at, one in enumerate(values)]


def listed(layout: str, *values: Item, lang: str = "", **parts: str) -> list[str]:
    """The entries of a bibliography as HTML."""
    processor = Processor(style(layout, **parts), load_locale, lang)
    return [html(reference.parts) for reference in processor.bibliography(items(*values))]


def printed(layout: str, value: Item, lang: str = "", **parts: str) -> str:
    """The one entry of a bibliography of one item."""
    return listed(layout, value, lang=lang, **parts)[0]


def cited(cite: str, values: Sequence[Item], *clusters: Sequence[Cite | str], **parts: str) -> list[str]:
    """Citations as plain text. A cluster holds cites, or ids of items cited plainly; without clusters all in one."""
    processor = Processor(style(cite=cite, **parts), load_locale)
    known = items(*values)
    processor.set_items(known)
    citations = [
        Citation([Cite(one) if isinstance(one, str) else one for one in cluster], note)
        for note, cluster in enumerate(clusters or [[one["id"] for one in known]], 1)
    ]
    return [plain(parts) for parts in processor.cite(citations)]


def by(*people: str, role: str = "author") -> Item:
    """Names of a role, each "Given Family"."""
    split = [person.rpartition(" ") for person in people]
    return {role: [{"given": given, "family": family} for given, _, family in split]}


def dated(*numbers: int) -> Item:
    """A date of issue by year, month and day."""
    return {"issued": {"date-parts": [list(numbers)]}}
