"""``import``: makes a catalog from lists in other formats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.bibliography import any_list, build, list_files, merging, writing
from mum_tui.bibliography.records import Reading
from mum_tui.catalog import layers
from mum_tui.commands.files import STREAM, name_of, read_bytes, write_text
from mum_tui.commands.opening import ProgressLine
from mum_tui.commands.parsing import Parser, add_output
from mum_tui.console import Exit, InputError
from mum_tui.problems import ERROR, HINT, Problem, Unreadable
from mum_tui.storage.files import is_folder
from mum_tui.text import clean

if TYPE_CHECKING:
    import argparse

    from mum_tui.catalog.model import Loaded

MOST_REPORTED = 20
"""The most lines of each kind in the report: merged records, problems, kinds of skipped content."""


def add_arguments(parser: Parser) -> None:
    """The arguments of ``import``."""
    parser.epilog = "A file may be BibTeX, BibLaTeX, RIS, MEDLINE, CSL-JSON, an awesome list in Markdown, or YAML."
    parser.add_argument(
        "files", nargs="+", metavar="FILE", type=Path, help="a list, or a folder of lists (-: standard input)"
    )
    parser.add_argument("--keep-duplicates", action="store_true", help="do not merge records of the same work")
    add_output(parser)
    parser.set_defaults(run=import_list)


def import_list(arguments: argparse.Namespace) -> Exit:
    """Write a catalog of all entries in the files; report on standard error what was read, merged and skipped."""
    return any_list.without_collecting(lambda: _imported(arguments))


def _imported(arguments: argparse.Namespace) -> Exit:
    line = ProgressLine()
    try:
        gathered = _gather(arguments.files, line)
    finally:
        line.close()
    if gathered is None:
        return Exit.USAGE
    reading, catalogs = gathered
    records, remarks = (reading.records, []) if arguments.keep_duplicates else merging.merged(reading.records)
    reading.records = records
    loaded = build.catalog_of(reading)
    if catalogs:
        loaded = layers.merged([*catalogs, layers.Layer("the lists", loaded)]).loaded
    _report(loaded, remarks)
    if not loaded.catalog.entries:
        console.warn("the input has no entries")
        return Exit.NOT_FOUND
    status = write_text("".join(writing.catalog(loaded.catalog)), arguments.output)
    if status == Exit.DONE:
        is_file = arguments.output and arguments.output != STREAM
        where = name_of(arguments.output) if is_file else "written"
        count = len(loaded.catalog.entries)
        console.warn(f"{where}: {count:,} entr{'y' if count == 1 else 'ies'}; mum-tui check proofreads them")
    return status


def _gather(paths: Sequence[Path], line: ProgressLine) -> tuple[Reading, list[layers.Layer]] | None:
    """All records of all files, and the files that are catalogs; None, after warnings, if no file can be read."""
    whole = Reading("")
    catalogs: list[layers.Layer] = []
    opened = 0
    files: list[Path] = []
    for path in paths:
        lists = list_files.files_in(path) if is_folder(path) else [path]
        if not lists:
            console.warn(f"{name_of(path)}: contains no lists")
        files += lists
    for number, path in enumerate(files):

        def update(done: int, of: int, count: int, number: int = number) -> None:
            line.update("Reading", (number + done / max(of, done, 1)) / len(files), len(whole.records) + count)

        try:
            if path == STREAM:
                contents = any_list.contents_of(read_bytes(path), name_of(path), update)
            else:
                contents = any_list.contents(path, update)
        except (Unreadable, InputError) as error:
            console.warn(error)
            continue
        if isinstance(contents, Reading):
            kind, count = contents.kind, len(contents.records)
            _add(whole, contents)
        else:
            kind, count = list_files.YAML, len(contents.catalog.entries)
            catalogs.append(layers.Layer(name_of(path), contents))
        opened += 1
        console.warn(f"{name_of(path)}: {kind}, {count:,} entr{'y' if count == 1 else 'ies'}")
    return (whole, catalogs) if opened else None


def _add(whole: Reading, reading: Reading) -> None:
    for record in reading.records:
        record.file = reading.file
    whole.records += reading.records
    whole.problems += reading.problems
    whole.left_out.update(reading.left_out)
    whole.set_aside += reading.set_aside
    whole.more_problems += reading.more_problems
    whole.title = whole.title or reading.title


def _report(loaded: Loaded, remarks: Sequence[merging.Told]) -> None:
    by_level: dict[str, list[Problem]] = {}
    for problem in loaded.problems:
        by_level.setdefault(problem.level, []).append(problem)
    for level, problems in by_level.items():
        if level != HINT:
            _list([clean(problem.in_one_line(level)) for problem in problems], f"more {level}s")
    merged = [remark for remark in remarks if remark.merged]
    if merged:
        by_reason = Counter(remark.why for remark in merged)
        reasons = ", ".join(f"{count:,} with {why}" for why, count in by_reason.most_common())
        console.warn(f"{len(merged):,} merged with an earlier entry: {reasons}")
    not_merged = [remark for remark in remarks if not remark.merged]
    _list([clean(remark.message) for remark in (*not_merged, *merged)], "more such")
    _list(
        [clean(problem.message) for problem in by_level.get(HINT, ()) if not problem.line], "more kinds", "left out: "
    )
    if loaded.set_aside:
        aside = len(by_level.get(ERROR, ()))
        console.warn(f"{loaded.set_aside:,} skipped, because of {aside:,} error{'s' * (aside != 1)} listed above")


def _list(messages: Sequence[str], more: str, before: str = "") -> None:
    console.warn(*(f"{before}{message}" for message in messages[:MOST_REPORTED]))
    if len(messages) > MOST_REPORTED:
        console.warn(f"… and {len(messages) - MOST_REPORTED:,} {more}")
