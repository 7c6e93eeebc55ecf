"""How the browser cites: a format, the markup of a style, and the version preferred, as one value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mum_tui.catalog.model import Entry
from mum_tui.citation import formats
from mum_tui.citation.choices import Markup, Version
from mum_tui.citation.csl_item import item
from mum_tui.citation.errors import FormatError


class Citation(NamedTuple):
    """The citation of entries and the title of its format; where it ``failed``, the text is one line that says why."""

    text: str
    title: str
    failed: bool = False


class CitationOptions(NamedTuple):
    """What ``formats`` needs to know beside the entries.

    ``format`` is a name as for ``formats.find``; ``in_text`` asks for the citation in the text where it is a style.
    """

    format: str = formats.DEFAULT
    markup: Markup = Markup.TEXT
    prefer: Version = Version.PUBLISHED
    in_text: bool = False

    @property
    def is_slow(self) -> bool:
        """Whether ``cite`` may take longer than a key may wait; true of every format outside the registry."""
        known = formats.BY_ID.get(self.format)
        return known is None or known.is_slow

    @property
    def has_markup(self) -> bool:
        """Whether the format is a style, which can be written as text, Markdown or HTML."""
        known = formats.BY_ID.get(self.format)
        return known is None or bool(known.style)

    @property
    def title(self) -> str:
        """What the format is called, as far as that is known without reading a file."""
        return self._titled(formats.BY_ID[self.format].title if self.format in formats.BY_ID else self.format)

    def _titled(self, title: str) -> str:
        if not self.has_markup:
            return title
        markup_label = "" if self.markup == Markup.TEXT else self.markup.label
        return ", ".join(filter(None, (title, "in the text" if self.in_text else "", markup_label)))

    def cite(self, entries: Sequence[Entry]) -> Citation:
        """The citation of the entries; never raises, and may be called in any thread."""
        try:
            format = formats.find(self.format)
            items = [item(entry, self.prefer) for entry in entries]
            if self.in_text and format.style:
                text = formats.in_text(items, format, markup=self.markup)
            else:
                text = formats.render_items(items, format, self.markup)
            return Citation(text, self._titled(format.title))
        except FormatError as error:
            return Citation(f"{error}\n", self.title, failed=True)

    def preview(self, entries: Sequence[Entry]) -> str:
        """The citation of the entries; below one in the text stand their references, if the style has any."""
        cited = self.cite(entries)
        if not (self.in_text and self.has_markup) or cited.failed:
            return cited.text
        references = self._replace(in_text=False).cite(entries)
        return cited.text if references.failed else f"{cited.text}\n{references.text}"


def remembered(format: str, markup: str, in_text: bool = False) -> CitationOptions:
    """The options of the last session, with the defaults in place of what no longer exists."""
    try:
        format = formats.find(format or formats.DEFAULT).id
    except FormatError:
        format = formats.DEFAULT
    markup = Markup(markup) if markup in list(Markup) else Markup.TEXT
    return CitationOptions(format, markup, in_text=in_text)


def has_both(entry: Entry) -> bool:
    """Whether there is a published version and a preprint to choose from."""
    return entry.published is not None and entry.preprint is not None


def both_titles(entries: Iterable[Entry], prefer: Version) -> str:
    """The version that is cited, where one of the entries has both; else an empty string."""
    return prefer.label if any(map(has_both, entries)) else ""
