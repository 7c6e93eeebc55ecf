"""The words of one group of texts, and the rows of each word.

A text contains a query word without spaces if and only if one of its own words does. So a search scans the distinct
words (a few megabytes for 100,000 entries) and unites the rows of those that contain the query word. A phrase is
searched for in the texts of the rows that contain all its words. These texts are stored without punctuation, so that
``few shot`` matches *few-shot*. For ``fewshot`` to match, too, the vocabulary also stores hyphenated words with their
parts joined, from each part on. Such a joined word starts with ``A`` and is written in capitals, with Cyrillic letters
for digits, so that it never equals a folded word.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from mum_tui.bounded_cache import BoundedCache
from mum_tui.search import postings, rowset
from mum_tui.search.postings import Postings
from mum_tui.storage.container import Container, Octets
from mum_tui.text import words_apart

LETTERS = frozenset(b"0123456789abcdefghijklmnopqrstuvwxyz") | frozenset(range(0x80, 0x100))
"""The bytes of letters and digits; a whole word is bounded by other bytes."""

_JOINED = "A"
"""The prefix of joined words, which makes them adjacent in the sorted vocabulary."""
_JOINED_ALPHABET = str.maketrans(
    {chr(code): chr(code - 32) for code in range(ord("a"), ord("z") + 1)}
    | {str(digit): chr(ord("\u0410") + digit) for digit in range(10)}
)
_MAX_PARTS = 5
"""The most parts of a hyphenated word that are joined; a word with more is an address or a number."""
_SHORTEST = 4
"""The fewest letters of a word that also matches when written as two words or with a hyphen."""
_SHORT_WORDS = "ai"
"""Letters that are words themselves and so occur before any other word."""
_MAX_TEXTS_READ = 2_000
"""The most texts that are read for another spelling of a word; reading them takes a few milliseconds."""
_KNOWN_WORDS_CACHED = 500
"""For how many texts the cache keeps whether they are words of the vocabulary."""

WORDS_CACHED = 32
"""How many words keep their matches in the cache."""


class Collector:
    """Collects the words of one group of texts, row by row."""

    def __init__(self) -> None:
        self._rows: dict[str, list[int] | int] = {}
        self._text = bytearray()
        self._ends = array("Q", [0])

    def add(self, row: int, text: str) -> None:
        """Add the folded text of the next row."""
        known = self._rows
        words = set(text.split())
        if "-" in text or "_" in text:
            words.update([joined for word in words if "-" in word or "_" in word for joined in _joined_suffixes(word)])
        for word in words:
            rows = known.get(word)
            if rows is None:
                known[word] = row
            elif isinstance(rows, int):
                known[word] = [rows, row]
            else:
                rows.append(row)
        self._text += words_apart(text).encode("utf-8", "surrogatepass")
        self._ends.append(len(self._text))

    def sections(self, name: str, size: int) -> Iterator[tuple[str, Octets]]:
        """The sections of the group, one at a time; empties the collector."""
        yield f"{name}.texts", bytes(self._text)
        yield f"{name}.ends", self._ends.tobytes()
        self._text.clear()
        words = sorted((word.encode("utf-8", "surrogatepass"), rows) for word, rows in self._rows.items())
        self._rows.clear()
        joined = b"\n".join((b"", *(word for word, _ in words), b""))
        starts = array("I")
        at = 1
        for word, _ in words:
            starts.append(at)
            at += len(word) + 1
        yield f"{name}.words", joined
        yield f"{name}.starts-of-words", starts.tobytes()
        sets: Iterable[Sequence[int]] = ((rows,) if isinstance(rows, int) else rows for _, rows in words)
        yield from postings.pack(f"{name}.rows", sets, size).items()


class Matches(Struct, frozen=True):
    """The rows that contain a word or phrase, and those that contain it as whole words."""

    rows: int = 0
    whole: int = 0

    def __or__(self, other: Matches) -> Matches:
        return Matches(self.rows | other.rows, self.whole | other.whole)


def _joined_suffixes(word: str) -> list[str]:
    """The joined forms of a hyphenated word, from each of its parts but the last on (see the module); none for
    addresses and numbers."""
    parts = words_apart(word).split()
    if not 1 < len(parts) <= _MAX_PARTS or not word.isascii() or "." in word.rstrip(".") or "/" in word:
        return []
    return [_JOINED + "".join(parts[at:]).translate(_JOINED_ALPHABET) for at in range(len(parts) - 1)]


class _WordMatches(Struct, frozen=True):
    words: Sequence[int]
    whole: Sequence[int]


class Vocabulary:
    """Reads the sections made by ``Collector``. Raises ``Damaged``."""

    def __init__(self, container: Container, name: str, size: int) -> None:
        self._container, self._name, self._size = container, name, size
        self._matches: BoundedCache[bytes, _WordMatches] = BoundedCache(WORDS_CACHED)
        self._known_words: BoundedCache[str, bool] = BoundedCache(_KNOWN_WORDS_CACHED)

    @cached_property
    def _words(self) -> bytes:
        return bytes(self._container.view(f"{self._name}.words"))

    @cached_property
    def _starts(self) -> Sequence[int]:
        return self._container.numbers(f"{self._name}.starts-of-words")

    @cached_property
    def postings(self) -> Postings:
        """The rows of each word."""
        return Postings(self._container, f"{self._name}.rows", self._size)

    @property
    def _texts(self) -> memoryview:
        # Too large to verify before a search; damage in it only leads to wrong matches.
        return self._container.view(f"{self._name}.texts", verify=False)

    @cached_property
    def _ends(self) -> Sequence[int]:
        return self._container.numbers(f"{self._name}.ends", "Q")

    def __len__(self) -> int:
        return len(self._starts)

    def warm_up(self) -> None:
        """Read in advance the sections that the first word needs."""
        _ = self._words, self._starts, self.postings

    def word(self, number: int) -> bytes:
        """The word at a position."""
        start = self._starts[number]
        return self._words[start : self._words.index(b"\n", start)]

    def written_words(self) -> Iterator[tuple[bytes, int]]:
        """All words except the joined ones, and the number of rows of each."""
        for word, count in zip(self.words(), self.postings.counts, strict=True):
            if not word.startswith(b"A"):
                yield word, count

    def words(self) -> list[bytes]:
        """All words, sorted."""
        return self._words[1:-1].split(b"\n") if len(self._starts) else []

    def find(self, text: str) -> Matches:
        """The matches of a word (without spaces), also inside other words."""
        matches = self.matching(text.encode("utf-8", "surrogatepass"))
        rows = self.postings.union(matches.words)
        return Matches(rows, self.postings.union(matches.whole) if matches.whole else 0)

    def find_loosely(self, text: str, as_two: bool) -> Matches:
        """The matches of a word (without spaces), with or without its hyphens. A word with hyphens also matches with
        spaces in their place; with ``as_two``, a word without hyphens also matches when written as two words."""
        matches, other = self.find(text), Matches()
        if text.isalnum():
            if len(text) < _SHORTEST:
                return matches
            phrases = self._splits(text) if as_two else []
        else:
            apart = words_apart(text)
            if " " not in apart or "?" in text or "*" in text:
                return matches
            text, phrases = apart.replace(" ", ""), [apart]
            if text.isdigit():
                return matches
            other |= self.find(text)
        other |= self._hyphenated(text)
        for phrase in phrases:
            within = ((1 << self._size) - 1) & ~matches.whole & ~other.whole
            other |= self.phrase_at_word_start(phrase, within, _MAX_TEXTS_READ)
        # So few letters occur in too many words.
        return matches | (Matches(other.whole, other.whole) if len(text) < _SHORTEST else other)

    def _hyphenated(self, text: str) -> Matches:
        """The matches of a text at the start of a joined word."""
        low, high = self._joined_range
        if low == high or not text.isascii():
            return Matches()
        octets = (_JOINED + text.translate(_JOINED_ALPHABET)).encode()
        first = self._first_from(octets, low, high)
        last = self._first_from(octets + b"\xff", first, high)
        if first == last:
            return Matches()
        whole = self.postings.union([first]) if self.word(first) == octets else 0
        return Matches(self.postings.union(range(first, last)), whole)

    @cached_property
    def _joined_range(self) -> tuple[int, int]:
        """The positions of the first joined word and after the last one."""
        return self._first_from(b"A"), self._first_from(b"B")

    def _first_from(self, octets: bytes, first: int = 0, last: int | None = None) -> int:
        """The position of the first word that is not less than ``octets``."""
        return bisect_left(range(len(self)), octets, first, last, key=self.word)

    def _splits(self, text: str) -> list[str]:
        """The ways to split a word in two so that both parts are words (see ``_is_word``)."""
        splits = ((text[:at], text[at:]) for at in range(1, len(text)) if at > 1 or text[0] not in _SHORT_WORDS)
        return [
            f"{first} {second}"
            for first, second in splits
            if self._is_word_cached(first) and self._is_word_cached(second)
        ]

    def _is_word_cached(self, text: str) -> bool:
        return self._known_words.get_or_make(text, lambda: self._is_word(text))

    def _is_word(self, text: str) -> bool:
        """Whether a text is a word of the vocabulary, or one up to a punctuation mark."""
        octets = text.encode("utf-8", "surrogatepass")
        place = self._first_from(octets)
        word = self.word(place) if place < len(self) else b""
        return word == octets or (word.startswith(octets) and word[len(octets)] not in LETTERS)

    def whole(self, text: str) -> int:
        """The rows that contain a text as a whole word."""
        return self.postings.union(self.matching(text.encode("utf-8", "surrogatepass")).whole)

    def matching(self, octets: bytes) -> _WordMatches:
        """The positions of the words that contain ``octets``, and of those that contain it as a whole word."""
        if (known := self._matches.get(octets)) is not None:
            return known
        # Words that contain the longer text contain the shorter one: scan only those.
        shorter = next((seen for seen in reversed(self._matches) if seen in octets), None)
        if shorter is not None and len(self._matches[shorter].words) * _FEW_WORDS < len(self._starts):
            matches = self._narrowed(octets, self._matches[shorter].words)
        else:
            matches = self._scanned(octets)
        self._matches[octets] = matches
        return matches

    def _scanned(self, octets: bytes) -> _WordMatches:
        words, starts, count, length = self._words, self._starts, len(self._starts), len(octets)
        containing, whole = array("I"), array("I")
        at = words.find(octets)
        number, end = -1, 0
        while at >= 0:
            if at >= end:
                number = bisect_right(starts, at, number + 1) - 1
                end = starts[number + 1] if number + 1 < count else len(words)
                containing.append(number)
            if words[at - 1] not in LETTERS and words[at + length] not in LETTERS:
                whole.append(number)
                at = end - 1
            at = words.find(octets, at + 1)
        return _WordMatches(containing, whole)

    def _narrowed(self, octets: bytes, within: Sequence[int]) -> _WordMatches:
        words, starts, count, length = self._words, self._starts, len(self._starts), len(octets)
        containing, whole = array("I"), array("I")
        for number in within:
            end = starts[number + 1] if number + 1 < count else len(words)
            at = words.find(octets, starts[number], end)
            if at < 0:
                continue
            containing.append(number)
            while at >= 0:
                if words[at - 1] not in LETTERS and words[at + length] not in LETTERS:
                    whole.append(number)
                    break
                at = words.find(octets, at + 1, end)
        return _WordMatches(containing, whole)

    def phrase_at_word_start(self, text: str, within: int, most: int) -> Matches:
        """The matches of a phrase at the start of a word, among the rows of ``within``; none if more than ``most`` of
        these rows contain all its words."""
        octets = text.encode("utf-8", "surrogatepass")
        within = self._with_words(octets, within)
        if within.bit_count() > most:
            return Matches()
        texts, ends = self._texts, self._ends
        rows, whole = array("I"), array("I")
        for row in rowset.walk(within):
            text_of_row = bytes(texts[ends[row] : ends[row + 1]])
            if b" " + octets in text_of_row or b"\n" + octets in b"\n" + text_of_row:
                rows.append(row)
                if _has_whole_words(octets, text_of_row, 0, len(text_of_row)):
                    whole.append(row)
        return Matches(rowset.of_rows(rows, self._size), rowset.of_rows(whole, self._size))

    def _with_words(self, octets: bytes, within: int) -> int:
        """The rows of ``within`` that contain each word of a phrase."""
        for word in octets.split():
            if within and len(word) >= _SHORTEST_SELECTIVE:
                within &= self.postings.union(self.matching(word).words)
        return within

    def phrase(self, text: str, within: int) -> Matches:
        """The matches of a phrase among the rows of ``within``."""
        octets = text.encode("utf-8", "surrogatepass")
        within = self._with_words(octets, within)
        dense = within.bit_count() * _SPARSE > self._size
        rows, whole = array("I"), array("I")
        for row, is_whole in self._scan_all(octets) if dense else self._scan(octets, rowset.walk(within)):
            rows.append(row)
            if is_whole:
                whole.append(row)
        containing = rowset.of_rows(rows, self._size)
        return Matches(containing & within, rowset.of_rows(whole, self._size) & within)

    def with_line(self, text: str, within: int) -> int:
        """The rows of ``within`` with a line (a title, a name) that equals a text, apart from punctuation."""
        octets = b"\n" + text.encode("utf-8", "surrogatepass") + b"\n"
        texts, ends = self._texts, self._ends
        equal = (row for row in rowset.walk(within) if octets in b"\n%b\n" % bytes(texts[ends[row] : ends[row + 1]]))
        return rowset.of_rows(list(equal), self._size)

    def _scan(self, octets: bytes, within: Iterable[int]) -> Iterator[tuple[int, bool]]:
        """The rows of ``within`` with ``octets`` in the text, and whether as whole words. Reads one text at a time."""
        texts, ends = self._texts, self._ends
        for row in within:
            text = bytes(texts[ends[row] : ends[row + 1]])
            if octets in text:
                yield row, _has_whole_words(octets, text, 0, len(text))

    def _scan_all(self, octets: bytes) -> Iterator[tuple[int, bool]]:
        """The same as ``_scan`` for all rows. Reads many texts at a time."""
        texts, ends = self._texts, self._ends
        for first in range(0, self._size, _ROWS_AT_ONCE):
            last = min(first + _ROWS_AT_ONCE, self._size)
            base = ends[first]
            many = bytes(texts[base : ends[last]])
            row, at = first, many.find(octets)
            while at >= 0:
                row = bisect_right(ends, base + at, row, last) - 1
                start, end = ends[row] - base, ends[row + 1] - base
                if at + len(octets) <= end:
                    yield row, _has_whole_words(octets, many, start, end)
                    at = many.find(octets, end)
                else:  # across the end of a text
                    at = many.find(octets, at + 1)

    def matching_names(
        self, query: Sequence[str], is_match: Callable[[Sequence[str], Sequence[str]], bool], whole: bool
    ) -> int:
        """The rows with a matching line.

        Args:
            query: the words of a name.
            is_match: whether a name, given as its words, matches the query.
            whole: whether all words longer than an initial must occur in the name as whole words.
        """
        within = (1 << self._size) - 1
        for at, word in enumerate(query):
            if within and len(word) > (1 if whole else _SHORTEST_SELECTIVE):
                within &= self._with_name_word(word, query[at - 1 : at + 2] if at else query[:2], whole)
        texts, ends = self._texts, self._ends
        rows = array("I")
        for row in rowset.walk(within):
            lines = bytes(texts[ends[row] : ends[row + 1]]).decode("utf-8", "replace").split("\n")
            if any(is_match(query, line.split(" ")) for line in lines):
                rows.append(row)
        return rowset.of_rows(rows, self._size)

    def _with_name_word(self, word: str, around: Sequence[str], whole: bool) -> int:
        """The rows that may have a name with this word: as it is, split in two, or joined with one of its neighbours.

        ``around`` has the word and its neighbours in the query.
        """
        rows = 0
        for joined in {word, *("".join(pair) for pair in pairwise(around))}:
            matches = self.matching(joined.encode("utf-8", "surrogatepass"))
            rows |= self.postings.union(matches.whole if whole else matches.words)
        rows |= self._hyphenated(word).rows
        for split in self._splits(word) if word.isalpha() else ():
            rows |= self.phrase_at_word_start(split, ((1 << self._size) - 1) & ~rows, _MAX_TEXTS_READ).rows
        return rows

    def text(self, row: int) -> str:
        """The folded text of a row, without punctuation."""
        return bytes(self._texts[self._ends[row] : self._ends[row + 1]]).decode("utf-8", "replace")


def _has_whole_words(octets: bytes, text: bytes, start: int, end: int) -> bool:
    """Whether ``text`` contains ``octets`` as whole words between ``start`` and ``end``."""
    at = text.find(octets, start, end)
    while at >= 0:
        after = at + len(octets)
        if (at == start or text[at - 1] not in LETTERS) and (after == end or text[after] not in LETTERS):
            return True
        at = text.find(octets, at + 1, end)
    return False


_SHORTEST_SELECTIVE = 3
"""The fewest letters of a word that is used to narrow a phrase. Shorter ones occur in too many words: collecting their
rows takes longer than reading the texts."""

_SPARSE = 32
"""Up to one row in this many, texts are read one at a time."""

_ROWS_AT_ONCE = 4096
"""The number of rows whose texts are read at a time."""
_FEW_WORDS = 8
"""Below one word in this many, scanning the words found before is faster than scanning all."""
