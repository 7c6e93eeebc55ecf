"""Decodes the LaTeX of a field to Unicode, with CSL's tags for italics, small capitals and so on.

One pass from left to right with a stack of its own, so that nothing in a text can raise, recurse or take more than
linear time. What a command stands for comes from a table here, then from ``pylatexenc``. A command that neither knows
keeps its argument, or its name where it has none, and is named to the caller.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from mum_tui.bibliography.latex_commands import (
    ACCENTS,
    DROP_FIRST,
    KEPT,
    LIGATURES,
    MATH_ACCENTS,
    QUOTES,
    SIGNS,
    SILENT,
    STYLES,
    SWITCHES,
    UNITS,
    known_to_pylatexenc,
)
from mum_tui.citation.csl_tags import TAGS


class Decoded(NamedTuple):
    """A field's text, its unknown commands, and the addresses that ``\\href`` hides behind words."""

    text: str
    unknown: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z@]+\*?)[ \t\n]*|\\(?P<sign>.)|(?P<open>\{)|(?P<close>\})|(?P<math>\$\$?)|(?P<script>[\^_])"
    r"|(?P<tie>~)|(?P<ligature>---?|``|'')|(?P<text>[^\\{}$^_~`'-]+|[-`'\\])",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^\\{}$^_~`'-]*(?:(?:-(?!-)|'(?!')|_|\^)[^\\{}$^_~`'-]*)*")
_LENGTH = re.compile(r"\s?[+-]?\d*\.?\d+\s?(?:pt|em|ex|in|cm|mm|mu|sp)\b")
_OPTION = re.compile(r"\[[^\[\]]{0,200}\]")
_DEFINED = re.compile(r"\\(?:def|newcommand|providecommand|renewcommand)\*?\s*\{?\s*\\([A-Za-z]+)\s*\}?\s*(?=\{)")
MAX_UNKNOWN = 20
MAX_DEPTH = 200
"""The deepest group, counted in braces, to which a command is applied; deeper ones are text without it."""
MAX_PENDING = 20
"""The most commands in a row that wait for one argument."""
_ACCENT_REACH = 100
"""How many characters at the start of a group are searched for the letter of an accent."""
_NO_MACROS: Mapping[str, str] = {}


def defined(preamble: str) -> dict[str, str]:
    """The commands without arguments that a preamble defines, each with the text it stands for."""
    macros: dict[str, str] = {}
    for match in _DEFINED.finditer(preamble[:100_000]):
        body = preamble[match.end() + 1 : _balanced(preamble, match.end()) - 1]
        if not re.search(r"[#\d]", body) and len(body) < 200 and (text := decode(body).text) and "\\" not in text:
            macros.setdefault(match[1], text)
    return macros


def is_plain(text: str) -> bool:
    """Whether a text has no LaTeX in it."""
    return _PLAIN.fullmatch(text) is not None


def decode(text: str, macros: Mapping[str, str] = _NO_MACROS) -> Decoded:
    """``text`` without LaTeX. Formatting becomes CSL's tags; any run of white space one space.

    ``macros`` are the texts of commands that a file defines for itself.
    """
    if is_plain(text):
        return Decoded(" ".join(text.split()))
    decoder = _Decoder(_rewritten(text), macros)
    decoder.run()
    joined = "".join(decoder.out)
    joined = unicodedata.normalize("NFC", joined)
    unknown = tuple(dict.fromkeys(decoder.unknown))
    return Decoded(" ".join(_without_empty(joined).split()), unknown, tuple(decoder.links))


_GROUP = r"\s*\{([^{}]{0,200})\}"
_OPTIONS = r"(?:\[[^\[\]]{0,200}\])?"
_FRACTION = re.compile(rf"\\(?:[dtsx]|nice)?frac(?:{_GROUP}{_GROUP}|\s*(\d)\s*(\d))")
_QUANTITY = re.compile(rf"\\(SI|qty|SIrange|qtyrange|si|unit|num|ang|ce){_OPTIONS}{_GROUP}(?:{_GROUP})?(?:{_GROUP})?")
_UNIT = re.compile(r"\\([A-Za-z]+)\s*")
_SINGLE_QUOTES = re.compile(r"(?<![\w\\`{])`([^`'\\{}]{1,200})'(?![\w'])")
_LOW_QUOTES = re.compile(r"(?<![\w,]),,(?=[^\W\d_\\{][^,]{0,200}(?:''|``))")


def _rewritten(text: str) -> str:
    """``text`` with plain fractions, quantities, formulas and single quotes in place of those of LaTeX."""
    if "frac" in text:
        text = _FRACTION.sub(lambda match: f"{{{match[1] or match[3]}}}/{{{match[2] or match[4]}}}", text)
    if "\\" in text:
        text = _QUANTITY.sub(_quantity, text)
    if "`" in text:
        text = _SINGLE_QUOTES.sub(r"‘\1’", text)
    return _LOW_QUOTES.sub("„", text) if ",," in text else text


def _quantity(match: re.Match[str]) -> str:
    """What a command of siunitx or mhchem prints; the command itself if it has other arguments than those known."""
    name, *arguments = match.groups(default="")
    behind = "".join(f"{{{argument}}}" for argument in arguments[1:] if argument)
    if name == "ce":
        return re.sub(r"(?<=[A-Za-z)\]])(\d+)", r"\\textsubscript{\1}", arguments[0]) + behind
    if name in ("num", "ang"):
        return arguments[0] + ("°" if name == "ang" else "") + behind
    if name in ("si", "unit"):
        return _units(arguments[0]) + behind
    if name.endswith("range"):
        return f"{arguments[0]}--{arguments[1]}~{_units(arguments[2])}"
    return f"{arguments[0]}~{_units(arguments[1])}" + "".join(
        f"{{{argument}}}" for argument in arguments[2:] if argument
    )


def _units(text: str) -> str:
    return _UNIT.sub(lambda match: UNITS.get(match[1], match[0]), text)


def _without_empty(text: str) -> str:
    return re.sub(r"<(i|b|sup|sub)></\1>", "", text) if "></" in text else text


class _Group(NamedTuple):
    """An open brace: where its text begins, how to end it, and the command to apply to it."""

    start: int
    end: str
    take: str
    math: bool


class _Decoder:
    def __init__(self, text: str, macros: Mapping[str, str]) -> None:
        self.text = text
        self.macros = macros
        self.out: list[str] = []
        self.unknown: list[str] = []
        self.links: list[str] = []
        self.groups: list[_Group] = []
        self.at = 0
        self.math = False
        self.pending: list[str] = []
        """Commands that wait for their argument, innermost last: an accent, a style, or one to leave out."""

    def run(self) -> None:
        match_at = _TOKEN.match
        while self.at < len(self.text):
            match = match_at(self.text, self.at)
            if match is None:  # a character that no rule names
                self._add(self.text[self.at])
                self.at += 1
                continue
            self.at = match.end()
            self._token(match.lastgroup or "", match)
        while self.groups:
            self._close()
        self._flush()

    def _token(self, kind: str, match: re.Match[str]) -> None:
        if kind == "text":
            self._text(match[0])
        elif kind == "word":
            self._command(match["word"], match)
        elif kind == "sign":
            self._sign(match["sign"])
        elif kind == "open":
            self._open()
        elif kind == "close":
            if self.groups:
                self._close()
        elif kind == "math":
            self._dollar(match[0])
        elif kind == "script":
            self._script(match[0])
        elif kind == "tie":
            self._add("\u00a0" if not self.math else " ")
        else:
            self._add(LIGATURES[match[0]] if not self.math else match[0])

    # -- text

    def _text(self, text: str) -> None:
        if not self.pending:
            self.out.append(text)
            return
        bare = text.lstrip()
        if not bare:
            if not self._waits_for_letter():
                self._flush()
                self.out.append(text)
            return
        self._add(bare[0])
        self.out.append(bare[1:])

    def _waits_for_letter(self) -> bool:
        return bool(self.pending)

    def _add(self, text: str) -> None:
        """Add text, as the argument of any commands that wait for one."""
        while self.pending:
            text = self._applied(self.pending.pop(), text)
        self.out.append(text)

    def _flush(self) -> None:
        """End the text: commands that still wait get an empty argument."""
        while self.pending:
            self.out.append(self._applied(self.pending.pop(), ""))

    def _applied(self, take: str, text: str) -> str:
        if take.startswith("accent:"):
            return _accented(text, ACCENTS[take[7:]])
        if take in TAGS:
            start, end = TAGS[take]
            return f"{start}{text}{end}" if text else ""
        if take.startswith("quote:"):
            start, end = QUOTES[take[6:]]
            return f"{start}{text}{end}"
        if take == "drop":
            return ""
        return text

    # -- groups

    def _open(self) -> None:
        take = self.pending.pop() if self.pending else ""
        if len(self.groups) > MAX_DEPTH:
            take = ""
        self.groups.append(_Group(len(self.out), "", take, self.math))

    def _close(self) -> None:
        group = self.groups.pop()
        while self.pending and len(self.pending) > 0 and self.pending[-1].startswith("accent:"):
            self.out.append(self._applied(self.pending.pop(), ""))
        self.math = group.math
        if not group.take and not group.end:
            if self.pending and len(self.out) > group.start:
                inner = "".join(self.out[group.start :])
                del self.out[group.start :]
                self._add(inner)
            return
        inner = "".join(self.out[group.start :]) + group.end
        del self.out[group.start :]
        self._add(self._applied(group.take, inner))

    def _switch(self, tag: str) -> None:
        """A command such as ``\\bf``: a tag that ends where the group does."""
        start, end = TAGS[tag]
        self.out.append(start)
        if self.groups:
            group = self.groups[-1]
            self.groups[-1] = group._replace(end=end + group.end)
        else:
            self.groups.append(_Group(len(self.out) - 1, end, "", self.math))

    # -- commands

    def _sign(self, sign: str) -> None:
        if sign in ACCENTS and not self.math:
            self._await_argument(f"accent:{sign}")
        elif sign in "()[]":
            self.math = sign in "(["
        elif sign in "/-!@":
            return
        elif sign in ",;: \t\n\\>":
            self._add(" ")
        elif sign in "&%$#_{}'\"`^~=.|<*+?":
            self._add(sign)
        else:
            self._add("\\" + sign)

    def _await_argument(self, take: str) -> None:
        if len(self.pending) < MAX_PENDING:
            self.pending.append(take)

    def _command(self, name: str, match: re.Match[str]) -> None:
        bare = name.rstrip("*")
        followed = self.text[self.at : self.at + 1]
        if bare in ACCENTS and len(bare) == 1 and not (followed == "" or followed == "}"):
            self._await_argument(f"accent:{bare}")
        elif bare in MATH_ACCENTS:
            self._await_argument(f"accent:{MATH_ACCENTS[bare]}")
        elif bare in SIGNS:
            self._add(SIGNS[bare])
            if self.math and match[0][-1].isspace() and (SIGNS[bare].isalpha() or self._is_after_space()):
                self.out.append(" ")
            self._eat_empty()
        elif bare in STYLES:
            self._await_argument(STYLES[bare])
        elif bare in SWITCHES:
            self._switch(SWITCHES[bare])
        elif bare in QUOTES:
            self._await_argument(f"quote:{bare}")
        elif bare in ("begin", "end"):
            self._await_argument("drop")
        elif bare in DROP_FIRST or bare in KEPT:
            self._with_arguments(bare)
        elif bare in SILENT:
            if length := _LENGTH.match(self.text, self.at):
                self.at = length.end()
        else:
            self._looked_up(bare, match)

    def _is_after_space(self) -> bool:
        """Whether white space stands before what was added last."""
        return len(self.out) > 1 and self.out[-2][-1:].isspace()

    def _with_arguments(self, name: str) -> None:
        while option := _OPTION.match(self.text, self.at):
            self.at = option.end()
        if name == "url" or name == "nolinkurl" or name == "path":
            if self.text[self.at : self.at + 1] == "{":
                end = _balanced(self.text, self.at)
                self._add(self.text[self.at + 1 : end - 1])
                self.at = end
            return
        for _ in range(DROP_FIRST.get(name, 0)):
            if self.text[self.at : self.at + 1] != "{":
                return
            end = _balanced(self.text, self.at)
            if name == "href":
                self.links.append(self.text[self.at + 1 : end - 1])
            self.at = end
            while self.text[self.at : self.at + 1].isspace():
                self.at += 1

    def _looked_up(self, name: str, match: re.Match[str]) -> None:
        known = self.macros.get(name) or known_to_pylatexenc().get(name)
        if known:
            self._add(known)
            if self.math and match[0][-1].isspace() and self._is_after_space():
                self.out.append(" ")
            self._eat_empty()
            return
        if len(self.unknown) < MAX_UNKNOWN:
            self.unknown.append(f"\\{name}")
        if self.text[self.at : self.at + 1] in ("{", "[") and not self.text.startswith("{}", self.at):
            while option := _OPTION.match(self.text, self.at):
                self.at = option.end()
        else:
            self._add(f"\\{name}" + (" " if match[0][-1].isspace() else ""))
            self._eat_empty()

    def _eat_empty(self) -> None:
        """``{}`` behind a command only ends its name, and keeps the space that follows."""
        if self.text.startswith("{}", self.at):
            self.at += 2

    # -- mathematics

    def _dollar(self, sign: str) -> None:
        if self.math:
            self.math = False
        elif self.text.find("$", self.at) >= 0 and self._is_math():
            self.math = True
        else:
            self._add(sign)

    def _is_math(self) -> bool:
        """Whether what follows a dollar sign up to the next one is a formula, not an amount: ``$5 and $6``."""
        end = self.text.find("$", self.at)
        inner = self.text[self.at : end]
        return not (re.match(r"\d[\d.,]*\s", inner) and re.match(r"\d", self.text[end + 1 : end + 2]))

    def _script(self, sign: str) -> None:
        if self.math or (self.text[self.at : self.at + 1] == "{" and sign == "^"):
            self._await_argument("sup" if sign == "^" else "sub")
        else:
            self._add(sign)


def _balanced(text: str, start: int) -> int:
    """The end of the group that opens at ``start``, or of the text if it is never closed."""
    depth = 0
    for match in re.compile(r"(?<!\\)[{}]").finditer(text, start):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.end()
    return len(text)


def _accented(text: str, accent: str) -> str:
    """``text`` with an accent on its first letter, a dotless i or j with its dot back."""
    if not text:
        spacing = unicodedata.normalize("NFKC", " " + accent).strip()
        return spacing if len(spacing) == 1 and spacing.isprintable() and accent not in spacing else ""
    for at, char in enumerate(text[:_ACCENT_REACH]):
        if char.isalnum():
            end = at + 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            base = {"ı": "i", "ȷ": "j"}.get(char, char)
            return text[:at] + unicodedata.normalize("NFC", base + text[at + 1 : end] + accent) + text[end:]
    return text
