"""``overview``: prints the field in numbers and bars, readable without colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.commands.opening import open_services
from mum_tui.commands.parsing import Parser
from mum_tui.commands.text_columns import fit, width
from mum_tui.console import Exit
from mum_tui.text import as_json
from mum_tui.views import overview as views
from mum_tui.views.overview import Grid, Tally

if TYPE_CHECKING:
    import argparse

LABEL = 30
CELL = 7
SHADES = "░▒▓█"
BAR = 30


def add_arguments(parser: Parser) -> None:
    """The arguments of ``overview``."""
    parser.add_argument("--json", action="store_true", help="as an object, each number with the query that selects it")
    parser.set_defaults(run=overview)


def overview(arguments: argparse.Namespace) -> Exit:
    """Print entries over time, tasks by modality and the datasets most used."""
    services = open_services(arguments)
    counts = views.overview_of(services.loaded.catalog)
    if arguments.json:
        console.write(as_json(_plain(counts)))
    elif counts.years.rows or counts.datasets:
        columns = console.columns()
        plain = not console.output_is_utf8()
        lines = [*_grid(counts.years, columns, plain, newest=True), "", *_grid(counts.tasks, columns, plain), ""]
        lines += _bars("Datasets most used", counts.datasets, columns, plain)
        console.write("".join(f"{line}\n" for line in lines))
    if not services.loaded.catalog.entries:
        console.warn("the catalog has no entries")
        return Exit.NOT_FOUND
    return Exit.DONE


def _plain(value: object) -> object:
    """Named tuples as mappings, for JSON."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key: _plain(item) for key, item in value._asdict().items()}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _grid(grid: Grid, columns: int, plain: bool, newest: bool = False) -> Iterator[str]:
    """A table of counts; columns without room are left out: the oldest (``newest``), else the rarest."""
    names = [f"{'  ' * grid.is_part(row)}{head.label}" for row, head in enumerate(grid.rows)]
    label = min(LABEL, max(map(width, names), default=0), columns // 2)
    room = max((columns - 1 - label - CELL) // CELL, 1)
    shown = list(range(len(grid.columns)))
    shown = shown[-room:] if newest else shown[:room]
    yield grid.title
    yield "  ".join([" " * label, *(_right(grid.columns[n].label) for n in shown), "  all"])
    for at, (row, cells) in enumerate(zip(grid.rows, grid.cells, strict=True)):
        # A row that sums up the rows below it has no shade: shades compare the parts.
        is_plain = plain or at in grid.wholes
        numbers = [_right(_shaded(cells[n].number, grid.level(cells[n].number), is_plain)) for n in shown]
        yield "  ".join([fit(names[at], label), *numbers, f"{row.number:>5}"])
    narrow = f"{len(grid.columns) - len(shown)} columns have no room" if len(shown) < len(grid.columns) else ""
    if rest := ", ".join(part for part in (grid.hidden, narrow) if part):
        yield f"({rest})"


def _right(text: str) -> str:
    cut = fit(text, CELL - 2) if width(text) > CELL - 2 else text
    return " " * (CELL - 2 - width(cut)) + cut


def _shaded(count: int, level: int, plain: bool) -> str:
    """A number after its shade, which is darker for more; without a shade if ``plain``. 0 is a dot."""
    if not count:
        return "." if plain else "·"
    return f"{count}" if plain else f"{SHADES[level - 1]}{count}"


def _bars(title: str, counts: Sequence[Tally], columns: int, plain: bool) -> Iterator[str]:
    if not counts:
        return
    label = min(LABEL, max(width(tally.label) for tally in counts), columns // 2)
    room = max(min(BAR, columns - label - 8), 1)
    most = max(tally.number for tally in counts)
    yield title
    for tally in counts:
        bar = ("#" if plain else "█") * max(room * tally.number // most, 1)
        yield f"{fit(tally.label, label)}  {bar} {tally.number}"
