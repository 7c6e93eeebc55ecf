"""What of an item BibTeX, BibLaTeX and RIS hold: the table in docs/citing.md, and what has a place is not lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

import pytest

from tests import field_loss


@cache
def written() -> dict[str, dict[str, Counter[str]]]:
    """For each format the fields that each variable is written into."""
    made = field_loss.items()
    texts = {name: render([item for _, item in made.values()]) for name, render in field_loss.FORMATS.items()}
    return field_loss.fields_of(texts, made)


IN_ALL = [
    "abstract", "accessed", "annote", "author", "collection-number", "collection-title", "container-title",
    "container-title-short", "DOI", "edition", "editor", "genre", "ISBN", "ISSN", "issue", "issued", "keyword",
    "language", "note", "number", "number-of-volumes", "original-date", "page", "PMCID", "PMID", "publisher",
    "publisher-place", "title", "title-short", "translator", "URL", "version", "volume",
]  # fmt: skip
IN_BIBLATEX = [
    "container-author", "event-date", "event-place", "event-title", "number-of-pages", "original-publisher",
    "original-publisher-place", "original-title", "part-number", "status",
]  # fmt: skip
IN_RIS = ["archive", "call-number", "collection-editor", "reviewed-title", "section", "source"]


def without_readers(table: str) -> str:
    return re.sub(r" \([a-z, ]+\)", "", table)


def test_the_table_names_the_fields_that_are_written() -> None:
    page = field_loss.PAGE.read_text(encoding="utf-8")
    shown = re.search(r"<!-- fields -->\n\n(.*?)\n\n<!-- /fields -->", page, re.DOTALL)
    assert shown is not None
    assert without_readers(shown[1]) == field_loss.table(written(), {}), "run python -m tests.field_loss --write"


@pytest.mark.parametrize(
    ("name", "variables"),
    [("bibtex", IN_ALL + IN_BIBLATEX), ("biblatex", IN_ALL + IN_BIBLATEX), ("ris", IN_ALL + IN_RIS)],
)
def test_what_has_a_place_stands_there_in_every_type(name: str, variables: list[str]) -> None:
    types = len(field_loss.TYPES)
    lost = {key: types - count(written()[name], key) for key in variables if count(written()[name], key) < types}
    assert not lost


def count(where: Mapping[str, Mapping[str, int]], variable: str) -> int:
    """In how many types the variable's value stands in a field."""
    return sum(where[variable].values())


def test_a_lost_value_is_named() -> None:
    item = {"id": "i", "type": "book", "title": "T", "scale": "1:25000", "volume": "7"}
    assert {line.split(": ", 1)[1] for line in field_loss.lost([item])} == {"i: book: scale: 1:25000"}
