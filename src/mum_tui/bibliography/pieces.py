"""The inline text of a Markdown page as lines of pieces: words, their style, and where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from mum_tui.text import clean, one_line


class Piece(NamedTuple):
    """Words of one style, or a picture; ``href`` is where they lead."""

    text: str
    href: str = ""
    style: str = ""
    picture: bool = False


Line = list[Piece]

_STYLES = {"strong_open": "strong", "em_open": "em"}
_HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def lines(inline: Any) -> list[Line]:
    """The lines of an ``inline`` token of markdown-it; a line ends at any break, hard, soft or ``<br>``."""
    split: list[Line] = [[]]
    styles: list[str] = []
    hrefs: list[str] = []
    for token in inline.children or ():
        kind = token.type
        if kind in _STYLES:
            styles.append(_STYLES[kind])
        elif kind in ("strong_close", "em_close"):
            if styles:
                styles.pop()
        elif kind == "link_open":
            hrefs.append(str(token.attrs.get("href", "")))
        elif kind == "link_close":
            if hrefs:
                hrefs.pop()
        elif kind in ("softbreak", "hardbreak") or (kind == "html_inline" and _BREAK.match(token.content)):
            split.append([])
        elif kind == "html_inline":
            if match := _HREF.search(token.content):
                hrefs.append(match[1])
            elif token.content.lower().startswith("</a") and hrefs:
                hrefs.pop()
        elif kind == "image":
            split[-1].append(Piece(clean(token.content), hrefs[-1] if hrefs else "", "", picture=True))
        elif token.content:
            style = "strong" if "strong" in styles else "em" if "em" in styles else ""
            split[-1].append(Piece(clean(token.content), hrefs[-1] if hrefs else "", style))
    return [line for line in split if any(piece.picture or piece.text.strip(" \\") for piece in line)]


def text(pieces: Iterable[Piece]) -> str:
    """The words of a line without its pictures."""
    return one_line("".join(piece.text for piece in pieces if not piece.picture))


def links(pieces: Iterable[Piece]) -> Iterator[tuple[str, str]]:
    """Address and words of each link; words and pictures within one link are one."""
    href, words = "", ""
    for piece in pieces:
        if piece.href != href:
            if href:
                yield href, one_line(words)
            href, words = piece.href, ""
        words += piece.text if not piece.picture else f" {piece.text}" if href else ""
    if href:
        yield href, one_line(words)


def in_html(source: str) -> Iterator[str]:
    """Every address that a piece of HTML links to."""
    for match in _HREF.finditer(source):
        yield match[1]
