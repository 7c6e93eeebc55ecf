"""The words nearest to a word that no entry contains, found in one pass over the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mum_tui.bounded_cache import BoundedCache
from mum_tui.search.vocabulary import Vocabulary

SHORTEST = 3
"""The fewest letters of a word that is corrected; shorter words resemble too many others."""

SHOWN = 3
"""The most words that replace a misspelt one."""

_PUNCTUATION = "()[]{}<>,;:.!?'\"/-"


def tolerance(word: str) -> int:
    """How many letters of a word may be wrong."""
    return 1 if len(word) < 6 else 2 if len(word) < 10 else 3


def closest(word: str, words: Sequence[str], limit: int | None = None) -> list[str]:
    """Those of ``words`` that differ from ``word`` in the fewest letters, or begin almost like it; none if all do
    so in more than ``limit``, which is the ``tolerance`` of the word where it is not given."""
    if len(word) < SHORTEST:
        return []
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    limit = tolerance(word) if limit is None else limit

    def best(choices: Sequence[str]) -> list[int]:
        matches = process.extract(word, choices, scorer=OSA.distance, score_cutoff=limit, limit=None)
        least = min((distance for _, distance, _ in matches), default=0)
        return [position for _, distance, position in matches if distance == least]

    positions = best(words) or best([choice[: len(word)] for choice in words])
    return [words[position] for position in positions]


class Speller:
    """The words of some vocabularies, gathered when the first one is misspelt."""

    def __init__(self, vocabularies: Iterable[Vocabulary]) -> None:
        self._counts: dict[str, int] = {}
        counts = self._counts
        for vocabulary in vocabularies:
            # Of very many words, those that stand in one entry alone are mostly numbers and slips themselves.
            rare = 1 if len(vocabulary) > _MANY else 0
            for octets, count in vocabulary.written_words():
                if count > rare and len(octets) <= _LONGEST:
                    bare = octets.decode("utf-8", "replace").strip(_PUNCTUATION)
                    for part in {bare, *bare.split("-")}:
                        counts[part] = counts.get(part, 0) + count
        counts.pop("", None)
        self._words = list(counts)
        self._nearest: BoundedCache[str, tuple[str, ...]] = BoundedCache(_WORDS_CACHED)

    def nearest(self, word: str) -> tuple[str, ...]:
        """Up to ``SHOWN`` words to look for instead of ``word``, the most frequent first."""
        return self._nearest.get_or_make(word, lambda: self._find_nearest(word))

    def _find_nearest(self, word: str) -> tuple[str, ...]:
        near = closest(word, self._words)
        return tuple(sorted(near, key=lambda near_word: (-self._counts[near_word], near_word))[:SHOWN])


_LONGEST = 40
"""The most bytes of a word that may be meant."""
_MANY = 200_000
_WORDS_CACHED = 100
