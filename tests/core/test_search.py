"""Answers equal to a naive search, in the same order."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from mum_tui.annotation import Annotation
from mum_tui.catalog.model import Catalog, Entry, Name, Section
from mum_tui.search import rowset
from mum_tui.search.annotations import NO_ANNOTATIONS, Annotations
from mum_tui.search.index import Index
from mum_tui.search.nodes import All, Not, Term, Years
from mum_tui.search.parse import parse
from mum_tui.search.query import Query
from mum_tui.search.rows import Rows
from mum_tui.search.view import ALL, BOOKMARKS, GROUPS, RELEVANCE, SORTED, SORTS, Results, Sort, View
from tests.annotations import annotated
from tests.catalogs import shipped
from tests.examples import examples, some
from tests.queries import queries
from tests.reference import Reference, newest

SHIPPED = shipped().catalog
PERSONAL = annotated(
    bookmarked=("bilic2023lits", "btcv", "gone1999"),
    status={"liu2023clip": "read", "kirillov2023segment": "reading", "ye2023uniseg": "to-read", "gone1999": "read"},
    tags={"liu2023clip": ("mine", "to compare"), "lits": ("mine",)},
    notes={"liu2023clip": "Compare with the Journal version", "ye2023uniseg": "prompt", "wu2023medical": " "},
    rated=("liu2023clip",),
)
SEED_TITLES = {
    "liu2022universal": "Universal Segmentation of 33 Anatomies",
    "liu2023clip": "CLIP-Driven Universal Model for Organ Segmentation and Tumor Detection",
    "ulrich2023multitalent": "MultiTalent: A Multi-Dataset Approach to Medical Image Segmentation",
    "ye2023uniseg": "UniSeg: A Prompt-driven Universal Segmentation Model as well as A Strong Representation Learner",
    "huang2023stunet": "STU-Net: Scalable and Transferable Medical Image Segmentation Models",
    "butoi2023universeg": "UniverSeg: Universal Medical Image Segmentation",
    "silvarodriguez2023transductive": "Transductive few-shot adapters for medical image segmentation",
    "landman2015btcv": "Multi-Atlas Labeling Beyond the Cranial Vault - Workshop and Challenge (BTCV)",
    "roth2016pancreas": "Pancreas-CT TCIA",
    "kavur2021chaos": "Combined Healthy Abdominal Organ Segmentation (CHAOS)",
    "bilic2023lits": "Liver Tumor Segmentation Challenge (LiTS)",
    "heller2021kits": "Kidney and Kidney Tumor Segmentation (KiTS)",
    "soler2010ircadb": "Liver segmentation (3D-IRCADb)",
    "luo2022word": "WORD: A large scale dataset, benchmark and clinical applicable study",
    "ma2022abdomenct1k": "AbdomenCT-1K",
    "ji2022amos": "Multi-Modality Abdominal Multi-Organ Segmentation Challenge (AMOS)",
    "antonelli2022msd": "Decathlon (Liver, Lung, Pancreas, HepaticVessel, Spleen, Colon",
    "rister2020ctorg": "CT volumes with multiple organ segmentations (CT-ORG)",
    "sekuboyina2021verse": "Large Scale Vertebrae Segmentation Challenge (VerSe)",
    "deng2021ctspine1k": "CTSpine1K",
}
"""How the list this catalog came from called its twenty entries."""

NAMED = {"landman2015btcv", "kirillov2023segment", "wu2023medical", "wang2023sam", *PERSONAL.by_id, *SEED_TITLES}
INDEX = Index(
    replace(SHIPPED, entries=[*SHIPPED.entries[:20], *(one for one in SHIPPED.entries[20:] if one.id in NAMED)])
)
REFERENCES = {True: Reference(INDEX.catalog, PERSONAL), False: Reference(INDEX.catalog)}


def ids(results: Results) -> list[str]:
    return [INDEX.entries[row].id for row in results.rows]


def naive(tree: All | object, reference: Reference) -> list[str]:
    """What a query's tree finds, best first and newest first among equals."""
    ranked = [(reference.fit(entry, tree), entry.id) for entry in newest(INDEX.entries)]  # type: ignore[arg-type]
    return [one for _, one in sorted((pair for pair in ranked if pair[0] is not None), key=lambda pair: pair[0] or 0)]


@cache
def matching_alone(tree: All | object) -> list[str]:
    """What a query finds naively, whatever the scope."""
    return naive(tree, REFERENCES[True])


def assert_equals_naive(text: str, annotations: Annotations = NO_ANNOTATIONS) -> None:
    results = INDEX.run(View(query=text), annotations)
    wanted = naive(results.query.tree, REFERENCES[annotations is PERSONAL])
    if not wanted and results.rows:
        assert results.replaced, text
        assert {one.word for one in results.replaced} <= {term.text for term in terms(results.query)}
        return
    assert set(ids(results)) == set(wanted), text
    assert (results.sort.column == RELEVANCE) == bool(results.query.words), text
    order = wanted if results.query.words else [one.id for one in newest(INDEX.entries) if one.id in set(wanted)]
    assert ids(results) == order, text
    assert results.rows or results.hints or results.query.tree != All()


def terms(query: Query) -> list[Term]:
    from mum_tui.search.nodes import included_terms

    return list(included_terms(query.tree))


def test_some_dozen_queries_equal_a_naive_search() -> None:
    for number, text in enumerate(some(list(queries(1, 60)))):
        assert_equals_naive(text, PERSONAL if number % 2 else NO_ANNOTATIONS)


@pytest.mark.slow
def test_twenty_thousand_queries_equal_a_naive_search() -> None:
    for number, text in enumerate(queries(2, 20_000)):
        assert_equals_naive(text, PERSONAL if number % 2 else NO_ANNOTATIONS)


@given(st.text(max_size=40))
@examples(200)
def test_any_text_equals_a_naive_search(text: str) -> None:
    assert_equals_naive(text)


@pytest.mark.parametrize("scope", some([ALL, BOOKMARKS, *INDEX.scopes, "section/nowhere", "nonsense"]))
@pytest.mark.parametrize("query", ["", "segmentation", "has:code -kind:dataset", "zzzzqqqq"])
def test_scopes_and_counts(scope: str, query: str) -> None:
    results = INDEX.run(View(scope, query), PERSONAL)
    matching = matching_alone(results.query.tree)
    every = {one.id: one for one in INDEX.entries}
    if scope == ALL:
        wanted = set(matching)
    elif scope == BOOKMARKS:
        wanted = {one for one in matching if one in ("bilic2023lits", "landman2015btcv")}
    else:
        section = Term(scope.removeprefix("section/"), "section")
        there = any(section.text == one.id for top in INDEX.catalog.sections for _, one in top.walk())
        wanted = {one for one in matching if there and in_section(every[one], section.text)}
    assert set(ids(results)) == wanted
    assert results.counts[ALL] == len(matching)


def in_section(entry: Entry, wanted: str) -> bool:
    homes = {entry.section, *entry.sections}
    found = next(one for top in INDEX.catalog.sections for _, one in top.walk() if one.id == wanted)
    return bool(homes & {below.id for _, below in found.walk()})


@pytest.mark.parametrize("query", ["", "segmentation", "sam 2023", "-has:code", "uses:btcv OR kind:dataset", "zzqq"])
def test_every_count_equals_the_results_of_its_filter(query: str) -> None:
    results = INDEX.run(View(query=query), PERSONAL)
    every = set(ids(results))
    assert len(results.counts) == len(set(results.counts)) > 100
    for key, count in results.counts.items():
        if ":" in key:
            field, _, value = key.partition(":")
            narrowed = INDEX.run(View(query=f'{field}:"{value}"'), PERSONAL)
            assert count == len(every & set(ids(narrowed))), key
    assert results.counts == INDEX.run(View(query=query), PERSONAL).counts
    assert results.counts != INDEX.run(View(query="-liver zhou"), PERSONAL).counts
    assert results.counts.get("nonsense", -1) == -1


@given(st.text("segmtrliv 2", max_size=12))
@examples(60)
def test_typing_letter_by_letter_gives_the_same_results_as_pasting(text: str) -> None:
    for end in [*range(len(text) + 1), *range(len(text), -1, -2), len(text)]:
        letter_by_letter = INDEX.run(View(query=text[:end])).rows
    assert list(letter_by_letter) == list(Index(INDEX.catalog, INDEX.container).run(View(query=text)).rows)


# -- order


FITTING: dict[str, dict[str, Any]] = {
    "body": {"summary": "the lung"},
    "body-part": {"summary": "lungs"},
    "author": {"authors": (Name("Lung"),)},
    "author-part": {"authors": (Name("Lungford"),)},
    "title-part": {"title": "Lungs"},
    "older": {"title": "A lung", "date": "2019-12"},
    "name": {"name": "LUNG", "date": "2021"},
    "title": {"title": "Lung-CT"},
    "none": {},
}


def test_titles_rank_before_authors_before_the_rest() -> None:
    entries = tuple(
        replace(Entry(id=name, kind="paper", section="s", title="x", date="2020"), **keys)
        for name, keys in FITTING.items()
    )
    index = Index(Catalog(sections=(Section("s", "S"),), entries=entries))
    found = [index.entries[row].id for row in index.run(View(query="lung")).rows]
    assert found == ["name", "title", "older", "title-part", "author", "author-part", "body", "body-part"]
    sorted_by_year = index.run(View(query="lung", sort=Sort("year", False), sorted=True))
    assert sorted_by_year.sort == Sort("year", False)
    assert index.entries[sorted_by_year.rows[0]].id == "older"


@pytest.mark.parametrize("column", [*SORTED, "bookmark"])
def test_orders(column: str) -> None:
    up = INDEX.run(View(sort=Sort(column, descending=False), sorted=True), PERSONAL).rows
    down = INDEX.run(View(sort=Sort(column, descending=True), sorted=True), PERSONAL).rows
    assert sorted(up) == sorted(down) == list(range(INDEX.size))
    if column == "bookmark":
        assert {INDEX.entries[row].id for row in down[:2]} == {"bilic2023lits", "landman2015btcv"}
        assert {INDEX.entries[row].id for row in up[-2:]} == {"bilic2023lits", "landman2015btcv"}
    else:
        values = [SORTED[column](INDEX.entries[row]) for row in up]
        full = sorted(filter(None, values))
        empty = [""] * (len(values) - len(full))
        assert values == full + empty
        assert [SORTED[column](INDEX.entries[row]) for row in down] == full[::-1] + empty


def test_entries_without_a_value_come_last_in_both_directions() -> None:
    entries = tuple(
        Entry(id=name, kind="paper", section="s", title=name, date=date, authors=authors)
        for name, date, authors in (
            ("a", "2020", (Name("Zed"),)),
            ("b", "", ()),
            ("c", "2021-02", (Name("Abe"),)),
        )
    )
    index = Index(Catalog(sections=(Section("s", "S"),), entries=entries))
    for column in ("year", "authors"):
        for descending in (True, False):
            rows = index.run(View(sort=Sort(column, descending), sorted=True)).rows
            assert index.entries[rows[-1]].id == "b"


def test_an_empty_catalog_can_be_searched() -> None:
    index = Index(Catalog())
    results = index.run(View(query="x kind:y"), annotated(bookmarked=("gone",)))
    assert (list(results.rows), results.total) == ([], 0)


# -- hints


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("segmantation", 'No match for "segmantation"; showing segmentation'),
        ("livr -survey", 'No match for "livr"; showing liver'),
        ("author:rodrigeuz", 'No match for author:"rodrigeuz"; showing rodriguez'),
        ("kind:datset", 'No match for kind:"datset"; showing dataset'),
        ("segmantation year:1950", 'No match for "segmantation" (did you mean segmentation?)'),
        ("modalitty:ct", "there is no field modalitty: (did you mean modality:?)"),
        ("dims:qqqq", 'dims has no value "qqqq" (one of '),
        ("kind:", "kind: needs a value, e.g. kind:dataset"),
        ("year:>=", "year:>= needs a year"),
        ("year:soon", '"soon" is not a year; use 2023, 2022..2024, >=2023 or <2020'),
        ('"half open', 'the closing " is missing'),
        ("(sam OR", "OR needs a second term"),
        ("uses:nothing", 'uses has no value "nothing"'),
    ],
)
def test_mistakes_get_a_hint(query: str, message: str) -> None:
    assert any(hint.message.startswith(message) for hint in INDEX.run(View(query=query)).hints)


def test_a_typo_shows_the_results_of_the_right_word() -> None:
    wrong, right = INDEX.run(View(query="segmantation has:code")), INDEX.run(View(query="segmentation has:code"))
    assert list(wrong.rows) == list(right.rows)
    assert wrong.replaced[0].by == ("segmentation",)
    assert not right.replaced
    assert not INDEX.run(View(query="segmantation year:1950")).replaced


def test_rows_of_ids_and_aliases() -> None:
    assert INDEX.rows_of(["btcv", "landman2015btcv", "gone1999"]).bit_count() == 1
    assert INDEX.facet_values_in(parse("kind:dataset year:2023 modality:mr sam")) >= {
        "kind:dataset",
        "year:2023",
        "modality:MRI",
    }
    assert not INDEX.facet_values_in(parse("kind:data -kind:paper (kind:paper OR x) year:2022..2023"))
    # "usedby" has no values, however many are asked for.
    assert not INDEX.facet_values_in(parse("usedby:amos"))
    assert not INDEX.facet_values_in(parse("usedby:amos,btcv"))
    assert INDEX.finder.rows(Not(Years(0, 9999)), INDEX.annotated(NO_ANNOTATIONS)) == 0


# -- rows


@pytest.mark.parametrize("count", [0, 1, 2, 50, 600, 5000, 10_000])
def test_rows_are_a_sequence(count: int) -> None:
    chance = random.Random(count)
    wanted = set(chance.sample(range(10_000), count))
    bits = rowset.of_rows(list(wanted), 10_000)
    order = list(range(10_000))
    chance.shuffle(order)
    evens = rowset.of_rows(range(0, 10_000, 2), 10_000)
    plain = Rows(bits, 10_000)
    in_order = Rows(bits, 10_000, order)
    tiered = Rows(bits, 10_000, None, lambda _: evens, 2)
    assert list(plain) == sorted(wanted)
    assert list(in_order) == [row for row in order if row in wanted]
    assert list(tiered) == sorted(wanted, key=lambda row: (row % 2, row))
    for rows in (Rows(bits, 10_000), Rows(bits, 10_000, order), Rows(bits, 10_000, None, lambda _: evens, 2)):
        listed = list(rows)
        assert len(rows) == len(wanted)
        for place in {0, len(listed) // 2, len(listed) - 1} if listed else ():
            assert rows[place] == listed[place]
            assert rows.index(listed[place]) == place
            assert listed[place] in rows
        assert rows[1:3] == listed[1:3]
        assert rows[-1:] == listed[-1:]
        assert rows == listed
        with pytest.raises(IndexError):
            _ = rows[len(listed)]
        with pytest.raises(ValueError, match="10001"):
            rows.index(10_001)


@given(st.sets(st.integers(0, 1999)))
@examples(100)
def test_row_sets_contain_the_rows_they_were_made_of(rows: set[int]) -> None:
    bits = rowset.of_rows(rows, 2000)
    flags = rowset.flags(bits, 2000)
    assert {row for row, flag in enumerate(flags) if flag} == rows
    assert bits.bit_count() == len(rows)
    assert list(rowset.walk(bits)) == sorted(rows)
    assert list(rowset.pick(range(2000), flags)) == sorted(rows)


@pytest.mark.parametrize(("identifier", "title"), SEED_TITLES.items())
def test_every_entry_of_the_old_list_is_found_by_its_old_title(identifier: str, title: str) -> None:
    words = title.split()
    for query in (title, " ".join(words[:3]), " ".join(words[-3:]), words[0]):
        rows = INDEX.run(View(query=query)).rows
        assert identifier in {INDEX.entries[row].id for row in rows}, query


# -- groups, and orders as a reader expects them


def listed(view: View, entries: tuple[Entry, ...], sections: tuple[Section, ...] = (Section("s", "S"),)) -> list[str]:
    index = Index(Catalog(sections=sections, entries=entries))
    return [index.entries[row].id for row in index.run(view).rows]


def titled(*titles: str) -> tuple[Entry, ...]:
    return tuple(Entry(id=title, kind="paper", section="s", title=title, name=title) for title in titles)


@pytest.mark.parametrize("column", ["title", "name"])
@pytest.mark.parametrize(
    "wanted",
    [
        ("An atlas", "The brain", "A cortex", "Diffusion", "Éclair", "the end"),
        ("SAM", "SAM 2", "SAM 9b", "SAM 10", "SAM 010a", "SAM 99", "SAM 100000000000000000000"),
        ("“Apples” and pears", "(Bones)", "the", "The zoo"),
        ("1 scan", "02 scans", "3D", "12 scans", "alpha"),
    ],
)
def test_sorting_ignores_articles_signs_and_leading_zeros_and_compares_numbers(
    column: str, wanted: tuple[str, ...]
) -> None:
    entries = titled(*sorted(wanted))
    assert listed(View(sort=Sort(column, descending=False), sorted=True), entries) == list(wanted)
    assert listed(View(sort=Sort(column, descending=True), sorted=True), entries) == list(wanted[::-1])


def test_sorting_by_links_and_annotations_in_both_directions() -> None:
    for column in SORTS:
        up = INDEX.run(View(sort=Sort(column, descending=False), sorted=True), PERSONAL)
        down = INDEX.run(View(sort=Sort(column, descending=True), sorted=True), PERSONAL)
        assert sorted(up.rows) == sorted(down.rows) == list(range(INDEX.size)), column
        if column not in (RELEVANCE, "rating"):  # of these only one has a rating
            assert list(up.rows) != list(down.rows), column
    code = [INDEX.entries[row].has_link("code") for row in INDEX.run(View(sort=Sort("code", True), sorted=True)).rows]
    assert code == sorted(code, reverse=True)
    assert code != sorted(code)
    annotations = Annotations(
        {
            "bilic2023lits": Annotation("bilic2023lits", rating=2),
            "landman2015btcv": Annotation("landman2015btcv", rating=5, note="x", status="reading"),
        }
    )
    for column, first in (("rating", "landman2015btcv"), ("note", "landman2015btcv"), ("status", "landman2015btcv")):
        rows = INDEX.run(View(sort=Sort(column, True), sorted=True), annotations).rows
        assert INDEX.entries[rows[0]].id == first
    lowest = INDEX.run(View(sort=Sort("rating", False), sorted=True), annotations).rows
    assert [INDEX.entries[row].id for row in lowest[:2]] == ["bilic2023lits", "landman2015btcv"]


@pytest.mark.parametrize("query", ["", "liver", "no such word at all"])
@pytest.mark.parametrize("group", GROUPS)
def test_groups_contain_each_row_once_and_keep_the_order(group: str, query: str) -> None:
    plain = INDEX.run(View(query=query))
    results = INDEX.run(View(query=query, group=group))
    assert sorted(results.rows) == sorted(plain.rows)
    assert sum(part.count for part in results.groups) == len(results.rows)
    positions = {row: position for position, row in enumerate(plain.rows)}
    titles = [part.title for part in results.groups]
    assert len(titles) == len(set(titles))
    for part in results.groups:
        members = [results.rows[at] for at in range(part.start, part.start + part.count)]
        assert [positions[row] for row in members] == sorted(positions[row] for row in members)
        for row in members:
            entry = INDEX.entries[row]
            told = {"year": str(entry.year), "venue": entry.venue_name or "none"}.get(group, part.title)
            assert told == part.title
            assert row in results.rows
            assert results.rows.index(row) < part.start + part.count


def test_groups_are_in_reading_order_newest_first_or_by_name() -> None:
    sections = (Section("b", "Beta", (Section("c", "Child"),)), Section("a", "Alpha"))
    entries = tuple(
        Entry(id=name, kind="paper", section=section, title=name, date=date)
        for name, section, date in (("x", "a", "2020"), ("y", "c", "2021"), ("z", "b", ""), ("w", "c", "2022"))
    )
    index = Index(Catalog(sections=sections, entries=entries))
    by_section = index.run(View(group="section"))
    assert [part.title for part in by_section.groups] == ["Beta", "Beta › Child", "Alpha"]
    assert [index.entries[row].id for row in by_section.rows] == ["z", "w", "y", "x"]
    assert [part.title for part in index.run(View(group="year")).groups] == ["2022", "2021", "2020", "none"]
    oldest = index.run(View(sort=Sort("year", descending=False), sorted=True, group="year"))
    assert [part.title for part in oldest.groups] == ["2020", "2021", "2022", "none"]


def test_two_sections_with_one_title_are_two_groups() -> None:
    sections = (
        Section("p", "Papers", (Section("p1", "Brain"),)),
        Section("d", "Datasets", (Section("d1", "Brain"),)),
    )
    entries = tuple(Entry(id=name, kind="paper", section=name, title=name) for name in ("p1", "d1"))
    index = Index(Catalog(sections=sections, entries=entries))
    assert [part.title for part in index.run(View(group="section")).groups] == ["Papers › Brain", "Datasets › Brain"]
