"""Text case, over the leaves of an element's output: the specification's chapter on text-case."""

import re
from functools import lru_cache

from .item import words
from .spans import Leaf, Part

STOP_WORDS = words(
    "a about above across afore after against along alongside amid amidst among amongst an and anenst apropos apud "
    "around as aside astride at athwart atop barring before behind below beneath beside besides between beyond but "
    "by c ca circa d' d’ de despite down during et except for forenenst from given in inside into lest like modulo "
    "near next nor notwithstanding of off on onto or out over per plus pro qua sans since so than the through "
    "throughout thru thruout till to toward towards under underneath until unto up upon v v. van versus via vis-à-"
    "vis von vs vs. with within without yet"
)
"""The specification's stop words of one word, and "about" and "above", which other processors have too."""
FEW_STOP_WORDS = words(
    "a about an and as at but by c d' d’ de down for from in into nor of on onto or over so so-called the till to "
    "up v v. van via von with yet"
)
"""Those that pandoc has: longer prepositions get a capital, as the Chicago Manual of Style has it since 2024."""
_WORD = r"[^\s\-‐–—/\u00a0\u202f\u2009]+"
_EDGES = "()[]{}\"“”‘’'«»,;:.?!<>"
_AFTER_THESE = frozenset(":?!.")
_HYPHENS = ("-", "‐")
_GREEK = frozenset("αβγδεζηθικλμνξοπρστυφχψω")
_FLAT = frozenset((("vertical-align", "sup"), ("vertical-align", "sub"), ("font-variant", "small-caps")))


def apply(case: str, parts: list[Part], stop_words: frozenset[str], language: str = "") -> None:
    """Changes the case of the leaves in place.

    stop_words: what "title" leaves in lower case; none where the text is not English, which "title" leaves alone.
    """
    pieces = _pieces(parts)
    if case == "title":
        if stop_words:
            _title(pieces, stop_words)
    elif case == "capitalize-first":
        _first(pieces)
    elif case == "sentence":
        _sentence(pieces)
    elif case in _SIMPLE:
        dots = _DOTS.get(case, {}) if language[:2].lower() in ("tr", "az") else {}
        for leaf in pieces:
            if not leaf.exact:
                leaf.text = _SIMPLE[case](leaf.text.translate(dots))


def _pieces(parts: list[Part]) -> list[Leaf]:
    """The leaves in order; those of names and of raised, lowered and undecorated text keep their case."""
    pieces: list[Leaf] = []
    for part in parts:
        if isinstance(part, Leaf):
            pieces.append(part)
        elif part.kind in ("nodecor", "names") or (part.flips and not _FLAT.isdisjoint(part.formatting)):
            text = "".join(leaf.text for leaf in _pieces(part.children))
            pieces.append(Leaf(text, exact=True))
        else:
            pieces.extend(_pieces(part.children))
    return pieces


def capitalized(word: str) -> str:
    """The word with a capital, where its first letter has one of one letter."""
    capital = word[:1].upper()
    return capital + word[1:] if len(capital) == 1 else word


def _capitalize_all(text: str) -> str:
    return re.sub(r"(?<![^\s\-])[^\s\-’']+", lambda word: capitalized(word[0]) if word[0].islower() else word[0], text)


_DOTS = {"uppercase": str.maketrans("i", "İ"), "lowercase": str.maketrans("Iİ", "ıi")}
_SIMPLE = {"lowercase": str.lower, "uppercase": str.upper, "capitalize-all": _capitalize_all}


def _first(pieces: list[Leaf]) -> None:
    """Capital for the first word, where it is in lower case."""
    for leaf in pieces:
        if leaf.exact and leaf.text.strip():
            return
        word = re.search(r"\w+", leaf.text)
        if word:
            if word[0][0].islower() and not any(character.isupper() for character in word[0]):
                leaf.text = leaf.text[: word.start()] + capitalized(word[0]) + leaf.text[word.end() :]
            return


def _sentence(pieces: list[Leaf]) -> None:
    """Lower case but for words of more than a first capital, and a capital for the first word."""
    shouting = "".join(leaf.text for leaf in pieces if not leaf.exact).isupper()
    for leaf in pieces:
        if not leaf.exact:
            leaf.text = leaf.text.lower() if shouting else re.sub(r"\w\S*", _lowered, leaf.text)
    _first(pieces)


def _lowered(word: re.Match[str]) -> str:
    pieces = re.split("[-’']", word[0])
    return word[0].lower() if all(piece[1:] == piece[1:].lower() for piece in pieces) else word[0]


def _title(pieces: list[Leaf], stop_words: frozenset[str]) -> None:
    """Each lower-case word gets a capital; stop words only first, last, or after a colon or a sentence."""
    fresh = _titled("".join([leaf.text for leaf in pieces]), stop_words)
    at = 0
    for leaf in pieces:
        end = at + len(leaf.text)
        if not leaf.exact:
            leaf.text = fresh[at:end]
        at = end


@lru_cache(maxsize=4096)
def _titled(whole: str, stop_words: frozenset[str]) -> str:
    words = list(re.finditer(_WORD, whole))
    last = next((at for at in range(len(words) - 1, -1, -1) if any(map(str.isalnum, words[at][0]))), -1)
    fresh, done = "", 0
    for at, match in enumerate(words):
        word, (start, end) = match[0], match.span()
        if word[0].isupper() or word == word.upper():
            continue
        hyphens = whole[start - 1 : start] in _HYPHENS, whole[end : end + 1] in _HYPHENS
        word = _title_word(word, _opens(whole, match, at), at == last, hyphens, stop_words)
        if len(word) == end - start:
            fresh += whole[done:start] + word
            done = end
    return fresh + whole[done:]


def _opens(whole: str, word: re.Match[str], at: int) -> bool:
    """Whether a word begins a title, a subtitle or a quotation."""
    before = whole[: word.start()].rstrip()[-1:]
    led = word[0][0] in "“‘\"'«" and len(word[0]) > 1
    return at == 0 or before in _AFTER_THESE or led or (at == 1 and before != "" and before in '“‘"«')


@lru_cache(maxsize=4096)
def _title_word(word: str, opens: bool, last: bool, hyphens: tuple[bool, bool], stop_words: frozenset[str]) -> str:
    """One word in title case. Single letters and elided words (d’…) keep theirs unless first, Greek letters always."""
    core = word.strip(_EDGES)
    start = word.find(core) if core else 0
    elided = len(core) > 1 and core[1] in "’'" and core[0] in "dl"
    keeps = (core != core.lower() and not (elided and opens)) or not core[:1].islower()
    if keeps or (core[0] in _GREEK and (len(core) == 1 or not core.isalpha())):
        return word
    stop = core.partition("_")[0] in stop_words or word.lower() in stop_words
    small = elided or len(core) == 1 or (stop and not last and hyphens != (False, True))
    fresh = core if small and not opens else capitalized(core)
    return word[:start] + fresh + word[start + len(core) :]
