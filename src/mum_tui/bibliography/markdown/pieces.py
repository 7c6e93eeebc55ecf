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
_ADDRESS = re.compile(r"(?<![\w/])https?://[^\s<>|]{3,2000}", re.IGNORECASE)
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
            if hrefs or kind != "text" or "://" not in token.content:
                split[-1].append(Piece(clean(token.content), hrefs[-1] if hrefs else "", style))
            else:
                split[-1] += _with_addresses(clean(token.content), style)
    return [line for line in split if any(piece.picture or piece.href or piece.text.strip(" \\") for piece in line)]


def _with_addresses(words: str, style: str) -> Iterator[Piece]:
    """Words with addresses among them, which GitHub shows as links; their own text says nothing."""
    end = 0
    for match in _ADDRESS.finditer(words):
        address = match[0].rstrip("?!.,:;*_~'\"]")
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1]
        yield Piece(words[end : match.start()], "", style)
        yield Piece("", address, style)
        end = match.start() + len(address)
    yield Piece(words[end:], "", style)


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
