"""What every reader returns: records with a CSL item each, problems, and counts of what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from mum_tui.problems import ERROR, WARNING, Problem, Severity
from mum_tui.text import clean, one_line

Item = dict[str, Any]
"""A CSL item. Under ``custom`` stand ``arxiv_id``, ``primary_class``, ``more_authors`` and, by format, raw fields."""

Progress = Callable[[int, int, int], None]
"""Called now and then with the work done, the work in all, and the number of records so far."""

MAX_PROBLEMS = 1000
"""The most problems that are listed; any more are only counted."""


@dataclass(slots=True)
class Record:
    """One work as a file describes it.

    Attributes:
        key: its citation key or number in the file; may be empty or used twice.
        line: where it begins, from 1.
        item: its CSL item, text with CSL's own formatting.
        tags: keywords and groups.
        notes: its abstract, or what else a reader should know.
        links: link type, address and label.
        aliases: other keys that mean it.
        section: titles of the sections it stands in, outermost first.
        kind: what the catalog calls it; empty where the type of the item tells.
        name: a short name of its own.
        summary: what the file says of it in one sentence.
        release: when it became public, where that is not when it was published.
        more_sections: other sections it stands in.
        literal: its text has no formatting: ``<b>`` in it is three characters of the title.
        file: the name of its file, where records of several are put together.
    """

    key: str
    line: int
    item: Item
    tags: list[str] = field(default_factory=list)
    notes: str = ""
    links: list[tuple[str, str, str]] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    section: tuple[str, ...] = ()
    kind: str = ""
    name: str = ""
    summary: str = ""
    release: str = ""
    file: str = ""
    more_sections: list[tuple[str, ...]] = field(default_factory=list)
    literal: bool = False


class Reading:
    """The records of one file, its problems, and what was left out, counted by kind."""

    def __init__(self, file: str, title: str = "") -> None:
        self.file = file
        self.title = title
        self.kind = ""
        """The kind of the file, as ``list_files`` names it."""
        self.records: list[Record] = []
        self.problems: list[Problem] = []
        self.left_out: Counter[str] = Counter()
        self.set_aside = 0
        self.macros: dict[str, str] = {}
        """LaTeX commands that the file defines for itself, by name."""
        self.more_problems = 0

    def add(self, line: int, key: str, message: str, hint: str = "", level: Severity = WARNING) -> None:
        """Report a problem. An ``ERROR`` means that an entry was set aside."""
        self.set_aside += level == ERROR
        if len(self.problems) < MAX_PROBLEMS:
            key, message = one_line(clean(key))[:100], one_line(clean(message))[:300]
            self.problems.append(Problem(self.file, line, key, message, hint, level))
        else:
            self.more_problems += 1
