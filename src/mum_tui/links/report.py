"""Results of link checks as problems of the catalog, and as a Markdown page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mum_tui.catalog.model import Entry, Loaded
from mum_tui.links.results import DEAD, MOVED, OK, UNKNOWN, LinkResult
from mum_tui.markdown import escape, link
from mum_tui.problems import ERROR, HINT, WARNING, Problem

_LEVELS = {DEAD: ERROR, MOVED: WARNING, UNKNOWN: HINT}
_TITLES = {DEAD: "Dead", MOVED: "Moved", UNKNOWN: "Unknown"}
_MEANING = {
    DEAD: "The server says that the page does not exist (404, 410).",
    MOVED: "The page has moved permanently. Write the new address, and the old one as `formerly`.",
    UNKNOWN: "It may still exist: the server refuses programs, is busy, or did not answer. Try these in a web browser.",
}


def addresses(entries: Sequence[Entry]) -> list[str]:
    """Every link of the entries, each once, in the order of the catalog."""
    return list(dict.fromkeys(link.url for entry in entries for link in entry.links))


def problems(loaded: Loaded, file: str, results: Mapping[str, LinkResult]) -> Iterator[Problem]:
    """A problem for each link that does not work: dead is an error, moved a warning, unknown a hint."""
    for entry in loaded.catalog.entries:
        for number, each_link in enumerate(entry.links, 1):
            result = results.get(each_link.url)
            if result and result.verdict != OK:
                key = f"{entry.id}.links[{number}]"
                message = f"{result.verdict}: {each_link.url}"
                line = loaded.lines.get(entry.id, 0)
                yield Problem(file, line, key, message, result_words(result), _LEVELS[result.verdict])


def result_words(result: LinkResult) -> str:
    """A result in a few words: ``404 Not Found``, ``now https://…``."""
    if result.verdict == MOVED:
        return f"now {result.target}"
    return f"{result.status} {result.reason}" if result.status else result.reason


def page(entries: Sequence[Entry], results: Mapping[str, LinkResult], title: str, day: str) -> str:
    """A Markdown page of all links that do not work, the dead ones first."""
    by_url: dict[str, list[str]] = {}
    for entry in entries:
        for each_link in entry.links:
            by_url.setdefault(each_link.url, []).append(f"{entry.id} ({each_link.rel})")
    checked = [results[url] for url in by_url if url in results]
    counts = {verdict: sum(result.verdict == verdict for result in checked) for verdict in (OK, MOVED, DEAD, UNKNOWN)}
    lines = [
        f"# Links of {escape(title)}",
        "",
        f"{day}: {len(checked)} of {len(by_url)} links checked, {counts[OK]} work, {counts[DEAD]} dead, "
        f"{counts[MOVED]} moved, {counts[UNKNOWN]} unknown.",
    ]
    for verdict, heading in _TITLES.items():
        of_verdict = [result for result in checked if result.verdict == verdict]
        if of_verdict:
            lines += ["", f"## {heading}", "", _MEANING[verdict], ""]
            lines += [
                f"- {escape(', '.join(by_url[result.url]))}: {link(result.url, result.url)} {_behind(result)}"
                for result in of_verdict
            ]
    return "\n".join(lines) + "\n"


def _behind(result: LinkResult) -> str:
    return f"→ {link(result.target, result.target)}" if result.verdict == MOVED else f"({escape(result_words(result))})"
