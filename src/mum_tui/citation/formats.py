"""The registry of citation formats: a format that stands here is offered on the command line and on the screen.

``render`` is pure and may be called in any thread. Nothing heavy is imported before a format needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mum_tui.citation.choices import InText, Markup, Version
from mum_tui.citation.errors import PREFIX, FormatError, UnknownFormat
from mum_tui.problems import nearest
from mum_tui.text import fold

if TYPE_CHECKING:
    from mum_tui.catalog.model import Entry
    from mum_tui.citation.csl_item import CslItem
    from mum_tui.citation.styles import StyleFile

FILES, STYLES, SNIPPETS, OTHER_STYLES = "Reference managers", "Styles", "Snippets", "All styles"


class Format(NamedTuple):
    """A citation format: its name on the command line, its title and group on the screen.

    ``style`` and ``language`` name the CSL style of a formatted one, and ``style_file`` is that style where it was
    looked up to find the format. Any other is rendered by ``renderer``, a module of this package and a function in it.
    """

    id: str
    title: str
    group: str
    renderer: str = ""
    style: str = ""
    language: str = ""
    style_file: StyleFile | None = None

    @property
    def is_slow(self) -> bool:
        """Whether it needs a library that takes tens of milliseconds to load: to be rendered in a thread."""
        return bool(self.style) or self.renderer.startswith("ris.")

    @property
    def has_in_text(self) -> bool:
        """Whether ``in_text`` can write a citation in this format."""
        return bool(self.style) or self.renderer.startswith("commands_in_text.")


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
    Format("cite", r"LaTeX: \cite{…}", SNIPPETS, "commands_in_text.latex"),
    Format("pandoc", "pandoc, Quarto: [@…]", SNIPPETS, "commands_in_text.pandoc"),
    Format("link", "Link", SNIPPETS, "snippets.links"),
    Format("markdown-link", "Title and link, Markdown", SNIPPETS, "snippets.markdown_links"),
)

DEFAULT = FORMATS[0].id

BY_ID = {format.id: format for format in FORMATS}


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
        style = styles.find(name)
        return Format(name, style.title, OTHER_STYLES, style=name, style_file=style)
    near = nearest(name, list(BY_ID), 1)
    if not near and styles.exists(name):
        near = [PREFIX + name]
    raise UnknownFormat(name, near)


def matching(words: Sequence[str]) -> list[Format]:
    """The formats of the registry in whose name, title or style every word stands; ``styles.search`` finds others."""
    folded = [fold(word) for word in words]
    texts = ((format, fold(f"{format.id} {format.title} {format.style}")) for format in FORMATS)
    return [format for format, text in texts if all(word in text for word in folded)]


def render(
    entries: Sequence[Entry],
    name: str = DEFAULT,
    prefer: Version = Version.PUBLISHED,
    markup: Markup = Markup.TEXT,
) -> str:
    """The entries cited in the format called ``name``.

    Args:
        entries: what to cite. A style orders several as it wants them, any other format keeps their order.
        name: as for ``find``.
        prefer: the version to cite where there are two.
        markup: how a citation in a style is written; other formats are written in one way only.

    Raises:
        FormatError: there is no such format, or its style cannot be used. The text says why, in one line.
    """
    from mum_tui.citation.csl_item import item

    return render_items([item(entry, prefer) for entry in entries], find(name), markup)


def render_items(
    items: Sequence[CslItem], format: Format | str = DEFAULT, markup: Markup = Markup.TEXT, locale: str = ""
) -> str:
    """CSL items cited in a format or in the one of this name; otherwise like ``render``.

    ``locale`` is the language tag ("de-DE") to write a style in; empty: that of the style.
    """
    if isinstance(format, str):
        format = find(format)
    if format.style:
        from mum_tui.citation import styled, styles

        return styled.render(items, format.style_file or styles.find(format.style), format.language, markup, locale)
    return str(_function(format.renderer)(items))


def in_text(
    items: Sequence[CslItem],
    format: Format,
    additions: Sequence[InText] = (),
    markup: Markup = Markup.TEXT,
    locale: str = "",
) -> str:
    """One citation in the text of all items: by a style "(Doe 2020, p. 5; Roe 2021)", or as a command that means it.

    Args:
        items: what to cite.
        format: a style, or the snippet for LaTeX or pandoc.
        additions: locator, prefix, suffix and narrative of each item in order; the rest is cited plainly.
        markup: how the citation of a style is written.
        locale: the language tag to write a style in; empty: that of the style.

    Raises:
        FormatError: the format has no citations in the text, or its style cannot be used.
    """
    if format.style:
        from mum_tui.citation import styled

        return styled.in_text(items, format.style, additions, language=format.language, locale=locale, as_markup=markup)
    if not format.has_in_text:
        raise FormatError(f"{format.id} has no citations in the text; take a style such as apa, or pandoc or cite")
    return str(_function(format.renderer)(items, additions))


def _function(renderer: str) -> Callable[..., object]:
    from importlib import import_module

    module, name = renderer.split(".")
    function: Callable[..., object] = getattr(import_module(f"mum_tui.citation.{module}"), name)
    return function
