"""The roots: a style with its locales, and the item it is asked to cite."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import citeproc
from citeproc import model
from lxml import etree

from mum_tui.citation import markup
from mum_tui.citation.shim import dates, names, text
from mum_tui.citation.shim.base import Element, own
from mum_tui.citation.shim.order import collation, letters

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CSL = "http://purl.org/net/xbiblio/csl"


class Cited:
    """One CSL item being cited: its values as marked text, and what of it was used.

    ``number`` is its place in a numbered bibliography, 0 for none; ``stands_for`` are the ``cs:names`` for which a
    substitute is being rendered; ``called`` and ``filled`` count the variables asked for, and those with a value.
    """

    has_locator = False

    def __init__(self, values: dict[str, Any], kind: str, number: int = 0) -> None:
        self.values = values
        self.type = kind
        self.number = number
        self.more_authors = False
        self.suppressed: set[str] = set()
        self.used: set[str] = set()
        self.called = self.filled = 0
        self.reference = self
        self.stands_for: Any = None
        self._suffix = ""
        self.names_before: list[str] | None = None
        self.first_names: list[str] | None = None

    def value(self, variable: str) -> Any:
        """The value, whether or not something else already stood for it."""
        return self.values.get(variable)

    def use(self, variable: str) -> Any:
        """The value for rendering; None where there is none or it already stood in for the names."""
        self.called += 1
        value = None if variable in self.suppressed else self.values.get(variable)
        if value is not None:
            self.used.add(variable)
            self.filled += 1
        return value

    def implicit_suffix(self) -> str:
        """The letter that tells works of one year apart, for the first year of a style that has no place for it."""
        suffix, self._suffix = self._suffix, ""
        return suffix

    def begin(self, number: int, implicit: bool) -> None:
        """Forget what was used, before the item is rendered."""
        self.number = number
        self.suppressed, self.used, self.first_names = set(), set(), None
        self._suffix = str(self.values.get("year-suffix", "")) if implicit else ""


class Term(Element, own("Term")):  # type: ignore[misc]
    @property
    def single(self) -> str:
        return self._form("single")

    @property
    def multiple(self) -> str:
        return self._form("multiple")

    def _form(self, number: str) -> str:
        element = self.find(f"cs:{number}", self.nsmap)
        return markup.unmarked((self.text if element is None else element.text) or "")


class Locale(Element, own("Locale")):  # type: ignore[misc]
    pass


class Style(Element, own("Style")):  # type: ignore[misc]
    """The style's root: macros, terms, dates and options by name."""

    style: Style
    macros: dict[str, Any]
    locales: list[Any]
    terms: dict[tuple[str, str | None], Any]
    dates: dict[str, Any]
    options: dict[str, str]
    bibliography: Any
    cite_options: dict[str, str]
    entry_options: dict[str, str]
    inherited_options: dict[str, str]
    explicit_suffix: bool

    def prepare(self, language: str) -> None:
        """Index what elements look up; ``language`` as in ``en-GB``."""
        self.style = self
        self.macros = {one.get("name"): one for one in self.findall("cs:macro", self.nsmap)}
        self.locales = self._locales(language)
        self.terms, self.dates, self.options = {}, {}, {}
        for locale in reversed(self.locales):
            for term in locale.iter(f"{{{_CSL}}}term"):
                form = term.get("form")
                self.terms[term.get("name"), form if form != "long" else None] = term
            self.dates.update({date.get("form"): date for date in locale.findall("cs:date", self.nsmap)})
            for options in locale.findall("cs:style-options", self.nsmap):
                self.options.update(options.attrib)
        bibliography = self.bibliography = self.find("cs:bibliography", self.nsmap)
        citation = self.find("cs:citation", self.nsmap)
        self.cite_options = {**self.attrib, **(citation.attrib if citation is not None else {})}
        self.entry_options = {**self.attrib, **(bibliography.attrib if bibliography is not None else {})}
        self.inherited_options = self.entry_options
        self.explicit_suffix = bool(self.xpath("//cs:text[@variable='year-suffix']", namespaces=self.nsmap))

    def _locales(self, language: str) -> list[Any]:
        """Most specific first: the style's own terms, then the library's locale files."""
        short = language.split("-")[0]
        within = {one.get(_XML_LANG): one for one in self.findall("cs:locale", self.nsmap)}
        found = [within[name] for name in (language, short, None) if name in within]
        files = [language, citeproc.PRIMARY_DIALECTS.get(short, ""), "en-US"]
        for name in dict.fromkeys(files):
            path = Path(citeproc.LOCALES_PATH) / f"locales-{name}.xml"
            if name and path.exists():
                locale = _parsed(path.read_bytes())
                adopt(locale, self)
                found.append(locale)
        return found

    def inherited(self, option: str, default: str) -> str:
        """An option of names as set for the bibliography or the whole style."""
        return str(self.inherited_options.get(option, default))

    def find_term(self, name: str, form: str | None) -> Any:
        terms = self.terms
        # Where a form is missing the next longer one serves.
        longer = {"verb-short": "verb", "symbol": "short", "short": None, "verb": None}
        while (name, form) not in terms:
            if form is None:
                return None
            form = longer.get(form)
        return terms[name, form]

    def find_date(self, form: str) -> Any:
        return self.dates.get(form)

    def locale_option(self, name: str) -> str:
        return str(self.options.get(name, "false"))

    def quotation_marks(self) -> tuple[str, str, str, str]:
        """Outer and inner pairs of the locale."""
        names = ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")
        found = [self.get_single_term(name) for name in names]
        return found[0], found[1], found[2], found[3]

    def year_suffixes(self, items: list[Cited]) -> None:
        """Give works that the style's in-text citation would not tell apart the letters a, b, …, in order.

        Mends: ``disambiguate-add-year-suffix`` was unknown.
        """
        options = self.cite_options
        layout = self.find("cs:citation/cs:layout", self.nsmap)
        if layout is None or options.get("disambiguate-add-year-suffix") != "true":
            return
        alike: dict[Any, list[Cited]] = {}
        self.inherited_options = options
        for item in items:
            item.begin(0, False)
            key = markup.plain(layout.cite(item))
            if options.get("disambiguate-add-names") == "true":
                key += repr(item.value("author"))
            elif options.get("disambiguate-add-givenname") == "true":
                key += "".join(name.get("given", "")[:1] for name in (item.value("author") or [])[:1])
            alike.setdefault(key, []).append(item)
        self.inherited_options = self.entry_options
        for same in alike.values():
            for number, item in enumerate(same if len(same) > 1 else []):
                item.values["year-suffix"] = letters(number)

    # -- sorting

    def sorted(self, items: list[Cited]) -> list[Cited]:
        """The items in the order the style wants for its bibliography; as given where it wants none.

        Mends: keys were compared by code point ("Ångström" came behind "Zhou").
        """
        sort = self.bibliography.find("cs:sort", self.nsmap)
        if sort is None:
            return items
        ordered = list(items)
        for key in reversed(sort.findall("cs:key", self.nsmap)):
            backwards = key.get("sort") == "descending"
            keyed = [(self._key(key, item), item) for item in ordered]
            # What lacks the key comes last, whichever way the order runs.
            present = [pair for pair in keyed if pair[0] is not None]
            present.sort(key=lambda pair: pair[0], reverse=backwards)
            ordered = [item for _, item in present] + [item for value, item in keyed if value is None]
        return ordered

    def _key(self, key: Any, item: Cited) -> Any:
        item.begin(0, False)
        variable = key.get("variable")
        if variable is None:
            options = {"name-as-sort-order": "all"}
            for given, option in (("names-min", "et-al-min"), ("names-use-first", "et-al-use-first")):
                if key.get(given):
                    options[option] = key.get(given)
            rendered = self.macros[key.get("macro")].render(item, context=None, sort_options=options)
            return collation(rendered) if rendered else None
        value = item.value(variable)
        if value is None or value == "" or value == []:
            return None
        if isinstance(value, dict):
            parts = value.get("date-parts") or [[0]]
            return tuple([*parts[0], 0, 0, 0][:3])
        if isinstance(value, list):
            return collation(
                " ".join(f"{one.get('family', one.get('literal', ''))} {one.get('given', '')}" for one in value)
            )
        return collation(str(value))


# -- loading


_CLASSES = {
    cls.__name__: cls
    for cls in (
        *(Style, Locale, Term),
        *(names.Names, names.Name, names.Et_Al, names.Label, names.Substitute),
        *(text.Text, text.Number, text.Group, text.Macro, text.If, text.Else_If, text.Else, text.Layout),
        *(dates.Date, dates.Date_Part),
    )
}


@cache
def _parser() -> etree.XMLParser:
    lookup = etree.ElementNamespaceClassLookup()
    namespace = lookup.get_namespace(_CSL)
    library = [cls for cls in model.CitationStylesElement.__subclasses__() if not issubclass(cls, Element)]
    namespace[None] = type("Other", (Element, model.CitationStylesElement), {})
    for cls in library:
        name = cls.__name__
        namespace[name.replace("_", "-").lower()] = _CLASSES.get(name) or type(name, (Element, cls), {})
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, resolve_entities=False, no_network=True)
    parser.set_element_class_lookup(lookup)
    return parser


def _parsed(data: bytes) -> Any:
    return etree.fromstring(data, _parser())


def adopt(tree: Any, style: Any) -> None:
    """Tell every element of ``tree`` its root; keeping them all keeps what they know."""
    elements = list(tree.iter())
    for element in elements:
        element.tree = tree
    tree.style = style
    tree.elements = elements


def load(data: bytes, language: str = "") -> Style:
    """The style in a CSL file.

    Args:
        data: the file's bytes.
        language: the locale to write in, where the style does not fix one.

    Raises:
        lxml.etree.XMLSyntaxError: it is no XML.
        ValueError: it is no style with a bibliography.
    """
    if b"<!DOCTYPE" in data:
        raise ValueError("has a DOCTYPE, which no style needs")
    root = _parsed(data)
    if not isinstance(root, Style):
        raise ValueError("is no CSL style")
    for element in list(root.iter(f"{{{_CSL}}}names")):
        if element.find("cs:name", {"cs": _CSL}) is None:
            element.insert(0, etree.SubElement(element, f"{{{_CSL}}}name", {names.IMPLIED: "true"}))
    adopt(root, root)
    root.prepare(root.get("default-locale") or language or "en-US")
    if root.bibliography is None:
        raise ValueError("has no bibliography")
    if root.bibliography.find("cs:layout", root.nsmap) is None:
        raise ValueError("has a bibliography without a layout")
    return root
