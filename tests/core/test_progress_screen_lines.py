"""The screen of a slow start, as lines."""

from __future__ import annotations

import pytest

from mum_tui.progress_screen import lines


def test_it_says_what_is_done_how_far_and_how_to_leave() -> None:
    shown = lines("Reading the catalog", 0.5, 12_000, ["q", "x"], 80, 24)
    block = [line.strip() for line in shown if line.strip()]
    assert block == [
        "Reading the catalog",
        "━" * 32 + "─" * 32,
        "50 % · 12,000 entries",
        "This happens once, and again when the catalog changes.",
        "q quits",
    ]
    assert "quits" not in "".join(lines("Reading", 0.5, 0, [], 80, 24))


@pytest.mark.parametrize("part", [-1.0, 0.0, 0.3333, 0.999, 1.0, 7.0])
@pytest.mark.parametrize("size", [(1, 1), (2, 3), (20, 5), (59, 9), (80, 24), (300, 100)])
def test_it_fits_any_terminal(part: float, size: tuple[int, int]) -> None:
    width, height = size
    shown = lines("Compiling the catalog", part, 1_000_000, ["q"], width, height)
    assert 0 < len(shown) <= height
    assert all(len(line) <= width for line in shown)
    bar = next((line.strip() for line in shown if set(line.strip()) <= set("━─") and line.strip()), "")
    if height > 2:
        assert bar.count("━") == int(len(bar) * max(0.0, min(part, 1.0)))
