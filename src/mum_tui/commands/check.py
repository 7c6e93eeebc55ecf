"""``check``: proofreading a catalog file, and asking its links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from mum_tui import console
from mum_tui.catalog import load
from mum_tui.catalog.check.entries import proofread
from mum_tui.commands.common import WaitingLine, as_json, write_file
from mum_tui.problems import ERROR, HINT, LEVELS, WARNING, Problem
from mum_tui.services import Services
from mum_tui.text import clean

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from mum_tui.catalog.model import Entry, Loaded
    from mum_tui.links.results import Answer


def check(arguments: argparse.Namespace) -> int:
    """Print every problem of a catalog file; the status says how bad the worst is."""
    if (arguments.output or arguments.afresh) and not arguments.links:
        console.say("--output and --afresh go with --links")
        return console.USAGE
    services = Services(arguments.catalog)
    path = arguments.file or services.catalog_path
    line = WaitingLine()
    try:
        loaded = load.load(path, lambda done, of, entries: line.tell("Reading the catalog", done / max(of, 1), entries))
    finally:
        line.close()
    name = clean(str(path))
    problems = [*loaded.problems, *proofread(loaded, name)]
    if arguments.links:
        from mum_tui.links import report

        answers = _ask(loaded.catalog.entries, services.paths.links, arguments.afresh)
        problems += report.problems(loaded, name, answers)
        if arguments.output and not _write_report(arguments.output, loaded, answers):
            return console.USAGE
    problems.sort(key=lambda problem: problem.line)
    hints = arguments.hints or arguments.links
    _print(problems if hints or arguments.json else [one for one in problems if one.level != HINT], arguments.json)
    _sum_up(name, loaded, problems, hints)
    fatal = {ERROR, WARNING} if arguments.strict else {ERROR}
    return console.NOTHING if any(problem.level in fatal for problem in problems) else console.DONE


def _print(problems: Sequence[Problem], json: bool) -> None:
    if json:
        console.put(as_json([problem._asdict() for problem in problems]))
    else:
        console.put("".join(f"{clean(problem.told(problem.level))}\n" for problem in problems))


def _sum_up(name: str, loaded: Loaded, problems: Sequence[Problem], hints: bool) -> None:
    counts = Counter(problem.level for problem in problems)
    found = [f"{counts[level]} {level}{'s' * (counts[level] != 1)}" for level in LEVELS if counts[level]]
    aside = f", {loaded.set_aside} set aside" if loaded.set_aside else ""
    more = " (--hints shows them)" if counts[HINT] and not hints else ""
    count = len(loaded.catalog.entries)
    entries = f"{count} entr{'y' if count == 1 else 'ies'}{aside}"
    console.say(f"{name}: {entries}, {', '.join(found) or 'no problems'}{more}")


def _ask(entries: Sequence[Entry], cache: Path, afresh: bool) -> Mapping[str, Answer]:
    """What every link answered, now or within a week; what is learnt is kept even when one gives up halfway."""
    from mum_tui.links import crawl, probe, report
    from mum_tui.links import results as kept
    from mum_tui.storage import files

    urls = report.addresses(entries)
    remembered = kept.load(cache)
    known = {} if afresh else kept.still_good(remembered)
    asked = [url for url in urls if url not in known]
    found = {url: known[url] for url in urls if url in known}
    done = 0
    try:
        for answer in crawl.ask_all(asked, probe.ask):
            done += 1
            found[answer.url] = answer
            console.progress(done, len(asked), crawl.host(answer.url))
    finally:
        console.progress(1, 1)
        if done:
            try:
                kept.save(cache, (remembered | found).values(), files.write_atomically)
            except OSError as error:
                console.say(f"the answers could not be kept for the next time: {error.strerror or error}")
    console.say(f"{len(asked)} link{'s' * (len(asked) != 1)} asked, {len(urls) - len(asked)} known from within a week")
    return found


def _write_report(path: Path, loaded: Loaded, answers: Mapping[str, Answer]) -> bool:
    from mum_tui.clock import utc_now
    from mum_tui.links import report

    page = report.page(loaded.catalog.entries, answers, loaded.catalog.title or "the catalog", utc_now()[:10])
    return write_file(path, page)
