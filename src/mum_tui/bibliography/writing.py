"""Writes a catalog as YAML, block by block, in the layout of ``catalog.yaml``, which is the fastest to read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from mum_tui.catalog.model import Catalog, Entry, Section

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_NOT_PLAIN = frozenset(["null", "true", "false", "yes", "no", "on", "off", "y", "n", "none"])
_DATE = re.compile(r"[12]\d{3}(?:-\d\d){0,2}")


_A_LINE_EACH = frozenset(["links", "uses", "related", "doubts"])
_DATES = frozenset(["date", "added", "updated"])


def catalog(content: Catalog) -> Iterator[str]:
    """Yield the head of the file, then each entry."""
    yield "schema: 1\n"
    if content.title:
        yield f"title: {_scalar(content.title)}\n"
    if content.vocabularies:
        yield "vocabularies:\n"
        for name, terms in content.vocabularies.items():
            yield f"  {name}: {_flow({term.term: list(term.synonyms) for term in terms})}\n"
    yield "sections:\n" if content.sections else "sections: []\n"
    yield from _sections(content.sections, 1)
    yield "entries:\n" if content.entries else "entries: []\n"
    for entry in content.entries:
        yield block(entry)


def _sections(sections: Sequence[Section], depth: int) -> Iterator[str]:
    indent = "  " * (2 * depth - 1)
    for section in sections:
        yield f"{indent}- id: {_scalar(section.id)}\n{indent}  title: {_scalar(section.title)}\n"
        if section.children:
            yield f"{indent}  children:\n"
            yield from _sections(section.children, depth + 1)


def block(entry: Entry) -> str:
    """One entry, indented as the entries of a catalog are."""
    lines: list[str] = []
    for key, value in entry.written().items():
        if key in _A_LINE_EACH and isinstance(value, list):
            lines.append(f"{key}:")
            lines += [f"  - {_flow(part)}" for part in value]
        elif key in _DATES and isinstance(value, str) and _DATE.fullmatch(value):
            lines.append(f"{key}: {value}")
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "  - " + "\n    ".join(lines) + "\n"


def _flow(value: Any) -> str:
    # Nearly all are texts, or lists and mappings of texts.
    if type(value) is str:
        return _known(value) if len(value) < 20 else _scalar(value)
    if type(value) is list:
        return "[" + ", ".join([_known(part) if type(part) is str else _flow(part) for part in value]) + "]"
    if type(value) is dict or isinstance(value, Mapping):
        parts = [f"{_known(str(key))}: {_flow(part)}" for key, part in value.items()]
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "[" + ", ".join(map(_flow, value)) + "]" if isinstance(value, tuple) else str(value)


@lru_cache(4096)
def _known(text: str) -> str:
    """Write a short text, such as a key; most of them occur many times."""
    return _scalar(text)


def _scalar(text: str) -> str:
    if len(text) < 100 and _WORD.fullmatch(text) and text.lower() not in _NOT_PLAIN:
        return text
    # JSON's strings are YAML's double-quoted ones.
    quoted = encode_basestring(text)
    return quoted if text.isprintable() else quoted.replace("\x7f", "\\x7f").replace("\x85", "\\x85")
