"""Parts as text for a reader: plain, HTML as the CSL test suite wants it, and runs for any other form."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from .locale import Locale
from .punctuation import tidy
from .spans import Formatting, Leaf, Look, Part, Span

_HTML_ESCAPES = str.maketrans({"&": "&#38;", "<": "&#60;", ">": "&#62;"})
_TAGS = {
    ("font-style", "italic"): ("<i>", "</i>"),
    ("font-style", "oblique"): ("<em>", "</em>"),
    ("font-weight", "bold"): ("<b>", "</b>"),
    ("font-weight", "light"): ('<span style="font-weight:light;">', "</span>"),
    ("font-variant", "small-caps"): ('<span style="font-variant:small-caps;">', "</span>"),
    ("text-decoration", "underline"): ('<span style="text-decoration:underline;">', "</span>"),
    ("vertical-align", "sup"): ("<sup>", "</sup>"),
    ("vertical-align", "sub"): ("<sub>", "</sub>"),
}
_PLAIN_VALUES = dict.fromkeys(("font-style", "font-weight", "font-variant"), "normal")
_PLAIN_VALUES |= {"text-decoration": "none", "vertical-align": "baseline"}
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
    return frozenset(pair for pair in styles.items() if pair[1] != _PLAIN_VALUES[pair[0]]), display or look[1]


def html(parts: list[Part]) -> str:
    """HTML: markup inside a field turns back where it stands in its like."""
    return "".join(_html(parts, {}))


def _html(parts: list[Part], styles: Styles) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Leaf):
            if part.text:
                yield part.text.translate(_HTML_ESCAPES)
            continue
        inner = dict(styles)
        before, after = _html_tags(part, inner)
        body = "".join(_html(part.children, inner))
        if body:
            yield f"{before}{body}{after}"


def _html_tags(span: Span, styles: Styles) -> tuple[str, str]:
    """The tags around a span; styles becomes what holds inside it."""
    opening, closing = "", ""
    if span.display:
        opening, closing = f'<div class="csl-{span.display}">', "</div>"
    for name, value in resolved(styles, span.formatting, span.flips, span.kind):
        if value == _PLAIN_VALUES[name]:
            tags = (f'<span style="{name}:{value};">', "</span>")
        else:
            tags = _TAGS.get((name, value), ("", ""))
        opening, closing = tags[0] + opening, closing + tags[1]
        styles[name] = value
    return opening, closing


def resolved(styles: Styles, formatting: Formatting, flips: bool, kind: str) -> list[tuple[str, str]]:
    """What a span changes where these styles hold."""
    if kind == "nodecor":
        return [(name, _PLAIN_VALUES[name]) for name, value in styles.items() if value != _PLAIN_VALUES[name]]
    changes = []
    for name, value in formatting:
        now = styles.get(name, _PLAIN_VALUES[name])
        if value == now and flips and value != _PLAIN_VALUES[name] and name != "vertical-align":
            changes.append((name, _PLAIN_VALUES[name]))
        elif value != now:
            changes.append((name, value))
    return changes


def runs(line: Line) -> list[Run]:
    """Text by formatting and block, in order."""
    groups = groupby([leaf for leaf in line.leaves if leaf.text], key=attrgetter("look"))
    return [Run("".join([leaf.text for leaf in group]), *look) for look, group in groups]
