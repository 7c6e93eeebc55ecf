"""Remembers the names of a BibTeX file: most occur in several entries."""

from __future__ import annotations

from collections.abc import Callable

from mum_tui.bibliography import names
from mum_tui.bibliography.bibtex import as_written

MAX_NAMES = 100_000
"""The most names that are remembered."""


class KnownNames:
    """Names that were read before, by their LaTeX.

    Attributes:
        whole: whole names.
        families: the family names of simple ones.
        givens: the given names of simple ones.
    """

    def __init__(self) -> None:
        self.whole: dict[str, as_written.ReadName] = {}
        self.families: dict[str, as_written.ReadPart] = {}
        self.givens: dict[str, as_written.ReadPart] = {}

    def simple(self, text: str, decode: Callable[[str], str]) -> as_written.ReadName | None:
        """Read a simple name; None for any other."""
        family, _, given = text.partition(", ")
        if family in self.families and given in self.givens:
            return as_written.read_parts(self.families[family], self.givens[given])
        if (parts := names.simple(text)) is None or len(self.families) + len(self.givens) > MAX_NAMES:
            return None
        read_family, read_given = (as_written.read_part(part, decode(part)) for part in parts)
        if not read_family.text[:1].isupper():
            return None  # BibTeX may take it for a particle
        self.families[parts[0]], self.givens[parts[1]] = read_family, read_given
        return as_written.read_parts(read_family, read_given)
