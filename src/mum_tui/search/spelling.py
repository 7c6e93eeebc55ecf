"""Finds the words most similar to a word that no entry contains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mum_tui.bounded_cache import BoundedCache
from mum_tui.search.vocabulary import Vocabulary

SHORTEST = 3
"""The fewest letters of a word that is corrected; shorter words resemble too many others."""

MAX_REPLACEMENTS = 3
"""The most words that replace a misspelt word."""

_PUNCTUATION = "()[]{}<>,;:.!?'\"/-"


def tolerance(word: str) -> int:
    """The number of letters of a word that may be wrong."""
    return 1 if len(word) < 6 else 2 if len(word) < 10 else 3


def closest(word: str, words: Sequence[str], limit: int | None = None) -> list[str]:
    """The words that differ least from a word; if none is similar enough, those whose start differs least; or none.

    Args:
        word: the word to compare with.
        words: the words to choose from.
        limit: the most letters that may differ; by default the ``tolerance`` of the word.
    """
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
    """The words of some vocabularies as candidates for misspelt words, collected at construction."""

    def __init__(self, vocabularies: Iterable[Vocabulary]) -> None:
        self._counts: dict[str, int] = {}
        counts = self._counts
        for vocabulary in vocabularies:
            # In a large vocabulary, the words of only one entry are mostly numbers and misspellings.
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
        """Up to ``MAX_REPLACEMENTS`` words to search for instead of ``word``, the most frequent first."""
        return self._nearest.get_or_make(word, lambda: self._find_nearest(word))

    def _find_nearest(self, word: str) -> tuple[str, ...]:
        near = closest(word, self._words)
        return tuple(sorted(near, key=lambda near_word: (-self._counts[near_word], near_word))[:MAX_REPLACEMENTS])


_LONGEST = 40
"""The most bytes of a candidate."""
_MANY = 200_000
"""From more words than this on, a vocabulary is large."""
_WORDS_CACHED = 100
