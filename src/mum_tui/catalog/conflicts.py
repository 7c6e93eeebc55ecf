"""Finds git's merge conflicts in a file and removes them, with the entries they are in."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from mum_tui.problems import Problem

_OPEN = re.compile(r"^<{7}(?: .*)?$", re.MULTILINE)
_CLOSE = re.compile(r"^>{7}(?: .*)?$", re.MULTILINE)
_MIDDLE = re.compile(r"^={7}$", re.MULTILINE)

YAML = re.compile(r"[ ]*- +(?:\{ *)?id *:")
BIBTEX = re.compile(r"[ \t]*@[ \t]*\w")
RIS = re.compile(r"TY  -|PMID ?-")
ANYTHING = re.compile(r"")
"""The beginning of an entry's first line in each format."""


_TOLD = "merge conflict"


class Conflict(NamedTuple):
    """The first and the last line of a conflict, counted from 1, and how many entries are removed with it."""

    first: int
    last: int
    entries: int

    @property
    def message(self) -> str:
        """The text for the problem."""
        return f"{_TOLD}, lines {self.first}–{self.last}"


def is_conflict(problem: Problem) -> bool:
    """Whether a problem is a merge conflict."""
    return problem.message.startswith(_TOLD)


def without(text: str, start: re.Pattern[str]) -> tuple[str, list[Conflict]]:
    """``text`` with empty lines in place of every conflict and of the entry it is in; and the conflicts.

    Args:
        text: its line ends are line feeds.
        start: matches the beginning of an entry's first line.
    """
    if "<<<<<<<" not in text or not _OPEN.search(text):
        return text, []
    lines = text.split("\n")
    closing = [number for number, line in enumerate(lines) if line.startswith(">>>>>>>") and _CLOSE.fullmatch(line)]
    middles = [number for number, line in enumerate(lines) if line.startswith("=======") and _MIDDLE.fullmatch(line)]
    conflicts: list[Conflict] = []
    at = floor = 0
    while at < len(lines):
        if not (lines[at].startswith("<<<<<<<") and _OPEN.fullmatch(lines[at])):
            at += 1
            continue
        end, middle = _next(closing, at), _next(middles, at)
        if end is None or middle is None or middle > end:
            at += 1
            continue
        first, last = _with_its_entry(lines, at, end, start, floor)
        entries = max(_begun(lines, first, last + 1, start), 1)
        conflicts.append(Conflict(at + 1, end + 1, entries))
        lines[first : last + 1] = [""] * (last + 1 - first)
        at = floor = last + 1
    return "\n".join(lines), conflicts


def _next(numbers: list[int], after: int) -> int | None:
    """The first of ascending ``numbers`` beyond ``after``."""
    at = bisect_right(numbers, after)
    return numbers[at] if at < len(numbers) else None


def _begun(lines: list[str], first: int, last: int, start: re.Pattern[str]) -> int:
    """The number of entries between two lines; one that both versions have counts once."""
    return len({lines[number] for number in range(first, last) if start.match(lines[number]) and lines[number].strip()})


def _with_its_entry(lines: list[str], at: int, end: int, start: re.Pattern[str], floor: int) -> tuple[int, int]:
    """The lines to remove: the conflict and, if it is inside an entry, the whole entry.

    Lines before ``floor`` belong to an earlier conflict.
    """
    content = next((line for line in lines[at + 1 : end] if line.strip() and not _MIDDLE.fullmatch(line)), "")
    if start.pattern == "" or start.match(content):
        return at, end
    first = at
    while first > floor and not start.match(lines[first]):
        first -= 1
    if not start.match(lines[first]):
        return at, end
    last = end
    while last + 1 < len(lines) and not start.match(lines[last + 1]) and not _OPEN.fullmatch(lines[last + 1]):
        last += 1
    return first, last
