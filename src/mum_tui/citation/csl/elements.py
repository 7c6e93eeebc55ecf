"""What all rendering elements share, and the simple ones: text, number, label, group, choose."""

from collections.abc import Callable, Iterable

from . import numbers, textcase
from .conditions import Condition
from .context import _ALIASES, COMPUTED, Context
from .markup import parse
from .spans import Formatting, Leaf, Part, Span, joined, leaves, of_kind
from .xml import Node

_FORMATS = ("font-style", "font-variant", "font-weight", "text-decoration", "vertical-align")


def formatting_of(node: Node) -> Formatting:
    """The formatting attributes of an element."""
    return tuple((name, node.attributes[name]) for name in _FORMATS if name in node.attributes)


Wants = tuple[frozenset[str], bool]
"""Variables of which one must be there for an element to print more than words, and whether it always calls one."""
_WORDS: Wants = (frozenset(), False)
_OFTEN = 12
"""After so many times it pays to know what an element wants."""


def wants_of(elements: "Iterable[Element]") -> Wants | None:
    """What elements want together."""
    variables: frozenset[str] = frozenset()
    calls = False
    for element in elements:
        wants = element.wants()
        if wants is None:
            return None
        variables |= wants[0]
        calls = calls or wants[1]
    return variables, calls


class Element:
    """A rendering element: variable, affixes, formatting, text case, quotes, display.

    of_terms: prints terms, whose first letter "title" makes a capital in every language.
    """

    of_terms = False

    def __init__(self, node: Node) -> None:
        get = node.attributes.get
        self.variable = get("variable", "")
        self.form = get("form", "long")
        self.prefix = get("prefix", "")
        self.suffix = get("suffix", "")
        self.formatting = formatting_of(node)
        self.text_case = get("text-case", "")
        self.quotes = get("quotes") == "true"
        self.plain_quotes = get("quotes") == "false"
        self.strip_periods = get("strip-periods") == "true"
        self.display = get("display", "")
        self.delimiter = get("delimiter", "")
        self._decorates = bool(
            self.formatting or self.text_case or self.strip_periods or self.quotes or self.plain_quotes
        )
        self._bare = not (self._decorates or self.prefix or self.suffix or self.display)

    def render(self, context: Context, out: list[Part]) -> None:
        """Appends what the element prints for the context's item."""
        raise NotImplementedError

    def wants(self) -> Wants | None:
        """See `Wants`; None where it cannot be said."""
        return None

    def dress(self, context: Context, parts: list[Part], out: list[Part]) -> None:
        """Appends these parts, a list of their own, with the element's attributes applied, if there are any."""
        if not parts:
            return
        if self._bare:
            out.append(parts[0] if len(parts) == 1 else Span(parts))
            return
        if self._decorates:
            parts = self.decorated(context, parts)
        if self.prefix:
            parts.insert(0, Leaf(self.prefix))
        if self.suffix:
            parts.append(Leaf(self.suffix))
        out.append(parts[0] if len(parts) == 1 and not self.display else Span(parts, display=self.display))

    def decorated(self, context: Context, parts: list[Part]) -> list[Part]:
        """The parts with periods stripped, in the text case, quotes and formatting of the element."""
        if self.strip_periods:
            for leaf in leaves(parts):
                leaf.text = leaf.text.replace(".", "")
        if self.text_case:
            case = self.text_case
            if case == "title" and not context.stop_words and self.of_terms:
                case = "capitalize-first"
            textcase.apply(case, parts, context.stop_words, context.item.language)
        if self.plain_quotes:
            for span in of_kind(parts, "curly"):
                span.kind = ""
        if self.formatting:
            parts = [Span(parts, self.formatting)]
        if self.quotes:
            parts = [Span(parts, quoted=True)]
        return parts


def variable_wants(variable: str) -> Wants | None:
    """What an element wants that prints a variable."""
    if variable in COMPUTED:
        return None
    names = (variable, f"{variable}-short")
    return frozenset((*names, *(_ALIASES.get(name, name) for name in names))), True


class Value(Element):
    """cs:text value="…"."""

    def __init__(self, node: Node) -> None:
        super().__init__(node)
        self.value = node.get("value")

    def wants(self) -> Wants | None:
        return _WORDS

    def render(self, context: Context, out: list[Part]) -> None:
        if self.value:
            self.dress(context, parse(self.value), out)


class Term(Element):
    """cs:text term="…"."""

    of_terms = True

    def __init__(self, node: Node) -> None:
        super().__init__(node)
        self.term = node.get("term")
        self.plural = node.get("plural") == "true"

    def wants(self) -> Wants | None:
        return _WORDS

    def render(self, context: Context, out: list[Part]) -> None:
        text = context.locale.term(self.term, self.form, self.plural)
        if text:
            self.dress(context, [Leaf(text.replace("'", "’"), "term")], out)


class Variable(Element):
    """cs:text variable="…"."""

    def wants(self) -> Wants | None:
        return variable_wants(self.variable)

    def render(self, context: Context, out: list[Part]) -> None:
        context.called = context.called or self.variable != "year-suffix"
        parts = context.variable_parts(self.variable, self.form)
        if parts:
            context.nonempty = True
            self.dress(context, parts, out)


_Branch = tuple[Condition | None, list[Element]]


class Group(Element):
    """cs:group, and cs:text macro="…": nothing where it calls variables and all are empty."""

    name = ""

    def __init__(self, node: Node, children: list[Element]) -> None:
        super().__init__(node)
        self.children = children
        self._times = 0
        self._wanted: frozenset[str] | None = None

    def wants(self) -> Wants | None:
        if self._times < 0:
            return None
        times, self._times = self._times, -1
        wants = wants_of(self.children)
        self._times = times
        return wants if wants is not None and wants[1] else None

    def render(self, context: Context, out: list[Part]) -> None:
        if self._wanted is not None:
            if self._wanted.isdisjoint(context.item.values):
                context.called = True
                return
        elif self._times < _OFTEN:
            self._times += 1
            if self._times == _OFTEN and (wants := self.wants()) is not None:
                self._wanted = wants[0]
        if self.name:
            context.enter(self.name)
        called, nonempty = context.called, context.nonempty
        context.called = context.nonempty = False
        parts: list[Part] = []
        for child in self.children:
            child.render(context, parts)
        if self.name:
            context.macros.pop()
        if parts and (context.nonempty or not context.called):
            context.called = context.nonempty = True
            if self.delimiter and len(parts) > 1:
                parts = joined(parts, self.delimiter)
            self.dress(context, parts, out)
            return
        # As other processors have it, a macro that calls no variable keeps the group around it.
        context.nonempty = context.nonempty or nonempty or (self.name != "" and not context.called)
        context.called = context.called or called


class Macro(Group):
    """cs:text macro="…". The macro is looked up when it is first rendered."""

    def __init__(self, node: Node, find: "Callable[[str], list[Element]]") -> None:
        super().__init__(node, [])
        self.name = node.get("macro")
        self.delimiter = ""
        self._find = find

    def wants(self) -> Wants | None:
        self.children = self.children or self._find(self.name)
        return super().wants()

    def render(self, context: Context, out: list[Part]) -> None:
        if not self._times:
            self.children = self._find(self.name)
        super().render(context, out)


class Choose(Element):
    """cs:choose: the children of the first branch whose conditions hold."""

    def __init__(self, node: Node, branches: list[_Branch]) -> None:
        super().__init__(node)
        self.branches = branches
        self._of_type: dict[str, list[_Branch]] = {}

    def render(self, context: Context, out: list[Part]) -> None:
        kind = context.item.type
        branches = self._of_type.get(kind)
        if branches is None:
            branches = self._of_type[kind] = self._open_to(kind)
        for condition, children in branches:
            if condition is None or condition.holds(context):
                for child in children:
                    child.render(context, out)
                return

    def wants(self) -> Wants | None:
        branches = [wants_of(children) for condition, children in self.branches]
        if any(condition is not None and condition.counts for condition, _ in self.branches):
            return None
        found = [wants for wants in branches if wants is not None]
        if len(found) < len(branches):
            return None
        otherwise = bool(branches) and self.branches[-1][0] is None
        return frozenset().union(*(wants[0] for wants in found)), otherwise and all(wants[1] for wants in found)

    def _open_to(self, kind: str) -> list[_Branch]:
        """The branches that may hold for items of a type, without conditions that do."""
        branches: list[_Branch] = []
        for condition, children in self.branches:
            holds = condition is None or condition.settled(kind)
            if holds is not False:
                branches.append((None if holds else condition, children))
            if holds:
                break
        return branches


class Number(Element):
    """cs:number."""

    def wants(self) -> Wants | None:
        return variable_wants(self.variable)

    def render(self, context: Context, out: list[Part]) -> None:
        context.called = True
        text = context.text(self.variable)
        if not text:
            return
        context.nonempty = True
        context.use(self.variable)
        if self.variable in ("page", "locator", "page-first"):
            self.dress(context, context.variable_parts(self.variable, "long"), out)
            return
        if not numbers.is_numeric(text):
            self.dress(context, [Leaf(text)] if any(map(str.isdigit, text)) else parse(text), out)
            return
        if context.sorting:
            out.append(Leaf(numbers.padded(text)))
            return
        term = context.locale.find(self.variable, "long")
        text = numbers.formatted(text, self.form, context.locale, term.gender if term else "")
        self.dress(context, [Leaf(context.range_dashes(self.variable, text))], out)


class Label(Element):
    """cs:label."""

    of_terms = True

    def __init__(self, node: Node) -> None:
        super().__init__(node)
        self.plural = node.get("plural", "contextual")

    def wants(self) -> Wants | None:
        return _WORDS

    def render(self, context: Context, out: list[Part]) -> None:
        text = context.text(self.variable)
        if text:
            term = context.locator_label if self.variable == "locator" else self.variable
            self.add_term(context, term, numbers.is_plural(self.variable, text, context.locale.term("and")), out)

    def add_term(self, context: Context, term: str, several: bool, out: list[Part]) -> None:
        """Appends a term for one or several of what the label stands beside; nothing where the term is unknown."""
        plural = self.plural == "always" or (self.plural == "contextual" and several)
        text = context.locale.term(term, self.form, plural)
        if text:
            self.dress(context, [Leaf(text)], out)
