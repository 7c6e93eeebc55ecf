"""``compare``: prints entries side by side, fitted to the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.commands.opening import open_services
from mum_tui.commands.parsing import IDS_HELP, Parser
from mum_tui.commands.selecting import find_entries
from mum_tui.commands.text_columns import side_by_side, wrap
from mum_tui.console import Exit
from mum_tui.text import as_json
from mum_tui.views.comparison import SHARED, Property, headings, markdown, rows

if TYPE_CHECKING:
    import argparse

    from mum_tui.catalog.model import Entry

LABEL = 16
"""The width of labels; they end in ``*`` if entries differ."""

NARROWEST = 18
"""If columns would be narrower than this, entries are printed below each other."""


def add_arguments(parser: Parser) -> None:
    """The arguments of ``compare``."""
    parser.add_argument("ids", nargs="+", metavar="ID", help=IDS_HELP)
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--markdown", action="store_true", help="as a Markdown table")
    output.add_argument("--json", action="store_true", help="as an object with columns, rows and shared values")
    parser.set_defaults(run=compare)


def compare(arguments: argparse.Namespace) -> Exit:
    """Print entries side by side, property by property."""
    services = open_services(arguments)
    named = find_entries(services, arguments.ids)
    if named is None:
        return Exit.NOT_FOUND
    entries = list({entry.id: entry for entry in named}.values())
    if len(entries) < 2:
        console.warn("compare at least two entries")
        return Exit.USAGE
    table = rows(entries, services.relations)
    if arguments.json:
        columns = [
            {"id": entry.id, "heading": heading} for entry, heading in zip(entries, headings(entries), strict=True)
        ]
        console.write(
            as_json(
                {
                    "columns": columns,
                    "shared": {row.label: row.shared for row in table if row.shared},
                    "rows": [
                        {"label": row.label, "cells": row.cells, "differs": row.differs}
                        for row in table
                        if row.label != SHARED
                    ],
                }
            )
        )
    elif arguments.markdown:
        console.write(markdown(entries, table))
    else:
        lines = _text(entries, table, console.columns())
        console.write("".join(f"{line}\n" for line in lines))
    return Exit.DONE


def _text(entries: Sequence[Entry], table: Sequence[Property], columns: int) -> Iterator[str]:
    room = (columns - 1 - LABEL) // len(entries) - 2
    if room < NARROWEST:
        yield from _stacked(entries, table, columns)
        return
    widths = [LABEL, *[room] * len(entries)]
    yield from side_by_side(["", *headings(entries)], widths)
    yield from side_by_side(["", *(entry.id for entry in entries)], widths)
    yield "─" * (sum(widths) + 2 * len(entries))
    for row in table:
        if row.label == SHARED:
            yield from side_by_side([SHARED, row.cells[0]], [LABEL, sum(widths[1:]) + 2 * (len(entries) - 1)])
        else:
            yield from side_by_side([_label(row), *(cell or "·" for cell in row.cells)], widths)


def _stacked(entries: Sequence[Entry], table: Sequence[Property], columns: int) -> Iterator[str]:
    """Entries below each other, property by property, for narrow terminals and many entries."""
    names = headings(entries)
    for row in table:
        yield _label(row)
        if len(set(row.cells)) == 1:
            yield from (f"  {line}" for line in wrap(f"all: {row.cells[0]}", columns - 3))
            continue
        for name, cell in zip(names, row.cells, strict=True):
            first, *more = wrap(f"{name}: {cell or '·'}", columns - 5)
            yield f"  {first}"
            yield from (f"    {line}" for line in more)


def _label(row: Property) -> str:
    return f"{row.label} *" if row.differs else row.label
