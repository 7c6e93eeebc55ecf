"""Marked text: what a style's engine hands over, and the plain text, Markdown and HTML made of it.

Formatting begins and ends with single characters of Unicode's private use area, so that one rendering serves every
form and nothing from outside can forge markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

ITALIC, BOLD, CAPS = "\ue000\ue001", "\ue002\ue003", "\ue004\ue005"
SUPER, SUB, UNDERLINE = "\ue006\ue007", "\ue008\ue009", "\ue00a\ue00b"
"""Pairs of marks: where the formatting begins and ends."""

_MARKS = re.compile("[\ue000-\ue0ff]")
_OPENERS = {pair[0]: pair for pair in (ITALIC, BOLD, CAPS, SUPER, SUB, UNDERLINE)}
_CLOSERS = {pair[1]: pair for pair in (ITALIC, BOLD, CAPS, SUPER, SUB, UNDERLINE)}


def unmarked(text: str) -> str:
    """Text from outside without the characters that serve as marks here."""
    return text if text.isascii() else _MARKS.sub("\ufffd", text)


def plain(text: str) -> str:
    """Marked text without its marks."""
    return _MARKS.sub("", text)


_HTML_TAGS = {
    ITALIC: ("<i>", "</i>"),
    BOLD: ("<b>", "</b>"),
    CAPS: ('<span style="font-variant: small-caps">', "</span>"),
    SUPER: ("<sup>", "</sup>"),
    SUB: ("<sub>", "</sub>"),
    UNDERLINE: ("<u>", "</u>"),
}
# CommonMark passes HTML through where it has no sign of its own.
_MARKDOWN_TAGS = {**_HTML_TAGS, ITALIC: ("*", "*"), BOLD: ("**", "**")}
_ADDRESS = re.compile(r"https?://[^\s<>\ue000-\ue0ff]+[^\s<>.,;:!?)\]}’”\ue000-\ue0ff]")


def html(text: str) -> str:
    """Marked text as HTML; addresses become links."""
    return _written(text, _HTML_TAGS, _html_escaped, _anchor)


def markdown(text: str) -> str:
    """Marked text as CommonMark; addresses become links."""
    return _written(text, _MARKDOWN_TAGS, markdown_escaped, lambda url: f"<{url}>")


def _html_escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _anchor(url: str) -> str:
    shown = _html_escaped(url)
    return f'<a href="{shown.replace(chr(34), "&quot;")}">{shown}</a>'


_SIGNS = re.compile(
    r"[\\`*\[\]$]"  # always
    r"|(?<![^\W_])_|_(?![^\W_])|<(?=[a-zA-Z/!?])|&(?=#?\w+;)|~(?=~)|(?<=~)~"  # where they would mean something
)


def markdown_escaped(text: str) -> str:
    """Plain text so that CommonMark shows it as it is."""
    text = _SIGNS.sub(lambda match: f"\\{match[0]}", text)
    return re.sub(r"^(\s*)(?:(\d+)([.)])|([-+=#>]))", _line_start, text)


def _line_start(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}\\{match[3]}" if match[2] else f"{match[1]}\\{match[4]}"


def _written(
    text: str, tags: Mapping[str, tuple[str, str]], quote: Callable[[str], str], link: Callable[[str], str]
) -> str:
    out: list[str] = []
    end = 0
    for match in _ADDRESS.finditer(text):
        out += [_tagged(text[end : match.start()], tags, quote), link(match[0])]
        end = match.end()
    return "".join([*out, _tagged(text[end:], tags, quote)])


def _tagged(text: str, tags: Mapping[str, tuple[str, str]], quote: Callable[[str], str]) -> str:
    out: list[str] = []
    for piece in re.split("([\ue000-\ue0ff])", text):
        if piece in _OPENERS:
            out.append(tags[_OPENERS[piece]][0])
        elif piece in _CLOSERS:
            out.append(tags[_CLOSERS[piece]][1])
        elif not _MARKS.fullmatch(piece):
            out.append(quote(piece))
    return "".join(out)
