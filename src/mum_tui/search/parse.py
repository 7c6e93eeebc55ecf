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

from mum_tui import identifiers
from mum_tui.patterns import Pattern
from mum_tui.search import dialects, syntax
from mum_tui.search.conditions import TELLING, Conditions
from mum_tui.search.grammar import BY_NAME, CHOICES, EVERY_NAME, YEAR
from mum_tui.search.nodes import All, Any, Identified, Node, Not, all_of, any_of
from mum_tui.search.query import MAX_TERMS, REPLACED, TYPING, WRONG, Hint, HintType, Query, Span
from mum_tui.search.years import bare_years, years_at

MAX_DEPTH = 20
"""The deepest nesting of parentheses that is read."""


def parse(text: str) -> Query:
    """The query in ``text``."""
    return _Parser(text).query()


def unfinished(text: str) -> tuple[Hint, ...]:
    """A hint for a last word that begins the name of a field: ``kin`` may become ``kind:``. For a text that finds
    nothing as it stands; a word that is found is just a word.
    """
    last = re.search(r"(?:^|[\s(])-?([a-z]{2,})$", text, re.IGNORECASE)
    begun = [field for field in BY_NAME.values() if last and field.name.startswith(last[1].lower())]
    return (Hint(TYPING, f"{begun[0].name}: {begun[0].help}"),) if begun else ()


class _Open:
    """A parenthesis that is not closed yet, or the whole query; ``field`` is what its words are looked for in."""

    def __init__(self, start: int, negated: bool, field: str = "") -> None:
        self.start, self.negated, self.field = start, negated, field
        self.alternatives: list[list[Node]] = [[]]

    def node(self) -> Node:
        every = [all_of(nodes) for nodes in self.alternatives if nodes]
        node = any_of(every) if every else All()
        return Not(node) if self.negated and node != All() else node


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = syntax.with_plain_signs(text)
        self.hints: list[Hint] = []
        self.conditions = Conditions(self.hint)
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
        if (self.has_year or self.compares) and (years := years_at(text, at, self.compares, self.hint)):
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
            values = [
                self.conditions.word(EVERY_NAME[match[1].lower()].name, part.strip(" '\""))
                for part in match[3].split(",")
            ]
            return any_of([value for value in values if value is not None]), match.end(), bool(match[2])
        elif (":" in text or self.compares) and (match := syntax.ANYWHERE_FIELD.match(text, at)):
            at = match.end()
        elif ":" in text and (match := syntax.UNKNOWN_FIELD.match(text, at)):
            self.unknown_field(match[1])
        elif not field and text[at] in "12.…" and (match := syntax.YEARS.match(text, at)) and (match[1] or match[3]):
            return bare_years(match), match.end(), False
        read = self.conditions.phrase
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
            read = self.conditions.word
        if behind is not None and value:
            return read(behind or field, value), text.index("]", end) + 1, opposite
        return read(field, value), end, opposite

    def initials(self, at: int) -> tuple[Node | None, int] | None:
        """The condition on a name with its initials or with "et al." behind it, and where it ends; None for no name."""
        if match := syntax.ET_AL.match(self.text, at):
            return self.conditions.names(match[1].replace(",", " ")), match.end()
        if match := syntax.INITIALS.match(self.text, at):
            return self.conditions.phrase("", match[0]), match.end()
        return None

    def tag(self, at: int) -> str | None:
        """The field of a tag in brackets at ``at``, empty for one that asks for words anywhere; None for no tag."""
        match = syntax.BEHIND.match(self.text, at)
        return dialects.field_of_tag(match[1], {name: row.name for name, row in EVERY_NAME.items()}) if match else None

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
        every = [self.conditions.phrase(field, value)]
        while match := syntax.NEXT_QUOTED.match(self.text, end):
            value, end = self.quoted(match.end())
            every.append(self.conditions.phrase(field, value))
        conditions = [condition for condition in every if condition is not None]
        return any_of(conditions) if conditions else None, end


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
    if not match and (written.isalpha() or not TELLING.search(written)):
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


_REFERENCE = 20_000
"""The most characters of a pasted reference that are read."""

_SPACE_AND_VALUE = Pattern(r"\s+(?=[\w\"<>≥≤=])")
_BEFORE_VALUE = (" :", " ~", " contains ", " includes ", " like ", " LIKE ")
"""What stands between a field and its value where a space is between them, too."""
