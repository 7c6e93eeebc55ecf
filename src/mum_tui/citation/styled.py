"""Citations in a CSL style, as plain text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mum_tui.citation import markup, styles
from mum_tui.citation.choices import InText, Markup
from mum_tui.citation.errors import BadStyle, FormatError, NoBibliography

if TYPE_CHECKING:
    from mum_tui.citation.csl_item import CslItem


def render(
    items: Sequence[CslItem], style: styles.StyleFile, language: str, as_markup: Markup, locale: str = ""
) -> str:
    """The items as a bibliography in a style.

    Plain text has a line per item, Markdown a paragraph, HTML a ``div``. ``language`` is the locale where the style has
    none of its own, ``locale`` the locale in any case.

    Raises:
        FormatError: the style cannot be loaded or used, or has no bibliography.
    """
    with _faults(style.name):
        engine = styles.engine(style, language, locale)
        if engine.style.layout("bibliography") is None:
            raise NoBibliography(style.name)
        texts = engine.bibliography(items)
    if as_markup == Markup.HTML:
        entries = "".join(f'  <div class="csl-entry">{markup.html(text)}</div>\n' for text in texts)
        return f'<div class="csl-bib-body">\n{entries}</div>\n'
    if as_markup == Markup.MARKDOWN:
        return "\n".join(f"{markup.markdown(text)}\n" for text in texts)
    return "".join(f"{markup.plain(text)}\n" for text in texts)


def in_text(
    items: Sequence[CslItem],
    name: str,
    additions: Sequence[InText] = (),
    *,
    language: str = "",
    locale: str = "",
    as_markup: Markup = Markup.TEXT,
) -> str:
    """One citation in the text, or in a note, of all items: "(Doe 2020, p. 5; Roe 2021)". Ends in a line break.

    Args:
        items: what is cited.
        name: the style, as for ``styles.find``; one without a bibliography will do.
        additions: locator, prefix, suffix and narrative of each item in order; the rest is cited plainly.
        language: the locale where the style has none of its own.
        locale: the locale in any case.
        as_markup: the markup of the result.

    Raises:
        FormatError: the style cannot be found, loaded or used, or prints nothing of these items.
    """
    with _faults(name):
        text = styles.engine(styles.find(name), language, locale).citation(items, additions)
    if not text:
        raise BadStyle(name, "prints nothing of this in the text")
    write = {Markup.HTML: markup.html, Markup.MARKDOWN: markup.markdown}.get(as_markup, markup.plain)
    return f"{write(text)}\n"


@contextmanager
def _faults(name: str) -> Iterator[None]:
    """Whatever fails in a style is told in one line: a style can be any file, and is a program."""
    from mum_tui.citation.csl import StyleError

    try:
        yield
    except FormatError:
        raise
    except StyleError as error:
        raise BadStyle(name, str(error)) from error
    except Exception as error:
        raise BadStyle(name, f"cannot be used ({type(error).__name__}: {error})") from error
