"""Citations in a CSL style, as plain text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Sequence

from mum_tui.citation import markup, styles
from mum_tui.citation.choices import Markup
from mum_tui.citation.csl_item import CslItem
from mum_tui.citation.errors import BadStyle


def render(items: Sequence[CslItem], style: styles.StyleFile, language: str, form: Markup) -> str:
    """The items as a bibliography in a style.

    Plain text has a line per item, Markdown a paragraph, HTML a ``div``.

    Raises:
        FormatError: the style cannot be loaded or used.
    """
    engine = styles.engine(style, language)
    try:
        texts = engine.bibliography(items)
    except RecursionError:
        raise BadStyle(style.name, "is a style whose macros contain each other") from None
    except Exception as error:
        # A style can be any file, and is a program: whatever fails in it is its fault, told in one line.
        raise BadStyle(style.name, f"cannot be used ({type(error).__name__}: {error})") from error
    if form == Markup.HTML:
        entries = "".join(f'  <div class="csl-entry">{markup.html(text)}</div>\n' for text in texts)
        return f'<div class="csl-bib-body">\n{entries}</div>\n'
    if form == Markup.MARKDOWN:
        return "\n".join(f"{markup.markdown(text)}\n" for text in texts)
    return "".join(f"{markup.plain(text)}\n" for text in texts)
