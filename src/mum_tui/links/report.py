"""What a round of questions found: as problems of the catalog, and as a page of Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mum_tui.catalog.model import Entry, Loaded
from mum_tui.links.results import DEAD, MOVED, OK, UNKNOWN, LinkResult
from mum_tui.markdown import escape, link
from mum_tui.problems import ERROR, HINT, WARNING, Problem

_LEVELS = {DEAD: ERROR, MOVED: WARNING, UNKNOWN: HINT}
_TITLES = {DEAD: "Dead", MOVED: "Moved", UNKNOWN: "Not known"}
_MEANING = {
    DEAD: "The server says that there is nothing (404, 410).",
    MOVED: "The server has sent readers elsewhere for good. Write the new address, and the old one as `formerly`.",
    UNKNOWN: "It may well be there: the server wants no programs, is busy, or did not answer. Try these in a browser.",
}


def addresses(entries: Sequence[Entry]) -> list[str]:
    """Every link of the entries, each once, in the order of the catalog."""
    return list(dict.fromkeys(link.url for entry in entries for link in entry.links))


def problems(loaded: Loaded, file: str, results: Mapping[str, LinkResult]) -> Iterator[Problem]:
    """A dead link is an error, a moved one a warning, one that is not known a hint."""
    for entry in loaded.catalog.entries:
        for number, each_link in enumerate(entry.links, 1):
            result = results.get(each_link.url)
            if result and result.verdict != OK:
                key = f"{entry.id}.links[{number}]"
                message = f"{result.verdict}: {each_link.url}"
                line = loaded.lines.get(entry.id, 0)
                yield Problem(file, line, key, message, said(result), _LEVELS[result.verdict])


def said(result: LinkResult) -> str:
    """What an address answered, in a few words: ``404 Not Found``, ``now https://…``."""
    if result.verdict == MOVED:
        return f"now {result.target}"
    return f"{result.status} {result.reason}" if result.status else result.reason


def page(entries: Sequence[Entry], results: Mapping[str, LinkResult], title: str, day: str) -> str:
    """A page of Markdown for people: what to mend first."""
    by_url: dict[str, list[str]] = {}
    for entry in entries:
        for each_link in entry.links:
            by_url.setdefault(each_link.url, []).append(f"{entry.id} ({each_link.rel})")
    asked = [results[url] for url in by_url if url in results]
    counts = {verdict: sum(result.verdict == verdict for result in asked) for verdict in (OK, MOVED, DEAD, UNKNOWN)}
    lines = [
        f"# Links of {escape(title)}",
        "",
        f"{day}: {len(asked)} of {len(by_url)} links asked, {counts[OK]} in order, {counts[DEAD]} dead, "
        f"{counts[MOVED]} moved, {counts[UNKNOWN]} not known.",
    ]
    for verdict, heading in _TITLES.items():
        of_verdict = [result for result in asked if result.verdict == verdict]
        if of_verdict:
            lines += ["", f"## {heading}", "", _MEANING[verdict], ""]
            lines += [
                f"- {escape(', '.join(by_url[result.url]))}: {link(result.url, result.url)} {_behind(result)}"
                for result in of_verdict
            ]
    return "\n".join(lines) + "\n"


def _behind(result: LinkResult) -> str:
    return f"→ {link(result.target, result.target)}" if result.verdict == MOVED else f"({escape(said(result))})"
