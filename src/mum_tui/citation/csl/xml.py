"""XML of styles and locales as plain nodes, read within limits."""

from collections.abc import Iterator
from xml.parsers import expat

from .errors import StyleError

_MOST_BYTES = 4_000_000
_MOST_NODES = 100_000
_DEEPEST = 120


class Node:
    """One element: its local name, attributes, child elements and the text before them."""

    __slots__ = ("attributes", "children", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Node] = []
        self.text = ""

    def get(self, attribute: str, default: str = "") -> str:
        """The value of an attribute, or the default."""
        return self.attributes.get(attribute, default)

    def child(self, name: str) -> "Node | None":
        """The first child element of this name."""
        return next((node for node in self.children if node.name == name), None)

    def all(self, name: str) -> "Iterator[Node]":
        """The child elements of this name, in order."""
        return (node for node in self.children if node.name == name)


def read(data: bytes | str) -> Node:
    """The root of an XML document. Raises StyleError where it is malformed, too large, too deep or declares a DTD."""
    if not data.strip():
        raise StyleError("is empty")
    if len(data) > _MOST_BYTES:
        raise StyleError(f"is longer than {_MOST_BYTES // 1_000_000} MB")
    return _Reader().read(data)


class _Reader:
    def __init__(self) -> None:
        self._open = [Node("", {})]
        self._count = 0
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse

    def read(self, data: bytes | str) -> Node:
        try:
            self._parser.Parse(data, True)
        except (expat.ExpatError, UnicodeError, LookupError) as problem:
            raise StyleError(f"is not well-formed XML: {problem}") from None
        return self._open[0].children[0]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > _MOST_NODES or len(self._open) > _DEEPEST:
            raise StyleError("has too many elements, or too deeply nested ones")
        if ":" in name:
            name = name.rpartition(":")[2]
        node = Node(name, attributes)
        self._open[-1].children.append(node)
        self._open.append(node)

    def _end(self, name: str) -> None:
        self._open.pop()

    def _characters(self, text: str) -> None:
        node = self._open[-1]
        if not node.children:
            node.text += text

    def _refuse(self, *declaration: object) -> None:
        raise StyleError("has a DOCTYPE or entities, which no style needs")
