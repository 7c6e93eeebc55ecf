"""Entries for other programs: as references, or as tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mum_tui.catalog.model import Entry
from mum_tui.citation import formats
from mum_tui.citation.choices import Version
from mum_tui.text import as_json

COLUMNS = ("id", "kind", "title", "name", "authors", "year", "venue", "doi", "arxiv", "link", "code", "summary")


def render(entries: Sequence[Entry], name: str, prefer: Version = Version.PUBLISHED) -> str:
    """The entries in one of ``FORMATS``; ``prefer`` is as for ``formats.render``, tables have both versions."""
    if table := TABLES.get(name):
        return table(entries)
    return formats.render(entries, name, prefer)


def _json(entries: Sequence[Entry]) -> str:
    return as_json([entry.written() for entry in entries])


def _csv(entries: Sequence[Entry]) -> str:
    import csv
    import io

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
    from mum_tui.citation.markup import markdown_escaped

    head = "| year | title | authors | venue | links |\n| --- | --- | --- | --- | --- |\n"
    rows = []
    for entry in entries:
        cells = [markdown_escaped(text) for text in (entry.title, entry.byline, entry.venue)]
        links = ", ".join(f"[{markdown_escaped(link.rel)}](<{link.url}>)" for link in entry.links)
        cells = [cell.replace("|", "\\|").replace("\n", " ") for cell in (*cells, links)]
        rows.append(f"| {entry.year or ''} | {' | '.join(cells)} |\n")
    return head + "".join(rows)


TABLES: dict[str, Callable[[Sequence[Entry]], str]] = {"csv": _csv, "json": _json, "markdown": _markdown}

FORMATS = {
    "bibtex": ("BibTeX", "bib"),
    "biblatex": ("BibLaTeX", "bib"),
    "ris": ("RIS (EndNote, Zotero, Mendeley)", "ris"),
    "csl-json": ("CSL-JSON (Zotero, pandoc)", "json"),
    "csv": ("Table for a spreadsheet (CSV)", "csv"),
    "json": ("Everything known, as JSON", "json"),
    "markdown": ("Table in Markdown", "md"),
}
"""What can be exported: the title of each format, and how the names of its files end."""
