"""Parts made ready to be written, and their text in runs of one look, for any form."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from .locale import Locale
from .punctuation import tidy
from .spans import Formatting, Leaf, Look, Part

PLAIN_VALUES = dict.fromkeys(("font-style", "font-weight", "font-variant"), "normal")
PLAIN_VALUES |= {"text-decoration": "none", "vertical-align": "baseline"}
_PLAIN: Look = (frozenset(), "")
Styles = dict[str, str]


class Run(NamedTuple):
    """Text of one formatting: pairs of a CSL formatting attribute and its value. display: a block's CSL value."""

    text: str
    formatting: frozenset[tuple[str, str]]
    display: str = ""


class Line(list[Part]):
    """Parts ready to be written, and their leaves with text, each of which knows its look."""

    def __init__(self, parts: Iterable[Part] = ()) -> None:
        super().__init__(parts)
        self.leaves: list[Leaf] = []


def finish(parts: list[Part], locale: Locale, tidier: bool = False) -> Line:
    """The parts, changed in place to be written: quotation marks set, meeting punctuation settled (`tidy`)."""
    line = Line(parts)
    _set_quotes(parts, locale, 0, _PLAIN, line.leaves)
    tidy(line.leaves, locale.punctuation_in_quote, tidier)
    return line


def _set_quotes(parts: list[Part], locale: Locale, depth: int, look: Look, line: list[Leaf]) -> None:
    """Sets quotation marks and appends all leaves that have text to the line."""
    for part in parts:
        if isinstance(part, Leaf):
            if part.text:
                part.look = look
                line.append(part)
            continue
        inner = look
        if part.formatting or part.display or part.kind == "nodecor":
            inner = _inside(look, part.formatting, part.flips, part.kind, part.display)
        if not part.quoted:
            _set_quotes(part.children, locale, depth, inner, line)
            continue
        part.quoted = False
        first, last = locale.quotes[depth % 2 * 2], locale.quotes[depth % 2 * 2 + 1]
        deeper, role = 1, "close"
        if part.value and part.kind == "curly" and not depth:
            first, last = part.value
        elif part.value and part.kind == "guillemets" and "«" not in locale.quotes[0]:
            first, last = part.value
            deeper, role = 0, "inner"
        opening, closing = Leaf(first, "open"), Leaf(last, role)
        opening.look = closing.look = inner
        line.append(opening)
        _set_quotes(part.children, locale, depth + deeper, inner, line)
        line.append(closing)
        part.children = [opening, *part.children, closing]


@lru_cache(maxsize=512)
def _inside(look: Look, formatting: Formatting, flips: bool, kind: str, display: str) -> Look:
    """How text looks inside a span that stands in text of a look."""
    styles = dict(look[0])
    styles |= dict(resolved(styles, formatting, flips, kind))
    return frozenset(pair for pair in styles.items() if pair[1] != PLAIN_VALUES[pair[0]]), display or look[1]


def resolved(styles: Styles, formatting: Formatting, flips: bool, kind: str) -> list[tuple[str, str]]:
    """What a span changes where these styles hold."""
    if kind == "nodecor":
        return [(name, PLAIN_VALUES[name]) for name, value in styles.items() if value != PLAIN_VALUES[name]]
    changes = []
    for name, value in formatting:
        now = styles.get(name, PLAIN_VALUES[name])
        if value == now and flips and value != PLAIN_VALUES[name] and name != "vertical-align":
            changes.append((name, PLAIN_VALUES[name]))
        elif value != now:
            changes.append((name, value))
    return changes


def runs(line: Line) -> list[Run]:
    """Text by formatting and block, in order."""
    groups = groupby([leaf for leaf in line.leaves if leaf.text], key=attrgetter("look"))
    return [Run("".join([leaf.text for leaf in group]), *look) for look, group in groups]
