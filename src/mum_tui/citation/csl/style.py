"""A CSL style: its options, locales and macros, and the layouts of citations and bibliography, compiled when used."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from .conditions import Condition
from .date_element import DateElement
from .elements import Choose, Element, Group, Label, Macro, Number, Term, Value, Variable
from .locale import LocaleData
from .name_format import NameOptions, whole
from .names_element import NamesElement
from .xml import Node, StyleError, read

_NAMESPACE = "http://purl.org/net/xbiblio/csl"


class SortKey:
    """cs:key: a variable or the elements of a macro, its direction and limits on names."""

    def __init__(self, node: Node, elements: list[Element]) -> None:
        self.variable = node.get("variable")
        self.group = Group(Node("group", {}), elements)
        self.descending = node.get("sort") == "descending"
        self.of_numbers = "citation-number" in (self.variable, *(element.variable for element in elements))
        self.limits = (whole(node.get("names-min")), whole(node.get("names-use-first")), node.get("names-use-last"))


class Layout:
    """cs:citation or cs:bibliography: its options, sort keys and elements."""

    def __init__(self, node: Node, compiler: "_Compiler") -> None:
        layout = node.child("layout")
        if layout is None:
            raise StyleError(f"has a {node.name} without a layout")
        self.options = node.attributes
        self.element = Element(layout)
        self.elements = compiler.elements(layout)
        sort = node.child("sort")
        self.sort_keys: list[SortKey] = []
        for key in sort.all("key") if sort is not None else ():
            name = key.get("macro")
            self.sort_keys.append(SortKey(key, compiler.macro(name) if name else []))


class Style:
    """A style. Create it with `Style.parse`."""

    def __init__(self, root: Node) -> None:
        if root.name != "style" or _NAMESPACE not in root.attributes.values():
            raise StyleError("is no CSL style")
        self.root = root
        self.options = root.attributes
        self.locales = [LocaleData(node) for node in root.all("locale")]
        self.macros = {node.get("name"): node for node in root.all("macro")}
        self.default_locale = root.get("default-locale")
        self.in_notes = root.get("class") == "note"
        self.demote = root.get("demote-non-dropping-particle", "display-and-sort")
        self.page_range_format = root.get("page-range-format")
        self._layouts: dict[str, Layout | None] = {}

    @classmethod
    def parse(cls, data: bytes | str) -> "Style":
        """The style in a CSL file. Raises StyleError where it is not one or goes beyond the limits."""
        return cls(read(data))

    def layout(self, area: str) -> Layout | None:
        """The layout of "citation" or "bibliography"; None where the style has none."""
        if area not in self._layouts:
            node = self.root.child(area)
            self._layouts[area] = None if node is None else Layout(node, _Compiler(self, node))
        return self._layouts[area]

    @cached_property
    def tests_disambiguation(self) -> bool:
        """Whether it tests the disambiguate condition."""
        return any("disambiguate" in node.attributes for node in self.root.walk())

    @cached_property
    def places_year_suffix(self) -> bool:
        """Whether a layout prints the year suffix itself, in a macro or not."""
        texts = self._texts(node for node in self.root.walk() if node.name == "layout")
        return any(text.get("variable") == "year-suffix" for text in texts)

    def too_deep(self) -> StyleError:
        """What is wrong with a style whose elements cannot be rendered for their depth."""
        for name, node in self.macros.items():
            if any(text.get("macro") == name for text in self._texts([node])):
                return StyleError(f"has a macro that calls itself: {name}")
        return StyleError("has elements nested too deeply")

    def _texts(self, nodes: Iterable[Node]) -> Iterator[Node]:
        """The cs:text elements under nodes, and under the macros called from there."""
        pending = [*nodes]
        seen: set[str] = set()
        while pending:
            texts = [text for text in pending.pop().walk() if text.name == "text"]
            yield from texts
            names = {text.get("macro") for text in texts} - seen
            seen |= names
            pending += [self.macros[name] for name in names if name in self.macros]


class _Compiler:
    """Turns nodes into elements for one area, whose name options its cs:name elements inherit."""

    def __init__(self, style: Style, area: Node) -> None:
        self.style = style
        self.inherited = {**style.root.attributes, **area.attributes}
        self._macros: dict[str, list[Element]] = {}

    def macro(self, name: str) -> list[Element]:
        """The elements of a macro. Raises StyleError where there is none of this name."""
        if name not in self._macros:
            node = self.style.macros.get(name)
            if node is None:
                raise StyleError(f"calls a macro that it does not define: {name}")
            self._macros[name] = self.elements(node)
        return self._macros[name]

    def elements(self, node: Node, outer: Node | None = None) -> list[Element]:
        """The rendering elements among a node's children. outer: the cs:names that a substitute belongs to."""
        return [element for child in node.children if (element := self._element(child, outer)) is not None]

    def _element(self, node: Node, outer: Node | None) -> Element | None:
        if node.name == "text":
            return self._text(node)
        if node.name == "group":
            return Group(node, self.elements(node, outer))
        if node.name == "choose":
            branches = [
                (Condition(branch) if branch.name != "else" else None, self.elements(branch, outer))
                for branch in node.children
            ]
            return Choose(node, branches)
        if node.name == "names":
            return self._names(node, outer)
        simple = _SIMPLE.get(node.name)
        return simple(node) if simple is not None else None

    def _text(self, node: Node) -> Element:
        if "variable" in node.attributes:
            return Variable(node)
        if "macro" in node.attributes:
            return Macro(node, self.macro)
        if "term" in node.attributes:
            return Term(node)
        return Value(node)

    def _names(self, node: Node, outer: Node | None) -> NamesElement:
        source = outer if outer is not None and not node.children else node
        name, label, et_al = map(source.child, ("name", "label", "et-al"))
        names = [child.name for child in source.children]
        first = label is not None and name is not None and names.index("label") < names.index("name")
        shown = Label(label, first) if label is not None else None
        others = Term(Node("text", {"term": "et-al", **(et_al.attributes if et_al is not None else {})}))
        substitute = node.child("substitute")
        instead = self.elements(substitute, node) if substitute is not None else []
        return NamesElement(node, NameOptions(name, self.inherited), others, shown, instead)


_SIMPLE = {"date": DateElement, "number": Number, "label": Label}
