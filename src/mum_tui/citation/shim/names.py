"""Names: the elements ``names``, ``name``, ``label`` and ``substitute``."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from citeproc.source import VariableError

from mum_tui.citation.shim.base import Element, joined, own
from mum_tui.citation.shim.text import cased

IMPLIED = "implied"
"""The attribute of a ``cs:name`` that the style left out."""

_LATIN = re.compile("[A-Za-z\u00c0-\u058f\u1e00-\u1fff]")


class Names(Element, own("Names")):  # type: ignore[misc]
    """Mends: names without a ``cs:name`` gave the style a new child at every rendering."""

    def process(self, item: Any, context: Any = None, **options: Any) -> str | None:
        found = [text for role, label in self._roles(item) if (text := self._role(item, role, label, options))]
        if found:
            if all(isinstance(text, int) for text in found):
                return str(sum(found))
            delimiter = self.get("delimiter", self.get_root().inherited("names-delimiter", ""))
            return joined([str(text) for text in found], delimiter)
        substitute = self.find("cs:substitute", self.nsmap)
        if substitute is not None:
            # What a substitute renders is already formatted as it should be.
            return substitute.render(item, context=context, **options)  # type: ignore[no-any-return]
        raise VariableError

    def part(self, name: str, item: Any) -> Any:
        """The child element of this name; in a substitute, what it lacks are those of the names it stands for."""
        found = self.find(f"cs:{name}", self.nsmap)
        if (found is None or found.get(IMPLIED)) and item.stands_for is not None:
            found = item.stands_for.find(f"cs:{name}", self.nsmap)
        return found

    def _roles(self, item: Any) -> list[tuple[str, str]]:
        roles = self.get("variable", "").split()
        if set(roles) == {"editor", "translator"} and item.value("editor") == item.value("translator") is not None:
            return [("editor", "editortranslator")]
        return [(role, role) for role in roles]

    def _role(self, item: Any, role: str, label: str, options: dict[str, Any]) -> Any:
        names = item.use(role)
        if not names:
            return None
        text = self.part("name", item).render(item, role, names=names, ending=self.part("et-al", item), **options)
        if isinstance(text, int):
            return text
        element = self.part("label", item)
        if element is None or not text:
            return text
        word = element.render(item, label, len(names) > 1)
        before = any(one.tag.endswith("}name") for one in element.itersiblings())
        return joined([word, text] if before else [text, word])


class Name(Element, own("Name")):  # type: ignore[misc]
    """A list of names.

    Mends: ``initialize="false"`` was ignored (given names became initials in Chicago, MLA).
    Mends: "after-inverted-name" was unknown.
    """

    def option(self, name: str, default: str, sort_options: dict[str, str] | None = None) -> str:
        if sort_options and name in sort_options:
            return sort_options[name]
        value = self.get(name)
        if value is None:
            inherited = f"name-{name}" if name in ("form", "delimiter") else name
            value = self.get_root().inherited(inherited, default)
        return str(value)

    def process(
        self,
        item: Any,
        variable: str,
        names: Any = (),
        ending: Any = None,
        sort_options: dict[str, str] | None = None,
        **_: Any,
    ) -> Any:
        minimum = int(self.option("et-al-min", "0", sort_options))
        first = int(self.option("et-al-use-first", "1", sort_options))
        cut = bool(minimum) and len(names) >= minimum and first < len(names)
        form = self.option("form", "long")
        if form == "count":
            return first if cut else len(names)
        inverted = self.option("name-as-sort-order", "", sort_options)
        shown = list(names[:first]) if cut else list(names)
        texts = [
            self._one(name, form, inverted == "all" or (inverted == "first" and not at), bool(sort_options))
            for at, name in enumerate(shown)
        ]
        if not sort_options:
            texts = self._repeated(item, texts)
        delimiter = self.option("delimiter", ", ")
        if cut:
            if self.option("et-al-use-last", "false", sort_options) == "true" and len(texts) <= len(names) - 2:
                last = self._one(names[-1], form, inverted == "all")
                return joined([joined(texts, delimiter), f"… {last}"], delimiter)
            return self._with_et_al(texts, ending, delimiter, inverted)
        if item.more_authors and variable == "author":
            return self._with_et_al(texts, ending, delimiter, inverted)
        word = {"text": self.get_single_term("and"), "symbol": "&"}.get(self.option("and", ""), "")
        if not word or len(texts) < 2 or sort_options:
            return joined(texts, delimiter)
        contextual = len(texts) > 2
        backwards = inverted == "all" or (inverted == "first" and len(texts) == 2)
        comma = self._precedes("delimiter-precedes-last", contextual, backwards)
        last = f"{delimiter.rstrip()} {word} " if comma else f" {word} "
        return joined([joined(texts[:-1], delimiter), texts[-1]], last)

    def _repeated(self, item: Any, texts: list[str]) -> list[str]:
        """The names with the style's sign (———) for those that the entry before begins with.

        Mends: ``subsequent-author-substitute`` was unknown.
        """
        root = self.get_root()
        sign = root.inherited("subsequent-author-substitute", "")
        if not sign or item.first_names is not None:
            return texts
        item.first_names, before = texts, item.names_before
        if before and root.inherited("subsequent-author-substitute-rule", "complete-all").startswith("partial"):
            return [sign, *texts[1:]] if before[0] == texts[0] else texts
        return [sign] if before == texts else texts

    def _with_et_al(self, texts: list[str], ending: Any, delimiter: str, inverted: str) -> str:
        et_al = self.get_single_term("et-al") if ending is None else ending.render()
        if not et_al:
            return joined(texts, delimiter)
        backwards = inverted == "all" or (inverted == "first" and len(texts) == 1)
        comma = self._precedes("delimiter-precedes-et-al", len(texts) > 1, backwards)
        return joined([joined(texts, delimiter), et_al], delimiter if comma else " ")

    def _precedes(self, option: str, contextual: bool, backwards: bool) -> bool:
        how = self.option(option, "contextual")
        return {"always": True, "never": False, "after-inverted-name": backwards}.get(how, contextual)

    def _one(self, name: Any, form: str, inverted: bool, to_sort: bool = False) -> str:
        if "literal" in name:
            return self._part("family", name["literal"])
        given, family = name.get("given", ""), name.get("family", "")
        dropping, particle = name.get("dropping-particle", ""), name.get("non-dropping-particle", "")
        suffix = name.get("suffix", "")
        if not _LATIN.search(family + given) and family + given and not (family + given).isascii():
            return self._part("family", family) + (self._part("given", given) if form == "long" else "")
        if form == "short":
            return self._part("family", _spaced(particle, family))
        mark = self.option("initialize-with", "\0")
        if mark != "\0":
            given = initials(
                given,
                mark,
                self.option("initialize", "true") == "true",
                self.option("initialize-with-hyphen", "true") == "true",
            )
        if not inverted:
            comma = ", " if name.get("comma-suffix") else " "
            full = _spaced(self._part("given", given), self._part("family", _spaced(dropping, particle, family)))
            return comma.join(filter(None, [full, suffix]))
        demoted = ("display-and-sort", "sort-only") if to_sort else ("display-and-sort",)
        if self.option("demote-non-dropping-particle", "display-and-sort") in demoted:
            given = _spaced(given, dropping, particle)
        else:
            given, family = _spaced(given, dropping), _spaced(particle, family)
        separator = self.option("sort-separator", ", ")
        return joined([self._part("family", family), self._part("given", given), suffix], separator)

    def _part(self, name: str, text: str) -> str:
        for element in self.findall("cs:name-part", self.nsmap):
            if element.get("name") == name and text:
                return str(element.wrap(element.format(cased(text, element.get("text-case"), True))))
        return text

    def markup(self, text: Any) -> Any:
        return text if not text or isinstance(text, int) else self.wrap(self.format(text))


class Et_Al(Element, own("Et_Al")):  # type: ignore[misc]  # noqa: N801 - the library's name
    pass


class Label(Element, own("Label")):  # type: ignore[misc]
    """Mends: ``text-case="title"`` of a label was ignored.

    Mends: the label of a number of pages was lost.
    """

    def process(self, item: Any, variable: str = "", plural: bool | None = None, **_: Any) -> str:
        variable = variable or self.get("variable", "")
        if plural is None:
            value = item.value(variable)
            if value is None or variable in item.suppressed:
                raise VariableError
            plural = self._several(variable, str(value))
        form = self.get("form", "long")
        several = {"always": True, "never": False}.get(self.get("plural", "contextual"), plural)
        find = self.get_plural_term if several else self.get_single_term
        return find(variable, form if form != "long" else None)

    @staticmethod
    def _several(variable: str, value: str) -> bool:
        if variable.startswith("number-of"):
            return value.isdecimal() and int(value) > 1
        return re.search(r"\d[^\d.:/]*[-–,&][^\d.]*\d", value) is not None

    def markup(self, text: str) -> str | None:
        return self.wrap(self.format(cased(self.strip_periods(text), self.get("text-case"), True))) if text else None


class Substitute(Element, own("Substitute")):  # type: ignore[misc]
    """Mends: a variable that stood in for the names was rendered a second time (title twice without author).

    Mends: names in a condition or macro within a substitute did not look like those they stand for.
    """

    def render(self, item: Any, context: Any = None, **options: Any) -> Any:
        outer, item.stands_for = item.stands_for, item.stands_for if item.stands_for is not None else self.getparent()
        try:
            return self._first(item, context, options)
        finally:
            item.stands_for = outer

    def _first(self, item: Any, context: Any, options: dict[str, Any]) -> Any:
        for child in self:
            before = item.used
            item.used = set()
            try:
                text = child.render(item, context=context, **options)
            except VariableError:
                text = None
            used, item.used = item.used, before
            if text:
                item.suppressed |= used
                return text
        raise VariableError


def _spaced(*parts: str) -> str:
    text = ""
    for part in filter(None, parts):
        # "d’" and "al-" stand against the name that follows.
        text += part if not text or text.endswith(("’", "'", "-")) else f" {part}"
    return text


def initials(given: str, mark: str, shorten: bool, hyphen: bool) -> str:
    """Given names as initials, each followed by ``mark`` (``Jun-Yan`` → ``J.-Y.``).

    Args:
        given: the given names.
        mark: what follows each initial.
        shorten: make initials; otherwise only give the initials that stand there their mark.
        hyphen: keep the hyphen between the initials of a double name.
    """
    out = ""
    given = given.replace("‐", "-").replace("‑", "-")
    for match in re.finditer(r"(-?)([^\s.-]+)(\.?)", given):
        dash, word, dot = match.groups()
        first = unicodedata.normalize("NFC", word)[0]
        part = not shorten and (dash or given.startswith("-", match.end()))  # the I of I-Min is a name
        if dot or (len(word) == 1 and not part):
            out += (dash if hyphen or not shorten else "") + word + mark if word[0].isupper() else f" {word}{dot} "
        elif not shorten:
            out += f"{dash}{word} "
        elif word.islower():
            out += f" {word} " if not dash else ""
        else:
            out += (dash if hyphen else "") + first + mark
    return " ".join(out.split()).replace(" -", "-").strip() if mark.strip() or " " in out else out
