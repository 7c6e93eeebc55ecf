"""Markup inside fields: the HTML-like tags of CSL-JSON, and quotation marks paired up."""

import re

from .spans import Formatting, Leaf, Part, Span

_PIECE = (
    r"""(?P<open><i>|<b>|<sup>|<sub>|<sc>|<span\s+(?:style|class)\s*=\s*"[^"<>]{0,60}">)"""
    r"""|(?P<close></(?:i|b|sup|sub|sc|span)>)|(?P<quote>["'“”‘’«»])"""
)
_SIGNS = re.compile(r"""[<"'“”‘’«»]""")
_FORMATTING: dict[str, Formatting] = {
    "<i>": (("font-style", "italic"),),
    "<b>": (("font-weight", "bold"),),
    "<sup>": (("vertical-align", "sup"),),
    "<sub>": (("vertical-align", "sub"),),
    "<sc>": (("font-variant", "small-caps"),),
}
_CLOSES = {"“": "”", "‘": "’", '"': '"', "'": "'", "«": "»"}
_NARROW = "\u202f"
_BLANKS = f" \u00a0{_NARROW}"
_MOST_PIECES = 2_000


class _Frame:
    """What is open: a tag or a quotation mark, and what stands inside so far."""

    def __init__(self, tag: str = "", quote: str = "") -> None:
        self.tag = tag
        self.quote = quote
        self.parts: list[Part] = []


def parse(text: str, exact: bool = False) -> list[Part]:
    """A field's text as parts: tags become spans, paired quotation marks quoted spans, a lone ' an apostrophe.

    What does not pair up stays as it is. Beyond 2,000 tags and marks the rest is plain text.
    """
    if text.isalnum() or not _SIGNS.search(text):
        return [Leaf(text, exact=exact)]
    return _Markup(text, exact).read()


class _Markup:
    def __init__(self, text: str, exact: bool) -> None:
        self.text = text
        self.exact = exact
        self.frames = [_Frame()]
        self._begun = False

    def read(self) -> list[Part]:
        at = 0
        for count, token in enumerate(re.finditer(_PIECE, self.text)):
            if count > _MOST_PIECES:
                break
            self._plain(self.text[at : token.start()])
            at = token.end()
            if token["open"]:
                self.frames.append(_Frame(tag=token[0]))
            elif token["close"]:
                self._close_tag(token[0])
            else:
                self._quote(token[0], token.start(), token.end())
        self._plain(self.text[at:])
        while len(self.frames) > 1:
            self._demote()
        return self.frames[0].parts

    def _plain(self, text: str) -> None:
        if text:
            parts = self.frames[-1].parts
            last = parts[-1] if parts else None
            if isinstance(last, Leaf):
                last.text += text
            else:
                exact = self.exact or any('"nocase"' in frame.tag for frame in self.frames)
                parts.append(Leaf(text, "inner" if self._begun else "", exact))
                self._begun = True

    def _demote(self) -> None:
        """The innermost frame never closed: its mark is text."""
        frame = self.frames.pop()
        self._plain(frame.tag or ("’" if frame.quote in "'’‘" and frame.quote != "‘" else frame.quote))
        for part in frame.parts:
            if isinstance(part, Leaf):
                self._plain(part.text)
            else:
                self.frames[-1].parts.append(part)

    def _close_tag(self, tag: str) -> None:
        name = tag[2:-1]
        matching = [frame.tag for frame in self.frames if re.match(rf"<{name}\b", frame.tag)]
        if not matching:
            self._plain(tag)
            return
        while not re.match(rf"<{name}\b", self.frames[-1].tag):
            self._demote()
        frame = self.frames.pop()
        self.frames[-1].parts.append(_tagged(frame.tag, frame.parts))

    def _quote(self, mark: str, start: int, end: int) -> None:
        before = self._character_before(start)
        after = self._character_after(end)
        inner = self.frames[-1].quote
        if mark in "'’" and before.isalnum() and after.isalnum():
            self._plain("’")
        elif inner == "«" and mark == "»":
            self._close_guillemets(self.frames.pop())
        elif inner and _CLOSES[inner] == mark and not before.isspace() and not after.isalnum():
            frame = self.frames.pop()
            curly = inner in "“‘"
            kind, value = ("curly", (inner, mark)) if curly else ("", None)
            self.frames[-1].parts.append(Span(frame.parts, quoted=True, kind=kind, value=value))
        elif mark in _CLOSES and self._opens(mark, before, after):
            self.frames.append(_Frame(quote=mark))
        else:
            self._plain("’" if mark == "'" else mark)

    def _close_guillemets(self, frame: _Frame) -> None:
        """Quotation marks where the locale has guillemets, with its own blanks; elsewhere as written, blanks narrow."""
        literal = ["«", "»"]
        first, last = frame.parts[:1], frame.parts[-1:]
        if first and isinstance(first[0], Leaf):
            bare = first[0].text.lstrip(_BLANKS)
            literal[0] += _NARROW if bare != first[0].text else ""
            first[0].text = bare
        if last and isinstance(last[0], Leaf):
            bare = last[0].text.rstrip(_BLANKS)
            literal[1] = (_NARROW if bare != last[0].text else "") + literal[1]
            last[0].text = bare
        self.frames[-1].parts.append(Span(frame.parts, quoted=True, kind="guillemets", value=literal))

    def _opens(self, mark: str, before: str, after: str) -> bool:
        if mark in "“‘«":
            return bool(after) and self.text.count(_CLOSES[mark]) > 0
        return bool(after) and not after.isspace() and not before.isalnum() and before not in f".,;:!?)]}}’”{mark}"

    def _character_before(self, at: int) -> str:
        while (
            at > 0
            and self.text[at - 1] == ">"
            and (tag := re.search(r"<[^<>]{1,80}>$", self.text[max(0, at - 82) : at]))
        ):
            at -= len(tag[0])
        return self.text[at - 1] if at else " "

    def _character_after(self, at: int) -> str:
        while tag := re.match(_TAG, self.text[at : at + 82]):
            at += tag.end()
        return self.text[at] if at < len(self.text) else ""


_TAG = r"<[^<>]{1,80}>"


def _tagged(tag: str, parts: list[Part]) -> Span:
    if tag in _FORMATTING:
        return Span(parts, _FORMATTING[tag], flips=True)
    if "small-caps" in tag:
        return Span(parts, _FORMATTING["<sc>"], flips=True)
    return Span(parts, kind="nodecor", flips=True) if "nodecor" in tag else Span(parts)
