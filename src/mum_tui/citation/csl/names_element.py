"""cs:names: lists of names with et-al abbreviation, labels and substitution."""

from typing import NamedTuple

from .context import Context
from .elements import CALLED, FILLED, Choose, Element, Label, Term, Value, all_wanted
from .name_format import NameFormat, NameOptions
from .names import OTHERS, Name, is_eastern
from .punctuation import joined
from .spans import Leaf, Part, Span, text_of
from .xml import Node


class NameList(NamedTuple):
    """A list of names that is printed: its place among those of the item, how many names it shows, and of which."""

    at: int
    shown: int
    names: tuple[Name, ...]
    form: NameFormat


class NamesElement(Element):
    """cs:names."""

    def __init__(
        self, node: Node, options: NameOptions, et_al: Term, label: Label | None, substitute: list[Element]
    ) -> None:
        super().__init__(node)
        self.variables = node.get("variable").split()
        self.options = options
        self.format = NameFormat(options)
        self.et_al = et_al
        self.label = label
        self.substitute = substitute
        self.delimiter = self.delimiter or options.names_delimiter
        self.calls = True
        worded = any(isinstance(element, Term | Value) for element in substitute)
        self.wanted = None if worded else all_wanted(substitute)
        if self.wanted is not None:
            self.wanted |= frozenset(self.variables)

    def render(self, context: Context, out: list[Part]) -> int:
        lists = self._lists(context)
        if not lists:
            return CALLED | self._substitute(context, out)
        if context.sorting:
            shown = [self._list(context, names, 0) for _, names, _ in lists]
            if self.options.counts:
                shown = [[Leaf(str(self._total(shown)).zfill(6))]]
            out.append(Span(joined([Span(parts) for parts in shown if parts], " ")))
            return FILLED
        blocks: list[Part] = []
        for _, names, term in lists:
            at = context.names_at
            context.names_at += 1
            context.names_shown = 0
            parts = self._list(context, names, at)
            if not parts:
                continue
            told = NameList(at, context.names_shown, names, self.format)
            block: list[Part] = [Span(parts, kind="name-list", value=told)]
            if self.label is not None and not self.options.counts:
                label: list[Part] = []
                self.label.add_term(context, term, len(names) > 1, label)
                block = [*label, *block] if self.label.first else [*block, *label]
            blocks.append(block[0] if len(block) == 1 else Span(block))
        if context.names_hidden() or not blocks:
            return FILLED
        if self.options.counts:
            total = self._total([[block] for block in blocks])
            out += [Leaf(str(total))] if total else []
        else:
            self.dress(context, [Span(joined(blocks, self.delimiter), kind="names")], out)
        return FILLED

    def _total(self, counts: list[list[Part]]) -> int:
        """The numbers of names of all lists added up."""
        return sum(int(text_of(parts) or 0) for parts in counts)

    def _lists(self, context: Context) -> list[tuple[str, tuple[Name, ...], str]]:
        """Variable, names and label term of each list to print; equal editors and translators are one list."""
        lists = [(variable, names, variable) for variable in self.variables if (names := context.names(variable))]
        if len(lists) == 2 and {lists[0][0], lists[1][0]} == {"editor", "translator"} and lists[0][1] == lists[1][1]:
            term = "editortranslator"
            if self.label is None or context.locale.term(term, self.label.form):
                lists = [(lists[0][0], lists[0][1], term)]
        return lists

    def _substitute(self, context: Context, out: list[Part]) -> int:
        met, waiting = 0, self.substitute[::-1]
        while waiting:
            element = waiting.pop()
            if isinstance(element, Choose):  # each child of its branch may stand in
                fit = (children for test, children in element.branches if test is None or test.holds(context))
                waiting += next(fit, [])[::-1]
                continue
            context.begin_substitute()
            parts: list[Part] = []
            met |= element.render(context, parts)
            context.end_substitute(bool(parts))
            if context.first_names_hidden:
                break
            if parts:
                if isinstance(element, NamesElement):
                    self.dress(context, parts, out)
                elif not context.names_hidden():
                    self.dress(context, [Span(parts, kind="names")], out)
                break
            if isinstance(element, Term) and context.locale.find(element.term, element.form) is not None:
                break
        return met

    def _list(self, context: Context, names: tuple[Name, ...], at: int) -> list[Part]:
        """One list of names, cut as options, position and hints say; one that goes on has a name more than it gives."""
        options = self.options
        goes_on = names[-1] is OTHERS
        names = names[:-1] if goes_on else names
        least, first, use_last = context.et_al_limits(options)
        count = len(names)
        shown = first if least and count + goes_on >= least and count > first else count
        wanted = context.hints.shown.get(at)
        if wanted is not None and shown < count and not context.sorting:
            shown = min(max(shown, wanted), count)
        if options.counts:
            return [Leaf(str(shown))]
        if shown == 0:
            return []
        if not context.sorting:
            context.names_shown = shown
        truncated = shown < count or goes_on
        if context.sorting:
            printed = [*names[:shown], *(names[-1:] if truncated and use_last else ())]
            return [Leaf(" ".join([self.format.sort_text(context, name) for name in printed]))]
        if not truncated:
            return self._strung(context, names, at, self._before_last(context, names))
        together = self._strung(context, names[:shown], at, options.delimiter)
        if use_last and not goes_on and count >= shown + 2:
            level = context.hints.levels.get((at, count - 1), 0)
            last = Span(self.format.parts(context, names[-1], count - 1, level), kind="name")
            delimiter = options.delimiter if self._delimits(options.precedes_et_al, names, shown) else " "
            return [*together, Leaf(delimiter), Leaf("… "), last]
        return [*together, *self._et_al(context, names, shown)]

    def _strung(self, context: Context, names: tuple[Name, ...], at: int, before_last: str) -> list[Part]:
        """Names with delimiters between them: one text where they are nothing else."""
        options = self.options
        levels = context.hints.levels
        raised = [levels.get((at, place), 0) for place in range(len(names))] if levels else [0] * len(names)
        if options.plain:
            texts = [self.format.text(context, name, place, raised[place]) for place, name in enumerate(names)]
            if all(texts):
                last = texts.pop()
                return [Leaf(options.delimiter.join(texts) + before_last + last if texts else last)]
        parts = [self.format.parts(context, name, place, raised[place]) for place, name in enumerate(names)]
        spans: list[Part] = [Span(part, kind="name") for part in parts]
        together = joined(spans[:-1], options.delimiter)
        return [*together, *([Leaf(before_last)] if together and before_last else []), spans[-1]]

    def _et_al(self, context: Context, names: tuple[Name, ...], shown: int) -> list[Part]:
        term: list[Part] = []
        self.et_al.render(context, term)
        if not term:
            return []
        delimited = self._delimits(self.options.precedes_et_al, names, shown)
        gap = "" if is_eastern(text_of(term)[:1]) else " "
        return [Leaf(self.options.delimiter if delimited else gap), *term]

    def _delimits(self, rule: str, names: tuple[Name, ...], count: int) -> bool:
        """Whether the delimiter stands behind the first names, so many, by the rule of the style."""
        if rule == "after-inverted-name":
            return self.format.inverts(names[count - 1], count - 1)
        return rule == "always" or (rule == "contextual" and count > 1)

    def _before_last(self, context: Context, names: tuple[Name, ...]) -> str:
        """What stands before the last of all names."""
        options = self.options
        word = context.locale.term("and") if options.conjunction == "text" else "&" if options.conjunction else ""
        if not word or len(names) < 2:
            return options.delimiter
        between = options.delimiter if self._delimits(options.precedes_last, names, len(names) - 1) else " "
        if not between.endswith((" ", "\u00a0")):
            between += " "
        return f"{between}{word} "
