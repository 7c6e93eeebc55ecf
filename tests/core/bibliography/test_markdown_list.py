"""Awesome lists of every shape: their entries, sections and every link."""

from __future__ import annotations

import pytest

from mum_tui.bibliography import build, markdown
from mum_tui.bibliography.records import Reading

PAGE = """# Awesome Things [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)

A list. See our [survey](https://a.b/survey).

## Contents
- [Papers](#papers)

## Papers

### Vision

**A Title: With a Part** \\
*Jane Doe, Rick van der Roe, Max Moe* \\
[Apr. 12, 2023] [Nature, 2023] \\
[[Paper](https://www.nature.com/articles/x)] [[Code](https://github.com/doe/x)] [![Stars](https://img.shields.io/x)](https://github.com/doe/x)

**2022**
- [CVPR] Second title of a paper. [[Paper](https://arxiv.org/abs/2201.00001)] [[Project](https://doe.github.io/x)]

## Tools
- Group
  - [thing](https://github.com/a/thing) - Does things.
    - [docs](https://thing.readthedocs.io)
- no link here

## Datasets
- [Set of CT](https://zenodo.org/record/1) [CT/MRI]

| Date | Authors | Title | Code |
| --- | --- | --- | --- |
| 202305 | J. Doe et al. | A row [(paper)](https://arxiv.org/pdf/2305.00001.pdf) | [Code](https://github.com/a/b) |

```
@article{not, title={An entry}}
```
"""


def read(text: str) -> Reading:
    return markdown.read(text, "f.md")


def test_titles_sections_and_kinds() -> None:
    reading = read(PAGE)
    assert reading.title == "Awesome Things"
    assert [(record.item["title"], record.section, record.kind) for record in reading.records] == [
        ("A Title: With a Part", ("Papers", "Vision"), "paper"),
        ("Second title of a paper", ("Papers", "Vision", "2022"), "paper"),
        ("thing", ("Tools", "Group"), "tool"),
        ("Set of CT", ("Datasets",), "dataset"),
        ("A row", ("Datasets",), "dataset"),
        ("Awesome Things", ("About this list",), "list"),
    ]


def test_authors_dates_places_and_links() -> None:
    first, second, thing, data, row, page = read(PAGE).records
    assert [name["family"] for name in first.item["author"]] == ["Doe", "Roe", "Moe"]
    assert first.item["issued"] == {"date-parts": [[2023, 4, 12]]}
    assert first.item["container-title"] == "Nature"
    assert first.links == [("paper", "https://www.nature.com/articles/x", ""), ("code", "https://github.com/doe/x", "")]
    assert second.item["custom"] == {"arxiv_id": "2201.00001"}
    assert (second.item["container-title"], second.item["issued"]) == ("CVPR", {"date-parts": [[2022]]})
    assert second.links[1] == ("project", "https://doe.github.io/x", "")
    assert thing.summary == "Does things."
    assert ("docs", "https://thing.readthedocs.io", "") in thing.links
    assert data.tags == ["CT", "MRI"]
    assert (row.item["author"], row.item["custom"]["more_authors"]) == ([{"family": "Doe", "given": "J."}], True)
    assert row.item["issued"] == {"date-parts": [[2023, 5]]}
    assert [url for _, url, _ in page.links] == ["https://awesome.re", "https://a.b/survey"]


def test_what_is_no_entry_is_counted_and_told() -> None:
    reading = read(PAGE)
    assert reading.left_out["lines of a table of contents"] == 1
    assert reading.left_out["blocks of code"] == 1
    assert reading.left_out["list items without a link"] == 1
    assert [problem.message for problem in reading.problems] == ["“no link here” has no link"]


def test_every_link_of_a_page_stands_in_an_entry() -> None:
    loaded = build.catalog_of(read(PAGE))
    links = {link.url for entry in loaded.catalog.entries for link in entry.links}
    assert links == {
        "https://awesome.re", "https://a.b/survey", "https://www.nature.com/articles/x", "https://github.com/doe/x",
        "https://arxiv.org/abs/2201.00001", "https://doe.github.io/x", "https://github.com/a/thing",
        "https://thing.readthedocs.io", "https://zenodo.org/record/1", "https://arxiv.org/pdf/2305.00001.pdf",
        "https://github.com/a/b",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "row", "title"),
    [
        (
            "Model | Paper",
            "nnThing | [![arXiv](https://img.shields.io/a)](https://arxiv.org/abs/1809.10486)",
            "nnThing",
        ),
        ("Dataset Name | Link", "[SETS](https://a.b/paper) | [*](https://c.d)", "SETS"),
        ("# | Name | URL", "1 | Third | https://a.b | <https://a.b>", "Third"),
    ],
)
def test_the_title_of_a_row(header: str, row: str, title: str) -> None:
    columns = header.count("|") + 1
    (record,) = read(f"## S\n\n| {header} |\n|{' --- |' * columns}\n| {row} |\n").records
    assert record.item["title"] == title


def test_sections_of_any_depth() -> None:
    text = "".join(f"{'#' * min(depth, 6)} H{depth}\n\n" for depth in range(1, 7)) + "- [a](https://a.b)\n"
    (record,) = read(text).records
    assert record.section == ("H2", "H3", "H4", "H5", "H6")


def test_a_tag_that_a_page_shows_is_part_of_the_title() -> None:
    page = "# L\n## S\n- **A\\<B\\>z of \\<i\\>it\\</i\\>** [[Paper](https://a.b/c)]\n- [x `<b>` y](https://a.b/d)\n"
    entries = build.catalog_of(read(page)).catalog.entries
    assert [entry.title for entry in entries] == ["A<B>z of <i>it</i>", "x <b> y"]
    assert all("title" not in entry.csl for entry in entries)


def test_emoji_by_their_names_are_no_part_of_titles() -> None:
    reading = read("# :fire:Things :fire:\n\n## :eye: Eyes\n\n- :star: [A title: 3:1 odds](https://a.b/c)\n")
    assert reading.title == "Things"
    assert [(record.section, record.item["title"]) for record in reading.records] == [(("Eyes",), "A title: 3:1 odds")]
