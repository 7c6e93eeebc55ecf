"""CSL items through a CSL style: bibliographies and citations in the text as marked text, safe in any thread."""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mum_tui.citation import csl, locators, markup
from mum_tui.citation.choices import InText
from mum_tui.citation.csl.spans import Span, leaves, of_kind

if TYPE_CHECKING:
    from mum_tui.citation.csl_item import CslItem

_LOCALES = Path(__file__).parent / "locales"
_MARKS = {
    ("font-style", "italic"): markup.ITALIC,
    ("font-style", "oblique"): markup.ITALIC,
    ("font-weight", "bold"): markup.BOLD,
    ("font-variant", "small-caps"): markup.CAPS,
    ("text-decoration", "underline"): markup.UNDERLINE,
    ("vertical-align", "sup"): markup.SUPER,
    ("vertical-align", "sub"): markup.SUB,
}
_MARK = re.compile(b"\xee[\x80-\x83]")
"""How the characters that mark formatting begin in UTF-8, in which `marshal` writes texts."""
_OTHERS = {"literal": "others"}


@lru_cache(maxsize=4)  # as many as styles stay loaded, and the languages of those
def load_locale(lang: str) -> csl.LocaleData | None:
    """The locale of a language tag ("de-DE") from the files that come along; None where there is none."""
    path = _LOCALES / f"locales-{lang}.xml"
    if not (len(lang) < 40 and lang.isascii() and lang.replace("-", "").isalpha() and path.is_file()):
        return None
    return csl.read_locale(path.read_bytes())


class Engine:
    """A loaded style.

    data: the CSL file. language: the locale where the style has none of its own. locale: the locale in any case.
    Raises StyleError where it is no style.
    """

    def __init__(self, data: bytes, language: str = "", locale: str = "") -> None:
        self.style = csl.Style.parse(data)
        self._language = language or "en-US"
        self._locale = locale

    def _processor(self) -> csl.Processor:
        return csl.Processor(self.style, load_locale, self._locale, self._language, tidier=True)

    def bibliography(self, items: Sequence[CslItem]) -> list[str]:
        """The items as marked text, in the style's order, numbered if there are several; none without a bibliography.

        Raises StyleError where the style cannot be run.
        """
        processor = self._processor()
        cited = _cited(items)
        titles = {str(item["id"]): str(item.get("title") or item["id"]) for item in cited}
        return [_entry(reference, titles, len(cited) > 1) for reference in processor.bibliography(cited)]

    def citation(self, items: Sequence[CslItem], additions: Sequence[InText] = ()) -> str:
        """One citation in the text of all items, as marked text.

        additions: for the items in their order; those without are cited plainly. An item may stand there twice, with
        two locators.
        """
        processor = self._processor()
        cited = _cited(items)
        processor.set_items(cited)
        added = [*additions, *[InText()] * (len(cited) - len(additions))]
        pairs = [(str(item["id"]), in_text) for item, in_text in zip(cited, added, strict=False)]
        if not any(in_text.narrative for _, in_text in pairs):
            return _marked(processor.cite([csl.Citation([_cite(name, in_text) for name, in_text in pairs])])[0])
        named = csl.Processor(csl.Style.parse(_NAMES), load_locale, processor.locale.lang)
        named.set_items(cited)
        texts = [_narrative(processor, named, name, in_text) for name, in_text in pairs]
        return ", ".join(text for text in texts if text)


_NAMES = """<style xmlns="http://purl.org/net/xbiblio/csl"><citation et-al-min="3" et-al-use-first="1"><layout>
<names variable="author"><name form="short" and="text"/><substitute><names variable="editor"/><text variable="title"/>
</substitute></names></layout></citation></style>"""
"""Names for styles that cite by number."""


def _narrative(processor: csl.Processor, named: csl.Processor, name: str, in_text: InText) -> str:
    """ "Doe (2020)", "Doe [1]"; where a style cites in notes, the note."""
    if processor.style.in_notes:
        return _marked(processor.cite([csl.Citation([_cite(name, in_text)])])[0])
    only = csl.Citation([csl.Cite(name, author="only")])
    names = processor.cite([only])[0] or named.cite([only])[0]
    rest = processor.cite([csl.Citation([_cite(name, in_text, "suppress")])])[0]
    return f"{_marked(names)} {_marked(rest)}".strip()


def _cite(name: str, in_text: InText, author: str = "") -> csl.Cite:
    locator, prefix, suffix = map(markup.unmarked, in_text[:3])
    label, locator = locators.split(locator)
    return csl.Cite(name, locator=locator, label=label, prefix=prefix, suffix=suffix, author=author)


def _cited(items: Iterable[CslItem]) -> list[dict[str, Any]]:
    """The items as the processor takes them: no marks in their texts, "et al." for names left out.

    Different items of one id get ids of their own; an item that stands there twice is one work.
    """
    cited: list[dict[str, Any]] = []
    works: dict[str, dict[str, Any]] = {}
    for at, item in enumerate(items):
        values: dict[str, Any] = {**item}
        custom = values.pop("custom", None)
        dumped = marshal.dumps(values)
        if b"\xee" in dumped and _MARK.search(dumped):
            values = _unmarked(values)
        if b"raw" in dumped:
            from mum_tui.citation import csl_dates

            csl_dates.take_apart(values)
        values["id"] = name = str(values.get("id") or f"item-{at}")
        values.setdefault("type", "document")
        if isinstance(custom, dict) and custom.get("more_authors") and values.get("author"):
            values["author"] = [*values["author"], _OTHERS]
        same = works.setdefault(name, values)
        if same is not values and same != values:
            values["id"] = f"{name}\n{at}"
        cited.append(values)
    return cited


def _unmarked(value: Any) -> Any:
    if isinstance(value, str):
        return markup.unmarked(value)
    if isinstance(value, dict):
        return {key: _unmarked(part) for key, part in value.items()}
    return [_unmarked(part) for part in value] if isinstance(value, list) else value


def _entry(reference: csl.Reference, titles: dict[str, str], numbered: bool) -> str:
    number = None if numbered else next(of_kind(reference.parts, "citation-number"), None)
    if number is not None:
        for leaf in leaves([number]):
            leaf.text = ""
        leaf.text = _NUMBER
    text = _marked(reference.parts)
    if number is not None:
        text = re.sub(_LABEL, _without_label, text).replace(_NUMBER, "").strip()
    if not any(map(str.isalnum, text)) and not markup.plain(text).strip(" .,;:[]()"):
        # Nothing of the item has a place in this style.
        return titles[reference.id]
    return text


_NUMBER = "\ue0f0"
"""Stands for the number of an entry that is to have none."""
_LABEL = f"^[^\\w{_NUMBER}]{{0,6}}{_NUMBER}[\ue000-\ue00b\\])}}.:,;\\s]*"
"""That number at the start, with the brackets and stops around it. (Takes 2 ms to compile, so only where needed.)"""


def _without_label(label: re.Match[str]) -> str:
    """The marks of formatting that begin in a label and end behind it."""
    signs = "".join(char for char in label[0] if "\ue000" <= char <= "\ue00b")
    while (fewer := re.sub("|".join(_MARKS.values()), "", signs)) != signs:
        signs = fewer
    return signs


def _marked(parts: csl.Line) -> str:
    """Parts as marked text: runs of one formatting between its marks, blocks with a space between them."""
    text = display = ""
    if any(leaf.look[1] for leaf in parts.leaves):
        _set_apart(parts)
    for run in csl.runs(parts):
        if run.display != display and text and not text.endswith(" "):
            text += " "
        text += _run(run) if run.formatting else run.text
        display = run.display
    return (re.sub(_BLANKS, " ", text) if "  " in text or "\n" in text else text).strip()


def _set_apart(parts: Sequence[csl.Part]) -> None:
    """A space at the start of each block: a run does not tell one block from the next of its kind."""
    for part in parts:
        if isinstance(part, Span):
            first = next((leaf for leaf in leaves([part]) if leaf.text), None) if part.display else None
            if first is not None:
                first.text = f" {first.text}"
            _set_apart(part.children)


_BLANKS = r" {2,}|\n[ \n]*| \n[ \n]*"


def _run(run: csl.Run) -> str:
    """A run between its marks, spaces at its ends outside them: Markdown wants them there."""
    opening, closing = _signs(run.formatting)
    bare = run.text.strip(" ")
    if not opening or not bare:
        return run.text
    before, _, behind = run.text.partition(bare)
    return f"{before}{opening}{bare}{closing}{behind}"


@lru_cache(maxsize=256)
def _signs(formatting: frozenset[tuple[str, str]]) -> tuple[str, str]:
    """The marks that begin and end text of a formatting."""
    signs = [_MARKS[pair] for pair in sorted(formatting) if pair in _MARKS]
    return "".join(pair[0] for pair in signs), "".join(pair[1] for pair in reversed(signs))
