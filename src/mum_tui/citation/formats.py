"""The registry of citation formats: adding one is adding a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from mum_tui.catalog.model import Entry
from mum_tui.citation import bibtex, reference
from mum_tui.citation.csl import PUBLISHED, Item, item


class Format(NamedTuple):
    """A citation format: its name on the command line, its title on the screen, and what renders it."""

    id: str
    title: str
    render: Callable[[Iterable[Item]], str]


FORMATS: tuple[Format, ...] = (
    Format("bibtex", "BibTeX", bibtex.render),
    Format("text", "Plain text", reference.render),
)

DEFAULT = FORMATS[0].id


class UnknownFormat(LookupError):
    """No format has this name; ``name`` is what was asked for."""

    def __init__(self, name: str) -> None:
        super().__init__(f"unknown citation format: {name}")
        self.name = name


def find(name: str) -> Format:
    """The format called ``name``.

    Raises:
        UnknownFormat: there is none.
    """
    for one in FORMATS:
        if one.id == name:
            return one
    raise UnknownFormat(name)


def render(entries: Sequence[Entry], name: str = DEFAULT, prefer: str = PUBLISHED) -> str:
    """The entries cited in the format called ``name``, in the order given; raises like ``find``."""
    return find(name).render(item(entry, prefer) for entry in entries)
