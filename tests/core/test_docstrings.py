"""Docstrings name arguments that exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import mum_tui

SOURCE = Path(mum_tui.__file__).parent
_SECTION = re.compile(r"^Args:\n((?:    .*\n?|\n)+)", re.MULTILINE)
_NAMES = re.compile(r"^    (\w+(?:, \w+)*):", re.MULTILINE)

Function = ast.FunctionDef | ast.AsyncFunctionDef


def described(docstring: str) -> list[str]:
    """The names in the section ``Args:`` of a docstring."""
    return [
        name
        for section in _SECTION.findall(docstring)
        for names in _NAMES.findall(section)
        for name in names.split(", ")
    ]


def arguments(node: Function | ast.ClassDef) -> set[str]:
    """The arguments of a function; of a class those of its ``__init__`` and its annotated fields."""
    if isinstance(node, ast.ClassDef):
        fields = {
            part.target.id
            for part in node.body
            if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
        }
        inits = (part for part in node.body if isinstance(part, ast.FunctionDef) and part.name == "__init__")
        return fields.union(*map(arguments, inits))
    given = node.args
    rest = [one for one in (given.vararg, given.kwarg) if one]
    return {one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs, *rest)}


def documented(path: Path) -> Iterator[tuple[Function | ast.ClassDef, str]]:
    """The functions and classes in a file that have a docstring, with it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            docstring = ast.get_docstring(node)
            if docstring:
                yield node, docstring


@pytest.mark.parametrize("room", sorted({path.relative_to(SOURCE).parts[0] for path in SOURCE.rglob("*.py")}))
def test_every_described_argument_exists(room: str) -> None:
    place = SOURCE / room
    unknown = [
        f"{path.relative_to(SOURCE)}:{node.lineno}: {node.name}: {name}"
        for path in ([place] if place.is_file() else sorted(place.rglob("*.py")))
        for node, docstring in documented(path)
        for name in described(docstring)
        if name not in arguments(node)
    ]
    assert unknown == []
