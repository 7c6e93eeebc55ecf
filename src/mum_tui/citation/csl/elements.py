"""What all rendering elements share, and the simple ones: text, number, label, group, choose."""

from collections.abc import Callable, Sequence

from . import numbers, textcase
from .conditions import Condition
from .context import ALIASES, COMPUTED, Context
from .markup import parse
from .punctuation import MET, joined
from .spans import Formatting, Leaf, Part, Span, leaves, of_kind
from .xml import Node, StyleError

CALLED, KEPT, FILLED = 1, 2, 3
"""What elements met: variables, all empty; none, but they keep their group; a variable with a value. These add up."""
_MOST_STEPS = 20_000
_FORMATS = ("font-style", "font-variant", "font-weight", "text-decoration", "vertical-align")


def formatting_of(node: Node) -> Formatting:
    """The formatting attributes of an element."""
    return tuple((name, node.attributes[name]) for name in _FORMATS if name in node.attributes)


class Element:
    """A rendering element: variable, affixes, formatting, text case, quotes, display.

    of_terms: prints terms, of which "title" makes a capital in every language. wanted: variables one of which must be
    there for it to print more than words, None where that cannot be said. calls: it always calls a variable.
    """

    of_terms = False
    wanted: frozenset[str] | None = frozenset()
    calls = False

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
        quotes = self.quotes or self.plain_quotes
        self._decorates = bool(self.formatting or self.text_case or self.strip_periods or quotes)
        self.bare = not (self._decorates or self.prefix or self.suffix or self.display)
        apart = self.prefix[-1:].isalnum() or self.suffix[:1].isalnum() or self.suffix.isspace()
        self._merges = not (self._decorates or self.display or apart)
        if self.calls:
            names = {self.variable, f"{self.variable}-short"}
            names |= {ALIASES[name] for name in names if name in ALIASES}
            self.wanted = None if self.variable in COMPUTED else frozenset(names)

    def render(self, context: Context, out: list[Part]) -> int:
        """Appends what the element prints for the context's item; returns what it met: CALLED, KEPT, FILLED or 0."""
        raise NotImplementedError

    def of_type(self, kind: str) -> "list[Element]":
        """What the element comes down to for items of a type."""
        return [self]

    def dress(self, context: Context, parts: list[Part], out: list[Part]) -> None:
        """Appends these parts, a list of their own, with the element's attributes applied, if there are any."""
        if self.bare or not parts:
            out += parts if len(parts) < 2 else [Span(parts)]
            return
        if self._decorates:
            parts = self.decorated(context, parts)
        elif self._merges and len(parts) == 1 and isinstance(leaf := parts[0], Leaf) and _is_word(leaf):
            leaf.text = f"{self.prefix}{leaf.text}{self.suffix}"
            out.append(leaf)
            return
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


def _is_word(leaf: Leaf) -> bool:
    """Whether affixes may stand in one leaf with this: nothing changes where they meet, nor later in it alone."""
    text = leaf.text
    return bool(text) and not leaf.role and not leaf.exact and text[0] not in MET and text[-1] not in MET


def all_wanted(elements: "Sequence[Element]") -> frozenset[str] | None:
    """What elements want together."""
    wanted = {element.wanted for element in elements}
    return None if None in wanted else frozenset(name for names in wanted for name in names or ())


def of_type(elements: "Sequence[Element]", kind: str) -> list[Element]:
    """What elements come down to for items of a type."""
    return [rest for element in elements for rest in element.of_type(kind)]


class Value(Element):
    """cs:text value="…"."""

    def __init__(self, node: Node) -> None:
        super().__init__(node)
        self.value = node.get("value")

    def render(self, context: Context, out: list[Part]) -> int:
        if self.value:
            self.dress(context, parse(self.value), out)
        return 0


class Term(Element):
    """cs:text term="…"."""

    of_terms = True

    def __init__(self, node: Node) -> None:
        super().__init__(node)
        self.term = node.get("term")
        self.plural = node.get("plural") == "true"

    def render(self, context: Context, out: list[Part]) -> int:
        text = context.locale.term(self.term, self.form, self.plural)
        if text:
            self.dress(context, [Leaf(text.replace("'", "’"), "term")], out)
        return 0


class Variable(Element):
    """cs:text variable="…"."""

    calls = True

    def render(self, context: Context, out: list[Part]) -> int:
        parts = context.variable_parts(self.variable, self.form)
        if parts:
            self.dress(context, parts, out)
            return FILLED
        return 0 if self.variable == "year-suffix" else CALLED


class Group(Element):
    """cs:group, and cs:text macro="…": nothing where it calls variables and all are empty."""

    name = ""

    def __init__(self, node: Node, children: list[Element]) -> None:
        super().__init__(node)
        self.take(children)

    def take(self, children: list[Element]) -> None:
        """Gives the group its children."""
        self.children = children
        self.calls = any(child.calls for child in children)
        self.wanted = all_wanted(children) if self.calls else None
        self._of_type: dict[str, tuple[list[Element], Group]] = {}

    def render(self, context: Context, out: list[Part]) -> int:
        item = context.item
        if self.wanted is not None and self.wanted.isdisjoint(item.present):
            return CALLED
        children, inner = self._of_type.get(item.type) or self.children_of_type(item.type)
        if self.name:
            context.steps += 1
            if context.steps > _MOST_STEPS:
                raise StyleError("has macros that call each other too often")
        parts: list[Part] = []
        met = 0
        for child in children:
            met |= child.render(context, parts)
        if parts and met != CALLED:
            if len(parts) == 1 and inner.bare:
                out += parts
            else:
                inner.dress(context, joined(parts, inner.delimiter), out)
            return FILLED
        # As other processors have it, a macro that calls no variable keeps the group around it.
        return CALLED if met & CALLED else KEPT if self.name else 0

    def children_of_type(self, kind: str) -> "tuple[list[Element], Group]":
        """The children for items of a type, and the group that dresses them: one alone in a bare group does."""
        children = of_type(self.children, kind)
        only = children[0] if self.bare and len(children) == 1 else None
        self._of_type[kind] = only.children_of_type(kind) if type(only) is Group else (children, self)
        return self._of_type[kind]


class Macro(Group):
    """cs:text macro="…". The macro is looked up when it is first rendered."""

    def __init__(self, node: Node, find: "Callable[[str], list[Element]]") -> None:
        super().__init__(node, [])
        self.name = node.get("macro")
        self.delimiter = ""
        self._find: Callable[[str], list[Element]] | None = find

    def children_of_type(self, kind: str) -> tuple[list[Element], Group]:
        if self._find is not None:
            self.take(self._find(self.name))
            self._find = None
        return super().children_of_type(kind)


_Branch = tuple[Condition | None, list[Element]]


class Choose(Element):
    """cs:choose: the children of the first branch whose conditions hold."""

    def __init__(self, node: Node, branches: list[_Branch]) -> None:
        super().__init__(node)
        self.branches = branches
        self._of_type: dict[str, list[Element]] = {}
        otherwise = bool(branches) and branches[-1][0] is None
        self.calls = otherwise and all(any(child.calls for child in children) for _, children in branches)
        counts = any(condition is not None and condition.counts for condition, _ in branches)
        self.wanted = None if counts else all_wanted([child for _, children in branches for child in children])

    def render(self, context: Context, out: list[Part]) -> int:
        met = 0
        for condition, children in self.branches:
            if condition is None or condition.holds(context):
                for child in children:
                    met |= child.render(context, out)
                break
        return met

    def of_type(self, kind: str) -> list[Element]:
        if kind not in self._of_type:
            self._of_type[kind] = self._settled(kind)
        return self._of_type[kind]

    def _settled(self, kind: str) -> list[Element]:
        branches: list[_Branch] = []
        for condition, children in self.branches:
            holds = condition is None or condition.settled(kind)
            if holds and not branches:
                return of_type(children, kind)
            if holds is not False:
                branches.append((None if holds else condition, of_type(children, kind)))
            if holds:
                break
        return [Choose(Node("choose", {}), branches)] if branches else []


class Number(Element):
    """cs:number."""

    calls = True

    def render(self, context: Context, out: list[Part]) -> int:
        text = context.text(self.variable)
        if not text:
            return CALLED
        context.use(self.variable)
        if self.variable in ("page", "locator", "page-first"):
            self.dress(context, context.variable_parts(self.variable, "long"), out)
        elif not numbers.is_numeric(text):
            self.dress(context, [Leaf(text)] if any(map(str.isdigit, text)) else parse(text), out)
        elif context.sorting:
            out.append(Leaf(numbers.padded(text)))
        else:
            term = context.locale.find(self.variable, "long")
            text = numbers.formatted(text, self.form, context.locale, term.gender if term else "")
            self.dress(context, [Leaf(context.range_dashes(self.variable, text))], out)
        return FILLED


class Label(Element):
    """cs:label. first: it stands before the names it belongs to."""

    of_terms = True

    def __init__(self, node: Node, first: bool = False) -> None:
        super().__init__(node)
        self.first = first
        self.plural = node.get("plural", "contextual")

    def render(self, context: Context, out: list[Part]) -> int:
        text = context.text(self.variable)
        if text:
            term = context.locator_label if self.variable == "locator" else self.variable
            self.add_term(context, term, numbers.is_plural(self.variable, text, context.locale.term("and")), out)
        return 0

    def add_term(self, context: Context, term: str, several: bool, out: list[Part]) -> None:
        """Appends a term for one or several of what the label stands beside; nothing where the term is unknown."""
        plural = self.plural == "always" or (self.plural == "contextual" and several)
        text = context.locale.term(term, self.form, plural)
        if text:
            self.dress(context, [Leaf(text)], out)
