"""cs:date and cs:date-part."""

from . import numbers, textcase
from .context import Context
from .dates import OPEN, RANK, Date, Parts, sort_key
from .elements import CALLED, FILLED, Element, formatting_of
from .markup import parse
from .punctuation import joined
from .spans import Leaf, Part, Span
from .xml import Node

_SHOWN = {"year": frozenset(("year",)), "year-month": frozenset(("year", "month")), "year-month-day": frozenset(RANK)}


class DatePart(Element):
    """How one part is printed: the attributes of cs:date-part."""

    def __init__(self, node: Node) -> None:
        super().__init__(node)
        self.name = node.get("name")
        self.form = node.get("form", "long" if self.name != "day" else "numeric")
        self.range_delimiter = node.get("range-delimiter", "–")


class DateElement(Element):
    """cs:date, localized (form) or with parts of its own."""

    calls = True

    def __init__(self, node: Node) -> None:
        super().__init__(node)
        self.node = node
        self.form = node.get("form")
        self.shown = _SHOWN.get(node.get("date-parts", "year-month-day"), frozenset(RANK))
        self.own = [DatePart(part) for part in node.all("date-part")]
        self._parts_of: dict[str, tuple[list[DatePart], str, Node | None]] = {}

    def render(self, context: Context, out: list[Part]) -> int:
        if self.variable in context.suppressed or (context.comparing and self.variable == "accessed"):
            return CALLED
        date = context.item.dates.get(self.variable)
        if date is None:
            return CALLED
        context.use(self.variable)
        if date.start is None:
            literal = parse(date.literal)
            if len(self.own) == 1 and not self.form:
                literal = [Leaf(self.own[0].prefix), *literal, Leaf(self.own[0].suffix)]
            self.dress(context, literal, out)
            return FILLED
        parts, delimiter, localized = self._layout(context)
        if context.sorting:
            names = frozenset(part.name for part in parts)
            out.append(Leaf(sort_key(date, names)))
            return FILLED
        printed = _print(context, date, parts, delimiter)
        if not printed:
            return CALLED
        if localized is not None:
            printed = [Span(printed, formatting_of(localized))] if formatting_of(localized) else printed
            if localized.get("text-case") and not self.text_case:
                textcase.apply(localized.get("text-case"), printed, context.stop_words)
        self.dress(context, printed, out)
        return FILLED

    def _layout(self, context: Context) -> tuple[list[DatePart], str, Node | None]:
        """The parts to print and their delimiter; for a localized date those of the locale with the style's changes."""
        if not self.form:
            return self.own, self.delimiter, None
        lang = context.locale.lang
        if lang not in self._parts_of:
            node = context.locale.date(self.form)
            parts = []
            if node is not None:
                changes = {part.get("name"): part.attributes for part in self.node.all("date-part")}
                for part in node.all("date-part"):
                    if part.get("name") in self.shown:
                        own = changes.get(part.get("name"), {})
                        changed = {name: own[name] for name in own if name not in ("prefix", "suffix")}
                        parts.append(DatePart(Node("date-part", part.attributes | changed)))
            self._parts_of[lang] = (parts, node.get("delimiter") if node is not None else "", node)
        return self._parts_of[lang]


def _print(context: Context, date: Date, parts: list[DatePart], delimiter: str) -> list[Part]:
    start = date.start
    if start is None:
        return []
    end = date.end
    differs = date.differs_at() if end is not None else ""
    if not differs:
        return joined(_printed(context, start, parts), delimiter)
    if end == OPEN or end is None:
        rendered = joined(_printed(context, start, parts, cut=True), delimiter)
        year = next((part for part in parts if part.name == "year"), None)
        return [*rendered, Leaf(year.range_delimiter if year else "–")] if rendered else []
    shown = [part for part in parts if _value(start, part.name) or _value(end, part.name)]
    moving = [at for at, part in enumerate(shown) if RANK[part.name] <= RANK[differs]]
    if not moving or not any(_value(start, shown[at].name) != _value(end, shown[at].name) for at in moving):
        return joined(_printed(context, start, parts), delimiter)
    first, last = moving[0], moving[-1]
    leading, middle, trailing = shown[:first], shown[first : last + 1], shown[last + 1 :]
    between = next((part.range_delimiter for part in shown if part.name == differs), "–")
    left = joined(_printed(context, start, middle, cut=True), delimiter)
    right = joined(_printed(context, end, middle, led=True), delimiter)
    pair: list[Part] = [Span([*left, Leaf(between), *right])]
    return joined([*_printed(context, start, leading), *pair, *_printed(context, start, trailing)], delimiter)


def _value(end: Parts, name: str) -> int:
    return end[2 - RANK[name]]


def _printed(context: Context, end: Parts, parts: list[DatePart], cut: bool = False, led: bool = False) -> list[Part]:
    """Each given part of one date. cut: the last part loses its suffix; led: the first its prefix."""
    given = [part for part in parts if _value(end, part.name) or (part.name == "month" and end[1])]
    out: list[Part] = []
    for at, part in enumerate(given):
        inner = _PRINT[part.name](context, end, part)
        if not inner:
            continue
        core = part.decorated(context, inner)
        if part.prefix and (at or not led):
            core = [Leaf(part.prefix), *core]
        if part.suffix and not (cut and at == len(given) - 1):
            core = [*core, Leaf(part.suffix)]
        out.append(core[0] if len(core) == 1 else Span(core))
    return out


def _year(context: Context, end: Parts, part: DatePart) -> list[Part]:
    year = end[0]
    text = str(abs(year))
    if part.form == "short" and abs(year) > 999:
        text = text[-2:]
    if year < 0:
        text += context.locale.term("bc")
    elif year < 1000:
        text += context.locale.term("ad")
    parts: list[Part] = [Leaf(text)]
    suffix = context.take_year_suffix()
    if suffix:
        parts.append(Span([Leaf(suffix)], kind="year-suffix", value=suffix))
    return parts


def _month(context: Context, end: Parts, part: DatePart) -> list[Part]:
    month = end[1]
    if month > 12:
        term = context.locale.term(f"season-{month - 12:02}", part.form)
        return [Leaf(term)] if term else []
    if part.form == "numeric":
        return [Leaf(str(month))]
    if part.form == "numeric-leading-zeros":
        return [Leaf(f"{month:02}")]
    return [Leaf(context.locale.term(f"month-{month:02}", part.form))]


def _day(context: Context, end: Parts, part: DatePart) -> list[Part]:
    day, month = end[2], end[1]
    if not month:
        return []
    if part.form == "numeric-leading-zeros":
        return [Leaf(f"{day:02}")]
    if part.form == "ordinal" and not (context.locale.limit_day_ordinals and day > 1):
        term = context.locale.find(f"month-{month:02}", "long")
        return [Leaf(numbers.ordinal(day, context.locale, term.gender if term else ""))]
    return [Leaf(str(day))]


_PRINT = {"year": _year, "month": _month, "day": _day}
