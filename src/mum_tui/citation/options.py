"""How the browser cites: a format, the form of a style, and the version preferred, as one value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mum_tui.catalog.model import Entry
from mum_tui.citation import formats
from mum_tui.citation.csl_item import PREPRINT, PUBLISHED

FORM_TITLES = {formats.PLAIN: "plain text", formats.MARKDOWN: "Markdown", formats.HTML: "HTML"}
VERSION_TITLES = {PUBLISHED: "published version", PREPRINT: "preprint"}


class Cited(NamedTuple):
    """A citation and the title of its format; where it ``failed``, the one line that says why not."""

    text: str
    title: str
    failed: bool = False


class Manner(NamedTuple):
    """What ``formats.render`` wants to know beside the entries."""

    name: str = formats.DEFAULT
    form: str = formats.PLAIN
    prefer: str = PUBLISHED

    @property
    def is_slow(self) -> bool:
        """Whether ``cite`` may take longer than a key may wait; true of every format outside the registry."""
        known = formats.BY_ID.get(self.name)
        return known is None or known.is_slow

    @property
    def has_forms(self) -> bool:
        """Whether the format is a style, which can be written as text, Markdown or HTML."""
        known = formats.BY_ID.get(self.name)
        return known is None or bool(known.style)

    @property
    def title(self) -> str:
        """What the format is called, as far as that is known without reading a file."""
        return self._titled(formats.BY_ID[self.name].title if self.name in formats.BY_ID else self.name)

    def _titled(self, title: str) -> str:
        return f"{title}, {FORM_TITLES[self.form]}" if self.has_forms and self.form != formats.PLAIN else title

    def cite(self, entries: Sequence[Entry]) -> Cited:
        """The citation of the entries; never raises, and may be called in any thread."""
        try:
            title = self._titled(formats.find(self.name).title)
            return Cited(formats.render(entries, self.name, self.prefer, self.form), title)
        except formats.FormatError as error:
            return Cited(f"{error}\n", self.title, failed=True)


def remembered(name: str, form: str) -> Manner:
    """The manner of the last session, or the default in place of what is no longer there."""
    try:
        name = formats.find(name or formats.DEFAULT).id
    except formats.FormatError:
        name = formats.DEFAULT
    return Manner(name, form if form in formats.FORMS else formats.PLAIN)


def has_both(entry: Entry) -> bool:
    """Whether there is a published version and a preprint to choose from."""
    return entry.published is not None and entry.preprint is not None


def both_titles(entries: Iterable[Entry], prefer: str) -> str:
    """The version that is cited, where one of the entries has both; else nothing."""
    return VERSION_TITLES[prefer] if any(map(has_both, entries)) else ""


def other(prefer: str) -> str:
    """The other version."""
    return PUBLISHED if prefer == PREPRINT else PREPRINT
