"""Parses the text of the query input into a tree. Parsing never fails, whatever is typed.

    query     = all { "OR" all }
    all       = { condition }
    condition = [ "-" ] ( [ field ":" ] "(" query ")" | [ field ":" ] ( word | '"' phrase '"' ) )

The parser also accepts operators of other tools (``NOT``, ``AND``, ``&&``, ``|``, ``!x``, ``year>2022``) and signs of
other keyboards. A pasted identifier or reference becomes a search for the works it names. Everything incomplete or not
understood gets a hint: an open quote or parenthesis is closed, the rest (such as a field without its value) is ignored.
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
"""The deepest nesting of parentheses that is parsed."""


def parse(text: str) -> Query:
    """The query in ``text``."""
    return _Parser(text).query()


def unfinished(text: str) -> tuple[Hint, ...]:
    """A hint if the last word is the start of a field name: ``kin`` may become ``kind:``.

    Call it only for a text without matches: a word that matches is an ordinary word.
    """
    last = re.search(r"(?:^|[\s(])-?([a-z]{2,})$", text, re.IGNORECASE)
    fields = [field for field in BY_NAME.values() if last and field.name.startswith(last[1].lower())]
    return (Hint(TYPING, f"{fields[0].name}: {fields[0].help}"),) if fields else ()


class _Group:
    """An open parenthesis, or the whole query; ``field`` is the field that its words are searched in."""

    def __init__(self, start: int, negated: bool, field: str = "") -> None:
        self.start, self.negated, self.field = start, negated, field
        self.alternatives: list[list[Node]] = [[]]

    def node(self) -> Node:
        every = [all_of(nodes) for nodes in self.alternatives if nodes]
        node = any_of(every) if every else All()
        return Not(node) if self.negated and node != All() else node


class _Parser:
    """Parses one text from left to right.

    ``stack`` has the open parentheses, the whole query first; ``pending`` the positions of the ``NOT`` and ``AND``
    before the next term; ``closing`` the quotes and parentheses missing at the end.
    """

    def __init__(self, text: str) -> None:
        self.text = syntax.with_plain_signs(text)
        self.hints: list[Hint] = []
        self.conditions = Conditions(self.hint)
        self.spans: list[Span] = []
        self.stack = [_Group(0, False)]
        self.terms = 0
        self.closing = ""
        self.pending: dict[str, int] = {}
        self.has_year = "19" in self.text or "20" in self.text
        self.compares = any(sign in self.text for sign in "<>=≥≤")

    def hint(self, type: HintType, message: str) -> None:
        self.hints.append(Hint(type, message))

    def query(self) -> Query:
        if reference := _reference(self.text):
            return Query(reference, spans=(Span(0, len(self.text), reference),), is_blank=False)
        at = self.skip_options()
        while at < len(self.text):
            if self.text[at].isspace():
                at += 1
            elif self.terms >= MAX_TERMS:
                self.hint(WRONG, f"only the first {MAX_TERMS} terms are used")
                break
            else:
                at = self.token(at)
        self.finish()
        top = self.stack[0]
        if self.text.strip() and not self.hints and top.node() == All():
            self.hint(TYPING, "no word to search for yet")
        spans = tuple(self.spans) if len(top.alternatives) == 1 else ()
        return Query(top.node(), tuple(dict.fromkeys(self.hints)), spans, self.closing, not self.text.strip())

    def skip_options(self) -> int:
        """Skip the options of grep at the beginning; return where the query begins."""
        at = len(self.text) - len(self.text.lstrip())
        while self.text.startswith("-", at) and (match := syntax.OPTION.match(self.text, at)):
            if "v" in match[0]:
                self.pending["NOT"] = at
                self.hint(REPLACED, f"{match[0]} is read as NOT; -word also excludes a word")
            else:
                self.hint(REPLACED, f"{match[0]} is ignored: case never matters, and -word excludes a word")
            at = match.end() + 1
        return at

    def finish(self) -> None:
        """Close the open parentheses, with hints for what is missing at the end."""
        if "NOT" in self.pending:
            self.hint(TYPING, "NOT excludes the word after it, e.g. NOT survey")
        elif "AND" in self.pending:
            self.hint(TYPING, "AND needs a second term")
        elif not self.stack[-1].alternatives[-1] and len(self.stack[-1].alternatives) > 1:
            self.hint(TYPING, "OR needs a second term")
        if len(self.stack) > 1:
            self.hint(TYPING, ") is missing")
            self.closing += ")" * (len(self.stack) - 1)
        while len(self.stack) > 1:
            self.close(len(self.text))

    def token(self, at: int) -> int:
        """Parse the token at ``at``; return where the next one may begin."""
        text = self.text
        if text[at] in "OANWPBEM|&+" and (end := self.operator(at)):
            return end
        if text[at] == ")":
            if len(self.stack) > 1:
                self.close(at + 1)
            return at + 1
        start = min([at, *self.pending.values()]) if self.pending else at
        if text[at] in ";,&?/" and (at == 0 or text[at] != "/") and syntax.BEGINS_FIELD.match(text, at + 1):
            return at + 1
        if text.startswith("--", at) and text[at + 2 : at + 3].strip("- "):
            at += 1
        negated = text[at] in "-!" and at + 1 < len(text) and not text[at + 1].isspace()
        plus = text[at] == "+" and bool(re.match(r'[\w"(]', text[at + 1 : at + 2]))
        at += negated or plus
        if self.pending:
            negated ^= "NOT" in self.pending
            self.pending.clear()
        match = syntax.GROUP.match(text, at) if "(" in text else None
        opens = match.end() - 1 if match else at
        if text[opens : opens + 1] == "(":
            if len(self.stack) > MAX_DEPTH:
                self.hint(WRONG, "parentheses are nested too deeply")
            else:
                field = EVERY_NAME[match[1].lower()].name if match and match[1] else self.stack[-1].field
                self.stack.append(_Group(start, negated, field))
            return opens + 1
        return self.condition(start, at, negated)

    def operator(self, at: int) -> int:
        """Parse the operator at ``at``; return where it ends, or 0 if there is none."""
        if match := syntax.OR.match(self.text, at):
            self.start_alternative()
        elif match := syntax.AND.match(self.text, at):
            self.expect_term(at)
        elif match := syntax.NOT.match(self.text, at):
            self.pending.setdefault("NOT", at)
            if "NOT" not in match[0]:
                self.hint(REPLACED, f"{match[0]} is read as NOT; in lower case it is an ordinary word")
        elif self.stack[-1].alternatives[-1] and (match := syntax.NEAR.match(self.text, at)):
            self.expect_term(at)
            self.hint(REPLACED, f"{match[0]} is read as AND; the distance between words is ignored")
        return match.end() if match else 0

    def start_alternative(self) -> None:
        """Start the next alternative of the innermost parenthesis, after ``OR``."""
        self.pending.clear()
        alternatives = self.stack[-1].alternatives
        if alternatives[-1]:
            alternatives.append([])
        elif len(alternatives) == 1:
            self.hint(WRONG, 'OR needs a term before it; "or" in lower case is an ordinary word')

    def expect_term(self, at: int) -> None:
        """Note the ``AND`` at ``at``, which needs a term after it."""
        if self.stack[-1].alternatives[-1]:
            self.pending.setdefault("AND", at)
        else:
            self.hint(WRONG, 'AND needs a term before it; "and" in lower case is an ordinary word')

    def close(self, end: int) -> None:
        """Close the innermost parenthesis, which ends at ``end``."""
        self.pending.clear()
        group = self.stack.pop()
        self.add(group.node(), group.start, end)

    def add(self, node: Node, start: int, end: int) -> None:
        """Add a condition, the text from ``start`` to ``end``, to the innermost parenthesis."""
        if node == All():
            return
        if len(self.stack) == 1:
            self.spans.append(Span(start, end, node))
        self.stack[-1].alternatives[-1].append(node)

    def condition(self, start: int, at: int, negated: bool) -> int:
        """Parse the condition at ``at``, whose operators begin at ``start``; return where it ends."""
        if ":" in self.text and (end := self.skip_unsupported(at)):
            return end
        node, end, is_negated = self.term(at)
        if node is not None:
            self.terms += 1
            negated ^= is_negated
            # A condition that cannot be parsed excludes nothing.
            if not (negated and node == Any(())):
                self.add(Not(node) if negated else node, start, end)
            field = self.stack[-1].field
            if field and self.text[end - 1] == "," and BY_NAME[field].type in (*CHOICES, YEAR):
                self.start_alternative()  # ``kind:(dataset, survey)``
        return end

    def skip_unsupported(self, at: int) -> int:
        """Skip a condition of other tools that has no meaning here; return where it ends, or 0 if there is none."""
        if match := syntax.UNSUPPORTED.match(self.text, at):
            self.hint(
                WRONG, f"{match[1]}: is not part of a query; press s to sort, or use --sort and --limit in the shell"
            )
        elif match := syntax.SEARCHED_PART.match(self.text, at):
            self.hint(REPLACED, f"{match[0]} is ignored; title:liver searches titles, liver searches everywhere")
        return match.end() if match else 0

    def term(self, at: int) -> tuple[Node | None, int, bool]:
        """The condition that begins at ``at``, where it ends, and whether it is negated (``!=``)."""
        text = self.text
        if identified := _identified(text, at):
            return *identified, False
        if (self.has_year or self.compares) and (years := years_at(text, at, self.compares, self.hint)):
            return years
        field, is_negated = self.stack[-1].field, False
        if (
            (":" in text and (match := syntax.FIELD.match(text, at)))
            or (self.compares and (match := syntax.EQUAL.match(text, at)))
            or (any(sign in text for sign in _BEFORE_VALUE) and (match := syntax.SPACED_COLON.match(text, at)))
        ):
            name, sign = [group for group in match.groups() if group] if match.lastindex != 1 else (match[1], ":")
            field = EVERY_NAME[name.lower()].name
            is_negated = sign in ("!=", "<>")
            at, is_not = self.value_begins(field, match.end())
            is_negated ^= is_not
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
            return *name, is_negated
        if text[at : at + 1] == '"':
            value, end = self.quoted(at)
            if field and syntax.NEXT_QUOTED.match(text, end):
                return *self.quoted_values(field, value, end), is_negated
            tag_field = self.tag(end)
        elif "[" in text and (match := syntax.NAME_BEFORE_TAG.match(text, at)) and self.tag(match.end()) == "author":
            value, end, tag_field = match[1], match.end(), "author"
        else:
            end = at + _word_length(text, at)
            has_separator = field and any(sign in text[at:end] for sign in ";,&?")
            if has_separator and (separator := syntax.SEPARATOR.compiled.search(text, at, end)):
                end = separator.start()
            if field and BY_NAME[field].type in (*CHOICES, YEAR) and (more := syntax.OTHER_VALUES.match(text, end)):
                end = more.end()
            start = text.rfind("[", at, end)
            tag_field = self.tag(start) if start > at else None
            value, end = text[at : start if tag_field is not None else end], start if tag_field is not None else end
            read = self.conditions.word
        if tag_field is not None and value:
            return read(tag_field or field, value), text.index("]", end) + 1, is_negated
        return read(field, value), end, is_negated

    def initials(self, at: int) -> tuple[Node | None, int] | None:
        """The condition for a name with initials or followed by "et al.", and where it ends; None if it is no name."""
        if match := syntax.ET_AL.match(self.text, at):
            return self.conditions.names(match[1].replace(",", " ")), match.end()
        if match := syntax.INITIALS.match(self.text, at):
            return self.conditions.phrase("", match[0]), match.end()
        return None

    def tag(self, at: int) -> str | None:
        """The field of a tag in brackets at ``at``: empty if it searches everywhere, None if there is no tag."""
        match = syntax.TAG.match(self.text, at)
        return dialects.field_of_tag(match[1], {name: row.name for name, row in EVERY_NAME.items()}) if match else None

    def value_begins(self, field: str, at: int) -> tuple[int, bool]:
        """Where the value of a field begins whose colon ends at ``at`` (a space may follow), and whether a sign before
        the value negates it (``kind:!survey``)."""
        text = self.text
        space = _SPACE_AND_VALUE.match(text, at)
        if space and not syntax.FIELD.match(text, space.end()) and not self.operator_at(space.end()):
            at = space.end()
        is_not = text[at : at + 1] == "!" or (text[at : at + 1] == "-" and BY_NAME[field].type in CHOICES)
        if is_not and text[at + 1 : at + 2] and not text[at + 1].isspace():
            return at + 1, True
        return at, False

    def operator_at(self, at: int) -> bool:
        """Whether there is an operator at ``at``."""
        return any(sign.match(self.text, at) for sign in (syntax.OR, syntax.AND, syntax.NOT))

    def unknown_field(self, name: str) -> None:
        """Add a hint for a field that does not exist, with the most similar one that does."""
        from mum_tui.search.spelling import closest

        near = [other for other in closest(name.lower(), list(BY_NAME)) if len(other) > 2 and other[:1] == name[:1]]
        more = f" (did you mean {BY_NAME[near[0]].name}:?)" if near else "; it is searched for as a word"
        self.hint(WRONG, f"there is no field {name}{':' if near else ''}{more}")

    def quoted(self, at: int) -> tuple[str, int]:
        """The text in the quotes that open at ``at``, and where they end."""
        end = self.text.find('"', at + 1)
        if end >= 0:
            slop = syntax.SLOP.match(self.text, end + 1)
            return self.text[at + 1 : end], slop.end() if slop else end + 1
        self.hint(TYPING, 'the closing " is missing')
        self.closing = '"' + self.closing
        return self.text[at + 1 :], len(self.text)

    def quoted_values(self, field: str, value: str, end: int) -> tuple[Node | None, int]:
        """The condition that a field has one of several quoted values, and where the last one ends. The first is
        ``value``, which ends at ``end``."""
        every = [self.conditions.phrase(field, value)]
        while match := syntax.NEXT_QUOTED.match(self.text, end):
            value, end = self.quoted(match.end())
            every.append(self.conditions.phrase(field, value))
        conditions = [condition for condition in every if condition is not None]
        return any_of(conditions) if conditions else None, end


def _reference(text: str) -> Node | None:
    """The condition for the works that a pasted reference names; None if the text is no reference."""
    if syntax.PASTED.match(text) or len(text.split(maxsplit=syntax.REFERENCE_WORDS)) >= syntax.REFERENCE_WORDS:
        identified = identifiers.named_in(text[:_MAX_REFERENCE])
        if identified:
            return any_of([Identified(identifier) for identifier in identified[:MAX_TERMS]])
    return None


def _identified(text: str, at: int) -> tuple[Node, int] | None:
    """The condition for the works that a pasted identifier at ``at`` names, and where it ends; None if there is no
    identifier, or if it may be an ordinary word."""
    match = syntax.IDENTIFIED.match(text, at) if text[at] in "aAdDeEuU\\[:" else None
    end = match.end() if match else at + _word_length(text, at)
    written = text[at:end]
    if not match and (written.isalpha() or not TELLING.search(written)):
        return None
    identified = identifiers.read(written) or identifiers.read(written.rstrip(",;."))
    return (any_of([Identified(identifier) for identifier in identified]), end) if identified else None


def _word_length(text: str, at: int) -> int:
    """The length of the word at ``at``: up to the next space, bar, or parenthesis that it did not open."""
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


_MAX_REFERENCE = 20_000
"""The most characters of a pasted reference that are searched for identifiers."""

_SPACE_AND_VALUE = Pattern(r"\s+(?=[\w\"<>≥≤=])")
_BEFORE_VALUE = (" :", " ~", " contains ", " includes ", " like ", " LIKE ")
"""The signs between a field and its value when there are spaces around them."""
