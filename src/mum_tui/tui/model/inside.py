"""Finds words in a text that is laid out in lines."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, product, zip_longest

from mum_tui.search.hits import spans
from mum_tui.text import fold

Match = tuple[tuple[int, int, int], ...]
"""A hit: for each line it is in, the number of the line, and the character where it begins and ends there."""

MOST_LINES = 6
"""The most lines of a hit in which some line ends are spaces and some cut a word."""


def find(lines: Sequence[str], words: str) -> list[Match]:
    """All hits of ``words`` in the lines, also across line ends, in any case and spelling."""
    wanted = " ".join(fold(words).split())
    if not wanted:
        return []
    matches = set(_find(lines, wanted, " "))
    # A word longer than a line continues in the next one without a space.
    matches |= {match for match in _find(lines, wanted, "") if len(match) > 1}
    return sorted(matches.union(_find_over_cuts(lines, wanted)))


def _find(lines: Sequence[str], wanted: str, between: str) -> Iterator[Match]:
    bare = [line.strip() for line in lines]
    starts = [0, *accumulate(len(line) + len(between) for line in bare)][: len(bare)]
    for start, end in spans(between.join(bare), [wanted]):
        pieces = []
        for number in range(max(bisect(starts, start) - 1, 0), len(bare)):
            if starts[number] >= end:
                break
            first, last = max(start - starts[number], 0), min(end - starts[number], len(bare[number]))
            if first < last:
                lead = len(lines[number]) - len(lines[number].lstrip())
                pieces.append((number, first + lead, last + lead))
        if pieces:
            yield tuple(pieces)


def _find_over_cuts(lines: Sequence[str], wanted: str) -> Iterator[Match]:
    """Hits over several line ends, of which some are spaces and some cut a word."""
    places = [(number, at) for number, line in enumerate(lines) for at, char in enumerate(line) if not char.isspace()]
    for start, end in spans("".join(lines[number][at] for number, at in places), [wanted.replace(" ", "")]):
        (first, begin), (last, stop) = places[start], places[end - 1]
        if not 2 <= last - first < MOST_LINES:
            continue
        pieces = [
            (
                number,
                begin if number == first else len(lines[number]) - len(lines[number].lstrip()),
                stop + 1 if number == last else len(lines[number].rstrip()),
            )
            for number in range(first, last + 1)
        ]
        texts = [lines[number][begin:stop] for number, begin, stop in pieces]
        for ends in product(("", " "), repeat=last - first):
            joined = "".join(chain.from_iterable(zip_longest(texts, ends, fillvalue="")))
            if all(texts) and " ".join(fold(joined).split()) == wanted:
                yield tuple(pieces)
                break
