"""Everything known about an entry, in words."""

from __future__ import annotations

import pytest
from msgspec.structs import astuple

from mum_tui.catalog.choices import RELATION_OPPOSITES
from mum_tui.catalog.model import Entry, Licence, Link, Name, Published, Quantity, Record, Size, Training, Verified
from mum_tui.catalog.relations import RelatedEntry, Relations
from mum_tui.views import details, wording
from tests.catalogs import for_each, shipped

ENTRIES = shipped().catalog.entries
RELATIONS = Relations(ENTRIES)
BY_ID = {entry.id: entry for entry in ENTRIES}


def text(entry: Entry, **keys: object) -> str:
    found = details.parts(entry, RELATIONS.uses_of(entry), RELATIONS.users_of(entry), **keys)  # type: ignore[arg-type]
    return "\n".join(" | ".join(filter(None, astuple(part))) for part in found)


@for_each(ENTRIES)
def test_every_entry_is_told_whole(entry: Entry) -> None:
    told = text(entry, section="S", citation="@misc{}", citation_title="BibTeX")
    for link in entry.links:
        assert link.url in told
    for name in entry.authors:
        assert name.display in told
    for doubt in entry.doubts:
        assert doubt.note in told
    for use in entry.uses:
        assert (use.dataset or use.name) in told
    for value in (entry.title, entry.summary, entry.id, *entry.aliases, *entry.modalities, *entry.tasks):
        assert value in told
    for fault in ("None", "  ", "()", "; ;", " ·  ", "| · "):
        assert fault not in told, fault


def test_both_ways_of_uses() -> None:
    assert "BTCV" in text(BY_ID["liu2023clip"])
    assert "CLIP-Driven Universal Model | train, validation, test | liu2023clip" in text(BY_ID["landman2015btcv"])


@pytest.mark.parametrize(
    ("date", "shown"),
    [("2023", "2023"), ("2023-04", "Apr 2023"), ("2023-04-09", "9 Apr 2023"), ("2021-12-31", "31 Dec 2021")],
)
def test_dates_are_as_precise_as_they_are_known(date: str, shown: str) -> None:
    assert wording.day(date) == shown


@pytest.mark.parametrize(
    ("count", "unit", "words", "shown"),
    [
        (201, "CT scans", "131 train, 70 test", "201 CT scans (131 train, 70 test)"),
        (1570263, "pairs", "", "1,570,263 pairs"),
        (None, "", "over 200", "over 200"),
        (None, "scans", "", ""),
        (7, "", "", "7"),
    ],
)
def test_amounts(count: int | None, unit: str, words: str, shown: str) -> None:
    assert wording.amount(count, unit, words) == shown


def test_facts_in_words() -> None:
    entry = Entry(
        id="x",
        kind="dataset",
        section="s",
        title="T",
        size=Size(100, "scans", train=80, test=20, text="one site"),
        classes=Quantity(3, "", "a, b, c"),
        training=Training(1, 1500, "scans", "more or less"),
        licence=Licence(code="MIT", data="CC-BY-4.0"),
    )
    found = dict(details.facts(entry, "Abdomen"))
    assert found["Kind"] == "dataset · Abdomen"
    assert found["Size"] == "100 scans (80 train, 20 test; one site)"
    assert found["Classes"] == "3 (a, b, c)"
    assert found["Trained on"] == "1 dataset, 1,500 scans (more or less)"
    assert found["Licence"] == "code: MIT; data: CC-BY-4.0"


@pytest.mark.parametrize(
    ("version", "shown"),
    [
        (
            Published(
                "article-journal", 2025, "Medical Image Analysis", venue="MedIA 2025", volume="103", pages="103596"
            ),
            "MedIA 2025 · Medical Image Analysis · 103:103596",
        ),
        (Published("article-journal", 2026, "NEJM AI", venue="NEJM AI 2026", volume="3"), "NEJM AI 2026 · 3"),
        (Published("article-journal", 2025, "Journal", issue="3", pages="255-265"), "Journal 2025 · no. 3:255–265"),
        (
            Published("paper-conference", 2023, "Proc.", venue="MICCAI 2023", series="LNCS", pages="1-9", doi="10.1/x"),
            "MICCAI 2023 · Proc. · LNCS pp. 1–9 · doi:10.1/x",
        ),
    ],
)
def test_publications(version: Published, shown: str) -> None:
    entry = Entry(id="x", kind="paper", section="s", title="T", published=version)
    assert f"venue | {shown} | Published" in text(entry)


def test_records_links_and_authors() -> None:
    entry = Entry(
        id="x",
        kind="dataset",
        section="s",
        title="T",
        authors=tuple(Name(f"Family{number}", "G.") for number in range(20)),
        authors_complete=False,
        record=Record("Zenodo", 2022, "10.5281/z", "v2"),
        links=(Link("code", "https://www.example.org/a/", "label", "note", "http://old.org/"),),
    )
    told = text(entry, authors_shown=3)
    assert "Zenodo 2022 · version 2 · doi:10.5281/z" in told
    assert "link | example.org/a | 1 code | label; note; formerly old.org | https://www.example.org/a/" in told
    assert "authors | G. Family0, G. Family1, G. Family2 | and 17 or more others" in told
    assert wording.authors(entry, 3) == "G. Family0, G. Family1, G. Family2, and 17 or more others"
    assert wording.authors(entry).endswith("G. Family19, and others")
    assert "G. Family19 | and others" in text(entry)


def test_what_belongs_together_stands_under_its_heading_and_leads_there() -> None:
    assert tuple(details.RELATION_HEADINGS) == tuple(RELATION_OPPOSITES)
    one, two = BY_ID["liu2023clip"], BY_ID["landman2015btcv"]
    related_entries = [RelatedEntry(two, "predecessor"), RelatedEntry(one, "same-code", "one file")]
    found = list(details.parts(one, (), (), related_entries=related_entries))
    start = found.index(details.Part(details.HEADING, "Follows"))
    assert found[start + 1 : start + 4] == [
        details.Part(details.RELATED, two.name, "", "", two.id),
        details.Part(details.HEADING, "Same code"),
        details.Part(details.RELATED, one.name, "", "one file", one.id),
    ]


def test_the_details_tell_what_was_checked_and_what_was_not() -> None:
    checks = (
        Verified(("identity", "venue"), "two-sources", checked="2026-11", one_source=("date",)),
        Verified(("links", "licence"), "one-source", ("repository",), "2026-11-29", note="at a branch"),
        Verified(("uses",), "unverified"),
    )
    told = text(Entry("a", "paper", "s", "T", links=(Link("code", "https://a.b"),), tasks=("VQA",), verified=checks))
    for line in (
        "title and authors, venue: seen in two independent sources, last checked Nov 2026",
        "links, licences: seen in one source (repository), last checked Nov 2026",
        "datasets used: not verified",
    ):
        assert line in told
    assert wording.unchecked_groups(Entry("a", "paper", "s", "T", tasks=("VQA",), verified=checks)) == ["content"]
    assert wording.check_words(Verified(("links",), "one-source", checked="2026")).endswith("last checked 2026")
