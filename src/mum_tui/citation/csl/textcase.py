"""Text case, over the leaves of an element's output: the specification's chapter on text-case."""

import re

from .spans import Leaf, Part, Span

_STOP_WORDS = frozenset(
    "a according across afore after against ahead along alongside amid amidst among amongst an and anenst apropos "
    "apud around as aside astride at athwart atop barring before behind below beneath beside besides between beyond "
    "but by c ca circa contra cum d de despite down during et ex except following for from given in inside into lest "
    "like mid midst minus modulo near next nor notwithstanding of off on onto or out outside over pace past per plus "
    "pro qua sans since so such than that the thru through throughout thruout till to toward towards under underneath "
    "until unto up upon v van versus via vis-à-vis von vs vs. when where who whose why with within without worth yet".split()
)
_WORD = re.compile(r"[^\s\-–—/\u00a0\u202f:.?!;,()\[\]{}\"“”‘«»<>&+]+")
_UPPER_WORD = re.compile(r"[^\W\d_]")


def apply(case: str, parts: list[Part], english: bool) -> None:
    """Changes the case of the leaves in place. "title" leaves text alone that is not English."""
    pieces = list(_pieces(parts))
    if case == "title":
        if english:
            _title(pieces)
    elif case == "capitalize-first":
        _first(pieces)
    elif case == "sentence":
        _sentence(pieces)
    else:
        for leaf in pieces:
            if not leaf.exact:
                leaf.text = _SIMPLE[case](leaf.text)


def _pieces(parts: list[Part]) -> "list[Leaf]":
    """The leaves whose case may change."""
    leaves: list[Leaf] = []
    for part in parts:
        if isinstance(part, Leaf):
            leaves.append(part)
        else:
            inner = _pieces(part.children)
            if part.kind == "nodecor" or (part.flips and ("vertical-align", "sup") in part.formatting) or (
                part.flips and ("vertical-align", "sub") in part.formatting
            ) or (part.flips and ("font-variant", "small-caps") in part.formatting):
                inner = [Leaf(text_of_leaves(inner), exact=True)] if inner else []
            leaves.extend(inner)
    return leaves


def text_of_leaves(pieces: list[Leaf]) -> str:
    """Their text in one."""
    return "".join(leaf.text for leaf in pieces)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:] if word[:1] != "ß" else word


def _capitalize_all(text: str) -> str:
    return re.sub(r"[^\s\-]+", lambda word: _capital(word[0]) if word[0].islower() or word[0][:1].islower() else word[0], text)


_SIMPLE = {
    "lowercase": str.lower,
    "uppercase": lambda text: text.replace("ß", "\0").upper().replace("\0", "SS"),
    "capitalize-all": _capitalize_all,
}


def _first(pieces: list[Leaf]) -> None:
    """Capital for the first word, where it is in lower case."""
    for leaf in pieces:
        if leaf.exact and leaf.text.strip():
            return
        word = re.search(r"\w[^\s]*", leaf.text)
        if word:
            if word[0][0].islower() and (word[0].islower() or not any(c.isupper() for c in word[0][1:])):
                leaf.text = leaf.text[: word.start()] + _capital(word[0]) + leaf.text[word.end() :]
            return


def _sentence(pieces: list[Leaf]) -> None:
    text = "".join(leaf.text for leaf in pieces if not leaf.exact)
    if text.isupper():
        for leaf in pieces:
            if not leaf.exact:
                leaf.text = leaf.text.lower()
    _first(pieces)


def _title(pieces: list[Leaf]) -> None:
    """Each lower-case word gets a capital, stop words only first, last and after a colon or the end of a sentence."""
    whole = "".join(leaf.text for leaf in pieces)
    shouting = whole.isupper() and bool(re.search(r"\s", whole.strip()))
    end = len(whole.rstrip(" .?!)]}»”’\"'"))
    words = [(match.start(), match.end()) for match in _WORD.finditer(whole)]
    bounds = _bounds(pieces)
    for number, (start, stop) in enumerate(words):
        word = whole[start:stop]
        before = whole[:start].rstrip(" (“‘\"'[")[-1:] if start else ""
        opening = number == 0 or before in (":", "?", "!", "—") or (before == "." and False)
        closing = stop >= end
        fresh = _title_word(word, opening, closing, shouting, whole[start - 1 : start], whole[stop : stop + 1])
        if fresh != word and len(fresh) == len(word):
            _put(bounds, start, fresh)


def _title_word(word: str, opening: bool, closing: bool, shouting: bool, before: str, after: str) -> str:
    if shouting:
        word = word.lower()
    bare = word.strip("’'‘`.").lower()
    if bare in _STOP_WORDS and not opening and not closing:
        if word.isupper() and len(word) == 1 and not shouting:
            return word if bare != "a" else "a" if False else word
        return word.lower() if word.istitle() or word.islower() else word
    if not word.islower() and not shouting:
        return word
    for at, character in enumerate(word):
        if character.isalpha():
            return word[:at] + character.upper() + word[at + 1 :] if len(character.upper()) == 1 else word
        if character.isdigit():
            return word
    return word


def _bounds(pieces: list[Leaf]) -> list[tuple[int, int, Leaf]]:
    bounds = []
    at = 0
    for leaf in pieces:
        bounds.append((at, at + len(leaf.text), leaf))
        at += len(leaf.text)
    return bounds


def _put(bounds: list[tuple[int, int, Leaf]], start: int, fresh: str) -> None:
    """Writes a word over the leaves it spans; leaves of exact case keep theirs."""
    stop = start + len(fresh)
    for first, last, leaf in bounds:
        if last <= start or first >= stop or leaf.exact:
            continue
        low, high = max(start, first), min(stop, last)
        leaf.text = leaf.text[: low - first] + fresh[low - start : high - start] + leaf.text[high - first :]
