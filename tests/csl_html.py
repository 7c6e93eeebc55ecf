"""Parts as HTML, as the CSL test suite wants it: markup inside a field turns back where it stands in its like."""

from __future__ import annotations

from collections.abc import Iterator

from mum_tui.citation.csl import Part
from mum_tui.citation.csl.spans import Leaf, Span
from mum_tui.citation.csl.writers import PLAIN_VALUES, Styles, resolved

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


def html(parts: list[Part]) -> str:
    """HTML."""
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
        if value == PLAIN_VALUES[name]:
            tags = (f'<span style="{name}:{value};">', "</span>")
        else:
            tags = _TAGS.get((name, value), ("", ""))
        opening, closing = tags[0] + opening, closing + tags[1]
        styles[name] = value
    return opening, closing
