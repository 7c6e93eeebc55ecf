"""The signs and operators of a query, as any keyboard, word processor or other search tool writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mum_tui.patterns import Pattern
from mum_tui.search.grammar import ANYWHERE, BY_NAME, EVERY_NAME

_SIGNS = str.maketrans(
    {
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
        **dict.fromkeys("“”„‟«»″〝〞「」『』", '"'),
        **dict.fromkeys("’‘‚‛‹›′", "'"),
        **dict.fromkeys("‐‑‒–—―−﹣", "-"),
        **dict.fromkeys("∶꞉﹕", ":"),
        **{"¬": "!", "∧": "&", "∨": "|"},
        **dict.fromkeys("\u3000\ufeff\u200e\u200f", " "),
    }
)
_SINGLE_QUOTED = Pattern(r"(?<!\w)[‘‚‹›]([^‘’‚‹›]*)[’‘›‹](?!\w)")


def with_plain_signs(text: str) -> str:
    """``text`` with the quotes, dashes, colons and letters of a plain keyboard; every character keeps its position."""
    if not text.isascii():
        text = _SINGLE_QUOTED.sub(r'"\1"', text).translate(_SIGNS)
    if "'" in text or "`" in text or "\\" in text:
        text = _DOUBLED.sub(lambda match: f' "{match[1]}" ', text)
        text = _ESCAPED.sub(r' "', _QUOTED.sub(r'"\2"', _TWICE.sub(r' "\2" ', text)))
    return text


_TWICE = Pattern(r"(?<!\w)(['`])\"([^\"]*)\"\1(?!\w)")
_DOUBLED = Pattern(r"(?<!\w)``(?=\S)([^`'\"]+)(?:''|``)(?!\w)")
"""The quotes of LaTeX."""
_ESCAPED = Pattern(r"\\\"")
_QUOTED = Pattern(r"(?<![^\s(:=!-])(?<!:(?=`))(['`])(?=\S)([^'`\"]*[^'`\"\s])\1(?=[\s)]|$)")
"""A phrase in the single quotes or backticks that some tools use; an apostrophe does not match."""


def _alternation(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_NAMES = _alternation(EVERY_NAME)
_YEAR_NAMES = _alternation(name for name, field in EVERY_NAME.items() if field.name == "year")
_MAIN = _alternation(BY_NAME)
_END = r"(?![^\s()])"
_DATE = r"(?<=\d{4})[-/.]\d\d?(?:[-/.]\d\d?)?"
_SIGN = r"(?P<sign>!=|<>|>=|=>|<=|=<|==|>|<|=|≥|≤)"

FIELD = Pattern(rf"({_NAMES}):", re.IGNORECASE)
BEGINS_FIELD = Pattern(rf"(?:{_NAMES})[:=]", re.IGNORECASE)
GROUP = Pattern(rf"(?:({_NAMES})|{_alternation(ANYWHERE)})[:=]?\(", re.IGNORECASE)
"""``kind:(…)``, ``AU=(…)``, ``TITLE(…)``, ``TITLE-ABS-KEY(…)``."""
SLOP = Pattern(r"[~^]\d+(?:\.\d+)?(?![\w.])")
"""What Lucene writes after a phrase: how far apart its words may be, and its weight."""
ANYWHERE_FIELD = Pattern(rf"(?:{_alternation(ANYWHERE)})[:=](?=[^\s:/])", re.IGNORECASE)
TAG = Pattern(r"\[([a-z1][a-z0-9 /:~-]{0,30})\]", re.IGNORECASE)
"""The field after the word: ``zhou[author]``, ``liver[Title/Abstract]``."""
NAME_BEFORE_TAG = Pattern(r"([\w'’-]{2,}(?: [\w'’-]{2,}){0,2} [A-Za-z]{1,3})(?=\[)")
"""A name with initials before an author tag: ``zhang y[au]``."""
DATES = Pattern(rf"((?:19|20)\d\d)(?:{_DATE})?\s*(?::|\.\.|-)\s*((?:19|20)\d\d)(?:{_DATE})?")
"""A range of dates."""
DATED = Pattern(r"((?:19|20)\d\d)[-/.](?:0?[1-9]|1[0-2])(?:[-/.](?:0?[1-9]|[12]\d|3[01]))?(?![\w./-])")
"""A month or a day; only its year is used."""
EQUAL = Pattern(
    rf"(?:({_NAMES})(!=|<>|==?|=~)|({_MAIN})\s+(!=|<>|==?|=~)\s+)(?=[^\s=<>])",
    re.IGNORECASE,
)
"""``kind=dataset``, ``kind != dataset``."""
SPACED_COLON = Pattern(rf"({_MAIN})\s+(?:~\s*|contains\s+|includes\s+|like\s+|:\s*)(?=[\w\"])", re.IGNORECASE)
"""``kind : dataset``, ``title contains liver``."""
NEAR = Pattern(rf"(?:(?:NEAR|ONEAR|ADJ|WITHIN)(?:/?\d+)?|(?:W|N|P|PRE)/\d+|AROUND\s?\(\d+\)){_END}")
"""Proximity operators of other tools; read as ``AND``."""
OPTION = Pattern(r"-[EeFPwrRnoivcl]{1,3}(?=\s+\S)")
"""An option of grep at the beginning of a query."""
UNSUPPORTED = Pattern(r"(sort|order|orderby|sortby|limit|max|group|groupby|count|page|size):\S+", re.IGNORECASE)
"""Fields of other tools that sort or page the results; they are not part of this query language."""
SEARCHED_PART = Pattern(
    r"in:(title|name|titles|names|readme|body|abstract|description|comments|file|path)(?![^\s])", re.IGNORECASE
)
"""The qualifier with which GitHub limits the parts to search."""
YEARS_BETWEEN = Pattern(
    rf"(?:(?:{_YEAR_NAMES})\s+)?between\s+((?:19|20)\d\d)\s+(?:and|to|-)\s+((?:19|20)\d\d){_END}", re.IGNORECASE
)
"""``between 2022 and 2024``."""
YEAR_IS = Pattern(
    rf"(?:{_YEAR_NAMES})\s+(?:is|in|of)\s+(\(?)\s*((?:19|20)\d\d(?:\s*,\s*(?:19|20)\d\d)*)\s*(\)?){_END}", re.IGNORECASE
)
"""``year is 2023``, ``year in (2023, 2024)``."""
OR_LATER = Pattern(
    rf"((?:19|20)\d\d)\s*(?:(?:(?:or|and)\s+)?(later|newer|above|up|onwards?|earlier|older|below)"
    rf"|(?:-|–|to|until|through|\.\.)\s*(now|today|present)){_END}",
    re.IGNORECASE,
)
"""``2023 or later``, ``2022 until now``."""
SEPARATOR = Pattern(rf"[;,&?](?=(?:{_NAMES})[:=])", re.IGNORECASE)
"""The separator of two conditions without a space: ``kind:dataset;modality:ct``."""
LISTED = Pattern(rf"({_MAIN})\s+(not\s+)?in\s*\(([^()]+)\)", re.IGNORECASE)
"""``kind in (dataset, survey)``."""
OPEN_YEARS = Pattern(
    rf"(?:{_YEAR_NAMES})\s*[:=]?\s*[\[{{]\s*(?:((?:19|20)\d\d)\s+TO\s+\*|\*\s+TO\s+((?:19|20)\d\d))\s*[\]}}]",
    re.IGNORECASE,
)
"""``year:[2022 TO *]``."""
DECADE = Pattern(rf"((?:19|20)\d)0'?s{_END}")
"""``2020s``."""
COMPARED = Pattern(rf"({_YEAR_NAMES})\s*:?\s*{_SIGN}\s*(?P<year>\d{{0,4}})(?P<dated>{_DATE})?{_END}", re.IGNORECASE)
"""``year>2022``, ``year >= 2022``, ``year: >2022``."""
YEAR_COMPARED = Pattern(rf"{_SIGN}\s*(?P<year>(?:19|20)\d\d){_END}")
"""``>2022``: a comparison without a field is always of the year."""
BETWEEN = Pattern(
    rf"((?:19|20)\d\d)\s*(<|<=|=<|≤)\s*(?:{_YEAR_NAMES})(?:\s*(<|<=|=<|≤)\s*((?:19|20)\d\d))?{_END}", re.IGNORECASE
)
"""``2022<=year<2025``."""
SINCE = Pattern(
    rf"(?:(?:{_YEAR_NAMES})\s+)?"
    r"(since|from|after|before|until|till|to|newer than|later than|older than|earlier than|prior to|pre|post)"
    r"(?:[:=]\s*|\s+|(?<=pre)-|(?<=post)-)"
    rf"((?:19|20)\d\d)([-/.]\d\d?(?:[-/.]\d\d?)?)?{_END}",
    re.IGNORECASE,
)
"""``since:2022``, ``before 2020``, ``after:2023-01-01``."""
OTHER_VALUES = Pattern(r"(?:\|[^\s|():\"]+(?=[\s|)]|$))+")
"""The other values in ``kind:paper|dataset``."""
NEXT_QUOTED = Pattern(r"[,;|](?=\")")
"""The separator of the values in ``kind:"paper","dataset"``."""
SPACED_YEARS = Pattern(
    rf"(?:(?:{_YEAR_NAMES})\s*[:=]?\s*)?(?:[\[{{]\s*)?((?:19|20)\d\d)\s*"
    r"(?:\.\.\.?|…|-|~|→| TO | THROUGH | UNTIL |,(?=[^\[]*\]))"
    r"\s*((?:19|20)\d\d)(?:\s*[\]}])?(?=[\s()]|$)",
    re.IGNORECASE,
)
"""``2022 - 2024``, ``year:[2022 TO 2024]``."""
UNKNOWN_FIELD = Pattern(r"([A-Za-z][A-Za-z_-]*):(?!//)[^\s:]")
OR = Pattern(rf"OR{_END}|\|\|?")
AND = Pattern(rf"AND(?:{_END}|(?=[-!(]))|[+&](?=\s)|(?<=\s)\+$|&&?(?=[\s()]|$)|&&")
NOT = Pattern(rf"(?:(?:AND_?|BUT )?NOT|EXCEPT|WITHOUT|MINUS)(?:{_END}|(?=\())")
YEARS = Pattern(r"((?:19|20)\d\d)?(\.\.\.?|…|-|/|\+(?=[\s()]|$))((?:19|20)\d\d)?(?=[\s()]|$)")
"""``2022..2024``, ``2022-2024``, ``2022..``, ``2022+``, ``..2020``."""
IDENTIFIED = Pattern(
    r"(?:doi|arxiv|eprint|url)\s*[:=]\s*\S+(?:\s*\[[\w-]+\.[\w-]+\])?"
    r"|\\(?:[a-z]*cite[a-z]*|bibitem)\*?\s*(?:\[[^\]]*\]\s*)*\{[^{}]*\}"
    r"|:cite[a-z:]*:`[^`]*`"
    r"|\[[^\[\]]*@[^\[\]]*\]",
    re.IGNORECASE,
)
"""Identifiers that may contain spaces."""
ET_AL = Pattern(
    r"([^\W\d_][\w'’-]+(?:,?(?:\s[A-Z]\.?-?)+)?),?\s+(?:et\.?\s+al|& al|and others|and colleagues|u\.\s?a)\b\.?[,;]?",
    re.IGNORECASE,
)
"""``Liu et al.``: a first author."""
INITIALS = Pattern(
    r"(?:(?:[^\W\d_]\.[ -]?)+[^\W\d_][\w'’-]+|[^\W\d_][\w'’-]+,\s+[^\W\d_]\.(?:[ -]?[^\W\d_]\.)*)(?=[\s,;)]|$)"
)
"""A name with initials: ``Z. Zhou``, ``Zhou, Z.``."""
DANGLING = Pattern(r"(?:^|(?<=[\s)]))(?:OR|AND|NOT|&&?|\|\|?|!|-)\s*$|(?<=[\s)])\+\s*$|\|\|?\s*$")
"""An operator at the end, without its second term."""

PASTED = Pattern(r"\s*(?:@[a-z]+\s*\{|TY  - |\[?\s*\{\s*\"|\[[^\]]*\]\(\S+\)\s*$)", re.IGNORECASE)
"""The start of a reference in BibTeX, RIS, CSL-JSON or Markdown."""
REFERENCE_WORDS = 8
"""A text of at least this many words that contains a DOI, number or address is a reference."""


def bare(word: str) -> str:
    """A folded word without the punctuation around it and the wildcards of other tools."""
    return without_wildcards(word.strip(_PUNCTUATION) or word.strip(_SEPARATORS))


def without_wildcards(word: str) -> str:
    """A word without the ``*``, ``~``, ``^`` or ``$`` around it, which are not needed: a word matches inside others
    anyway."""
    if word.isalnum():
        return word
    if len(word) > 1 and ("\\" in word or word.startswith("/")):
        word = _SLASHED.sub(r"\1", _ESCAPES.sub("", word))
    return _WILDCARDS.sub("", word).replace(".*", "*")


_PUNCTUATION = "()[]{}<>,;:.!?'"
_SEPARATORS = ",;:.!?'"
_SLASHED = Pattern(r"^/(.+)/[a-z]*$")
_ESCAPES = Pattern(r"\\(?:[bB<>cCvVmMAZ]|$)")
"""The word boundaries and flags of regular expressions."""
_WILDCARDS = Pattern(r"^(?:\.[*+]|[*^~#=/%])+(?=\w)|(?<=\w)(?:\.\+|\.?(?:[*%]+/?|[$/]|~\d?(?:\.\d)?|\^\d?(?:\.\d)?))$")


_SPACES = Pattern(r"\\s[+*?]?|\.[*+](?=\w)")


def split_pattern(word: str) -> list[str]:
    """The words of a regular expression with spaces or anything between them: ``liver\\s+tumor``."""
    return [part for part in _SPACES.sub(" ", word).split() if part] if "\\s" in word else [word]


def split_values(field: str, value: str) -> list[str]:
    """The values of a text field separated by commas or semicolons (``venue:cvpr,iccv``); a name with its initials
    after a comma (``zhang,y.``) is one value."""
    parts = [part for part in _LISTED_SIGNS.split(value) if part.strip(_SEPARATORS)]
    is_name = field == "author" and any(sum(map(str.isalpha, part)) <= _INITIALS for part in parts)
    return [value] if is_name else parts


_LISTED_SIGNS = Pattern("[,;]")
_INITIALS = 2
"""The most letters after a comma that are read as initials rather than as a name."""


def bare_value(value: str) -> str:
    """The value of a text field without commas at its end and without the wildcards around it."""
    value = value.rstrip(",;") or value
    bare = without_wildcards(value.lstrip("=~") or value)
    return bare or value


ALTERNATIVES = Pattern(r"[^\s|]+(?:\|[^\s|]+)+")
"""``liver|kidney`` in quotes, as in grep."""
_TITLES = Pattern(
    r"^(?:(?:dr|prof|professor|mr|mrs|ms|sir)\b\.?\s+)+(?=\S)|[,\s]+(?:ph\.?d|m\.?d|m\.?sc|jr|sr|iii|ii)\.?$",
    re.IGNORECASE,
)


def without_titles(name: str) -> str:
    """A name without academic titles, degrees and suffixes."""
    return _TITLES.sub("", name.strip()) or name
