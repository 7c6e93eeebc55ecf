"""The registry of citation formats: adding one is adding a line.

``render`` is pure and may be called in any thread. Nothing heavy is imported before a format needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mum_tui.catalog.model import Entry
from mum_tui.citation import bibtex
from mum_tui.citation.csl_item import PUBLISHED, Item, item
from mum_tui.citation.errors import PREFIX, BadStyle, FormatError, UnknownFormat
from mum_tui.problems import nearest
from mum_tui.text import fold

__all__ = [
    "BY_ID",
    "DEFAULT",
    "FORMATS",
    "FORMS",
    "HTML",
    "MARKDOWN",
    "PLAIN",
    "BadStyle",
    "Format",
    "FormatError",
    "UnknownFormat",
    "find",
    "listing",
    "matching",
    "preview",
    "render",
    "render_items",
]  # fmt: skip

PLAIN, MARKDOWN, HTML = FORMS = ("text", "markdown", "html")
"""How a formatted citation can be written."""

FILES, STYLES, SNIPPETS, OTHER_STYLES = "Reference managers", "Styles", "Snippets", "All styles"


class Format(NamedTuple):
    """A citation format: its name on the command line, its title and group on the screen.

    ``style`` and ``language`` name the CSL style of a formatted one; any other is rendered by ``room``, the name
    of a module of this package and a function in it.
    """

    id: str
    title: str
    group: str
    room: str = ""
    style: str = ""
    language: str = ""

    @property
    def is_slow(self) -> bool:
        """Whether it needs a library that takes tens of milliseconds to load: to be rendered in a thread."""
        return bool(self.style) or self.room.startswith("ris.")


FORMATS: tuple[Format, ...] = (
    Format("bibtex", "BibTeX", FILES, "bibtex.render"),
    Format("biblatex", "BibLaTeX", FILES, "biblatex.render"),
    Format("ris", "RIS (EndNote, Zotero, Mendeley)", FILES, "ris.render"),
    Format("csl-json", "CSL-JSON (Zotero, pandoc)", FILES, "snippets.csl_json"),
    Format("apa", "APA 7", STYLES, style="apa"),
    Format("ieee", "IEEE", STYLES, style="ieee"),
    Format("vancouver", "Vancouver (NLM)", STYLES, style="nlm-citation-sequence"),
    Format("ama", "AMA 11", STYLES, style="american-medical-association"),
    Format("nature", "Nature", STYLES, style="nature", language="en-GB"),
    Format("mla", "MLA 9", STYLES, style="modern-language-association"),
    Format("chicago", "Chicago, author-date", STYLES, style="chicago-author-date"),
    Format("harvard", "Harvard (Cite Them Right)", STYLES, style="harvard-cite-them-right", language="en-GB"),
    Format("lncs", "LNCS (MICCAI)", STYLES, style="springer-lecture-notes-in-computer-science"),
    Format("media", "Medical Image Analysis", STYLES, style="elsevier-harvard"),
    Format("text", "Plain text, one line", SNIPPETS, "reference.render"),
    Format("citekey", "Citation key", SNIPPETS, "snippets.keys"),
    Format("cite", r"LaTeX: \cite{…}", SNIPPETS, "snippets.latex"),
    Format("pandoc", "pandoc, Quarto: [@…]", SNIPPETS, "snippets.pandoc"),
    Format("link", "Link", SNIPPETS, "snippets.links"),
    Format("markdown-link", "Title and link, Markdown", SNIPPETS, "snippets.markdown_links"),
)

DEFAULT = FORMATS[0].id

BY_ID = {one.id: one for one in FORMATS}


def find(name: str) -> Format:
    r"""The format called ``name``: of the registry, ``csl:NAME`` of any style, or the path of a ``.csl`` file.

    Raises:
        UnknownFormat: there is none of this name.
        BadStyle: the file cannot be read.
    """
    if name in BY_ID:
        return BY_ID[name]
    from mum_tui.citation import styles

    if name.startswith(PREFIX) or styles.is_path(name):
        return Format(name, styles.find(name).title, OTHER_STYLES, style=name)
    near = nearest(name, [one.id for one in FORMATS], 1)
    if not near and styles.exists(name):
        near = [PREFIX + name]
    raise UnknownFormat(name, near)


def matching(words: Sequence[str]) -> list[Format]:
    """The formats of the registry in whose name, title or style every word stands; ``styles.search`` finds others."""
    folded = [fold(word) for word in words]
    texts = ((one, fold(f"{one.id} {one.title} {one.style}")) for one in FORMATS)
    return [one for one, text in texts if all(word in text for word in folded)]


def render(entries: Sequence[Entry], name: str = DEFAULT, prefer: str = PUBLISHED, as_: str = PLAIN) -> str:
    """The entries cited in the format called ``name``.

    Args:
        entries: what to cite. A formatted style orders several as it wants them, any other keeps the order.
        name: as for ``find``.
        prefer: the version to cite where there are two, ``csl_item.PUBLISHED`` or ``csl_item.PREPRINT``.
        as_: how a formatted style is written, one of ``FORMS``; other formats have but one form.

    Raises:
        FormatError: there is no such format, or its style cannot be used. The text says why, in one line.
    """
    return render_items([item(entry, prefer) for entry in entries], name, as_)


def render_items(items: Sequence[Item], name: str = DEFAULT, as_: str = PLAIN) -> str:
    """Like ``render``, for CSL items (as ``items.read`` gives them)."""
    wanted = find(name)
    if wanted.style:
        from mum_tui.citation import styled

        return styled.render(items, wanted.style, wanted.language, as_)
    if wanted.id == DEFAULT:
        return bibtex.render(items)
    from importlib import import_module

    module, function = wanted.room.split(".")
    return str(getattr(import_module(f"mum_tui.citation.{module}"), function)(items))


def preview(entry: Entry, name: str, prefer: str = PUBLISHED) -> str:
    """One entry in one format as plain text, or the one line that says why not; never raises ``FormatError``.

    The first call for a style loads it (some 30 ms with the libraries, then 5 ms a style), later ones take 1 to
    5 ms: the last sixteen styles are kept.
    """
    try:
        return render([entry], name, prefer)
    except FormatError as error:
        return f"{error}\n"


def listing() -> tuple[tuple[str, str], ...]:
    """Id and title of every format, then of the ~10,800 styles under ``csl:``; about half a second the first time."""
    from mum_tui.citation import styles

    return (*((one.id, one.title) for one in FORMATS), *styles.listing())
