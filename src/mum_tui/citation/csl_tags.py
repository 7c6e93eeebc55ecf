"""HTML, JATS and MathML within titles and abstracts as the few tags that CSL knows."""

from __future__ import annotations

import re

TAGS = {
    "i": ("<i>", "</i>"),
    "b": ("<b>", "</b>"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
    "sc": ('<span style="font-variant:small-caps;">', "</span>"),
}
"""The formatting that a CSL item's text may have (CSL-JSON, "HTML-like formatting")."""

_KNOWN = {
    "i": "i", "em": "i", "italic": "i", "b": "b", "strong": "b", "bold": "b", "sub": "sub", "inf": "sub", "sup": "sup",
    "sc": "sc", "scp": "sc", "small-caps": "sc",
}  # fmt: skip
_DROPPED = frozenset([
    "p", "br", "div", "title", "sec", "u", "tt", "code", "a", "font", "underline", "monospace", "math", "mrow", "mi",
    "mn",
    "mo", "mtext", "mstyle", "mspace", "semantics", "annotation", "mfrac", "msqrt", "mover", "munder", "mfenced",
    "list",
    "list-item", "abstract", "span", "ul", "ol", "li", "label", "named-content", "xref", "ext-link", "inline-formula",
    "tex-math", "mpadded", "mphantom", "small", "big", "h1", "h2", "h3", "h4", "body", "html", "roman", "sans-serif",
])  # fmt: skip
_SCRIPTS = {"msub": ("sub",), "msup": ("sup",), "msubsup": ("sub", "sup")}
_TAG = re.compile(r"<(?P<end>/)?(?:\w{1,10}:)?(?P<name>[A-Za-z][\w-]{0,30})(?P<rest>(?:\s[^<>]{0,2000})?)(?P<void>/)?>")
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,20}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")


def to_csl(text: str) -> str:
    """``text`` with the formatting of CSL-JSON only; tags of any other kind are words and stay."""
    if "<" in text:
        text = _tags(text)
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    return " ".join(text.split())


def _entity(match: re.Match[str]) -> str:
    from html import unescape  # takes milliseconds to load

    char = unescape(match[0])
    return char if char.isprintable() or char.isspace() else match[0]


def _tags(text: str) -> str:
    out: list[str] = []
    opened: list[tuple[str, str, int]] = []
    end = 0
    for match in _TAG.finditer(text):
        name = match["name"].lower()
        tag = _tag_of(name, match["rest"])
        if tag is None:
            continue
        out.append(text[end : match.start()])
        end = match.end()
        if match["void"] or name == "br":
            out.append(" " if name in ("br", "mspace") else "")
        elif match["end"]:
            _close(name, opened, out)
        else:
            opened.append((name, tag, len(out)))
            out.append(TAGS[tag][0] if tag in TAGS else "")
    for _name, tag, at in opened:
        if tag in TAGS:  # never closed: as if it had not been opened
            out[at] = ""
    return "".join(out) + text[end:]


def _tag_of(name: str, rest: str) -> str | None:
    """CSL's tag for an HTML one, empty for one without meaning here; None for what is no tag."""
    if name == "span":
        if "small-caps" in rest:
            return "sc"
        return ("italic" in rest and "i") or ""
    if name in _KNOWN:
        return _KNOWN[name]
    return name if name in _SCRIPTS else "" if name in _DROPPED else None


def _close(name: str, opened: list[tuple[str, str, int]], out: list[str]) -> None:
    if not any(open_name == name for open_name, _, _ in opened[-50:]):
        return
    while opened:
        open_name, tag, at = opened.pop()
        if open_name == name:
            if tag in _SCRIPTS:
                _script(tag, at, out)
            elif tag in TAGS:
                out.append(TAGS[tag][1])
            elif name == "p":
                out.append(" ")
            return
        if tag in TAGS:
            out[at] = ""


def _script(name: str, at: int, out: list[str]) -> None:
    """MathML's ``msub`` and ``msup``: of the parts within, the first is the base, the others stand below or above."""
    parts = [number for number in range(at + 1, len(out)) if out[number].strip()]
    for number, tag in zip(parts[1:], _SCRIPTS[name], strict=False):
        out[number] = f"{TAGS[tag][0]}{out[number].strip()}{TAGS[tag][1]}"


_FORMATTING = re.compile(
    r"</?(?:i|b|sup|sub|sc|em|strong|u|tt|scp|italic|bold|nocase)>|<span[^<>]{0,200}>|</span>", re.IGNORECASE
)


def without_tags(text: str) -> str:
    """``text`` without CSL's formatting."""
    return _FORMATTING.sub("", text) if "<" in text else text
