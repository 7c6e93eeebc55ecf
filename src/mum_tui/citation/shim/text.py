"""Text, numbers, labels' case and groups: what a style writes besides names and dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from citeproc.source import VariableError

from mum_tui.citation import markup
from mum_tui.citation.shim.base import Element, joined, own

_STOP_WORDS = frozenset([
    "a", "about", "an", "and", "as", "at", "but", "by", "d", "de", "down", "for", "from", "in", "into", "l", "nor",
    "of", "on", "onto", "or", "over", "so", "the", "till", "to", "up", "van", "via", "von", "with", "yet",
])  # fmt: skip
_WORD = re.compile(r"[^\W_][\w’']*")


def cased(text: str, how: str | None, english: bool) -> str:
    """``text`` in a CSL text case; other languages than English know no title case.

    Mends: parts of a hyphenated word kept their small letter ("Few-shot").
    Mends: ``capitalize-first`` touched words with a capital inside ("ArXiv:2404.01234").
    Mends: ``sentence`` lowered every word that is not all capitals ("Nnu-net").
    """
    if not how or how == "none" or (how == "title" and not english):
        return text
    pieces = re.split(f"({markup.AS_IS[0]}[^{markup.AS_IS[1]}]*{markup.AS_IS[1]})", text)
    if len(pieces) > 1:
        return "".join(piece if at % 2 else _cased(piece, how, at > 0) for at, piece in enumerate(pieces))
    return _cased(text, how, False)


def _cased(text: str, how: str, inside: bool) -> str:
    if how == "lowercase":
        return text.lower()
    if how == "uppercase":
        return text.upper()
    if how == "capitalize-all":
        return _WORD.sub(lambda match: _raised(match[0]), text)
    if how == "title":
        return _title(text, inside)
    if how == "sentence" and text.isupper():
        text = text.lower()
    return text if inside else _WORD.sub(lambda match: _raised(match[0]), text, count=1)


def _raised(word: str) -> str:
    return word if any(char.isupper() for char in word) else word[0].upper() + word[1:]


def _title(text: str, inside: bool) -> str:
    def change(match: re.Match[str]) -> str:
        word = match[0]
        before, after = text[: match.start()], text[match.end() :]
        if any(char.isupper() for char in word):
            return word
        led = markup.plain(before).rstrip(" ([“‘")
        starts = (not led and not inside) or (before[-1:] != led[-1:] and led.endswith((":", ".", "?", "!")))
        if starts:
            return _raised(word)
        head = re.split("[’'_]", word)[0]
        if len(head) == 1:
            return word
        last = markup.CLOSE not in after and not _WORD.search(after)
        return word if head in _STOP_WORDS and not last else _raised(word)

    return _WORD.sub(change, text)


class Text(Element, own("Text")):  # type: ignore[misc]
    """Mends: options for sorting were lost in a macro within a macro.

    Mends: a word in a macro stayed though the title beside it already stood for the author ("[WWW Document]" twice).
    """

    def render(self, item: Any, context: Any = None, sort_options: Any = None, **_: Any) -> str | None:
        if "macro" in self.attrib:
            text = self._macro(item, context, sort_options)
        elif "variable" in self.attrib:
            text = self._value(item)
        elif "term" in self.attrib:
            text = self._term(item)
        else:
            text = self.get("value", "")
        if text is None or text == "":
            return None
        english = (item.value("language") or self.get_root().get("default-locale", "en"))[:2] == "en"
        text = cased(self.strip_periods(str(text)), self.get("text-case"), english)
        return self.wrap(self.quote(self.format(text)))

    def _macro(self, item: Any, context: Any, sort_options: Any) -> str | None:
        """A macro is a group: it says nothing where all its variables are empty."""
        called, filled = item.called, item.filled
        text: str | None = self.get_macro(self.get("macro")).render(item, context, sort_options)
        if not text or (item.called > called and item.filled == filled):
            return None
        # For a group around it, what a macro says is as good as a variable.
        item.called += 1
        item.filled += 1
        return text

    def quote(self, text: str) -> str:
        return f"{markup.OPEN}{text}{markup.CLOSE}" if self.get("quotes") == "true" else text

    def wrap(self, text: str | None) -> str | None:
        label = markup.LABEL_END if text and self.get("variable") == "citation-number" else ""
        wrapped = super().wrap(text)
        return f"{wrapped}{label}" if wrapped else wrapped

    def _value(self, item: Any) -> str | None:
        variable = self.get("variable")
        if variable == "citation-number":
            return str(item.number) if item.number else None
        if variable == "year-suffix" and item.value(variable) is None:
            return None  # one that nobody gave is no variable that a group misses
        if self.get("form") == "short" and item.value(f"{variable}-short") is not None:
            item.use(variable)
            variable += "-short"
        value = item.use("page" if variable == "page-first" else variable)
        if value is None:
            raise VariableError
        return numbers(self, str(value), variable) if variable.startswith("page") else str(value)


class Number(Element, own("Number")):  # type: ignore[misc]
    """Mends: a number whose variable has a hyphen ("number-of-pages") was never found."""

    def process(self, item: Any, **_: Any) -> str:
        variable = self.get("variable")
        value = item.use("page" if variable == "page-first" else variable)
        if value is None:
            raise VariableError
        return numbers(self, str(value), variable, self.format_number)

    def markup(self, text: str) -> str | None:
        return self.wrap(self.format(cased(self.strip_periods(text), self.get("text-case"), True))) if text else None


def numbers(element: Any, value: str, variable: str, form: Callable[[str], str] = str) -> str:
    """Numbers and ranges as a style writes them.

    Mends: a page range whose ends differ in length was cut where a style shortens ranges ("1-12" to "1–2").
    """
    shape = element.get_root().get("page-range-format", "") if variable == "page" else ""
    dash = (element.get_single_term("page-range-delimiter") if variable.startswith("page") else "") or "–"

    def change(match: re.Match[str]) -> str:
        first, last = match["first"], match["last"]
        if variable == "page-first":
            return form(first)
        # What has a part behind it (791.e7) is no plain number.
        last = f"{last}{match['tail']}" if match["tail"] else form(shortened(first, last, shape))
        return f"{form(first)}{dash}{last}"

    if variable in ("page", "page-first") or form is not str:
        text = re.sub(r"(?<![\w–-])(?P<first>\w+) ?[-–] ?(?P<last>\w+)(?P<tail>(\.\w+)*)(?![\w–-])", change, value)
        return text if text != value or form is str else re.sub(r"\b\d+\b", lambda match: form(match[0]), value)
    return value


def shortened(first: str, last: str, shape: str) -> str:
    """The last page of a range in a CSL ``page-range-format``."""
    letters = re.match(r"[^\W\d_]+(?=\d+$)", first)
    if letters and shape not in ("", "expanded") and re.fullmatch(rf"{letters[0]}\d+", last):
        # S42–S51 as 42–51 would be.
        return shortened(first[letters.end() :], last[letters.end() :], shape)
    if not (first.isdecimal() and last.isdecimal()):
        return last
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    if len(last) > len(first) or not shape or shape == "expanded":
        return last
    common = next((at for at, (one, other) in enumerate(zip(first, last, strict=True)) if one != other), len(first) - 1)
    if shape == "minimal":
        return last[common:]
    if shape == "minimal-two":
        return last[min(common, max(len(last) - 2, 0)) :]
    number = int(first)
    if number < 100 or number % 100 == 0 or (shape in ("chicago", "chicago-15") and len(first) > 3 and common < 2):
        return last
    return last[common:] if number % 100 < 10 else last[min(common, len(last) - 2) :]


class Group(Element, own("Group")):  # type: ignore[misc]
    """Mends: a group with words in a condition stayed though all its variables were empty ("(Publication)")."""

    def render(self, item: Any, context: Any = None, **options: Any) -> str | None:
        found: list[str] = []
        called, filled = item.called, item.filled
        delimiter = self.get("delimiter", "")
        for child in self:
            extra = {"delimiter": delimiter} if isinstance(child, own("Choose")) else {}
            try:
                text = child.render(item, context=context, **extra, **options)
            except VariableError:
                continue
            if text:
                found.append(text)
        if not found or (item.called > called and item.filled == filled):
            raise VariableError
        # For the group around it, what this one has to say is as good as a variable.
        item.called += 1
        item.filled += 1
        return self.wrap(self.format(joined(found, delimiter)))


class Parent(Element):
    """Mixed into the elements that hand on what their children render."""

    def render_children(self, item: Any, delimiter: str = "", **options: Any) -> str | None:
        found = []
        for child in self:  # type: ignore[attr-defined]
            extra = {"delimiter": delimiter} if isinstance(child, own("Choose")) else {}
            try:
                found.append(child.render(item, **extra, **options))
            except VariableError:
                continue
        return joined(found, delimiter) or None


class Macro(Parent, own("Macro")):  # type: ignore[misc]
    pass


class If(Parent, own("If")):  # type: ignore[misc]
    """Mends: lists and ranges of numbers were not numeric ("12–14", "S2, S3")."""

    _numeric = re.compile(r"[A-Za-z]*\d+[A-Za-z]*(\s*[-–,&]\s*[A-Za-z]*\d+[A-Za-z]*)*")

    def _variable(self, item: Any) -> list[bool]:
        return [item.value(name) is not None for name in self.get("variable").split()]

    def _is_numeric(self, item: Any) -> list[bool]:
        values = [item.value(name) for name in self.get("is-numeric").split()]
        return [value is not None and bool(self._numeric.fullmatch(str(value))) for value in values]

    def _is_uncertain_date(self, item: Any) -> list[bool]:
        dates = [item.value(name) for name in self.get("is-uncertain-date").split()]
        return [bool(date and date.get("circa")) for date in dates]

    def _locator(self, item: Any) -> list[bool]:
        return [False for _ in self.get("locator").split()]

    def _position(self, item: Any, context: Any) -> list[bool]:
        return [False for _ in self.get("position").split()]

    def _type(self, item: Any) -> list[bool]:
        return [kind == item.type for kind in self.get("type").split()]

    def render(self, item: Any, context: Any = None, delimiter: str = "", **options: Any) -> Any:
        # A condition on disambiguation alone is never met: each entry has its own year suffix.
        if set(self.attrib) <= {"disambiguate", "match"}:
            raise own("ConditionFailed")
        return super().render(item, context=context, delimiter=delimiter, **options)


class Else_If(If, own("Else_If")):  # type: ignore[misc]  # noqa: N801 - the library's name
    pass


class Else(Parent, own("Else")):  # type: ignore[misc]
    pass


class Layout(Parent, own("Layout")):  # type: ignore[misc]
    def cite(self, item: Any) -> str:
        """One entry of the bibliography as marked text."""
        return self.format(self.wrap(self.render_children(item) or "")) or ""
