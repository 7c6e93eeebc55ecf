"""What every element of a loaded style knows: its root, its macros, terms and options, each looked up once."""

from __future__ import annotations

from typing import Any

from citeproc import model

from mum_tui.citation import markup


class Formatter:
    """Formatting as marks.

    Mends: values went into HTML unescaped (``&`` in an address).
    """

    Italic = Oblique = staticmethod(markup.wrapped(markup.ITALIC))
    Bold = staticmethod(markup.wrapped(markup.BOLD))
    Light = staticmethod(str)
    Underline = staticmethod(markup.wrapped(markup.UNDERLINE))
    Superscript = staticmethod(markup.wrapped(markup.SUPER))
    Subscript = staticmethod(markup.wrapped(markup.SUB))
    SmallCaps = staticmethod(markup.wrapped(markup.CAPS))

    @staticmethod
    def preformat(text: str) -> str:
        return str(text)


class Element:
    """Mixed into every element class: look-ups that are made once, and joins that mark their seams.

    Mends: every look-up walked the document by XPath (a third of the time of a rendering).
    Mends: punctuation was merged only where no formatting stands between (``et al.</i>.``).
    Mends: punctuation in a value was doubled by what the style puts behind it ("enough?.").
    Mends: commas and full stops stayed outside American quotation marks.
    Mends: quotation marks in a value kept their shape.
    """

    tree: Any
    get: Any

    def get_root(self) -> Any:
        return self.tree

    def get_macro(self, name: str) -> Any:
        return self.tree.macros[name]

    def get_formatter(self) -> type[Formatter]:
        return Formatter

    def get_locale_option(self, name: str) -> str:
        return str(self.tree.style.locale_option(name))

    def get_term(self, name: str, form: str | None = None, *_: Any, **__: Any) -> Any:
        return self.tree.style.find_term(name, form)

    def get_single_term(self, name: str, form: str | None = None, *_: Any, **__: Any) -> str:
        term = self.get_term(name, form)
        return term.single if term is not None else ""

    def get_plural_term(self, name: str, form: str | None = None, *_: Any, **__: Any) -> str:
        term = self.get_term(name, form)
        return term.multiple if term is not None else ""

    def get_date(self, form: str) -> Any:
        return self.tree.style.find_date(form)

    def wrap(self, text: str | None) -> str | None:
        if not text:
            return text
        prefix, suffix = self.get("prefix", ""), self.get("suffix", "")
        return joined([prefix, text, suffix])

    def join(self, texts: Any, default_delimiter: str = "") -> str:
        return joined([text for text in texts if text], self.get("delimiter", default_delimiter))


def joined(texts: list[str], delimiter: str = "") -> str:
    """The texts that are not empty, with a seam wherever two pieces meet."""
    between = f"{markup.SEAM}{delimiter}{markup.SEAM}" if delimiter else markup.SEAM
    return between.join([str(text) for text in texts if text])


def own(name: str) -> Any:
    """The library's element class of this name, typed as anything (the library has no types)."""
    return getattr(model, name)
