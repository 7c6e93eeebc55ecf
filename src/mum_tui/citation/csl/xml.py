"""XML of styles and locales as plain nodes, read within limits."""

from collections.abc import Iterator
from xml.parsers import expat

_MOST_BYTES = 4_000_000
_MOST_NODES = 100_000
_DEEPEST = 120


class StyleError(Exception):
    """A style or locale that cannot be read or run; the message says in one line what it is or has."""


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

    def walk(self) -> "Iterator[Node]":
        """The elements under this one at any depth."""
        for node in self.children:
            yield node
            yield from node.walk()


def read(data: bytes | str) -> Node:
    """The root of an XML document. Raises StyleError where it is malformed, too large, too deep or declares a DTD."""
    if not data.strip():
        raise StyleError("is empty")
    if len(data) > _MOST_BYTES:
        raise StyleError(f"is longer than {_MOST_BYTES // 1_000_000} MB")
    path = [Node("", {})]
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > _MOST_NODES or len(path) > _DEEPEST:
            raise StyleError("has too many elements, or too deeply nested ones")
        node = Node(name.rpartition(":")[2] if ":" in name else name, attributes)
        path[-1].children.append(node)
        path.append(node)
        parser.CharacterDataHandler = characters if node.name in ("term", "single", "multiple") else None

    def characters(text: str) -> None:
        if not path[-1].children:
            path[-1].text += text

    def refuse(*declaration: object) -> None:
        raise StyleError("has a DOCTYPE or entities, which no style needs")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: path.pop()
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, UnicodeError, LookupError) as problem:
        raise StyleError(f"is not well-formed XML: {problem}") from None
    return path[0].children[0]
