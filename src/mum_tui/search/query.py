"""The words in the filter box as data: parsing never fails, whatever is typed.

    query     = all { "OR" all }
    all       = { condition }
    condition = [ "-" ] ( "(" query ")" | [ field ":" ] ( word | '"' phrase '"' ) )

What is still being typed (a field without its value, an open quote) and what cannot be understood is left out or
closed, and named in ``hints``; what is left is the query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from mum_tui.problems import nearest
from mum_tui.search.grammar import BY_NAME, FIELDS, YEAR
from mum_tui.text import fold


class HintType(StrEnum):
    """What a hint on a query is about."""

    TYPING = "typing"
    """Something is not written to its end."""
    WRONG = "wrong"
    """Something cannot be what is meant."""
    REPLACED = "replaced"
    """Something else was looked for than what is written."""


TYPING, WRONG, REPLACED = HintType

MAX_TERMS = 64
"""Conditions of one query that are looked at; a page pasted into the box is no query."""
MAX_DEPTH = 20
"""Parentheses inside parentheses that are looked at."""


class Term(Struct, frozen=True):
    """One condition: ``text`` (folded) stands in the entry, or in its ``field`` (a full name)."""

    text: str
    field: str = ""

    @property
    def is_phrase(self) -> bool:
        """Whether it is a phrase of several words."""
        return " " in self.text


class Years(Struct, frozen=True):
    """The year lies between two, both allowed."""

    first: int
    last: int


class Not(Struct, frozen=True):
    """The condition does not hold."""

    of: Node


class All(Struct, frozen=True):
    """Every condition holds; with none, this holds for every entry."""

    of: tuple[Node, ...] = ()


class Any(Struct, frozen=True):
    """At least one condition holds."""

    of: tuple[Node, ...]


Node = Term | Years | Not | All | Any


class Hint(Struct, frozen=True):
    """A remark on a query: what it is about, and what to show."""

    type: HintType
    message: str


class Span(Struct, frozen=True):
    """A condition of the query's outermost level, and where in the text it stands."""

    start: int
    end: int
    node: Node


class Query(Struct, frozen=True):
    """A parsed query. An empty one matches every entry."""

    tree: Node = All()
    hints: tuple[Hint, ...] = ()
    spans: tuple[Span, ...] = ()
    closing: str = ""

    @property
    def complete(self) -> bool:
        """Whether nothing is missing in what is typed so far."""
        return not any(hint.type == TYPING for hint in self.hints)

    @property
    def words(self) -> tuple[str, ...]:
        """The free words and phrases that must match, folded."""
        return tuple(dict.fromkeys(term.text for term in asked(self.tree) if not term.field))

    @property
    def is_empty(self) -> bool:
        """Whether it has no conditions and so matches every entry."""
        return self.tree == All()


def asked(node: Node) -> Iterator[Term]:
    """The terms of a tree that an entry may be found by: all that are not excluded."""
    match node:
        case Term():
            yield node
        case All(of=of) | Any(of=of):
            for child in of:
                yield from asked(child)


def excluded(node: Node, inside: bool = False) -> Iterator[Term]:
    """The terms of a tree that stand behind a minus."""
    match node:
        case Term():
            if inside:
                yield node
        case Not(of=child):
            yield from excluded(child, True)
        case All(of=of) | Any(of=of):
            for child in of:
                yield from excluded(child, inside)


# -- reading -----------------------------------------------------------------------------------------------

_PUNCTUATION = "()[]{}<>,;:.!?'"
_SEPARATORS = ",;:.!?'"
_FIELD = re.compile(rf"({'|'.join(sorted(map(re.escape, BY_NAME), key=len, reverse=True))}):", re.IGNORECASE)
_UNKNOWN = re.compile(r"([A-Za-z][A-Za-z-]*):(?!//)[^\s:]")
_OR = re.compile(r"OR(?![^\s()])")


class _Open:
    """A parenthesis that is not closed yet, or the whole query."""

    def __init__(self, start: int, negated: bool) -> None:
        self.start, self.negated = start, negated
        self.alternatives: list[list[Node]] = [[]]

    def node(self) -> Node:
        every = [_all(of) for of in self.alternatives if of]
        node = _any(every) if every else All()
        return Not(node) if self.negated and node != All() else node


def _all(of: list[Node]) -> Node:
    different = tuple(dict.fromkeys(of))
    return different[0] if len(different) == 1 else All(different)


def _any(of: list[Node]) -> Node:
    different = tuple(dict.fromkeys(of))
    return different[0] if len(different) == 1 else Any(different)


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.hints: list[Hint] = []
        self.spans: list[Span] = []
        self.stack = [_Open(0, False)]
        self.terms = 0
        self.closing = ""

    def hint(self, type: HintType, message: str) -> None:
        self.hints.append(Hint(type, message))

    def query(self) -> Query:
        at = 0
        while at < len(self.text):
            if self.text[at].isspace():
                at += 1
            elif self.terms >= MAX_TERMS:
                self.hint(WRONG, f"only the first {MAX_TERMS} words count")
                break
            else:
                at = self.token(at)
        top = self.stack[0]
        if not self.stack[-1].alternatives[-1] and len(self.stack[-1].alternatives) > 1:
            self.hint(TYPING, "OR needs a second term")
        if len(self.stack) > 1:
            self.hint(TYPING, ") is missing")
            self.closing += ")" * (len(self.stack) - 1)
        while len(self.stack) > 1:
            self.close(len(self.text))
        spans = tuple(self.spans) if len(top.alternatives) == 1 else ()
        return Query(top.node(), tuple(dict.fromkeys(self.hints)), spans, self.closing)

    def token(self, at: int) -> int:
        """Read what begins at ``at``; where the next token may begin."""
        text = self.text
        if match := _OR.match(text, at):
            self.either()
            return match.end()
        if text[at] == ")":
            if len(self.stack) > 1:
                self.close(at + 1)
            return at + 1
        start = at
        negated = text[at] == "-" and at + 1 < len(text) and not text[at + 1].isspace()
        at += negated
        if text[at] == "(":
            if len(self.stack) > MAX_DEPTH:
                self.hint(WRONG, "parentheses are nested too deeply")
            else:
                self.stack.append(_Open(start, negated))
            return at + 1
        return self.condition(start, at, negated)

    def either(self) -> None:
        alternatives = self.stack[-1].alternatives
        if alternatives[-1]:
            alternatives.append([])
        elif len(alternatives) == 1:
            self.hint(WRONG, "OR needs a term before it; or in small letters is an ordinary word")

    def close(self, end: int) -> None:
        group = self.stack.pop()
        self.keep(group.node(), group.start, end)

    def keep(self, node: Node, start: int, end: int) -> None:
        if node == All():
            return
        if len(self.stack) == 1:
            self.spans.append(Span(start, end, node))
        self.stack[-1].alternatives[-1].append(node)

    def condition(self, start: int, at: int, negated: bool) -> int:
        text = self.text
        field = ""
        if match := _FIELD.match(text, at):
            field = BY_NAME[match[1].lower()].name
            at = match.end()
        elif (match := _UNKNOWN.match(text, at)) and (near := nearest(match[1].lower(), BY_NAME)):
            self.hint(WRONG, f"there is no field {match[1]}: (did you mean {BY_NAME[near[0]].name}:?)")
        quoted = text[at : at + 1] == '"'
        if quoted:
            end = text.find('"', at + 1)
            value = text[at + 1 : end if end >= 0 else len(text)]
            if end < 0:
                self.hint(TYPING, 'the closing " is missing')
                self.closing = '"' + self.closing
            end = end + 1 if end >= 0 else len(text)
        else:
            end = at + _word_length(text, at)
            value = text[at:end]
        node = self.value(field, value, quoted)
        if node is not None:
            self.terms += 1
            self.keep(Not(node) if negated else node, start, end)
        return end

    def value(self, field: str, value: str, quoted: bool) -> Node | None:
        """The condition that ``field`` has this value; None while it is no condition yet."""
        folded = " ".join(fold(value).split())
        if not field:
            if not quoted:
                # A title pasted with its brackets and commas asks for its words.
                folded = folded.strip(_PUNCTUATION) or folded.strip(_SEPARATORS)
            return Term(folded) if folded and (quoted or folded != "-") else None
        if not folded:
            self.hint(TYPING, f"{field}: needs a value, e.g. {_example(field)}")
            return None
        return _year(folded, self) if BY_NAME[field].type == YEAR else Term(folded, field)


def _word_length(text: str, at: int) -> int:
    """How long the word is that begins at ``at``: to the next space or to a parenthesis it did not open."""
    depth = 0
    for length, char in enumerate(text[at:]):
        if char.isspace():
            return length
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if depth < 0:
                return length
    return len(text) - at


def _example(field: str) -> str:
    return next(row.example for row in FIELDS if row.name == field)


_YEARS = re.compile(r"(\d{4})?(?:\.\.\.?|…)(\d{0,4})")
_COMPARED = re.compile(r"(>=|<=|>|<|=|≥|≤)(\d{0,4})")
_MOST = 9999


def _year(value: str, parser: _Parser) -> Node | None:
    if re.fullmatch(r"[0-9]{1,4}", value):
        low, high = int(value.ljust(4, "0")), int(value.ljust(4, "9"))
        return Years(low, high)
    if match := _YEARS.fullmatch(value):
        first = int(match[1] or 0)
        if len(match[2]) < 4:
            if match[2] or not match[1]:
                parser.hint(TYPING, f"year: {_example('year')} or year:2022..")
            return Years(first, _MOST) if match[1] else None
        last = int(match[2])
        return Years(min(first, last), max(first, last))
    if match := _COMPARED.fullmatch(value):
        if len(match[2]) < 4:
            parser.hint(TYPING, f"year:{match[1]} needs a year")
            return None
        year = int(match[2])
        bounds = {
            ">=": (year, _MOST),
            "≥": (year, _MOST),
            ">": (year + 1, _MOST),
            "<=": (0, year),
            "≤": (0, year),
            "<": (0, year - 1),
            "=": (year, year),
        }
        return Years(*bounds[match[1]])
    parser.hint(WRONG, f'"{value}" is not a year; use 2023, 2022..2024, >=2023 or <2020')
    return Any(())


def parse(text: str) -> Query:
    """The query in ``text``."""
    return _Parser(text).query()


# -- writing -----------------------------------------------------------------------------------------------


def unfinished(text: str) -> tuple[Hint, ...]:
    """A hint for a last word that begins the name of a field: ``kin`` may become ``kind:``. For a text that finds
    nothing as it stands; a word that is found is just a word.
    """
    last = re.search(r"(?:^|[\s(])-?([a-z]{2,})$", text, re.IGNORECASE)
    begun = [field for field in BY_NAME.values() if last and field.name.startswith(last[1].lower())]
    return (Hint(TYPING, f"{begun[0].name}: {begun[0].help}"),) if begun else ()


def condition(field: str, value: str) -> str:
    """``field:value`` as one types it, with quotes where the value needs them."""
    return f'{field}:"{value}"' if re.search(r'[\s()"]', value) or not value else f"{field}:{value}"


def toggled(text: str, field: str, value: str) -> str:
    """``text`` with the condition ``field:value`` taken out, or put at its end if it was not there."""
    query = parse(text)
    node = parse(condition(field, value)).tree
    places = [(span.start, span.end) for span in query.spans if span.node == node]
    if places:
        for start, end in reversed(places):
            text = f"{text[:start].rstrip()} {text[end:].lstrip()}"
        return text.strip()
    return narrowed(text, condition(field, value))


def narrowed(text: str, more: str) -> str:
    """``text`` with a condition more that must hold too."""
    query = parse(text)
    text = text.strip()
    closed = text + query.closing
    # A word with a parenthesis inside would take one right behind it for its own.
    text = closed if not parse(closed).closing else f"{text} {query.closing}"
    if isinstance(query.tree, Any) and not query.spans:
        text = f"({text})"
    return f"{text} {more}".strip()
