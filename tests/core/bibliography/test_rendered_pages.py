"""A page that ``render`` writes, opened again, has the same titles, links and sections."""

from __future__ import annotations

import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mum_tui.bibliography import build, markdown
from mum_tui.catalog.choices import KINDS, RELS
from mum_tui.catalog.model import Catalog, Entry, Link, Section
from mum_tui.text import one_line
from mum_tui.views.page import Template, page
from tests.catalogs import shipped
from tests.examples import examples, some

NORMAL = MarkdownIt().normalizeLink
"""What Markdown makes of an address: the same one, with signs that no address may hold escaped."""

Rows = list[tuple[tuple[str, ...], str, tuple[str, ...]]]
"""The titles of the sections, the title and the addresses of each entry."""


def rows(catalog: Catalog) -> Rows:
    """What a page must keep, in the order of the page; entries of running text are none of it."""
    paths: dict[str, tuple[str, ...]] = {}

    def walk(section: Section, above: tuple[str, ...]) -> None:
        paths[section.id] = (*above, one_line(section.title))
        for child in section.children:
            walk(child, paths[section.id])

    for top in catalog.sections:
        walk(top, ())
    order = list(paths)
    entries = sorted(catalog.entries, key=lambda entry: order.index(entry.section))
    return [
        (paths[entry.section], one_line(entry.title), tuple(sorted({NORMAL(link.url) for link in entry.links})))
        for entry in entries
    ]


def again(catalog: Catalog, template: Template, summaries: bool = False) -> Catalog:
    return build.catalog_of(markdown.read(page(catalog, summaries, template), "page.md")).catalog


@pytest.mark.parametrize("template", some(list(Template)))
@pytest.mark.parametrize("summaries", some([True, False]))
def test_the_shipped_catalog_comes_back(template: Template, summaries: bool) -> None:
    catalog = shipped().as_written
    wanted, got = rows(catalog), rows(again(catalog, template, summaries))
    assert [row for row in wanted if row not in got] == []
    assert len(got) == len(wanted)


WORD = st.text(string.ascii_letters + string.digits + "-äßé李+&<>*_`[]|\\#$@~'", min_size=1, max_size=9)
TITLES = (
    st.lists(WORD, min_size=1, max_size=6)
    .map(" ".join)
    .map(lambda text: f"A{text}z")
    .filter(lambda text: text.count("[") == text.count("]"))
)
"""Titles of visible words; what a reader takes off the ends of any title (dots, signs) stands at no end here."""

LINKS = st.builds(
    Link,
    rel=st.sampled_from(RELS),
    url=st.text(string.ascii_letters + string.digits + "-_.~/()&=?%|,;!*'`", max_size=20).map(
        lambda path: f"https://host.example.org/x{path}y"
    ),
    label=st.one_of(st.just(""), TITLES),
)
ENTRIES: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    kind=st.sampled_from(KINDS),
    section=st.sampled_from(["one", "two", "below"]),
    title=TITLES,
    links=st.lists(LINKS, max_size=4).map(tuple),
    date=st.sampled_from(["", "2023", "2023-04", "2023-04-05"]),
    summary=st.one_of(st.just(""), TITLES),
)


@pytest.mark.parametrize("template", Template)
def test_any_catalog_comes_back(template: Template) -> None:
    @examples(150)
    @given(made=st.lists(ENTRIES, min_size=1, max_size=6, unique_by=lambda entry: entry["title"]), titles=st.data())
    def check(made: list[dict[str, object]], titles: st.DataObject) -> None:
        names = titles.draw(st.lists(TITLES, min_size=3, max_size=3, unique_by=str.casefold))
        sections = (Section("one", names[0], (Section("below", names[1]),)), Section("two", names[2]))
        entries = tuple(Entry(id=f"e{number}", **entry) for number, entry in enumerate(made))  # type: ignore[arg-type]  # drawn by name
        catalog = Catalog("List", sections, {}, entries)
        assert rows(again(catalog, template, summaries=True)) == rows(catalog)

    check()
