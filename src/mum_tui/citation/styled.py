"""Citations in a CSL style, as plain text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from mum_tui.citation import markup, styles
from mum_tui.citation.csl_item import Item
from mum_tui.citation.engine import Engine, InText
from mum_tui.citation.errors import BadStyle, FormatError
from mum_tui.citation.formats import HTML, MARKDOWN, PLAIN


def render(items: Sequence[Item], name: str, language: str, as_: str) -> str:
    """The items as a bibliography in the style called ``name``.

    Plain text has a line per item, Markdown a paragraph, HTML a ``div``.

    Raises:
        FormatError: the style cannot be found, loaded or used.
    """
    with _faults(name):
        texts = _engine(name, language).bibliography(items)
    if as_ == HTML:
        entries = "".join(f'  <div class="csl-entry">{markup.html(text)}</div>\n' for text in texts)
        return f'<div class="csl-bib-body">\n{entries}</div>\n'
    if as_ == MARKDOWN:
        return "\n".join(f"{markup.markdown(text)}\n" for text in texts)
    return "".join(f"{markup.plain(text)}\n" for text in texts)


def in_text(
    items: Sequence[Item],
    name: str,
    additions: Sequence[InText] = (),
    *,
    language: str = "",
    locale: str = "",
    as_: str = PLAIN,
) -> str:
    """One citation in the text, or in a note, of all items: "(Doe 2020, p. 5; Roe 2021)". Ends in a line break.

    Args:
        items: what is cited.
        name: the style, as for ``styles.find``; one without a bibliography will do.
        additions: locator, prefix, suffix and narrative of each item in order; the rest is cited plainly.
        language: the locale where the style has none of its own.
        locale: the locale in any case.
        as_: one of ``formats.FORMS``.

    Raises:
        FormatError: the style cannot be found, loaded or used, or prints nothing of these items.
    """
    with _faults(name):
        text = _engine(name, language, locale).citation(items, additions)
    if not text:
        raise BadStyle(name, "prints nothing of this in the text")
    write = {HTML: markup.html, MARKDOWN: markup.markdown}.get(as_, markup.plain)
    return f"{write(text)}\n"


def _engine(name: str, language: str, locale: str = "") -> Engine:
    return styles.engine(styles.find(name), language, locale)


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
