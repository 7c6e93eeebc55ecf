"""The problems of files, all of one shape, and suggestions for misspelled words."""

# Without ``from __future__ import annotations``: ``NamedTuple`` would compile each annotation at every start.

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from mum_tui.text import clean


class Severity(StrEnum):
    """How serious a problem is."""

    ERROR = "error"
    """What it concerns is not used."""
    WARNING = "warning"
    """What it concerns is used, but should be fixed."""
    HINT = "hint"
    """It may be right as it is."""


ERROR, WARNING, HINT = SEVERITIES = tuple(Severity)


class Problem(NamedTuple):
    """One fault: file, line and key, what is wrong, and what would be right.

    ``line`` counts from 1; 0 means the file as a whole.
    """

    file: str
    line: int
    key: str
    message: str
    hint: str = ""
    level: Severity = ERROR

    def __str__(self) -> str:
        return self.in_one_line()

    def in_one_line(self, level: str = "") -> str:
        """The problem on one line, with ``level`` where compilers put it and editors expect it."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        key = f" {self.key}:" if self.key else ""
        hint = f" ({self.hint})" if self.hint else ""
        # Names of files and keys come from outside.
        return " ".join(clean(f"{where}:{f' {level}:' if level else ''}{key} {self.message}{hint}").split("\n"))


class Unreadable(Exception):
    """Nothing in a file can be used; ``problem`` says why in one line."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


ALIKE = 0.6
"""The least similarity, from 0 to 1, of a word that may be meant by another."""

SHORTEST_START = 4
"""A word of this many letters or more may be the beginning of the one that is meant."""

ALIKE_START = 0.85
"""The similarity of a word that begins like another: less than with one wrong letter of many."""


def nearest(word: str, options: Iterable[str], count: int = 1) -> list[str]:
    """Up to ``count`` options similar to ``word``, best first; empty if none is close."""
    return closest(word, [list(options)], count)


def one_off(word: str, options: Sequence[str]) -> list[str]:
    """The options that differ from ``word`` in one character, or in the order of two."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    matches = process.extract(word, options, scorer=OSA.distance, score_cutoff=1, limit=None)
    return [options[position] for _, _, position in matches]


def closest(word: str, parts: Iterable[Sequence[str]], count: int) -> list[str]:
    """``nearest`` among options that come in parts, of which only one is in memory at a time.

    A missing, additional or changed letter and two swapped letters count the same anywhere in a word. Words that begin
    with ``word`` are close, too. If no option is close, those with the most letters in the same order are taken.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA, Indel

    wanted = word.casefold()
    scores: dict[str, tuple[bool, float]] = {}
    for part in parts:
        folded = [option.casefold() for option in part]
        if len(wanted) >= SHORTEST_START:
            longer = (position for position, option in enumerate(folded) if option.startswith(wanted))
            scores |= {part[position]: (True, ALIKE_START) for position in islice(longer, count)}
        for is_close, scorer in ((True, OSA.normalized_similarity), (False, Indel.normalized_similarity)):
            if is_close or not scores:
                for _, score, position in process.extract(
                    wanted, folded, scorer=scorer, score_cutoff=ALIKE, limit=count
                ):
                    scores[part[position]] = max((is_close, score), scores.get(part[position], (False, 0.0)))
    return sorted(scores, key=lambda option: scores[option], reverse=True)[:count]


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """A hint: the option nearest to ``word``, or all options if they are few; else empty."""
    options = list(options)
    if close := nearest(word, options):
        return f"did you mean {close[0]}?"
    return f"one of {', '.join(options)}" if options and len(options) <= 16 else ""
