"""``export``: entries for other programs, as references or as tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from mum_tui import speech
from mum_tui.catalog.model import Entry
from mum_tui.citation import formats
from mum_tui.citation.csl import PREPRINT, PUBLISHED
from mum_tui.verbs.common import as_json, chosen_entries, open_services, put_or_write

if TYPE_CHECKING:
    import argparse

COLUMNS = ("id", "kind", "title", "name", "authors", "year", "venue", "doi", "arxiv", "link", "code", "summary")


def export(arguments: argparse.Namespace) -> int:
    """Write entries in one of ``arguments.format``'s forms; without a choice of entries, all of them."""
    services = open_services(arguments)
    entries = chosen_entries(services, arguments, everything=True)
    if entries is None:
        return speech.NOTHING
    if table := TABLES.get(arguments.format):
        text = table(entries)
    else:
        text = formats.render(entries, arguments.format, PREPRINT if arguments.preprint else PUBLISHED)
    return put_or_write(text, arguments.output)


def _json(entries: Sequence[Entry]) -> str:
    return as_json([entry.written() for entry in entries])


def _csv(entries: Sequence[Entry]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_inert(cell) for cell in _cells(entry)] for entry in entries)
    return out.getvalue()


def _inert(cell: str) -> str:
    # A spreadsheet would run a cell that begins like a formula.
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell


def _cells(entry: Entry) -> list[str]:
    links = {link.rel: link.url for link in reversed(entry.links)}
    version = entry.published or entry.record
    preprint = entry.preprint
    return [
        *(entry.id, entry.kind, entry.title, entry.name),
        "; ".join(name.display for name in entry.authors) + ("" if entry.authors_complete else "; et al."),
        str(entry.year or ""),
        entry.venue,
        version.doi if version else "",
        preprint.id if preprint and preprint.server == "arXiv" else "",
        entry.links[0].url if entry.links else "",
        links.get("code", ""),
        entry.summary,
    ]


def _markdown(entries: Sequence[Entry]) -> str:
    from mum_tui.citation.marks import markdown_escaped

    head = "| year | title | authors | venue | links |\n| --- | --- | --- | --- | --- |\n"
    rows = []
    for entry in entries:
        cells = [markdown_escaped(text) for text in (entry.title, entry.byline, entry.venue)]
        links = ", ".join(f"[{markdown_escaped(link.rel)}](<{link.url}>)" for link in entry.links)
        cells = [cell.replace("|", "\\|").replace("\n", " ") for cell in (*cells, links)]
        rows.append(f"| {entry.year or ''} | {' | '.join(cells)} |\n")
    return head + "".join(rows)


TABLES: dict[str, Callable[[Sequence[Entry]], str]] = {"csv": _csv, "json": _json, "markdown": _markdown}

FORMATS = ("bibtex", "biblatex", "ris", "csl-json", *TABLES)
