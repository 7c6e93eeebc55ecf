"""Parses the text of the query input into a tree. Parsing never fails, whatever is typed.

    query     = all { "OR" all }
    all       = { condition }
    condition = [ "-" ] ( [ field ":" ] "(" query ")" | [ field ":" ] ( word | '"' phrase '"' ) )

Other tools' operators (``NOT``, ``AND``, ``&&``, ``|``, ``!x``, ``year>2022``) and other keyboards' signs are
understood; a pasted identifier or reference asks for the works it names. What is still being typed (a field without its
value, an open quote) and what cannot be understood is left out or closed, and named in ``hints``; what is left is the
query.
"""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct

from mum_tui import identifiers
from mum_tui.annotation import STATUSES
from mum_tui.catalog.choices import KINDS
from mum_tui.patterns import Pattern
from mum_tui.search import elsewhere, syntax
from mum_tui.search.facets import AVAILABLE
from mum_tui.search.grammar import BY_NAME, CHOICES, EVERY_NAME, FIELDS, YEAR
from mum_tui.search.nodes import All, Any, Identified, Node, Not, Term, Years, all_of, any_of, asked
from mum_tui.search.variants import other_spelling
from mum_tui.text import fold, spellings, words_apart


class HintType(StrEnum):
    """What a hint on a query is about."""

    TYPING = "typing"
    """Something is incomplete."""
    WRONG = "wrong"
    """Something is probably a mistake."""
    REPLACED = "replaced"
    """Something else was searched for than what was typed."""


TYPING, WRONG, REPLACED = HintType

MAX_TERMS = 64
"""The most conditions read of one query; a pasted page is no query."""
MAX_DEPTH = 20
"""The deepest nesting of parentheses that is read."""


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
    """What a text asks for. An empty query holds for every entry; ``is_blank`` tells that nothing was written."""

    tree: Node = All()
    hints: tuple[Hint, ...] = ()
    spans: tuple[Span, ...] = ()
    closing: str = ""
    is_blank: bool = True

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

    @property
    def only_excludes(self) -> bool:
        """Whether nothing is asked for but that something be missing."""
        nodes = self.tree.of if isinstance(self.tree, All) else (self.tree,)
        return bool(nodes) and all(isinstance(node, Not) for node in nodes)

    @property
    def is_unread(self) -> bool:
        """Whether something was typed that contains no condition."""
        return self.is_empty and not self.is_blank


# -- reading -----------------------------------------------------------------------------------------------


class _Open:
    """A parenthesis that is not closed yet, or the whole query; ``field`` is what its words are looked for in."""

    def __init__(self, start: int, negated: bool, field: str = "") -> None:
        self.start, self.negated, self.field = start, negated, field
        self.alternatives: list[list[Node]] = [[]]

    def node(self) -> Node:
        every = [all_of(of) for of in self.alternatives if of]
        node = any_of(every) if every else All()
        return Not(node) if self.negated and node != All() else node


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = syntax.with_plain_signs(text)
        self.hints: list[Hint] = []
        self.spans: list[Span] = []
        self.stack = [_Open(0, False)]
        self.terms = 0
        self.closing = ""
        self.waiting: dict[str, int] = {}
        self.has_year = "19" in self.text or "20" in self.text
        self.compares = any(sign in self.text for sign in "<>=≥≤")

    def hint(self, type: HintType, message: str) -> None:
        self.hints.append(Hint(type, message))

    def query(self) -> Query:
        if reference := _reference(self.text):
            return Query(reference, spans=(Span(0, len(self.text), reference),), is_blank=False)
        at = self.options()
        while at < len(self.text):
            if self.text[at].isspace():
                at += 1
            elif self.terms >= MAX_TERMS:
                self.hint(WRONG, f"only the first {MAX_TERMS} words count")
                break
            else:
                at = self.token(at)
        self.finish()
        top = self.stack[0]
        if self.text.strip() and not self.hints and top.node() == All():
            self.hint(TYPING, "there is no word to look for yet")
        spans = tuple(self.spans) if len(top.alternatives) == 1 else ()
        return Query(top.node(), tuple(dict.fromkeys(self.hints)), spans, self.closing, not self.text.strip())

    def options(self) -> int:
        """Where the query begins behind what is an option of another program, or asks for an order."""
        at = len(self.text) - len(self.text.lstrip())
        while self.text.startswith("-", at) and (match := syntax.OPTION.match(self.text, at)):
            if "v" in match[0]:
                self.waiting["NOT"] = at
                self.hint(REPLACED, f"{match[0]} is read as NOT; -word excludes a word, too")
            else:
                self.hint(REPLACED, f"{match[0]} is left out: case never counts, and -word excludes a word")
            at = match.end() + 1
        return at

    def finish(self) -> None:
        if "NOT" in self.waiting:
            self.hint(TYPING, "NOT excludes the word after it, e.g. NOT survey")
        elif "AND" in self.waiting:
            self.hint(TYPING, "AND needs a second term")
        elif not self.stack[-1].alternatives[-1] and len(self.stack[-1].alternatives) > 1:
            self.hint(TYPING, "OR needs a second term")
        if len(self.stack) > 1:
            self.hint(TYPING, ") is missing")
            self.closing += ")" * (len(self.stack) - 1)
        while len(self.stack) > 1:
            self.close(len(self.text))

    def token(self, at: int) -> int:
        """Read the token at ``at``; return where the next one may begin."""
        text = self.text
        if text[at] in "OANWPBEM|&+" and (end := self.operator(at)):
            return end
        if text[at] == ")":
            if len(self.stack) > 1:
                self.close(at + 1)
            return at + 1
        start = min([at, *self.waiting.values()]) if self.waiting else at
        if text[at] in ";,&?/" and (at == 0 or text[at] != "/") and syntax.BEGINS_FIELD.match(text, at + 1):
            return at + 1
        if text.startswith("--", at) and text[at + 2 : at + 3].strip("- "):
            at += 1
        negated = text[at] in "-!" and at + 1 < len(text) and not text[at + 1].isspace()
        plus = text[at] == "+" and bool(re.match(r'[\w"(]', text[at + 1 : at + 2]))
        at += negated or plus
        if self.waiting:
            negated ^= "NOT" in self.waiting
            self.waiting.clear()
        match = syntax.GROUP.match(text, at) if "(" in text else None
        opens = match.end() - 1 if match else at
        if text[opens : opens + 1] == "(":
            if len(self.stack) > MAX_DEPTH:
                self.hint(WRONG, "parentheses are nested too deeply")
            else:
                field = EVERY_NAME[match[1].lower()].name if match and match[1] else self.stack[-1].field
                self.stack.append(_Open(start, negated, field))
            return opens + 1
        return self.condition(start, at, negated)

    def operator(self, at: int) -> int:
        """Read the operator at ``at``; return where it ends, or 0 if there is none."""
        if match := syntax.OR.match(self.text, at):
            self.either()
        elif match := syntax.AND.match(self.text, at):
            self.both(at)
        elif match := syntax.NOT.match(self.text, at):
            self.waiting.setdefault("NOT", at)
            if "NOT" not in match[0]:
                self.hint(REPLACED, f"{match[0]} is read as NOT; in small letters it is an ordinary word")
        elif self.stack[-1].alternatives[-1] and (match := syntax.NEAR.match(self.text, at)):
            self.both(at)
            self.hint(REPLACED, f"{match[0]} is read as AND: how near words stand is not asked")
        return match.end() if match else 0

    def either(self) -> None:
        self.waiting.clear()
        alternatives = self.stack[-1].alternatives
        if alternatives[-1]:
            alternatives.append([])
        elif len(alternatives) == 1:
            self.hint(WRONG, "OR needs a term before it; or in small letters is an ordinary word")

    def both(self, at: int) -> None:
        if self.stack[-1].alternatives[-1]:
            self.waiting.setdefault("AND", at)
        else:
            self.hint(WRONG, "AND needs a term before it; and in small letters is an ordinary word")

    def close(self, end: int) -> None:
        self.waiting.clear()
        group = self.stack.pop()
        self.remember(group.node(), group.start, end)

    def remember(self, node: Node, start: int, end: int) -> None:
        if node == All():
            return
        if len(self.stack) == 1:
            self.spans.append(Span(start, end, node))
        self.stack[-1].alternatives[-1].append(node)

    def condition(self, start: int, at: int, negated: bool) -> int:
        if ":" in self.text and (end := self.left_out(at)):
            return end
        node, end, is_opposite = self.term(at)
        if node is not None:
            self.terms += 1
            negated ^= is_opposite
            # What cannot be read excludes nothing.
            if not (negated and node == Any(())):
                self.remember(Not(node) if negated else node, start, end)
            field = self.stack[-1].field
            if field and self.text[end - 1] == "," and BY_NAME[field].type in (*CHOICES, YEAR):
                self.either()  # ``kind:(dataset, survey)``
        return end

    def left_out(self, at: int) -> int:
        """Where something ends that narrows nothing here, though it does in other tools; 0 where there is none."""
        if match := syntax.NOT_ASKED.match(self.text, at):
            self.hint(WRONG, f"a query has no {match[1]}:; s sorts, in the shell --sort and --limit")
        elif match := syntax.WITHIN.match(self.text, at):
            self.hint(REPLACED, f"{match[0]} is left out; title:liver looks in titles, liver everywhere")
        return match.end() if match else 0

    def term(self, at: int) -> tuple[Node | None, int, bool]:
        """The condition that begins at ``at``, where it ends, and whether the opposite is meant (``!=``)."""
        text = self.text
        if identified := _identified(text, at):
            return *identified, False
        if years := self.years(at):
            return years
        field, opposite = self.stack[-1].field, False
        if (
            (":" in text and (match := syntax.FIELD.match(text, at)))
            or (self.compares and (match := syntax.EQUAL.match(text, at)))
            or (any(sign in text for sign in _BEFORE_VALUE) and (match := syntax.SPACED_COLON.match(text, at)))
        ):
            name, sign = [group for group in match.groups() if group] if match.lastindex != 1 else (match[1], ":")
            field = EVERY_NAME[name.lower()].name
            opposite = sign in ("!=", "<>")
            at, is_not = self.value_begins(field, match.end())
            opposite ^= is_not
        elif " in" in text and "(" in text and (match := syntax.LISTED.match(text, at)):
            values = [self.word(EVERY_NAME[match[1].lower()].name, part.strip(" '\"")) for part in match[3].split(",")]
            return any_of([value for value in values if value is not None]), match.end(), bool(match[2])
        elif (":" in text or self.compares) and (match := syntax.ANYWHERE_FIELD.match(text, at)):
            at = match.end()
        elif ":" in text and (match := syntax.UNKNOWN_FIELD.match(text, at)):
            self.unknown_field(match[1])
        elif not field and text[at] in "12.…" and (match := syntax.YEARS.match(text, at)) and (match[1] or match[3]):
            return _bare_years(match), match.end(), False
        read = self.phrase
        if not field and ("." in text or " et al" in text) and text[at].isalpha() and (name := self.initials(at)):
            return *name, opposite
        if text[at : at + 1] == '"':
            value, end = self.quoted(at)
            if field and syntax.NEXT_QUOTED.match(text, end):
                return *self.quoted_values(field, value, end), opposite
            behind = self.tag(end)
        elif "[" in text and (match := syntax.NAME_BEFORE.match(text, at)) and self.tag(match.end()) == "author":
            value, end, behind = match[1], match.end(), "author"
        else:
            end = at + _word_length(text, at)
            has_separator = field and any(sign in text[at:end] for sign in ";,&?")
            if has_separator and (separator := syntax.SEPARATOR.compiled.search(text, at, end)):
                end = separator.start()
            if field and BY_NAME[field].type in (*CHOICES, YEAR) and (more := syntax.OTHER_VALUES.match(text, end)):
                end = more.end()
            start = text.rfind("[", at, end)
            behind = self.tag(start) if start > at else None
            value, end = text[at : start if behind is not None else end], start if behind is not None else end
            read = self.word
        if behind is not None and value:
            return read(behind or field, value), text.index("]", end) + 1, opposite
        return read(field, value), end, opposite

    def initials(self, at: int) -> tuple[Node | None, int] | None:
        """The condition on a name with its initials or with "et al." behind it, and where it ends; None for no name."""
        if match := syntax.ET_AL.match(self.text, at):
            return self.names(match[1].replace(",", " ")), match.end()
        if match := syntax.INITIALS.match(self.text, at):
            return self.phrase("", match[0]), match.end()
        return None

    def tag(self, at: int) -> str | None:
        """The field of a tag in brackets at ``at``, empty for one that asks for words anywhere; None for no tag."""
        match = syntax.BEHIND.match(self.text, at)
        return elsewhere.field_of_tag(match[1], {name: row.name for name, row in EVERY_NAME.items()}) if match else None

    def years(self, at: int) -> tuple[Node | None, int, bool] | None:
        """A condition on the year in any of its spellings but ``year:…``; None where there is none."""
        text = self.text
        if not self.has_year and not self.compares:
            return None
        if text[at] in _BEGIN_YEARS and (match := syntax.SPACED_YEARS.match(text, at)):
            first, last = sorted((int(match[1]), int(match[2])))
            if first != last and (match[0].strip("[]") != f"{match[1]}-{match[2]}"):
                return Years(first, last), match.end(), False
        if text[at] in _BEGIN_SINCE and (match := syntax.SINCE.match(text, at)):
            word = match[1].lower()
            # A day of a year is inside it.
            beyond = word in _BEYOND and not match[3]
            first, last = int(match[2]) + beyond, int(match[2]) - beyond
            is_first = word in ("since", "from", "after", "newer than", "later than", "post")
            return Years(first, _LAST) if is_first else Years(0, last), match.end(), False
        if text[at] in "bByYdDpP" and "etween" in text and (match := syntax.YEARS_BETWEEN.match(text, at)):
            first, last = sorted((int(match[1]), int(match[2])))
            return Years(first, last), match.end(), False
        if text[at] in _BEGIN_YEARS and (match := syntax.YEAR_IS.match(text, at)) and bool(match[1]) == bool(match[3]):
            listed = [Years(int(year), int(year)) for year in match[2].split(",")]
            return any_of([*listed]), match.end(), False
        if "*" in text and (match := syntax.OPEN_YEARS.match(text, at)):
            return Years(int(match[1] or 0), int(match[2] or _LAST)), match.end(), False
        if text[at] in "12" and (match := syntax.OR_LATER.match(text, at)):
            until = (match[2] or "").lower() in ("earlier", "older", "below")
            return Years(0, int(match[1])) if until else Years(int(match[1]), _LAST), match.end(), False
        if text[at] in "12" and (match := syntax.DECADE.match(text, at)):
            first = int(match[1]) * 10
            return Any((Years(first, first + 9), Term(fold(match[0])))), match.end(), False
        if not self.compares:
            return None
        if match := syntax.COMPARED.match(text, at) or syntax.YEAR_COMPARED.match(text, at):
            sign, year, dated = match["sign"], match["year"], match.groupdict().get("dated")
            sign = _SIGNS.get(sign, sign)
            if dated:
                sign = sign if "=" in sign else f"{sign}="
            return _year(f"{'=' if sign == '!=' else sign}{year}", self), match.end(), sign == "!="
        if match := syntax.BETWEEN.match(text, at):
            first = int(match[1]) + (match[2] == "<")
            last = int(match[4]) - (match[3] == "<") if match[4] else _LAST
            return Years(first, last), match.end(), False
        return None

    def value_begins(self, field: str, at: int) -> tuple[int, bool]:
        """Where the value of a field begins whose colon ends at ``at``, as some put a space there; and whether a sign
        before it excludes it (``kind:!survey``)."""
        text = self.text
        space = _SPACE_AND_VALUE.match(text, at)
        if space and not syntax.FIELD.match(text, space.end()) and not self.operator_at(space.end()):
            at = space.end()
        is_not = text[at : at + 1] == "!" or (text[at : at + 1] == "-" and BY_NAME[field].type in CHOICES)
        if is_not and text[at + 1 : at + 2] and not text[at + 1].isspace():
            return at + 1, True
        return at, False

    def operator_at(self, at: int) -> bool:
        """Whether an operator stands at ``at``."""
        return any(sign.match(self.text, at) for sign in (syntax.OR, syntax.AND, syntax.NOT))

    def unknown_field(self, name: str) -> None:
        from mum_tui.search.spelling import closest

        near = [other for other in closest(name.lower(), list(BY_NAME)) if len(other) > 2 and other[:1] == name[:1]]
        more = f" (did you mean {BY_NAME[near[0]].name}:?)" if near else "; it is looked for as a word"
        self.hint(WRONG, f"there is no field {name}{':' if near else ''}{more}")

    def quoted(self, at: int) -> tuple[str, int]:
        """What stands in the quotes that open at ``at``, and where they end."""
        end = self.text.find('"', at + 1)
        if end >= 0:
            slop = syntax.SLOP.match(self.text, end + 1)
            return self.text[at + 1 : end], slop.end() if slop else end + 1
        self.hint(TYPING, 'the closing " is missing')
        self.closing = '"' + self.closing
        return self.text[at + 1 :], len(self.text)

    def quoted_values(self, field: str, value: str, end: int) -> tuple[Node | None, int]:
        """The condition that a field has one of several values in quotes, the first of which ends at ``end``, and where
        the last one ends."""
        every = [self.phrase(field, value)]
        while match := syntax.NEXT_QUOTED.match(self.text, end):
            value, end = self.quoted(match.end())
            every.append(self.phrase(field, value))
        conditions = [condition for condition in every if condition is not None]
        return any_of(conditions) if conditions else None, end

    def phrase(self, field: str, value: str) -> Node | None:
        """The condition that words stand next to each other, or that ``field`` has this value."""
        if not value.strip() and field:
            self.no_value(field)
            return None
        if field and BY_NAME[field].type in CHOICES:
            return self.value(field, value)
        if field and BY_NAME[field].type == YEAR:
            return _year(spellings(value)[0], self)
        if field == "author":
            return self.names(value)
        if "|" in value and (parts := syntax.ALTERNATIVES.fullmatch(value)):
            return any_of(
                [Term(_apart(spelling), field) for part in parts[0].split("|") for spelling in spellings(part)]
            )
        spelled = [_apart(other) for spelling in spellings(value) for other in _both(spelling)]
        if not any(spelled):
            return None
        named = map(Identified, identifiers.read(value)) if field in ("", "id") and _TELLING.search(value) else ()
        return any_of([*(Term(spelling, field) for spelling in spelled if spelling), *named])

    def names(self, value: str) -> Node | None:
        """The condition that all of some people are among the authors."""
        every = []
        for name in elsewhere.names_of(syntax.without_titles(value)):
            if spelled := [apart for spelling in spellings(name) if (apart := _apart(spelling))]:
                every.append(any_of([Term(spelling, "author") for spelling in spelled]))
        return all_of([*every]) if every else None

    def word(self, field: str, value: str) -> Node | None:
        """The condition that an unquoted word stands in the entry or in ``field``; None while it is no condition."""
        if not field:
            if "\\s" in value and len(parts := syntax.between_signs(value)) > 1:
                return all_of([word for part in parts if (word := self.word("", part))])
            spelled = _spelled(" ".join(syntax.bare(fold(value)).split()), syntax.bare(value))
            if not spelled or spelled == ["-"]:
                return None
            # A sign that folds to a space (``´``) makes two words of one.
            node = any_of(
                [Term(_apart(other) if " " in other else other) for spelling in spelled for other in _both(spelling)]
            )
            if value[:1] in "12" and (syntax.DATED.fullmatch(value) or _SHORT_SPAN.fullmatch(value)):
                years = _year(value, self)
                return Any((node, years)) if years else node
            if value.isalpha():
                return node
            if number := identifiers.read(value.strip(",;.")):
                return Any((Term(identifiers.named(number[0])), *map(Identified, number)))
            repositories = identifiers.repositories(value)
            return Any((node, *map(Identified, repositories))) if repositories else node
        if not value.strip():
            self.no_value(field)
            return None
        if value in ("*", "?", "%"):
            return self.any_value(field)
        if BY_NAME[field].type in CHOICES or BY_NAME[field].type == YEAR:
            parts = [part for part in re.split(r"[,;|]", value) if part.strip()] or [value]
            every = [condition for part in parts if (condition := self.value(field, part)) is not None]
            return any_of(every) if every else None
        if field == "id" and (number := identifiers.read(value) or identifiers.repositories(value)):
            return any_of([Identified(identifier) for identifier in number])
        if len(parts := syntax.listed(field, value)) > 1:
            return any_of([condition for part in parts if (condition := self.word(field, part)) is not None])
        value = syntax.bare_value(value)
        # A name with its initials or hyphens is found however these are written.
        spelled = [
            _apart(spelling) if " " in spelling or field == "author" else spelling
            for folded in _spelled(" ".join(fold(value).split()), value)
            for spelling in (_both(folded) if field == "title" else (folded,))
        ]
        return any_of([Term(spelling, field) for spelling in spelled]) if spelled else None

    def value(self, field: str, value: str) -> Node | None:
        spelled = [syntax.without_wildcards(spelling) for spelling in spellings(value)]
        if BY_NAME[field].type == YEAR:
            return _year(spelled[0], self)
        field, spelled[0] = elsewhere.translated(field, spelled[0])
        if field == "is" and spelled[0] in KINDS:
            field = "kind"
        elif field == "is" and spelled[0] in AVAILABLE:
            field = "has"
        return any_of([Term(spelling, field) for spelling in spelled])

    def any_value(self, field: str) -> Node | None:
        """The condition that a field has any value; None where it cannot be asked."""
        if field == "year":
            return Years(1, _LAST)
        if field in ("note", "tag"):
            return Term("noted" if field == "note" else "tagged", "is")
        if field == "status":
            return any_of([Term(status, "status") for status in STATUSES])
        self.no_value(field)
        return None

    def no_value(self, field: str) -> None:
        self.hint(TYPING, f"{field}: needs a value, e.g. {_example(field)}")


def _apart(folded: str) -> str:
    """The words of a phrase without the punctuation; a phrase of one word (``"c++"``) is that word."""
    apart = words_apart(folded)
    return apart if " " in apart else folded


def _both(spelling: str) -> tuple[str, ...]:
    """A folded word or phrase, and the same in British or American spelling where that differs."""
    if " " not in spelling:
        other = other_spelling(spelling)
        return (spelling, other) if other else (spelling,)
    words = spelling.split(" ")
    others = [other_spelling(word) or word for word in words]
    return (spelling,) if others == words else (spelling, " ".join(others))


def _spelled(folded: str, value: str) -> list[str]:
    """The spellings to look for: the folded word and, where it finds more, the word written out."""
    if not folded or value.isascii():
        return [folded] if folded else []
    other = spellings(value)[-1]
    # Three letters stand inside too many words.
    return [folded] if folded in other or len(other) <= 3 else [folded, other]


def _reference(text: str) -> Node | None:
    """The works that a pasted reference names; None for a text that is none."""
    if syntax.PASTED.match(text) or len(text.split(maxsplit=syntax.REFERENCE_WORDS)) >= syntax.REFERENCE_WORDS:
        identified = identifiers.named_in(text[:_REFERENCE])
        if identified:
            return any_of([Identified(identifier) for identifier in identified[:MAX_TERMS]])
    return None


def _identified(text: str, at: int) -> tuple[Node, int] | None:
    """The works that a pasted identifier at ``at`` names, and where it ends; None where there is none with a sign that
    tells it from a word."""
    match = syntax.IDENTIFIED.match(text, at) if text[at] in "aAdDeEuU\\[:" else None
    end = match.end() if match else at + _word_length(text, at)
    written = text[at:end]
    if not match and (written.isalpha() or not _TELLING.search(written)):
        return None
    identified = identifiers.read(written) or identifiers.read(written.rstrip(",;."))
    return (any_of([Identified(identifier) for identifier in identified]), end) if identified else None


def _word_length(text: str, at: int) -> int:
    """How long the word is that begins at ``at``: to the next space, bar, or a parenthesis it did not open."""
    depth = 0
    for length, char in enumerate(text[at:]):
        if char.isspace() or char == "|":
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


_REFERENCE = 20_000
"""The most characters of a pasted reference that are read."""

_TELLING = Pattern(r"//|^@|^git@|^www\.|[a-z]\.[a-z]{2,}/|^(?:doi|arxiv)|^\d{4}\.\d{4,5}v\d", re.IGNORECASE)
"""Signs of an identifier that no other word has; looked for first, as it is quick."""

_SPACE_AND_VALUE = Pattern(r"\s+(?=[\w\"<>≥≤=])")
_BEFORE_VALUE = (" :", " ~", " contains ", " includes ", " like ", " LIKE ")
"""What stands between a field and its value where a space is between them, too."""
_BEGIN_YEARS = frozenset("[12yYdDpPbBcCuUiI")
"""What a span of years with spaces in it begins with."""
_BEGIN_SINCE = frozenset("aAbBcCdDeEfFiIlLnNoOpPsStTuUyY")
_BEYOND = ("after", "before", "pre", "post", "newer than", "later than", "older than", "earlier than", "prior to")
_SIGNS = {"<>": "!=", "=>": ">=", "=<": "<=", "==": "=", "≥": ">=", "≤": "<="}
_YEARS = Pattern(r"(\d{4})?\s*(?:\.\.\.?|…|-|/|:|\bto\b)\s*(\d{0,4})")
_SINCE = Pattern(r"(\d{4})\+")
_SHORT_SPAN = Pattern(r"((?:19|20)\d\d)[-/](?!19$|20$)(\d\d)")
_SHORT_YEAR = Pattern(r"'?(\d\d)")
_COMPARED = Pattern(r"(>=|<=|=>|=<|==|>|<|=|≥|≤)\s*(\d{0,4})((?<=\d{4})[-/.]\d\d?(?:[-/.]\d\d?)?)?")
_LAST = 9999


def _bare_years(match: re.Match[str]) -> Node:
    """``2022..2024`` without its field; with a hyphen it may be a part of a title, too."""
    first, last = int(match[1] or 0), int(match[3] or _LAST)
    years = Years(min(first, last), max(first, last))
    if match[2] not in "-/":
        return years
    word = Term(match[0].strip("-/"))
    return Any((years, word)) if match[1] and match[3] else word


def _year(value: str, parser: _Parser) -> Node | None:
    """The years that the folded value of ``year:`` means; None while it is not written to its end."""
    value = value.strip().strip("[]{}()").strip("\"'")
    if match := syntax.DATED.fullmatch(value):
        return Years(int(match[1]), int(match[1]))
    if match := syntax.DATES.fullmatch(value):
        return Years(*sorted((int(match[1]), int(match[2]))))
    if (match := _SHORT_SPAN.fullmatch(value)) and int(match[2]) > int(match[1]) % 100:
        return Years(int(match[1]), int(match[1]) // 100 * 100 + int(match[2]))
    if (match := _SHORT_YEAR.fullmatch(value)) and match[1] not in ("19", "20"):
        year = int(match[1]) + (1900 if int(match[1]) > 50 else 2000)
        return Years(year, year)
    if match := _SINCE.fullmatch(value):
        return Years(int(match[1]), _LAST)
    if re.fullmatch(r"[0-9]{1,4}", value):
        return Years(int(value.ljust(4, "0")), int(value.ljust(4, "9")))
    if match := _YEARS.fullmatch(value):
        first = int(match[1] or 0)
        if len(match[2]) < 4:
            if match[2] or not match[1]:
                parser.hint(TYPING, f"year: {_example('year')} or year:2022..")
            return Years(first, _LAST) if match[1] else None
        last = int(match[2])
        return Years(min(first, last), max(first, last))
    if match := _COMPARED.fullmatch(value):
        sign = _SIGNS.get(match[1], match[1])
        sign = f"{sign}=" if match[3] and "=" not in sign else sign
        if len(match[2]) < 4:
            parser.hint(TYPING, f"year:{sign} needs a year")
            return None
        year = int(match[2])
        bounds = {
            ">=": (year, _LAST),
            ">": (year + 1, _LAST),
            "<=": (0, year),
            "<": (0, year - 1),
            "=": (year, year),
        }
        return Years(*bounds[sign])
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
    positions = [(span.start, span.end) for span in query.spans if span.node == node]
    if positions:
        for start, end in reversed(positions):
            text = f"{text[:start].rstrip()} {text[end:].lstrip()}"
        return text.strip()
    return narrowed(text, condition(field, value))


def narrowed(text: str, more: str) -> str:
    """``text`` with a condition more that must hold too."""
    query = parse(text)
    text = text.strip()
    if not query.closing:
        # An operator that waits for what comes next would take the condition for it.
        text = syntax.DANGLING.sub("", text).strip()
    closed = text + query.closing
    # A word with a parenthesis inside would take one right behind it for its own.
    text = closed if not parse(closed).closing else f"{text} {query.closing}"
    if isinstance(query.tree, Any) and not query.spans:
        text = f"({text})"
    return f"{text} {more}".strip()
