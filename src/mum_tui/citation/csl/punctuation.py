"""Punctuation where pieces of output meet: doubled marks and spaces, and marks that belong inside quotation marks."""

from .spans import Leaf, Part

_KEEP_FIRST = frozenset(("::", "..", ";:", ";.", ";;", "!:", "!.", "!!", "?:", "?.", "??", ":.", ",,"))
_KEEP_SECOND = frozenset((":!", ":?", ";!", ";?"))
_INSIDE = frozenset(".,!?")
_LONE = _INSIDE | {"?,", "!,", ",."}
_MARKS = frozenset(".,;:!?")
_SPACES = frozenset(" \u00a0")
MET = _MARKS | _SPACES
"""What may change, or change what follows, at the ends of a text."""
_CHANGING = _KEEP_FIRST | _KEEP_SECOND | {space + mark for space in _SPACES for mark in MET}
"""The pairs of characters that change where they meet. A mark behind a closing quotation mark may change, too."""

_FIXED = frozenset(("open", "close", "inner"))
_WORDS = frozenset(("", "term"))
"""The roles of leaves that may become one."""


def joined(parts: list[Part], delimiter: str) -> list[Part]:
    """The parts with the delimiter between them, words that a space parts in one leaf."""
    if not delimiter or len(parts) < 2:
        return parts
    last = parts[0]
    out = [last]
    for part in parts[1:]:
        if delimiter[-1] == " " and type(part) is type(last) is Leaf and _are_words(last, delimiter[0], part):
            last.text += delimiter + part.text
        else:
            out += (Leaf(delimiter), part)
            last = part
    return out


def _are_words(one: Leaf, mark: str, other: Leaf) -> bool:
    """Whether nothing changes where two texts meet a mark between them, nor later in one of them alone."""
    if not one.text or not other.text or one.exact or other.exact:
        return False
    plain = one.role in _WORDS and other.role in _WORDS and one.text[0].isalnum() and other.text[0] not in MET
    return plain and (one.text[-1] not in MET or (one.text[-1] == "." and mark == " "))


def tidy(line: list[Leaf], into_quotes: bool, tidier: bool = False) -> None:
    """Changes the leaves, all of which have text, in place.

    into_quotes: commas and stops move inside closing quotation marks. tidier: none comes to stand there behind a
    question mark or comma, no space stays before a comma or semicolon, no mark stands twice ("1997. . IEEE").
    """
    into = (_LONE if tidier else _INSIDE) if into_quotes else frozenset[str]()
    for place in [at for at, here in enumerate(line) if at and here.text[0] in MET and _meets(line[at - 1], here)]:
        at = place
        # What follows an emptied text meets what stands before it.
        while at < len(line) and (at <= place or not line[at - 1].text):
            here, last = line[at], line[at - 1]
            if here.text[:1] not in MET or here.role in _FIXED or (last.text and not _meets(last, here)):
                at += 1
                continue
            before = next((back for back in range(at - 1, -1, -1) if line[back].text), -1)
            if before >= 0 and _meet(line, before, at, into, tidier):
                at = max(1, before if line[before].text in _MARKS or not here.text else at)
                continue
            at += 1


def _meets(last: Leaf, here: Leaf) -> bool:
    """Whether something may change where two texts meet."""
    return last.text[-1] + here.text[0] in _CHANGING or last.role == "close"


def _meet(line: list[Leaf], before: int, at: int, into: frozenset[str], tidier: bool) -> bool:
    """Settles one meeting place; True when the text changed."""
    here, last = line[at], line[before]
    mark = here.text[0]
    if mark in _SPACES:
        if last.text[-1] in _SPACES and last.role not in ("open", "close"):
            here.text = here.text[1:]
            return True
        return False
    if last.role == "close":
        return _after_quote(line, before, at, into)
    if tidier and mark in ",;" and last.text[-1] == " " and last.text[:-1].strip():
        last.text = last.text[:-1]
        return True
    pair = last.text[-1] + mark
    if pair in _KEEP_FIRST or (tidier and last.text[-1] == " " and last.text.rstrip()[-1:] == mark):
        here.text = here.text[1:]
        return True
    if pair in _KEEP_SECOND:
        last.text = last.text[:-1] + mark
        here.text = here.text[1:]
        return True
    return False


def _after_quote(line: list[Leaf], before: int, at: int, into: frozenset[str]) -> bool:
    here = line[at]
    inside = before
    while inside >= 0 and (line[inside].role == "close" or not line[inside].text):
        inside -= 1
    if inside < 0:
        return False
    mark = here.text[0]
    inner = line[inside]
    pair = inner.text[-1] + mark
    if (pair in _KEEP_FIRST and pair[0] in ".!?,") or pair in into:
        here.text = here.text[1:]
        return True
    if mark in into:
        if pair in _KEEP_SECOND:
            inner.text = inner.text[:-1]
        inner.text += mark
        here.text = here.text[1:]
        return True
    return False
