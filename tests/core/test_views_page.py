"""The catalog as a page: whatever is in it, a Markdown parser reads the same titles and links out of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mum_tui.catalog.load import parse
from mum_tui.catalog.model import Catalog, Entry, Link, Name, Published, Section
from mum_tui.markdown import escape, link
from mum_tui.text import clean, one_line, why_not_url
from mum_tui.views.page import page
from tests.catalogs import HOSTILE, dump, hostile_entries, shipped

SHIPPED = shipped().catalog
COMMONMARK = MarkdownIt("commonmark")
GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def read(text: str, parser: MarkdownIt = GITHUB) -> tuple[list[str], list[str]]:
    """The bold texts and the link addresses of a page, as a parser sees them."""
    titles: list[str] = []
    links: list[str] = []
    for token in parser.parse(text):
        bold: list[str] | None = None
        for child in token.children or ():
            if child.type == "strong_open":
                assert bold is None
                bold = []
            elif child.type == "strong_close":
                titles.append("".join(bold or ()))
                bold = None
            elif bold is not None:
                assert child.type in ("text", "text_special"), child
                bold.append(child.content)
            if child.type == "link_open":
                links.append(str(child.attrs["href"]))
    return titles, links


def wanted(catalog: Catalog) -> tuple[list[str], list[str]]:
    """What ``read`` must find: titles and links by section, the contents' own links left out."""
    order = [section.id for top in catalog.sections for _, section in top.walk()]
    entries = sorted(catalog.entries, key=lambda entry: order.index(entry.section))
    titles = [one_line(clean(entry.title)) for entry in entries]
    return titles, [GITHUB.normalizeLink(one.url) for entry in entries for one in entry.links]


def check(catalog: Catalog) -> None:
    text, (wanted_titles, wanted_links) = page(catalog, summaries=True), wanted(catalog)
    for parser in (COMMONMARK, GITHUB):
        titles, links = read(text, parser)
        assert titles == wanted_titles
        assert [one for one in links if not one.startswith("#")] == wanted_links
        assert all(one.startswith("#") for one in links[: len(links) - len(wanted_links)])


def test_the_shipped_catalog_comes_back() -> None:
    check(SHIPPED)
    assert page(SHIPPED) == page(SHIPPED)


def test_hostile_catalogs_come_back() -> None:
    check(parse(dump(hostile_entries()).encode(), "f").catalog)


TEXT = st.text(st.sampled_from("ab1 *_`[](){}<>&#!|~$\\-+=.:;/@'\"é医\u3000\u200b\xa0") | st.characters(codec="utf-8"))
MARKS = ["*", "**", "_", "[a](b)", "<b>", "&amp;", "`", "\\", "-", "1.", "#", "http://a.b", "www.a.b", "a@b.c", "~~"]
MARKS += ["|", "$x$", "===", "a", "![x](y)"]
ACTIVE = st.lists(st.sampled_from([*MARKS, "- ", "1. ", "# ", " ", "\n"])).map("".join)
URLS = st.text(st.sampled_from("ab*_`[]()<>&;#?=%~|!$'\"é@:,+copy")).map(lambda end: f"https://a.b/{end}")


@given(st.lists(st.tuples(TEXT | ACTIVE, TEXT | ACTIVE, URLS), min_size=1, max_size=4))
def test_any_catalog_comes_back(things: list[tuple[str, str, str]]) -> None:
    entries = [
        Entry(
            f"e{number}",
            "paper",
            "s",
            one_line(clean(title)) or "untitled",
            authors=(Name(clean(other), "G."),),
            published=Published("book", 2023, venue=clean(other)),
            links=(Link("code", url, label=clean(other)),) if not why_not_url(url) else (),
            summary=clean(other),
        )
        for number, (title, other, url) in enumerate(things)
    ]
    check(Catalog("T", (Section("s", "S"),), {}, tuple(entries)))


@given(TEXT | ACTIVE | st.sampled_from(HOSTILE))
def test_escaped_text_is_read_as_it_was(text: str) -> None:
    meant = one_line(clean(text))
    for before in ("", "- x\\\n  "):
        tokens = GITHUB.parse(before + escape(text))
        found = "".join(child.content for token in tokens for child in token.children or ())
        assert found == (f"x{meant}" if before and meant else "x\\" if before else meant)


@given(TEXT | ACTIVE, URLS)
def test_a_link_leads_where_it_leads(text: str, url: str) -> None:
    assert read(link(text, url))[1] == [GITHUB.normalizeLink(url)]


def test_a_page_reads_like_a_list() -> None:
    entry = Entry(
        "a",
        "paper",
        "in",
        "A *bold* title",
        authors=(Name("Doe", "Jane"), Name("Roe", "R.", "van der")),
        authors_complete=False,
        date="2023-04-05",
        published=Published("book", 2024, venue="ICCV 2024"),
        links=(Link("paper", "https://a.b/(x)"), Link("code", "https://a.b", "v2")),
        summary="What it does.",
    )
    sections = (Section("out", "Outer", (Section("in", "Inner & more"), Section("none", "Nothing"))), Section("e", "E"))
    assert (
        page(Catalog("My list", sections, {}, (entry,)), summaries=True)
        == """\
# My list

<!-- Made by mum-tui render. Change the catalog instead. -->

1 entry.

## Contents

- [Outer](#out) (1)
  - [Inner \\& more](#in) (1)

<a id="out"></a>

## Outer

<a id="in"></a>

### Inner \\& more

- **A \\*bold\\* title**\\
  Jane Doe, R. van der Roe, and others\\
  5 Apr 2023 · ICCV 2024\\
  \\[[Paper](https://a.b/\\(x\\))\\] \\[[Code: v2](https://a.b)\\]\\
  What it does.
"""
    )


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain, text (with) signs: 5 - 4 = 1!", "plain, text (with) signs: 5 - 4 = 1!"),
        ("- a", "\\- a"),
        ("1. a", "1\\. a"),
        ("see https://a.b", "see https\\://a.b"),
        ("www.a.b", "www\\.a.b"),
        ("a_b*c", "a\\_b\\*c"),
    ],
)
def test_no_more_is_escaped_than_must_be(text: str, escaped: str) -> None:
    assert escape(text) == escaped
