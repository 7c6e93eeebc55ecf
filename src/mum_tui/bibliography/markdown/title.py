"""The title of an entry of a page, and the words around it."""

from __future__ import annotations

import re

from mum_tui.bibliography.markdown import pieces
from mum_tui.bibliography.markdown.pieces import Line, Piece
from mum_tui.bibliography.markdown.words import EMOJI, EMOJI_NAME, is_generic
from mum_tui.text import one_line

LEADING = re.compile(r"\s*[\[(【]([^\[\]()【】]{1,60})[\])】]\s*")
_SEAM = "\0"
"""Stands between two pieces of a line; no text has it."""
_LEFT_BEHIND = re.compile(r"\([\s\0]*\0[\s\0]*\)|\[[\s\0]*\0[\s\0]*\]")


def address_alone(lines: list[Line]) -> str:
    """What to call an entry that is nothing but one address."""
    addresses = [href for line in lines for href, _ in pieces.links(line)]
    if len(addresses) != 1 or any(re.search(r"\w", pieces.text(line)) for line in lines):
        return ""
    return re.sub(r"^https?://(?:www\.)?|[/?#]+$", "", addresses[0], flags=re.IGNORECASE)


class _Rest:
    """What of the first line is not the title: the words before it, its own links, what follows it."""

    def __init__(self, before: str, main: list[Piece], after: Line) -> None:
        self.before = before
        self.main = main
        self.after = after


def titled(line: Line) -> tuple[Line, _Rest]:
    """The pieces of the title of a line, and the rest of the line."""
    at = 0
    before = ""
    while at < len(line) and not (line[at].href or line[at].style == "strong"):
        piece = line[at]
        if not piece.picture:
            remaining = piece.text
            while match := LEADING.match(remaining):
                before += f" [{match[1]}]"
                remaining = remaining[match.end() :]
            if re.search(r"\w", EMOJI.sub("", remaining)):
                line = [*line[:at], piece._replace(text=remaining), *line[at + 1 :]]
                break
        at += 1
    rest = line[at:]
    if not rest:
        return [], _Rest(before, [], [])
    first = rest[0]
    if first.style == "strong":
        end = _while(rest, lambda piece: piece.style == "strong" or (piece.picture and False))
    elif first.href and not first.picture and not is_generic(first.text):
        end = _while(rest, lambda piece: piece.href == first.href)
    else:
        end = _while(rest, lambda piece: not (piece.href and (is_generic(piece.text) or piece.picture)))
        head, tail = _described(rest[:end])
        return head, _Rest(before, [p for p in head if p.href], [*tail, *rest[end:]])
    title = rest[:end]
    return title, _Rest(before, [piece for piece in title if piece.href], rest[end:])


def _while(line: Line, holds: object) -> int:
    end = 0
    while end < len(line) and holds(line[end]):  # type: ignore[operator]  # any predicate of a piece
        end += 1
    return end


def _described(line: Line) -> tuple[Line, Line]:
    """Plain words before the first link: the title, and what stands behind a spaced dash."""
    for at, piece in enumerate(line):
        if not piece.href and (
            match := re.search(r"\s[-–—]\s|\s[-–—]$|(?<=[^.][^.]\w)\.\s+(?=[A-Z][a-z]+ )", piece.text)
        ):
            if not "".join(p.text for p in line[:at]) + piece.text[: match.start()].strip():
                continue
            if at == 0 and not piece.text[: match.start()].strip():
                continue
            head = [*line[:at], piece._replace(text=piece.text[: match.start()])]
            return head, [piece._replace(text=piece.text[match.start() :]), *line[at + 1 :]]
    return line, []


def clean_title(line: Line) -> str:
    title = _SEAM.join(["" if piece.picture else piece.text for piece in line])
    # What a link leaves behind; brackets within one piece belong to the title.
    if _SEAM in title:
        title = _LEFT_BEHIND.sub("", title).replace(_SEAM, "")
    title = one_line(EMOJI_NAME.sub(" ", title))
    title = one_line(title if title[:1].isalnum() else EMOJI.sub("", title))
    title = title.rstrip(" [(|,:;–—-").strip(" *_\\")
    if title.endswith(".") and not title.endswith("..") and len(title) > 4:
        title = title[:-1]
    opened, closed = title.count("["), title.count("]")
    if opened < closed:
        title = title.rstrip("] ")
    return title.strip()
