"""The fields of one BibTeX entry while it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from mum_tui.bibliography import latex
from mum_tui.bibliography.bibtex import as_written, fields
from mum_tui.bibliography.bibtex.as_written import AsWritten
from mum_tui.bibliography.bibtex.entries import Raw
from mum_tui.bibliography.bibtex.known_names import KnownNames
from mum_tui.bibliography.records import Item, Reading
from mum_tui.citation import csl_tags
from mum_tui.text import clean, one_line


class EntryFields:
    """The fields of an entry, and the CSL item that they become.

    Attributes:
        raw: the entry as it stands in the file.
        reading: collects the problems of the file.
        known: names that other entries had.
        left: the fields that are not read yet, inherited ones too, by lower-case name.
        item: the CSL item so far.
        unread: fields that are kept as they stand, because the item does not say all of them.
        custom: what goes under ``custom`` of the item.
        number: the arXiv number; None before it was looked for.
        is_own_form: whether the entry is a preprint as this program writes it.
        unknown: LaTeX commands that nobody knows.
        hidden: addresses that ``\\href`` hides behind words.
        as_written: texts that would be written otherwise than they stood.
        eprint: the fields that say the arXiv number and no more.
    """

    def __init__(self, raw: Raw, values: Mapping[str, str], reading: Reading, known: KnownNames) -> None:
        self.raw = raw
        self.reading = reading
        self.known = known
        self.left = {name: value for name, value in values.items() if value.strip()}
        self.item: Item = {"type": fields.TYPES.get(raw.kind, "document")}
        self.unread: dict[str, str] = {}
        self.custom: dict[str, Any] = {}
        self.number: str | None = None
        self.is_own_form = False
        self.unknown: list[str] = []
        self.hidden: list[str] = []
        self.as_written = AsWritten()
        self.eprint: dict[str, str] = {}

    def plain(self, value: str) -> str:
        """A value without LaTeX, its formatting as CSL's tags."""
        if latex.is_plain(value):  # most are
            return clean(one_line(value)) if value else ""
        decoded = latex.decode(value, self.reading.macros)
        if decoded.unknown:
            self.unknown += decoded.unknown
        if decoded.links:
            self.hidden += decoded.links
        return clean(decoded.text)

    def rich(self, value: str) -> str:
        """The same; HTML in it becomes CSL's tags, too."""
        text = self.plain(value)
        return csl_tags.to_csl(text) if "<" in text or "&" in text else text

    def flat(self, value: str) -> str:
        """The same without formatting."""
        return csl_tags.without_tags(self.rich(value))

    def has(self, *wanted: str) -> bool:
        """Whether any of these fields is still to be read."""
        return not self.left.keys().isdisjoint(wanted)

    def take(self, name: str) -> str:
        """Take a field out of ``left``; its text with formatting, empty where there is none."""
        if name not in self.left:
            return ""
        value = self.left.pop(name)
        if text := _as_it_stands(value):
            return text
        text = self.rich(value)
        self.as_written.text(value, text)
        return text

    def take_flat(self, name: str, is_list: bool = False) -> str:
        """The same without formatting; the field must be there. In a list, ``and`` stands between two parts."""
        value = self.left.pop(name)
        if (text := _as_it_stands(value)) and not is_list:
            return text
        text = self.flat(value)
        self.as_written.text(value, text, is_list)
        return text

    def add(self, variable: str, text: str) -> None:
        """Set a variable of the item, unless the text is empty."""
        if text:
            self.item[variable] = text

    def safely(self, step: Callable[..., None], *arguments: object) -> None:
        """Run one step of reading. If it fails, report that and leave its fields as they are."""
        try:
            step(self, *arguments)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, re.error) as error:
            where = f"{self.raw.key}.{step.__name__.strip('_')}"
            self.reading.add(self.raw.line, where, f"cannot be read ({type(error).__name__})", "kept as written")


def _as_it_stands(value: str) -> str:
    """The text of a value without LaTeX and formatting, as most are; empty for any other."""
    if not as_written.is_plain(value):
        return ""
    text = one_line(value)
    return text if text.isprintable() else ""
