"""The lines of the details pane."""

from __future__ import annotations

import pytest

from mum_tui.tui.widgets.detail import DetailPane
from mum_tui.views import details
from mum_tui.views.details import Part


def lines(part: Part, width: int) -> list[str]:
    """A part in a pane of so many cells, whose first and last column stay empty."""
    pane = DetailPane(id="details")
    pane.show([part])
    return ["".join(text for text, _ in line.runs) for line in pane.lines_for(width)]


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (30, [" • Abdomen Atlas  training"]),
        (27, [" • Abdomen Atlas  training"]),
        (26, [" • Abdomen Atlas", "   training"]),
        (14, [" • Abdomen", "   Atlas", "   training"]),
    ],
)
def test_a_note_follows_a_related_entry_where_it_fits(width: int, shown: list[str]) -> None:
    assert lines(Part(details.RELATED, "Abdomen Atlas", note="training"), width) == shown


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("weights of encoders.", [" Licence      CC BY 4.0  weights of encoders."]),
        ("weights of the encoder", [" Licence      CC BY 4.0", "              weights of the encoder"]),
    ],
)
def test_a_note_follows_a_fact_where_it_fits(note: str, shown: list[str]) -> None:
    assert lines(Part(details.FACT, "CC BY 4.0", "Licence", note), 46) == shown


def test_a_wide_character_in_a_note_counts_twice() -> None:
    part = Part(details.RELATED, "Atlas", note="医学")
    assert lines(part, 16) == [" • Atlas  医学"]
    assert lines(part, 14) == [" • Atlas", "   医学"]


@pytest.mark.parametrize("width", [0, 1, 2, 14])
def test_a_narrow_pane_does_not_break_a_text_into_letters(width: int) -> None:
    assert lines(Part(details.TEXT, "one two three four"), width) == ["", " one two", " three four"]
