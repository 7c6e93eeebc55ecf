"""A few pictures of whole screens: what they look like is what they shall look like.

After a change that is meant, look at the report and accept it with ``pytest tests/snapshots --snapshot-update``.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from mum_tui.keymap import make_keymap
from mum_tui.services import Services
from mum_tui.tui.app import MumApp
from tests.catalogs import entry, write

ENTRIES = [
    entry(
        "silva2025towards",
        title="Towards Careful Models: A Study of 3D CT with Accents and a Title That Is Long Enough to Be Cut",
        authors=["Silva-Rodríguez, Julio", "Ben Ayed, Ismail", {"organisation": "The MONAI Consortium"}],
        published={
            "type": "article-journal",
            "year": 2025,
            "container": "Medical Image Analysis",
            "venue": "MedIA 2025",
        },
        preprint={"id": "2303.17051", "primary_class": "cs.CV", "title": "An Earlier Title"},
        links=[
            {"rel": "code", "url": "https://example.org/code", "formerly": "https://example.org/old"},
            {"rel": "paper", "url": "https://doi.org/10.1000/xyz"},
        ],
        modalities=["CT", "MRI"],
        dims=["3D"],
        tasks=["segmentation"],
        training={"datasets": 9, "count": 2042, "unit": "CT scans"},
        licence={"code": "MIT"},
        uses=[{"dataset": "abdomen2015data", "roles": ["train", "test"]}, {"name": "Elsewhere", "note": "six tasks"}],
        doubts=[{"field": "training.count", "note": "The readme says 2,022."}],
        verified={"level": "two-sources", "one_source": ["licence.code"]},
        sources=["https://arxiv.org/abs/2303.17051"],
    ),
    entry(
        "abdomen2015data",
        kind="dataset",
        title="医学 Abdominal Scans [annotated] (ABD)",
        name="ABD",
        date="2015",
        modalities=["CT"],
        size={"count": 50, "unit": "CT scans", "train": 30, "test": 20},
    ),
    *[entry(f"doe20{year}paper", date=f"20{year}-0{year % 9 + 1}") for year in range(10, 24)],
]

Compare = Callable[..., bool]


@pytest.fixture
def app(tmp_path: Path) -> Callable[[str], MumApp]:
    """Makes the browser on a small catalog."""
    catalog = write(tmp_path / "catalog.yaml", ENTRIES)

    def make(theme: str) -> MumApp:
        return MumApp(Services(catalog, os.environ), make_keymap({}), theme)

    return make


def test_three_panes(app: Callable[[str], MumApp], snap_compare: Compare) -> None:
    assert snap_compare(app("mum-dark"), terminal_size=(120, 36), press=["b", "down", "down", "up"])


def test_statuses_tags_and_a_note(
    app: Callable[[str], MumApp], snap_compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mum_tui.clock.utc_now", lambda: "2026-01-02T03:04:05Z")
    keys = ["down", "r", "down", "r", "r", "b", "down", "r", "r", "r", "up", "number_sign", *"ct", "enter", "escape"]
    note = ["R", "4", "n", *"See", "space", *"table", "enter", *"later", "escape"]
    assert snap_compare(app("mum-dark"), terminal_size=(120, 36), press=[*keys, *note])


def test_filtered_in_light(app: Callable[[str], MumApp], snap_compare: Compare) -> None:
    assert snap_compare(app("mum-light"), terminal_size=(80, 24), press=["slash", *"abd", "enter"])


def test_narrow_reading(app: Callable[[str], MumApp], snap_compare: Compare) -> None:
    assert snap_compare(app("mum-dark"), terminal_size=(50, 20), press=["enter"])


def test_links(app: Callable[[str], MumApp], snap_compare: Compare) -> None:
    assert snap_compare(app("mum-light"), terminal_size=(90, 20), press=["O", "down"])


def test_compared(app: Callable[[str], MumApp], snap_compare: Compare) -> None:
    keys = ["space", *["end", "up"], "space", "equals_sign", "right"]
    assert snap_compare(app("mum-dark"), terminal_size=(100, 30), press=keys)


def test_overview(app: Callable[[str], MumApp], snap_compare: Compare) -> None:
    assert snap_compare(app("mum-light"), terminal_size=(120, 34), press=["a", "tab", "tab", "down", "right"])


def test_citation_formats(app: Callable[[str], MumApp], snap_compare: Compare) -> None:
    async def choose(pilot: Pilot[int]) -> None:
        await pilot.press("end", "C", *["down"] * 5, "tab")
        for _ in range(3):
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()

    assert snap_compare(app("mum-dark"), terminal_size=(110, 30), run_before=choose)
