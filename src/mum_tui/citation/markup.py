"""Marked text: what a style's engine hands over, and the plain text, Markdown and HTML made of it.

Formatting, quotation marks and the places where a style glued two pieces together are single characters of
Unicode's private use area, so that one rendering serves every form and nothing from outside can forge markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

ITALIC, BOLD, CAPS = "\ue000\ue001", "\ue002\ue003", "\ue004\ue005"
SUPER, SUB, UNDERLINE = "\ue006\ue007", "\ue008\ue009", "\ue00a\ue00b"
"""Pairs of marks: where the formatting begins and ends."""
OPEN, CLOSE = "\ue010", "\ue011"
"""Quotation marks whose shape depends on how deep they stand."""
AS_IS = "\ue012\ue013"
"""Around words whose case a style must not touch."""
LABEL_END = "\ue014"
"""Behind the number of an entry in a numbered bibliography."""
SEAM = "\ue015"
"""Between two pieces that a style put together."""

_MARKUP = re.compile("[\ue000-\ue0ff]")
_OPENERS = {pair[0]: pair for pair in (ITALIC, BOLD, CAPS, SUPER, SUB, UNDERLINE)}
_CLOSERS = {pair[1]: pair for pair in (ITALIC, BOLD, CAPS, SUPER, SUB, UNDERLINE)}

# Which of two marks of punctuation stays where a style puts them together; other pairs stay as they are.
_ABSORBED = {
    "!": "!.:",
    "?": "?.:",
    ".": ".",
    ",": ",",
    ":": ":.",
    ";": ";.:",
}


def unmarked(text: str) -> str:
    """Text from outside without the characters that serve as marks here."""
    return _MARKUP.sub("\ufffd", text)


def wrapped(pair: str) -> Callable[[str], str]:
    """A function that puts the two marks of ``pair`` around a text."""
    return lambda text: f"{pair[0]}{text}{pair[1]}"


# -- what comes in: markup and quotation marks within a value -------------------------------------------------

_TAGS = {"i": ITALIC, "b": BOLD, "sc": CAPS, "sup": SUPER, "sub": SUB, "nocase": AS_IS}
_TAG = re.compile(
    r"<(?P<tag>i|b|sc|sup|sub)>|</(?P<end>i|b|sc|sup|sub)>"
    r'|<span class="(?P<nocase>nocase)">|<span style="font-variant: ?(?P<caps>small-caps);?">|(?P<span></span>)'
)


def from_rich(text: str) -> str:
    """A value of a CSL item as marked text: its few tags (``<i>``, ``<sup>`` …) and its quotation marks.

    A tag or quotation mark without a partner is kept as it was written.
    """
    text = unmarked(text)
    if "<" in text:
        text = _tags(text)
    return _quotes(text)


def _tags(text: str) -> str:
    pieces: list[str] = []
    opened: list[tuple[str, int]] = []
    end = 0
    for match in _TAG.finditer(text):
        pieces.append(text[end : match.start()])
        end = match.end()
        name = match["tag"] or match["nocase"] or ("sc" if match["caps"] else "")
        closing = match["end"] or ("span" if match["span"] else "")
        pieces.append(match[0])
        if name:
            opened.append((name, len(pieces) - 1))
        elif opened and closing in (opened[-1][0], "span"):
            tag, at = opened.pop()
            pieces[at], pieces[-1] = _TAGS[tag][0], _TAGS[tag][1]
    return "".join(pieces) + text[end:]


def _quotes(text: str) -> str:
    if not re.search("[\"'“”‘’]", text):
        return text
    chars = list(text)
    opened: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        before, after = text[at - 1] if at else " ", text[at + 1] if at + 1 < len(text) else " "
        may_open = before in " ([{/–—-" + OPEN or (before in "\"'“‘" and bool(opened) and opened[-1][1] == at - 1)
        may_open = may_open and not after.isspace()
        if char in "“‘" or (char in "\"'" and may_open):
            opened.append(('"' if char in '"“' else "'", at))
        elif char in "\"'”’":
            kind = '"' if char in '"”' else "'"
            chars[at] = "”" if kind == '"' else "’"
            inside_word = kind == "'" and before.isalnum() and after.isalnum()
            if not inside_word and opened and any(kind_of_opener == kind for kind_of_opener, _ in opened):
                while opened[-1][0] != kind:
                    opened.pop()
                start = opened.pop()[1]
                chars[start], chars[at] = OPEN, CLOSE
    return "".join({'"': "“", "'": "’"}.get(char, char) for char in chars)


# -- what goes out --------------------------------------------------------------------------------------------


def settled(text: str, quotes: tuple[str, str, str, str], punctuation_in_quote: bool) -> str:
    """Marked text whose seams and quotation marks are resolved; what remains are the marks of formatting.

    Args:
        text: what the style rendered.
        quotes: the locale's opening and closing quotation marks, and those of a quotation within one.
        punctuation_in_quote: whether a comma or full stop goes inside a quotation mark before it.
    """
    out: list[str] = []
    seam = False
    for char in text:
        if char == SEAM:
            seam = True
        elif "\ue000" <= char <= "\ue0ff":
            out.append(char)
        else:
            if seam and _joined(char, out, punctuation_in_quote):
                continue
            out.append(char)
            seam = False
    return _with_quotes("".join(out), quotes)


def _joined(char: str, out: list[str], punctuation_in_quote: bool) -> bool:
    """Whether ``char``, first behind a seam, is already dealt with: dropped or moved into a quotation."""
    at = len(out) - 1
    quote = -1
    while at >= 0 and "\ue000" <= out[at] <= "\ue0ff":
        if out[at] == CLOSE:
            quote = at
        at -= 1
    if at < 0:
        return char in " ,;"
    if char in ",;" and out[at] == " ":
        del out[at]  # a comma behind a suffix that ends in a space
        return _joined(char, out, punctuation_in_quote)
    last = out[at]
    if char == " " or char not in _ABSORBED:
        return char == " " == last
    if last == " " and _visible(out[:at]) == char:
        return True  # the same mark once more, ". " and ". "
    if quote >= 0:
        if not (punctuation_in_quote and char in ".,"):
            return last == char == "." or (last in "?!" and char == ".")
        if last not in ".,?!":
            # Behind the last visible character, within the formatting it has.
            out.insert(quote if at + 1 > quote else at + 1, char)
        return True
    return char in _ABSORBED.get(last, "")


def _visible(out: list[str]) -> str:
    """The last character that is no mark."""
    return next((char for char in reversed(out) if not "\ue000" <= char <= "\ue0ff"), "")


def _with_quotes(text: str, quotes: tuple[str, str, str, str]) -> str:
    if OPEN not in text:
        return text
    depth = 0
    out = []
    for char in text:
        if char == OPEN:
            char = quotes[2 * (depth % 2)]
            depth += 1
        elif char == CLOSE:
            depth = max(depth - 1, 0)
            char = quotes[2 * (depth % 2) + 1]
        out.append(char)
    return "".join(out)


def plain(text: str) -> str:
    """Settled text without its marks."""
    return _MARKUP.sub("", text)


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
    """Settled text as HTML; addresses become links."""
    return _written(text, _HTML_TAGS, _html_escaped, _anchor)


def markdown(text: str) -> str:
    """Settled text as CommonMark; addresses become links."""
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
        elif not _MARKUP.fullmatch(piece):
            out.append(quote(piece))
    return "".join(out)
