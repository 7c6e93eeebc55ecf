"""One shape for everything that is wrong with a file we read, and the nearest right word for a typo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import islice
from typing import NamedTuple


class Severity(StrEnum):
    """How bad a problem is."""

    ERROR = "error"
    """What it concerns is set aside."""
    WARNING = "warning"
    """What it concerns is kept."""
    HINT = "hint"
    """It may well be right."""


ERROR, WARNING, HINT = SEVERITIES = tuple(Severity)


class Problem(NamedTuple):
    """One fault: where it stands, which key it concerns, what is wrong and what would be right.

    ``line`` counts from 1; 0 means the file as a whole.
    """

    file: str
    line: int
    key: str
    message: str
    hint: str = ""
    level: Severity = ERROR

    def __str__(self) -> str:
        return self.told()

    def told(self, level: str = "") -> str:
        """The problem in one line, with ``level`` where compilers put it and editors look for it."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        key = f" {self.key}:" if self.key else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{where}:{f' {level}:' if level else ''}{key} {self.message}{hint}"


class Unreadable(Exception):
    """A file of which nothing can be used; ``problem`` says why in one line."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


ALIKE = 0.6
"""How much of two words must agree for one to be meant by the other."""

SHORTEST_START = 4
"""Letters from which on a word may be the beginning of the one that is meant."""

ALIKE_START = 0.85
"""How close that is: a slip in one letter of many is closer."""


def nearest(word: str, options: Iterable[str], count: int = 1) -> list[str]:
    """Up to ``count`` of the options that look most like ``word``, best first; empty when none is close."""
    return closest(word, [list(options)], count)


def one_off(word: str, options: Sequence[str]) -> list[str]:
    """The options that differ from ``word`` in one character, or in the order of two."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    matches = process.extract(word, options, scorer=OSA.distance, score_cutoff=1, limit=None)
    return [options[position] for _, _, position in matches]


def closest(word: str, parts: Iterable[Sequence[str]], count: int) -> list[str]:
    """``nearest`` among options that come in parts, of which only one is held in memory.

    A letter too few, too many, changed, or exchanged with the next one counts the same wherever it stands; what only
    goes on after ``word`` is close as well. Where no option is, those with most letters in the same order are.
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
    """A hint naming the option nearest to ``word``, or all of them when they are few, or nothing."""
    options = list(options)
    if close := nearest(word, options):
        return f"did you mean {close[0]}?"
    return f"one of {', '.join(options)}" if options and len(options) <= 16 else ""
