"""CSL items through a CSL style: one bibliography as marked text, for any style, safe in any thread."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from typing import Any

from mum_tui.citation import markup
from mum_tui.citation.csl_item import CslItem, custom, names
from mum_tui.citation.shim.style import Cited, Style, load
from mum_tui.citation.variables import DATES, NAMES

_RAW = frozenset(["DOI", "URL", "ISBN", "ISSN", "PMID", "PMCID", "id", "type", "language", "page", "citation-key"])
_OTHER_NAMES = {"journalAbbreviation": "container-title-short", "shortTitle": "title-short"}


class Engine:
    """A loaded style. Rendering is serialised: a style's elements are one document."""

    def __init__(self, data: bytes, language: str = "") -> None:
        self.style: Style = load(data, language)
        self._quotes = self.style.quotation_marks()
        self._within = self.style.locale_option("punctuation-in-quote") == "true"
        self._lock = threading.Lock()

    def bibliography(self, items: Sequence[CslItem]) -> list[str]:
        """The items as settled marked text, in the style's order, numbered if there are several."""
        with self._lock:
            cited = [as_cited(item) for item in items]
            several = len(cited) > 1
            if several:
                cited = self.style.sorted(cited)
                self.style.year_suffixes(cited)
            texts = []
            before: list[str] | None = None
            for number, item in enumerate(cited, 1):
                item.names_before = before
                texts.append(self._one(item, number if several else 0))
                before = item.first_names
            return texts

    def _one(self, item: Cited, number: int) -> str:
        item.begin(number, not self.style.explicit_suffix)
        layout = self.style.bibliography.find("cs:layout", self.style.nsmap)
        text = markup.settled(layout.cite(item), self._quotes, self._within)
        label, mark, rest = text.partition(markup.LABEL_END)
        text = text if not mark else rest
        if not markup.plain(text).strip(" .,;:"):
            # Nothing of the item has a place in this style.
            text = markup.plain(str(item.value("title") or item.value("id")))
        return f"{label.strip()} {text.strip()}" if mark else text.strip()


def as_cited(item: CslItem) -> Cited:
    """An item whose texts are marked text and whose names and dates are what the style's elements expect."""
    values: dict[str, Any] = {}
    for key, value in item.items():
        if key in NAMES:
            values[key] = [
                {part: _text(part, text) for part, text in _split(name).items()} for name in names(item, key)
            ]
        elif key in DATES or key == "custom":
            values[key] = value
        else:
            values[key] = markup.unmarked(str(value)) if key in _RAW else markup.from_rich(str(value))
    for key, other in _OTHER_NAMES.items():
        if key in values and other not in values:
            values[other] = values[key]
    cited = Cited(values, str(item.get("type", "document")))
    cited.more_authors = bool(custom(item, "more_authors"))
    return cited


def _split(name: dict[str, Any]) -> dict[str, Any]:
    """A name with the particle that was left in its family ("de Souza") apart, as styles expect it."""
    family = str(name.get("family", ""))
    match = re.match(r"((?:[^\W\d_]+ )+)(?=\S)", family)
    if not match or not match[1].islower() or "non-dropping-particle" in name or family.islower():
        return name
    return {**name, "non-dropping-particle": match[1].strip(), "family": family[match.end() :]}


def _text(part: str, text: Any) -> Any:
    return markup.from_rich(text) if isinstance(text, str) else text
