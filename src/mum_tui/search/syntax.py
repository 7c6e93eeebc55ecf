"""The signs of a query as any keyboard, word processor or other search tool writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mum_tui.patterns import Pattern
from mum_tui.search.grammar import ANYWHERE, EVERY_NAME

_SIGNS = str.maketrans(
    {
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
        **dict.fromkeys("“”„‟«»″〝〞「」『』", '"'),
        **dict.fromkeys("’‘‚‛‹›′", "'"),
        **dict.fromkeys("‐‑‒–—―−﹣", "-"),
        **dict.fromkeys("∶꞉﹕", ":"),
        **dict.fromkeys("\u3000\ufeff\u200e\u200f", " "),
    }
)
_SINGLE_QUOTED = Pattern(r"(?<!\w)[‘‚‹›]([^‘’‚‹›]*)[’‘›‹](?!\w)")


def with_plain_signs(text: str) -> str:
    """``text`` with quotes, dashes, colons and letters of a plain keyboard; every character keeps its place."""
    if not text.isascii():
        text = _SINGLE_QUOTED.sub(r'"\1"', text).translate(_SIGNS)
    if "'" in text or "`" in text or "\\" in text:
        text = _ESCAPED.sub(r' "', _QUOTED.sub(r'"\2"', _TWICE.sub(r' "\2" ', text)))
    return text


_TWICE = Pattern(r"(?<!\w)(['`])\"([^\"]*)\"\1(?!\w)")
_ESCAPED = Pattern(r"\\\"")
_QUOTED = Pattern(r"(?<![^\s(:=!-])(?<!:(?=`))(['`])(?=\S)([^'`\"]*[^'`\"\s])\1(?=[\s)]|$)")
"""Words between the straight quotes that some tools want around a phrase; no apostrophe."""


def _any_of(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_NAMES = _any_of(EVERY_NAME)
_YEAR_NAMES = _any_of(name for name, field in EVERY_NAME.items() if field.name == "year")
_END = r"(?![^\s()])"
_SIGN = r"(!=|<>|>=|=>|<=|=<|==|>|<|=|≥|≤)"

FIELD = Pattern(rf"({_NAMES}):", re.IGNORECASE)
GROUP = Pattern(rf"({_NAMES})[:=]?\(", re.IGNORECASE)
"""``kind:(…)``, ``AU=(…)``, ``TITLE(…)``."""
ANYWHERE_FIELD = Pattern(rf"(?:{_any_of(ANYWHERE)})[:=](?=[^\s:/])", re.IGNORECASE)
BEHIND = Pattern(rf"\[({_NAMES})\]", re.IGNORECASE)
"""The field behind the word: ``zhou[author]``."""
EQUAL = Pattern(rf"({_NAMES})(!=|<>|==?)(?=[^\s=<>])", re.IGNORECASE)
"""``kind=dataset``, ``kind!=dataset``."""
COMPARED = Pattern(rf"({_YEAR_NAMES})\s*:?\s*{_SIGN}\s*(\d{{0,4}}){_END}", re.IGNORECASE)
"""``year>2022``, ``year >= 2022``, ``year: >2022``."""
YEAR_COMPARED = Pattern(rf"{_SIGN}\s*((?:19|20)\d\d){_END}")
"""``>2022``: nothing else is compared."""
BETWEEN = Pattern(
    rf"((?:19|20)\d\d)\s*(<|<=|=<|≤)\s*(?:{_YEAR_NAMES})(?:\s*(<|<=|=<|≤)\s*((?:19|20)\d\d))?{_END}", re.IGNORECASE
)
"""``2022<=year<2025``."""
SINCE = Pattern(rf"(since|from|after|before|until|till|to)(?:[:=]\s*|\s+)((?:19|20)\d\d){_END}", re.IGNORECASE)
"""``since:2022``, ``before 2020``."""
OTHER_VALUES = Pattern(r"(?:\|[^\s|():\"]+(?=[\s|)]|$))+")
"""The other values in ``kind:paper|dataset``."""
SPACED_YEARS = Pattern(
    rf"(?:(?:{_YEAR_NAMES})\s*[:=]?\s*)?(?:\[\s*)?((?:19|20)\d\d)\s*(?:\.\.\.?|…|-| TO |,(?=[^\[]*\]))"
    r"\s*((?:19|20)\d\d)(?:\s*\])?(?=[\s()]|$)",
    re.IGNORECASE,
)
"""``2022 - 2024``, ``year:[2022 TO 2024]``."""
UNKNOWN_FIELD = Pattern(r"([A-Za-z][A-Za-z_-]*):(?!//)[^\s:]")
OR = Pattern(rf"OR{_END}|\|\|?")
AND = Pattern(rf"AND{_END}|&&?(?=[\s()]|$)|&&")
NOT = Pattern(rf"NOT{_END}")
YEARS = Pattern(r"((?:19|20)\d\d)?(\.\.\.?|…|-|\+(?=[\s()]|$))((?:19|20)\d\d)?(?=[\s()]|$)")
"""``2022..2024``, ``2022-2024``, ``2022..``, ``2022+``, ``..2020``."""
IDENTIFIED = Pattern(
    r"(?:doi|arxiv)\s*[:=]\s*\S+(?:\s*\[[\w-]+\.[\w-]+\])?"
    r"|\\(?:[a-z]*cite[a-z]*|bibitem)\*?\s*(?:\[[^\]]*\]\s*)*\{[^{}]*\}"
    r"|:cite[a-z:]*:`[^`]*`"
    r"|\[[^\[\]]*@[^\[\]]*\]",
    re.IGNORECASE,
)
"""What may be an identifier although there are spaces in it."""
DANGLING = Pattern(r"(?:^|(?<=[\s)]))(?:OR|AND|NOT|&&?|\|\|?|!|-)\s*$|\|\|?\s*$")
"""An operator that waits for what comes next."""

PASTED = Pattern(r"\s*(?:@[a-z]+\s*\{|TY  - |\[?\s*\{\s*\"|\[[^\]]*\]\(\S+\)\s*$)", re.IGNORECASE)
"""How a reference in BibTeX, RIS, CSL-JSON or Markdown begins."""
REFERENCE_WORDS = 8
"""A text of so many words that names a work by DOI, number or address is a reference."""


def bare(word: str) -> str:
    """A folded word without the brackets and commas of a pasted title, and without other tools' wildcards."""
    return without_wildcards(word.strip(_PUNCTUATION) or word.strip(_SEPARATORS))


def without_wildcards(word: str) -> str:
    """A word without the ``*``, ``~``, ``^`` or ``$`` around it: the beginning and the middle of a word are enough
    anyway."""
    return word if word.isalnum() else _WILDCARDS.sub("", word).replace(".*", "*")


_PUNCTUATION = "()[]{}<>,;:.!?'"
_SEPARATORS = ",;:.!?'"
_WILDCARDS = Pattern(r"^[*^~#=/]+(?=\w)|(?<=\w)\.?(?:\*+/?|[$/]|~\d?(?:\.\d)?|\^\d?(?:\.\d)?)$")
