"""Hits on the text as it is written, and a snippet for those that are not in sight."""

from __future__ import annotations

import re
import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from mum_tui.search.hits import Highlights, highlights, snippet, spans
from mum_tui.search.reading import readings
from mum_tui.search.view import View
from mum_tui.text import fold, written_out
from mum_tui.tui.cells import wrap
from mum_tui.tui.widgets.paint import TextHits, highlighted, slices
from tests.annotations import annotated
from tests.catalogs import entry, index_of, shipped_index
from tests.examples import examples

INDEX = shipped_index()


@pytest.mark.parametrize(
    ("text", "words", "hits"),
    [
        ("Liver CT", ["ct"], ["CT"]),
        ("Julio Silva-Rodríguez", ["rodriguez"], ["Rodríguez"]),
        ("Rodri\u0301guez", ["rodri"], ["Rodri\u0301"]),
        ("Weiße Flotte", ["weisse"], ["Weiße"]),
        ("Weiß", ["s"], ["ß"]),
        ("ﬁne ﬁsh", ["fi"], ["ﬁ", "ﬁ"]),
        ("seg segment", ["seg", "segment"], ["seg", "segment"]),
        ("abab", ["ab"], ["abab"]),
        ("organ  \n segmentation", ["organ segmentation"], ["organ  \n segmentation"]),
        ("nothing", ["x", ""], []),
        ("", ["x"], []),
        ("医学图像", ["学图"], ["学图"]),
        ("Jürgen Müller", ["mueller"], ["Müller"]),
        ("Jurgen Mu\u0308ller", ["mueller"], ["Mu\u0308ller"]),
        ("TGF-β", ["beta"], ["β"]),
        ("a Few-shot: model", ["few shot model"], ["Few-shot: model"]),
        ("few shot learning", ["few-shot"], ["few shot"]),
        ("Few-shot learning", ["fewshot"], ["Few-shot"]),
        ("Fewshot learning", ["few-shot"], ["Fewshot"]),
        ("a nnU‑Net", ["nn-unet"], []),
        ("on c x", ["c++x"], ["c x"]),
    ],
)
def test_hits_are_at_the_matched_words(text: str, words: list[str], hits: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text, words)] == hits


@given(st.text(max_size=40), st.text(min_size=1, max_size=4))
@examples(300)
def test_spans_are_in_order_and_within_the_text(text: str, word: str) -> None:
    folded = " ".join(fold(word).split())
    found = spans(text, [folded])
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert found == sorted(found)
    assert all(before[1] < after[0] for before, after in pairwise(found))
    if folded and text.isascii() and folded in " ".join(fold(text).split()):
        assert found


@given(st.text(st.sampled_from("aB \n\t-éu\u0308\u0301ß\xa0医ﬁ"), max_size=12))
@examples(300)
def test_a_text_is_folded_the_same_in_pieces(text: str) -> None:
    for reading, whole in zip(readings(text), (fold(text), written_out(text)), strict=False):
        assert reading.folded == re.sub(r"\s+", " ", whole)


def test_every_highlighted_word_is_in_the_entry() -> None:
    for query in (
        "segmentation",
        "author:zhou",
        "rodriguez few-shot",
        "segmantation",
        "uses:btcv liver",
        '"organ seg"',
    ):
        results = INDEX.run(View(query=query))
        why = highlights(results)
        assert why != Highlights()
        for row in results.rows[:10]:
            entry = INDEX.entries[row]
            seen = [one for name in entry.authors for one in spans(name.display, why.words("author"))]
            seen += spans(entry.title, why.words("title")) + spans(entry.venue, why.words("venue"))
            seen += spans(entry.name, why.words("title"))
            assert seen or snippet(entry, why), (query, entry.id)


def test_a_snippet_shows_the_match_that_the_table_does_not() -> None:
    clip = INDEX.entries[INDEX.row_by_id["liu2023clip"]]
    why = highlights(INDEX.run(View(query="fourteen liu")))
    found = snippet(clip, why)
    assert found
    assert found.where == "summary"
    assert [found.text[start:end] for start, end in found.spans] == ["fourteen"]
    assert len(found.text) <= 80
    assert found.text.startswith("…")
    assert snippet(clip, highlights(INDEX.run(View(query="clip liu")))) is None
    assert snippet(clip, highlights(INDEX.run(View(query="")))) is None


def test_a_snippet_of_a_note_or_tag() -> None:
    annotations = annotated(notes={"liu2023clip": "Compare with Bücher"}, tags={"btcv": ("for thesis",)})
    clip = INDEX.entries[INDEX.row_by_id["liu2023clip"]]
    found = snippet(clip, highlights(INDEX.run(View(query="bucher"), annotations)), annotations)
    assert found
    assert (found.where, found.text, found.spans) == ("your note", "Compare with Bücher", ((13, 19),))
    found = snippet(clip, highlights(INDEX.run(View(query="note:compare"), annotations)), annotations)
    assert found
    assert found.where == "your note"
    btcv = INDEX.entries[INDEX.row_by_id["btcv"]]
    found = snippet(btcv, highlights(INDEX.run(View(query="thesis"), annotations)), annotations)
    assert found
    assert found.where == "your tags"


OTHERS = index_of(
    entry(
        "mueller2024", authors=["Müller, Jürgen", "Liu, Jie"], modalities=["Histopathology"], summary="Größe: few-shot."
    )
)


@pytest.mark.parametrize(
    ("query", "where", "part"),
    [
        ("groesse", "summary", "Größe"),
        ('"few shot"', "summary", "few-shot"),
        ("wsi", "about", "Histopathology"),
        ("@mueller2024", "id", "mueller2024"),
    ],
)
def test_a_snippet_shows_other_spellings_as_they_are_written(query: str, where: str, part: str) -> None:
    results = OTHERS.run(View(query=query))
    assert len(results.rows) == 1
    shown = snippet(OTHERS.entries[0], highlights(results, OTHERS.synonyms))
    assert shown
    assert shown.where == where
    assert [shown.text[start:end] for start, end in shown.spans] == [part]
    assert "groesse" not in shown.text
    assert "wsi" not in shown.text.lower()


@pytest.mark.parametrize(
    ("query", "hits"),
    [('author:"liu j"', ["Liu"]), ('author:"Müller, Jürgen"', ["Jürgen", "Müller"]), ("mueller", ["Müller"])],
)
def test_names_are_highlighted_in_any_order(query: str, hits: list[str]) -> None:
    words = highlights(OTHERS.run(View(query=query))).words("author")
    text = "Jürgen Müller, Jie Liu"
    assert [text[start:end] for start, end in spans(text, words)] == hits


TEXT = "A review of the multi organ  segmentation of abdominal CT,\nand of its foundations"


@pytest.mark.parametrize("width", range(8, 80, 5))
@pytest.mark.parametrize(
    "words", [["multi organ segmentation"], ["organ", "of"], ["ct, and"], ["a"], ["foundations"], ["none"]]
)
def test_hits_keep_their_words_when_a_text_is_wrapped(width: int, words: list[str]) -> None:
    found = spans(TEXT, words)
    for indent in ("", "  "):
        lines = wrap(TEXT, width, indent)
        placed = [TextHits(TEXT, words).at(place) for place in slices(TEXT, lines)]
        shown = "".join(line[start:end] for line, hits in zip(lines, placed, strict=True) for start, end in hits)
        assert "".join(shown.split()) == "".join("".join(TEXT[start:end] for start, end in found).split())


@given(
    st.text(st.sampled_from("ab \n医\u0301-"), max_size=60), st.text(st.sampled_from("ab 医"), min_size=1, max_size=4)
)
@examples(300)
def test_any_text_can_be_wrapped_with_its_hits(text: str, word: str) -> None:
    words = [" ".join(fold(word).split())]
    found = spans(text, words)
    for width in (2, 5, 20):
        lines = wrap(text, width, " ")
        placed = [TextHits(text, words).at(place) for place in slices(text, lines)]
        assert len(placed) == len(lines)
        shown = "".join(line[start:end] for line, hits in zip(lines, placed, strict=True) for start, end in hits)
        assert "".join(shown.split()) == "".join("".join(text[start:end] for start, end in found).split())


def test_hits_across_runs_are_highlighted() -> None:
    plain, bold, hit = Style(), Style(bold=True), Style(underline=True)
    runs = [("abc", plain), ("def", bold)]
    assert list(highlighted(runs, [(2, 4)], hit)) == [
        ("ab", plain), ("c", hit), ("d", bold + hit), ("ef", bold),
    ]  # fmt: skip
    assert list(highlighted(runs, [], hit)) == runs


def test_searching_many_long_notes_takes_little_memory() -> None:
    notes = [f"{number}" + "a liver,\tof a note\n" * 100 for number in range(200)]
    tracemalloc.start()
    for note in notes:
        assert len(spans(note, ["liver of a"])) == 100
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 1_800_000
