"""Queries as data, and answers equal to a naive search."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mum_tui.catalog.load import load
from mum_tui.catalog.model import Catalog, Entry, Name, Section
from mum_tui.search import rowset
from mum_tui.search.facets import FACETS
from mum_tui.search.index import COLUMNS, Index, haystack
from mum_tui.search.query import Query, Term, condition, parse, toggled
from mum_tui.search.view import ALL, BOOKMARKS, Sort, View
from mum_tui.services import shipped_catalog
from mum_tui.text import fold
from tests.catalogs import COUNT

INDEX = Index(load(shipped_catalog()).catalog)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", ()),
        ("   ", ()),
        ("liver CT", (Term("liver"), Term("ct"))),
        ("liver liver", (Term("liver"),)),
        ("Rodríguez", (Term("rodriguez"),)),
        ("-survey", (Term("survey", negated=True),)),
        ("-", ()),
        ('"organ segmentation"', (Term("organ segmentation"),)),
        ('"half open', (Term("half open"),)),
        ('""', ()),
        ("kind:dataset", (Term("dataset", "kind"),)),
        ("KIND:Dataset", (Term("dataset", "kind"),)),
        ("-has:code", (Term("code", "has", True),)),
        ("kind:", ()),
        ("nofield:x", (Term("nofield:x"),)),
        ("10.1007/978-3", (Term("10.1007/978-3"),)),
        ('modality:"surgical video" sam', (Term("surgical video", "modality"), Term("sam"))),
        ("(CHAOS), U-Net: C++ 10.1/x.", tuple(Term(word) for word in ("chaos", "u-net", "c++", "10.1/x"))),
        ("* ( [ { \\ %", tuple(Term(char) for char in "*([{\\%")),
    ],
)
def test_parse(text: str, terms: tuple[Term, ...]) -> None:
    assert parse(text) == Query(terms)


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_parsing_never_fails(text: str) -> None:
    query = parse(text)
    assert all(term.text for term in query.terms)


@given(st.text(max_size=30), st.sampled_from([facet.field for facet in FACETS]), st.text("abc X-é", min_size=1))
@settings(max_examples=200, deadline=None)
def test_toggling_twice_changes_nothing_that_is_asked(text: str, field: str, value: str) -> None:
    value = value.strip() or "a"
    text = " ".join(text.replace('"', " ").replace("-", " ").split())
    once = toggled(text, field, value)
    if Term(fold(value), field) not in parse(text).terms:
        assert Term(fold(value), field) in parse(once).terms
        assert parse(toggled(once, field, value)) == parse(text)


def test_condition_quotes_what_has_spaces() -> None:
    assert condition("modality", "CT") == "modality:CT"
    assert condition("modality", "Surgical video") == 'modality:"Surgical video"'


def naive(view: View, bookmarked: set[str]) -> set[str]:
    """What a view asks for, found the slow and obvious way."""
    found = set()
    for entry in INDEX.entries:
        if view.scope == BOOKMARKS and not ({entry.id, *entry.aliases} & bookmarked):
            continue
        if view.scope not in (ALL, BOOKMARKS) and not in_section(entry, view.scope.removeprefix("section/")):
            continue
        if all(matches(entry, term) != term.negated for term in parse(view.query).terms):
            found.add(entry.id)
    return found


def in_section(entry: Entry, wanted: str) -> bool:
    for top in INDEX.catalog.sections:
        for _, section in top.walk():
            if section.id == wanted:
                below = {inner.id for _, inner in section.walk()}
                return bool(below & {entry.section, *entry.sections})
    return False


def matches(entry: Entry, term: Term) -> bool:
    if not term.field:
        return term.text in haystack(entry)
    facet = next(facet for facet in FACETS if facet.field == term.field)
    return any(fold(value).startswith(term.text) for value in facet.values(entry))


words = st.sampled_from(
    [*"aeiltsmc2", "sam", "liver", "ct", "2023", "zhou", "seg", "rodríguez", "kind:dataset", "modality:mr", "has:code"]
)
queries = st.lists(st.tuples(st.booleans(), words), max_size=4).map(
    lambda pairs: " ".join(("-" if negated else "") + word for negated, word in pairs)
)
scopes = st.sampled_from([ALL, BOOKMARKS, *INDEX.scopes, "section/nowhere"])
some_ids = st.sets(st.sampled_from([*INDEX.row_by_id, "gone1999"]), max_size=5)


@given(queries, scopes, some_ids)
@settings(max_examples=200, deadline=None)
def test_answers_equal_a_naive_search(query: str, scope: str, bookmarked: set[str]) -> None:
    results = INDEX.run(View(scope, query), bookmarked)
    ids = [INDEX.entries[row].id for row in results.rows]
    assert len(ids) == len(set(ids))
    assert set(ids) == naive(View(scope, query), bookmarked)
    for key, count in results.counts.items():
        if ":" not in key:
            assert count == len(naive(View(key, query), bookmarked))
        else:
            field, _, value = key.partition(":")
            narrowed = View(ALL, query)
            wanted = naive(narrowed, bookmarked)
            facet = next(facet for facet in FACETS if facet.field == field)
            assert count == sum(value in list(facet.values(INDEX.entries[INDEX.row_by_id[one]])) for one in wanted)


@given(st.text("segmtrliv 2", max_size=12))
@settings(max_examples=60, deadline=None)
def test_typing_letter_by_letter_ends_where_typing_at_once_does(text: str) -> None:
    index = Index(INDEX.catalog)
    for end in [*range(len(text) + 1), *range(len(text), -1, -2), len(text)]:
        letter_by_letter = index.run(View(query=text[:end])).rows
    assert list(letter_by_letter) == list(Index(INDEX.catalog).run(View(query=text)).rows)


@pytest.mark.parametrize("column", [*COLUMNS, "mark"])
def test_orders(column: str) -> None:
    bookmarked = {"bilic2023lits", "btcv"}
    up = INDEX.run(View(sort=Sort(column, descending=False)), bookmarked).rows
    down = INDEX.run(View(sort=Sort(column, descending=True)), bookmarked).rows
    assert sorted(up) == sorted(down) == list(range(COUNT))
    if column == "mark":
        assert {INDEX.entries[row].id for row in down[:2]} == {"bilic2023lits", "landman2015btcv"}
        assert {INDEX.entries[row].id for row in up[-2:]} == {"bilic2023lits", "landman2015btcv"}
    else:
        values = [COLUMNS[column](INDEX.entries[row]) for row in up]
        assert values == sorted(values)
        assert [COLUMNS[column](INDEX.entries[row]) for row in down] == sorted(values, reverse=True)


def test_what_has_no_value_comes_last_either_way() -> None:
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
            assert index.run(View(sort=Sort(column, descending))).rows[-1] == 1


def test_an_empty_catalog_answers() -> None:
    index = Index(Catalog())
    results = index.run(View(query="x kind:y"), {"gone"})
    assert (list(results.rows), results.total) == ([], 0)


@given(st.sets(st.integers(0, 199)))
@settings(max_examples=100, deadline=None)
def test_row_sets_hold_what_was_put_in(rows: set[int]) -> None:
    bits = rowset.of_rows(rows, 200)
    flags = rowset.flags(bits, 200)
    assert {row for row, flag in enumerate(flags) if flag} == rows
    assert rowset.of_flags(flags) == bits
    assert bits.bit_count() == len(rows)


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


@pytest.mark.parametrize(("identifier", "title"), SEED_TITLES.items())
def test_every_entry_of_the_old_list_is_found_by_its_old_title(identifier: str, title: str) -> None:
    words = title.split()
    for query in (title, " ".join(words[:3]), " ".join(words[-3:]), words[0]):
        rows = INDEX.run(View(query=query)).rows
        assert identifier in {INDEX.entries[row].id for row in rows}, query
