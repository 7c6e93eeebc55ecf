"""What tab offers: fields and values, each with what it would leave."""

from __future__ import annotations

import pytest

from mum_tui.search.complete import complete
from mum_tui.search.values import starting_with, word_suffixes
from mum_tui.search.view import View
from tests.annotations import annotated
from tests.catalogs import shipped_index
from tests.examples import some
from tests.queries import queries

INDEX = shipped_index()
PERSONAL = annotated(bookmarked=("btcv",), tags={"btcv": ("mine",)}, status={"btcv": "reading"})


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("mod", "modality:"),
        ("sam mod", "sam modality:"),
        ("-ha", "-has:"),
        ("(ki", "(kind:"),
        ("kind:", "kind:paper "),
        ("kind:da", "kind:dataset "),
        ("k:da", "kind:dataset "),
        ("dat", "kind:dataset "),
        ("modality:surg", 'modality:"Surgical video" '),
        ('modality:"surgical vi', 'modality:"Surgical video" '),
        ("modality:magnetic", "modality:MRI "),
        ("-has:co", "-has:code "),
        ("uses:bt", "uses:landman2015btcv "),
        ("modality：surg", 'modality:"Surgical video" '),
        ("modality:xr", "modality:X-ray "),
        ("usedby:liu2023", "usedby:liu2023clip "),
        ("-usedby:ye2023", "-usedby:ye2023uniseg "),
        ("is:", "is:bookmarked "),
        ("status:re", "status:reading "),
        ("tag:min", "tag:mine "),
        ("year:202", "year:2025 "),
        ("section:in-c", "section:in-context "),
    ],
)
def test_a_word_completes_to_fields_and_values(text: str, offered: str) -> None:
    found = complete(INDEX, text, annotations=PERSONAL)
    assert offered in [one.text for one in found]
    one = next(one for one in found if one.text == offered)
    assert one.cursor == len(one.text)


def test_matching_names_come_first_then_the_values_with_most_entries() -> None:
    labels = [one.label for one in complete(INDEX, "seg")]
    begin = [any(name.startswith("seg") for name in label.lower().partition(": ")[2].split("  ")) for label in labels]
    assert any(begin)
    assert begin == sorted(begin, reverse=True)
    assert labels[0] == "task: segmentation"


def test_only_the_word_before_the_cursor_changes() -> None:
    found = complete(INDEX, "sam kind:da has:code", 11)
    assert [(one.text, one.cursor) for one in found] == [] or found[0].text == "sam kind:dataset has:code"
    found = complete(INDEX, "kind:da has:data", 7)
    assert (found[0].text, found[0].cursor) == ("kind:dataset has:data", 12)


@pytest.mark.parametrize(
    "text",
    [
        "kind:",
        "sam modality:",
        "has:code year:",
        "liver task:",
        "anatomy:",
        "usedby:",
        "ct usedby:liu",
        "-has:code kind:",
    ],
)
def test_the_count_of_a_value_is_the_number_of_its_results(text: str) -> None:
    found = complete(INDEX, text)
    assert found
    for one in found:
        assert one.count == len(INDEX.run(View(query=one.text)).rows), one.text
        assert one.count > 0


@pytest.mark.parametrize("text", ["", "sam ", '"organ seg', "author:zh", "nofield:x", "zzzz"])
def test_texts_without_completions(text: str) -> None:
    assert complete(INDEX, text) == []


def test_any_text_can_be_completed_anywhere() -> None:
    for text in some(list(queries(5, 300))):
        for cursor in {0, len(text) // 2, len(text)}:
            for one in complete(INDEX, text, cursor, PERSONAL):
                assert 0 <= one.cursor <= len(one.text)
                assert one.count > 0


@pytest.mark.parametrize("field", ["uses", "task", "tag"])
def test_values_found_by_letter_after_letter_are_those_found_at_once(field: str) -> None:
    values = INDEX.finder.values(field)
    words = sorted({suffix for value in values.all for name in value.spellings for suffix in word_suffixes(name)})
    for word in some(words, 100):
        for length in (1, 2, 3, 6, len(word), 4, 1):
            assert values.starting_with(word[:length]) == starting_with(word[:length], values.all)
