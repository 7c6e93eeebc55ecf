"""``check``: proofread a catalog file and check its links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.bibliography import any_list
from mum_tui.catalog.check.proofreading import proofread
from mum_tui.catalog.layers import merged
from mum_tui.commands.files import STREAM, name_of, write_text
from mum_tui.commands.opening import ProgressLine
from mum_tui.commands.parsing import Parser, add_output
from mum_tui.console import Exit
from mum_tui.problems import ERROR, HINT, SEVERITIES, WARNING, Problem
from mum_tui.readers import read_layers
from mum_tui.services import Services
from mum_tui.text import as_json, clean

if TYPE_CHECKING:
    import argparse

    from mum_tui.catalog.model import Entry, Loaded
    from mum_tui.links.results import LinkResult


def add_arguments(parser: Parser) -> None:
    """The arguments of ``check``."""
    parser.epilog = (
        "Entries with errors are skipped; fix warnings; hints may be false alarms. Exit status: 1 with errors, "
        "with --strict also with warnings; hints never fail."
    )
    parser.add_argument("file", nargs="?", metavar="FILE", type=Path, help="default: the catalog in use; -: input")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if there are warnings, too")
    parser.add_argument("--hints", action="store_true", help="show hints, too")
    parser.add_argument("--json", action="store_true", help="print all problems as an array of objects")
    links = parser.add_argument_group("links", "404 and 410 are errors, moved links warnings, other failures hints")
    links.add_argument("--links", action="store_true", help="check every link; good results are valid for a week")
    links.add_argument("--afresh", action="store_true", help="recheck recent ones too")
    add_output(links)
    parser.set_defaults(run=check)


def check(arguments: argparse.Namespace) -> Exit:
    """Print all problems of a catalog; returns ``NOT_FOUND`` if there are errors, or warnings with ``--strict``."""
    if (arguments.output or arguments.afresh) and not arguments.links:
        console.warn("--output and --afresh go with --links")
        return Exit.USAGE
    services = Services(arguments.catalog)
    paths = [arguments.file] if arguments.file else services.catalog_paths
    name = name_of(paths[0]) if len(paths) == 1 else services.catalog_name
    loaded, problems = _load_layers(paths) if len(paths) > 1 else _load(paths[0], name)
    if arguments.links:
        from mum_tui.links import report

        link_results = _check_links(loaded.catalog.entries, services.paths.links, arguments.afresh)
        problems += report.problems(loaded, name, link_results)
        if arguments.output and _write_report(arguments.output, loaded, link_results) != Exit.DONE:
            return Exit.USAGE
    problems.sort(key=lambda problem: (problem.file, problem.line))
    hints = arguments.hints or arguments.links
    shown = problems if hints or arguments.json else [problem for problem in problems if problem.level != HINT]
    _print(shown, arguments.json)
    _sum_up(name, loaded, problems, hints)
    fatal = {ERROR, WARNING} if arguments.strict else {ERROR}
    return Exit.NOT_FOUND if any(problem.level in fatal for problem in problems) else Exit.DONE


def _load(path: Path, name: str) -> tuple[Loaded, list[Problem]]:
    """The catalog in a file, and all its problems."""
    if path == STREAM:
        loaded = any_list.catalog_in(console.read(), name)
    else:
        line = ProgressLine()
        try:
            loaded = any_list.load_any(path, _reporter(line))
        finally:
            line.close()
    return loaded, [*loaded.problems, *proofread(loaded, name)]


def _load_layers(paths: Sequence[Path]) -> tuple[Loaded, list[Problem]]:
    """The catalog of several layers, and all problems of each and of the whole."""
    line = ProgressLine()
    try:
        layers, problems = read_layers(paths, _reporter(line))
    finally:
        line.close()
    loaded = merged(layers).loaded
    for layer in layers:
        problems += proofread(layer.loaded, layer.file)
    # Line numbers are of several files, so they are useless for problems of the whole.
    return loaded._replace(lines={}), [*problems, *loaded.problems]


def _reporter(line: ProgressLine) -> Callable[[int, int, int], None]:
    return lambda done, of, entries: line.update("Reading the catalog", done / max(of, 1), entries)


def _print(problems: Sequence[Problem], json: bool) -> None:
    if json:
        console.write(as_json([problem._asdict() for problem in problems]))
    else:
        console.write("".join(f"{clean(problem.in_one_line(problem.level))}\n" for problem in problems))


def _sum_up(name: str, loaded: Loaded, problems: Sequence[Problem], hints: bool) -> None:
    counts = Counter(problem.level for problem in problems)
    levels = [f"{counts[level]} {level}{'s' * (counts[level] != 1)}" for level in SEVERITIES if counts[level]]
    aside = f", {loaded.set_aside} skipped" if loaded.set_aside else ""
    more = " (--hints shows them)" if counts[HINT] and not hints else ""
    count = len(loaded.catalog.entries)
    entries = f"{count} entr{'y' if count == 1 else 'ies'}{aside}"
    console.warn(f"{name}: {entries}, {', '.join(levels) or 'no problems'}{more}")


def _check_links(entries: Sequence[Entry], cache: Path, afresh: bool) -> Mapping[str, LinkResult]:
    """The result of every link, checked now or within the last week; stored even if the check is interrupted."""
    from mum_tui.links import crawl, probe, report, results

    urls = report.addresses(entries)
    remembered = results.load(cache)
    known = {} if afresh else results.fresh_results(remembered)
    to_check = [url for url in urls if url not in known]
    link_results = {url: known[url] for url in urls if url in known}
    done = 0
    try:
        for link_result in crawl.check_all(to_check, probe.ask):
            done += 1
            link_results[link_result.url] = link_result
            console.progress(done, len(to_check), crawl.host(link_result.url))
    finally:
        console.progress(1, 1)
        if done:
            try:
                results.save(cache, (remembered | link_results).values())
            except OSError as error:
                console.warn(f"the results could not be stored: {error.strerror or error}")
    known_before = len(urls) - len(to_check)
    console.warn(f"{len(to_check)} link{'s' * (len(to_check) != 1)} checked, {known_before} known from the last week")
    return link_results


def _write_report(path: Path, loaded: Loaded, link_results: Mapping[str, LinkResult]) -> Exit:
    from mum_tui.clock import utc_now
    from mum_tui.links import report

    page = report.page(loaded.catalog.entries, link_results, loaded.catalog.title or "the catalog", utc_now()[:10])
    return write_text(page, path)
