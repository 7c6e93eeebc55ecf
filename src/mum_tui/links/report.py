"""What a round of questions found: as problems of the catalog, and as a page of Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mum_tui.catalog.model import Entry, Loaded
from mum_tui.links.results import DEAD, MOVED, OK, UNKNOWN, Answer
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
    return list(dict.fromkeys(one.url for entry in entries for one in entry.links))


def problems(loaded: Loaded, file: str, answers: Mapping[str, Answer]) -> Iterator[Problem]:
    """A dead link is an error, a moved one a warning, one that is not known a hint."""
    for entry in loaded.catalog.entries:
        for number, one in enumerate(entry.links, 1):
            answer = answers.get(one.url)
            if answer and answer.verdict != OK:
                key = f"{entry.id}.links[{number}]"
                message = f"{answer.verdict}: {one.url}"
                line = loaded.lines.get(entry.id, 0)
                yield Problem(file, line, key, message, said(answer), _LEVELS[answer.verdict])


def said(answer: Answer) -> str:
    """What an address answered, in a few words: ``404 Not Found``, ``now https://…``."""
    if answer.verdict == MOVED:
        return f"now {answer.target}"
    return f"{answer.status} {answer.reason}" if answer.status else answer.reason


def page(entries: Sequence[Entry], answers: Mapping[str, Answer], title: str, day: str) -> str:
    """A page of Markdown for people: what to mend first."""
    by_url: dict[str, list[str]] = {}
    for entry in entries:
        for one in entry.links:
            by_url.setdefault(one.url, []).append(f"{entry.id} ({one.rel})")
    asked = [answers[url] for url in by_url if url in answers]
    counts = {verdict: sum(answer.verdict == verdict for answer in asked) for verdict in (OK, MOVED, DEAD, UNKNOWN)}
    lines = [
        f"# Links of {escape(title)}",
        "",
        f"{day}: {len(asked)} of {len(by_url)} links asked, {counts[OK]} in order, {counts[DEAD]} dead, "
        f"{counts[MOVED]} moved, {counts[UNKNOWN]} not known.",
    ]
    for verdict, heading in _TITLES.items():
        found = [answer for answer in asked if answer.verdict == verdict]
        if found:
            lines += ["", f"## {heading}", "", _MEANING[verdict], ""]
            lines += [
                f"- {escape(', '.join(by_url[answer.url]))}: {link(answer.url, answer.url)} {_behind(answer)}"
                for answer in found
            ]
    return "\n".join(lines) + "\n"


def _behind(answer: Answer) -> str:
    return f"→ {link(answer.target, answer.target)}" if answer.verdict == MOVED else f"({escape(said(answer))})"
