"""The words of one group of texts, and the rows each stands in.

A word without spaces stands in a text if and only if it stands in one of the text's words. So a search looks through
the different words there are (a few megabytes for 100,000 entries) and unites the rows of those that contain it. A
phrase is looked for in the texts of the rows that contain its words; these are kept without their punctuation, as
``few shot`` shall find *few-shot*. For ``fewshot`` to find it, too, what a word has behind each of its hyphens is kept
once more, written together in signs that no folded word has: an ``A`` and capitals, of another alphabet for digits.
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
"""Bytes that words are made of; what stands between two others is a whole word."""

_JOINED = "A"
"""Begins the words that are written together, so that they stand beside each other in the order of all words."""
_JOINED_ALPHABET = str.maketrans(
    {chr(code): chr(code - 32) for code in range(ord("a"), ord("z") + 1)}
    | {str(digit): chr(ord("\u0410") + digit) for digit in range(10)}
)
_MAX_PARTS = 5
"""Parts of a hyphenated word that are written together; what has more is an address or a number."""
_SHORTEST = 4
"""Letters of a word from which on it may be one that others write as two."""
_SHORT_WORDS = "ai"
"""Letters that are words themselves, and so stand before any other word."""
_MAX_TEXTS_READ = 2_000
"""Texts that are read for another spelling of one word: they take a few milliseconds."""
_BEGINNINGS_CACHED = 500
"""Beginnings of words of which it is remembered whether they are words."""

WORDS_CACHED = 32
"""How many words keep their matches in the cache."""


class Collector:
    """Gathers the words of one group, row by row."""

    def __init__(self) -> None:
        self._rows: dict[str, list[int] | int] = {}
        self._text = bytearray()
        self._ends = array("Q", [0])

    def add(self, row: int, text: str) -> None:
        """Take the folded text of the next row."""
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
        """The group as sections, each to be stored; empties the collector."""
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
    """The rows in which something stands, and those in which it stands as a whole word."""

    rows: int = 0
    whole: int = 0

    def __or__(self, other: Matches) -> Matches:
        return Matches(self.rows | other.rows, self.whole | other.whole)


def _joined_suffixes(word: str) -> list[str]:
    """A hyphenated word written together, in signs of its own, from each of its parts but the last on; none for what is
    no word."""
    parts = words_apart(word).split()
    if not 1 < len(parts) <= _MAX_PARTS or not word.isascii() or "." in word.rstrip(".") or "/" in word:
        return []
    return [_JOINED + "".join(parts[at:]).translate(_JOINED_ALPHABET) for at in range(len(parts) - 1)]


class _WordMatches(Struct, frozen=True):
    words: Sequence[int]
    whole: Sequence[int]


class Vocabulary:
    """Reads what ``Collector`` made. Raises ``Damaged``."""

    def __init__(self, container: Container, name: str, size: int) -> None:
        self._container, self._name, self._size = container, name, size
        self._matches: BoundedCache[bytes, _WordMatches] = BoundedCache(WORDS_CACHED)
        self._known_words: BoundedCache[str, bool] = BoundedCache(_BEGINNINGS_CACHED)

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
        # Too much to be checked before a phrase is looked for; what is wrong in it finds wrong rows, no more.
        return self._container.view(f"{self._name}.texts", verify=False)

    @cached_property
    def _ends(self) -> Sequence[int]:
        return self._container.numbers(f"{self._name}.ends", "Q")

    def __len__(self) -> int:
        return len(self._starts)

    def warm_up(self) -> None:
        """Read in advance what the first word needs."""
        _ = self._words, self._starts, self.postings

    def word(self, number: int) -> bytes:
        """A word by its number."""
        start = self._starts[number]
        return self._words[start : self._words.index(b"\n", start)]

    def written_words(self) -> Iterator[tuple[bytes, int]]:
        """All words as they are written, and in how many rows each stands."""
        for word, count in zip(self.words(), self.postings.counts, strict=True):
            if not word.startswith(b"A"):
                yield word, count

    def words(self) -> list[bytes]:
        """All words in order; a word's place is its number."""
        return self._words[1:-1].split(b"\n") if len(self._starts) else []

    def find(self, text: str) -> Matches:
        """Where a word (no spaces) stands, also inside others."""
        matches = self.matching(text.encode("utf-8", "surrogatepass"))
        rows = self.postings.union(matches.words)
        return Matches(rows, self.postings.union(matches.whole) if matches.whole else 0)

    def find_loosely(self, text: str, as_two: bool) -> Matches:
        """Where a word (no spaces) stands, whether the writer put a hyphen or nothing where it has one; ``as_two``: or
        a space."""
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
        # So few letters stand in too many words.
        return matches | (Matches(other.whole, other.whole) if len(text) < _SHORTEST else other)

    def _hyphenated(self, text: str) -> Matches:
        """Where a hyphenated word begins with this when it is written together."""
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
        """Where the words that are written together begin and end."""
        return self._first_from(b"A"), self._first_from(b"B")

    def _first_from(self, octets: bytes, first: int = 0, last: int | None = None) -> int:
        """The number of the first word that is not before this."""
        return bisect_left(range(len(self)), octets, first, last, key=self.word)

    def _splits(self, text: str) -> list[str]:
        """The ways to write a word as two of which each begins a word of the vocabulary."""
        halves = ((text[:at], text[at:]) for at in range(1, len(text)) if at > 1 or text[0] not in _SHORT_WORDS)
        return [
            f"{first} {second}"
            for first, second in halves
            if self._is_word_cached(first) and self._is_word_cached(second)
        ]

    def _is_word_cached(self, text: str) -> bool:
        return self._known_words.get_or_make(text, lambda: self._is_word(text))

    def _is_word(self, text: str) -> bool:
        """Whether a word of the vocabulary is this, or goes on with a sign."""
        octets = text.encode("utf-8", "surrogatepass")
        place = self._first_from(octets)
        word = self.word(place) if place < len(self) else b""
        return word == octets or (word.startswith(octets) and word[len(octets)] not in LETTERS)

    def whole(self, text: str) -> int:
        """The rows in which this stands as a whole word."""
        return self.postings.union(self.matching(text.encode("utf-8", "surrogatepass")).whole)

    def matching(self, octets: bytes) -> _WordMatches:
        """The numbers of the words that contain ``octets``, and of those that contain it as a whole word."""
        if (known := self._matches.get(octets)) is not None:
            return known
        # What contains the longer text contains the shorter one: look only there.
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
        """Where several words stand next to each other, the first one not inside another word, among the rows of
        ``within``; where more than ``most`` of these contain the words, nowhere."""
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
        """Where several words stand next to each other, among the rows of ``within``."""
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
        """The rows of ``within`` of which a whole line (a title, a name) is this, without its punctuation."""
        octets = b"\n" + text.encode("utf-8", "surrogatepass") + b"\n"
        texts, ends = self._texts, self._ends
        equal = (row for row in rowset.walk(within) if octets in b"\n%b\n" % bytes(texts[ends[row] : ends[row + 1]]))
        return rowset.of_rows(list(equal), self._size)

    def _scan(self, octets: bytes, within: Iterable[int]) -> Iterator[tuple[int, bool]]:
        """The rows of ``within`` whose text contains ``octets``, and whether as whole words; one text at a time."""
        texts, ends = self._texts, self._ends
        for row in within:
            text = bytes(texts[ends[row] : ends[row + 1]])
            if octets in text:
                yield row, _has_whole_words(octets, text, 0, len(text))

    def _scan_all(self, octets: bytes) -> Iterator[tuple[int, bool]]:
        """The same of all rows; their texts are read together, many at a time."""
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
                else:  # the end of one text and the beginning of the next
                    at = many.find(octets, at + 1)

    def matching_names(
        self, query: Sequence[str], is_match: Callable[[Sequence[str], Sequence[str]], bool], whole: bool
    ) -> int:
        """The rows with a line that is a name for ``is_match``; ``whole`` says that it has all words longer than an
        initial as they are query for."""
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
        """The rows with a name that may have this word, by itself, in two parts, or as a part of one; ``around`` are
        the words of the name up to the ones beside it."""
        rows = 0
        for joined in {word, *("".join(pair) for pair in pairwise(around))}:
            matches = self.matching(joined.encode("utf-8", "surrogatepass"))
            rows |= self.postings.union(matches.whole if whole else matches.words)
        rows |= self._hyphenated(word).rows
        for half in self._splits(word) if word.isalpha() else ():
            rows |= self.phrase_at_word_start(half, ((1 << self._size) - 1) & ~rows, _MAX_TEXTS_READ).rows
        return rows

    def text(self, row: int) -> str:
        """The folded text of a row, without punctuation."""
        return bytes(self._texts[self._ends[row] : self._ends[row + 1]]).decode("utf-8", "replace")


def _has_whole_words(octets: bytes, text: bytes, start: int, end: int) -> bool:
    """Whether ``octets`` occurs as whole words between ``start`` and ``end``."""
    at = text.find(octets, start, end)
    while at >= 0:
        after = at + len(octets)
        if (at == start or text[at - 1] not in LETTERS) and (after == end or text[after] not in LETTERS):
            return True
        at = text.find(octets, at + 1, end)
    return False


_SHORTEST_SELECTIVE = 3
"""Shorter parts of a phrase stand in too many words to narrow it: gathering those takes longer than reading on."""

_SPARSE = 32
"""Of one row in more than so many, each text is read by itself."""

_ROWS_AT_ONCE = 4096
"""How many rows have their texts read together."""
_FEW_WORDS = 8
"""Below one word in so many, going through the words found before is faster than through all."""
